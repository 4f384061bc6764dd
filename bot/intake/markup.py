"""Markup of a feed → plain text, paragraph by paragraph."""

import html
import re

_INVISIBLE = re.compile(
    r"<(script|style|iframe|noscript|svg|figcaption)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BREAK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|blockquote|tr|table|section|article|figure|hr|pre)\b[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_APPEARED = re.compile(
    r"^(?:The post .{1,300} appeared first on .{1,200}"
    r"|Запись .{1,300} впервые появилась .{1,200})$"
)


def plain_text(markup: str) -> str:
    """Give the text of a piece of markup; paragraphs are parted by empty lines.

    The line that WordPress adds to every entry is left out.
    """
    text = _COMMENT.sub(" ", _INVISIBLE.sub(" ", markup))
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n\n".join(line for line in lines if line and not _APPEARED.match(line))
