"""What an edition's parts are called in a reader's language; shared by all its media."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.briefings.alert_views import AlertView
from bot.briefings.alert_words import why
from bot.briefings.edition import (
    Edition,
    FigureView,
    MeetingView,
    PersonView,
    Reason,
    SourceView,
    StoryView,
    UpcomingView,
)
from bot.briefings.render import Reader
from bot.locales.wording import Wording
from summarizer.differences import DifferenceKind
from summarizer.stories_stems import stems

_OUTLETS_NAMED = 3
_POST_LENGTH = 120


@dataclass(frozen=True)
class EditionWords:
    """One edition in one reader's words.

    topics: names of the subjects in the reader's language, by id.
    heading: what stands above it instead of the period, such as a story's headline.
    """

    edition: Edition
    reader: Reader
    topics: Mapping[str, str]
    heading: str | None = None

    @property
    def wording(self) -> Wording:
        """The wording of the reader's language."""
        return self.reader.wording

    @property
    def title(self) -> str:
        """The heading: "Неделя: 16–22 нояб. 2026 г." or the day or days it is about."""
        if self.heading is not None:
            return self.heading
        words = self.wording
        first, last = self.days
        if first == last:
            return words.say("The day: {day}", day=words.day(first, self.reader.time_zone))
        if _is_month(first, last):
            month = words.month(first)
            return month[:1].upper() + month[1:]
        named = words.period(first, last)
        if self.is_week:
            return words.say("The week: {period}", period=named)
        return words.say("The period: {period}", period=named)

    @property
    def is_week(self) -> bool:
        """Whether the period is a week: seven days, which touch eight when they begin at noon."""
        first, last = self.days
        return (last - first).days in (6, 7)

    @property
    def translation(self) -> str | None:
        """Say who translated some of it; None when nobody did."""
        model = self.edition.translator
        if model is None:
            return None
        return self.wording.say(
            "Machine translation: {model}. Quotes are verbatim; each story shows its original.",
            model=model,
        )

    @property
    def brief_heading(self) -> str:
        """The heading of the lines that open the edition."""
        words = self.wording
        return words.say("The week in three lines") if self.is_week else words.say("In three lines")

    @property
    def quotes_heading(self) -> str:
        """The heading of the quotes."""
        words = self.wording
        return words.say("Quotes of the week") if self.is_week else words.say("Quotes")

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that the period touches, in the reader's zone."""
        zone = ZoneInfo(self.reader.time_zone)
        last = self.edition.end - timedelta(microseconds=1)
        first = self.edition.start.astimezone(zone).date()
        return first, max(first, last.astimezone(zone).date())

    @property
    def subject(self) -> str | None:
        """What the edition is narrowed to: a person or a topic."""
        if self.edition.person is not None:
            return self.edition.person.name
        if self.edition.topic is not None:
            return self.topics.get(self.edition.topic, self.edition.topic)
        return None

    @property
    def size(self) -> str:
        """How much came in: "14 сюжетов из 31 статьи"."""
        words, edition = self.wording, self.edition
        stories = len(edition.stories) + edition.left_out
        return words.say(
            "{stories} from {articles}",
            stories=words.count("{number} story", "{number} stories", stories),
            articles=words.count(
                "{number} article (of)", "{number} articles (of)", edition.articles
            ),
        )

    def source(self, number: int) -> SourceView:
        """Give a source by its number."""
        return self.edition.sources[number - 1]

    def dated(self, source: SourceView) -> str:
        """Say when a source appeared, with a full stop: "20 ноября.", "26 марта 2024 г."."""
        if source.published_at is None:
            said = self.wording.say("date not stated")
        else:
            zone = self.reader.time_zone
            said = self.wording.day(source.published_at, zone, today=self.days[1])
        return said if said.endswith(".") else f"{said}."

    def outlets(self, numbers: Sequence[int]) -> str:
        """Name the outlets of sources, the first to tell it first: "Казинформ, Власть и ещё 2"."""
        names = self._outlets(numbers)
        shown = ", ".join(names[:_OUTLETS_NAMED])
        if len(names) <= _OUTLETS_NAMED:
            return shown
        more = self.wording.count(
            "and {number} more", "and {number} more", len(names) - _OUTLETS_NAMED
        )
        return f"{shown} {more}"

    def reasons(self, story: StoryView) -> tuple[str, ...]:
        """Say why a story stands where it stands."""
        words = self.wording
        said = {
            Reason.OUTLETS: words.count("{number} outlet", "{number} outlets", story.outlets),
            Reason.RANK: words.say("at the highest level"),
            Reason.BEAT: words.say("squarely on the beat"),
            Reason.NEW: words.say("new"),
        }
        return tuple(said[reason] for reason in story.reasons)

    def about(self, story: StoryView) -> str:
        """Say a story's topic and why it stands where it stands, in one line."""
        topic = () if story.topic is None else (self.topics.get(story.topic, story.topic),)
        sources = [self.source(number) for number in story.sources]
        is_undated = all(source.published_at is None for source in sources)
        undated = (self.wording.say("date not stated"),) if is_undated else ()
        # An invented story must never be taken for news.
        is_sample = any(source.is_sample for source in sources)
        mark = (self.wording.say("sample"),) if is_sample else ()
        return " · ".join((*undated, *topic, *self.reasons(story), *mark))

    def why(self, view: AlertView) -> str:
        """Say why its reader was to be told of something."""
        return "; ".join(why(view, words=self.wording, topics=self.topics))

    def difference(self, kind: DifferenceKind) -> str:
        """Say on what sources disagree."""
        words = self.wording
        return {
            DifferenceKind.NUMBER: words.say("a number"),
            DifferenceKind.NAME: words.say("a name"),
            DifferenceKind.DATE: words.say("a date"),
            DifferenceKind.EVENT: words.say("what it was"),
        }[kind]

    def person(self, person: PersonView) -> str:
        """Name a person with their post, as far as it is stated."""
        if not person.post:
            return person.name
        post = person.post
        if len(post) > _POST_LENGTH:
            post = post[:_POST_LENGTH].rsplit(" ", 1)[0] + "…"
        return f"{person.name} ({post})"

    def people(self, people: Sequence[PersonView]) -> str:
        """Name people with their posts."""
        return ", ".join(self.person(person) for person in people)

    def story(self, story_id: int) -> StoryView | None:
        """Give a shown story by its id."""
        return next((story for story in self.edition.stories if story.id == story_id), None)

    def context(self, view: UpcomingView | FigureView) -> str | None:
        """Give the headline of the story that a line is of, where the line shares no word with it.

        "Стоимость оборудования — 3,8 млн долларов" does not say of what.
        """
        story = self.story(view.story_id)
        if story is None or not set(stems(story.headline)).isdisjoint(stems(view.line.text)):
            return None
        return story.headline

    def day(self, iso: str | None) -> str | None:
        """Write a stated date as precisely as it is known: "20 ноября", "март 2024 г."."""
        if iso is None:
            return None
        first, _, last = iso.partition("/")
        if last:
            return self._span(first, last)
        return self._point(first)

    def when_and_where(self, meeting: MeetingView) -> str:
        """Say when and where a meeting was; without a stated day, when it was reported."""
        when = self.day(meeting.happened_on)
        if when is None and meeting.line.sources:
            reported = self.source(meeting.line.sources[0]).published_at
            if reported is not None:
                day = self.wording.day(reported, self.reader.time_zone, today=self.days[1])
                when = self.wording.say("reported {date}", date=day)
        return ", ".join(filter(None, (when, meeting.place)))

    def days_ahead(self, first: date, last: date) -> str:
        """Write the day or days of what lies ahead."""
        if first == last:
            return self.wording.day(first, self.reader.time_zone, today=self.days[1])
        if _is_month(first, last):
            return self.wording.month(first)
        return self.wording.period(first, last)

    def _span(self, first: str, last: str) -> str | None:
        try:
            return self.wording.period(date.fromisoformat(first), date.fromisoformat(last))
        except ValueError:
            return self._point(first)

    def _point(self, iso: str) -> str | None:
        words = self.wording
        try:
            if len(iso) == len("2026-01-31"):
                return words.day(date.fromisoformat(iso), self.reader.time_zone, today=self.days[1])
            if len(iso) == len("2026-01"):
                return words.month(date.fromisoformat(f"{iso}-01"))
        except ValueError:
            return None
        return iso if iso.isdecimal() else None

    def _outlets(self, numbers: Sequence[int]) -> list[str]:
        unknown = self.wording.say("outlet not stated")
        return list(dict.fromkeys(self.source(number).outlet or unknown for number in numbers))


def _is_month(first: date, last: date) -> bool:
    """Say whether two days are the first and the last of one month."""
    return first.day == 1 and (last + timedelta(days=1)).day == 1 and (last - first).days < 31
