"""A translation model in a worker process, which is loaded when first needed."""

from collections.abc import Sequence

from bot.summaries.jobs import ModelFacts, ModelSpec, Translate, Translated
from bot.summaries.model_shop import ModelShop
from bot.summaries.writing import settings_key
from summarizer.summary.abstractive.prompts import TRANSLATION_VERSION

SECONDS = 240.0
"""How long some sentences may take together."""


class Translator:
    """Translates sentences with a model of the operator's choice."""

    def __init__(self, spec: ModelSpec, *, seconds: float = SECONDS) -> None:
        """Prepare; nothing is started.

        seconds: how long some sentences may take together.
        """
        self._spec = spec
        self._seconds = seconds
        self._shop = ModelShop(spec)
        self.name = spec.short_name

    def settings(self, source: str, target: str) -> str:
        """Give a key for everything that decides a translation between two languages."""
        return settings_key("translation", TRANSLATION_VERSION, self._spec.name, source, target)

    async def load(self) -> ModelFacts:
        """Get the model into memory.

        Raises UnavailableError when it cannot be.
        """
        return await self._shop.load()

    async def translate(self, texts: Sequence[str], *, source: str, target: str) -> Translated:
        """Translate sentences of one language; each is checked against its original.

        Raises UnavailableError when nobody can translate now, BrokenOffError when these sentences
        broke the worker.
        """
        job = Translate(self._spec, tuple(texts), source, target, self._seconds)
        translated: Translated = await self._shop.do(job)
        return translated

    async def close(self) -> None:
        """Let the worker go, and the memory with it."""
        await self._shop.close()
