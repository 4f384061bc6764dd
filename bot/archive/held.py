"""What was held back for subscribers, within a transaction: given to editions, read for them."""

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.alert_rows import HeldRow, Reason, Why
from bot.archive.alert_tables import AlertTable
from bot.archive.among import among
from bot.archive.delivery_tables import DeliveryTable
from bot.archive.rows import DeliveryState, Priority


async def give_to_editions(
    connection: AsyncConnection, subscriber_ids: Collection[int], due_at: datetime
) -> None:
    """Let the editions that are due at a moment (aware) tell what was held back."""
    edition = (
        DeliveryTable.subscriber_id == AlertTable.subscriber_id,
        DeliveryTable.priority == Priority.EDITION,
        DeliveryTable.due_at == due_at,
        DeliveryTable.state.in_([DeliveryState.PENDING, DeliveryState.FAILED]),
    )
    await connection.execute(
        update(AlertTable)
        .where(
            AlertTable.delivery_id.is_(None),
            among("alerts.subscriber_id", subscriber_ids),
            exists().where(*edition),
        )
        .values(delivery_id=select(DeliveryTable.id).where(*edition).scalar_subquery())
    )


async def held_for(
    connection: AsyncConnection, delivery_ids: Collection[int]
) -> defaultdict[int, tuple[HeldRow, ...]]:
    """Read what editions tell that was held back, by delivery."""
    query = (
        select(AlertTable)
        .join(DeliveryTable, DeliveryTable.id == AlertTable.delivery_id)
        .where(AlertTable.delivery_id.in_(delivery_ids), DeliveryTable.priority == Priority.EDITION)
        .order_by(AlertTable.id)
    )
    found: defaultdict[int, tuple[HeldRow, ...]] = defaultdict(tuple)
    for row in await connection.execute(query):
        found[row.delivery_id] += (held_row(row),)
    return found


async def drop_reason(connection: AsyncConnection, subscriber_id: int, reason: Reason) -> None:
    """Forget what a subscriber was still to be told of for a reason that is no more."""
    query = select(AlertTable).where(
        AlertTable.delivery_id.is_(None), AlertTable.subscriber_id == subscriber_id
    )
    for row in (await connection.execute(query)).all():
        held = held_row(row)
        if reason not in held.reasons:
            continue
        here = AlertTable.id == held.id
        if left := [one for one in held.reasons if one != reason]:
            await connection.execute(update(AlertTable).where(here).values(reasons=written(left)))
        else:
            await connection.execute(delete(AlertTable).where(here))


def held_row(row: Row[*tuple[Any, ...]]) -> HeldRow:
    """Make the public row of an alert from a selected one."""
    reasons = tuple((Why(why), what) for why, what in json.loads(row.reasons))
    return HeldRow(row.id, subject_of(row), reasons)


def subject_of(row: Row[*tuple[Any, ...]]) -> int:
    """Name what an alert is about: a story by its id, an article by its negative one."""
    story_id: int | None = row.story_id
    article_id: int = row.article_id or 0
    return -article_id if story_id is None else story_id


def written(reasons: Collection[Reason]) -> str:
    """Write reasons as they are stored."""
    return json.dumps(list(reasons), ensure_ascii=False)
