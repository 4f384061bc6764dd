"""Leafing through the articles: whatever their dates, each is shown once."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from bot.archive import Archive
from bot.archive.tables import ArticleTable
from tests.archive.making import MONDAY, add, new_article

# Few different moments, so that ties are common; None is an article without a date.
MINUTES = st.lists(st.none() | st.integers(-2, 2), max_size=9)


@given(minutes=MINUTES, page=st.integers(1, 4))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_leafing_shows_each_article_once_in_order(
    archive: Archive, minutes: list[int | None], page: int
) -> None:
    async with archive.database.writing() as connection:
        await connection.execute(delete(ArticleTable))
    for number, minute in enumerate(minutes):
        published = None if minute is None else MONDAY + timedelta(minutes=minute)
        await add(archive, new_article(f"Новость {number}.", published_at=published))

    shown: list[int] = []
    while rows := await archive.articles.latest(page, before=shown[-1] if shown else None):
        assert len(rows) <= page
        shown += [row.id for row in rows]

    assert shown == [row.id for row in await archive.articles.latest(100)]
    assert len(set(shown)) == len(minutes)
