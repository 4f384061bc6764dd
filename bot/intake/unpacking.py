"""Unpacking bodies step by step, so that a bomb is noticed before it fills the memory."""

import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]

from bot.intake.problems import FetchError, FetchProblem

ACCEPT_ENCODING = "gzip, deflate, br"

_STEP = 65_536
"""Bytes that are unpacked before the limit is looked at."""

_GZIP = b"\x1f\x8b"


class _Packing(Protocol):
    """One way of packing a stream."""

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """Unpack what has arrived, a step at a time."""
        ...

    def is_whole(self) -> bool:
        """Tell whether the stream has come to its end."""
        ...


class Unpacker:
    """Unpacks a body as it arrives.

    encoding: the Content-Encoding header.
    limit: in bytes, of what is unpacked.
    Raises FetchError, here and in both methods, when the body is too large, broken, or packed in a
    way that was not asked for.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        try:
            self._packing = _PACKINGS[encoding.strip().lower()]()
        except KeyError:
            raise FetchError(FetchProblem.BROKEN, "it is compressed in an unknown way") from None
        self._limit = limit
        self._out = bytearray()
        self._received = False

    def feed(self, data: bytes) -> None:
        """Unpack what has arrived."""
        self._received = self._received or bool(data)
        try:
            for piece in self._packing.unpack(data):
                if len(self._out) + len(piece) > self._limit:
                    raise FetchError(FetchProblem.TOO_LARGE)
                self._out += piece
        except (zlib.error, brotli.error):
            raise FetchError(FetchProblem.BROKEN, "its compression is damaged") from None

    def end(self) -> bytes:
        """Give the whole body; what a broken connection left of it is no body."""
        if self._received and not self._packing.is_whole():
            raise FetchError(FetchProblem.BROKEN, "its compression breaks off")
        return bytes(self._out)


class _Plain:
    def unpack(self, data: bytes) -> Iterator[bytes]:
        yield data

    def is_whole(self) -> bool:
        return True


class _Zlib:
    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._stream: zlib._Decompress | None = None

    def unpack(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._stream is None or self._stream.eof:
                is_next_member = self._is_gzip and data.startswith(_GZIP[: len(data)])
                if self._stream is not None and not is_next_member:
                    return  # Padding after the end is common and harmless.
                self._stream = zlib.decompressobj(self._window(data))
            yield self._stream.decompress(data, _STEP)
            data = self._stream.unconsumed_tail or self._stream.unused_data

    def is_whole(self) -> bool:
        return self._stream is not None and self._stream.eof

    def _window(self, data: bytes) -> int:
        if self._is_gzip:
            return 16 + zlib.MAX_WBITS
        # "deflate" means a zlib wrapper; some servers send the bare stream.
        return zlib.MAX_WBITS if data[0] & 0x0F == 8 else -zlib.MAX_WBITS


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def unpack(self, data: bytes) -> Iterator[bytes]:
        while not self._stream.is_finished():
            piece = self._stream.process(data, output_buffer_limit=_STEP)
            yield piece
            # It may have read all it got and still hold back what that unpacks to.
            if not piece and self._stream.can_accept_more_data():
                return
            data = b""

    def is_whole(self) -> bool:
        return bool(self._stream.is_finished())


_PACKINGS: dict[str, Callable[[], _Packing]] = {
    "": _Plain,
    "identity": _Plain,
    "gzip": lambda: _Zlib(is_gzip=True),
    "x-gzip": lambda: _Zlib(is_gzip=True),
    "deflate": lambda: _Zlib(is_gzip=False),
    "br": _Brotli,
}
