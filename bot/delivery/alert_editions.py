"""The messages of one look: composed once for all who are told the same in the same words."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from aiogram.types import InlineKeyboardMarkup

from bot.archive import Archive
from bot.archive.alert_audience import AudienceRow
from bot.archive.alert_rows import NewAlert, Reason
from bot.archive.rows import PartRow
from bot.briefings import Briefings, Reader
from bot.briefings.alert_views import AlertView, Told
from bot.briefings.alerts import AlertMaker, views_of
from bot.delivery.alert_choice import Choice
from bot.locales.wording import Wording

Keyboard = Callable[
    [Sequence[AlertView], Sequence[Reason], Mapping[int, str], Wording], InlineKeyboardMarkup
]
"""(what is told, why, the names of the people among the reasons, the wording) → the buttons."""

_Message = tuple[str, str, tuple[NewAlert, ...]]
"""Language, zone, and what is told."""


@dataclass
class AlertEditions:
    """Composes the messages of one look and keeps them.

    moment: names them (aware).
    """

    archive: Archive
    briefings: Briefings
    keyboard: Keyboard
    moment: datetime
    now: datetime
    _made: dict[_Message, int | None] = field(default_factory=dict)
    _told: dict[int, Told | None] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)

    async def of(self, chosen: Sequence[tuple[AudienceRow, Choice]]) -> list[int | None]:
        """Give the edition that each is sent; None where there is nothing to be sent."""
        messages = [
            (reader.language, reader.time_zone, choice.message) for reader, choice in chosen
        ]
        new = [one for one in dict.fromkeys(messages) if one[2] and one not in self._made]
        await self._read(new)
        for message in new:
            self._made[message] = await self._make(message)
        return [self._made.get(message) for message in messages]

    async def _read(self, messages: Sequence[_Message]) -> None:
        alerts = {alert for *_, told in messages for alert in told}
        subjects = {alert.subject for alert in alerts} - self._told.keys()
        maker = AlertMaker(self.archive, self.briefings)
        found = await maker.read(subjects)
        self._told |= {one: found.get(one) for one in subjects}
        self._names |= await maker.names([reason for alert in alerts for reason in alert.reasons])

    async def _make(self, message: _Message) -> int | None:
        language, zone, alerts = message
        told = {one: found for one, found in self._told.items() if found is not None}
        views = views_of([(one.subject, one.reasons) for one in alerts], told, self._names)
        if not views:
            return None
        reader = Reader(language, zone)
        parts = await asyncio.to_thread(self._parts, views, alerts, reader)
        edition = await self.archive.editions.keep(_key(self.moment, message), parts, now=self.now)
        return edition.id

    def _parts(
        self, views: Sequence[AlertView], alerts: Sequence[NewAlert], reader: Reader
    ) -> list[PartRow]:
        """Render the messages, with the buttons below the last."""
        messages = AlertMaker(self.archive, self.briefings).messages(views, reader)
        rows = [
            PartRow(position, text.text, json.dumps(text.entities, ensure_ascii=False))
            for position, text in enumerate(messages)
        ]
        reasons = list(dict.fromkeys(reason for one in alerts for reason in one.reasons))
        keyboard = self.keyboard(views, reasons, self._names, reader.wording)
        rows[-1] = replace(rows[-1], keyboard=keyboard.model_dump_json(exclude_none=True))
        return rows


def _key(moment: datetime, message: _Message) -> str:
    language, zone, alerts = message
    told = repr([(one.subject, one.reasons) for one in alerts])
    return f"alert {moment.isoformat()} {language} {zone} {_digest(told)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
