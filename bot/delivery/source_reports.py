"""Telling the operators that a source fell silent or fails, and that it is well again: once."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNotFound,
)
from aiogram.types import LinkPreviewOptions, MessageEntity

from bot.archive import Archive
from bot.archive.source_rows import SourceReport
from bot.briefings import Reader, Renderer
from bot.clock import Now

log = structlog.get_logger()


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

    async def send(self) -> int:
        """Report what is new; return how many sources it was about.

        What reached nobody for now, since Telegram could not be reached, is told at the next tick.
        """
        reports = await self.archive.sources.to_report(self.now())
        if not reports:
            return 0
        for report in reports:
            log.warning("source", id=report.source.spec.id, trouble=report.trouble)
        tried = [await self._tell(operator, reports) for operator in sorted(self.operators)]
        if tried and not any(tried):
            return 0
        for report in reports:
            await self.archive.sources.reported(report, now=self.now())
        return len(reports)

    async def _tell(self, operator: int, reports: Sequence[SourceReport]) -> bool:
        """Tell one operator; return False when it is worth trying again later."""
        known = await self.archive.subscribers.find(operator, None)
        reader = Reader(known.language, known.time_zone) if known else self.reader
        parts = self.renderer.messages("telegram/source_reports.html.j2", reader, reports=reports)
        try:
            for part in parts:
                await self.bot.send_message(
                    operator,
                    part.text,
                    entities=[MessageEntity(**entity) for entity in part.entities],
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                )
        except (TelegramForbiddenError, TelegramBadRequest, TelegramNotFound) as error:
            # An operator who never started the bot, or blocked it, cannot be told.
            log.warning("operator_unreachable", operator=operator, reason=error.message)
        except TelegramAPIError as error:
            log.warning("report_not_sent", operator=operator, reason=str(error))
            return False
        return True
