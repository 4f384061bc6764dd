"""An article unfolded: each sentence of its summary with the source under it, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.archive.rows import ArticleRow, EvidenceRow, SentenceRow
from bot.formatting import clip, utf16_length
from summarizer.text import read_article

MOST_UNITS = 3_000
"""How much an article unfolds to (UTF-16 units), sources included; a message holds 4,096."""

_SOURCE_UNITS = 500
_SOURCES_UNITS = 2_000
_LINES_SEEN = 200
"""A longer source sentence would push the next one off a phone's screen: it is folded."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a summary and the source sentences it rests on, in their own spelling.

    `sources` is empty where the sentence is the source to the letter.
    """

    text: str
    sources: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Whether its sources take more than a few lines of a phone."""
        return sum(map(len, self.sources)) > _LINES_SEEN


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What Details shows of an article."""

    told: tuple[Told, ...]
    paragraphs: tuple[str, ...]
    """What the article says beyond its summary, by whole sentences."""
    is_cut: bool
    """Whether the article goes on after that."""


def unfold(article: ArticleRow, stored: str) -> Unfolded:
    """Put the sources beside the summary, and take of the rest as much as fits a message.

    stored: the article's text, which the evidence points into.
    """
    number = sum(len(sentence.evidence) for sentence in article.summary)
    limit = min(_SOURCE_UNITS, _SOURCES_UNITS // max(1, number))
    told = tuple(_told(sentence, article.id, stored, limit) for sentence in article.summary)
    used = utf16_length(article.title) + sum(
        utf16_length(said.text) + sum(map(utf16_length, said.sources)) for said in told
    )
    spans = [
        evidence
        for sentence in article.summary
        for evidence in sentence.evidence
        if evidence.article_id == article.id
    ]
    paragraphs, is_cut = _beyond(stored, article, spans, MOST_UNITS - used)
    return Unfolded(told, tuple(paragraphs), is_cut)


def _told(sentence: SentenceRow, article_id: int, stored: str, limit: int) -> Told:
    sources = []
    for evidence in sentence.evidence:
        if evidence.article_id != article_id:
            continue
        source = " ".join(stored[evidence.start : evidence.end].split())
        if source:
            sources.append(source)
    # A headline's missing full stop makes it no other sentence.
    if " ".join(sources).rstrip(".") == " ".join(sentence.text.split()).rstrip("."):
        return Told(sentence.text, ())
    return Told(sentence.text, tuple(clip(source, limit) for source in sources))


def _beyond(
    stored: str, article: ArticleRow, spans: Sequence[EvidenceRow], room: int
) -> tuple[list[str], bool]:
    """Take whole sentences by paragraphs while there is room, without those already shown."""
    shown = {sentence.text for sentence in article.summary}
    text = read_article(stored, title=None if article.title_from_body else article.title)
    paragraphs: list[str] = []
    for paragraph in text.paragraphs:
        kept: list[str] = []
        for sentence in paragraph:
            place = sentence.span
            if sentence.text in shown or any(
                span.start < place.end and place.start < span.end for span in spans
            ):
                continue
            room -= utf16_length(sentence.text) + 1
            if room < 0:
                break
            kept.append(sentence.text)
        if kept:
            paragraphs.append(" ".join(kept))
        if room < 0:
            return paragraphs, True
    return paragraphs, False
