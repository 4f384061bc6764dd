"""What a person's dossier says on paper: the content that its PDF, Word and letter share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.archive import Archive
from bot.archive.people_rows import (
    HeldRole,
    PersonRow,
    SaidSentence,
    SourceRow,
    SpokenQuote,
)
from bot.archive.story_rows import StoryRow
from bot.briefings.dossier import is_ahead
from bot.briefings.edition import Line, SourceView
from bot.briefings.render import Reader
from bot.clock import Now
from bot.formatting import clip
from bot.locales.wording import Wording

# So much makes at most four pages, sources included.
MOST_FORMS = 5
MOST_LATELY = 3
MOST_POSTS = 10
MOST_MEETINGS = 6
MOST_QUOTES = 6
MOST_ABOUT = 3
MOST_AHEAD = 5
MOST_STORIES = 6

_TITLE_UNITS = 200
_SENTENCE_UNITS = 320
_QUOTE_UNITS = 600
_NAMES = 4


@dataclass(frozen=True, slots=True)
class Post:
    """A post as stated; `sources` are the first and the last article that state it."""

    title: str
    first_at: datetime | None
    last_at: datetime | None
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting, call or visit: with whom, what the article says of it, and when it appeared."""

    others: tuple[str, ...]
    line: Line
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Words:
    """Verbatim words; `speaker` is None where the person spoke, or nobody is named."""

    text: str
    speaker: str | None
    source: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A date to come, as the article gives it."""

    text: str
    line: Line


@dataclass(frozen=True, slots=True)
class Told:
    """A story that names the person."""

    headline: str
    at: datetime | None
    outlets: tuple[str, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier as content; its sentences know their sources by number.

    Moments are those of publication (UTC), None where an article does not state it.
    """

    person: PersonRow
    forms: tuple[str, ...]
    post: Line | None
    lately: tuple[Line, ...]
    posts: tuple[Post, ...]
    meetings: tuple[Met, ...]
    quotes: tuple[Words, ...]
    about: tuple[Words, ...]
    ahead: tuple[Ahead, ...]
    stories: tuple[Told, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class DossierWords:
    """A dossier in one reader's words."""

    dossier: Dossier
    reader: Reader
    made_at: datetime

    @property
    def wording(self) -> Wording:
        """The wording of the reader's language."""
        return self.reader.wording

    @property
    def title(self) -> str:
        """The heading: the person's name."""
        return self.dossier.person.name

    @property
    def size(self) -> str:
        """What it rests on: "3 статьи, 2 окт. – 20 нояб. 2026 г."; "" where there is nothing."""
        person, words = self.dossier.person, self.wording
        if person.first_seen_at is None or person.last_seen_at is None:
            return ""
        first, last = (
            moment.astimezone(ZoneInfo(self.reader.time_zone)).date()
            for moment in (person.first_seen_at, person.last_seen_at)
        )
        return words.count(
            "Rests on {number} article: {period}",
            "Rests on {number} articles: {period}",
            person.articles,
            period=words.period(first, last),
        )

    @property
    def as_of(self) -> str:
        """The day that it was made."""
        return self.wording.say("as of {day}", day=self.day(self.made_at))

    def day(self, moment: datetime | None) -> str:
        """Write a day in the reader's zone, with the year, or that it is not stated."""
        if moment is None:
            return self.wording.say("date not stated")
        return self.wording.day(moment, self.reader.time_zone)

    def reported(self, moment: datetime | None) -> str:
        """Say when something was reported, which is not when it happened."""
        if moment is None:
            return self.day(None)
        return self.wording.say("reported {date}", date=self.day(moment))

    def dated(self, source: SourceView) -> str:
        """Say when a source appeared, with a full stop."""
        said = self.day(source.published_at)
        return said if said.endswith(".") else f"{said}."

    def held(self, post: Post) -> str:
        """Say since when and until when articles state a post."""
        days = [self.day(moment) for moment in (post.first_at, post.last_at) if moment is not None]
        return " – ".join(dict.fromkeys(days)) or self.day(None)

    def names(self, others: Sequence[str]) -> str:
        """Name whom somebody met: "А, Б, В, Г…"."""
        return ", ".join(others[:_NAMES]) + ("…" if len(others) > _NAMES else "")


@dataclass(frozen=True)
class DossierReader:
    """Reads dossiers for paper out of the archive."""

    archive: Archive
    now: Now

    async def read(self, person: PersonRow) -> Dossier:
        """Read the dossier of a person, the newest of everything first."""
        dossiers, one, notes = self.archive.dossiers, person.id, _Notes()
        glance = await dossiers.glance(one)
        lately = await dossiers.sentences(one, limit=2 * MOST_LATELY)
        roles = await dossiers.roles(one)
        meetings = await self.archive.companies.meetings(one, limit=MOST_MEETINGS)
        by = await dossiers.quotes(one, direct=True, limit=MOST_QUOTES)
        about = await dossiers.quotes_about(one, limit=MOST_ABOUT)
        today = self.now().date().isoformat()
        ahead = [event for event in await dossiers.events(one) if is_ahead(event, today)]
        stories = await self.archive.stories.of_person(one, limit=MOST_STORIES)
        forms = await self.archive.people.forms(one)
        return Dossier(
            person,
            tuple(f for f in forms if f not in (person.name, person.latin))[:MOST_FORMS],
            notes.line(_capital(glance.post), glance.source)
            if glance.post and glance.source
            else None,
            notes.lines(lately)[:MOST_LATELY],
            tuple(notes.post(role) for role in roles[:MOST_POSTS]),
            tuple(
                Met(met.others, notes.line(met.sentence, met.source), met.source.published_at)
                for met in meetings
            ),
            tuple(notes.words(quote, None) for quote in by),
            tuple(notes.words(quote, quote.speaker) for quote in about),
            tuple(
                Ahead(event.text, notes.line(event.sentence, event.source))
                for event in sorted(ahead, key=lambda event: event.iso)[:MOST_AHEAD]
            ),
            tuple(notes.story(story) for story in stories),
            notes.sources,
        )


@dataclass
class _Notes:
    """Numbers the sources of one dossier in the order in which it comes to them."""

    _views: dict[int, SourceView] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[SourceView, ...]:
        return tuple(self._views.values())

    def line(self, text: str, source: SourceRow) -> Line:
        return Line(clip(text, _SENTENCE_UNITS), (), (self._number(source),))

    def lines(self, sentences: Sequence[SaidSentence]) -> tuple[Line, ...]:
        """Tell each sentence once, with all that say it."""
        told: dict[str, list[int]] = {}
        for said in sentences:
            told.setdefault(said.text, []).append(self._number(said.source))
        return tuple(Line(clip(text, _SENTENCE_UNITS), (), tuple(n)) for text, n in told.items())

    def post(self, role: HeldRole) -> Post:
        numbers = dict.fromkeys((self._number(role.first), self._number(role.last)))
        return Post(
            clip(role.title, _SENTENCE_UNITS),
            role.first.published_at,
            role.last.published_at,
            tuple(numbers),
        )

    def words(self, quote: SpokenQuote, speaker: str | None) -> Words:
        text = clip(quote.text, _QUOTE_UNITS)
        if text != quote.text:
            text = text.removesuffix("…") + " […]"
        return Words(text, speaker, self._number(quote.source), quote.source.published_at)

    def story(self, story: StoryRow) -> Told:
        first = next((row for row in story.articles if row.original_id is None), story.articles[0])
        source = SourceRow(
            first.id,
            first.title,
            first.outlet,
            first.url,
            first.published_at,
            first.published_has_time,
            first.added_at,
            first.is_sample,
        )
        return Told(
            story.headline, first.published_at, story.outlets[:_NAMES], (self._number(source),)
        )

    def _number(self, source: SourceRow) -> int:
        if source.id not in self._views:
            self._views[source.id] = SourceView(
                len(self._views) + 1,
                source.id,
                source.outlet,
                clip(source.title, _TITLE_UNITS),
                source.url,
                "",
                source.published_at,
                source.published_has_time,
                source.is_sample,
            )
        return self._views[source.id].number


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
