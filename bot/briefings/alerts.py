"""What is told of stories outside an edition: at once in a message, or later, held back for one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.archive import Archive
from bot.archive.alert_rows import Reason, Why
from bot.archive.rows import ArticleRow
from bot.archive.story_rows import StoryRow
from bot.briefings import Briefings, Reader
from bot.briefings.alert_views import AlertView, Told
from bot.briefings.alert_words import why
from bot.formatting import FormattedText, clip

TOLD_IN_FULL = 3
"""The others of one message are named by their headlines."""

FRESH = timedelta(hours=24)
"""What became news longer ago is no matter for an alert."""

_TOGETHER = timedelta(minutes=1)
"""What came in within so long before the newest article of a story is told with it."""
_LINES = 2
_LINE_LIMIT = 320


@dataclass(frozen=True)
class AlertMaker:
    """Reads what alerts tell, and puts it into words."""

    archive: Archive
    briefings: Briefings

    async def read(
        self, subjects: Collection[int], since: datetime | None = None
    ) -> dict[int, Told]:
        """Read what is told of subjects, by their ids; what is gone is left out.

        since: of stories that began before, what was added is told (aware); None: since their
        newest articles began to come in.
        """
        rows = {row.id: row for row in await self.archive.stories.several(_stories(subjects))}
        for one in _stories(subjects):
            # It may have become a part of another one.
            if one not in rows and (row := await self.archive.stories.get(one)) is not None:
                rows[one] = row
        found = {one: await self._of_story(row, since) for one, row in rows.items()}
        articles = await self.archive.articles.several([-one for one in subjects if one < 0])
        return found | {-row.id: _of_article(row) for row in articles}

    async def names(self, reasons: Collection[Reason]) -> dict[int, str]:
        """Read the names of the people among reasons; who is gone is left out."""
        found = {}
        for person_id in {int(what) for kind, what in reasons if kind is Why.PERSON}:
            person = await self.archive.people.get(person_id)
            if person is not None:
                found[person_id] = person.name
        return found

    def messages(self, views: Sequence[AlertView], reader: Reader) -> tuple[FormattedText, ...]:
        """Render what tells of stories at once: one message, or more where it is long."""
        names = self.briefings.topics.names(reader.language)
        models = sorted({model for view in views[:TOLD_IN_FULL] for model in view.told.models})
        return self.briefings.renderer.messages(
            "telegram/alert.html.j2",
            reader,
            views=views[:TOLD_IN_FULL],
            others=views[TOLD_IN_FULL:],
            why=partial(why, words=reader.wording, topics=names),
            models=models,
        )

    async def _of_story(self, row: StoryRow, since: datetime | None) -> Told:
        came = [article.added_at for article in row.articles]
        since = since or max(came) - _TOGETHER
        headline, lines, articles = row.headline, row.lines, row.articles
        if min(came) <= since:
            news = await self.archive.stories.news(row.id, since)
            if news is not None and news.lines:
                lines, articles = news.lines, news.articles
                headline = articles[-1].title
        lines = lines[:_LINES]
        rested = {place.article_id for line in lines for place in line.evidence}
        source = [article for article in articles if article.id in rested] or articles
        return Told(
            row.id,
            headline,
            tuple(clip(line.text, _LINE_LIMIT) for line in lines),
            replace(source[-1], url=_opened(source[-1].url)),
            len({*row.outlets} - {source[-1].outlet}),
            await self.archive.summaries.models(rested),
        )


def _stories(subjects: Collection[int]) -> list[int]:
    return [one for one in subjects if one > 0]


def _of_article(row: ArticleRow) -> Told:
    return Told(
        -row.id,
        row.title,
        tuple(clip(line.text, _LINE_LIMIT) for line in row.summary[:_LINES]),
        replace(row, url=_opened(row.url)),
        models=(row.model,) if row.model else (),
    )


def _opened(url: str | None) -> str | None:
    """Keep an address that a browser may open, whatever came in by file or by hand."""
    return url if url and url.startswith(("https://", "http://")) else None


def views_of(
    chosen: Sequence[tuple[int, Sequence[Reason]]],
    told: Mapping[int, Told],
    names: Mapping[int, str],
) -> tuple[AlertView, ...]:
    """Join what was chosen, by subject and reasons, with what is told; one story once.

    names: of the people among the reasons, by id.
    """
    joined: dict[int, tuple[Told, dict[Reason, None]]] = {}
    for subject, reasons in chosen:
        if (one := told.get(subject)) is not None:
            joined.setdefault(one.id, (one, {}))[1].update(dict.fromkeys(reasons))
    return tuple(
        AlertView(
            one,
            tuple(
                names[int(what)]
                for kind, what in reasons
                if kind is Why.PERSON and int(what) in names
            ),
            tuple(what for kind, what in reasons if kind is Why.TOPIC),
            tuple(what for kind, what in reasons if kind is Why.SEARCH),
        )
        for one, reasons in joined.values()
    )
