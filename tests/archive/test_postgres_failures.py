"""When PostgreSQL cannot be used: a sentence that says what to do, without the password."""

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.archive import Archive
from bot.archive.engine import make_engine
from bot.errors import ArchiveError
from tests.archive.making import add, new_article

SECRET = "open-sesame"  # the password of nobody


def written(url: URL) -> str:
    return url.render_as_string(hide_password=False)


async def refusal(url: str) -> str:
    with pytest.raises(ArchiveError) as refused:
        await Archive.open(url)
    assert SECRET not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize("host", ["127.0.0.1:1", "no-such-host.invalid:5432"])
async def test_a_server_that_does_not_answer_is_named_as_the_reason(host: str) -> None:
    said = await refusal(f"postgresql+asyncpg://vestnik:{SECRET}@{host}/vestnik")

    assert said == "The database server cannot be reached: check DATABASE_URL and that it runs."


@pytest.mark.parametrize(
    "url",
    [f"postgresql+asyncpg://vestnik:{SECRET}@127.0.0.1:port/vestnik", f"nonsense {SECRET}"],
)
async def test_an_address_that_cannot_be_read_is_not_repeated(url: str) -> None:
    assert (await refusal(url)).startswith("DATABASE_URL cannot be read: write sqlite:///")


async def test_a_wrong_password_is_named_as_the_reason(postgres_url: str) -> None:
    wrong = make_url(postgres_url).set(password=SECRET)
    engine = make_engine(written(wrong))
    try:
        async with engine.connect():
            pytest.skip("this server lets everybody in, whatever the password")
    except DBAPIError:
        pass
    finally:
        await engine.dispose()

    said = await refusal(written(wrong))

    assert said == "PostgreSQL refuses the name or password in DATABASE_URL."


async def test_a_database_that_is_not_there_is_named_as_the_reason(postgres_url: str) -> None:
    said = await refusal(written(make_url(postgres_url).set(database="no_such_test")))

    assert said == "PostgreSQL has no such database or table: check DATABASE_URL."


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
async def test_a_database_that_only_lets_read_is_refused_at_the_start(
    archive: Archive, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    article_id = await add(archive, new_article())

    def make_reader(address: str) -> AsyncEngine:
        engine = make_engine(address)
        return engine.execution_options(postgresql_readonly=True)

    monkeypatch.setattr("bot.archive.make_engine", make_reader)

    with pytest.raises(ArchiveError, match="read-only: give the bot's user the right"):
        await Archive.open(url)

    assert await archive.articles.get(article_id) is not None


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
async def test_connections_that_the_server_ended_are_replaced(
    archive: Archive, other: Archive
) -> None:
    article_id = await add(archive, new_article())
    async with other.database.writing() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )

    assert await archive.articles.get(article_id) is not None
    assert await add(archive, new_article("После перерыва."))
