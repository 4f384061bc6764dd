"""Briefings: choose stories, compose, render."""

from dataclasses import dataclass
from datetime import datetime

from bot.archive import Archive
from bot.archive.relevance import RelevanceRow
from bot.archive.rows import ArticleRow
from bot.briefings.choose import PERIOD, Briefing, choose
from bot.briefings.render import Reader, Renderer
from bot.formatting import FormattedText
from summarizer.text import read_article

__all__ = ["Briefing", "Briefings", "Reader", "Renderer"]

DETAILS_CHARACTERS = 2_500
"""How much of an article Details unfolds beyond the summary; the rest is at its source."""


@dataclass(frozen=True)
class Briefings:
    """Everything that can be shown of the archive, rendered for a reader."""

    archive: Archive
    renderer: Renderer

    async def compose(self, end: datetime, *, start: datetime | None = None) -> Briefing:
        """Choose what happened before a moment, by default in the week before it."""
        return await choose(self.archive, start or end - PERIOD, end)

    def digest(self, briefing: Briefing, reader: Reader) -> tuple[FormattedText, ...]:
        """Render an edition as one message, or as numbered parts."""
        return self.renderer.messages("telegram/digest.html.j2", reader, briefing=briefing)

    def card(self, article: ArticleRow, reader: Reader) -> FormattedText:
        """Render an article at a glance."""
        return self.renderer.message("telegram/article.html.j2", reader, article=article)

    async def details(
        self, article: ArticleRow, reader: Reader, relevance: RelevanceRow | None = None
    ) -> FormattedText:
        """Render an article with its whole summary and what its text says beyond it.

        relevance: how far it is about the beat, for an operator.
        """
        stored = await self.archive.articles.text(article.id) or ""
        paragraphs, is_cut = _beyond_summary(stored, article)
        return self.renderer.message(
            "telegram/article_details.html.j2",
            reader,
            article=article,
            paragraphs=paragraphs,
            is_cut=is_cut,
            relevance=relevance,
        )


def _beyond_summary(stored: str, article: ArticleRow) -> tuple[list[str], bool]:
    """Take whole sentences up to DETAILS_CHARACTERS by paragraphs, without those of the summary.

    Returns the paragraphs, and whether the article goes on after them.
    """
    shown = {sentence.text for sentence in article.summary}
    text = read_article(stored, title=None if article.title_from_body else article.title)
    paragraphs: list[str] = []
    length = 0
    for paragraph in text.paragraphs:
        kept: list[str] = []
        for sentence in paragraph:
            if sentence.text in shown:
                continue
            length += len(sentence.text) + 1
            if length > DETAILS_CHARACTERS:
                break
            kept.append(sentence.text)
        if kept:
            paragraphs.append(" ".join(kept))
        if length > DETAILS_CHARACTERS:
            return paragraphs, True
    return paragraphs, False
