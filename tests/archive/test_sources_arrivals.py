"""At the archive's door: one article once, changes kept, reprints linked to their original."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from bot.archive import Archive
from bot.archive.reprints import SKETCH_SIZE, bands, similar
from bot.archive.rows import ArticleRow, NewArticle
from bot.archive.source_rows import Arrival, ArrivalKind, Arrived, EntryMark, Sketch
from bot.intake.source import SourceSpec
from summarizer.spans import Span
from tests.archive.making import MONDAY, new_article, summary_of

ADDED, KNOWN, REVISED, REPRINT = ArrivalKind
HOUR = timedelta(hours=1)
URL = "https://vestnik-stepi.example/1"


def sketch(*, base: int = 0, other: int = 0) -> Sketch:
    """Make a sketch; `other` values of it differ from those of the base."""
    return tuple(
        base * 1_000 + n if n >= other else 10**6 + base * 1_000 + n for n in range(SKETCH_SIZE)
    )


def arrival(
    text: str = "Министры встретились в Астане.",
    *,
    url: str | None = URL,
    outlet: str = "Вестник степи",
    published_at: datetime | None = None,
    shape: Sketch | None = None,
) -> Arrival:
    article = replace(new_article(text, url=url, published_at=published_at), outlet=outlet)
    return Arrival(article, summary_of((text, (Span(0, len(text)),))), shape)


async def take(archive: Archive, *arrivals: Arrival) -> list[Arrived]:
    return await archive.arrivals.take(arrivals, now=MONDAY)


async def stored(archive: Archive, article_id: int) -> ArticleRow:
    row = await archive.articles.get(article_id)
    assert row is not None
    return row


async def test_what_arrives_twice_is_stored_once(archive: Archive) -> None:
    [first] = await take(archive, arrival())
    [again] = await take(archive, arrival())

    assert (first.kind, again.kind) == (ADDED, KNOWN)
    assert first.article_id == again.article_id


async def test_twice_in_one_batch_is_once_too(archive: Archive) -> None:
    taken = await take(archive, arrival(), arrival(), arrival("Другое.", url=f"{URL}/2"))

    assert [arrived.kind for arrived in taken] == [ADDED, KNOWN, ADDED]
    assert await archive.articles.count() == 2


async def test_two_processes_that_bring_the_same_store_it_once(
    archive: Archive, other: Archive
) -> None:
    taken = await asyncio.gather(*(take(a, arrival()) for a in (archive, other) * 4))

    assert sorted(arrived.kind for [arrived] in taken) == [ADDED] + [KNOWN] * 7


async def test_a_changed_text_is_a_revision_and_the_earlier_one_is_kept(archive: Archive) -> None:
    [first] = await take(archive, arrival("Министры встретились. Итоги позже."))

    [again] = await take(archive, arrival("Министры встретились и подписали соглашение."))

    assert again == Arrived(REVISED, first.article_id)
    row = await stored(archive, first.article_id)
    assert [sentence.text for sentence in row.summary] == [
        "Министры встретились и подписали соглашение."
    ]
    [revision] = await archive.arrivals.revisions(first.article_id)
    assert revision.text == "Министры встретились. Итоги позже."
    assert revision.replaced_at == MONDAY


async def test_a_teaser_does_not_replace_the_article(archive: Archive) -> None:
    [first] = await take(archive, arrival("Министры встретились. Подписано соглашение."))

    [again] = await take(archive, arrival("Министры встретились."))

    assert again == Arrived(KNOWN, first.article_id)
    assert await archive.arrivals.revisions(first.article_id) == []


async def test_a_text_that_goes_back_and_forth_has_all_its_revisions(archive: Archive) -> None:
    for text in ("Первое слово.", "Второе слово.", "Первое слово."):
        [arrived] = await take(archive, arrival(text))

    revisions = await archive.arrivals.revisions(arrived.article_id)
    assert [revision.text for revision in revisions] == ["Первое слово.", "Второе слово."]


async def test_the_same_text_in_another_outlet_is_a_reprint(archive: Archive) -> None:
    [first] = await take(archive, arrival())
    copy = arrival(url="https://copy.example/1", outlet="Копия")

    [reprint] = await take(archive, copy)
    [again] = await take(archive, copy)

    assert (reprint.kind, again.kind) == (REPRINT, KNOWN)
    assert (await stored(archive, reprint.article_id)).original_id == first.article_id


async def test_the_same_text_at_two_addresses_of_one_outlet_is_one_article(
    archive: Archive,
) -> None:
    taken = await take(archive, arrival(), arrival(url=f"{URL}?page=1"))

    assert [arrived.kind for arrived in taken] == [ADDED, KNOWN]


async def test_nearly_the_same_text_elsewhere_is_a_reprint(archive: Archive) -> None:
    [first] = await take(archive, arrival(shape=sketch()))

    taken = await take(
        archive,
        arrival("Почти то же.", url="https://b.example", outlet="Б", shape=sketch(other=20)),
        arrival("Иное.", url="https://c.example", outlet="В", shape=sketch(other=80)),
    )

    assert [arrived.kind for arrived in taken] == [REPRINT, ADDED]
    assert (await stored(archive, taken[0].article_id)).original_id == first.article_id


async def test_reprints_within_one_batch_are_recognised(archive: Archive) -> None:
    taken = await take(
        archive,
        arrival("Раз.", shape=sketch()),
        arrival("Два.", url="https://b.example", outlet="Б", shape=sketch(other=4)),
        arrival("Три.", url="https://c.example", outlet="В", shape=sketch(other=8)),
    )

    assert [arrived.kind for arrived in taken] == [ADDED, REPRINT, REPRINT]
    originals = [(await stored(archive, arrived.article_id)).original_id for arrived in taken]
    assert originals == [None, taken[0].article_id, taken[0].article_id]


async def test_an_outlets_own_template_is_no_reprint(archive: Archive) -> None:
    taken = await take(
        archive,
        arrival("Курс доллара 480.", shape=sketch()),
        arrival("Курс доллара 481.", url=f"{URL}/2", shape=sketch(other=20)),
    )

    assert [arrived.kind for arrived in taken] == [ADDED, ADDED]


async def test_the_original_is_the_one_published_first_though_it_was_read_last(
    archive: Archive,
) -> None:
    late = arrival("Раз.", published_at=MONDAY, shape=sketch())
    later = arrival(
        "Два.", url="https://b.example", outlet="Б", published_at=MONDAY + HOUR, shape=sketch()
    )
    first = arrival(
        "Три.", url="https://c.example", outlet="В", published_at=MONDAY - HOUR, shape=sketch()
    )

    ids = [(await take(archive, each))[0].article_id for each in (late, later, first)]

    originals = [(await stored(archive, article_id)).original_id for article_id in ids]
    assert originals == [ids[2], ids[2], None]


async def test_an_old_text_is_not_taken_for_the_original(archive: Archive) -> None:
    await take(archive, arrival("Раз.", published_at=MONDAY - 15 * 24 * HOUR, shape=sketch()))

    [arrived] = await take(
        archive,
        arrival("Два.", url="https://b.example", outlet="Б", published_at=MONDAY, shape=sketch()),
    )

    assert arrived.kind is ADDED


async def test_the_mark_of_an_entry_is_stored_with_its_article_or_not_at_all(
    archive: Archive,
) -> None:
    source = SourceSpec("s", "Проба", "ru", "feed", "https://s.example/feed")
    await archive.sources.seed([source], now=MONDAY)
    good = replace(arrival(), entry=EntryMark("s", "good", "x"), source_id="s")
    bad = replace(
        arrival("Домысел.", url=f"{URL}/2"),
        summary=summary_of(("Домысел.", ())),
        entry=EntryMark("s", "bad", "x"),
    )

    try:
        await take(archive, good, bad)
    except ValueError:
        assert await archive.sources.entries("s", ["good", "bad"]) == {}
        assert await archive.articles.count() == 0
    await take(archive, good)

    assert set(await archive.sources.entries("s", ["good", "bad"])) == {"good"}


async def test_a_sample_is_never_revised(archive: Archive) -> None:
    sample = arrival("Пример.")
    article: NewArticle = replace(sample.article, is_sample=True)
    await take(archive, replace(sample, article=article))

    [arrived] = await take(archive, arrival("Настоящий текст."))

    assert arrived.kind is KNOWN


def test_like_sketches_share_a_band_and_unlike_ones_none() -> None:
    assert similar(sketch(), sketch(other=24)) == 0.75
    assert set(bands(sketch())) & set(bands(sketch(other=24)))
    assert not set(bands(sketch())) & set(bands(sketch(base=1)))
    assert all(-(2**63) <= band < 2**63 for band in bands(sketch()))
