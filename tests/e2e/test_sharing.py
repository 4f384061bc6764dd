"""A reader passes things on: what arrives stands by itself and leads back."""

import pytest
from aiogram.types import InlineKeyboardButton

from bot.analysis.analyst import ANALYSIS_VERSION
from bot.archive import Archive
from bot.briefings import Reader as BotReader
from bot.handlers.share_buttons import Sharing
from bot.items import Item, Kind
from bot.locales.wording import wording
from summarizer.findings import Findings
from tests.e2e.conftest import AddArticle
from tests.e2e.newsroom import FIRST, TEXT, WORDS, Newsroom, link_back, shared_into, typed
from tests.e2e.town import Bubble, Reader, Town

GROUP = -600


@pytest.fixture
def newsroom(town: Town, add_article: AddArticle) -> Newsroom:
    return Newsroom(town, add_article)


async def colleagues(town: Town) -> tuple[Reader, Reader]:
    """Two people with a group that the bot has never seen."""
    one, other = await town.reader(), await town.reader()
    await town.client.add_chat(
        id=GROUP, type="group", title="Отдел", members=[one.id, other.id], bot="left"
    )
    return one, other


async def opened(reader: Reader, item: Item) -> Bubble:
    return (await reader.sends(f"/start {item}"))[-1]


@pytest.mark.parametrize(
    ("kind", "says", "page"),
    [
        (Kind.STORY, ["Посол выступил в Чикаго", FIRST], "Сюжет целиком — в «Вестнике»"),
        (Kind.ARTICLE, ["Посол выступил в Чикаго", FIRST], "Статья в «Вестнике»"),
        (Kind.PERSON, ["Ержан Тестов", "посол Казахстана в США", FIRST], "Досье в «Вестнике»"),
        (Kind.QUOTE, [WORDS, "Ержан Тестов, посол Казахстана в США"], "Цитата в «Вестнике»"),
    ],
)
async def test_what_is_shared_arrives_whole_with_its_source_and_a_way_back(
    town: Town, newsroom: Newsroom, kind: Kind, says: list[str], page: str
) -> None:
    news = await newsroom.tells()
    reader, _ = await colleagues(town)
    item = news.item(kind)
    arrived = await shared_into(reader, await opened(reader, item), GROUP)
    for words in [*says, "Проба", "21 ноября", page]:
        assert words in arrived.text
    links = {e["url"] for e in arrived.message["entities"] if e["type"] == "text_link"}
    assert "https://proba.example/1" in links
    assert link_back(arrived) == str(item)
    assert arrived.buttons == {}


async def test_an_edition_is_shared_whole(town: Town, newsroom: Newsroom) -> None:
    await newsroom.tells()
    reader, _ = await colleagues(town)
    [edition] = await reader.sends("/digest")
    arrived = await shared_into(reader, edition, GROUP)
    assert arrived.text.startswith(edition.text)
    assert arrived.text.endswith("Выпуск целиком — в «Вестнике»")
    [again] = await reader.sends(f"/start {link_back(arrived)}")
    assert again.text == edition.text


async def test_share_offers_people_groups_and_channels_but_no_bots(
    town: Town, newsroom: Newsroom
) -> None:
    news = await newsroom.tells()
    reader = await town.reader()
    story = await opened(reader, news.item(Kind.STORY))
    assert story.buttons["Поделиться"]["switch_inline_query_chosen_chat"] == {
        "query": f"s{news.story}",
        "allow_user_chats": True,
        "allow_group_chats": True,
        "allow_channel_chats": True,
    }


@pytest.mark.parametrize("command", ["/latest", "/digest", "/person Тестов"])
async def test_every_card_has_share_and_citation(
    town: Town, newsroom: Newsroom, command: str
) -> None:
    await newsroom.tells()
    reader = await town.reader()
    shown = (await reader.sends(command))[-1]
    assert {"Поделиться", "Цитировать…"} <= set(shown.buttons)


def test_without_inline_mode_there_is_no_share_button() -> None:
    def shown(*, can_share: bool, is_public: bool = True) -> list[InlineKeyboardButton]:
        sharing = Sharing("vestnik_bot", can_share=can_share)
        return sharing.buttons(Item.of(Kind.STORY, 1), wording("ru"), is_public=is_public)

    assert [button.text for button in shown(can_share=True)] == ["Поделиться", "Цитировать…"]
    assert [button.text for button in shown(can_share=False)] == ["Цитировать…"]
    assert [button.text for button in shown(can_share=True, is_public=False)] == ["Цитировать…"]


async def test_what_a_reader_sent_by_hand_is_nobody_elses_to_see(
    town: Town, newsroom: Newsroom
) -> None:
    await newsroom.tells()
    reader, stranger = await colleagues(town)
    await reader.sends("Тайное совещание прошло в Астане. " * 30)
    card = (await reader.screen())[-1]
    assert "Подробнее" in card.buttons
    assert "Поделиться" not in card.buttons
    number = int(card.buttons["Подробнее"]["callback_data"].split(":")[1])
    for query in (f"a{number}", "Тайное совещание", ""):
        assert f"a{number}" not in (await typed(reader, query)).ids
    [refused] = await stranger.sends(f"/start a{number}")
    assert "Этой статьи здесь больше нет" in refused.text


async def test_quotes_of_a_dossier_an_edition_a_story_and_an_article_open_one_by_one(
    town: Town, newsroom: Newsroom
) -> None:
    news = await newsroom.tells()
    reader = await town.reader()
    await reader.sends("/person Тестов")
    [quotes] = await reader.presses("Цитаты")
    assert f"{WORDS}\n1 · Проба" in quotes.text
    [card] = await reader.presses("❝ 1", on=quotes)
    assert card.text == (
        f"{WORDS}\n— Ержан Тестов, посол Казахстана в США\n\n"
        "Посол выступил в Чикаго\nПроба · 21 ноября, 15:00"
    )
    assert card.marked("blockquote") == [WORDS]
    assert list(card.buttons) == ["Поделиться", "Цитировать…", "Статья", "Сюжет", "Ержан Тестов"]
    article = await opened(reader, news.item(Kind.ARTICLE))
    [listed] = await reader.presses("Цитаты", on=article)
    assert listed.text.startswith(f"Дословно\n\n1.\n{WORDS}\n— Ержан Тестов · Проба, 21 ноября")
    [again] = await reader.presses("❝ 1", on=listed)
    assert again.text == card.text


async def test_a_quote_that_is_gone_says_what_to_do_instead(
    town: Town, newsroom: Newsroom, archive: Archive
) -> None:
    news = await newsroom.tells()
    reader = await town.reader()
    await reader.sends("/person Тестов")
    [quotes] = await reader.presses("Цитаты")
    await forget_quotes(archive, town, news.article)
    assert await reader.presses("❝ 1", on=quotes) == []
    assert "/search" in await reader.last_toast()


async def forget_quotes(archive: Archive, town: Town, article: int) -> None:
    """Let a later version of the analysis find no words in an article."""
    pending = await archive.analyses.next(ANALYSIS_VERSION + 1)
    assert pending is not None
    assert pending.id == article
    await archive.analyses.keep(pending, Findings(), version=ANALYSIS_VERSION + 1, now=town.clock())


async def test_a_long_quote_is_shared_within_a_message_and_says_that_it_is_cut(
    town: Town, newsroom: Newsroom
) -> None:
    words = "Это очень длинная речь о воде и границах. " * 120
    news = await newsroom.tells(f"{FIRST} «{words}», — сказал Ержан Тестов.")
    card = await town.application.dispatcher["cards"].make(
        news.item(Kind.QUOTE), BotReader("ru", "Asia/Almaty")
    )
    assert card is not None
    assert "[…]" in card.text.text
    assert len(card.text.text) < 4096


async def test_what_was_chosen_is_counted_for_operators_without_a_name(
    town: Town, newsroom: Newsroom, archive: Archive
) -> None:
    news = await newsroom.tells()
    reader, _ = await colleagues(town)
    story = await opened(reader, news.item(Kind.STORY))
    for _ in range(2):
        await shared_into(reader, story, GROUP)
    quote = await opened(reader, news.item(Kind.QUOTE))
    await shared_into(reader, quote, GROUP)
    operator = await town.operator()
    [stats] = await operator.sends("/stats")
    assert "Переслано за семь дней: 3 (сюжеты: 2, цитаты: 1)" in stats.text
    town.clock.passes(days=7)
    [stats] = await operator.sends("/stats")
    assert "Переслано за семь дней: 0" in stats.text


async def test_what_arrives_in_a_chat_with_the_bot_is_not_taken_for_a_question(
    town: Town, newsroom: Newsroom
) -> None:
    news = await newsroom.tells(f"{TEXT} " + "Зал слушал его стоя, вопросов было много. " * 30)
    reader = await town.reader()
    story = await opened(reader, news.item(Kind.STORY))
    before = len(await reader.screen())
    await shared_into(reader, story, reader.chat)
    assert len(await reader.screen()) == before
