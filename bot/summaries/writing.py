"""Who writes better summaries: a model in a worker process here, or a server elsewhere."""

import os
from datetime import date
from hashlib import sha256
from typing import Any, Protocol

from bot.analysis.workshop import BrokenOffError, Workshop
from bot.archive.people_rows import PendingArticle
from bot.summaries.jobs import Finish, Load, ModelFacts, ModelSpec, Refused, Write
from bot.summaries.worker import work
from summarizer.summary.abstractive.made import Made
from summarizer.summary.abstractive.prompts import PROMPT_VERSION

MAX_WORDS = 60
LOAD_SECONDS = 900.0
"""Unpacking a GGUF file takes minutes, once."""

_GRACE_SECONDS = 60.0
"""How long after its own time limit the worker is ended: one step of a large model may be long."""

_ANY_MEMORY = 1 << 62
"""A model takes what it takes; it was asked before loading whether that is there."""


class UnavailableError(Exception):
    """Nobody can write now, whatever the article; `str()` is a sentence for the operator."""


class SummaryWriter(Protocol):
    """Somebody who writes summaries."""

    @property
    def name(self) -> str:
        """The model's name, as readers see it."""

    @property
    def settings(self) -> str:
        """A key for everything that decides the outcome."""

    async def write(self, article: PendingArticle, published: date | None) -> Made:
        """Write about an article.

        Raises UnavailableError when nobody can write now, BrokenOffError when this article broke
        the writer.
        """

    async def close(self) -> None:
        """Let go of processes and connections; the next article takes them up again."""


def settings_key(*parts: object) -> str:
    """Make a key of what decides an outcome."""
    return sha256("\n".join(map(str, (PROMPT_VERSION, *parts))).encode()).hexdigest()


class LocalWriter:
    """A model in a worker process, which is loaded when first needed."""

    def __init__(self, spec: ModelSpec, *, seconds: float, max_words: int = MAX_WORDS) -> None:
        """Prepare; nothing is started.

        seconds: how long writing about one article may take.
        """
        self._spec = spec
        self._seconds = seconds
        self._max_words = max_words
        self._shop: Workshop[Any, Any] = model_workshop()
        self._loaded_in: int | None = None
        self.name = spec.name.rstrip("/").rsplit("/", 1)[-1].removesuffix(".gguf")
        self.settings = settings_key("model", spec.name, max_words)

    async def load(self) -> ModelFacts:
        """Get the model into memory.

        Raises UnavailableError when it cannot be.
        """
        try:
            answer = await self._shop.do(Load(self._spec), timeout_seconds=LOAD_SECONDS)
        except BrokenOffError as error:
            raise UnavailableError(f"Loading {self.name} failed: {error}.") from None
        if isinstance(answer, Refused):
            await self._shop.close()
            raise UnavailableError(answer.reason)
        self._loaded_in = self._shop.pid
        facts: ModelFacts = answer
        return facts

    async def write(self, article: PendingArticle, published: date | None) -> Made:
        """Write about an article."""
        if self._shop.pid is None or self._shop.pid != self._loaded_in:
            await self.load()
        job = Write(
            self._spec, article.text, article.title, published, self._max_words, self._seconds
        )
        answer = await self._shop.do(job, timeout_seconds=self._seconds + _GRACE_SECONDS)
        if isinstance(answer, Refused):
            raise UnavailableError(answer.reason)
        made: Made = answer
        return made

    @property
    def pid(self) -> int | None:
        """The process id of the worker, while there is one."""
        return self._shop.pid

    async def close(self) -> None:
        """Let the worker go, and the memory with it."""
        await self._shop.close()


class Checker:
    """Checks what a model elsewhere wrote, in a worker process without a model."""

    def __init__(self) -> None:
        self._shop: Workshop[Any, Any] = Workshop(work)

    async def finish(
        self,
        draft: str,
        article: PendingArticle,
        published: date | None,
        *,
        language: str,
        max_words: int,
    ) -> Made:
        """Check a draft; raises BrokenOffError as `Workshop.do` does."""
        job = Finish(draft, article.text, article.title, published, language, max_words)
        made: Made = await self._shop.do(job)
        return made

    async def close(self) -> None:
        """Let the worker go."""
        await self._shop.close()


def model_workshop() -> Workshop[Any, Any]:
    """Make the workshop of a model: all cores, behind the bot, and the memory that it needs."""
    return Workshop(work, most_memory_bytes=_ANY_MEMORY, threads=os.cpu_count() or 1)
