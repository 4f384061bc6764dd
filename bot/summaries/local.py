"""A model in a worker process here writes summaries."""

from datetime import date

from bot.archive.people_rows import PendingArticle
from bot.summaries.jobs import ModelFacts, ModelSpec, Write
from bot.summaries.model_shop import ModelShop
from bot.summaries.writing import MAX_WORDS, settings_key
from summarizer.summary.abstractive.made import Made


class LocalWriter:
    """A model in a worker process, which is loaded when first needed."""

    def __init__(self, spec: ModelSpec, *, seconds: float, max_words: int = MAX_WORDS) -> None:
        """Prepare; nothing is started.

        seconds: how long writing about one article may take.
        """
        self._spec = spec
        self._seconds = seconds
        self._max_words = max_words
        self._shop = ModelShop(spec)
        self.name = spec.short_name
        self.settings = settings_key("model", spec.name, max_words)

    async def load(self) -> ModelFacts:
        """Get the model into memory.

        Raises UnavailableError when it cannot be.
        """
        return await self._shop.load()

    async def write(self, article: PendingArticle, published: date | None) -> Made:
        """Write about an article."""
        job = Write(
            self._spec, article.text, article.title, published, self._max_words, self._seconds
        )
        made: Made = await self._shop.do(job)
        return made

    @property
    def pid(self) -> int | None:
        """The process id of the worker, while there is one."""
        return self._shop.pid

    async def close(self) -> None:
        """Let the worker go, and the memory with it."""
        await self._shop.close()
