"""Takes the people of the beat over into the archive, within a transaction."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.people_corrections import join
from bot.archive.people_links import BY_OPERATOR, OF_BEAT, SEEN, add_aliases, add_people
from bot.archive.people_rows import KnownPerson
from bot.archive.people_tables import AliasTable, PersonTable
from bot.archive.people_upkeep import refresh
from summarizer.identity import Reason
from summarizer.name_keys import folded_name


async def take_over(connection: AsyncConnection, people: Sequence[KnownPerson]) -> None:
    """Store the people of the beat and their names; who is no longer in it is no longer of it."""
    wanted = {
        (folded_name(person.name), folded_name(alias)): alias
        for person in people
        for alias in _all_names(person)
    }
    query = (
        select(PersonTable.name, AliasTable.folded)
        .join(AliasTable, AliasTable.person_id == PersonTable.id)
        .where(AliasTable.kind == OF_BEAT)
    )
    stored = {(folded_name(row.name), row.folded) for row in await connection.execute(query)}
    if stored == set(wanted):
        return
    known = await _known(connection, people)
    former = select(PersonTable.id).where(PersonTable.is_beat)
    former_ids = set((await connection.execute(former)).scalars())
    await connection.execute(delete(AliasTable).where(AliasTable.kind == OF_BEAT))
    await connection.execute(update(PersonTable).where(PersonTable.is_beat).values(is_beat=False))
    ids = await _keep(connection, people, known)
    # The beat says that these names are one person's: who was two until now is one.
    for person_id, bearers in zip(ids, known, strict=True):
        for other in bearers[1:]:
            if other not in ids:
                await join(connection, other, person_id, reason=Reason.BEAT, kind=SEEN)
    await refresh(connection, former_ids - set(ids))


def _all_names(person: KnownPerson) -> Iterable[str]:
    return (person.name, *((person.latin,) if person.latin else ()), *person.aliases)


async def _keep(
    connection: AsyncConnection, people: Sequence[KnownPerson], known: Sequence[Sequence[int]]
) -> list[int]:
    """Store people under all their names; return their ids in order."""
    new = [person for person, bearers in zip(people, known, strict=True) if not bearers]
    added = iter(await add_people(connection, [person.name for person in new]))
    ids = [bearers[0] if bearers else next(added) for bearers in known]
    values = [
        {"of_id": person_id, "name": person.name, "latin": person.latin, "is_beat": True}
        for person_id, person in zip(ids, people, strict=True)
    ]
    if values:
        query = update(PersonTable).where(PersonTable.id == bindparam("of_id"))
        await connection.execute(
            query.values({name: bindparam(name) for name in ("name", "latin", "is_beat")}),
            values,
        )
    names = [
        (person_id, name)
        for person_id, person in zip(ids, people, strict=True)
        for name in _all_names(person)
    ]
    await add_aliases(connection, names, OF_BEAT)
    return ids


async def _known(connection: AsyncConnection, people: Sequence[KnownPerson]) -> list[list[int]]:
    """Find who bears the names of each person already; the one of the canonical name first.

    A name that an operator gave to somebody is theirs, and joins nobody else.
    """
    bearers: dict[str, list[tuple[int, str]]] = {}
    query = select(AliasTable.person_id, AliasTable.folded, AliasTable.kind)
    for row in await connection.execute(query.order_by(AliasTable.person_id)):
        bearers.setdefault(row.folded, []).append((row.person_id, row.kind))
    return [_bearers_of(person, bearers) for person in people]


def _bearers_of(person: KnownPerson, bearers: Mapping[str, list[tuple[int, str]]]) -> list[int]:
    canonical = folded_name(person.name)
    found = sorted(
        bearers.get(canonical, ()), key=lambda bearer: (bearer[1] != BY_OPERATOR, bearer[0])
    )
    for name in map(folded_name, _all_names(person)):
        others = bearers.get(name, ())
        if " " in name and not any(kind == BY_OPERATOR for _, kind in others):
            found += others
    return list(dict.fromkeys(person_id for person_id, _ in found))
