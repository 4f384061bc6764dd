"""Reading the people and quotes of stories, and who met whom, in few queries for many."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.archive.people_sources import post_of_speaker
from bot.archive.people_tables import (
    AppearanceTable,
    EncounterTable,
    PersonTable,
    QuoteTable,
    RoleTable,
)
from bot.archive.story_placing import is_told
from bot.archive.story_reading import parts
from bot.archive.story_rows import (
    StoryDetailsRow,
    StoryPersonRow,
    StoryQuoteRow,
)
from bot.archive.story_tables import StoryArticleTable
from bot.archive.tables import ArticleTable

_MOST_PEOPLE = 20
_MOST_QUOTES = 10
_MOST_MEETINGS = 10
_LEAST_QUOTE_WORDS = 6

Q = TypeVar("Q", bound=Select[*tuple[Any, ...]])


async def read_details(
    connection: AsyncConnection, ids: Collection[int]
) -> dict[int, StoryDetailsRow]:
    """Read the people and quotes of stories, and who met whom, by story id."""
    details: dict[int, StoryDetailsRow] = {}
    for part in parts(list(ids)):
        people = await _people(connection, part)
        quotes = await _quotes(connection, part)
        met = await _met(connection, part)
        for one in part:
            details[one] = StoryDetailsRow(
                tuple(people[one][:_MOST_PEOPLE]),
                tuple(quotes[one][:_MOST_QUOTES]),
                tuple(met.get(one, ())[:_MOST_MEETINGS]),
            )
    return details


def _in_stories(query: Q, ids: Sequence[int]) -> Q:
    """Keep what stands in the articles of stories."""
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
            post_of_speaker().label("post"),
            QuoteTable.article_id,
        )
        .select_from(StoryArticleTable)
        .join(QuoteTable, QuoteTable.article_id == StoryArticleTable.article_id)
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


async def _met(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    one, other = aliased(AppearanceTable), aliased(AppearanceTable)
    query = _in_stories(
        select(StoryArticleTable.story_id, one.person_id, other.person_id)
        .select_from(StoryArticleTable)
        .join(one, one.article_id == StoryArticleTable.article_id)
        .join(EncounterTable, EncounterTable.appearance_id == one.id)
        .join(other, other.id == EncounterTable.other_id),
        ids,
    ).where(one.id < other.id, one.person_id != other.person_id)
    query = query.order_by(ArticleTable.listed_at, ArticleTable.id, one.id)
    found: dict[int, dict[frozenset[int], tuple[int, int]]] = defaultdict(dict)
    for story_id, first, second in await connection.execute(query):
        found[story_id].setdefault(frozenset((first, second)), (first, second))
    return {story_id: list(pairs.values()) for story_id, pairs in found.items()}
