"""The body of an answer: unpacked under a limit, and decoded to text."""

import codecs
import re
from collections.abc import AsyncIterator

from bot.intake.article import UnreadableError
from bot.intake.decoding import decode
from bot.intake.problems import FetchError, FetchProblem
from bot.intake.unpacking import Unpacker

MOST_BYTES = 5_000_000
"""The largest body that is read, after unpacking."""

_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_MARKS = (
    codecs.BOM_UTF8,
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
)
# A server that knows nothing says one of these.
_SAYS_NOTHING = frozenset({"ascii", "iso8859-1"})


async def read_body(
    chunks: AsyncIterator[bytes], encoding: str, *, limit: int = MOST_BYTES
) -> bytes:
    """Read and unpack a body, giving up as soon as it grows past the limit.

    encoding: the Content-Encoding header.
    limit: in bytes, both as sent and unpacked.
    Raises FetchError when it is too large, broken, or packed in a way that was not asked for.
    """
    unpacker = Unpacker(encoding, limit)
    received = 0
    async for chunk in chunks:
        received += len(chunk)
        if received > limit:
            raise FetchError(FetchProblem.TOO_LARGE)
        unpacker.feed(chunk)
    return unpacker.end()


def decode_body(body: bytes, content_type: str) -> str:
    """Decode a body: by its mark, as UTF-8 where it is that, by header, by markup, by its look.

    content_type: the Content-Type header, perhaps with a charset.
    Never fails: bytes without meaning become U+FFFD.
    """
    if body.startswith(_MARKS):
        return decode(body)
    stated = _stated(content_type)
    wide = stated is not None and stated.startswith(("utf-16", "utf-32"))
    # Bytes that are valid UTF-8 are UTF-8, whatever the header says: headers are often wrong.
    for name in (stated,) if wide else ("utf-8", stated):
        try:
            if name is not None and name not in _SAYS_NOTHING:
                return body.decode(name)
        except UnicodeDecodeError:
            continue
    try:
        return decode(body)
    except UnreadableError:
        return body.decode(stated or "latin-1", "replace")


def _stated(content_type: str) -> str | None:
    found = _CHARSET.search(content_type)
    try:
        # Encoding proves that it is a codec of text: rot13 and base64 are codecs too.
        return codecs.lookup(found[1]).name if found and "".encode(found[1]) is not None else None
    except (LookupError, ValueError):
        return None
