"""What it is to write better summaries, and what all who do it share."""

import os
from datetime import date
from hashlib import sha256
from typing import Any, Protocol

from bot.analysis.workshop import Workshop
from bot.archive.people_rows import PendingArticle
from bot.summaries.jobs import Finish
from bot.summaries.worker import work
from summarizer.summary.abstractive.made import CHECK_VERSION, Made
from summarizer.summary.abstractive.prompts import PROMPT_VERSION

MAX_WORDS = 60
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
    """Make a key of what decides an outcome, the wording of the prompt and the check included."""
    decisive = (PROMPT_VERSION, CHECK_VERSION, *parts)
    return sha256("\n".join(map(str, decisive)).encode()).hexdigest()


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
