"""Which articles resemble another one: by their meaning, and by the words that tell it apart."""

import asyncio
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.search_content import unpack
from bot.archive.search_tables import SearchDocumentTable
from bot.archive.search_terms import counted, indexed
from bot.archive.story_tables import StoryPrintTable
from bot.search.ranking import overlap, weight_of
from summarizer.stories_print import cosine, unpacked

_WORDS = 16
_SHORTEST_WORD = 4
_MOST_REPEATED = 3
_COMMON = 0.05
"""A word that more of the articles hold tells nothing."""

_LEAST_SHARED = 0.3
_LEAST_MEANING = 0.44
"""On the sample articles two on one event reach .41 to .64, others seldom more than .45."""


async def contents_of(
    connection: AsyncConnection, ids: Sequence[int]
) -> dict[int, tuple[list[str], list[str]]]:
    """Give the words of articles: of the title, and of the text."""
    query = select(
        SearchDocumentTable.article_id, SearchDocumentTable.key, SearchDocumentTable.content
    ).where(SearchDocumentTable.article_id.in_(ids))
    found = {}
    for row in await connection.execute(query):
        document = unpack(row.key, row.content)
        found[row.article_id] = (document.title.split(), document.body.split())
    return found


async def telling_words(connection: AsyncConnection, article_id: int) -> dict[str, float]:
    """Weigh the words that tell an article from others; none when it is not indexed."""
    found = await contents_of(connection, [article_id])
    if article_id not in found:
        return {}
    title, body = found[article_id]
    counts = await counted(connection, {*title, *body})
    articles = await indexed(connection)
    most = max(_MOST_REPEATED, articles * _COMMON)
    weights = {
        word: weight_of(number, articles) * (1 + min(_MOST_REPEATED, body.count(word)))
        for word, number in counts.items()
        if 1 < number <= most and len(word) >= _SHORTEST_WORD
    }
    best = sorted(weights, key=lambda word: (-weights[word], word))[:_WORDS]
    return {word: weights[word] for word in best}


async def likest(
    connection: AsyncConnection,
    article_id: int,
    candidates: Sequence[int],
    weights: Mapping[str, float],
) -> list[int]:
    """List those of some articles that resemble one, the likest first.

    weights: the words that tell the article apart.
    """
    contents = await contents_of(connection, candidates)
    query = select(StoryPrintTable.article_id, StoryPrintTable.print).where(
        StoryPrintTable.article_id.in_([article_id, *candidates])
    )
    prints = {row.article_id: row.print for row in await connection.execute(query)}

    def compare() -> dict[int, float]:
        own = unpacked(prints[article_id]).vector if article_id in prints else b""
        likeness = {}
        for one in candidates:
            title, body = contents.get(one, ([], []))
            shared = overlap([*title, *body], weights)
            vector = unpacked(prints[one]).vector if own and one in prints else b""
            meaning = cosine(own, vector) or 0.0
            if shared >= _LEAST_SHARED or meaning >= _LEAST_MEANING:
                likeness[one] = meaning + shared / 2
        return likeness

    # Some hundred vectors of some hundred numbers: nobody else need wait for them.
    likeness = await asyncio.to_thread(compare)
    return sorted(likeness, key=lambda one: (-round(likeness[one], 6), -one))
