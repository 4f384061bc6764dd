"""Reading stories with their articles, in few queries for many."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.archive.relevance_tables import RelevanceTable
from bot.archive.rows import EvidenceRow, SentenceRow
from bot.archive.story_placing import is_told
from bot.archive.story_rows import (
    DifferenceRow,
    EncounterRow,
    FigureRow,
    StatementRow,
    StoryArticleRow,
    StoryRow,
    UpcomingRow,
)
from bot.archive.story_tables import StoryArticleTable, StoryTable
from bot.archive.story_writing import TOLD
from bot.archive.tables import ArticleTable
from summarizer.stories_material import Said
from summarizer.story_summary import Line
from summarizer.upcoming import period

_BATCH = 400
"""Ids in one statement; SQLite takes no more than some thousands."""


async def read_stories(connection: AsyncConnection, ids: Sequence[int]) -> list[StoryRow]:
    """Read stories in the order of their ids as given; one without articles is left out."""
    found: dict[int, StoryRow] = {}
    for part in parts(ids):
        articles = await _articles(connection, part)
        query = select(StoryTable).where(StoryTable.id.in_(part))
        for row in await connection.execute(query):
            if articles[row.id]:
                found[row.id] = _story(row, articles[row.id])
    return [found[one] for one in ids if one in found]


def line_row(line: Line, articles: Sequence[int]) -> SentenceRow:
    """Give a line as a row; `articles` are the ids that its sources count among."""
    return SentenceRow(
        line.text,
        tuple(place for source, said in line.said_by for place in _places(articles[source], said)),
    )


def parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    """Part ids into as many as one statement takes."""
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


async def _articles(
    connection: AsyncConnection, ids: Sequence[int]
) -> dict[int, list[StoryArticleRow]]:
    # Apart from the table that the condition on articles looks into.
    judged = aliased(RelevanceTable)
    query = (
        select(
            StoryArticleTable.story_id,
            ArticleTable.id,
            ArticleTable.title,
            ArticleTable.title_from_body,
            ArticleTable.outlet,
            ArticleTable.url,
            ArticleTable.language,
            ArticleTable.published_at,
            ArticleTable.published_has_time,
            ArticleTable.listed_at,
            ArticleTable.added_at,
            ArticleTable.is_sample,
            ArticleTable.original_id,
            judged.score.label("relevance"),
            StoryArticleTable.reason,
            StoryArticleTable.score,
        )
        .join(ArticleTable, ArticleTable.id == StoryArticleTable.article_id)
        .outerjoin(judged, judged.article_id == ArticleTable.id)
        .where(StoryArticleTable.story_id.in_(ids), is_told())
        .order_by(ArticleTable.listed_at, ArticleTable.id)
    )
    found: dict[int, list[StoryArticleRow]] = defaultdict(list)
    for row in await connection.execute(query):
        values = row._asdict()
        found[values.pop("story_id")].append(StoryArticleRow(**values))
    return found


def _story(row: Row[*tuple[object, ...]], articles: Sequence[StoryArticleRow]) -> StoryRow:
    stored = TOLD.validate_json(row.told) if row.told else None
    told = stored.told if stored else None
    ids = stored.articles if stored else ()
    here = {article.id for article in articles}
    lines = [line_row(line, ids) for line in told.lines] if told else []
    return StoryRow(
        id=row.id,
        headline=row.headline or articles[0].title,
        first_at=row.first_at,
        last_at=row.last_at,
        lines=tuple(line for line in lines if {e.article_id for e in line.evidence} <= here),
        happened_on=told.happened_on if told else None,
        places=told.places if told else (),
        differences=tuple(
            DifferenceRow(
                difference.kind,
                tuple(
                    StatementRow(one.value, _sentence(ids[one.source], one.said))
                    for one in difference.statements
                ),
            )
            for difference in (told.differences if told else ())
            if {ids[one.source] for one in difference.statements} <= here
        ),
        upcoming=tuple(
            UpcomingRow(days[0], days[1], _sentence(ids[source], one.said))
            for source, one in (told.upcoming if told else ())
            if ids[source] in here and (days := period(f"{one.starts_on}/{one.ends_on}"))
        ),
        figures=tuple(
            FigureRow(one.value, _sentence(ids[source], one.said))
            for source, one in (told.figures if told else ())
            if ids[source] in here
        ),
        encounters=tuple(
            EncounterRow(one.people, one.place, one.day, _sentence(ids[source], one.said))
            for source, one in (told.encounters if told else ())
            if ids[source] in here
        ),
        articles=tuple(articles),
        is_sample=row.is_sample,
    )


def _sentence(article_id: int, said: Said) -> SentenceRow:
    return SentenceRow(said.text, _places(article_id, said))


def _places(article_id: int, said: Said) -> tuple[EvidenceRow, ...]:
    return tuple(EvidenceRow(article_id, span.start, span.end) for span in said.spans)
