"""What operators correct: two people who are one, and one name that is somebody else's.

A correction leaves an alias of its own kind, which comes before every other rule when names are
joined; so it holds for articles that come later, and for those that are analysed again.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.people_links import BY_OPERATOR, SEEN, add_alias, add_person
from bot.archive.people_tables import (
    AliasTable,
    AppearanceTable,
    CorrectionTable,
    FollowTable,
    PersonTable,
)
from bot.archive.people_upkeep import refresh
from bot.archive.sharing_tables import MovedPersonTable
from summarizer.identity import Reason
from summarizer.name_keys import folded_name, take_apart


async def merge(
    connection: AsyncConnection, person_id: int, into: int, *, by: int, now: datetime
) -> bool:
    """Make one person of two; return False when one is gone or they are one already."""
    people = select(PersonTable.id, PersonTable.name).where(PersonTable.id.in_((person_id, into)))
    names = {row.id: row.name for row in await connection.execute(people)}
    if len(names) < 2:
        return False
    await join(connection, person_id, into, reason=Reason.CORRECTION, kind=BY_OPERATOR)
    await _note(connection, "merge", names[person_id], into, by, now)
    return True


async def join(
    connection: AsyncConnection, person_id: int, into: int, *, reason: Reason, kind: str
) -> None:
    """Move everything of a person to another one, and their names as aliases of a kind.

    Links to the first lead to the second from then on.
    """
    aliases = select(AliasTable.name).where(AliasTable.person_id == person_id)
    for name in _telling((await connection.execute(aliases)).scalars().all()):
        await add_alias(connection, into, name, kind)
        await add_alias(connection, into, name, SEEN)
    await connection.execute(
        update(AppearanceTable)
        .where(AppearanceTable.person_id == person_id)
        .values(person_id=into, reason=reason)
    )
    await connection.execute(
        update(CorrectionTable).where(CorrectionTable.person_id == person_id).values(person_id=into)
    )
    both = select(FollowTable.subscriber_id).where(FollowTable.person_id == into)
    await connection.execute(
        update(FollowTable)
        .where(FollowTable.person_id == person_id, FollowTable.subscriber_id.not_in(both))
        .values(person_id=into)
    )
    await connection.execute(
        update(MovedPersonTable)
        .where(MovedPersonTable.person_id == person_id)
        .values(person_id=into)
    )
    await connection.execute(insert(MovedPersonTable).values(former_id=person_id, person_id=into))
    await connection.execute(delete(PersonTable).where(PersonTable.id == person_id))
    await refresh(connection, [into])


def _telling(names: Collection[str]) -> Collection[str]:
    """Leave initials and bare surnames out where there is a full name: others bear them as well."""
    full = [name for name in names if (parts := take_apart(name)) is not None and parts.is_full]
    return full or names


async def split(
    connection: AsyncConnection, person_id: int, name: str, *, by: int, now: datetime
) -> int | None:
    """Make a person of those who bear a name; return their id, or None where it cannot be."""
    folded = folded_name(name)
    of_person = AppearanceTable.person_id == person_id
    forms = await connection.execute(select(AppearanceTable.folded).where(of_person).distinct())
    known = set(forms.scalars())
    if folded not in known or len(known) < 2:
        return None
    new = await add_person(connection, name)
    for kind in (BY_OPERATOR, SEEN):
        await add_alias(connection, new, name, kind)
    await connection.execute(
        delete(AliasTable).where(AliasTable.person_id == person_id, AliasTable.folded == folded)
    )
    await connection.execute(
        update(AppearanceTable)
        .where(of_person, AppearanceTable.folded == folded)
        .values(person_id=new, reason=Reason.CORRECTION)
    )
    await _note(connection, "split", name, new, by, now)
    await refresh(connection, [person_id, new])
    return new


async def _note(
    connection: AsyncConnection, kind: str, name: str, person_id: int, by: int, now: datetime
) -> None:
    await connection.execute(
        insert(CorrectionTable).values(
            kind=kind, name=name, person_id=person_id, made_by=by, made_at=now
        )
    )
