"""The lines of text in a piece of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

_Element = etree._Element

DEEPEST = 250
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


def parsed(html: str) -> tuple[_Element | None, bool]:
    """The root of *html* (None if there is nothing in it), and whether it was nested so deeply that text was lost."""
    # A parser of its own for each piece: libxml2 stops at depth 256, and only its log of errors says so.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(html.encode(), parser)
    except etree.XMLSyntaxError:  # an empty document
        return None, False
    return root, html.count("<") > DEEPEST and _is_cut(parser)


def _is_cut(parser: etree.HTMLParser) -> bool:
    return any("depth" in error.message.lower() for error in parser.error_log)


def lines_of(element: _Element) -> list[Line]:
    """The lines of *element* that hold something, with single spaces."""
    lines = [Line()]
    for text, link, direct, breaks in _pieces(element):
        if breaks:
            lines.append(Line())
        line = lines[-1]
        if link and not line.link:
            line.link = link
        if text and not text.isspace():
            line.linked = line.linked and bool(link)
            line.direct = line.direct and direct
        line.text += text
    for line in lines:
        line.text = " ".join(line.text.split())
    return [line for line in lines if line.text]


def _pieces(element: _Element) -> Iterator[tuple[str, str, bool, bool]]:
    """Pieces of text with the link around them, whether they stand directly, and whether they begin a new line."""
    stack: list[tuple[_Element, str, bool, bool]] = [(element, "", True, False)]
    while stack:
        node, link, direct, closing = stack.pop()
        tag = node.tag
        is_block = tag in _BLOCKS
        if closing:
            yield node.tail or "", link, direct, is_block
            continue
        if node is not element:
            stack.append((node, link, direct, True))
        if tag in _SILENT:
            continue
        inner_link = (node.get("href") or "") if tag == "a" else link
        inner_direct = direct and not (is_block and node is not element)
        breaks = tag == "br" or (is_block and node is not element)
        yield node.text or "", inner_link, inner_direct, breaks
        stack.extend((child, inner_link, inner_direct, False) for child in reversed(node))


def text_of(html: str) -> tuple[str, bool]:
    """The text of *html* line by line, and whether some of it was nested too deeply to be read."""
    root, cut = parsed(html)
    if root is None:
        return "", cut
    return "\n".join(line.text for line in lines_of(root)), cut
