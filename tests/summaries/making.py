"""Articles with their default summaries, and a clock, for the tests of what replaces them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.archive import Archive
from bot.archive.rows import ArticleRow
from summarizer.findings import Findings
from summarizer.spans import Span
from summarizer.summary import Summary, SummarySentence
from tests.archive.making import MONDAY, add, new_article


@dataclass
class Clock:
    """A clock that a test moves."""

    moment: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.moment

    def passes(self, **span: float) -> None:
        self.moment += timedelta(**span)


def first_sentence(text: str, maker: str = "condensed") -> Summary:
    """Make a summary of a text's first sentence."""
    end = text.index(".") + 1
    return Summary((SummarySentence(text[:end], (Span(0, end),)),), maker)


async def analysed(archive: Archive, text: str, *, age_days: float = 0) -> int:
    """Store an article and the default summary that its analysis gave; return its id."""
    moment = MONDAY - timedelta(days=age_days)
    article_id = await add(archive, new_article(text, published_at=moment))
    await analyse_again(archive)
    return article_id


async def analyse_again(archive: Archive, *, now: datetime = MONDAY) -> None:
    """Give the default summary to whatever waits for its analysis."""
    while (article := await archive.analyses.next(1)) is not None:
        findings = Findings(summary=first_sentence(article.text), headline="Одной строкой")
        assert await archive.analyses.keep(article, findings, version=1, now=now)


async def shown(archive: Archive, article_id: int) -> ArticleRow:
    """Give an article as it is shown now."""
    row = await archive.articles.get(article_id)
    assert row is not None
    return row


def told(row: ArticleRow) -> str:
    """Join the sentences of an article's summary."""
    return " ".join(sentence.text for sentence in row.summary)
