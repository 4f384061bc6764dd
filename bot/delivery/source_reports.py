"""Telling the operators that a source fell silent, fails, waits for them or is well again: once."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNotFound,
)
from aiogram.types import InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity

from bot.archive import Archive
from bot.archive.source_rows import SourceReport, SourceRow
from bot.briefings import Reader, Renderer
from bot.clock import Now
from bot.locales.wording import Wording

log = structlog.get_logger()

_Report = tuple[str, str]


@dataclass(frozen=True)
class SourceReports:
    """Sends what there is to report of the sources to the operators' private chats.

    `reader` is the language and zone of an operator who has not spoken with the bot yet.
    """

    bot: Bot
    archive: Archive
    renderer: Renderer
    operators: frozenset[int]
    reader: Reader
    now: Now
    keyboard: Callable[[Sequence[SourceRow], Wording], InlineKeyboardMarkup | None]
    """Makes the buttons below a report of these sources."""

    _told: dict[_Report, set[int]] = field(default_factory=dict)
    """Whom a report has reached that has not reached all."""

    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def send(self) -> int:
        """Report what is new; return of how many sources all operators know now.

        Whom Telegram did not take it to for now is told at the next tick, and only they.
        """
        async with self._turn:
            reports = await self.archive.sources.to_report(self.now())
            for report in reports:
                if _key(report) not in self._told:
                    log.warning("source", id=report.source.spec.id, trouble=report.trouble)
            self._remember(reports)
            for operator in sorted(self.operators):
                untold = [one for one in reports if operator not in self._told[_key(one)]]
                if untold and await self._tell(operator, untold):
                    for report in untold:
                        self._told[_key(report)].add(operator)
            done = [one for one in reports if self.operators <= self._told[_key(one)]]
            for report in done:
                await self.archive.sources.reported(report, now=self.now())
            return len(done)

    def _remember(self, reports: Sequence[SourceReport]) -> None:
        before = dict(self._told)
        self._told.clear()
        self._told.update((_key(one), before.get(_key(one), set())) for one in reports)

    async def _tell(self, operator: int, reports: Sequence[SourceReport]) -> bool:
        """Tell one operator; return False when it is worth trying again later."""
        known = await self.archive.subscribers.find(operator, None)
        reader = Reader(known.language, known.time_zone) if known else self.reader
        parts = self.renderer.messages("telegram/source_reports.html.j2", reader, reports=reports)
        keyboard = self.keyboard([one.source for one in reports], reader.wording)
        try:
            for part in parts:
                await self.bot.send_message(
                    operator,
                    part.text,
                    entities=[MessageEntity(**entity) for entity in part.entities],
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                    reply_markup=keyboard if part is parts[-1] else None,
                )
        except (TelegramForbiddenError, TelegramBadRequest, TelegramNotFound) as error:
            # An operator who never started the bot, or blocked it, cannot be told.
            log.warning("operator_unreachable", operator=operator, reason=error.message)
        except TelegramAPIError as error:
            log.warning("report_not_sent", operator=operator, reason=str(error))
            return False
        return True


def _key(report: SourceReport) -> _Report:
    return report.source.spec.id, report.trouble
