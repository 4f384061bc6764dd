"""Finding articles: the same on every database."""

from datetime import timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy import text as sql

from bot.archive import Archive
from bot.archive.search import MOST_FOUND, Order
from bot.archive.story_tables import StoryPrintTable
from bot.search.query import parse
from summarizer.stories_print import Fingerprint, packed
from tests.archive.making import MONDAY, subscriber
from tests.archive.people_making import article_with, person
from tests.search.making import found, index, write

DAY = timedelta(days=1)


async def test_a_word_is_found_in_any_form(archive: Archive) -> None:
    one = await write(archive, "Стороны подписали соглашение о визах.")
    await index(archive)

    for asked in ("соглашения", "виза", "подписать", "СОГЛАШЕНИЕМ", "виз"):
        assert await found(archive, asked) == [one], asked
    assert await found(archive, "паспорт") == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Встреча в формате C5+1 прошла.", "С5+1"),
        ("Встреча в формате С5+1 прошла.", "c5 + 1"),
        ("Самолёт вылетел.", "самолет"),
        ("Самолет вылетел.", "самолёт"),
        ("Cпециальный посланник прибыл.", "специальный"),
        ("Казахстанско-американский форум открыт.", "казахстанско-американского форума"),
        ("Обучались 3 000 граждан.", "3000"),
        ("Обучались 3000 граждан.", "3\u00a0000 граждан"),
        ("К.Токаев прибыл в Бостон.", "К. Токаев"),
        ("Касым-Жомарт Токаев прибыл.", "К.-Ж. Токаева"),
        ("Новости сло\u00adва.", "слово"),
        ("Посол Е.Казыхан прибыл.", "Казыхану"),
    ],
)
async def test_spellings_that_mean_the_same(archive: Archive, text: str, asked: str) -> None:
    one = await write(archive, text)
    await index(archive)
    assert await found(archive, asked) == [one]


async def test_kazakh_and_english(archive: Archive) -> None:
    kazakh = await write(archive, "Елші домбыраны тыңдады. Қазақстанның мәдениеті.", language="kk")
    english = await write(archive, "The ministers signed two agreements.", language="en")
    await index(archive)
    assert await found(archive, "домбыра") == [kazakh]
    assert await found(archive, "Қазақстан") == [kazakh]
    assert await found(archive, "agreement sign") == [english]
    assert await found(archive, "lang:en") == [english]
    assert await found(archive, "язык:казахский") == [kazakh]


async def test_a_phrase_is_found_to_the_letter(archive: Archive) -> None:
    one = await write(archive, "О торговых отношениях говорили.")
    other = await write(archive, "Отношения торговых сетей.")
    await index(archive)
    assert await found(archive, '"торговых отношениях"') == [one]
    assert await found(archive, '"торговые отношения"') == []
    assert await found(archive, "торговые отношения") == [other, one]


async def test_a_phrase_does_not_lead_from_the_title_into_the_text(archive: Archive) -> None:
    await write(archive, "Торговля выросла вдвое.", title="Внешняя политика")
    await index(archive)
    assert await found(archive, '"политика торговля"') == []


async def test_minus_outlet_and_dates(archive: Archive) -> None:
    one = await write(
        archive, "Визы подешевели.", outlet="МИА «Казинформ»", published_at=MONDAY - 3 * DAY
    )
    other = await write(archive, "Визы для студентов.", outlet="Тенгри", published_at=MONDAY)
    await index(archive)
    assert await found(archive, "визы -студент") == [one]
    assert await found(archive, 'визы -"для студентов"') == [one]
    assert await found(archive, "from:казинформ") == [one]
    assert await found(archive, "от:Казинформа визы") == [one]
    assert await found(archive, "визы -from:казинформ") == [other]
    assert await found(archive, "from:Незнамо") == []
    assert await found(archive, "after:2026-11-21") == [other]
    assert await found(archive, "визы before:2026-11-21") == [one]
    assert await found(archive, "after:2026-11-20 before:2026-11-21") == [one]


async def test_people_by_any_form_of_their_name(archive: Archive) -> None:
    first = await article_with(
        archive, person("Ержан Тестов"), text="Ержан Тестов прибыл с визитом."
    )
    second = await article_with(
        archive, person("Айгуль Пробова"), text="Айгуль Пробова прибыла с визитом."
    )
    one, other = first.id, second.id
    await index(archive)
    assert await found(archive, "person:Тестову") == [one]
    assert await found(archive, 'кто:"Е. Тестов" визит') == [one]
    assert await found(archive, "визит -person:Тестов") == [other]
    assert await found(archive, "person:Тестов person:Пробова") == []
    assert await found(archive, "person:Незнамов") == []


async def test_newest_first_and_best_first(archive: Archive) -> None:
    best = await write(
        archive, "Визы студентам выдадут. Визы студентам нужны.", title="Визы студентам",
        published_at=MONDAY - 9 * DAY,
    )  # fmt: skip
    newer = await write(
        archive, "Форум прошёл. О визах не говорили, зато студентам понравилось.",
        title="Форум", published_at=MONDAY,
    )  # fmt: skip
    await index(archive)
    assert await found(archive, "визы студенты") == [newer, best]
    assert await found(archive, "визы студенты", order=Order.BEST) == [best, newer]


async def test_pages_are_parts_of_one_list(archive: Archive) -> None:
    ids = [
        await write(archive, f"Визит номер {n} прошёл.", published_at=MONDAY - n * DAY)
        for n in range(7)
    ]
    await index(archive)
    query = parse("визит")
    pages = [await archive.search.find(query, limit=3, offset=at) for at in (0, 3, 6, 9)]
    assert [one.id for page in pages for one in page.articles] == ids
    assert {page.total for page in pages} == {7}
    assert not pages[0].is_more
    assert MOST_FOUND >= 7


async def test_a_changed_text_is_found_by_its_new_words_alone(archive: Archive) -> None:
    one = await write(archive, "Старое слово.")
    await index(archive)
    async with archive.database.writing() as connection:
        await connection.execute(
            sql("UPDATE articles SET text = 'Свежая фраза.', title = 'Свежая'")
        )
        await connection.execute(sql("UPDATE search_documents SET version = 0"))
    await index(archive, now=MONDAY + DAY)
    assert await found(archive, "старое") == []
    assert await found(archive, '"свежая фраза"') == [one]


async def test_a_deleted_article_is_gone_at_once_and_then_from_the_index(archive: Archive) -> None:
    await write(archive, "Редкостное слово.")
    await index(archive)
    async with archive.database.writing() as connection:
        await connection.execute(sql("DELETE FROM articles"))
    assert await found(archive, "редкостное") == []
    assert await archive.search_index.forget() == 1
    assert await archive.search_index.forget() == 0
    async with archive.database.reading() as connection:
        left = await connection.scalar(sql("SELECT count(*) FROM search_vocabulary"))
    assert left == 0
    again = await write(archive, "Редкостное слово.")
    await index(archive)
    assert await found(archive, "редкостное") == [again]


async def test_what_a_reader_sent_by_hand_is_never_found(archive: Archive) -> None:
    await write(archive, "Тайное письмо.")
    public = await write(archive, "Открытое письмо.")
    async with archive.database.writing() as connection:
        await connection.execute(
            sql("UPDATE articles SET sent_at = added_at WHERE text LIKE 'Тайное%'")
        )
    await index(archive)
    assert await found(archive, "письмо") == [public]
    async with archive.database.writing() as connection:
        await connection.execute(sql("UPDATE articles SET sent_at = added_at"))
    assert await found(archive, "письмо") == []


async def test_a_reprint_is_left_out_where_its_original_answers(archive: Archive) -> None:
    original = await write(archive, "Визы подешевели вдвое.", outlet="Первая")
    reprint = await write(archive, "Визы подешевели вдвое, пишет Первая.", outlet="Вторая")
    async with archive.database.writing() as connection:
        await connection.execute(
            sql(f"UPDATE articles SET original_id = {original} WHERE id = {reprint}")
        )
    await index(archive)
    assert await found(archive, "визы") == [original]
    assert await found(archive, "from:Вторая визы") == [reprint]
    assert await found(archive, "визы пишет") == [reprint]


async def test_near_spellings_are_known(archive: Archive) -> None:
    await write(archive, "Скандий и галлий добывают.")
    await index(archive)
    result = await archive.search.find(parse("галий"))
    assert result.total == 0
    [term] = result.unknown
    assert await archive.search.nearest_words(term) == ["галлий"]


async def test_similar_articles_share_telling_words(archive: Archive) -> None:
    one = await write(archive, "Рудник Каратамшы даст скандий и галлий для самолётов.")
    like = await write(archive, "Скандий и галлий рудника Каратамшы пойдут на самолёты.")
    for number in range(30):
        await write(archive, f"Концерт номер {number} прошёл в парке вечером.")
    await index(archive)
    assert [row.id for row in await archive.search.similar(one, limit=3)] == [like]


async def test_similar_articles_mean_the_same_in_another_language(archive: Archive) -> None:
    one = await write(archive, "Рудник Каратамшы даст скандий.")
    like = await write(archive, "A mine will produce scandium.", language="en")
    other = await write(archive, "A concert took place.", language="en")
    await index(archive)
    vectors = {
        one: bytes([100, 10, 0, 5]),
        like: bytes([90, 15, 5, 0]),
        other: bytes([0, 9, 99, 0]),
    }
    async with archive.database.writing() as connection:
        for article_id, vector in vectors.items():
            stored = packed(Fingerprint("ru", {}, vector=vector))
            await connection.execute(
                insert(StoryPrintTable).values(article_id=article_id, print=stored, material="{}")
            )
    assert [row.id for row in await archive.search.similar(one, limit=3)] == [like]


async def test_new_matches_of_saved_searches_are_told_once(archive: Archive) -> None:
    await write(archive, "Визы были.")
    await index(archive)
    known = await subscriber(archive)
    assert await archive.searches.save(known.id, "визы", now=MONDAY)
    new = await write(archive, "Визы подешевели.")
    await index(archive, now=MONDAY + DAY)
    until = MONDAY + 2 * DAY
    [match] = await archive.searches.new_matches(since=MONDAY, until=until)
    assert (match.subscriber_id, match.text, match.article_ids) == (known.id, "визы", (new,))
    await archive.searches.checked(None, until=until)
    assert await archive.searches.new_matches(since=MONDAY, until=until + DAY) == []


async def test_an_old_question_is_forgotten_and_a_saved_one_kept(archive: Archive) -> None:
    known = await subscriber(archive)
    await archive.searches.save(known.id, "визы", now=MONDAY)
    search_id = await archive.searches.remember(100, "search", "визы", now=MONDAY)
    assert await archive.searches.remember(100, "search", "визы", now=MONDAY) == search_id
    assert await archive.searches.get(search_id, 100, "search") == "визы"
    assert await archive.searches.get(search_id, 101, "search") is None
    assert await archive.searches.forget_old(MONDAY + 90 * DAY) == 1
    assert await archive.searches.get(search_id, 100, "search") is None
    assert [row.text for row in await archive.searches.saved(known.id)] == ["визы"]
    await archive.searches.drop(known.id, "визы")
    assert await archive.searches.saved(known.id) == []
