"""What of an article is indexed, packed into few bytes."""

import zlib

from bot.archive.search_match import Document

_PACKING = 6


def pack(document: Document) -> bytes:
    """Pack the words of a document."""
    parts = (document.title, document.body, " ".join(document.facts))
    return zlib.compress("\n".join(parts).encode(), _PACKING)


def unpack(key: int, content: bytes) -> Document:
    """Read what `pack` wrote."""
    title, body, facts = zlib.decompress(content).decode().split("\n")
    return Document(key, title, body, tuple(facts.split()))


def words_in(content: bytes) -> set[str]:
    """List the words of the text that `pack` wrote."""
    document = unpack(0, content)
    return {*document.title.split(), *document.body.split()}
