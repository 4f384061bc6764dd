"""Rich messages written as HTML, turned into the blocks that the Bot API shows."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from bot.sandbox.errors import bad_request

Block = dict[str, Any]
RichText = Any
"""A string, a list of rich texts, or an object with a type and a text."""

_STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "sub": "subscript",
    "sup": "superscript",
    "mark": "marked",
    "code": "code",
}
_LINKS = {"a", "tg-time"}
_HEADINGS = {f"h{size}": size for size in range(1, 7)}
_BLOCKS = {"p", "pre", "blockquote", "ul", "ol", "hr", "table", "details", "footer", *_HEADINGS}
_PARTS = {"li", "tr", "td", "th", "caption", "summary", "thead", "tbody"}
_EMPTY = {"br", "hr"}
_SPACES = re.compile(r"\s+")


@dataclass
class _Node:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: "list[_Node | str]" = field(default_factory=list)


def blocks_of(html: str) -> list[Block]:
    """Turn the HTML of a rich message into RichBlock objects; raises ApiError on bad HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if len(reader.open) > 1:
        tag = reader.open[-1].tag
        raise _broken(f'Can\'t find end tag corresponding to start tag "{tag}"')
    return _blocks(reader.open[0].children)


class _Reader(HTMLParser):
    """Reads HTML into a tree, strictly: an unknown or unmatched tag is an error."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {*_STYLES, *_LINKS, *_BLOCKS, *_PARTS, *_EMPTY}:
            raise _broken(f'Unsupported start tag "{tag}"')
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _EMPTY:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        if self.open[-1].tag != tag:
            raise _broken(f'Unmatched end tag "</{tag}>"')
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def _broken(text: str) -> Exception:
    return bad_request(f"can't parse rich message: {text}")


def _blocks(children: list[_Node | str]) -> list[Block]:
    blocks: list[Block] = []
    run: list[_Node | str] = []
    for child in [*children, _Node("end")]:
        if isinstance(child, str) or child.tag in {*_STYLES, *_LINKS, "br"}:
            run.append(child)
            continue
        if text := _text(run):
            blocks.append({"type": "paragraph", "text": text})
        run = []
        if child.tag != "end":
            blocks.append(_block(child))
    return blocks


def _block(node: _Node) -> Block:
    if node.tag not in _BLOCKS:
        raise _broken(f'Tag "{node.tag}" is not allowed here')
    if node.tag == "blockquote":
        return _quotation(node)
    if node.tag in {"ul", "ol"}:
        return {"type": "list", "items": _items(node)}
    if node.tag == "table":
        return _table(node)
    if node.tag == "details":
        return _details(node)
    return _plain_block(node)


def _plain_block(node: _Node) -> Block:
    if node.tag == "hr":
        return {"type": "divider"}
    if node.tag == "pre":
        return {"type": "pre", "text": _text(node.children, keep_spaces=True)}
    text = _text(node.children)
    if node.tag in _HEADINGS:
        return {"type": "heading", "text": text, "size": _HEADINGS[node.tag]}
    return {"type": {"p": "paragraph"}.get(node.tag, node.tag), "text": text}


def _quotation(node: _Node) -> Block:
    if "expandable" in node.attrs:
        return {"type": "expandable_blockquote", "text": _text(node.children)}
    return {"type": "blockquote", "blocks": _blocks(node.children)}


def _items(node: _Node) -> list[dict[str, Any]]:
    items = [child for child in node.children if isinstance(child, _Node)]
    if any(item.tag != "li" for item in items):
        raise _broken(f'Only "li" is allowed in "{node.tag}"')
    numbered = node.tag == "ol"
    return [
        {"label": f"{number}." if numbered else "•", "blocks": _blocks(item.children)}
        for number, item in enumerate(items, 1)
    ]


def _details(node: _Node) -> Block:
    summary = next((child for child in node.children if _is(child, "summary")), None)
    if not isinstance(summary, _Node):
        raise _broken('Tag "details" needs a "summary"')
    body = [child for child in node.children if child is not summary]
    block = {"type": "details", "summary": _text(summary.children), "blocks": _blocks(body)}
    return block | {"is_open": True} if "open" in node.attrs else block


def _table(node: _Node) -> Block:
    rows: list[_Node] = []
    caption: RichText = ""
    for child in node.children:
        if isinstance(child, str):
            continue
        if child.tag == "caption":
            caption = _text(child.children)
        elif child.tag in {"thead", "tbody"}:
            rows += [row for row in child.children if isinstance(row, _Node)]
        else:
            rows.append(child)
    block: Block = {"type": "table", "cells": [_row(row) for row in rows]}
    return block | {"caption": caption} if caption else block


def _row(row: _Node) -> list[dict[str, Any]]:
    cells = [cell for cell in row.children if isinstance(cell, _Node)]
    if row.tag != "tr" or any(cell.tag not in {"td", "th"} for cell in cells):
        raise _broken('Only "tr" with "td" and "th" is allowed in "table"')
    return [_cell(cell) for cell in cells]


def _cell(cell: _Node) -> dict[str, Any]:
    written = {
        "align": cell.attrs.get("align", "left"),
        "valign": cell.attrs.get("valign", "top"),
        "text": _text(cell.children),
    }
    return written | {"is_header": True} if cell.tag == "th" else written


def _is(child: _Node | str, tag: str) -> bool:
    return isinstance(child, _Node) and child.tag == tag


def _text(children: list[_Node | str], *, keep_spaces: bool = False) -> RichText:
    parts: list[RichText] = []
    for child in children:
        if isinstance(child, str):
            parts.append(child if keep_spaces else _SPACES.sub(" ", child))
        elif child.tag == "br":
            parts.append("\n")
        else:
            parts.append(_styled(child, keep_spaces))
    if not keep_spaces:
        _trim(parts)
    parts = [part for part in parts if part]
    return parts[0] if len(parts) == 1 else parts or ""


def _trim(parts: list[RichText]) -> None:
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()


def _styled(node: _Node, keep_spaces: bool) -> RichText:
    text = _text(node.children, keep_spaces=True) if keep_spaces else _inner(node)
    if node.tag == "a":
        return {"type": "url", "text": text, "url": node.attrs.get("href", "")}
    if node.tag == "tg-time":
        moment = {"unix_time": _number(node.attrs), "date_time_format": ""}
        return {"type": "date_time", "text": text} | moment
    if node.tag not in _STYLES:
        raise _broken(f'Tag "{node.tag}" is not allowed in a text')
    return {"type": _STYLES[node.tag], "text": text}


def _inner(node: _Node) -> RichText:
    # Spaces at the edges of a style belong to the sentence around it.
    parts = [
        _SPACES.sub(" ", child) if isinstance(child, str) else _text([child])
        for child in node.children
    ]
    return parts[0] if len(parts) == 1 else parts


def _number(attrs: dict[str, str]) -> int:
    try:
        return int(attrs.get("unix", ""))
    except ValueError:
        raise _broken("Invalid date specified") from None
