"""Briefings: choose stories, compose, render."""

from dataclasses import dataclass
from datetime import datetime

from bot.archive import Archive
from bot.archive.relevance import RelevanceRow
from bot.archive.rows import ArticleRow
from bot.briefings.choose import PERIOD, Briefing, choose
from bot.briefings.details import unfold
from bot.briefings.render import Reader, Renderer
from bot.formatting import FormattedText

__all__ = ["Briefing", "Briefings", "Reader", "Renderer"]


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
        """Render an article with its summary, the source under each sentence, and what follows.

        relevance: how far it is about the beat, for an operator.
        """
        stored = await self.archive.articles.text(article.id) or ""
        return self.renderer.message(
            "telegram/article_details.html.j2",
            reader,
            article=article,
            details=unfold(article, stored),
            relevance=relevance,
        )
