"""Items as they are passed on: a message that stands by itself, and how a list offers it."""

from dataclasses import dataclass
from datetime import timedelta

from bot.archive import Archive
from bot.archive.people_rows import PersonRow, QuoteRow, SourceRow
from bot.archive.rows import ArticleRow
from bot.archive.story_rows import StoryArticleRow, StoryRow
from bot.briefings import Briefings
from bot.briefings.edition_key import EditionKey
from bot.briefings.periods import MOST_DAYS
from bot.briefings.render import Reader, day_of
from bot.briefings.translated import translated_article
from bot.clock import Now
from bot.formatting import FormattedText, clip, utf16_length
from bot.items import Item, Kind

_TITLE_LIMIT = 100
_DESCRIPTION_LIMIT = 160
_TEXT_LIMIT = 1_800
_QUOTE_LIMIT = 2_400
_SENTENCE_LIMIT = 420
_SENTENCES = 2
_OUTLETS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Card:
    """An item as it arrives in a chat: headline, summary, outlet, date, link, and the way back.

    title, description: one line each, for a list to choose from. preview_url: the page that
    Telegram shows a preview of.
    """

    item: Item
    title: str
    description: str
    text: FormattedText
    preview_url: str | None = None


@dataclass(frozen=True)
class Cards:
    """Makes cards of what everybody may read.

    username: the bot's, for the links that lead back to it.
    """

    archive: Archive
    briefings: Briefings
    username: str
    now: Now

    async def make(self, item: Item, reader: Reader) -> Card | None:
        """Make the card of an item; None when it is gone, or not for everybody."""
        if item.kind is Kind.EDITION:
            return await self._edition(item, reader)
        number = item.number
        if item.kind is Kind.STORY:
            story = await self.archive.stories.get(number)
            return None if story is None else self.story(story, reader)
        if item.kind is Kind.ARTICLE:
            article = await self.archive.articles.get(number)
            is_for_all = article is not None and article.is_listed
            return await self._translated(article, reader) if article and is_for_all else None
        if item.kind is Kind.PERSON:
            person = await self.archive.people.get(number)
            return None if person is None else await self.person(person, reader)
        quote = await self.archive.quotes.get(number)
        return None if quote is None else self.quote(quote, reader)

    def story(self, row: StoryRow, reader: Reader) -> Card:
        """Make the card of a story: its lines, and the article that the first rests on."""
        item = Item.of(Kind.STORY, row.id)
        source = _source(row)
        text = clip(" ".join(line.text for line in row.lines), _TEXT_LIMIT)
        rendered = self.briefings.renderer.message(
            "telegram/share_story.html.j2",
            reader,
            story=row,
            source=source,
            others=_others(row, source, reader),
            text=text,
            back=item.link(self.username),
        )
        about = self._origin(source, reader)
        return _card(
            item, row.headline, f"{about} — {text}" if text else about, rendered, source.url
        )

    def article(self, row: ArticleRow, reader: Reader, *, translator: str | None = None) -> Card:
        """Make the card of an article; translator: the model that translated it, if one did."""
        item = Item.of(Kind.ARTICLE, row.id)
        rendered = self.briefings.renderer.message(
            "telegram/share_article.html.j2",
            reader,
            article=row,
            translator=translator,
            back=item.link(self.username),
        )
        about = self._origin(row, reader)
        first = row.summary[0].text if row.summary else ""
        return _card(item, row.title, f"{about} — {first}" if first else about, rendered, row.url)

    async def person(self, row: PersonRow, reader: Reader) -> Card:
        """Make the card of a person: who this is now, and by which source."""
        item = Item.of(Kind.PERSON, row.id)
        glance = await self.archive.dossiers.glance(row.id)
        said = await self.archive.dossiers.sentences(row.id, limit=_SENTENCES)
        rendered = self.briefings.renderer.message(
            "telegram/share_person.html.j2",
            reader,
            person=row,
            glance=glance,
            sentences=[(clip(one.text, _SENTENCE_LIMIT), one.source) for one in said],
            back=item.link(self.username),
        )
        articles = reader.wording.count("{number} article", "{number} articles", row.articles)
        about = f"{glance.post} · {articles}" if glance.post else articles
        return _card(item, row.name, about, rendered)

    def quote(self, row: QuoteRow, reader: Reader) -> Card:
        """Make the card of a quote."""
        item = Item.of(Kind.QUOTE, row.id)
        rendered = self.quote_text(row, reader, back=item.link(self.username))
        speaker = row.speaker or reader.wording.say("speaker not named")
        about = self._origin(row.source, reader)
        return _card(item, f"«{row.text}»", f"{speaker} · {about}", rendered, row.source.url)

    def quote_text(self, row: QuoteRow, reader: Reader, *, back: str = "") -> FormattedText:
        """Render a quote to the letter; only one that fills a message by itself ends with […]."""
        text = row.text
        if utf16_length(text) > _QUOTE_LIMIT:
            text = clip(text, _QUOTE_LIMIT).removesuffix("…") + " […]"
        return self.briefings.renderer.message(
            "telegram/quote.html.j2", reader, quote=row, text=text, back=back
        )

    async def _translated(self, row: ArticleRow, reader: Reader) -> Card:
        translator = None
        if self.briefings.translations is not None:
            row, translator = await translated_article(
                row, reader.language, self.briefings.translations
            )
        return self.article(row, reader, translator=translator)

    async def _edition(self, item: Item, reader: Reader) -> Card | None:
        key = edition_key(item.key)
        if key is None:
            return None
        edition = await self.briefings.edition(key, reader)
        said = self.briefings.said(edition, reader)
        text = self.briefings.short(edition, reader, back=item.link(self.username))
        title = f"{said.title} · {said.subject}" if said.subject else said.title
        headlines = "; ".join(story.headline for story in edition.stories[:_OUTLETS_NAMED])
        return _card(item, title, f"{said.size}: {headlines}" if headlines else said.size, text)

    def _origin(self, source: ArticleRow | StoryArticleRow | SourceRow, reader: Reader) -> str:
        words = reader.wording
        moment = source.published_at
        day = (
            words.say("date not stated")
            if moment is None
            else day_of(words, moment, reader.time_zone, self.now())
        )
        # An invented article must never be taken for news.
        mark = (words.say("sample"),) if source.is_sample else ()
        return " · ".join((source.outlet or words.say("outlet not stated"), day, *mark))


_EARLIEST_YEAR = 1991
"""No article is older; before it a name is most likely mistyped."""


def edition_key(name: str) -> EditionKey | None:
    """Read the key of an edition; None for a period that /digest does not let one ask for."""
    key = EditionKey.read(name)
    if (
        key is None
        or key.start.year < _EARLIEST_YEAR
        or key.end - key.start > timedelta(days=MOST_DAYS, minutes=1)
    ):
        return None
    return key


def _card(
    item: Item, title: str, description: str, text: FormattedText, preview_url: str | None = None
) -> Card:
    shown = clip(" ".join(title.split()), _TITLE_LIMIT)
    return Card(item, shown, clip(description, _DESCRIPTION_LIMIT), text, preview_url)


def _source(row: StoryRow) -> StoryArticleRow:
    """Choose the article that the first line rests on; else the first to tell of it."""
    rested = {place.article_id for line in row.lines[:1] for place in line.evidence}
    return next((one for one in row.articles if one.id in rested), row.articles[0])


def _others(row: StoryRow, source: StoryArticleRow, reader: Reader) -> str:
    names = [name for name in row.outlets if name != source.outlet]
    shown = ", ".join(names[:_OUTLETS_NAMED])
    if len(names) <= _OUTLETS_NAMED:
        return shown
    more = len(names) - _OUTLETS_NAMED
    return f"{shown} {reader.wording.count('and {number} more', 'and {number} more', more)}"
