"""Articles that wait for their analysis: each is told as a story of its own meanwhile."""

from bot.archive import Archive
from bot.archive.rows import ArticleRow
from bot.archive.story_rows import StoryArticleRow, StoryRow
from bot.briefings.periods import Period
from bot.briefings.reprints import Item, fold_reprints

MOST_WAITING = 300


async def waiting_stories(archive: Archive, period: Period) -> list[StoryRow]:
    """Make a story of each article of a period that is in none yet, reprints under it.

    Its id is that of the article, negative: no story has such a one.
    """
    ids = await archive.periods.waiting(period.start, period.end, limit=MOST_WAITING)
    if not ids:
        return []
    return [_story(item) for item in fold_reprints(list(await archive.articles.several(ids)))]


def _story(item: Item) -> StoryRow:
    told = item.article
    articles = tuple(map(_article, (told, *item.reprints)))
    moments = [article.listed_at for article in articles]
    return StoryRow(
        id=-told.id,
        headline=told.title,
        first_at=min(moments),
        last_at=max(moments),
        lines=told.summary[:2],
        happened_on=None,
        places=(),
        differences=(),
        upcoming=(),
        figures=(),
        encounters=(),
        articles=articles,
        is_sample=told.is_sample,
    )


def _article(row: ArticleRow) -> StoryArticleRow:
    return StoryArticleRow(
        id=row.id,
        title=row.title,
        title_from_body=row.title_from_body,
        outlet=row.outlet,
        url=row.url,
        language=row.language,
        published_at=row.published_at,
        published_has_time=row.published_has_time,
        listed_at=row.published_at or row.added_at,
        added_at=row.added_at,
        is_sample=row.is_sample,
        original_id=row.original_id,
        relevance=None,
        reason="waiting",
        score=0.0,
    )
