"""Stores what an analysis found in an article, within a transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import DeclarativeBase

from bot.archive.people_links import find_person, reconsider
from bot.archive.people_tables import (
    AppearanceTable,
    DatedPersonTable,
    DateTable,
    EncounterTable,
    MentionTable,
    QuotedPersonTable,
    QuoteTable,
    RoleTable,
)
from summarizer.findings import Findings, FoundPerson
from summarizer.identity import Named, Reason
from summarizer.name_keys import folded_name, take_apart

QuoteIds = dict[tuple[str, bool], list[int]]
"""The ids of quotes by their words and whether they are verbatim, in the order of the text."""


async def quote_ids(connection: AsyncConnection, article_id: int) -> QuoteIds:
    """Read the ids of an article's quotes, before another analysis takes their place."""
    query = (
        select(QuoteTable.id, QuoteTable.text, QuoteTable.direct)
        .where(QuoteTable.article_id == article_id)
        .order_by(QuoteTable.start, QuoteTable.id)
    )
    ids: QuoteIds = {}
    for row in await connection.execute(query):
        ids.setdefault((row.text, row.direct), []).append(row.id)
    return ids


async def keep_findings(
    connection: AsyncConnection,
    article_id: int,
    findings: Findings,
    seen_at: datetime,
    former: QuoteIds,
) -> set[int]:
    """Store what was found in an article; return the people touched.

    former: the quotes of an earlier analysis; those found again keep their ids, and links to them.
    """
    ids, touched = await _keep_people(connection, article_id, findings, seen_at)
    await _keep_quotes(connection, article_id, findings, ids, former)
    await _keep_dates(connection, article_id, findings, ids)
    await _keep_meetings(connection, findings, ids)
    return touched


async def _keep_people(
    connection: AsyncConnection, article_id: int, findings: Findings, seen_at: datetime
) -> tuple[dict[int, int], set[int]]:
    """Store the people of an article.

    Returns the id of each appearance by its place in the findings, and the people touched.
    """
    ids: dict[int, int] = {}
    touched: set[int] = set()
    # Names written out come first: they tell whose the initials are.
    order = sorted(
        range(len(findings.people)), key=lambda place: not _is_full(findings.people[place].name)
    )
    for place in order:
        found = findings.people[place]
        if take_apart(found.name) is None:
            continue
        posts = tuple(role.title for role in found.roles)
        link = await find_person(connection, Named(found.name, found.gender, posts))
        touched.add(link.person_id)
        ids[place] = await _keep_appearance(
            connection, article_id, found, link.person_id, link.reason, seen_at
        )
        if _is_full(found.name) and link.reason in (Reason.FIRST_SEEN, Reason.FULL_NAME):
            touched |= await reconsider(connection, found.name)
    return ids, touched


def _is_full(name: str) -> bool:
    parts = take_apart(name)
    return parts is not None and parts.is_full


async def _keep_appearance(
    connection: AsyncConnection,
    article_id: int,
    found: FoundPerson,
    person_id: int,
    reason: Reason,
    seen_at: datetime,
) -> int:
    first = found.first
    query = insert(AppearanceTable).values(
        article_id=article_id,
        person_id=person_id,
        name=found.name[:200],
        folded=folded_name(found.name[:200]),
        is_weak=not _is_full(found.name),
        gender=found.gender,
        reason=reason,
        seen_at=seen_at,
        sentence=first.text if first else None,
        sentence_start=first.span.start if first else None,
        sentence_end=first.span.end if first else None,
    )
    appearance_id = (await connection.execute(query.returning(AppearanceTable.id))).scalar_one()
    mentions = [
        {"surface": surface[:200], "start": span.start, "end": span.end}
        for surface, span in found.mentions
    ]
    roles = [
        {
            "title": role.title[:500],
            "folded": " ".join(role.title[:500].casefold().replace("ё", "е").split()),
            "start": role.span.start,
            "end": role.span.end,
        }
        for role in found.roles
    ]
    for table, rows in ((MentionTable, mentions), (RoleTable, roles)):
        numbered = [
            {"appearance_id": appearance_id, "position": number, **row}
            for number, row in enumerate(rows)
        ]
        await _insert(connection, table, numbered)
    return appearance_id


async def _keep_quotes(
    connection: AsyncConnection,
    article_id: int,
    findings: Findings,
    ids: dict[int, int],
    former: QuoteIds,
) -> None:
    for found in findings.quotes:
        known = former.get((found.quote.text, found.quote.direct))
        query = insert(QuoteTable).values(
            **({"id": known.pop(0)} if known else {}),
            article_id=article_id,
            speaker_id=None if found.speaker is None else ids.get(found.speaker),
            text=found.quote.text,
            start=found.quote.span.start,
            end=found.quote.span.end,
            verb=found.quote.verb[:100],
            direct=found.quote.direct,
        )
        quote_id = (await connection.execute(query.returning(QuoteTable.id))).scalar_one()
        about = [
            {"quote_id": quote_id, "appearance_id": ids[place]}
            for place in sorted(set(found.about))
            if place in ids and place != found.speaker
        ]
        await _insert(connection, QuotedPersonTable, about)


async def _keep_dates(
    connection: AsyncConnection, article_id: int, findings: Findings, ids: dict[int, int]
) -> None:
    for found in findings.dates:
        query = insert(DateTable).values(
            article_id=article_id,
            text=found.date.text[:200],
            iso=found.date.iso[:24],
            start=found.date.span.start,
            end=found.date.span.end,
            sentence=found.sentence,
        )
        date_id = (await connection.execute(query.returning(DateTable.id))).scalar_one()
        people = [
            {"date_id": date_id, "appearance_id": ids[place]}
            for place in sorted(set(found.people))
            if place in ids
        ]
        await _insert(connection, DatedPersonTable, people)


async def _keep_meetings(
    connection: AsyncConnection, findings: Findings, ids: dict[int, int]
) -> None:
    pairs: dict[tuple[int, int], str] = {}
    for found in findings.meetings:
        people = [ids[place] for place in found.people if place in ids]
        for one in people:
            for other in people:
                if one != other:
                    pairs.setdefault((one, other), found.sentence)
    rows = [
        {"appearance_id": one, "other_id": other, "sentence": sentence}
        for (one, other), sentence in pairs.items()
    ]
    await _insert(connection, EncounterTable, rows)


async def _insert(
    connection: AsyncConnection, table: type[DeclarativeBase], rows: Sequence[Mapping[str, object]]
) -> None:
    if rows:
        await connection.execute(insert(table), [dict(row) for row in rows])
