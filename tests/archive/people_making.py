"""Findings for the tests about people, made with as few words as a test needs."""

from datetime import datetime, timedelta
from itertools import count

from bot.archive import Archive
from bot.archive.people_rows import PendingArticle
from summarizer.analysis import Gender, Role
from summarizer.findings import Findings, FoundPerson, FoundSentence
from summarizer.spans import Span
from tests.archive.making import MONDAY, add, new_article

VERSION = 1
_numbers = count()


def person(name: str, *posts: str, gender: Gender | None = None) -> FoundPerson:
    """Make a person as an article names them, with posts."""
    sentence = FoundSentence(f"{name} прибыл в Астану.", Span(0, len(name)))
    roles = tuple(Role(post, Span(0, 1)) for post in posts)
    return FoundPerson(name, gender, ((name, Span(0, len(name))),), roles, sentence)


async def article_with(
    archive: Archive,
    *people: FoundPerson,
    days_ago: int = 0,
    text: str | None = None,
    findings: Findings | None = None,
) -> PendingArticle:
    """Store an article and what its analysis found."""
    moment = MONDAY - timedelta(days=days_ago)
    text = text or f"Статья номер {next(_numbers)} о переговорах."
    article_id = await add(archive, new_article(text, published_at=moment), now=moment)
    article = await stored(archive, article_id, moment)
    await keep(archive, article, findings or Findings(people=people))
    return article


async def stored(archive: Archive, article_id: int, moment: datetime) -> PendingArticle:
    """Give an article as the analysis gets it."""
    while (article := await archive.analyses.next(VERSION)) is not None:
        if article.id == article_id:
            return article
        await keep(archive, article, Findings())
    raise AssertionError("the article is analysed already")


async def keep(archive: Archive, article: PendingArticle, findings: Findings) -> None:
    """Store what an analysis found."""
    assert await archive.analyses.keep(article, findings, version=VERSION, now=MONDAY)


async def who(archive: Archive, name: str) -> list[str]:
    """Ask for a name; give the canonical names of those who answer."""
    return [row.name for row in (await archive.people.find(name)).people]
