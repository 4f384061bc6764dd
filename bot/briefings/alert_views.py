"""What is told of single stories, and why it is told to somebody in particular."""

from dataclasses import dataclass

from bot.archive.rows import ArticleRow
from bot.archive.story_rows import StoryArticleRow


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a story (or of an article that is in none, by its negative id).

    source: the article it rests on, the newest of those that its sentences name.
    others: how many outlets beside that one told it. models: what wrote some of the sentences.
    """

    id: int
    headline: str
    lines: tuple[str, ...]
    source: StoryArticleRow | ArticleRow
    others: int = 0
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertView:
    """One story as somebody is told of it, and why.

    people: names of those whom they follow. topics: ids of their topics. searches: the words of
    the searches that they saved.
    """

    told: Told
    people: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    searches: tuple[str, ...] = ()
