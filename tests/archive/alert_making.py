"""Stories, people and followers, put into the tables with as few words as a test needs."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from sqlalchemy import insert, select

from bot.archive import Archive
from bot.archive.people_tables import AppearanceTable, FollowTable, PersonTable
from bot.archive.story_tables import Placed, StoryArticleTable, StoryTable
from bot.archive.tables import ArticleTable, SubscriberTable
from summarizer.spans import Span
from tests.archive.making import MONDAY, new_article, summary_of

_numbers = count(1)


async def make_person(archive: Archive, name: str = "Ержан Тестов") -> int:
    """Let somebody be known; return their id."""
    async with archive.database.writing() as connection:
        added = insert(PersonTable).values(name=name, is_beat=False, articles=0)
        return (await connection.execute(added.returning(PersonTable.id))).scalar_one()


async def make_article(
    archive: Archive,
    *,
    at: datetime = MONDAY,
    published_at: datetime | None = None,
    text: str | None = None,
    is_sample: bool = False,
) -> int:
    """Let an article come in at a moment, published then unless said otherwise; return its id."""
    text = text or f"Министр побывал в Чикаго, сообщение номер {next(_numbers)}."
    article = new_article(text, published_at=published_at or at, is_sample=is_sample)
    whole = summary_of((text, (Span(0, len(text)),)))
    article_id = await archive.articles.add(article, whole, now=at)
    assert article_id is not None
    return article_id


async def put_into_story(
    archive: Archive, article_id: int, people: Sequence[int] = (), *, story_id: int | None = None
) -> int:
    """Make an article that names people a part of a story, a new one by default; return its id."""
    async with archive.database.writing() as connection:
        query = select(ArticleTable.listed_at, ArticleTable.title, ArticleTable.is_sample)
        row = (await connection.execute(query.where(ArticleTable.id == article_id))).one()
        if story_id is None:
            story = insert(StoryTable).values(
                headline=row.title,
                told="",
                first_at=row.listed_at,
                last_at=row.listed_at,
                articles=1,
                is_sample=row.is_sample,
            )
            story_id = (await connection.execute(story.returning(StoryTable.id))).scalar_one()
        await connection.execute(
            insert(StoryArticleTable).values(
                article_id=article_id, story_id=story_id, reason=Placed.FIRST, score=1.0
            )
        )
        for person_id in people:
            await connection.execute(
                insert(AppearanceTable).values(
                    article_id=article_id,
                    person_id=person_id,
                    name="Ержан Тестов",
                    folded="ержан тестов",
                    is_weak=False,
                    reason="exact",
                    seen_at=row.listed_at,
                )
            )
        return story_id


async def make_story(
    archive: Archive,
    *people: int,
    at: datetime = MONDAY,
    published_at: datetime | None = None,
    is_sample: bool = False,
) -> int:
    """Let an article that names people become a story of its own; return the story's id."""
    article_id = await make_article(archive, at=at, published_at=published_at, is_sample=is_sample)
    return await put_into_story(archive, article_id, people)


async def make_followers(
    archive: Archive,
    chats: Sequence[int],
    *people: int,
    at: datetime,
    zones: Sequence[str] = ("Asia/Almaty",),
    languages: Sequence[str] = ("ru",),
) -> None:
    """Let private chats follow people from a moment on; a subscriber has the id of its chat."""
    subscribers = [
        {
            "id": chat,
            "chat_id": chat,
            "thread_id": 0,
            "language": languages[chat % len(languages)],
            "time_zone": zones[chat % len(zones)],
            "created_at": at,
        }
        for chat in chats
    ]
    follows = [
        {"subscriber_id": chat, "person_id": person, "created_at": at}
        for chat in chats
        for person in people
    ]
    async with archive.database.writing() as connection:
        await connection.execute(insert(SubscriberTable), subscribers)
        if follows:
            await connection.execute(insert(FollowTable), follows)
