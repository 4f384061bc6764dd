"""What readers send by hand: for whoever sent it, until the desk itself has it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.archive import Archive, sent
from bot.archive.relevance import RelevanceRow
from bot.archive.rows import NewArticle
from bot.archive.source_rows import Arrival, ArrivalKind, Arrived
from tests.archive.making import MONDAY
from tests.archive.test_sources_arrivals import URL, arrival, sketch, stored, take

ADDED, KNOWN, REVISED, REPRINT = ArrivalKind
DAY = timedelta(days=1)
WEEK = 7 * DAY
READER = 101


def by_hand(arrived: Arrival) -> Arrival:
    return replace(arrived, sent_by=READER)


async def all_that_is_read(archive: Archive) -> list[int]:
    """The ids of all articles that somebody who did not send them comes to see."""
    latest = [row.id for row in await archive.articles.latest(100)]
    week = await archive.articles.between(MONDAY - WEEK, MONDAY + 2 * DAY, limit=100)
    assert [row.id for row in week] == latest
    assert await archive.articles.count() == len(latest)
    assert await archive.analyses.pending(1) == len(latest)
    return latest


async def test_it_can_be_shown_and_is_news_for_nobody(archive: Archive) -> None:
    [arrived] = await take(archive, by_hand(arrival()))

    assert arrived.kind is ADDED
    assert (await stored(archive, arrived.article_id)).summary
    assert await all_that_is_read(archive) == []
    assert await archive.articles.at(URL, sent=True) == arrived.article_id
    assert await archive.articles.at(URL, sent=False) is None


async def test_sent_twice_it_is_kept_once(archive: Archive) -> None:
    first, again = await take(archive, by_hand(arrival()), by_hand(arrival()))

    assert again == Arrived(KNOWN, first.article_id)


async def test_what_all_read_stays_as_it_is_whatever_readers_send(archive: Archive) -> None:
    [article] = await take(archive, arrival("Министры встретились.", shape=sketch()))

    same_address = by_hand(arrival("Министры не встретились, но подписали.", shape=sketch()))
    same_text = by_hand(arrival("Министры встретились.", url=None))
    taken = await take(archive, same_address, same_text)

    assert taken == [Arrived(KNOWN, article.article_id)] * 2
    assert await archive.articles.text(article.article_id) == "Министры встретились."
    assert await archive.arrivals.revisions(article.article_id) == []


@pytest.mark.parametrize("has_address", [True, False])
async def test_a_source_that_brings_it_takes_it_over(archive: Archive, has_address: bool) -> None:
    text = "Министры встретились."
    [mine] = await take(archive, by_hand(arrival(text, url=URL if has_address else None)))
    await archive.relevance.keep([RelevanceRow(mine.article_id, 0.0, False, ())], now=MONDAY)

    theirs = arrival("Министры встретились вчера." if has_address else text, outlet="Акорда")
    [arrived] = await archive.arrivals.take([theirs], now=MONDAY + DAY)

    assert arrived == Arrived(ADDED, mine.article_id)
    assert await all_that_is_read(archive) == [mine.article_id]
    row = await stored(archive, mine.article_id)
    assert (row.outlet, row.url, row.added_at) == ("Акорда", URL, MONDAY + DAY)
    assert [sentence.text for sentence in row.summary] == [theirs.article.text]
    # What a reader sent is no earlier version of it, and was judged for its own text.
    assert await archive.arrivals.revisions(mine.article_id) == []
    assert await archive.relevance.get(mine.article_id) is None


async def test_two_texts_of_readers_give_way_to_one_article(archive: Archive) -> None:
    page, text = await take(
        archive,
        by_hand(arrival("Черновик страницы.")),
        by_hand(arrival("Министры встретились.", url=None)),
    )

    [arrived] = await take(archive, arrival("Министры встретились."))

    assert arrived == Arrived(ADDED, page.article_id)
    assert await archive.articles.get(text.article_id) is None


async def test_an_article_that_is_changed_to_what_a_reader_sent_is_revised(
    archive: Archive,
) -> None:
    [article] = await take(archive, arrival("Министры встретятся."))
    await take(archive, by_hand(arrival("Министры встретились и простились.", url=None)))

    [arrived] = await take(archive, arrival("Министры встретились и простились."))

    assert arrived == Arrived(REVISED, article.article_id)
    assert await all_that_is_read(archive) == [article.article_id]


async def test_it_is_never_the_original_of_a_reprint(archive: Archive) -> None:
    early = arrival("Раз.", url=None, published_at=MONDAY - DAY, shape=sketch())
    [mine] = await take(archive, by_hand(early))

    [theirs] = await take(archive, arrival("Два.", outlet="Б", shape=sketch(other=4)))

    assert theirs.kind is ADDED
    assert (await stored(archive, theirs.article_id)).original_id is None
    assert (await stored(archive, mine.article_id)).original_id is None


async def test_what_is_taken_over_is_an_original_like_any_other(archive: Archive) -> None:
    await take(archive, by_hand(arrival("Раз.", shape=sketch())))
    [taken_over] = await take(archive, arrival("Раз.", shape=sketch()))

    [copy] = await take(
        archive, arrival("Два.", url="https://b.example", outlet="Б", shape=sketch(other=4))
    )

    assert copy.kind is REPRINT
    assert (await stored(archive, copy.article_id)).original_id == taken_over.article_id


async def test_it_is_dropped_a_month_after_it_was_sent_last(archive: Archive) -> None:
    texts = [by_hand(arrival(text, url=None)) for text in ("Раз.", "Два.", "Три.")]
    once, again, opened = [arrived.article_id for arrived in await take(archive, *texts)]
    [ordinary] = await take(archive, arrival())
    await archive.arrivals.take([texts[1]], now=MONDAY + DAY)
    await archive.articles.sent_again(opened, by=READER, now=MONDAY + DAY)

    dropped = await archive.articles.forget_sent(MONDAY + 30 * DAY + DAY / 2)

    assert dropped == 1
    left = [id_ for id_ in (once, again, opened) if await archive.articles.get(id_)]
    assert left == [again, opened]
    assert await all_that_is_read(archive) == [ordinary.article_id]


async def test_a_flood_drops_the_oldest(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sent, "MOST_KEPT", 2)
    ids = []
    for number in range(4):
        text = by_hand(arrival(f"Текст {number}.", url=None))
        [arrived] = await archive.arrivals.take([text], now=MONDAY + number * DAY)
        ids.append(arrived.article_id)

    assert await archive.articles.forget_sent(MONDAY + 5 * DAY) == 2

    assert [await archive.articles.get(id_) is not None for id_ in ids] == [False] * 2 + [True] * 2


async def test_what_a_sample_shares_with_an_article_outlives_the_samples(archive: Archive) -> None:
    sample: NewArticle = replace(arrival().article, is_sample=True)
    copies = [arrival(url=f"https://{name}.example/1", outlet=name) for name in ("b", "c")]
    taken = await take(archive, replace(arrival(), article=sample), *copies)
    assert [arrived.kind for arrived in taken] == [ADDED, REPRINT, REPRINT]

    assert await archive.articles.remove_samples() == 1

    oldest, other = (arrived.article_id for arrived in taken[1:])
    assert (await stored(archive, oldest)).original_id is None
    assert (await stored(archive, other)).original_id == oldest
