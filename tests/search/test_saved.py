"""What came in for saved searches: the same articles that searching finds, on every database."""

from datetime import timedelta

from sqlalchemy import event, update
from sqlalchemy import text as sql

from bot.archive import Archive
from bot.archive.searches import NewMatches
from bot.archive.tables import SubscriberTable
from tests.archive.making import MONDAY, subscriber
from tests.archive.people_making import article_with, person
from tests.search.making import found, index, write

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SINCE = MONDAY - 30 * DAY

ASKED = (
    "виза",
    "ВИЗАМИ студентов",
    "соглашения",
    '"торговых отношениях"',
    '"торговые отношения"',
    "торговые отношения",
    '"политика торговля"',
    "c5 + 1",
    "домбыра",
    "Қазақстан",
    "agreement sign",
    "lang:en",
    "язык:казахский -домбыра",
    "визы -студент",
    'визы -"для студентов"',
    "от:Казинформа",
    "from:каз визы",
    "визы -from:казинформ",
    "визы -lang:ru",
    "from:Незнамо",
    "after:2026-11-21",
    "визы before:2026-11-21",
    "after:2026-11-20 before:2026-11-21",
    "person:Тестову",
    'кто:"Е. Тестов" визит',
    'кто:"о Тестове"',
    "кто:Тестоф",
    "визит -person:Тестов",
    "визит -person:Незнамов",
    "person:Тестов person:Пробова",
    "person:Незнамов",
    "паспорт",
)


async def _write_some(archive: Archive) -> None:
    """Write articles that answer the queries asked in different ways."""
    for name, text in (
        ("Ержан Тестов", "Ержан Тестов прибыл с визитом."),
        ("Айгуль Пробова", "Айгуль Пробова прибыла с визитом."),
    ):
        await article_with(archive, person(name), text=text)
    kazinform = "МИА «Казинформ»"
    early = MONDAY - 3 * DAY
    await write(archive, "Визы подешевели.", outlet=kazinform, published_at=early)
    await write(archive, "Визы для студентов.", outlet="Тенгри", published_at=MONDAY)
    await write(archive, "Стороны подписали соглашение о визах студентам.", outlet=None)
    await write(archive, "О торговых отношениях говорили в формате С5+1.")
    await write(archive, "Отношения торговых сетей.")
    await write(archive, "Торговля выросла вдвое.", title="Внешняя политика")
    await write(archive, "Елші домбыраны тыңдады. Қазақстанның мәдениеті.", language="kk")
    await write(archive, "Қазақстанның елшісі.", language="kk", outlet=kazinform)
    await write(archive, "The ministers signed two agreements.", language="en")


async def _new(archive: Archive, *, since: object = SINCE) -> list[NewMatches]:
    return await archive.searches.new_matches(since=since, until=MONDAY + DAY)  # type: ignore[arg-type]


async def test_a_saved_search_answers_as_searching_does(archive: Archive) -> None:
    known = [await subscriber(archive, chat) for chat in (100, 200)]
    for number, asked in enumerate(ASKED):
        # More than one subscriber may save.
        saved_by = known[number % 2]
        assert await archive.searches.save(saved_by.id, asked, now=MONDAY - HOUR)
    await _write_some(archive)
    await index(archive)
    told = {match.text: list(match.article_ids) for match in await _new(archive)}
    answers = {asked: ids for asked in ASKED if (ids := await found(archive, asked))}
    assert told == answers
    assert 20 < len(answers) < len(ASKED)


async def test_days_begin_in_the_zone_of_each_who_saved(archive: Archive) -> None:
    east, west = await subscriber(archive), await subscriber(archive, 200)
    async with archive.database.writing() as connection:
        zone = update(SubscriberTable).where(SubscriberTable.id == west.id)
        await connection.execute(zone.values(time_zone="America/New_York"))
    midnight = MONDAY.replace(hour=22) - DAY
    one = await write(archive, "Визы подешевели.", published_at=midnight)
    for known in (east, west):
        await archive.searches.save(known.id, f"after:{MONDAY:%Y-%m-%d}", now=MONDAY - HOUR)
    await index(archive)
    assert [(match.subscriber_id, match.article_ids) for match in await _new(archive)] == [
        (east.id, (one,))
    ]


async def test_what_was_published_or_indexed_long_ago_is_no_match(archive: Archive) -> None:
    known = await subscriber(archive)
    await archive.searches.save(known.id, "визы", now=MONDAY - 9 * DAY)
    await write(archive, "Визы были.")
    await index(archive, now=MONDAY - 2 * DAY)
    await write(archive, "Визы ввели.", published_at=MONDAY - 900 * DAY)
    new = await write(archive, "Визы подешевели.")
    await index(archive)
    [match] = await _new(archive, since=MONDAY - DAY)
    assert match.article_ids == (new,)


async def test_what_nobody_may_read_and_who_is_gone_is_left_out(archive: Archive) -> None:
    here, gone = await subscriber(archive), await subscriber(archive, 200)
    for known in (here, gone):
        await archive.searches.save(known.id, "визы", now=MONDAY - HOUR)
    await archive.subscribers.mark_gone(gone.chat_id, reason="blocked", now=MONDAY)
    await write(archive, "Тайные визы.")
    one = await write(archive, "Визы подешевели.")
    await index(archive)
    async with archive.database.writing() as connection:
        sent = "UPDATE articles SET sent_at = added_at WHERE text LIKE 'Тайные%'"
        await connection.execute(sql(sent))
    [match] = await _new(archive)
    assert (match.subscriber_id, match.article_ids) == (here.id, (one,))


async def test_a_search_that_cannot_be_read_any_more_hinders_no_other(archive: Archive) -> None:
    known = await subscriber(archive)
    for asked in ("чем:визы", "визы"):
        await archive.searches.save(known.id, asked, now=MONDAY - HOUR)
    await write(archive, "Визы подешевели.")
    await index(archive)
    assert [match.text for match in await _new(archive)] == ["визы"]


async def test_many_searches_cost_few_statements(archive: Archive) -> None:
    known = [await subscriber(archive, chat) for chat in range(1, 11)]
    for one in known:
        for number in range(30):
            asked = f"виза запрос{one.id}номер{number} от:Степь{number}"
            await archive.searches.save(one.id, asked, now=MONDAY - HOUR)
    await archive.searches.save(known[0].id, "кто:Тестов", now=MONDAY - HOUR)
    await write(archive, "Визы подешевели.")
    await index(archive)
    statements: list[str] = []
    engine = archive.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
    assert await _new(archive) == []
    assert len(statements) < 20


async def test_more_arrivals_than_a_statement_takes_parameters(archive: Archive) -> None:
    known = await subscriber(archive)
    await archive.searches.save(known.id, "визы", now=MONDAY - HOUR)
    first = await write(archive, "Визы подешевели.")
    await index(archive)
    more = 33_000
    copied = "url, title, title_from_body, outlet, language, text, added_at, listed_at"
    counted = f"WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {more}) "
    async with archive.database.writing() as connection:
        await connection.execute(
            sql(
                f"INSERT INTO articles (id, fingerprint, published_has_time, is_sample, {copied}) "
                f"{counted} SELECT n + 1000, CAST(n AS varchar(64)), false, false, {copied} "
                f"FROM articles CROSS JOIN n"
            )
        )
        kept = "version, content, first_indexed_at, indexed_at"
        await connection.execute(
            sql(
                f"INSERT INTO search_documents (article_id, key, {kept}) {counted} "
                f"SELECT n + 1000, key + n, {kept} FROM search_documents CROSS JOIN n"
            )
        )
    [match] = await _new(archive)
    assert len(match.article_ids) == 20
    assert match.article_ids[0] == 1000 + more
    assert first not in match.article_ids
