"""Bytes → text, whatever encoding they are in."""

import codecs
import re

from bot.intake.article import UnreadableError

_MARKS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARATION = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)"
)
_DECLARED_WITHIN = 4_096
_LOOKED_AT = 200_000
_LIKELY = ["cp1251", "koi8_r", "cp866", "cp1252"]
"""A Russian page that is not UTF-8 is one of the first three nearly always."""


def decode(raw: bytes) -> str:
    """Decode a text: UTF-8 or UTF-16 by its marks, else by what it declares or looks like.

    A few bytes broken in a UTF-8 text become U+FFFD.
    Raises UnreadableError when it does not look like text at all.
    """
    if not raw.strip(b"\0 \t\r\n"):
        raise UnreadableError("it is not text" if b"\0" in raw else "it is empty")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    if raw.count(0) > len(raw) // 100:
        raise UnreadableError("it is not text")
    as_utf8 = raw.decode("utf-8-sig", "replace")
    if _is_nearly_whole(as_utf8):
        return as_utf8
    encoding = _declared(raw) or _guessed(raw)
    return raw.decode(encoding, "replace")


def _is_nearly_whole(text: str) -> bool:
    """Tell UTF-8 that lost a few bytes from another encoding: there, hardly a letter is valid."""
    broken = text.count("\ufffd")
    return not broken or broken * 20 < sum(char > "\x7f" for char in text) - broken


def _declared(raw: bytes) -> str | None:
    """Give the encoding that a page states, if the page is indeed written in it."""
    match = _DECLARATION.search(raw[:_DECLARED_WITHIN].lower())
    if match is None:
        return None
    try:
        raw.decode(encoding := codecs.lookup(match[1].decode()).name)
    except (LookupError, UnicodeError):
        return None
    return encoding


def _guessed(raw: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 — 60 ms that UTF-8 need not spend

    best = from_bytes(raw[:_LOOKED_AT], cp_isolation=_LIKELY).best()
    if best is None:
        raise UnreadableError("its encoding is unknown")
    return best.encoding
