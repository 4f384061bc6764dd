"""Keeps what is stored of a person in step with their appearances, within a transaction."""

from collections.abc import Collection, Sequence

from sqlalchemy import Row, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.people_links import BY_OPERATOR, SEEN
from bot.archive.people_tables import (
    AliasTable,
    AppearanceTable,
    FollowTable,
    PersonTable,
)
from summarizer.identity import Reason
from summarizer.name_keys import is_cyrillic, take_apart


async def refresh(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Count anew, vote anew over the name, and forget people of whom nothing is left."""
    for person_id in ids:
        await _recount(connection, person_id)
        await _rename(connection, person_id)
    await _forget(connection, ids)


async def _recount(connection: AsyncConnection, person_id: int) -> None:
    of_person = AppearanceTable.person_id == person_id
    counted = select(
        func.count(AppearanceTable.article_id.distinct()),
        func.min(AppearanceTable.seen_at),
        func.max(AppearanceTable.seen_at),
    ).where(of_person)
    articles, first, last = (await connection.execute(counted)).one()
    gender = (
        select(AppearanceTable.gender)
        .where(of_person, AppearanceTable.gender.is_not(None))
        .limit(1)
    )
    await connection.execute(
        update(PersonTable)
        .where(PersonTable.id == person_id)
        .values(
            articles=articles,
            first_seen_at=first,
            last_seen_at=last,
            gender=func.coalesce(PersonTable.gender, gender.scalar_subquery()),
        )
    )


async def _rename(connection: AsyncConnection, person_id: int) -> None:
    """Give the name that most articles give; what the beat says stands."""
    query = select(PersonTable.name, PersonTable.latin, PersonTable.is_beat)
    person = (await connection.execute(query.where(PersonTable.id == person_id))).one_or_none()
    if person is None or person.is_beat:
        return
    counts = (
        select(
            AppearanceTable.name,
            func.count().label("number"),
            # What an operator merged into this entry does not name it.
            func.count().filter(AppearanceTable.reason != Reason.CORRECTION).label("own"),
        )
        .where(AppearanceTable.person_id == person_id)
        .group_by(AppearanceTable.name)
    )
    votes = (await connection.execute(counts)).all()
    if not votes:
        return
    latin = [vote for vote in votes if not is_cyrillic(vote.name)]
    values = {"name": max(votes, key=_weight).name}
    if latin and (best := max(latin, key=_weight).name) != values["name"]:
        values["latin"] = best
    await connection.execute(update(PersonTable).where(PersonTable.id == person_id).values(values))


def _weight(vote: Row[str, int, int]) -> tuple[bool, bool, int, int, int, str]:
    """Rank a name: written out before initials, Cyrillic before Latin, then by the articles."""
    parts = take_apart(vote.name)
    is_full = parts is not None and parts.is_full
    return is_full, is_cyrillic(vote.name), vote.own, vote.number, len(vote.name), vote.name


async def _forget(connection: AsyncConnection, ids: Collection[int]) -> None:
    mine = AliasTable.person_id == PersonTable.id
    await connection.execute(
        delete(PersonTable).where(
            PersonTable.id.in_(ids),
            PersonTable.articles == 0,
            ~PersonTable.is_beat,
            ~exists().where(mine, AliasTable.kind == BY_OPERATOR),
            ~exists().where(FollowTable.person_id == PersonTable.id),
        )
    )
    # A name that no article gives this person any longer is not theirs.
    used = select(AppearanceTable.folded).where(
        AppearanceTable.person_id == AliasTable.person_id,
        AppearanceTable.folded == AliasTable.folded,
    )
    await connection.execute(
        delete(AliasTable).where(
            AliasTable.person_id.in_(ids),
            AliasTable.kind == SEEN,
            ~exists(used.correlate(AliasTable)),
        )
    )


async def people_of(connection: AsyncConnection, article_id: int) -> Sequence[int]:
    """List the people of an article."""
    query = select(AppearanceTable.person_id).where(AppearanceTable.article_id == article_id)
    return (await connection.execute(query.distinct())).scalars().all()
