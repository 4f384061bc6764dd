"""The body of an answer: unpacked under a limit, and decoded to text."""

import codecs
import re
import zlib
from collections.abc import AsyncIterator

from bot.intake.article import UnreadableError
from bot.intake.decoding import decode
from bot.intake.problems import FetchError, FetchProblem

MOST_BYTES = 5_000_000
"""The largest body that is read, after unpacking."""

ACCEPT_ENCODING = "gzip, deflate"

_STEP = 65_536
_GZIP = b"\x1f\x8b"
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
    unpacker = _Unpacker(encoding.strip().lower(), limit)
    received = 0
    async for chunk in chunks:
        received += len(chunk)
        if received > limit:
            raise FetchError(FetchProblem.TOO_LARGE)
        unpacker.feed(chunk)
    return unpacker.end()


class _Unpacker:
    """Unpacks a stream in small steps, so that a bomb is noticed before it fills the memory."""

    def __init__(self, encoding: str, limit: int) -> None:
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise FetchError(FetchProblem.BROKEN, "it is compressed in an unknown way")
        self._packed = encoding not in ("", "identity")
        self._is_gzip = encoding.endswith("gzip")
        self._limit = limit
        self._out = bytearray()
        self._stream: zlib._Decompress | None = None

    def feed(self, data: bytes) -> None:
        """Unpack what has arrived."""
        if not self._packed:
            self._keep(data)
            return
        try:
            self._unpack(data)
        except zlib.error:
            raise FetchError(FetchProblem.BROKEN, "its compression is damaged") from None

    def end(self) -> bytes:
        """Give the whole body; what a broken connection left of it is no body."""
        if self._stream is None:
            return bytes(self._out)
        self._keep(self._stream.flush())
        if not self._stream.eof:
            raise FetchError(FetchProblem.BROKEN, "its compression breaks off")
        return bytes(self._out)

    def _unpack(self, data: bytes) -> None:
        while data:
            if self._stream is None or self._stream.eof:
                if self._out and (not self._is_gzip or not data.startswith(_GZIP[: len(data)])):
                    return  # Padding after the end is common and harmless.
                self._stream = zlib.decompressobj(self._window(data))
            self._keep(self._stream.decompress(data, _STEP))
            data = self._stream.unconsumed_tail or self._stream.unused_data

    def _window(self, data: bytes) -> int:
        if self._is_gzip:
            return 16 + zlib.MAX_WBITS
        # "deflate" means a zlib wrapper; some servers send the bare stream.
        return zlib.MAX_WBITS if data[0] & 0x0F == 8 else -zlib.MAX_WBITS

    def _keep(self, data: bytes) -> None:
        if len(self._out) + len(data) > self._limit:
            raise FetchError(FetchProblem.TOO_LARGE)
        self._out += data


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
