"""Words typed after the bot's name in any chat: what is offered, page by page."""

import time

import pytest

from tests.e2e.conftest import AddArticle
from tests.e2e.newsroom import WORDS, Newsroom, typed
from tests.e2e.town import Town

OTHER = "Сенат США обсудил торговлю с Казахстаном. «Торговля растёт», — сказал Нурлан Пробин."
NOTHING = ("Ничего не найдено: искать в боте", "Запрос не читается: как искать")


@pytest.fixture
def newsroom(town: Town, add_article: AddArticle) -> Newsroom:
    return Newsroom(town, add_article)


async def test_the_name_alone_offers_the_latest_stories(town: Town, newsroom: Newsroom) -> None:
    older = await newsroom.tells()
    newer = await newsroom.tells(
        OTHER, title="Сенат обсудил торговлю", published="2026-11-22T05:00:00+00:00"
    )
    reader = await town.reader()
    offer = await typed(reader, "")
    assert offer.ids == [f"s{newer.story}", f"s{older.story}"]
    assert offer.titles == ["Сенат обсудил торговлю", "Посол выступил в Чикаго"]
    assert offer.results[1]["description"].startswith("Проба · 21 ноября — Перед студентами")
    assert offer.answer["cache_time"] == 60
    assert offer.answer["is_personal"] is True


async def test_a_story_of_two_articles_is_offered_once(
    town: Town, newsroom: Newsroom, add_article: AddArticle
) -> None:
    one = await newsroom.tells()
    other = await newsroom.tells(OTHER, title="Сенат обсудил торговлю")
    await newsroom.archive.stories.merge(one.story, other.story, by=1, now=town.clock())
    waiting = await add_article("Новость ждёт разбора.", title="Свежее", published="2026-11-22")
    offer = await typed(await town.reader(), "")
    assert offer.ids == [f"a{waiting}", f"s{other.story}"]


async def test_a_name_offers_the_person_then_their_stories(town: Town, newsroom: Newsroom) -> None:
    news = await newsroom.tells()
    await newsroom.tells(OTHER, title="Сенат обсудил торговлю")
    offer = await typed(await town.reader(), "тестову")
    assert offer.ids == [f"p{news.person}", f"s{news.story}"]
    assert offer.results[0]["description"] == "посол Казахстана в США · 1 статья"


async def test_half_remembered_words_offer_the_quote_then_the_articles(
    town: Town, newsroom: Newsroom
) -> None:
    news = await newsroom.tells()
    offer = await typed(await town.reader(), "границы вода")
    assert offer.ids == [f"q{news.quote}", f"a{news.article}"]
    assert offer.titles[0] == f"«{WORDS}»"
    assert offer.results[0]["description"] == "Ержан Тестов · Проба · 21 ноября"


async def test_the_name_of_an_item_offers_that_item(town: Town, newsroom: Newsroom) -> None:
    news = await newsroom.tells()
    reader = await town.reader()
    names = [f"s{news.story}", f"a{news.article}", f"p{news.person}", f"q{news.quote}"]
    for name in names:
        offer = await typed(reader, name)
        assert offer.ids == [name]
        assert offer.answer["cache_time"] == 300


async def test_what_is_offered_goes_on_page_by_page(town: Town, add_article: AddArticle) -> None:
    for number in range(45):
        await add_article(
            f"Визы подешевели в {number} раз. Так сообщили в посольстве номер {number}.",
            title=f"Новость {number}",
            published=f"2026-11-{1 + number % 20:02}",
        )
    await town.application.indexer.catch_up()
    reader = await town.reader()
    for query in ("", "визы"):
        seen: list[str] = []
        offset = ""
        while True:
            offer = await typed(reader, query, offset=offset)
            assert len(offer.ids) <= 50
            seen += offer.ids
            offset = str(offer.answer["next_offset"])
            assert len(offset.encode()) <= 64
            if not offset:
                break
        assert len(seen) == len(set(seen)) == 45


async def test_what_is_offered_speaks_the_readers_language(town: Town, newsroom: Newsroom) -> None:
    news = await newsroom.tells()
    for code, said in (("en", "1 article"), ("kk", "1 мақала")):
        offer = await typed(await town.reader(code), f"p{news.person}")
        assert said in offer.results[0]["description"]
    reader = await town.reader("ru")
    await reader.sends("/language")
    await reader.presses("English")
    offer = await typed(reader, f"p{news.person}")
    assert "1 article" in offer.results[0]["description"]


@pytest.mark.parametrize(
    "query",
    [
        "абракадабра",
        "ы" * 4_096,
        "слово " * 680,
        "- + * : ( ) ~ ^",
        'AND OR NOT NEAR("',
        '"не закрыто',
        "«не закрыто",
        "person:",
        "from:Нигде after:2030-01-01",
        "-только -минусы",
        "'; DROP TABLE articles; --",
        'title:* OR body:"x" NEAR/2',
        "<b>жирно</b> <script>alert(1)</script>",
        "&amp;&lt;",
        "%_%_\\",
        "s404",
        "a999999999999999999",
        "q0",
        "e0-zzzzzz",
        "e1-2-tenergy-p99",
        "\x00\x01\x02",
    ],
)
async def test_hostile_and_hopeless_queries_get_a_button_never_a_spinner(
    town: Town, newsroom: Newsroom, query: str
) -> None:
    await newsroom.tells()
    offer = await typed(await town.reader(), query)
    if not offer.ids:
        assert offer.button["text"]
        assert offer.button["start_parameter"]
    assert town.application.in_flight.count == 0


async def test_zero_width_characters_change_nothing(town: Town, newsroom: Newsroom) -> None:
    await newsroom.tells()
    reader = await town.reader()
    plain = await typed(reader, "студенты")
    assert plain.ids
    hidden = await typed(reader, "\u200bсту\u00adде\u2060нты\u202e\ufeff")
    assert hidden.ids == plain.ids
    assert (await typed(reader, "\u200b\u200d\ufeff")).ids == (await typed(reader, "")).ids


@pytest.mark.parametrize("offset", ["-1", "0", "abc", "9" * 60, "999999999", "1; DROP", "½"])
async def test_a_forged_offset_offers_nothing_more(
    town: Town, newsroom: Newsroom, offset: str
) -> None:
    await newsroom.tells()
    reader = await town.reader()
    for query in ("студенты", "Тестов"):
        assert (await typed(reader, query, offset=offset)).ids == []
    await typed(reader, "", offset=offset)


async def test_an_empty_archive_leads_into_the_bot(town: Town) -> None:
    offer = await typed(await town.reader(), "")
    assert offer.ids == []
    assert offer.button == {"text": NOTHING[0], "start_parameter": "find"}


async def test_zero_found_leads_to_the_same_search_in_the_bot(
    town: Town, newsroom: Newsroom
) -> None:
    await newsroom.tells()
    reader = await town.reader()
    offer = await typed(reader, "студэнты")
    assert offer.button["text"] == NOTHING[0]
    [there] = await reader.sends(f"/start {offer.button['start_parameter']}")
    assert there.text.startswith("🔍 студэнты\n\nНайдено 0")


async def test_a_story_that_is_gone_leads_to_a_next_step(town: Town, newsroom: Newsroom) -> None:
    await newsroom.tells()
    reader = await town.reader()
    offer = await typed(reader, "s404")
    assert offer.button == {
        "text": "Этого больше нет: открыть бота",
        "start_parameter": "s404",
    }


async def test_a_flood_of_one_is_held_back_with_a_reason_and_others_are_not(
    town: Town, newsroom: Newsroom
) -> None:
    news = await newsroom.tells()
    flooder, other = await town.reader(), await town.reader()
    for number in range(300):
        await town.client.type_inline(flooder.id, f"запрос {number}")
    started = time.monotonic()
    offer = await typed(other, f"s{news.story}")
    assert offer.ids == [f"s{news.story}"]
    assert time.monotonic() - started < 30
    answers = [
        event.body
        for event in await town.client.events(chat=flooder.chat)
        if event.kind == "inline_answer"
    ]
    assert len(answers) == 300
    held = [one for one in answers if (one["button"] or {}).get("start_parameter") == "wait"]
    assert len(held) == 280
    assert all(one["results"] == [] and one["cache_time"] == 10 for one in held)
    assert all("подождите" in one["button"]["text"] for one in held)
    town.clock.passes(seconds=11)
    assert (await typed(flooder, f"s{news.story}")).ids == [f"s{news.story}"]
