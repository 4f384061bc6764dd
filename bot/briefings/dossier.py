"""The dossier of one person: what is read for each of its pages, and how it fits a message."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bot.archive import Archive
from bot.archive.people_rows import Company, Event, PersonRow, SpokenQuote
from bot.archive.people_sources import NEWEST
from bot.briefings.render import Reader, Renderer
from bot.clock import Now
from bot.formatting import MESSAGE_LIMIT, FormattedText, clip, utf16_length

WEEKS = 8
"""How many weeks the attention is shown for."""

MOST_COMPANY = 8

_FORMS_SHOWN = 5
_SENTENCES = 2
_ARTICLES = 3
_AT_ONCE = 8
_QUOTE_LIMIT = 2_400
_SENTENCE_LIMIT = 420
_BARS = "▁▂▃▄▅▆▇█"


class Page(StrEnum):
    """The pages of a dossier; the values travel in buttons."""

    NOW = "n"
    POSTS = "p"
    QUOTES = "q"
    COMPANY = "c"
    EVENTS = "e"
    SOURCES = "s"


@dataclass(frozen=True)
class Screen:
    """A page as it is shown; `following` is where the next part of it begins, if there is one."""

    text: FormattedText
    following: int | None = None
    company: tuple[Company, ...] = ()
    """Whom the page lists with a button each."""
    quotes: tuple[tuple[int, int], ...] = ()
    """The quotes that the page lists with a button each: the number shown, and the id."""


@dataclass(frozen=True)
class Attention:
    """How often articles name somebody: by weeks, the oldest first."""

    weeks: tuple[int, ...]

    @property
    def bars(self) -> str:
        """The weeks as a row of bars."""
        most = max(self.weeks) or 1
        return "".join(_BARS[round(count / most * (len(_BARS) - 1))] for count in self.weeks)

    @property
    def trend(self) -> int:
        """1 when the later half of the weeks has more articles, -1 when fewer, else 0."""
        half = len(self.weeks) // 2
        before, after = sum(self.weeks[:half]), sum(self.weeks[half:])
        return (after > before) - (after < before)


@dataclass(frozen=True)
class DossierMaker:
    """Makes the pages of dossiers."""

    archive: Archive
    renderer: Renderer
    now: Now

    async def page(
        self, person: PersonRow, page: Page, reader: Reader, *, at: int = 0, asked: str = ""
    ) -> Screen:
        """Make a page.

        at: how many entries of it are passed over.
        asked: the name that was asked for, when it is none of the person's and was guessed.
        """
        pages: dict[Page, Callable[[PersonRow, Reader, int], Awaitable[Screen]]] = {
            Page.POSTS: self._posts,
            Page.QUOTES: self._quotes,
            Page.COMPANY: self._company,
            Page.EVENTS: self._events,
            Page.SOURCES: self._sources,
        }
        if page is Page.NOW:
            return await self._now(person, reader, asked)
        return await pages[page](person, reader, max(0, at))

    async def shared(
        self, person: PersonRow, other: PersonRow, reader: Reader, *, at: int = 0
    ) -> Screen:
        """Make the list of the articles that name two people."""
        articles = await self.archive.dossiers.articles(
            person.id, other=other.id, after=at, limit=_AT_ONCE + 1
        )
        met = (await self.archive.companies.met(person.id)).get(other.id)
        return self._fitted(
            "person_shared", reader, articles, at, person=person, other=other, met=_clipped(met)
        )

    async def _now(self, person: PersonRow, reader: Reader, asked: str) -> Screen:
        dossiers = self.archive.dossiers
        glance = await dossiers.glance(person.id)
        sentences = await dossiers.sentences(person.id, limit=_SENTENCES)
        forms = await self.archive.people.forms(person.id)
        articles = await dossiers.articles(person.id, limit=_ARTICLES)
        text = self._rendered(
            "person",
            reader,
            person=person,
            asked=clip(asked, 100),
            forms=_other_forms(person, forms),
            glance=glance,
            is_partial=person.articles > NEWEST,
            sentences=[(_clipped(said.text), said.source) for said in sentences],
            attention=await self._attention(person),
            articles=articles,
            updated_at=max((source.added_at for source in articles), default=None),
        )
        return Screen(text)

    async def _attention(self, person: PersonRow) -> Attention:
        weeks = await self.archive.dossiers.weeks(person.id, until=self.now(), number=WEEKS)
        return Attention(tuple(weeks))

    async def _posts(self, person: PersonRow, reader: Reader, at: int) -> Screen:
        roles = await self.archive.dossiers.roles(person.id)
        return self._fitted("person_posts", reader, roles[at:], at, person=person)

    async def _quotes(self, person: PersonRow, reader: Reader, at: int) -> Screen:
        """List quotes by the person, then quotes about them, then reports of what they said."""
        dossiers = self.archive.dossiers
        limit = at + _AT_ONCE + 1
        by = await dossiers.quotes(person.id, direct=True, limit=limit)
        about = await dossiers.quotes_about(person.id, limit=limit)
        reports = await dossiers.quotes(person.id, direct=False, limit=limit)
        entries = [
            (kind, _with_short_text(quote))
            for kind, found in (("by", by), ("about", about), ("report", reports))
            for quote in found
        ]
        screen = self._fitted(
            "person_quotes", reader, entries[at:], at, person=person, has_by=bool(by)
        )
        shown = enumerate(entries[at : screen.following], start=at + 1)
        quotes = tuple((number, quote.id) for number, (kind, quote) in shown if kind != "report")
        return replace(screen, quotes=quotes)

    async def _company(self, person: PersonRow, reader: Reader, at: int) -> Screen:
        company = await self.archive.companies.of(person.id, limit=MOST_COMPANY)
        text = self._rendered(
            "person_company",
            reader,
            person=person,
            company=[(other, _clipped(other.met, 300)) for other in company],
        )
        return Screen(text, company=tuple(company))

    async def _events(self, person: PersonRow, reader: Reader, at: int) -> Screen:
        """List dates ahead, the nearest first, then those past, the newest first."""
        found = await self.archive.dossiers.events(person.id)
        today = self.now().date().isoformat()
        ahead = sorted((e for e in found if is_ahead(e, today)), key=lambda event: event.iso)
        past = [event for event in found if not is_ahead(event, today)]
        entries = [("ahead", event, _clipped(event.sentence)) for event in ahead] + [
            ("past", event, _clipped(event.sentence)) for event in past
        ]
        return self._fitted("person_events", reader, entries[at:], at, person=person)

    async def _sources(self, person: PersonRow, reader: Reader, at: int) -> Screen:
        dossiers = self.archive.dossiers
        articles = await dossiers.articles(person.id, after=at, limit=_AT_ONCE + 1)
        return self._fitted(
            "person_sources",
            reader,
            articles,
            at,
            person=person,
            outlets=(await dossiers.outlets(person.id))[:10] if not at else [],
            names=(await dossiers.joined_names(person.id))[:8] if not at else [],
        )

    def _fitted(
        self, template: str, reader: Reader, entries: Sequence[Any], at: int, **values: Any
    ) -> Screen:
        """Render as many entries as fit one message, and say where the rest begins."""
        number = min(len(entries), _AT_ONCE)
        while True:
            text = self._rendered(template, reader, entries=entries[:number], at=at, **values)
            if utf16_length(text.text) <= MESSAGE_LIMIT or number <= 1:
                break
            number -= 1
        return Screen(text, at + number if number < len(entries) else None)

    def _rendered(self, template: str, reader: Reader, **values: Any) -> FormattedText:
        return self.renderer.message(f"telegram/{template}.html.j2", reader, **values)


def _other_forms(person: PersonRow, forms: Sequence[str]) -> list[str]:
    shown = {person.name, person.latin}
    return [clip(form, 60) for form in forms if form not in shown][:_FORMS_SHOWN]


def _clipped(text: str | None, limit: int = _SENTENCE_LIMIT) -> str | None:
    return None if text is None else clip(text, limit)


def _with_short_text(quote: SpokenQuote) -> SpokenQuote:
    """Keep a quote to the letter; only one that fills a message by itself ends with […]."""
    if utf16_length(quote.text) <= _QUOTE_LIMIT:
        return quote
    return replace(quote, text=clip(quote.text, _QUOTE_LIMIT).removesuffix("…") + " […]")


def is_ahead(event: Event, today: str) -> bool:
    """Say whether a date lies ahead of an ISO day; a day without a year tells nothing."""
    last = event.iso.rsplit("/", 1)[-1]
    return last[:1].isdigit() and last > today[: len(last)]
