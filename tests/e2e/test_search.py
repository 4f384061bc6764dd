"""A reader looks for articles by their words, and asks the archive questions."""

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import text as sql

from bot.archive import Archive
from bot.archive.search import Order
from bot.briefings import Reader as BotReader
from bot.briefings.findings import Finder
from bot.handlers.search_buttons import OpenButton, SaveButton, SearchButton, SimilarButton
from tests.e2e.conftest import AddArticle
from tests.e2e.town import Bubble, Reader, Town


async def pressed(reader: Reader, label: str) -> Bubble:
    [bubble] = await reader.presses(label)
    return bubble


async def with_button(town: Town, reader: Reader, data: str) -> Bubble:
    """Let an earlier message of the bot carry a button."""
    await reader.sends("/help")
    button = InlineKeyboardButton(text="?", callback_data=data)
    sent = await town.application.bot.send_message(
        reader.chat, "…", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]])
    )
    return Bubble(sent.model_dump(exclude_none=True))


@pytest.fixture
async def library(town: Town, samples: int) -> None:
    """The sample articles, indexed."""
    await town.application.indexer.catch_up()


@pytest.fixture
async def twelve(town: Town, add_article: AddArticle) -> None:
    """Twelve articles about visas, a day apart, indexed."""
    for number in range(1, 13):
        await add_article(
            f"Визы подешевели в {number} раз. Об этом сообщили в посольстве номер {number}.",
            title=f"Новость {number}",
            outlet="Проба",
            url=f"https://proba.example/{number}",
            published=f"2026-11-{number:02}",
        )
    await town.application.indexer.catch_up()


async def test_words_in_any_form_are_marked_in_an_excerpt(town: Town, library: None) -> None:
    reader = await town.reader()
    [answer] = await reader.sends("/search виза студенту")
    assert answer.text.startswith("🔍 виза студенту\nНайдена 1 статья\n")
    assert "Вечерний Алатау · 19 ноября, 12:30" in answer.text
    assert {"студентов"} <= set(answer.marked("bold"))
    assert list(answer.buttons) == ["1", "Сохранить"]


async def test_pages_are_turned_in_place(town: Town, twelve: None) -> None:
    reader = await town.reader()
    [first] = await reader.sends("/search визы")
    assert first.text.startswith("🔍 визы\nНайдено 12 статей · сначала новые\n\n1. Новость 12\n")
    second = await pressed(reader, "Дальше »")
    assert second.message["message_id"] == first.message["message_id"]
    assert "6. Новость 7\n" in second.text
    last = await pressed(reader, "Дальше »")
    assert "12. Новость 1\n" in last.text
    assert "Дальше »" not in last.buttons
    back = await pressed(reader, "« Назад")
    assert back.text == second.text


async def test_the_best_may_come_first(town: Town, twelve: None) -> None:
    reader = await town.reader()
    await reader.sends("/search посольство раз")
    best = await pressed(reader, "Сначала лучшие")
    assert "сначала лучшие" in best.text
    assert "Сначала новые" in best.buttons


async def test_a_result_opens_below_with_what_resembles_it(town: Town, library: None) -> None:
    reader = await town.reader()
    await reader.sends("/search одиннадцать документов таможня")
    card = await pressed(reader, "1")
    assert card.text.startswith("Астана и Вашингтон готовят к встрече «С5+1» одиннадцать")
    assert "Подробнее" in card.buttons
    similar = await pressed(reader, "Похожие")
    assert similar.text.startswith("Похоже на: Астана и Вашингтон")
    assert "Тобылгиев" in similar.text


async def test_nothing_found_offers_what_is_near(town: Town, library: None) -> None:
    reader = await town.reader()
    [answer] = await reader.sends("/search галий")
    assert "Найдено 0: ни в одной статье нет слова галий." in answer.text
    assert "Ближе всего:" in answer.text
    [label] = [text for text in answer.buttons if text.startswith("галлий · ")]
    found = await pressed(reader, label)
    assert found.text.startswith("🔍 галлий\n")


async def test_words_that_never_stand_together_may_be_dropped(town: Town, library: None) -> None:
    reader = await town.reader()
    [answer] = await reader.sends("/search домбыра таможня")
    assert "ни в одной статье нет всего этого вместе" in answer.text
    assert any(text.startswith("домбыра · ") for text in answer.buttons)
    assert any(text.startswith("таможня · ") for text in answer.buttons)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("---", "Здесь нет слова, которое можно искать."),
        ('""', "Здесь нет слова, которое можно искать."),
        ("\u200b\u2060", "Здесь нет слова, которое можно искать."),
        ("-виза", "«-виза» говорит только о том, что исключить."),
        ('визы "для студентов', 'Кавычка не закрыта: "для студентов.'),
        ("автор:Иванов", "Не знаю, что такое «автор:»."),
        ("person: from: after:", "После «person:» чего-то не хватает."),
        ("after:вчера", "Не могу прочесть дату «after:вчера»."),
        ("after:2026-12 before:2026-11", "Нет дня, который был бы после первой даты"),
        ("lang:xx", "«lang:xx» — не язык статей."),
        ("слово " * 600, "🔍 слово"),
        (" ".join(f"сл{n}" for n in range(60)), "Столько сразу я не найду"),
        ("'; DROP TABLE articles; --", "🔍 '; DROP TABLE articles; --"),
        ('body : "a" NEAR(b c, 2) OR *', "🔍 body"),
        ("<b>жирный</b> &amp;", "🔍 <b>жирный</b> &amp;"),
        ("OR AND NOT", "🔍 OR AND NOT"),
        ("ви\u200bзы", "🔍 ви\u200bзы\nНайден"),
    ],
)
async def test_bad_input_gets_a_sentence_with_a_next_step(
    town: Town, library: None, asked: str, said: str
) -> None:
    reader = await town.reader()
    [answer] = await reader.sends(f"/search {asked}"[:4_096])
    assert answer.text.startswith(said) or said in answer.text
    [alive] = await reader.sends("/search посольство")
    assert "Найден" in alive.text


async def test_an_unclosed_quotation_mark_is_a_tap_from_its_words(
    town: Town, library: None
) -> None:
    reader = await town.reader()
    [problem] = await reader.sends('/search "собеседований')
    assert list(problem.buttons) == ["собеседований"]
    assert (await pressed(reader, "собеседований")).text.startswith("🔍 собеседований\nНайден")


async def test_a_search_is_saved_and_dropped(town: Town, twelve: None) -> None:
    reader = await town.reader()
    await reader.sends("/search визы")
    saved = await pressed(reader, "Сохранить")
    assert "✓ Сохранено" in saved.buttons
    assert await reader.last_toast() == "Сохранено. Сообщаю сразу, не больше 3 раз в день."
    [help_] = await reader.sends("/search")
    assert "Ваши сохранённые запросы:" in help_.text
    assert "визы" in help_.buttons
    dropped = await pressed(reader, "✓ Сохранено")
    assert "Сохранить" in dropped.buttons


async def test_a_search_belongs_to_its_chat(town: Town, twelve: None) -> None:
    reader, stranger = await town.reader(), await town.reader()
    [first] = await reader.sends("/search визы")
    old = await with_button(town, stranger, first.buttons["Дальше »"]["callback_data"])
    assert await stranger.presses("?", on=old) == []
    assert await stranger.last_toast() == (
        "Я уже не помню этот запрос. Напишите его снова: /search"
    )


async def test_a_deleted_article_says_what_to_do(
    town: Town, archive: Archive, twelve: None
) -> None:
    reader = await town.reader()
    [first] = await reader.sends("/search визы")
    async with archive.database.writing() as connection:
        await connection.execute(sql("DELETE FROM articles"))
    assert await reader.presses("1", on=first) == []
    assert (await reader.last_toast()).endswith("/latest")
    [turned] = await reader.presses("Дальше »", on=first)
    assert "Найдено 0" in turned.text


@pytest.mark.parametrize(
    "data",
    [
        SearchButton(id=999).pack(),
        SaveButton(id=999, save=True).pack(),
        OpenButton(id=999).pack(),
        SimilarButton(id=999).pack(),
        "q:1:sideways:0",
        "q:of:an:older:version",
    ],
)
async def test_a_stale_button_says_what_to_do(town: Town, twelve: None, data: str) -> None:
    reader = await town.reader()
    old = await with_button(town, reader, data)
    assert await reader.presses("?", on=old) == []
    assert "/" in await reader.last_toast()


async def test_a_page_beyond_the_last_is_the_last(town: Town, twelve: None) -> None:
    reader = await town.reader()
    [first] = await reader.sends("/search визы")
    identity = SearchButton.unpack(first.buttons["Дальше »"]["callback_data"]).id
    old = await with_button(town, reader, SearchButton(id=identity, at=5_000).pack())
    [page] = await reader.presses("?", on=old)
    assert "12. Новость 1\n" in page.text


async def test_an_article_that_has_just_come_in_is_found(
    town: Town, add_article: AddArticle
) -> None:
    await add_article("Визы подешевели.", title="Новость", published="2026-11-20")
    reader = await town.reader()
    [answer] = await reader.sends("/search визы")
    assert "Найдена 1 статья" in answer.text


async def test_how_to_search_in_each_language(town: Town) -> None:
    for language, said in (("ru", "Поиск"), ("en", "Search"), ("kk", "Іздеу")):
        reader = await town.reader(language)
        [help_] = await reader.sends("/search")
        assert help_.text.startswith(f"{said}\n")
        [ask] = await reader.sends("/ask")
        assert "/ask" in ask.text


async def test_a_question_is_answered_with_a_sentence_and_its_source(
    town: Town, library: None
) -> None:
    reader = await town.reader()
    [answer] = await reader.sends("/ask Кто назначен почётным консулом в Сент-Поле?")
    assert "1. Почетным консулом назначен Лайл Эндерсби" in answer.text
    assert "Полынь-информ · 31 октября" in answer.text
    assert "1" in answer.buttons
    assert "Искать эти слова" in answer.buttons
    card = await pressed(reader, "1")
    assert card.text.startswith("Почетное консульство Казахстана открылось")


@pytest.mark.parametrize(
    "asked",
    [
        "Сколько зарабатывает Лоретта Пелтон?",
        "' OR 1=1 --",
        "<b>?</b>",
        "???",
        "\u200b?",
        "слово " * 600,
        "person: from: NOT",
    ],
)
async def test_no_evidence_no_answer(town: Town, library: None, asked: str) -> None:
    reader = await town.reader()
    [answer] = await reader.sends(f"/ask {asked}"[:4_096])
    assert "Архив об этом не говорит." in answer.text
    assert "поищите" in answer.text


async def test_what_cannot_be_found_yet_is_counted(town: Town, twelve: None) -> None:
    finder: Finder = town.application.dispatcher["finder"]
    reader = BotReader("ru", "Asia/Almaty")
    page = await finder.page("визы", reader, order=Order.BEST, at=0, size=5, waiting=2)
    assert page.text.text.endswith("Ещё 2 статьи готовятся к поиску.")
