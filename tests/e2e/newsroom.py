"""News to pass on: an article with somebody's words in it, told as a story."""

from dataclasses import dataclass, field

from bot.analysis.analyst import ANALYSIS_VERSION
from bot.analysis.jobs import Job
from bot.analysis.worker import analyse
from bot.archive import Archive
from bot.items import Item, Kind
from tests.e2e.conftest import AddArticle
from tests.e2e.town import Bubble, Reader, Town

WORDS = "Вода не знает границ, и договариваться о ней придётся вместе"
FIRST = "Перед студентами в Чикаго выступил посол Казахстана в США Ержан Тестов."
TEXT = f"{FIRST} «{WORDS}», — сказал Ержан Тестов."


@dataclass(frozen=True)
class News:
    """What one article became in the archive."""

    article: int
    story: int
    person: int
    quote: int

    def item(self, kind: Kind) -> Item:
        numbers = {
            Kind.ARTICLE: self.article,
            Kind.STORY: self.story,
            Kind.PERSON: self.person,
            Kind.QUOTE: self.quote,
        }
        return Item.of(kind, numbers[kind])


@dataclass
class Newsroom:
    """Tells news of one speaker after another."""

    town: Town
    add_article: AddArticle
    _count: int = field(default=0)

    @property
    def archive(self) -> Archive:
        return self.town.application.archive

    async def tells(self, text: str = TEXT, **known: object) -> News:
        """Put an article with one quote into the archive, understood, told and indexed."""
        self._count += 1
        known = {
            "title": "Посол выступил в Чикаго",
            "outlet": "Проба",
            "url": f"https://proba.example/{self._count}",
            "published": "2026-11-21T10:00:00+00:00",
        } | known
        article = await self.add_article(text, **known)
        await self.understands()
        story = await self.archive.stories.place(article)
        [quote] = await self.archive.quotes.of_articles([article])
        assert story is not None
        assert quote.speaker_id is not None
        await self.town.application.indexer.catch_up()
        return News(article, story, quote.speaker_id, quote.id)

    async def understands(self, version: int = ANALYSIS_VERSION) -> None:
        """Let the analysis look at every article that waits for it."""
        while (pending := await self.archive.analyses.next(version)) is not None:
            day = pending.published_at.date() if pending.published_at else None
            found = analyse(Job(pending.text, pending.title, day, {}))
            await self.archive.analyses.keep(pending, found, version=version, now=self.town.clock())


async def typed(
    reader: Reader, query: str, *, chat: int | None = None, offset: str = ""
) -> "Offer":
    """Type the bot's name and words in a chat; give what is offered."""
    town = reader.town
    asked = await town.client.type_inline(reader.id, query, chat=chat or reader.chat, offset=offset)
    await town.settled()
    answers = [
        event.body
        for event in await town.client.events(chat=chat or reader.chat)
        if event.kind == "inline_answer" and event.body["inline_query_id"] == asked.inline_query_id
    ]
    assert len(answers) == 1, "an inline query that nobody answers turns in the client for ever"
    return Offer(asked.inline_query_id, answers[0])


@dataclass(frozen=True)
class Offer:
    """What the bot offers for an inline query."""

    query_id: str
    answer: dict[str, object]

    @property
    def ids(self) -> list[str]:
        return [result["id"] for result in self.results]

    @property
    def titles(self) -> list[str]:
        return [result["title"] for result in self.results]

    @property
    def results(self) -> list[dict[str, str]]:
        return self.answer["results"]  # type: ignore[return-value]

    @property
    def button(self) -> dict[str, str]:
        return self.answer["button"] or {}  # type: ignore[return-value]


async def shared_into(reader: Reader, bubble: Bubble, chat: int) -> Bubble:
    """Press *Share*, choose a chat, and send the one thing that is offered there."""
    query = bubble.buttons["Поделиться"]["switch_inline_query_chosen_chat"]["query"]
    offer = await typed(reader, query, chat=chat)
    [only] = offer.ids
    await reader.town.client.choose(reader.id, offer.query_id, only, chat=chat)
    await reader.town.settled()
    return Bubble((await reader.town.client.messages(chat))[-1])


def link_back(arrived: Bubble) -> str:
    """Give what the quiet line below a shared message carries to /start."""
    links = [e["url"] for e in arrived.message["entities"] if e["type"] == "text_link"]
    mark = "https://t.me/vestnik_sandbox_bot?start="
    [carried] = [url.removeprefix(mark) for url in links if url.startswith(mark)]
    return str(carried)
