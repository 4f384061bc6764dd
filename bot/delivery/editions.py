"""The words of deliveries: composed once for all to whom the same edition goes."""

import asyncio
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import structlog
from aiogram.types import InlineKeyboardMarkup, MessageEntity

from bot.archive import Archive
from bot.archive.rows import DeliveryRow, EditionRow, Length, PartRow, Wishes
from bot.briefings import Briefings, Edition, Reader
from bot.briefings.alert_views import AlertView
from bot.briefings.alerts import AlertMaker, views_of
from bot.briefings.documents.make import Format
from bot.briefings.documents.press import BusyError, Press
from bot.briefings.edition_key import EditionKey
from bot.briefings.material import EditionFilter
from bot.briefings.periods import Period
from bot.briefings.wishes import composed_as, filter_of
from bot.clock import Now
from bot.formatting import FormattedText
from bot.locales.wording import Wording

log = structlog.get_logger()

_KEPT = 64
"""Editions that are kept in memory, the last used ones."""


@dataclass(frozen=True, slots=True)
class ReadyPart:
    """One message of an edition, ready to be sent; see PartRow."""

    position: int
    text: str
    entities: list[MessageEntity]
    rich: str | None = None
    file_name: str | None = None
    file: bytes | None = None
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True)
class ReadyEdition:
    """An edition as it is kept in the archive, ready to be sent."""

    id: int
    parts: tuple[ReadyPart, ...]


Below = Callable[[Edition, EditionKey | None, Wording], InlineKeyboardMarkup]
"""Makes the buttons below an edition; its key, where it is not of somebody's own wishes."""


@dataclass(frozen=True)
class Editions:
    """Gives the edition of a delivery; composes it where nobody got the same one before."""

    archive: Archive
    briefings: Briefings
    now: Now
    press: Press
    below: Below
    _ready: OrderedDict[str, ReadyEdition] = field(default_factory=OrderedDict)
    _composing: dict[str, asyncio.Lock] = field(default_factory=dict)
    # One at a time: people who ask for a document must not find the press busy with deliveries.
    _printing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def of(self, delivery: DeliveryRow) -> ReadyEdition:
        """Give the edition of a delivery; one that was begun goes on with the same words."""
        key = str(delivery.edition_id) if delivery.edition_id is not None else _key(delivery)
        if (ready := self._ready.get(key)) is not None:
            self._ready.move_to_end(key)
            return ready
        lock = self._composing.setdefault(key, asyncio.Lock())
        async with lock:
            if (ready := self._ready.get(key)) is None:
                ready = _make_ready(await self._kept(delivery, key))
                self._ready[key] = ready
                while len(self._ready) > _KEPT:
                    self._ready.popitem(last=False)
        self._composing.pop(key, None)
        return ready

    async def _kept(self, delivery: DeliveryRow, key: str) -> EditionRow:
        kept = None
        if delivery.edition_id is not None:
            kept = await self.archive.editions.get(delivery.edition_id)
        kept = kept or await self.archive.editions.find(_key(delivery))
        return kept or await self.archive.editions.keep(
            _key(delivery), await self._compose(delivery), now=self.now()
        )

    async def _compose(self, delivery: DeliveryRow) -> tuple[PartRow, ...]:
        reader = Reader(delivery.subscriber.language, delivery.subscriber.time_zone)
        edition = await self.briefings.compose(
            delivery.period_end,
            start=delivery.period_start,
            zone=reader.time_zone,
            wanted=filter_of(delivery.wishes),
        )
        edition = await self.briefings.translated(edition, reader)
        if delivery.held:
            edition = replace(edition, held=await self._held(delivery))
        # Beside the event loop: people are answered meanwhile.
        rows = await asyncio.to_thread(self._say, edition, reader, delivery.wishes)
        if not edition.is_quiet:
            rows[-1] = replace(rows[-1], keyboard=self._below(edition, delivery, reader))
        if delivery.wishes.has_pdf and not edition.is_quiet:
            rows += await self._document(edition, reader, len(rows))
        return tuple(rows)

    def _below(self, edition: Edition, delivery: DeliveryRow, reader: Reader) -> str:
        is_everybodys = filter_of(delivery.wishes) == EditionFilter()
        key = EditionKey.of(Period(edition.start, edition.end)) if is_everybodys else None
        keyboard = self.below(edition, key, reader.wording)
        return keyboard.model_dump_json(exclude_none=True)

    async def _held(self, delivery: DeliveryRow) -> tuple[AlertView, ...]:
        """Read what could not be told at once, the newest first."""
        maker = AlertMaker(self.archive, self.briefings)
        newest = delivery.held[::-1]
        told = await maker.read({one.subject for one in newest}, delivery.period_start)
        names = await maker.names([reason for one in newest for reason in one.reasons])
        return views_of([(one.subject, one.reasons) for one in newest], told, names)

    def _say(self, edition: Edition, reader: Reader, wishes: Wishes) -> list[PartRow]:
        if not wishes.is_rich and wishes.length is Length.FULL:
            texts = self.briefings.digest(edition, reader)
            return [_row(position, text) for position, text in enumerate(texts)]
        row = _row(0, self.briefings.short(edition, reader))
        if wishes.is_rich:
            row = replace(row, rich=self.briefings.rich(edition, reader))
        return [row]

    async def _document(self, edition: Edition, reader: Reader, position: int) -> list[PartRow]:
        """Print an edition; where that fails it goes out without: words come before paper."""
        try:
            async with self._printing:
                name, written = await self.press.print(edition, reader, Format.PDF)
        except (BusyError, TimeoutError) as error:
            log.warning("edition_not_printed", reason=type(error).__name__)
            return []
        return [PartRow(position, "", "[]", file_name=name, file=written)]


def _row(position: int, text: FormattedText) -> PartRow:
    return PartRow(position, text.text, json.dumps(text.entities, ensure_ascii=False))


def _key(delivery: DeliveryRow) -> str:
    """Name everything that tells the edition of one delivery from that of another."""
    subscriber = delivery.subscriber
    start, end = delivery.period_start.isoformat(), delivery.period_end.isoformat()
    key = f"{start}/{end} {subscriber.language} {subscriber.time_zone}"
    wishes = composed_as(delivery.wishes)
    if delivery.held:
        wishes += repr([(one.subject, one.reasons) for one in delivery.held])
    return f"{key} {hashlib.sha256(wishes.encode()).hexdigest()[:32]}" if wishes else key


def _keyboard(part: PartRow) -> InlineKeyboardMarkup | None:
    if part.keyboard is None:
        return None
    return InlineKeyboardMarkup.model_validate_json(part.keyboard)


def _make_ready(edition: EditionRow) -> ReadyEdition:
    return ReadyEdition(
        edition.id,
        tuple(
            ReadyPart(
                part.position,
                part.text,
                [MessageEntity(**entity) for entity in json.loads(part.entities)],
                part.rich,
                part.file_name,
                part.file,
                _keyboard(part),
            )
            for part in edition.parts
        ),
    )
