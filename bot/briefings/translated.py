"""An edition in its reader's language, as far as a machine has translated it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from bot.archive.rows import ArticleRow
from bot.briefings.edition import Edition, Line, StoryView


class Translations(Protocol):
    """Somebody who translates sentences, or has done so already."""

    @property
    def model(self) -> str | None:
        """The name of who translates; None when nobody does."""

    async def of(self, texts: Sequence[str], language: str) -> Mapping[str, str]:
        """Give the translations of sentences that there are."""


async def translated_edition(edition: Edition, language: str, by: Translations) -> Edition:
    """Put the headlines and sentences of an edition into a language, as far as that is done.

    Quotes, the names of sources and what sources say where they differ stay as they are.

    Args:
        edition: as composed.
        language: the reader's.
        by: who translates; it is never waited for.

    Returns:
        The edition; each translated text keeps its original beside it.
    """
    if by.model is None:
        return edition
    known = await by.of(tuple(_texts(edition)), language)
    if not known:
        return edition

    def line(told: Line) -> Line:
        text = known.get(told.text)
        return told if text is None else replace(told, text=text, original=told.text)

    def story(told: StoryView) -> StoryView:
        lines = tuple(map(line, told.lines))
        headline = known.get(told.headline)
        if headline is None:
            return replace(told, lines=lines)
        return replace(told, lines=lines, headline=headline, original=told.headline)

    return replace(
        edition,
        brief=tuple(map(line, edition.brief)),
        stories=tuple(map(story, edition.stories)),
        meetings=tuple(replace(each, line=line(each.line)) for each in edition.meetings),
        upcoming=tuple(replace(each, line=line(each.line)) for each in edition.upcoming),
        figures=tuple(replace(each, line=line(each.line)) for each in edition.figures),
        translator=by.model,
    )


async def translated_article(
    article: ArticleRow, language: str, by: Translations
) -> tuple[ArticleRow, str | None]:
    """Put the summary of an article into a language, as far as that is done; its title stays.

    Returns:
        The article, and the name of the model that translated some of it, if one did.
    """
    if by.model is None:
        return article, None
    known = await by.of([said.text for said in article.summary], language)
    if not known:
        return article, None
    summary = tuple(replace(said, text=known.get(said.text, said.text)) for said in article.summary)
    return replace(article, summary=summary), by.model


def _texts(edition: Edition) -> Iterator[str]:
    for story in edition.stories:
        yield story.headline
        yield from (line.text for line in story.lines)
    yield from (line.text for line in edition.brief)
    yield from (meeting.line.text for meeting in edition.meetings)
    yield from (event.line.text for event in edition.upcoming)
    yield from (figure.line.text for figure in edition.figures)
