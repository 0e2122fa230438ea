"""The lines of text in a piece of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

_Element = etree._Element

_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)

DEEPEST = 250
_MOST_TAGS = 50_000
_LARGEST_AS_IT_IS = 16 << 10
_TAG = re.compile(rb"<(?:(/?[a-zA-Z][a-zA-Z0-9]*)([^<>]*)>?|([/!?])[^<>]*>?)?")
_ATTRIBUTE = re.compile(rb'\s(class|href)="[^"<>]*"')
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "thead",
        "tbody",
        "pre",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "section",
        "article",
        "dl",
        "dt",
        "dd",
        "figure",
    ]
)
_SILENT = frozenset(("script", "style", "audio", "video", "template", "head", "noscript"))


@dataclass(slots=True)
class Line:
    """One line. *link* is the first address in it, *linked* whether all its words lie in links, *direct* whether it
    stands directly in the piece (between line breaks, in no paragraph of its own)."""

    text: str = field(default="", repr=False)
    link: str = field(default="", repr=False)
    linked: bool = True
    direct: bool = True


def is_too_much(html: bytes) -> bool:
    """Whether *html* has so many tags that no honest row does; reading them would take long."""
    return len(html) > _MOST_TAGS and html.count(b"<") > _MOST_TAGS


def parsed(html: bytes) -> tuple[_Element | None, bool]:
    """The root of *html*, which is UTF-8 (None if there is nothing in it), and whether text of it was lost because it
    was nested too deeply."""
    if len(html) > _LARGEST_AS_IT_IS:
        html = _TAG.sub(_bare, html)
    try:
        root = etree.fromstring(html, _PARSER)
    except etree.XMLSyntaxError:  # an empty document
        return None, False
    # libxml2 stops at depth 256, and only its log of errors says so; looking there costs as much as parsing.
    return root, html.count(b"<") > DEEPEST and _is_cut(_PARSER)


def _bare(tag: re.Match[bytes]) -> bytes:
    """A tag with no more than the two attributes that are looked at: libxml2 compares every one with all before it, so
    that half a megabyte of them takes half a minute."""
    if tag[1] is None:
        return b"&lt;" if tag[3] is None else b""
    kept = {found[1]: found[0] for found in _ATTRIBUTE.finditer(tag[2])}
    return b"<" + tag[1] + b"".join(kept.values()) + b">"


def _is_cut(parser: etree.HTMLParser) -> bool:
    return any("depth" in error.message.lower() for error in parser.error_log)


def lines_of(element: _Element) -> list[Line]:
    """The lines of *element* that hold something, with single spaces."""
    line, parts = Line(), [""]
    lines = [(line, parts)]
    for text, link, direct, breaks in _pieces(element):
        if breaks:
            line, parts = Line(), []
            lines.append((line, parts))
        if link and not line.link:
            line.link = link
        if text and not text.isspace():
            line.linked = line.linked and link != ""
            line.direct = line.direct and direct
        parts.append(text)
    for line, parts in lines:
        line.text = " ".join("".join(parts).split())
    return [line for line, _ in lines if line.text]


def _pieces(element: _Element) -> Iterator[tuple[str, str, bool, bool]]:
    """Pieces of text with the link around them, whether they stand directly, and whether they begin a new line."""
    yield element.text or "", "", True, False
    stack = [(child, "", True, False) for child in reversed(element)]
    while stack:
        node, link, direct, is_left = stack.pop()
        tag = node.tag
        is_block = tag in _BLOCKS
        if not is_left and tag not in _SILENT:
            inner_link = node.get("href") or "" if tag == "a" else link
            inner_direct = direct and not is_block
            if node.text or is_block or tag == "br":
                yield node.text or "", inner_link, inner_direct, is_block or tag == "br"
            if len(node):
                stack.append((node, link, direct, True))
                stack.extend((child, inner_link, inner_direct, False) for child in reversed(node))
                continue
        if node.tail or is_block:
            yield node.tail or "", link, direct, is_block


def text_of(html: str) -> tuple[str, bool]:
    """The text of *html* line by line, and whether some of it was nested too deeply, or it is too much, to be read."""
    data = html.encode()
    if is_too_much(data):
        return "", True
    root, cut = parsed(data)
    if root is None:
        return "", cut
    return "\n".join(line.text for line in lines_of(root)), cut
