"""What the editions of one period are made of: its stories, weighed once for all readers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from bot.archive.rows import SentenceRow
from bot.archive.story_rows import StoryDetailsRow, StoryNewsRow, StoryRow
from bot.briefings.ranking import Standing
from summarizer.inflection import Inflector
from summarizer.terms import tokens_of


@dataclass(frozen=True, slots=True)
class EditionFilter:
    """What a reader wants to hear of; nothing set means everything.

    A story is told when its topic, one of its people or one of the `include` words is wanted, and
    no `exclude` word is in it. Words are matched in any form, never as patterns.
    `least_importance`: from 0 to 1, as StoryView.importance.
    """

    topics: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    least_importance: float = 0.0


@dataclass(frozen=True)
class Weighed:
    """A story of the period, and all that choosing needs to know of it."""

    row: StoryRow
    standing: Standing
    topic: str | None
    people: frozenset[int]
    words: frozenset[str]
    """Its folded words as written: of headline, sentences and titles."""


@dataclass
class Material:
    """The stories of start ≤ t < end, the weightiest first, and what was read of them so far."""

    start: datetime
    end: datetime
    stories: tuple[Weighed, ...]
    articles: int
    details: dict[int, StoryDetailsRow] = field(default_factory=dict)
    news: dict[int, StoryNewsRow] = field(default_factory=dict)

    def lines(self, story: StoryRow) -> tuple[SentenceRow, ...]:
        """Give what is to be told of a story: of one that went on, what was added."""
        added = self.news.get(story.id)
        return added.lines if added is not None and added.lines else story.lines


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Fold the words of texts as `forms_of` folds them."""
    return frozenset(token.word for text in texts for token in tokens_of(text))


def matches(words: frozenset[str], wanted: Mapping[str, tuple[frozenset[str], ...]]) -> bool:
    """Say whether one of the wanted phrases has all its words, in any form, among these."""
    return any(
        phrase and all(not forms.isdisjoint(words) for forms in phrase)
        for phrase in wanted.values()
    )


@lru_cache(maxsize=1)
def _inflector() -> Inflector:
    return Inflector()


@lru_cache(maxsize=10_000)
def phrase_forms(phrase: str) -> tuple[frozenset[str], ...]:
    """Give for each word of a phrase the forms it takes."""
    return tuple(_inflector().forms(token.written) for token in tokens_of(phrase))
