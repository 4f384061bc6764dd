"""Somebody follows a link to one item: it opens, also after a merge, or says what to do instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.analyst import ANALYSIS_VERSION
from bot.archive import Archive
from bot.handlers.links import search_link, searched_for
from bot.items import Item, Kind
from tests.e2e.conftest import AddArticle
from tests.e2e.newsroom import FIRST, WORDS, Newsroom
from tests.e2e.town import Reader, Town

OTHER = "Сенат США обсудил торговлю с Казахстаном. «Торговля растёт», — сказал Нурлан Пробин."


@pytest.fixture
def newsroom(town: Town, add_article: AddArticle) -> Newsroom:
    return Newsroom(town, add_article)


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (Kind.STORY, "Цитаты\n\n1.\n" + WORDS),
        (Kind.ARTICLE, FIRST),
        (Kind.PERSON, "Ержан Тестов\n"),
        (Kind.QUOTE, WORDS),
    ],
)
async def test_a_link_opens_its_item_for_somebody_new(
    town: Town, newsroom: Newsroom, archive: Archive, kind: Kind, says: str
) -> None:
    news = await newsroom.tells()
    reader = await town.reader()
    [shown] = await reader.sends(f"/start {news.item(kind)}")
    assert says in shown.text
    assert "Поделиться" in shown.buttons
    assert await archive.subscribers.find(reader.chat, None) is not None


async def test_a_link_opens_in_a_group_too(town: Town, newsroom: Newsroom) -> None:
    news = await newsroom.tells()
    person = await town.reader()
    await town.client.add_chat(id=-700, type="group", title="Отдел", members=[person.id])
    in_group = Reader(town, person.id, -700)
    [shown] = await in_group.sends(f"/start@vestnik_sandbox_bot s{news.story}")
    assert shown.text.startswith("Посол выступил в Чикаго")


async def test_the_link_to_a_story_outlives_its_merge(
    town: Town, newsroom: Newsroom, archive: Archive
) -> None:
    one = await newsroom.tells()
    other = await newsroom.tells(OTHER, title="Сенат обсудил торговлю")
    assert one.story != other.story
    await archive.stories.merge(one.story, other.story, by=1, now=town.clock())
    reader = await town.reader()
    [by_old] = await reader.sends(f"/start s{one.story}")
    [by_new] = await reader.sends(f"/start s{other.story}")
    assert by_old.text == by_new.text


async def test_the_link_to_a_person_outlives_every_merge(
    town: Town, newsroom: Newsroom, archive: Archive
) -> None:
    one = await newsroom.tells()
    other = await newsroom.tells(OTHER, title="Сенат обсудил торговлю")
    third = await archive.people.split(other.person, "Никто", by=1, now=town.clock())
    assert third is None
    await archive.people.merge(one.person, other.person, by=1, now=town.clock())
    reader = await town.reader()
    [dossier] = await reader.sends(f"/start p{one.person}")
    assert dossier.text.startswith("Нурлан Пробин\n")
    last = await newsroom.tells(
        "В Астане прошла встреча. «Мы рады гостям», — сказала Айгуль Третьякова.",
        title="Встреча в Астане",
    )
    await archive.people.merge(other.person, last.person, by=1, now=town.clock())
    [dossier] = await reader.sends(f"/start p{one.person}")
    assert "Основано на 3 статьях" in dossier.text


async def test_the_link_to_a_quote_outlives_a_new_analysis(
    town: Town, newsroom: Newsroom, archive: Archive
) -> None:
    news = await newsroom.tells()
    await newsroom.tells(OTHER, title="Сенат обсудил торговлю")
    await newsroom.understands(ANALYSIS_VERSION + 1)
    reader = await town.reader()
    [quote] = await reader.sends(f"/start q{news.quote}")
    assert quote.text.startswith(WORDS)
    numbers = {one.id for one in await archive.quotes.of_articles([1, 2])}
    assert numbers == {1, 2}


@pytest.mark.parametrize(
    ("carried", "next_step"),
    [
        ("s404", "/digest"),
        ("a404", "/latest"),
        ("p404", "/person"),
        ("q404", "/search"),
        ("e0-zzzzzz", "/digest"),
        ("s0", "/help"),
        ("s12x", "/help"),
        ("f_", "/help"),
        ("f_____", "/help"),
        ("s" + "9" * 40, "/help"),
        ("';DROP-TABLE", "/help"),
        ("s4\u200b04", "/digest"),
    ],
)
async def test_a_link_to_nothing_says_what_to_do_instead(
    town: Town, carried: str, next_step: str
) -> None:
    reader = await town.reader()
    [answer] = await reader.sends(f"/start {carried}")
    assert next_step in answer.text
    assert "Свежие новости" in answer.buttons


async def test_the_buttons_above_inline_results_lead_to_something(
    town: Town, newsroom: Newsroom
) -> None:
    await newsroom.tells()
    reader = await town.reader()
    [found] = await reader.sends(f"/start {search_link('студенты')}")
    assert found.text.startswith("🔍 студенты\nНайдена 1 статья")
    [explained] = await reader.sends("/start find")
    assert explained.text.startswith("Поиск\n")
    [introduced] = await reader.sends("/start wait")
    assert introduced.text.startswith("Вестник")


async def test_an_operator_may_correct_a_story_opened_by_a_link(
    town: Town, newsroom: Newsroom
) -> None:
    news = await newsroom.tells()
    operator = await town.operator()
    [shown] = await operator.sends(f"/start {news.item(Kind.STORY)}")
    assert "Разделить или объединить" in shown.buttons


@given(st.text(max_size=60))
def test_a_search_survives_its_link_or_only_opens_the_help(text: str) -> None:
    carried = search_link(text)
    assert len(carried) <= 64
    assert Item.read(carried) is None
    assert searched_for(carried) in (text, "")
    if 0 < len(text.encode()) <= 46:
        assert searched_for(carried) == text


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_a_link(text: str) -> None:
    searched_for(text)
    searched_for(f"f_{text}")
