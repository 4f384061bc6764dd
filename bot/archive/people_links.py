"""Who is who: joins the people of articles with those of the archive, within a transaction."""

from collections.abc import Collection, Iterable, Sequence
from typing import cast

from rapidfuzz.distance import OSA
from sqlalchemy import Row, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.people_tables import (
    AliasTable,
    AppearanceTable,
    NameWordTable,
    PersonTable,
    RoleTable,
)
from summarizer.analysis import Gender
from summarizer.identity import Bearer, Link, Named, Reason, decide
from summarizer.name_keys import (
    differ_in_ending,
    folded_name,
    head_and_tail,
    sound,
    take_apart,
)

SEEN, OF_BEAT, BY_OPERATOR = "seen", "beat", "operator"
"""Where an alias comes from."""

_LONGEST_NAME = 200
_MOST_RECONSIDERED = 500
_ARTICLES_READ = 200
_WEAK = (Reason.INITIALS, Reason.SURNAME)
"""Links that rest on little: what such an article says of a post proves nothing about others."""


async def hold_names(connection: AsyncConnection) -> None:
    """Let no other process join names until this transaction ends.

    SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('vestnik people'))"))


async def find_person(connection: AsyncConnection, named: Named) -> Link:
    """Find who a person of an article is; whoever is new becomes a person of the archive."""
    link = decide(named, await bearers(connection, [named.name]))
    if link is None:
        person_id = await add_person(connection, named.name, gender=named.gender)
        link = Link(person_id, Reason.FIRST_SEEN)
    await add_alias(connection, link.person_id, named.name, SEEN)
    return link


async def add_person(connection: AsyncConnection, name: str, *, gender: str | None = None) -> int:
    """Add a person without aliases; return the id."""
    query = insert(PersonTable).values(name=name[:_LONGEST_NAME], gender=gender, articles=0)
    return (await connection.execute(query.returning(PersonTable.id))).scalar_one()


async def add_people(connection: AsyncConnection, names: Sequence[str]) -> list[int]:
    """Add people without aliases; return their ids in order."""
    if not names:
        return []
    query = insert(PersonTable).returning(PersonTable.id, sort_by_parameter_order=True)
    rows = [{"name": name[:_LONGEST_NAME], "articles": 0} for name in names]
    return list((await connection.execute(query, rows)).scalars())


async def add_alias(connection: AsyncConnection, person_id: int, name: str, kind: str) -> None:
    """Let a person be found by a name, unless they are already."""
    there = select(AliasTable.id).where(
        AliasTable.person_id == person_id,
        AliasTable.kind == kind,
        AliasTable.folded == folded_name(name[:_LONGEST_NAME]),
    )
    if (await connection.execute(there)).first() is None:
        await add_aliases(connection, [(person_id, name)], kind)


async def add_aliases(
    connection: AsyncConnection, names: Iterable[tuple[int, str]], kind: str
) -> None:
    """Let people be found by names that they do not have yet."""
    rows: dict[tuple[int, str], str] = {}
    for person_id, name in names:
        if folded := folded_name(name[:_LONGEST_NAME]):
            rows.setdefault((person_id, folded), name[:_LONGEST_NAME])
    if not rows:
        return
    await connection.execute(
        insert(AliasTable),
        [
            {"person_id": person_id, "name": name, "folded": folded, "kind": kind}
            for (person_id, folded), name in rows.items()
        ],
    )
    await _add_words(connection, rows)


async def _add_words(connection: AsyncConnection, names: Iterable[tuple[int, str]]) -> None:
    """Let people be found by the words of folded names."""
    wanted = {
        (person_id, heard)
        for person_id, folded in names
        for word in folded.split()
        if len(word) > 1 and (heard := sound(word)[:100])
    }
    known = select(NameWordTable.person_id, NameWordTable.sound).where(
        NameWordTable.person_id.in_({person_id for person_id, _ in wanted})
    )
    there = {(row.person_id, row.sound) for row in await connection.execute(known)}
    rows = []
    for person_id, heard in sorted(wanted - there):
        head, tail = head_and_tail(heard)
        rows.append({"person_id": person_id, "sound": heard, "head": head, "tail": tail})
    if rows:
        await connection.execute(insert(NameWordTable), rows)


async def bearers(connection: AsyncConnection, names: Sequence[str]) -> list[Bearer]:
    """Read everybody who could be meant by one of these names, with what is known of them."""
    surnames = {parts.surname for name in names if (parts := take_apart(name)) is not None}
    ids = await people_called(connection, [sound(surname) for surname in surnames])
    if not ids:
        return []
    people = select(PersonTable.id, PersonTable.gender, PersonTable.is_beat).where(
        PersonTable.id.in_(ids)
    )
    called = await _names(connection, ids)
    return [
        Bearer(
            row.id,
            tuple(name for name, _ in called.get(row.id, ())),
            cast("Gender | None", row.gender),
            await _posts(connection, row.id),
            row.is_beat,
            frozenset(name for name, kind in called.get(row.id, ()) if kind == BY_OPERATOR),
        )
        for row in (await connection.execute(people.order_by(PersonTable.id))).all()
    ]


async def people_called(connection: AsyncConnection, sounds: Collection[str]) -> list[int]:
    """Find the people one of whose words sounds so, up to a case ending or one slip."""
    affixes = [head_and_tail(word) for word in sounds if word]
    query = select(NameWordTable.person_id, NameWordTable.sound).where(
        NameWordTable.head.in_({head for head, _ in affixes})
        | NameWordTable.tail.in_({tail for _, tail in affixes})
    )
    return sorted(
        {
            row.person_id
            for row in await connection.execute(query)
            if any(is_near(row.sound, word) for word in sounds)
        }
    )


def is_near(one: str, other: str) -> bool:
    """Say whether two sounds are the same up to a case ending or one slip of a letter."""
    return differ_in_ending(one, other) or OSA.distance(one, other, score_cutoff=1) <= 1


async def _names(
    connection: AsyncConnection, ids: Collection[int]
) -> dict[int, list[tuple[str, str]]]:
    query = select(AliasTable.person_id, AliasTable.name, AliasTable.kind).where(
        AliasTable.person_id.in_(ids)
    )
    names: dict[int, list[tuple[str, str]]] = {}
    for row in await connection.execute(query.order_by(AliasTable.id)):
        names.setdefault(row.person_id, []).append((row.name, row.kind))
    return names


async def _posts(connection: AsyncConnection, person_id: int) -> tuple[str, ...]:
    """Read the posts of a person, by the newest articles that are sure to mean them."""
    newest = (
        select(AppearanceTable.id)
        .where(AppearanceTable.person_id == person_id, AppearanceTable.reason.not_in(_WEAK))
        .order_by(AppearanceTable.seen_at.desc())
        .limit(_ARTICLES_READ)
    )
    query = select(RoleTable.title).where(RoleTable.appearance_id.in_(newest)).distinct()
    return tuple((await connection.execute(query)).scalars())


async def reconsider(connection: AsyncConnection, name: str) -> set[int]:
    """Look again at initials and bare surnames, now that somebody of this name is known.

    Returns the people whose appearances changed.
    """
    around = await bearers(connection, [name])
    full = {bearer.id for bearer in around if _is_full(bearer)}
    changed: set[int] = set()
    for row in await _weak_appearances(connection, [bearer.id for bearer in around]):
        posts = select(RoleTable.title).where(RoleTable.appearance_id == row.id)
        titles = tuple((await connection.execute(posts)).scalars())
        named = Named(row.name, cast("Gender | None", row.gender), titles)
        link = decide(named, around)
        if link is None and row.person_id in full:
            person_id = await add_person(connection, row.name, gender=row.gender)
            await add_alias(connection, person_id, row.name, SEEN)
            link = Link(person_id, Reason.FIRST_SEEN)
            around.append(Bearer(person_id, (row.name,), named.gender, titles))
        if link is not None and (link.person_id, link.reason) != (row.person_id, row.reason):
            await _move(connection, row.id, link)
            await add_alias(connection, link.person_id, row.name, SEEN)
            changed |= {row.person_id, link.person_id}
    return changed


async def _weak_appearances(
    connection: AsyncConnection, ids: Collection[int]
) -> Sequence[Row[int, int, str, str | None, str]]:
    query = (
        select(
            AppearanceTable.id,
            AppearanceTable.person_id,
            AppearanceTable.name,
            AppearanceTable.gender,
            AppearanceTable.reason,
        )
        .where(AppearanceTable.person_id.in_(ids), AppearanceTable.is_weak)
        .order_by(AppearanceTable.seen_at.desc())
        .limit(_MOST_RECONSIDERED)
    )
    return (await connection.execute(query)).all()


def _is_full(bearer: Bearer) -> bool:
    return any((parts := take_apart(name)) is not None and parts.is_full for name in bearer.names)


async def _move(connection: AsyncConnection, appearance_id: int, link: Link) -> None:
    await connection.execute(
        update(AppearanceTable)
        .where(AppearanceTable.id == appearance_id)
        .values(person_id=link.person_id, reason=link.reason)
    )
