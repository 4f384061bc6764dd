"""A reader asks what happened: the edition, its sections, a story, a calendar."""

import re
from dataclasses import replace

import pytest

from bot.analysis.analyst import ANALYSIS_VERSION
from bot.archive import Archive
from bot.archive.story_tables import Placed
from bot.archive.story_writing import add_story, put, refresh_stories
from bot.intake.samples import load_samples
from bot.settings import PROJECT
from summarizer.findings import Findings
from tests.e2e.conftest import AddArticle
from tests.e2e.test_reading import VISIT, add_visit
from tests.e2e.town import Clock, Reader, Town


async def understand_nothing(archive: Archive, clock: Clock) -> None:
    """Let the analysis be through with every article, and find nothing in it: no story either."""
    while (article := await archive.analyses.next(ANALYSIS_VERSION)) is not None:
        await archive.analyses.keep(article, Findings(), version=ANALYSIS_VERSION, now=clock())


@pytest.fixture
def add_article(archive: Archive, clock: Clock, add_article: AddArticle) -> AddArticle:
    """Put an article into the archive that is told as it stands, whatever others say."""

    async def add(text: str, **known: object) -> int:
        article_id = await add_article(text, **known)
        await understand_nothing(archive, clock)
        return article_id

    return add


@pytest.fixture
async def samples(archive: Archive, clock: Clock, samples: int) -> int:
    """The sample articles, each told as it stands."""
    await understand_nothing(archive, clock)
    return samples


async def told(reader: Reader, asked: str = "/digest") -> str:
    [edition] = await reader.sends(asked)
    return edition.text


async def test_the_digest_tells_the_week_and_nothing_older(
    town: Town, add_article: AddArticle
) -> None:
    await add_visit(add_article)
    await add_article("Старая новость о визите.", title="Старое", published="2026-11-01")
    text = await told(await town.reader())
    assert text.startswith("Неделя: 15–22 нояб. 2026\u202fг.\n1 сюжет из 1 статьи")
    assert "1. Посол прибыл в Чикаго" in text
    assert "Старое" not in text


async def test_a_reprint_is_told_once_with_both_outlets(
    town: Town, add_article: AddArticle
) -> None:
    await add_visit(add_article)
    await add_article(
        VISIT + "\n\nЧитайте также:\nПогода в Алматы",
        title="Посол Казахстана приехал в Чикаго",
        outlet="Перепечатка",
        url="https://copy.example/1",
        published="2026-11-22T01:00:00+00:00",
    )
    text = await told(await town.reader())
    assert "1 сюжет из 2 статей" in text
    assert "приехал" not in text
    assert "Проба, Перепечатка" in text


async def test_a_month_a_week_and_a_day_are_asked_for_as_people_say_them(
    town: Town, add_article: AddArticle
) -> None:
    await add_article("Мартовская встреча прошла в Астане.", title="Март", published="2026-03-18")
    reader = await town.reader()
    for asked in ("март", "2026-W12", "18 марта", "2026-03-01..2026-03-31"):
        assert "1. Март" in await told(reader, f"/digest {asked}")
    assert "Тихо" in await told(reader, "/digest 7")


async def test_a_period_that_there_cannot_be_is_answered_with_examples(town: Town) -> None:
    reader = await town.reader()
    answer = await told(reader, "/digest 2026-W60")
    assert "Такого периода нет" in answer
    assert "/digest 7" in answer


async def test_a_topic_narrows_the_edition_and_an_unknown_one_lists_what_there_is(
    town: Town, add_article: AddArticle
) -> None:
    await add_article(
        "Министры обсудили экспорт нефти по трубопроводу и газ.",
        title="Нефть и газ обсудили министры",
        published="2026-11-21",
    )
    await add_visit(add_article)
    reader = await town.reader()
    narrowed = await told(reader, "/digest энергетика")
    assert narrowed.startswith("Неделя: 15–22 нояб. 2026\u202fг. · Энергетика")
    assert "Нефть" in narrowed
    assert "Чикаго" not in narrowed
    unknown = await told(reader, "/digest фывапролд")
    assert "ни темы, ни человека" in unknown
    assert "Энергетика" in unknown


async def test_sections_turn_in_place_and_back(town: Town, add_article: AddArticle) -> None:
    await add_visit(add_article)
    reader = await town.reader()
    [overview] = await reader.sends("/digest")
    [sources] = await reader.presses("Источники")
    assert "[1] Проба, 22 ноября. Посол прибыл в Чикаго" in sources.text
    [back] = await reader.presses("Обзор")
    assert back.text == overview.text
    assert len(await reader.screen()) == 1


async def test_a_number_opens_the_story(town: Town, add_article: AddArticle) -> None:
    await add_visit(add_article)
    reader = await town.reader()
    await reader.sends("/digest")
    [story] = await reader.presses("1")
    assert story.text.startswith("Посол прибыл в Чикаго")


async def test_a_long_edition_comes_whole_in_numbered_parts(
    town: Town, add_article: AddArticle
) -> None:
    for number in range(12):
        topics = ", ".join(f"вопрос {number}-{topic}" for topic in range(40))
        await add_article(
            f"Стороны обсудили {topics}.", title=f"Встреча {number}", published="2026-11-20"
        )
    reader = await town.reader()
    await reader.sends("/digest")
    parts = await reader.presses("Целиком")
    assert len(parts) > 1
    for number, part in enumerate(parts, start=1):
        assert part.text.endswith(f"({number}/{len(parts)})")
    whole = "\n".join(part.text for part in parts)
    assert all(f"Встреча {number}" in whole for number in range(12))


async def test_a_button_of_an_older_version_says_what_to_do(
    town: Town, add_article: AddArticle
) -> None:
    await add_visit(add_article)
    reader = await town.reader()
    [edition] = await reader.sends("/digest")
    for data in ("e:nokey:s:0", "e:e1-2:z:0", "ew:x", "ei:e1-2", "t:999999", "t:-999999"):
        assert await reader.forges(edition, data) == []
        assert "/digest" in await reader.last_toast()


async def test_only_an_operator_parts_and_joins_stories(
    town: Town, add_article: AddArticle
) -> None:
    await add_visit(add_article)
    reader = await town.reader()
    [edition] = await reader.sends("/digest")
    for data in ("tp:1", "ts:1", "tj:1:2"):
        assert await reader.forges(edition, data) == []


async def test_the_samples_make_an_edition_in_every_language(town: Town, samples: int) -> None:
    for code, title in (("ru", "Неделя:"), ("en", "The week:"), ("kk", "Апта:")):
        reader = await town.reader(code)
        [edition] = await reader.sends("/digest")
        assert edition.text.startswith(title)


async def documents(town: Town, reader: Reader) -> list[str]:
    """The names of the files that the bot sent."""
    messages = await town.client.messages(reader.chat)
    return [m["document"]["file_name"] for m in messages if "document" in m]


async def test_an_edition_comes_as_pdf_and_word(town: Town, add_article: AddArticle) -> None:
    await add_visit(add_article)
    reader = await town.reader()
    await reader.sends("/digest")
    await reader.presses("PDF")
    await reader.presses("Word")
    assert await documents(town, reader) == [
        "vestnik-2026-11-15-2026-11-22.pdf",
        "vestnik-2026-11-15-2026-11-22.docx",
    ]


async def test_pictures_want_two_weeks_of_news(town: Town, samples: int) -> None:
    reader = await town.reader()
    await reader.sends("/digest")
    [answer] = await reader.presses("Картинки")
    assert "новости хотя бы двух недель" in answer.text


async def test_a_forged_document_button_makes_nothing(town: Town, add_article: AddArticle) -> None:
    await add_visit(add_article)
    reader = await town.reader()
    [edition] = await reader.sends("/digest")
    for data in ("ed:nokey:pdf", "ed:e1-2:exe", "td:1:exe", "eg:nokey"):
        assert await reader.forges(edition, data) == []
        assert "/digest" in await reader.last_toast()


async def one_story_of(town: Town, *articles: int) -> int:
    """Put articles into one story."""
    archive = town.application.archive
    async with archive.database.writing() as connection:
        story = await add_story(connection, town.clock.now, is_sample=False)
        for article in articles:
            await put(connection, article, story, Placed.SAME_EVENT, 0.9)
        await refresh_stories(connection, [story])
    return story


async def test_an_operator_parts_an_article_from_its_story(
    town: Town, add_article: AddArticle
) -> None:
    first = await add_visit(add_article)
    second = await add_article("Сенат США обсудил торговлю.", title="Сенат", published="2026-11-21")
    story = await one_story_of(town, first, second)
    operator = await town.operator()
    await operator.sends("/digest")
    await operator.presses("1")
    await operator.presses("Разделить или объединить")
    [done] = await operator.presses("Сенат")
    assert done.text == "Готово: теперь это отдельный сюжет."
    apart = await town.application.archive.stories.of_article(second)
    assert apart is not None
    assert apart.id != story


async def test_who_wants_rich_messages_gets_the_whole_edition_as_one(
    town: Town, add_article: AddArticle
) -> None:
    await add_visit(add_article)
    reader = await town.reader()
    await reader.sends("/start")
    archive = town.application.archive
    known = await archive.subscribers.find(reader.chat, None)
    assert known is not None
    await archive.wishes.change(known.id, lambda wishes: replace(wishes, is_rich=True))
    await reader.sends("/digest")
    [whole] = await reader.presses("Целиком")
    blocks = whole.message["rich_message"]["blocks"]
    assert blocks[0]["type"] == "heading"


async def test_one_event_of_three_outlets_is_one_story(
    town: Town, archive: Archive, clock: Clock
) -> None:
    await load_samples(archive, PROJECT / "samples", clock)
    await town.application.analyst.catch_up()
    text = await told(await town.reader())
    headlines = re.findall(r"^\d+\. (.+)$", text, re.MULTILINE)
    assert sum("подготов" in line or "готовят" in line for line in headlines) == 1
    assert "Полынь-информ, Обозрение двух берегов, The Saxaul Dispatch" in text
