"""The one way into the archive: a text and what is known about it, stored or recognised."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import rensa  # type: ignore[import-untyped]

from bot.archive import Archive
from bot.archive.reprints import SKETCH_SIZE
from bot.archive.source_rows import Arrival, Arrived, Sketch
from bot.clock import Now
from bot.intake.addresses import canonical
from bot.intake.article import Known, make_and_read
from summarizer.lookalikes import words
from summarizer.text import ArticleText

_SEED = 2026
_FEWEST_TRIPLES = 20
"""Two notices of a line each share their words by chance."""


def prepare(
    text: str,
    known: Known,
    *,
    outlet_zone: str,
    now: datetime,
    source_id: str | None = None,
) -> Arrival:
    """Make of a text what the archive takes in; costs milliseconds and touches nothing.

    outlet_zone: the IANA zone in which the outlet states local times.
    Raises UnreadableError when there is no article to be made of it.
    """
    if known.url:
        known = replace(known, url=canonical(known.url))
    article, summary, read = make_and_read(text, known, outlet_zone=outlet_zone, now=now)
    return Arrival(article, summary, sketch(read), source_id)


def sketch(article: ArticleText) -> Sketch | None:
    """Sketch the word triples of an article's sentences; None when they are too few to tell."""
    found = words(" ".join(sentence.text for sentence in article.sentences))
    if len(found) < _FEWEST_TRIPLES + 2:
        return None
    hashed = rensa.RMinHash(num_perm=SKETCH_SIZE, seed=_SEED)
    hashed.update([" ".join(triple) for triple in zip(found, found[1:], found[2:], strict=False)])
    return tuple(hashed.digest())


@dataclass(frozen=True)
class Store:
    """Puts articles into the archive."""

    archive: Archive
    now: Now

    async def put(self, arrivals: Sequence[Arrival]) -> list[Arrived]:
        """Store articles in one transaction; tell of each whether it was new, known, a reprint.

        Raises ArchiveError when the archive fails; then none of them is in.
        """
        return await self.archive.arrivals.take(arrivals, now=self.now())
