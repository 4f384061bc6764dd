"""Judging articles: which of them are about the beat."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.archive import Archive
from bot.archive.relevance import ReasonRow, RelevanceRow, UnjudgedRow
from bot.beat import load_beat
from bot.clock import Now
from bot.intake.problems import FetchError
from bot.intake.worker import Worker
from bot.scheduling import every
from summarizer.relevance import READ_AT_MOST, score
from summarizer.terms import Terms

log = structlog.get_logger()

EVERY_SECONDS = 15
_BATCH = 100
_MOST_REASONS = 12


@dataclass(frozen=True)
class Judge:
    """Judges the articles that came in, in the worker process."""

    archive: Archive
    worker: Worker
    beat: Path
    """The file of the beat."""

    now: Now

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Judge what comes in, from now on."""
        every(scheduler, self.judge_new, EVERY_SECONDS, name="judge")

    async def judge_new(self) -> int:
        """Judge what has not been judged as it stands; return how many articles that were."""
        judged = 0
        while rows := await self.archive.relevance.unjudged(limit=_BATCH, characters=READ_AT_MOST):
            await self._keep(rows)
            judged += len(rows)
        return judged

    async def of(self, article_id: int) -> RelevanceRow | None:
        """Give the judgement of an article, made now if there is none; None when it is gone."""
        rows = await self.archive.relevance.unjudged(
            limit=1, characters=READ_AT_MOST, only=article_id
        )
        if rows:
            await self._keep(rows)
        return await self.archive.relevance.get(article_id)

    async def _keep(self, rows: Sequence[UnjudgedRow]) -> None:
        try:
            judged = await self.worker.run(judge, rows, self.beat)
        except FetchError as error:
            # Counted as news of the beat: nothing is lost by a judge that fails.
            log.error("judging_failed", articles=[row.id for row in rows], reason=str(error))
            judged = [RelevanceRow(row.id, 1.0, True, ()) for row in rows]
        await self.archive.relevance.keep(judged, now=self.now())


async def judge_now(archive: Archive, beat: Path, now: Now) -> None:
    """Judge what has not been judged, in this process: for commands that nobody else waits for."""
    while rows := await archive.relevance.unjudged(limit=_BATCH, characters=READ_AT_MOST):
        await archive.relevance.keep(judge(rows, beat), now=now())


def judge(rows: Sequence[UnjudgedRow], beat: Path) -> list[RelevanceRow]:
    """Judge articles; takes milliseconds each, so a worker does it.

    beat: the file of the beat.
    """
    terms = _terms(beat)
    judged = []
    for row in rows:
        found = score(row.title, row.text, terms)
        reasons = tuple(
            ReasonRow(reason.name, reason.count, reason.kind, reason.tells)
            for reason in found.reasons[:_MOST_REASONS]
        )
        judged.append(RelevanceRow(row.id, found.score, found.on_beat, reasons))
    return judged


@lru_cache(maxsize=1)
def _terms(beat: Path) -> Terms:
    return load_beat(beat).terms
