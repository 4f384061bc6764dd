"""Reading stories with their articles, people, quotes and meetings, in few queries for many."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.archive.people_tables import (
    AppearanceTable,
    EncounterTable,
    PersonTable,
    QuoteTable,
    RoleTable,
)
from bot.archive.relevance_tables import RelevanceTable
from bot.archive.rows import EvidenceRow, SentenceRow
from bot.archive.story_placing import is_told
from bot.archive.story_rows import (
    DifferenceRow,
    FigureRow,
    StatementRow,
    StoryArticleRow,
    StoryDetailsRow,
    StoryMeetingRow,
    StoryPersonRow,
    StoryQuoteRow,
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

_MOST_PEOPLE = 20
_MOST_QUOTES = 10
_MOST_MEETINGS = 10
_LEAST_QUOTE_WORDS = 6

Q = TypeVar("Q", bound=Select[*tuple[Any, ...]])


async def read_stories(connection: AsyncConnection, ids: Sequence[int]) -> list[StoryRow]:
    """Read stories in the order of their ids as given; one without articles is left out."""
    found: dict[int, StoryRow] = {}
    for part in _parts(ids):
        articles = await _articles(connection, part)
        query = select(StoryTable).where(StoryTable.id.in_(part))
        for row in await connection.execute(query):
            if articles[row.id]:
                found[row.id] = _story(row, articles[row.id])
    return [found[one] for one in ids if one in found]


async def read_details(
    connection: AsyncConnection, ids: Collection[int]
) -> dict[int, StoryDetailsRow]:
    """Read the people, quotes and meetings of stories, by story id."""
    details: dict[int, StoryDetailsRow] = {}
    for part in _parts(list(ids)):
        people = await _people(connection, part)
        quotes = await _quotes(connection, part)
        meetings = await _meetings(connection, part)
        for one in part:
            details[one] = StoryDetailsRow(
                tuple(people[one][:_MOST_PEOPLE]),
                tuple(quotes[one][:_MOST_QUOTES]),
                tuple(meetings[one][:_MOST_MEETINGS]),
            )
    return details


def line_row(line: Line, articles: Sequence[int]) -> SentenceRow:
    """Give a line as a row; `articles` are the ids that its sources count among."""
    return SentenceRow(
        line.text,
        tuple(place for source, said in line.said_by for place in _places(articles[source], said)),
    )


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
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
        articles=tuple(articles),
        is_sample=row.is_sample,
    )


def _sentence(article_id: int, said: Said) -> SentenceRow:
    return SentenceRow(said.text, _places(article_id, said))


def _places(article_id: int, said: Said) -> tuple[EvidenceRow, ...]:
    return tuple(EvidenceRow(article_id, span.start, span.end) for span in said.spans)


def _in_stories(query: Q, ids: Sequence[int]) -> Q:
    """Keep what stands in the articles of stories that are not reprints."""
    return query.join(ArticleTable, ArticleTable.id == StoryArticleTable.article_id).where(
        StoryArticleTable.story_id.in_(ids), is_told()
    )


async def _people(
    connection: AsyncConnection, ids: Sequence[int]
) -> dict[int, list[StoryPersonRow]]:
    articles = func.count(AppearanceTable.article_id.distinct())
    query = _in_stories(
        select(
            StoryArticleTable.story_id,
            PersonTable.id,
            PersonTable.name,
            PersonTable.is_beat,
            articles.label("articles"),
        )
        .select_from(StoryArticleTable)
        .join(AppearanceTable, AppearanceTable.article_id == StoryArticleTable.article_id)
        .join(PersonTable, PersonTable.id == AppearanceTable.person_id),
        ids,
    )
    query = query.group_by(
        StoryArticleTable.story_id, PersonTable.id, PersonTable.name, PersonTable.is_beat
    ).order_by(articles.desc(), func.min(AppearanceTable.id))
    posts = await _posts(connection, ids)
    found: dict[int, list[StoryPersonRow]] = defaultdict(list)
    for row in await connection.execute(query):
        post = posts.get((row.story_id, row.id))
        found[row.story_id].append(
            StoryPersonRow(row.id, row.name, post, row.is_beat, row.articles)
        )
    return found


async def _posts(connection: AsyncConnection, ids: Sequence[int]) -> dict[tuple[int, int], str]:
    """Give each person's post in each story: what the newest article states, its first."""
    query = _in_stories(
        select(StoryArticleTable.story_id, AppearanceTable.person_id, RoleTable.title)
        .select_from(StoryArticleTable)
        .join(AppearanceTable, AppearanceTable.article_id == StoryArticleTable.article_id)
        .join(RoleTable, RoleTable.appearance_id == AppearanceTable.id),
        ids,
    ).order_by(AppearanceTable.seen_at.desc(), AppearanceTable.id.desc(), RoleTable.position)
    posts: dict[tuple[int, int], str] = {}
    for row in await connection.execute(query):
        posts.setdefault((row.story_id, row.person_id), row.title)
    return posts


async def _quotes(
    connection: AsyncConnection, ids: Sequence[int]
) -> dict[int, list[StoryQuoteRow]]:
    """List direct quotes: of known speakers first, then by length up to a point; each once."""
    post = (
        select(RoleTable.title)
        .where(RoleTable.appearance_id == QuoteTable.speaker_id)
        .order_by(RoleTable.position)
        .limit(1)
        .scalar_subquery()
    )
    query = _in_stories(
        select(
            StoryArticleTable.story_id,
            QuoteTable.id,
            QuoteTable.text,
            QuoteTable.start,
            QuoteTable.end,
            QuoteTable.verb,
            PersonTable.id.label("speaker_id"),
            PersonTable.name.label("speaker"),
            post.label("post"),
            QuoteTable.article_id,
        )
        .select_from(StoryArticleTable)
        .join(QuoteTable, and_(QuoteTable.article_id == StoryArticleTable.article_id))
        .outerjoin(AppearanceTable, AppearanceTable.id == QuoteTable.speaker_id)
        .outerjoin(PersonTable, PersonTable.id == AppearanceTable.person_id),
        ids,
    ).where(QuoteTable.direct.is_(True))
    query = query.order_by(ArticleTable.listed_at, ArticleTable.id, QuoteTable.start)
    found: dict[int, list[StoryQuoteRow]] = defaultdict(list)
    said: set[tuple[int, str]] = set()
    for row in await connection.execute(query):
        values = row._asdict()
        story_id = values.pop("story_id")
        folded = " ".join(row.text.casefold().replace("ё", "е").split()).strip(" .,!?»«")
        if (story_id, folded) not in said:
            said.add((story_id, folded))
            found[story_id].append(StoryQuoteRow(**values))
    for quotes in found.values():
        quotes.sort(key=_worth, reverse=True)
    return found


def _worth(quote: StoryQuoteRow) -> tuple[bool, bool, int]:
    """Rank a quote: long enough to say something, by somebody known, not beyond two lines."""
    words = len(quote.text.split())
    return words >= _LEAST_QUOTE_WORDS, quote.speaker_id is not None, -abs(words - 20)


async def _meetings(
    connection: AsyncConnection, ids: Sequence[int]
) -> dict[int, list[StoryMeetingRow]]:
    one, other = aliased(AppearanceTable), aliased(AppearanceTable)
    query = _in_stories(
        select(
            StoryArticleTable.story_id,
            one.article_id,
            one.person_id.label("one"),
            other.person_id.label("other"),
            EncounterTable.sentence,
            one.sentence.label("first"),
            one.sentence_start,
            one.sentence_end,
        )
        .select_from(StoryArticleTable)
        .join(one, one.article_id == StoryArticleTable.article_id)
        .join(EncounterTable, EncounterTable.appearance_id == one.id)
        .join(other, other.id == EncounterTable.other_id),
        ids,
    ).where(one.id < other.id, one.person_id != other.person_id)
    query = query.order_by(ArticleTable.listed_at, ArticleTable.id, one.id)
    found: dict[int, list[StoryMeetingRow]] = defaultdict(list)
    told: set[tuple[int, frozenset[int]]] = set()
    for row in await connection.execute(query):
        pair = (row.story_id, frozenset((row.one, row.other)))
        if pair in told:
            continue
        told.add(pair)
        is_first = row.first == row.sentence and row.sentence_start is not None
        place = (
            EvidenceRow(row.article_id, row.sentence_start, row.sentence_end) if is_first else None
        )
        found[row.story_id].append(
            StoryMeetingRow((row.one, row.other), row.sentence, row.article_id, place)
        )
    return found
