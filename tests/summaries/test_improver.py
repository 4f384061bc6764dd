"""The better text replaces the default when it is ready; whatever fails, the default stands."""

import os
import shutil
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.analysis.workshop import BrokenOffError
from bot.archive import Archive
from bot.archive.people_rows import PendingArticle
from bot.beat import load_beat
from bot.briefings import Briefings, Reader, Renderer
from bot.briefings.composer import Composer
from bot.settings import PROJECT
from bot.summaries.improver import Improver
from bot.summaries.jobs import ModelSpec
from bot.summaries.local import LocalWriter
from bot.summaries.writing import SummaryWriter, UnavailableError
from summarizer.summary.abstractive.made import Made
from tests.summaries.making import Clock, analysed, first_sentence, shown, told
from tests.summaries.tiny import FALSE, LOOPING, MAX_WORDS, VISIT, VISIT_SUMMARY


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(encoder_decoder: Path, tmp_path: Path) -> Path:
    """A model that a test may take away."""
    return Path(shutil.copytree(encoder_decoder, tmp_path / "tiny-bart"))


@pytest.fixture
async def writer(folder: Path, tmp_path: Path) -> AsyncIterator[LocalWriter]:
    writer = LocalWriter(ModelSpec(str(folder), tmp_path), seconds=120, max_words=MAX_WORDS)
    yield writer
    await writer.close()


class ByHand:
    """Somebody who writes what a test says."""

    name = "by-hand"
    settings = "c" * 64

    def __init__(self, write: Callable[[PendingArticle], Awaitable[Made]]) -> None:
        self._write = write
        self.asked: list[int] = []

    async def write(self, article: PendingArticle, published: date | None) -> Made:
        self.asked.append(article.id)
        return await self._write(article)

    async def close(self) -> None:
        pass


async def digest(archive: Archive) -> str:
    """Give this week's briefing, as it would go out now."""
    now = datetime(2026, 11, 23, 5, tzinfo=UTC)
    briefings = Briefings(
        archive,
        Renderer(PROJECT / "templates", lambda: now),
        Composer(archive, load_beat(PROJECT / "beats" / "kz-us.toml")),
    )
    edition = await briefings.compose(now)
    parts = briefings.digest(edition, Reader("ru", "Asia/Almaty"))
    return "\n".join(part.text for part in parts)


async def test_a_model_replaces_the_default_and_is_named(
    archive: Archive, writer: LocalWriter, clock: Clock
) -> None:
    article_id = await analysed(archive, VISIT)
    assert (await shown(archive, article_id)).maker == "condensed"
    assert await Improver(archive, writer, clock).catch_up() == 1
    row = await shown(archive, article_id)
    assert (row.maker, row.model) == ("model", "tiny-bart")
    assert told(row) == VISIT_SUMMARY
    assert "написала модель tiny-bart" in await digest(archive)
    assert await Improver(archive, writer, clock).catch_up() == 0


async def test_nonsense_leaves_the_default_and_is_not_asked_for_again(
    archive: Archive, writer: LocalWriter, clock: Clock
) -> None:
    ids = [await analysed(archive, text) for text in (LOOPING, FALSE)]
    assert await Improver(archive, writer, clock).catch_up() == 0
    assert [(await shown(archive, number)).maker for number in ids] == ["condensed"] * 2
    reasons = [reason for _, reason in await archive.summaries.failures(writer.settings)]
    assert len(reasons) == 2
    assert await archive.summaries.waiting(writer.settings, since=clock()) is None


async def test_the_model_is_taken_away_in_the_middle_and_the_briefing_still_goes_out(
    archive: Archive, writer: LocalWriter, folder: Path, clock: Clock
) -> None:
    first = await analysed(archive, VISIT)
    improver = Improver(archive, writer, clock)
    assert await improver.catch_up() == 1
    second = await analysed(archive, f"Посол уехал. {VISIT}")
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    shutil.rmtree(folder)
    assert await improver.catch_up() == 0
    assert await improver.catch_up() == 0
    assert (await shown(archive, first)).maker == "model"
    assert (await shown(archive, second)).maker == "condensed"
    sent = await digest(archive)
    assert "Посол уехал." in sent
    assert VISIT_SUMMARY.split(". ")[0] in sent


async def test_a_folder_that_comes_back_is_used_again(
    archive: Archive, writer: LocalWriter, folder: Path, clock: Clock, tmp_path: Path
) -> None:
    article_id = await analysed(archive, VISIT)
    away = Path(shutil.move(folder, tmp_path / "away"))
    improver = Improver(archive, writer, clock)
    assert await improver.catch_up() == 0
    shutil.move(away, folder)
    # Not at once: it is tried again after a pause.
    assert await improver.catch_up() == 0
    clock.passes(minutes=2)
    assert await improver.catch_up() == 1
    assert (await shown(archive, article_id)).maker == "model"


async def test_a_worker_that_dies_of_an_article_twice_gives_it_up(
    archive: Archive, clock: Clock
) -> None:
    async def write(article: PendingArticle) -> Made:
        raise BrokenOffError("the worker ended (status -9)")

    await analysed(archive, VISIT)
    hand = ByHand(write)
    assert await Improver(archive, hand, clock).catch_up() == 0
    assert len(hand.asked) == 2
    assert "status -9" in (await archive.summaries.failures(hand.settings))[0][1]


async def test_while_nobody_can_write_it_is_tried_more_and_more_seldom(
    archive: Archive, clock: Clock
) -> None:
    async def write(article: PendingArticle) -> Made:
        raise UnavailableError("no memory")

    article_id = await analysed(archive, VISIT)
    hand = ByHand(write)
    improver = Improver(archive, hand, clock)
    for _ in range(24 * 60):
        await improver.catch_up()
        clock.passes(minutes=1)
    # 1, 2, 4, 8, 16, 32 minutes, then every hour; and never against the article.
    assert 24 <= len(hand.asked) <= 32
    assert await archive.summaries.failures(hand.settings) == []
    assert (await shown(archive, article_id)).maker == "condensed"


async def test_what_was_written_of_the_same_text_is_not_written_again(
    archive: Archive, clock: Clock
) -> None:
    async def write(article: PendingArticle) -> Made:
        return Made(first_sentence(article.text, "model"))

    article_id = await analysed(archive, VISIT)
    hand = ByHand(write)
    improver = Improver(archive, hand, clock)
    assert await improver.catch_up() == 1
    # The operator goes without a model for a while, and comes back to it.
    await Improver(archive, None, clock).prepare()
    assert (await shown(archive, article_id)).maker == "condensed"
    await improver.prepare()
    assert await improver.catch_up() == 1
    assert len(hand.asked) == 1
    assert (await shown(archive, article_id)).model == "by-hand"


async def test_without_a_model_nothing_is_written(archive: Archive, clock: Clock) -> None:
    await analysed(archive, VISIT)
    nobody: SummaryWriter | None = None
    assert await Improver(archive, nobody, clock).catch_up() == 0
