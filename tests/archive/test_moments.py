"""Moments: aware on the way in, UTC on the way out, on every database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect
from sqlalchemy.dialects import registry

from bot.archive import Archive
from bot.archive.tables import UtcDateTime
from bot.errors import ArchiveError
from tests.archive.making import add, new_article

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
# A day short of both ends of the calendar: a zone must not push a moment over them.
NAIVE = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30))  # noqa: DTZ001 — naive on purpose
AWARE = st.builds(lambda moment, zone: moment.replace(tzinfo=zone), NAIVE, ZONES)
DIALECTS: st.SearchStrategy[Dialect] = st.sampled_from(
    [registry.load(name)() for name in ("sqlite", "postgresql")]
)


@given(moment=AWARE, dialect=DIALECTS)
def test_a_moment_of_any_zone_comes_back_as_the_same_moment_in_utc(
    moment: datetime, dialect: Dialect
) -> None:
    stored = UtcDateTime().process_bind_param(moment, dialect)
    assert stored is not None

    # SQLite gives back what it keeps: no zone.
    for given_back in (stored, stored.replace(tzinfo=None)):
        read = UtcDateTime().process_result_value(given_back, dialect)
        assert read == moment
        assert read is not None
        assert read.tzinfo is UTC


@given(moment=NAIVE, dialect=DIALECTS)
def test_a_moment_without_a_zone_is_refused(moment: datetime, dialect: Dialect) -> None:
    with pytest.raises(ValueError, match="naive"):
        UtcDateTime().process_bind_param(moment, dialect)


async def test_a_moment_survives_the_database_to_the_microsecond(archive: Archive) -> None:
    almaty = timezone(timedelta(hours=5))
    moment = datetime(2026, 11, 23, 1, 2, 3, 456_789, tzinfo=almaty)

    article_id = await add(archive, new_article(published_at=moment))

    stored = await archive.articles.get(article_id)
    assert stored is not None
    assert stored.published_at == moment
    assert stored.published_at.tzinfo is UTC


async def test_an_article_with_a_naive_date_is_refused_and_nothing_of_it_is_kept(
    archive: Archive,
) -> None:
    with pytest.raises(ArchiveError):
        await add(archive, new_article(published_at=datetime(2026, 11, 23)))  # noqa: DTZ001

    assert await archive.articles.count() == 0
