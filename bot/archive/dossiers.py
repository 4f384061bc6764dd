"""Queries about one person: posts, words, company, events, outlets, each with its source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Executable, Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.engine import Database
from bot.archive.people_rows import (
    Event,
    Glance,
    HeldRole,
    JoinedName,
    OutletCount,
    SaidSentence,
    SourceRow,
    SpokenQuote,
)
from bot.archive.people_sources import NEWEST, newest_appearances, sources_of
from bot.archive.people_tables import (
    AppearanceTable,
    DatedPersonTable,
    DateTable,
    PersonTable,
    QuotedPersonTable,
    QuoteTable,
    RoleTable,
)
from bot.archive.tables import ArticleTable

_MOST_ROLES = 60
_MOST_EVENTS = 60
_MOST_OUTLETS = 60
# Who reprints an article says nothing new in it.
_REPRINTS = select(ArticleTable.id).where(ArticleTable.original_id.is_not(None))


@dataclass(frozen=True)
class Dossiers:
    """What the archive holds about one person."""

    database: Database

    async def weeks(self, person_id: int, *, until: datetime, number: int) -> list[int]:
        """Count the articles that named the person in each of the last weeks, oldest first."""
        counts = [
            select(func.count(AppearanceTable.article_id.distinct()))
            .where(
                AppearanceTable.person_id == person_id,
                AppearanceTable.seen_at > until - timedelta(weeks=back + 1),
                AppearanceTable.seen_at <= until - timedelta(weeks=back),
            )
            .scalar_subquery()
            for back in reversed(range(number))
        ]
        async with self.database.reading() as connection:
            return list((await connection.execute(select(*counts))).one())

    async def glance(self, person_id: int) -> Glance:
        """Look at the newest articles: the newest post, how many posts, how many quotes."""
        newest = (
            select(AppearanceTable.id, AppearanceTable.article_id, AppearanceTable.seen_at)
            .where(AppearanceTable.person_id == person_id)
            .order_by(AppearanceTable.seen_at.desc())
            .limit(NEWEST)
            .subquery()
        )
        titles = (
            select(RoleTable.title, RoleTable.folded, newest.c.article_id)
            .join(newest, newest.c.id == RoleTable.appearance_id)
            .order_by(newest.c.seen_at.desc(), func.length(RoleTable.folded).desc())
        )
        counted = (
            select(QuoteTable.direct, func.count())
            .join(newest, newest.c.id == QuoteTable.speaker_id)
            .where(QuoteTable.article_id.not_in(_REPRINTS))
            .group_by(QuoteTable.direct)
        )
        async with self.database.reading() as connection:
            roles = (await connection.execute(titles)).all()
            counts = {bool(row[0]): row[1] for row in await connection.execute(counted)}
            sources = await sources_of(connection, [roles[0].article_id] if roles else [])
        return Glance(
            roles[0].title if roles else None,
            sources[roles[0].article_id] if roles else None,
            len({row.folded for row in roles}),
            counts.get(True, 0),
            counts.get(False, 0),
        )

    async def sentences(self, person_id: int, *, limit: int) -> list[SaidSentence]:
        """List the sentences that name the person first in each article, the newest first."""
        query = (
            select(
                AppearanceTable.article_id,
                AppearanceTable.sentence,
                AppearanceTable.sentence_start,
                AppearanceTable.sentence_end,
            )
            .where(AppearanceTable.person_id == person_id, AppearanceTable.sentence.is_not(None))
            .order_by(AppearanceTable.seen_at.desc(), AppearanceTable.article_id.desc())
            .limit(limit)
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(query)).all()
            sources = await sources_of(connection, [row.article_id for row in rows])
        return [
            SaidSentence(
                row.sentence or "",
                row.sentence_start or 0,
                row.sentence_end or 0,
                sources[row.article_id],
            )
            for row in rows
        ]

    async def articles(
        self, person_id: int, *, limit: int, after: int = 0, other: int | None = None
    ) -> list[SourceRow]:
        """List the articles that name the person, or them and another one, the newest first.

        after: how many are passed over.
        """
        named = select(AppearanceTable.article_id, AppearanceTable.seen_at).where(
            AppearanceTable.person_id == person_id
        )
        if other is not None:
            with_other = select(AppearanceTable.article_id).where(
                AppearanceTable.person_id == other
            )
            named = named.where(AppearanceTable.article_id.in_(with_other))
        named = named.distinct().order_by(
            AppearanceTable.seen_at.desc(), AppearanceTable.article_id.desc()
        )
        async with self.database.reading() as connection:
            ids = (await connection.execute(named.offset(after).limit(limit))).scalars().all()
            sources = await sources_of(connection, ids)
        return [sources[article_id] for article_id in ids]

    async def roles(self, person_id: int) -> list[HeldRole]:
        """List the posts as stated, each from the first article to the last; the newest first."""
        of_person = AppearanceTable.person_id == person_id
        joined = (
            select(
                RoleTable.folded,
                func.min(RoleTable.title).label("title"),
                func.min(AppearanceTable.seen_at).label("first"),
                func.max(AppearanceTable.seen_at).label("last"),
                func.count(AppearanceTable.article_id.distinct()).label("articles"),
            )
            .join(AppearanceTable, AppearanceTable.id == RoleTable.appearance_id)
            .where(of_person)
            .group_by(RoleTable.folded)
            .order_by(
                func.max(AppearanceTable.seen_at).desc(), func.length(RoleTable.folded).desc()
            )
            .limit(_MOST_ROLES)
        )
        async with self.database.reading() as connection:
            found = (await connection.execute(joined)).all()
            ends = await _ends(connection, of_person, found)
            sources = await sources_of(connection, [i for pair in ends.values() for i in pair])
        return [
            HeldRole(
                row.title,
                row.first,
                row.last,
                row.articles,
                sources[ends[row.folded][0]],
                sources[ends[row.folded][1]],
            )
            for row in found
        ]

    async def quotes(
        self, person_id: int, *, direct: bool, limit: int, after: int = 0
    ) -> list[SpokenQuote]:
        """List what the person said, the newest first; after: how many are passed over."""
        speaks = (AppearanceTable.id == QuoteTable.speaker_id) & AppearanceTable.id.in_(
            newest_appearances(person_id)
        )
        query = (
            select(QuoteTable, PersonTable.id.label("person_id"), PersonTable.name)
            .join(AppearanceTable, speaks)
            .join(PersonTable, PersonTable.id == AppearanceTable.person_id)
            .where(QuoteTable.direct == direct, QuoteTable.article_id.not_in(_REPRINTS))
            .order_by(
                AppearanceTable.seen_at.desc(), QuoteTable.article_id.desc(), QuoteTable.start
            )
            .offset(after)
            .limit(limit)
        )
        return await self._quotes(query)

    async def quotes_about(
        self, person_id: int, *, limit: int, after: int = 0
    ) -> list[SpokenQuote]:
        """List others' verbatim words that name the person, the newest first."""
        speaker = select(
            AppearanceTable.id, PersonTable.id.label("person_id"), PersonTable.name
        ).join(PersonTable, PersonTable.id == AppearanceTable.person_id)
        speakers = speaker.subquery()
        query = (
            select(QuoteTable, speakers.c.person_id, speakers.c.name)
            .join(QuotedPersonTable, QuotedPersonTable.quote_id == QuoteTable.id)
            .join(AppearanceTable, AppearanceTable.id == QuotedPersonTable.appearance_id)
            .outerjoin(speakers, speakers.c.id == QuoteTable.speaker_id)
            .where(AppearanceTable.person_id == person_id, QuoteTable.direct)
            .where(QuoteTable.article_id.not_in(_REPRINTS))
            .where(func.coalesce(speakers.c.person_id, 0) != person_id)
            .order_by(
                AppearanceTable.seen_at.desc(), QuoteTable.article_id.desc(), QuoteTable.start
            )
            .offset(after)
            .limit(limit)
        )
        return await self._quotes(query)

    async def events(self, person_id: int) -> list[Event]:
        """List the dates given in sentences about the person, by the newest articles."""
        query = (
            select(DateTable.article_id, DateTable.iso, DateTable.text, DateTable.sentence)
            .join(DatedPersonTable, DatedPersonTable.date_id == DateTable.id)
            .join(AppearanceTable, AppearanceTable.id == DatedPersonTable.appearance_id)
            .where(AppearanceTable.person_id == person_id, DateTable.article_id.not_in(_REPRINTS))
            .distinct()
            .order_by(DateTable.iso.desc(), DateTable.article_id.desc())
            .limit(_MOST_EVENTS)
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(query)).all()
            sources = await sources_of(connection, [row.article_id for row in rows])
        return [Event(row.iso, row.text, row.sentence, sources[row.article_id]) for row in rows]

    async def outlets(self, person_id: int) -> list[OutletCount]:
        """Count the articles of each outlet that name the person; the most telling first."""
        number = func.count(ArticleTable.id.distinct())
        query = (
            select(ArticleTable.outlet, number.label("number"))
            .join(AppearanceTable, AppearanceTable.article_id == ArticleTable.id)
            .where(AppearanceTable.id.in_(newest_appearances(person_id)))
            .group_by(ArticleTable.outlet)
            .order_by(number.desc(), ArticleTable.outlet)
            .limit(_MOST_OUTLETS)
        )
        async with self.database.reading() as connection:
            return [OutletCount(row.outlet, row.number) for row in await connection.execute(query)]

    async def joined_names(self, person_id: int) -> list[JoinedName]:
        """List the names in articles that were taken for the person, with the reasons."""
        number = func.count(AppearanceTable.article_id.distinct())
        query = (
            select(AppearanceTable.name, AppearanceTable.reason, number.label("number"))
            .where(AppearanceTable.id.in_(newest_appearances(person_id)))
            .group_by(AppearanceTable.name, AppearanceTable.reason)
            .order_by(number.desc(), AppearanceTable.name, AppearanceTable.reason)
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [JoinedName(row.name, row.reason, row.number) for row in rows]

    async def _quotes(self, query: Executable) -> list[SpokenQuote]:
        async with self.database.reading() as connection:
            rows = (await connection.execute(query)).all()
            sources = await sources_of(connection, [row.article_id for row in rows])
        return [
            SpokenQuote(
                row.id,
                row.text,
                row.start,
                row.end,
                row.verb,
                row.direct,
                row.person_id,
                row.name,
                sources[row.article_id],
            )
            for row in rows
        ]


async def _ends(
    connection: AsyncConnection,
    of_person: ColumnElement[bool],
    found: Sequence[Row[str, str, datetime, datetime, int]],
) -> dict[str, tuple[int, int]]:
    """Find the first and the last article of each post."""
    moments = {moment for row in found for moment in (row.first, row.last)}
    query = (
        select(RoleTable.folded, AppearanceTable.seen_at, AppearanceTable.article_id)
        .join(AppearanceTable, AppearanceTable.id == RoleTable.appearance_id)
        .where(of_person, AppearanceTable.seen_at.in_(moments))
        .order_by(AppearanceTable.article_id)
    )
    at = {(row[0], row[1]): row[2] for row in await connection.execute(query)}
    return {row.folded: (at[row.folded, row.first], at[row.folded, row.last]) for row in found}
