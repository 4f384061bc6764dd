"""Queries about whom alerts concern: page by page, with all that deciding needs."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.alert_rows import HeldRow
from bot.archive.alert_tables import AlertTable
from bot.archive.among import among
from bot.archive.delivery_tables import DeliveryTable
from bot.archive.held import held_row, subject_of
from bot.archive.people_tables import FollowTable
from bot.archive.rows import USUAL_ALERTS_A_DAY, Priority, Quiet
from bot.archive.tables import SubscriberTable, SubscriptionTable
from bot.archive.wish_tables import WishTable


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom something concerns: who follows these people, wants these topics, or is one of these.

    subjects: what they may be told of, and everything it was ever told as; see
    `AlertNews.aliases`.
    """

    people: frozenset[int] = frozenset()
    topics: frozenset[str] = frozenset()
    searchers: frozenset[int] = frozenset()
    subjects: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AudienceRow:
    """A subscriber who may be told of something, and what they want of alerts.

    follows: since when they follow which of the people in question. told: the subjects in
    question that they were told of, or will be. sent: when messages with alerts were made for
    them lately. held: what waits for them and no edition will bring. since: what came in before
    does not count; None is always. Moments are aware.
    """

    id: int
    language: str
    time_zone: str
    a_day: int
    least_importance: float
    topics: frozenset[str]
    since: datetime | None
    exclude: tuple[str, ...]
    quiet: Quiet | None
    paused_until: datetime | None
    follows: Mapping[int, datetime] = field(default_factory=dict)
    told: frozenset[int] = frozenset()
    sent: tuple[datetime, ...] = ()
    held: tuple[HeldRow, ...] = ()


@dataclass(frozen=True, slots=True)
class UnsentRow:
    """An alert in the outbox, and when its subscriber does not want to be told (aware)."""

    delivery_id: int
    time_zone: str
    quiet: Quiet | None
    paused_until: datetime | None


async def read_audience(
    connection: AsyncConnection, concerned: Concerned, *, after: int, limit: int, lately: datetime
) -> list[AudienceRow]:
    """Read the next subscribers whom something concerns, by id, from after one on.

    lately: from when on messages count as sent lately, aware.
    """
    rows = (await connection.execute(_readers(concerned, after, limit))).all()
    if not rows:
        return []
    ids = [row.id for row in rows]
    follows = await _follows(connection, ids, concerned.people)
    told = await _told(connection, ids, concerned.subjects)
    sent = await _sent(connection, ids, lately)
    held = await _held(connection, [row.id for row in rows if row.next_due_at is None])
    return [
        AudienceRow(
            id=row.id,
            language=row.language,
            time_zone=row.time_zone,
            a_day=row.a_day,
            least_importance=row.alert_importance or 0.0,
            topics=frozenset(json.loads(row.topics)) if row.alert_topics else frozenset(),
            since=row.alerts_since,
            exclude=tuple(json.loads(row.exclude)) if row.exclude else (),
            quiet=None if row.quiet_from is None else Quiet(row.quiet_from, row.quiet_until),
            paused_until=row.paused_until,
            follows=follows[row.id],
            told=frozenset(told[row.id]),
            sent=tuple(sent[row.id]),
            held=tuple(held[row.id]),
        )
        for row in rows
    ]


def _readers(concerned: Concerned, after: int, limit: int) -> Select[*tuple[Any, ...]]:
    a_day = func.coalesce(WishTable.alerts_a_day, USUAL_ALERTS_A_DAY)
    return (
        select(
            SubscriberTable.id,
            SubscriberTable.language,
            SubscriberTable.time_zone,
            a_day.label("a_day"),
            WishTable.alert_importance,
            WishTable.alert_topics,
            WishTable.alerts_since,
            WishTable.topics,
            WishTable.exclude,
            WishTable.quiet_from,
            WishTable.quiet_until,
            SubscriptionTable.next_due_at,
            SubscriptionTable.paused_until,
        )
        .outerjoin(WishTable, WishTable.subscriber_id == SubscriberTable.id)
        .outerjoin(SubscriptionTable, SubscriptionTable.subscriber_id == SubscriberTable.id)
        .where(
            SubscriberTable.id.in_(_concerned_ids(concerned)),
            SubscriberTable.id > after,
            SubscriberTable.gone_at.is_(None),
            a_day > 0,
        )
        .order_by(SubscriberTable.id)
        .limit(limit)
    )


def _concerned_ids(concerned: Concerned) -> Select[int]:
    """Name the subscribers; each way by an index of its own, none through all there are."""
    waiting = (
        select(AlertTable.subscriber_id)
        .outerjoin(SubscriptionTable, SubscriptionTable.subscriber_id == AlertTable.subscriber_id)
        .where(AlertTable.delivery_id.is_(None), SubscriptionTable.next_due_at.is_(None))
    )
    ways: list[Select[int]] = [waiting]
    if concerned.people:
        followers = select(FollowTable.subscriber_id)
        ways.append(followers.where(among("follows.person_id", concerned.people)))
    if concerned.topics:
        # Ids of topics are plain letters, in a JSON list of strings.
        named = [WishTable.topics.contains(f'"{topic}"') for topic in sorted(concerned.topics)]
        ways.append(select(WishTable.subscriber_id).where(WishTable.alert_topics, or_(*named)))
    if concerned.searchers:
        ways.append(select(SubscriberTable.id).where(among("subscribers.id", concerned.searchers)))
    ids = union(*ways).subquery()
    return select(ids.c[0])


async def _follows(
    connection: AsyncConnection, ids: Sequence[int], people: Collection[int]
) -> defaultdict[int, dict[int, datetime]]:
    query = select(FollowTable.subscriber_id, FollowTable.person_id, FollowTable.created_at).where(
        among("follows.subscriber_id", ids), among("follows.person_id", people)
    )
    found: defaultdict[int, dict[int, datetime]] = defaultdict(dict)
    for subscriber_id, person_id, created_at in await connection.execute(query):
        found[subscriber_id][person_id] = created_at
    return found


async def _told(
    connection: AsyncConnection, ids: Sequence[int], subjects: Mapping[int, int]
) -> defaultdict[int, set[int]]:
    query = select(AlertTable).where(
        among("alerts.subscriber_id", ids),
        or_(
            among("alerts.story_id", [one for one in subjects if one > 0]),
            among("alerts.article_id", [-one for one in subjects if one < 0]),
        ),
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    row: Row[*tuple[Any, ...]]
    for row in await connection.execute(query):
        found[row.subscriber_id].add(subjects[subject_of(row)])
    return found


async def _sent(
    connection: AsyncConnection, ids: Sequence[int], lately: datetime
) -> defaultdict[int, list[datetime]]:
    query = select(DeliveryTable.subscriber_id, DeliveryTable.due_at).where(
        among("deliveries.subscriber_id", ids),
        DeliveryTable.priority == Priority.ALERT,
        DeliveryTable.due_at >= lately,
    )
    found: defaultdict[int, list[datetime]] = defaultdict(list)
    for subscriber_id, due_at in await connection.execute(query):
        found[subscriber_id].append(due_at)
    return found


async def _held(connection: AsyncConnection, ids: Sequence[int]) -> defaultdict[int, list[HeldRow]]:
    query = (
        select(AlertTable)
        .where(AlertTable.delivery_id.is_(None), among("alerts.subscriber_id", ids))
        .order_by(AlertTable.id)
    )
    found: defaultdict[int, list[HeldRow]] = defaultdict(list)
    row: Row[*tuple[Any, ...]]
    for row in await connection.execute(query):
        found[row.subscriber_id].append(held_row(row))
    return found
