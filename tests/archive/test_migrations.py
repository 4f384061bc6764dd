"""Migrations: from any older state to the newest, all or nothing, with every row kept."""

import asyncio
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text

from bot.archive import Archive, schema
from bot.archive.rows import (
    Frequency,
    Length,
    MarkRow,
    PartRow,
    Quiet,
    Rule,
    SubscriptionRow,
    Wishes,
)
from bot.archive.search_tables import SavedSearchTable
from bot.archive.tables import Table
from bot.errors import ArchiveError
from tests.archive.making import Opens, add, claim, new_article, sqlite_url

OPEN = """
import asyncio, pathlib, sys
from bot.archive import Archive, schema

async def main() -> None:
    schema.MIGRATIONS = pathlib.Path(sys.argv[2])
    archive = await Archive.open(sys.argv[1])
    await archive.close()

asyncio.run(main())
"""

STEP = '''"""A step of a later release."""

import os

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    {body}
'''

# SQLite changes the type of a column by building the whole table anew.
REBUILD = """
    with op.batch_alter_table("articles") as table:
        table.alter_column("outlet", existing_type=sa.String(200), type_=sa.Text())
"""


class LaterRelease:
    """The migrations of a release to come: those of today and further steps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(schema.MIGRATIONS, folder)

    def adds(self, body: str) -> None:
        before = max(path.name[:4] for path in (self.folder / "versions").glob("[0-9]*.py"))
        revision = f"{int(before) + 1:04}"
        step = STEP.format(revision=revision, before=before, body=body.strip())
        (self.folder / "versions" / f"{revision}_step.py").write_text(step, encoding="utf-8")


@pytest.fixture
def later(tmp_path: Path) -> LaterRelease:
    return LaterRelease(tmp_path / "migrations")


async def process_opens(url: str, migrations: Path) -> tuple[int | None, str]:
    """Open the archive in a process of its own; give its exit status and last words."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OPEN, url, str(migrations), stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    return process.returncode, said.decode()


def is_known(name: str | None) -> bool:
    """Leave out the index of words: it is each database's own, and no table of the code."""
    return name is None or not name.startswith("search_words")


async def tables_of(archive: Archive) -> set[str]:
    def names(connection: Connection) -> set[str]:
        return set(filter(is_known, inspect(connection).get_table_names()))

    async with archive.database.reading() as connection:
        return await connection.run_sync(names)


async def test_a_blank_database_gets_all_tables(blank_url: str, opens: Opens) -> None:
    archive = await opens(blank_url)

    assert await tables_of(archive) == {*Table.metadata.tables, "alembic_version"}
    assert await archive.articles.count() == 0


async def test_opening_again_changes_nothing(blank_url: str, opens: Opens) -> None:
    archive = await opens(blank_url)
    article_id = await add(archive, new_article())

    assert not await schema.upgrade(archive.database)
    await archive.close()

    archive = await opens(blank_url)
    assert [row.id for row in await archive.articles.latest(10)] == [article_id]


async def test_the_migrations_make_exactly_the_tables_that_the_code_knows(
    blank_url: str, opens: Opens
) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, kind, parents: kind != "table" or is_known(name),
            },
        )
        return list(compare_metadata(context, Table.metadata))

    archive = await opens(blank_url)
    async with archive.database.reading() as connection:
        assert await connection.run_sync(differences) == []


async def test_two_processes_that_start_at_once_make_the_tables_once(
    blank_url: str, opens: Opens
) -> None:
    endings = await asyncio.gather(*(process_opens(blank_url, schema.MIGRATIONS) for _ in range(2)))

    assert [status for status, _ in endings] == [0, 0], endings
    archive = await opens(blank_url)
    assert await archive.articles.count() == 0


async def test_a_database_of_a_newer_release_is_refused_and_left_alone(
    blank_url: str, opens: Opens
) -> None:
    archive = await opens(blank_url)
    article_id = await add(archive, new_article())
    async with archive.database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(ArchiveError, match=r"made by a newer Vestnik.*9999.*update Vestnik"):
        await opens(blank_url)

    assert await archive.articles.get(article_id) is not None


async def test_a_step_that_rebuilds_a_table_keeps_what_refers_to_it(
    blank_url: str, later: LaterRelease, monkeypatch: pytest.MonkeyPatch, opens: Opens
) -> None:
    today = await opens(blank_url)
    article_id = await add(today, new_article("Первое. Второе."))
    stored = await today.articles.get(article_id)
    await today.close()
    later.adds(REBUILD)
    monkeypatch.setattr(schema, "MIGRATIONS", later.folder)

    upgraded = await opens(blank_url)

    assert stored is not None
    assert stored.summary
    assert await upgraded.articles.get(article_id) == stored


async def test_foreign_keys_are_guarded_again_after_an_upgrade(
    tmp_path: Path, later: LaterRelease, monkeypatch: pytest.MonkeyPatch, opens: Opens
) -> None:
    later.adds(REBUILD)
    monkeypatch.setattr(schema, "MIGRATIONS", later.folder)

    archive = await opens(sqlite_url(tmp_path / "new.sqlite3"))

    async with archive.database.reading() as connection:
        assert (await connection.execute(text("PRAGMA foreign_keys"))).scalar() == 1


BROKEN_STEPS = {
    "fails": ('op.execute("SELECT * FROM nowhere")', 1),
    "is killed": ("os._exit(9)", 9),
}


@pytest.mark.parametrize("way", BROKEN_STEPS)
async def test_an_upgrade_that_breaks_off_leaves_the_old_tables_whole(
    blank_url: str, later: LaterRelease, way: str, opens: Opens
) -> None:
    body, status = BROKEN_STEPS[way]
    today = await opens(blank_url)
    article_id = await add(today, new_article())
    stored, tables = await today.articles.get(article_id), await tables_of(today)
    await today.close()
    later.adds('op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))')
    later.adds(f"op.drop_table('delivery_parts')\n    {body}")

    ended, said = await process_opens(blank_url, later.folder)

    assert ended == status, said
    archive = await opens(blank_url)
    assert await tables_of(archive) == tables
    assert await archive.articles.get(article_id) == stored


def release_up_to(revision: str, folder: Path) -> Path:
    """Copy the migrations up to a revision, as an older release had them."""
    older = LaterRelease(folder / "older").folder
    for step in (older / "versions").glob("0*.py"):
        if step.name[:4] > revision:
            step.unlink()
    return older


async def fill(archive: Archive, statements: Sequence[str]) -> None:
    """Put rows into tables of an older release; {then} and {due} are moments."""
    moments = {"then": "2026-11-16 04:00:00+00:00", "due": "2026-11-27 13:00:00+00:00"}
    async with archive.database.writing() as connection:
        for rows in statements:
            if connection.dialect.name == "sqlite":
                moments = {name: said[:19] + ".000000" for name, said in moments.items()}
            await connection.exec_driver_sql(rows.format(**moments))


OLD_ROWS = (
    "INSERT INTO subscribers (id, chat_id, thread_id, language, time_zone, created_at) VALUES "
    "(1, 100, 0, 'ru', 'Asia/Almaty', '{then}'), (2, 200, 7, 'kk', 'Asia/Aqtau', '{then}')",
    "INSERT INTO subscriptions (id, subscriber_id, weekday, hour, created_at, next_due_at) VALUES "
    "(1, 1, 4, 18, '{then}', '{due}'), (2, 2, 0, 9, '{then}', NULL)",
    "INSERT INTO deliveries (id, subscriber_id, due_at, period_start, period_end, state, attempts, "
    "next_try_at, created_at) VALUES "
    "(10, 1, '{then}', '{then}', '{then}', 'sent', 1, '{then}', '{then}'), "
    "(11, 2, '{then}', '{then}', '{then}', 'sending', 1, '{then}', '{then}'), "
    "(12, 1, '{due}', '{then}', '{due}', 'pending', 0, '{then}', '{then}')",
    "INSERT INTO delivery_parts (delivery_id, position, text, entities, message_id, sent_at) "
    "VALUES (10, 0, 'one', '[]', 5, '{then}'), (11, 0, 'first', '[]', 6, '{then}'), "
    "(11, 1, 'second', '[]', NULL, NULL)",
)


async def test_what_was_subscribed_and_half_sent_in_the_first_release_goes_on(
    blank_url: str, opens: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", release_up_to("0001", tmp_path))
        old = await opens(blank_url)
    await fill(old, OLD_ROWS)
    await old.close()

    archive = await opens(blank_url)

    due = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
    friday = Rule(Frequency.WEEKLY, 18, "Asia/Almaty", weekday=4)
    assert await archive.subscribers.subscription(1) == SubscriptionRow(friday, due)
    assert await archive.subscribers.subscription(2) is None
    [half] = await claim(archive, now=due, limit=1)
    assert (half.id, half.marks) == (11, (MarkRow(0, 0, 6),))
    edition = await archive.editions.get(half.edition_id or 0)
    assert edition is not None
    assert edition.parts == (PartRow(0, "first", "[]"), PartRow(1, "second", "[]"))
    [waiting] = await claim(archive, now=due)
    assert (waiting.id, waiting.edition_id, waiting.marks) == (12, None, ())
    assert await claim(archive, now=due) == []


ROWS_BEFORE_ALERTS = (
    "INSERT INTO subscribers (id, chat_id, thread_id, language, time_zone, created_at) VALUES "
    "(1, 100, 0, 'ru', 'UTC', '{then}'), (2, 200, 0, 'ru', 'UTC', '{then}'), "
    "(3, 300, 0, 'ru', 'UTC', '{then}')",
    "INSERT INTO people (id, name, is_beat, articles) VALUES "
    "(1, 'Ержан Тестов', false, 0), (2, 'Айгуль Пробова', false, 0)",
    "INSERT INTO follows (subscriber_id, person_id, created_at) VALUES "
    "(1, 1, '{then}'), (2, 1, '{then}'), (2, 2, '{then}')",
    "INSERT INTO wishes (subscriber_id, length, topics, include, exclude, only_followed, "
    "least_importance, quiet_from, quiet_until, is_rich, is_silent, has_pdf) VALUES "
    """(1, 'short', '["energy"]', '[]', '["футбол"]', true, 0.5, 22, 7, true, true, true)""",
    "INSERT INTO saved_searches (id, subscriber_id, text, digest, created_at, checked_at) VALUES "
    "(1, 3, 'визы', 'digest', '{then}', '{then}')",
)


async def test_who_followed_or_saved_a_search_before_alerts_is_told_only_what_is_new(
    blank_url: str, opens: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", release_up_to("0012", tmp_path))
        old = await opens(blank_url)
    await fill(old, ROWS_BEFORE_ALERTS)
    await old.close()

    before = datetime.now(UTC)
    archive = await opens(blank_url)
    after = datetime.now(UTC)

    stated, unstated, other = [await archive.wishes.of(one) for one in (1, 2, 3)]
    for wishes in (stated, unstated):
        assert wishes.alerts_since is not None
        assert before <= wishes.alerts_since <= after
    assert stated == Wishes(
        Length.SHORT,
        frozenset({"energy"}),
        frozenset({1}),
        only_followed=True,
        exclude=("футбол",),
        least_importance=0.5,
        quiet=Quiet(22, 7),
        is_rich=True,
        is_silent=True,
        has_pdf=True,
        alerts_since=stated.alerts_since,
    )
    assert unstated == Wishes(people=frozenset({1, 2}), alerts_since=unstated.alerts_since)
    assert other == Wishes()
    async with archive.database.reading() as connection:
        checked = (await connection.execute(select(SavedSearchTable.checked_at))).scalar_one()
    assert before <= checked <= after
