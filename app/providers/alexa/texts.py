"""Text as the library can keep it, and JSON that stands inside a string."""

from __future__ import annotations

from typing import Any

from app.providers.json_stream import Damaged, loads


def risky(raw: str) -> bool:
    """Whether JSON text can hold halves of characters or NUL once it is read (the escapes alone can bring them in)."""
    return "\\" in raw and ("\\ud" in raw or "\\uD" in raw or "\\u0000" in raw)


def clean(text: str) -> str:
    """*text* with the halves of its split characters joined, U+FFFD for a lone half, and no NUL."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def cleaned(value: Any) -> Any:
    """*value* with every text in it clean."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): cleaned(item) for key, item in value.items()}
    return value


def parsed(text: str) -> Any:
    """The JSON value that *text* spells, None if it spells none."""
    try:
        value = loads(text)
    except Damaged:
        return None
    return cleaned(value) if risky(text) else value


def text_of(value: object) -> str:
    """*value* if it is text, else none."""
    return value if isinstance(value, str) else ""


def first_dict(value: object) -> dict[str, Any]:
    """*value* if it is an object, the first object if it is a list of them, else an empty one."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list):
        return next((item for item in value if isinstance(item, dict)), {})
    return {}
