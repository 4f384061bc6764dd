"""Queries about people: finding them, following them, correcting who is who."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.engine import Database
from bot.archive.people_beat import take_over
from bot.archive.people_corrections import merge, split
from bot.archive.people_links import hold_names, people_called
from bot.archive.people_rows import KnownPerson, PersonRow
from bot.archive.people_search import GUESSED, search
from bot.archive.people_tables import AliasTable, AppearanceTable, FollowTable, PersonTable
from bot.archive.sharing_tables import MovedPersonTable
from summarizer.name_keys import sound, take_apart

_COLUMNS = (
    PersonTable.id,
    PersonTable.name,
    PersonTable.latin,
    PersonTable.note,
    PersonTable.is_beat,
    PersonTable.articles,
    PersonTable.first_seen_at,
    PersonTable.last_seen_at,
)


@dataclass(frozen=True, slots=True)
class Found:
    """Who answers to a name; `is_guess` when no name answers without slips of letters."""

    people: tuple[PersonRow, ...]
    is_guess: bool


@dataclass(frozen=True)
class People:
    """The people of the archive."""

    database: Database

    async def take_over(self, people: Sequence[KnownPerson]) -> None:
        """Know the people of the beat under their names; who is no longer in it stays as found."""
        async with self.database.writing() as connection:
            await hold_names(connection)
            await take_over(connection, people)

    async def find(self, asked: str) -> Found:
        """Find people by any form of a name; the most mentioned first."""
        async with self.database.reading() as connection:
            hits = await search(connection, asked)
            rows = await _rows(connection, [hit.person_id for hit in hits])
        people = tuple(rows[hit.person_id] for hit in hits)
        return Found(people, is_guess=any(hit.level == GUESSED for hit in hits))

    async def get(self, person_id: int) -> PersonRow | None:
        """Give one person, or the one whom they were merged into; None when nothing is left."""
        async with self.database.reading() as connection:
            rows = await _rows(connection, [person_id])
            if person_id not in rows:
                moved = select(MovedPersonTable.person_id).where(
                    MovedPersonTable.former_id == person_id
                )
                now = (await connection.execute(moved)).scalar()
                return None if now is None else (await _rows(connection, [now])).get(now)
        return rows[person_id]

    async def most_mentioned(self, limit: int) -> list[PersonRow]:
        """List the people whom the most articles name."""
        query = (
            select(*_COLUMNS)
            .where(PersonTable.articles > 0)
            .order_by(PersonTable.articles.desc(), PersonTable.id)
            .limit(limit)
        )
        async with self.database.reading() as connection:
            return [PersonRow(*row) for row in await connection.execute(query)]

    async def forms(self, person_id: int) -> list[str]:
        """List the names that the person goes by, each once: the beat's first, then as seen."""
        query = (
            select(AliasTable.name, AliasTable.folded)
            .where(AliasTable.person_id == person_id)
            .order_by(AliasTable.kind, AliasTable.id)
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(query)).all()
        forms: dict[str, str] = {}
        for row in rows:
            forms.setdefault(row.folded, row.name)
        return list(forms.values())

    async def names_in_articles(self, person_id: int) -> list[tuple[str, int]]:
        """List the names that articles give the person, with how many articles give each."""
        number = func.count(AppearanceTable.article_id.distinct())
        query = (
            select(func.min(AppearanceTable.name), number)
            .where(AppearanceTable.person_id == person_id)
            .group_by(AppearanceTable.folded)
            .order_by(number.desc(), AppearanceTable.folded)
        )
        async with self.database.reading() as connection:
            return [(row[0], row[1]) for row in await connection.execute(query)]

    async def like(self, person_id: int, *, limit: int) -> list[PersonRow]:
        """List others whose names resemble the person's, the most mentioned first."""
        query = select(AliasTable.name).where(AliasTable.person_id == person_id)
        async with self.database.reading() as connection:
            names = (await connection.execute(query)).scalars().all()
            parts = [part for name in names if (part := take_apart(name)) is not None]
            sounds = {sound(part.surname) for part in parts} - {""}
            ids = [i for i in await people_called(connection, sounds) if i != person_id]
            rows = (await _rows(connection, ids)).values()
        return sorted(rows, key=lambda row: (-row.articles, row.name))[:limit]

    async def merge(self, person_id: int, into: int, *, by: int, now: datetime) -> bool:
        """Say that two people are one; return False when one of them is gone.

        by: the Telegram user id of the operator.
        """
        async with self.database.writing() as connection:
            await hold_names(connection)
            return await merge(connection, person_id, into, by=by, now=now)

    async def split(self, person_id: int, name: str, *, by: int, now: datetime) -> int | None:
        """Say that a name belongs to somebody else; return the id of the new person.

        None when the person is gone, has no such name in any article, or no other name.
        """
        async with self.database.writing() as connection:
            await hold_names(connection)
            return await split(connection, person_id, name, by=by, now=now)

    async def follows(self, subscriber_id: int, person_id: int) -> bool:
        """Tell whether a subscriber follows a person."""
        query = select(FollowTable.person_id).where(*_follow(subscriber_id, person_id))
        async with self.database.reading() as connection:
            return (await connection.execute(query)).first() is not None

    async def follow(self, subscriber_id: int, person_id: int, *, now: datetime) -> None:
        """Let a subscriber follow a person."""
        async with self.database.writing() as connection:
            await connection.execute(delete(FollowTable).where(*_follow(subscriber_id, person_id)))
            await connection.execute(
                insert(FollowTable).values(
                    subscriber_id=subscriber_id, person_id=person_id, created_at=now
                )
            )

    async def unfollow(self, subscriber_id: int, person_id: int) -> None:
        """Let a subscriber follow a person no longer."""
        async with self.database.writing() as connection:
            await connection.execute(delete(FollowTable).where(*_follow(subscriber_id, person_id)))


def _follow(subscriber_id: int, person_id: int) -> tuple[ColumnElement[bool], ...]:
    return FollowTable.subscriber_id == subscriber_id, FollowTable.person_id == person_id


async def _rows(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, PersonRow]:
    query = select(*_COLUMNS).where(PersonTable.id.in_(ids))
    return {row.id: PersonRow(*row) for row in await connection.execute(query)}
