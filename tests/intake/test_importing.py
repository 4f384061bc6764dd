"""Importing: each article wholly or not at all, each once, whatever happens in between."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.intake.article import Known
from bot.intake.files import Found, read_file
from bot.intake.importing import Importer, Report

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    archive = await Archive.open(f"sqlite+aiosqlite:///{tmp_path}/vestnik.sqlite3")
    yield archive
    await archive.close()


@pytest.fixture
def importer(archive: Archive) -> Importer:
    return Importer(archive, lambda: NOW, "Asia/Almaty")


def news(number: int) -> Found:
    text = f"Посол номер {number} прибыл в Астану. Он провёл {number} встреч с министрами."
    return Found(f"{number}.txt", text)


async def imported(importer: Importer, *found: Found) -> Report:
    report = Report()
    await importer.take(found, report)
    return report


async def test_what_is_there_already_stays_as_it_is(importer: Importer) -> None:
    assert (await imported(importer, news(1), news(2))).added == 2
    report = await imported(importer, news(2), news(3), news(3))
    assert (report.added, report.known, report.problems) == (1, 2, [])
    assert await importer.archive.articles.count() == 3


async def test_another_text_at_the_same_address_is_a_revision(importer: Importer) -> None:
    known = Known(url="https://news.example.org/1")
    report = await imported(
        importer, Found("a", news(1).text, known), Found("b", news(2).text, known)
    )
    assert (report.added, report.revised, report.taken) == (1, 1, 2)


async def test_what_cannot_be_read_is_told_and_the_others_are_in(importer: Importer) -> None:
    unreadable = Found("zeros.txt", problem="it is not text")
    wordless = Found("numbers.txt", "12345")
    undated = Found("a.jsonl:7", news(2).text, Known(published="вчера"))
    report = await imported(importer, unreadable, news(1), wordless, undated, news(3))
    assert (report.added, report.taken) == (2, 2)
    assert report.problems == [
        ("zeros.txt", "it is not text"),
        ("numbers.txt", "there is no text in it"),
        ("a.jsonl:7", "the date 'вчера' is not ISO 8601"),
    ]


async def test_an_interruption_leaves_nothing_half_stored(importer: Importer) -> None:
    def interrupted() -> Iterator[Found]:
        yield from (news(1), news(2))
        raise KeyboardInterrupt

    report = Report()
    with pytest.raises(KeyboardInterrupt):
        await importer.take(interrupted(), report)
    assert report.added == 2
    stored = await importer.archive.articles.latest(10)
    assert len(stored) == 2
    assert all(article.summary for article in stored)
    again = await imported(importer, news(1), news(2), news(3))
    assert (again.known, again.added) == (2, 1)


async def test_a_million_words_come_back_as_they_went_in(
    importer: Importer, tmp_path: Path
) -> None:
    text = "Заголовок дня\n\n" + "Министр провёл переговоры в Вашингтоне. " * 200_000
    path = tmp_path / "million.txt"
    path.write_text(text)
    report = await imported(importer, *read_file(path))
    assert report.added == 1
    (article,) = await importer.archive.articles.latest(1)
    assert await importer.archive.articles.text(article.id) == text


async def test_offsets_stay_true_where_the_database_refuses_a_character(
    importer: Importer,
) -> None:
    text = "Заголовок\n\nПосол\0 прибыл\ud800 в Астану утром. Он уедет вечером."
    await imported(importer, Found("a.txt", text))
    (article,) = await importer.archive.articles.latest(1)
    stored = await importer.archive.articles.text(article.id)
    assert stored is not None
    assert len(stored) == len(text)
    for sentence in article.summary:
        for evidence in sentence.evidence:
            assert stored[evidence.start : evidence.end].endswith(sentence.text[-8:])
