"""Keeping the index of words: which articles wait for it, and putting them into it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.articles import listed
from bot.archive.engine import Database
from bot.archive.search_content import pack, unpack, words_in
from bot.archive.search_match import EVERY_ARTICLE, Document, WordIndex, fact
from bot.archive.search_postgres import PostgresIndex
from bot.archive.search_sqlite import SqliteIndex
from bot.archive.search_tables import (
    SearchDocumentTable,
    SearchFormTable,
    SearchOutletTable,
    SearchRemovedTable,
    SearchVocabularyTable,
)
from bot.archive.source_tables import ArticleRevisionTable
from bot.archive.tables import ArticleTable
from bot.search.documents import DueArticle, ReadyArticle

INDEX_VERSION = 1
"""Raised when words are told apart in another way: every article is then indexed again."""

AFFIX = 3
_MINUTE = 60
_ID_BITS = 24
_ROWS_AT_ONCE = 5_000
_MOST_KNOWN = 50_000


def word_index(database: Database) -> WordIndex:
    """Choose the index of the database."""
    is_sqlite = database.engine.dialect.name == "sqlite"
    return SqliteIndex() if is_sqlite else PostgresIndex()


def key_after(moment: datetime) -> int:
    """Give the least key of what became news at a moment or after it, to the minute."""
    return int(moment.timestamp() // _MINUTE) << _ID_BITS


def key_of(article_id: int, listed_at: datetime) -> int:
    """Give the key of an article."""
    return key_after(listed_at) | (article_id & ((1 << _ID_BITS) - 1))


@dataclass
class SearchIndex:
    """The index of words, from the side of those who fill it."""

    database: Database
    _known: set[tuple[str, frozenset[str]]] = field(default_factory=set)
    """Words whose forms are stored already."""

    async def waiting(self) -> int:
        """Count the articles that are not indexed as they stand."""
        query = select(func.count()).select_from(_waiting().subquery())
        async with self.database.reading() as connection:
            return (await connection.execute(query)).scalar_one()

    async def is_behind(self) -> bool:
        """Say at once whether the newest article that all may read is still to be indexed."""
        newest = select(func.max(ArticleTable.id)).scalar_subquery()
        query = select(ArticleTable.id).where(
            ArticleTable.id == newest,
            listed(),
            ~exists().where(SearchDocumentTable.article_id == newest),
        )
        async with self.database.reading() as connection:
            return (await connection.execute(query)).first() is not None

    async def due(self, *, limit: int) -> list[DueArticle]:
        """List articles to index, the oldest first: tables that grow at their end stay dense."""
        query = (
            select(
                ArticleTable.id,
                ArticleTable.title,
                ArticleTable.text,
                ArticleTable.language,
                ArticleTable.outlet,
                ArticleTable.listed_at,
            )
            .where(ArticleTable.id.in_(_waiting().order_by(ArticleTable.id).limit(limit)))
            .order_by(ArticleTable.id)
        )
        async with self.database.reading() as connection:
            return [DueArticle(*row) for row in await connection.execute(query)]

    async def put(self, articles: Sequence[ReadyArticle], *, read_at: datetime) -> int:
        """Index articles in place of what was indexed of them; return how many are still there.

        read_at: when their texts were read; a later revision makes them due again.
        """
        async with self.database.writing(patient=True) as connection:
            there = await connection.scalars(
                select(ArticleTable.id).where(ArticleTable.id.in_([one.id for one in articles]))
            )
            kept = set(there)
            batch = _Batch(connection, word_index(self.database), read_at)
            await batch.put([one for one in articles if one.id in kept])
            pairs = await batch.keep_forms(articles, self._known)
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        self._known |= pairs
        return len(kept)

    async def forget(self, *, limit: int = 200) -> int:
        """Drop from the index what belongs to articles that are gone; return how many."""
        query = select(SearchRemovedTable.key, SearchRemovedTable.content).limit(limit)
        async with self.database.reading() as connection:
            if (await connection.execute(query.limit(1))).first() is None:
                return 0
        async with self.database.writing(patient=True) as connection:
            rows = (await connection.execute(query)).all()
            gone = [unpack(row.key, row.content) for row in rows]
            await word_index(self.database).remove(connection, gone)
            keys = [row.key for row in rows]
            await connection.execute(
                delete(SearchRemovedTable).where(SearchRemovedTable.key.in_(keys))
            )
            counts = Counter(word for row in rows for word in words_in(row.content))
            await _count(connection, {word: -number for word, number in counts.items()})
        return len(rows)

    async def follow_dates(self) -> int:
        """Index anew, in time, the samples that have moved with the calendar; return how many."""
        query = (
            select(SearchDocumentTable.article_id, SearchDocumentTable.key, ArticleTable.listed_at)
            .join(ArticleTable, ArticleTable.id == SearchDocumentTable.article_id)
            .where(ArticleTable.is_sample)
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(query)).all()
        moved = [row[0] for row in rows if key_of(row[0], row[2]) != row[1]]
        if moved:
            async with self.database.writing() as connection:
                await connection.execute(
                    update(SearchDocumentTable)
                    .where(SearchDocumentTable.article_id.in_(moved))
                    .values(version=0)
                )
        return len(moved)


class _Batch:
    """Articles that are indexed in one transaction."""

    def __init__(self, connection: AsyncConnection, index: WordIndex, read_at: datetime) -> None:
        self._connection = connection
        self._index = index
        self._read_at = read_at

    async def put(self, articles: Sequence[ReadyArticle]) -> None:
        outlets = await self._outlets({one.outlet for one in articles if one.outlet})
        first_indexed, counts = await self._take_out([one.id for one in articles])
        documents = [_document(one, outlets) for one in articles]
        rows = [
            {
                "article_id": article.id,
                "key": document.key,
                "version": INDEX_VERSION,
                "content": pack(document),
                "first_indexed_at": first_indexed.get(article.id, self._read_at),
                "indexed_at": self._read_at,
            }
            for article, document in zip(articles, documents, strict=True)
        ]
        if rows:
            await self._connection.execute(insert(SearchDocumentTable), rows)
        await self._index.add(self._connection, documents)
        for article in articles:
            counts.update(article.forms.keys())
        await _count(self._connection, counts)

    async def keep_forms(
        self, articles: Sequence[ReadyArticle], known: set[tuple[str, frozenset[str]]]
    ) -> set[tuple[str, frozenset[str]]]:
        """Store under which dictionary forms the words are found; return what was not known."""
        new = {pair for article in articles for pair in article.forms.items()} - known
        rows = [{"lemma": lemma, "word": word} for word, forms in new for lemma in forms]
        rows.sort(key=lambda row: (row["lemma"], row["word"]))
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            await self._connection.execute(
                _insert(self._connection, SearchFormTable).on_conflict_do_nothing(),
                rows[start : start + _ROWS_AT_ONCE],
            )
        return new

    async def _take_out(self, ids: Sequence[int]) -> tuple[dict[int, datetime], Counter[str]]:
        """Drop what was indexed of articles; return since when they were, and what to count off."""
        query = select(SearchDocumentTable).where(SearchDocumentTable.article_id.in_(ids))
        rows = (await self._connection.execute(query)).all()
        await self._index.remove(self._connection, [unpack(row.key, row.content) for row in rows])
        await self._connection.execute(
            delete(SearchDocumentTable).where(SearchDocumentTable.article_id.in_(ids))
        )
        # The trigger took them for removed; they are out already.
        await self._connection.execute(
            delete(SearchRemovedTable).where(SearchRemovedTable.key.in_([row.key for row in rows]))
        )
        counts: Counter[str] = Counter()
        for row in rows:
            counts.subtract(words_in(row.content))
        return {row.article_id: row.first_indexed_at for row in rows}, counts

    async def _outlets(self, names: Iterable[str]) -> dict[str, int]:
        """Give each outlet its number."""
        wanted = sorted(names)
        if wanted:
            await self._connection.execute(
                _insert(self._connection, SearchOutletTable).on_conflict_do_nothing(),
                [{"name": name} for name in wanted],
            )
        query = select(SearchOutletTable.name, SearchOutletTable.id).where(
            SearchOutletTable.name.in_(wanted)
        )
        return {row.name: row.id for row in await self._connection.execute(query)}


def _document(article: ReadyArticle, outlets: Mapping[str, int]) -> Document:
    facts = [EVERY_ARTICLE, fact("l", article.language)]
    if article.outlet is not None:
        facts.append(fact("o", outlets[article.outlet]))
    key = key_of(article.id, article.listed_at)
    return Document(key, article.title, article.body, tuple(facts))


def _waiting() -> Select[int]:
    """Select the articles that are not indexed as they stand."""
    document = and_(
        SearchDocumentTable.article_id == ArticleTable.id,
        SearchDocumentTable.version == INDEX_VERSION,
    )
    # Asked so, a narrow index answers: the texts are not looked at.
    sent = select(ArticleTable.id).where(~listed())
    revised = (
        select(ArticleRevisionTable.article_id)
        .join(
            SearchDocumentTable,
            SearchDocumentTable.article_id == ArticleRevisionTable.article_id,
        )
        .where(ArticleRevisionTable.replaced_at >= SearchDocumentTable.indexed_at)
    )
    return (
        select(ArticleTable.id)
        .outerjoin(SearchDocumentTable, document)
        .where(
            or_(SearchDocumentTable.article_id.is_(None), ArticleTable.id.in_(revised)),
            ArticleTable.id.not_in(sent),
        )
    )


async def _count(connection: AsyncConnection, counts: Mapping[str, int]) -> None:
    """Add to the number of articles that hold each word; a word that none holds is dropped."""
    rows = [
        {"word": word, "head": word[:AFFIX], "tail": word[-AFFIX:], "articles": number}
        for word, number in sorted(counts.items())
        if number
    ]
    adding = _insert(connection, SearchVocabularyTable)
    adding = adding.on_conflict_do_update(
        index_elements=["word"],
        set_={"articles": SearchVocabularyTable.articles + adding.excluded.articles},
    )
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        await connection.execute(adding, rows[start : start + _ROWS_AT_ONCE])
    gone = [word for word, number in counts.items() if number < 0]
    for start in range(0, len(gone), _ROWS_AT_ONCE):
        word = SearchVocabularyTable.word
        is_gone = word.in_(gone[start : start + _ROWS_AT_ONCE])
        empty = delete(SearchVocabularyTable).where(is_gone, SearchVocabularyTable.articles <= 0)
        await connection.execute(empty)


def _insert(
    connection: AsyncConnection,
    table: type[SearchFormTable | SearchVocabularyTable | SearchOutletTable],
) -> sqlite.Insert | postgresql.Insert:
    """Make an insert that may meet rows that are there, which both databases can."""
    is_sqlite = connection.dialect.name == "sqlite"
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)
