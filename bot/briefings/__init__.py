"""Briefings: choose stories, compose, render."""

from dataclasses import dataclass
from datetime import datetime

from bot.archive import Archive
from bot.archive.relevance import RelevanceRow
from bot.archive.rows import ArticleRow
from bot.archive.story_rows import StoryRow
from bot.briefings.composer import EVERYTHING, Composer
from bot.briefings.details import unfold
from bot.briefings.edition import Edition
from bot.briefings.edition_key import EditionKey
from bot.briefings.edition_words import EditionWords
from bot.briefings.material import EditionFilter
from bot.briefings.periods import USUAL_DAYS, last_days
from bot.briefings.render import Reader, Renderer
from bot.briefings.topics import Topics
from bot.briefings.translated import Translations, translated_article, translated_edition
from bot.formatting import FormattedText

__all__ = ["Briefings", "Edition", "EditionFilter", "Reader", "Renderer"]

SHORT_STORIES = 10
"""Stories of the short form, which is one message."""
_FEWEST_STORIES = 3


@dataclass(frozen=True)
class Briefings:
    """Everything that can be shown of the archive, rendered for a reader."""

    archive: Archive
    renderer: Renderer
    composer: Composer
    translations: Translations | None = None

    @property
    def topics(self) -> Topics:
        """The subjects that stories are sorted by."""
        return self.composer.topics

    async def compose(
        self,
        end: datetime,
        *,
        start: datetime | None = None,
        zone: str = "UTC",
        wanted: EditionFilter = EVERYTHING,
    ) -> Edition:
        """Compose what happened before a moment, by default in the week before it."""
        start = start or last_days(USUAL_DAYS, end).start
        return await self.composer.edition(start, end, zone=zone, wanted=wanted)

    async def edition(self, key: EditionKey, reader: Reader) -> Edition:
        """Compose the edition that a key names, translated as far as it is."""
        edition = await self.composer.of_key(key, zone=reader.time_zone)
        return await self.translated(edition, reader)

    async def translated(self, edition: Edition, reader: Reader) -> Edition:
        """Put an edition into its reader's language, as far as a machine has translated it."""
        if self.translations is None:
            return edition
        return await translated_edition(edition, reader.language, self.translations)

    def said(self, edition: Edition, reader: Reader, *, heading: str | None = None) -> EditionWords:
        """Put an edition into a reader's words; a heading takes the place of the period."""
        return EditionWords(edition, reader, self.topics.names(reader.language), heading)

    def digest(
        self, edition: Edition, reader: Reader, *, note: str | None = None
    ) -> tuple[FormattedText, ...]:
        """Render an edition whole, as one message or as numbered parts.

        note: a line below the heading, such as why it comes late.
        """
        said = self.said(edition, reader)
        return self.renderer.messages("telegram/edition.html.j2", reader, said=said, note=note)

    def short(
        self, edition: Edition, reader: Reader, *, note: str | None = None, back: str | None = None
    ) -> FormattedText:
        """Render an edition as one message: fewer stories where many do not fit.

        back: where it goes to another chat, the link that opens it in the bot.
        """
        said = self.said(edition, reader)
        parts: tuple[FormattedText, ...] = ()
        for shown in range(SHORT_STORIES, _FEWEST_STORIES - 1, -1):
            parts = self.renderer.messages(
                "telegram/edition_short.html.j2",
                reader,
                said=said,
                note=note,
                shown=shown,
                back=back,
            )
            if len(parts) == 1:
                break
        return parts[0]

    def section(self, edition: Edition, section: str, reader: Reader) -> tuple[FormattedText, ...]:
        """Render one section of an edition: a name of `handlers.edition_buttons.SECTIONS`."""
        said = self.said(edition, reader)
        return self.renderer.messages(
            "telegram/edition_section.html.j2", reader, said=said, section=section
        )

    async def story(
        self, story_id: int, reader: Reader
    ) -> tuple[StoryRow, tuple[FormattedText, ...], tuple[int, ...]] | None:
        """Render one story whole, and list the ids of its quotes; None when it is gone."""
        found = await self.composer.story(story_id, zone=reader.time_zone)
        if found is None:
            return None
        row, edition = found[0], await self.translated(found[1], reader)
        said = self.said(edition, reader)
        parts = self.renderer.messages("telegram/story.html.j2", reader, said=said)
        return row, parts, tuple(quote.id for quote in edition.quotes)

    def rich(self, edition: Edition, reader: Reader, *, note: str | None = None) -> str:
        """Render an edition as the HTML of one rich message (Bot API 10.1)."""
        said = self.said(edition, reader)
        return self.renderer.rich("rich/edition.html.j2", reader, said=said, note=note)

    async def card(self, article: ArticleRow, reader: Reader) -> FormattedText:
        """Render an article at a glance; its details show the original of what is translated.

        What somebody sent for themselves stays as it is: a translation would be stored for all.
        """
        translator = None
        if self.translations is not None and article.is_listed:
            article, translator = await translated_article(
                article, reader.language, self.translations
            )
        return self.renderer.message(
            "telegram/article.html.j2", reader, article=article, translator=translator
        )

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
