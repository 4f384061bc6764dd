"""Queries about wishes: what subscribers want of their editions."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.engine import Database
from bot.archive.people_tables import FollowTable, PersonTable
from bot.archive.rows import Length, Quiet, Wishes
from bot.archive.tables import SubscriberTable
from bot.archive.wish_tables import WishTable


@dataclass(frozen=True, slots=True)
class FollowedRow:
    """A person whom a subscriber follows."""

    id: int
    name: str


@dataclass(frozen=True)
class StoredWishes:
    """What subscribers want of their editions."""

    database: Database

    async def of(self, subscriber_id: int) -> Wishes:
        """Give the wishes of a subscriber."""
        async with self.database.reading() as connection:
            return (await wishes_of(connection, [subscriber_id]))[subscriber_id]

    async def change(self, subscriber_id: int, change: Callable[[Wishes], Wishes]) -> Wishes:
        """Change the wishes of a subscriber; return them as they are then.

        change: gives the new wishes for those of this moment. The people followed are not changed
        by it: `People.follow` and `People.unfollow` do that.
        """
        # The subscriber is held meanwhile: of two changes at once, the second sees the first.
        held = select(SubscriberTable.id).where(SubscriberTable.id == subscriber_id)
        async with self.database.writing() as connection:
            if (await connection.execute(held.with_for_update())).first() is None:
                return Wishes()
            wishes = change((await wishes_of(connection, [subscriber_id]))[subscriber_id])
            await connection.execute(
                delete(WishTable).where(WishTable.subscriber_id == subscriber_id)
            )
            await connection.execute(
                insert(WishTable).values(subscriber_id=subscriber_id, **_columns(wishes))
            )
        return wishes

    async def followed(self, subscriber_id: int) -> list[FollowedRow]:
        """List the people whom a subscriber follows, by name."""
        query = (
            select(PersonTable.id, PersonTable.name)
            .join(FollowTable, FollowTable.person_id == PersonTable.id)
            .where(FollowTable.subscriber_id == subscriber_id)
            .order_by(PersonTable.name, PersonTable.id)
        )
        async with self.database.reading() as connection:
            return [FollowedRow(*row) for row in await connection.execute(query)]


async def wishes_of(
    connection: AsyncConnection, subscriber_ids: Sequence[int]
) -> defaultdict[int, Wishes]:
    """Read the wishes of several subscribers; who stated none has the usual ones."""
    query = select(WishTable).where(WishTable.subscriber_id.in_(subscriber_ids))
    stated = {row.subscriber_id: row for row in await connection.execute(query)}
    followed: defaultdict[int, list[int]] = defaultdict(list)
    follows = select(FollowTable.subscriber_id, FollowTable.person_id).where(
        FollowTable.subscriber_id.in_(subscriber_ids)
    )
    for subscriber_id, person_id in await connection.execute(follows):
        followed[subscriber_id].append(person_id)
    wishes: defaultdict[int, Wishes] = defaultdict(Wishes)
    for subscriber_id in {*stated, *followed}:
        people = frozenset(followed[subscriber_id])
        row = stated.get(subscriber_id)
        wishes[subscriber_id] = Wishes(people=people) if row is None else _wishes(row, people)
    return wishes


def _wishes(row: Row[*tuple[Any, ...]], people: frozenset[int]) -> Wishes:
    return Wishes(
        length=Length(row.length),
        topics=frozenset(json.loads(row.topics)),
        people=people,
        only_followed=row.only_followed,
        include=tuple(json.loads(row.include)),
        exclude=tuple(json.loads(row.exclude)),
        least_importance=row.least_importance,
        quiet=None if row.quiet_from is None else Quiet(row.quiet_from, row.quiet_until),
        is_rich=row.is_rich,
        is_silent=row.is_silent,
        has_pdf=row.has_pdf,
        alerts_a_day=row.alerts_a_day,
        alert_importance=row.alert_importance,
        alert_topics=row.alert_topics,
        alerts_since=row.alerts_since,
    )


def _columns(wishes: Wishes) -> dict[str, Any]:
    return {
        "length": wishes.length,
        "topics": json.dumps(sorted(wishes.topics)),
        "include": json.dumps(wishes.include, ensure_ascii=False),
        "exclude": json.dumps(wishes.exclude, ensure_ascii=False),
        "only_followed": wishes.only_followed,
        "least_importance": wishes.least_importance,
        "quiet_from": None if wishes.quiet is None else wishes.quiet.start,
        "quiet_until": None if wishes.quiet is None else wishes.quiet.end,
        "is_rich": wishes.is_rich,
        "is_silent": wishes.is_silent,
        "has_pdf": wishes.has_pdf,
        "alerts_a_day": wishes.alerts_a_day,
        "alert_importance": wishes.alert_importance,
        "alert_topics": wishes.alert_topics,
        "alerts_since": wishes.alerts_since,
    }
