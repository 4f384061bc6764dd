"""Articles: stored once, given out whole, newest first."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.archive import Archive
from bot.archive.rows import ArticleRow, EvidenceRow, SentenceRow
from bot.archive.tables import EvidenceTable, SummarySentenceTable, SummaryTable
from summarizer.spans import Span
from tests.archive.making import MONDAY, WEEK, add, new_article, summary_of

HOUR = timedelta(hours=1)
URL = "https://vestnik-stepi.example/1"


async def ids(archive: Archive, limit: int = 100) -> list[int]:
    return [row.id for row in await archive.articles.latest(limit)]


async def test_an_article_comes_back_as_it_was_stored(archive: Archive) -> None:
    article = new_article("Переговоры прошли в Астане.", url=URL, published_at=MONDAY - HOUR)

    article_id = await archive.articles.add(article, summary_of(), now=MONDAY)

    assert article_id is not None
    assert await archive.articles.get(article_id) == ArticleRow(
        id=article_id,
        title="Переговоры прошли в Астане.",
        title_from_body=True,
        outlet="Вестник степи",
        url=URL,
        language="ru",
        published_at=MONDAY - HOUR,
        published_has_time=True,
        added_at=MONDAY,
        is_sample=False,
        summary=(),
    )
    assert await archive.articles.text(article_id) == "Переговоры прошли в Астане."


async def test_an_article_that_is_gone_is_none(archive: Archive) -> None:
    assert await archive.articles.get(1) is None
    assert await archive.articles.text(1) is None


async def test_the_same_address_is_the_same_article(archive: Archive) -> None:
    first = await add(archive, new_article("Первый текст.", url=URL))

    again = await archive.articles.add(
        new_article("Поправленный текст.", url=URL), summary_of(), now=MONDAY
    )

    assert again is None
    assert await archive.articles.text(first) == "Первый текст."


async def test_the_same_text_is_the_same_article_at_any_address(archive: Archive) -> None:
    await add(archive, new_article("Один текст.", url=URL))

    assert (
        await archive.articles.add(
            new_article("Один текст.", url=f"{URL}/reprint"), summary_of(), now=MONDAY
        )
        is None
    )
    assert await archive.articles.count() == 1


async def test_articles_without_an_address_are_told_apart_by_their_text(archive: Archive) -> None:
    await add(archive, new_article("Первый."))
    await add(archive, new_article("Второй."))

    assert await archive.articles.count() == 2


async def test_known_asks_by_address_and_by_text(archive: Archive) -> None:
    article = new_article("Известный текст.", url=URL)
    await add(archive, article)

    known = archive.articles.known
    assert await known(url=URL, fingerprint="another")
    assert await known(url=None, fingerprint=article.fingerprint)
    assert await known(url="https://another.example", fingerprint=article.fingerprint)
    assert not await known(url="https://another.example", fingerprint="another")
    assert not await known(url=None, fingerprint="another")


async def test_an_article_brought_by_two_processes_at_once_is_stored_once(
    archive: Archive, other: Archive
) -> None:
    article = new_article("Срочная новость.", url=URL)

    stored = await asyncio.gather(
        *(a.articles.add(article, summary_of(), now=MONDAY) for a in (archive, other) * 4)
    )

    assert len([article_id for article_id in stored if article_id is not None]) == 1
    assert await archive.articles.count() == 1


async def test_a_summary_comes_back_in_order_with_its_evidence(archive: Archive) -> None:
    text = "Первое. Второе. Третье."
    summary = summary_of(
        ("Третье, второе.", (Span(16, 23), Span(8, 15))),
        ("Первое.", (Span(0, 7),)),
    )

    article_id = await archive.articles.add(new_article(text), summary, now=MONDAY)

    assert article_id is not None
    stored = await archive.articles.get(article_id)
    assert stored is not None
    assert stored.summary == (
        SentenceRow(
            "Третье, второе.", (EvidenceRow(article_id, 16, 23), EvidenceRow(article_id, 8, 15))
        ),
        SentenceRow("Первое.", (EvidenceRow(article_id, 0, 7),)),
    )


async def test_a_sentence_without_evidence_is_refused_with_its_article(archive: Archive) -> None:
    with pytest.raises(ValueError, match="without evidence"):
        await archive.articles.add(new_article(), summary_of(("Домысел.", ())), now=MONDAY)

    assert await archive.articles.count() == 0


async def test_each_article_of_a_list_has_its_own_summary(archive: Archive) -> None:
    texts = {await add(archive, new_article(text)): text for text in ("Раз.", "Два.", "Три.")}

    listed = await archive.articles.latest(10)

    assert {row.id: row.summary[0].text for row in listed} == texts


async def test_evidence_counts_code_points_beyond_the_basic_plane(archive: Archive) -> None:
    text = "😀 Флаги 🇰🇿🇺🇸 над залом. Встреча 𝟐𝟎𝟐𝟔 года."
    sentence = "Встреча 𝟐𝟎𝟐𝟔 года."
    span = Span(text.index(sentence), len(text))
    article_id = await archive.articles.add(
        new_article(text), summary_of((sentence, (span,))), now=MONDAY
    )
    assert article_id is not None

    stored, kept = await archive.articles.get(article_id), await archive.articles.text(article_id)

    assert stored is not None
    assert kept == text
    (evidence,) = stored.summary[0].evidence
    assert kept[evidence.start : evidence.end] == sentence == stored.summary[0].text


async def test_the_newest_publication_comes_first(archive: Archive) -> None:
    middle = await add(archive, new_article("Вчера.", published_at=MONDAY - 24 * HOUR))
    oldest = await add(archive, new_article("Давно.", published_at=MONDAY - WEEK))
    newest = await add(archive, new_article("Сейчас.", published_at=MONDAY))

    assert await ids(archive) == [newest, middle, oldest]
    assert await ids(archive, 2) == [newest, middle]
    assert await ids(archive, 0) == []


async def test_an_undated_article_counts_as_news_when_it_arrives(archive: Archive) -> None:
    before = await add(archive, new_article("До.", published_at=MONDAY - HOUR))
    undated = await add(archive, new_article("Без даты."), now=MONDAY)
    after = await add(archive, new_article("После.", published_at=MONDAY + HOUR))

    assert await ids(archive) == [after, undated, before]
    stored = await archive.articles.get(undated)
    assert stored is not None
    assert stored.published_at is None


async def test_of_one_moment_the_one_stored_last_comes_first(archive: Archive) -> None:
    stored = [
        await add(archive, new_article(f"Новость {n}.", published_at=MONDAY)) for n in range(4)
    ]

    assert await ids(archive) == stored[::-1]


async def test_a_list_goes_on_after_the_article_shown_last(archive: Archive) -> None:
    stored = [
        await add(archive, new_article(f"Новость {n}.", published_at=MONDAY)) for n in range(3)
    ]

    assert [row.id for row in await archive.articles.latest(5, before=stored[1])] == [stored[0]]
    assert await archive.articles.latest(5, before=stored[0]) == []


async def test_a_list_does_not_go_on_after_an_article_that_is_gone(archive: Archive) -> None:
    await add(archive, new_article("Есть."))

    assert await archive.articles.latest(5, before=999) == []


async def test_a_period_holds_its_start_but_not_its_end(archive: Archive) -> None:
    tick = timedelta(microseconds=1)
    start, end = MONDAY - WEEK, MONDAY
    await add(archive, new_article("Слишком рано.", published_at=start - tick))
    first = await add(archive, new_article("В первый миг.", published_at=start))
    last = await add(archive, new_article("В последний миг.", published_at=end - tick))
    await add(archive, new_article("Уже потом.", published_at=end))

    between = archive.articles.between
    assert [row.id for row in await between(start, end, limit=10)] == [last, first]
    assert [row.id for row in await between(start, end, limit=1)] == [last]
    assert await between(end, start, limit=10) == []


async def test_only_a_sample_can_be_redated(archive: Archive) -> None:
    real = await add(archive, new_article("Настоящая.", url=URL, published_at=MONDAY))
    sample = await add(
        archive,
        new_article("Пример.", url=f"{URL}/s", published_at=MONDAY - WEEK, is_sample=True),
    )

    assert await archive.articles.redate(f"{URL}/s", MONDAY + HOUR)
    assert not await archive.articles.redate(URL, MONDAY + 2 * HOUR)
    assert not await archive.articles.redate("https://nowhere.example", MONDAY)

    listed = await archive.articles.latest(10)
    assert [(row.id, row.published_at) for row in listed] == [
        (sample, MONDAY + HOUR),
        (real, MONDAY),
    ]


async def test_samples_are_removed_and_articles_of_ones_own_stay(archive: Archive) -> None:
    real = await add(archive, new_article("Настоящая."))
    for n in range(3):
        await add(archive, new_article(f"Пример {n}.", is_sample=True))
    assert await archive.articles.count() == 4
    assert await archive.articles.count(samples=False) == 1

    assert await archive.articles.remove_samples() == 3

    assert await ids(archive) == [real]
    assert await archive.articles.remove_samples() == 0


async def test_a_removed_article_takes_its_summary_and_evidence_along(archive: Archive) -> None:
    kept = await add(archive, new_article("Останется."))
    await add(archive, new_article("Исчезнет.", is_sample=True))

    await archive.articles.remove_samples()

    async with archive.database.reading() as connection:
        for table in (SummaryTable, SummarySentenceTable, EvidenceTable):
            left = await connection.execute(select(func.count()).select_from(table))
            assert left.scalar_one() == 1, table.__tablename__
    stored = await archive.articles.get(kept)
    assert stored is not None
    assert stored.summary[0].text == "Останется."


async def test_an_id_is_never_given_again(archive: Archive) -> None:
    """An old button must not open another article."""
    removed = await add(archive, new_article("Пример.", is_sample=True))
    await archive.articles.remove_samples()

    assert await add(archive, new_article("Новая.")) > removed
