"""Recognising reprints: texts that share most of their word triples, whoever publishes them."""

import hashlib
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Integer, Select, insert, literal, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.source_rows import Sketch
from bot.archive.source_tables import ArticleSketchTable, SketchBandTable
from bot.archive.tables import ArticleTable

SKETCH_SIZE = 96
_ROWS = 4
"""Values in a band: 24 bands of 4 find 96 % of the texts that share .6 of their triples."""

SIMILARITY = 0.6
"""Estimated Jaccard similarity from which a text of another outlet is a reprint; measured on
news, reprints reach .8 and more, other reports of the same event .1."""

SAME_OUTLET_SIMILARITY = 0.9
"""An outlet's own: yesterday's exchange rates share most words with today's, and are no reprint."""

_WITHIN = timedelta(days=14)
_MOST_CANDIDATES = 50
_PARTS_AT_ONCE = 20
"""Sketches in one question: databases limit the parameters of a statement, and its parts."""

_PACKED = struct.Struct(f"<{SKETCH_SIZE}I")


@dataclass
class Candidate:
    """An article that another one may be a reprint of."""

    id: int
    outlet: str | None
    is_sample: bool
    listed_at: datetime
    sketch: Sketch
    original_id: int | None = None

    @property
    def root(self) -> int:
        """The article itself, or the one that it reprints."""
        return self.original_id or self.id


async def candidates(
    connection: AsyncConnection, sketches: Sequence[Sketch | None]
) -> list[list[Candidate]]:
    """List, for each sketch, the stored articles that share a band with it, the newest first."""
    found: list[list[Candidate]] = [[] for _ in sketches]
    parts = [_sharing(place, sketch) for place, sketch in enumerate(sketches) if sketch is not None]
    for start in range(0, len(parts), _PARTS_AT_ONCE):
        sharing = union_all(*parts[start : start + _PARTS_AT_ONCE]).subquery()
        query = (
            select(
                sharing.c.place,
                ArticleTable.id,
                ArticleTable.outlet,
                ArticleTable.is_sample,
                ArticleTable.listed_at,
                ArticleSketchTable.sketch,
                ArticleTable.original_id,
            )
            .join(ArticleTable, ArticleTable.id == sharing.c.article_id)
            .join(ArticleSketchTable, ArticleSketchTable.article_id == ArticleTable.id)
            .order_by(ArticleTable.id.desc())
        )
        for row in await connection.execute(query):
            sketch = _PACKED.unpack(row.sketch)
            found[row.place].append(
                Candidate(row.id, row.outlet, row.is_sample, row.listed_at, sketch, row.original_id)
            )
    return found


def _sharing(place: int, sketch: Sketch) -> Select[int, int]:
    newest = (
        select(SketchBandTable.article_id)
        .where(SketchBandTable.band.in_(bands(sketch)))
        .distinct()
        .order_by(SketchBandTable.article_id.desc())
        .limit(_MOST_CANDIDATES)
        .subquery()
    )
    return select(literal(place, Integer).label("place"), newest.c.article_id)


def most_like(new: Candidate, others: Iterable[Candidate]) -> int | None:
    """Find the article that a new one reprints; the root, where that is a reprint itself."""
    best, best_similarity = None, 0.0
    for other in others:
        if other.is_sample != new.is_sample or abs(other.listed_at - new.listed_at) > _WITHIN:
            continue
        same_outlet = new.outlet is not None and other.outlet == new.outlet
        similarity = similar(new.sketch, other.sketch)
        enough = SAME_OUTLET_SIMILARITY if same_outlet else SIMILARITY
        if similarity >= enough and similarity > best_similarity:
            best, best_similarity = other.root, similarity
    return best


async def keep_sketches(
    connection: AsyncConnection, sketches: Sequence[tuple[int, Sketch]]
) -> None:
    """Keep the sketches of new articles, by article id, for those to come."""
    if not sketches:
        return
    await connection.execute(
        insert(ArticleSketchTable),
        [{"article_id": number, "sketch": _PACKED.pack(*sketch)} for number, sketch in sketches],
    )
    await connection.execute(
        insert(SketchBandTable),
        [
            {"band": band, "article_id": article_id}
            for article_id, sketch in sketches
            for band in bands(sketch)
        ],
    )


async def link(
    connection: AsyncConnection, article_id: int, published_at: datetime | None, original_id: int
) -> bool:
    """Link a new article and its original; the one that was published first is the original.

    Returns whether the new one is the reprint.
    """
    query = select(ArticleTable.published_at).where(ArticleTable.id == original_id)
    before = (await connection.execute(query)).scalar()
    if published_at is None or before is None or before <= published_at:
        change = update(ArticleTable).where(ArticleTable.id == article_id)
        await connection.execute(change.values(original_id=original_id))
        return True
    # The original was read late: what was taken for it is a reprint, like those linked to it.
    family = or_(ArticleTable.id == original_id, ArticleTable.original_id == original_id)
    await connection.execute(
        update(ArticleTable)
        .where(family, ArticleTable.id != article_id)
        .values(original_id=article_id)
    )
    return False


def similar(one: Iterable[int], other: Iterable[int]) -> float:
    """Estimate how much two texts have in common, 0 to 1, from their sketches."""
    pairs = list(zip(one, other, strict=True))
    return sum(a == b for a, b in pairs) / len(pairs)


def bands(sketch: Sketch) -> list[int]:
    """Fold a sketch into the numbers by which like texts find each other: signed, 64 bits."""
    folded = set()
    for start in range(0, SKETCH_SIZE, _ROWS):
        values = struct.pack(f"<{_ROWS + 1}I", start, *sketch[start : start + _ROWS])
        digest = hashlib.blake2b(values, digest_size=8).digest()
        folded.add(int.from_bytes(digest, "little", signed=True))
    return sorted(folded)
