"""Summaries in the archive: the best is shown, the default stands, nothing is written twice."""

from datetime import timedelta

import pytest

from bot.archive import Archive
from bot.archive.people_rows import PendingArticle
from bot.archive.rows import NewArticle
from bot.archive.source_rows import Arrival
from summarizer.findings import Findings
from summarizer.summary import Summary, SummarySentence
from tests.archive.making import MONDAY, add, new_article
from tests.summaries.making import analyse_again, analysed, first_sentence, shown, told
from tests.summaries.tiny import VISIT

SETTINGS = "a" * 64
LONG_AGO = MONDAY - timedelta(days=14)


async def waiting(archive: Archive, settings: str = SETTINGS) -> PendingArticle | None:
    return await archive.summaries.waiting(settings, since=LONG_AGO)


async def write(archive: Archive, *, settings: str = SETTINGS, now: object = MONDAY) -> None:
    article = await waiting(archive, settings)
    assert article is not None
    await archive.summaries.keep(
        article, second_sentence(article.text), model="tiny", settings=settings, now=MONDAY
    )


def second_sentence(text: str) -> Summary:
    summary = first_sentence(text, "model")
    [said] = summary.sentences
    return Summary((SummarySentence(f"Модель: {said.text}", said.evidence),), "model")


async def test_the_analysis_puts_its_summary_in_place_of_the_lead(archive: Archive) -> None:
    article_id = await add(archive, new_article(VISIT))
    assert (await shown(archive, article_id)).maker == "lead"
    await analyse_again(archive)
    row = await shown(archive, article_id)
    assert (row.maker, row.model) == ("condensed", None)
    assert VISIT.startswith(told(row))
    assert await archive.summaries.headline(article_id) == "Одной строкой"


async def test_an_analysis_without_a_summary_leaves_the_lead(archive: Archive) -> None:
    article_id = await add(archive, new_article(VISIT))
    article = await archive.analyses.next(1)
    assert article is not None
    await archive.analyses.keep(article, Findings(), version=1, now=MONDAY)
    row = await shown(archive, article_id)
    assert row.maker == "lead"
    assert told(row) == VISIT


async def test_a_sentence_without_evidence_is_not_kept(archive: Archive) -> None:
    article_id = await add(archive, new_article(VISIT))
    article = await archive.analyses.next(1)
    assert article is not None
    good = first_sentence(VISIT).sentences
    summary = Summary((*good, SummarySentence("Ниоткуда.", ())), "condensed")
    await archive.analyses.keep(article, Findings(summary=summary), version=1, now=MONDAY)
    assert "Ниоткуда" not in told(await shown(archive, article_id))


async def test_the_longer_one_waits_beside_the_one_at_a_glance(archive: Archive) -> None:
    article_id = await add(archive, new_article(VISIT))
    article = await archive.analyses.next(1)
    assert article is not None
    brief = Summary((*first_sentence(VISIT).sentences, *first_sentence(VISIT).sentences), "brief")
    findings = Findings(summary=first_sentence(VISIT), brief=brief)
    await archive.analyses.keep(article, findings, version=1, now=MONDAY)
    assert len((await shown(archive, article_id)).summary) == 1
    assert len(await archive.summaries.brief(article_id)) == 2


async def test_what_a_model_wrote_is_shown_before_the_default(archive: Archive) -> None:
    article_id = await analysed(archive, VISIT)
    await write(archive)
    row = await shown(archive, article_id)
    assert (row.maker, row.model) == ("model", "tiny")
    assert told(row).startswith("Модель: ")
    assert await waiting(archive) is None


async def test_a_new_analysis_leaves_what_a_model_wrote(archive: Archive) -> None:
    article_id = await analysed(archive, VISIT)
    await write(archive)
    article = await archive.analyses.next(2)
    assert article is not None
    findings = Findings(summary=first_sentence(VISIT))
    await archive.analyses.keep(article, findings, version=2, now=MONDAY)
    assert (await shown(archive, article_id)).maker == "model"


async def test_a_model_that_is_no_longer_chosen_is_no_longer_shown(archive: Archive) -> None:
    article_id = await analysed(archive, VISIT)
    await write(archive)
    await archive.summaries.tidy(None, now=MONDAY)
    assert (await shown(archive, article_id)).maker == "condensed"
    article = await waiting(archive)
    assert article is not None
    # Going back to it costs nothing.
    assert await archive.summaries.written(article.fingerprint, SETTINGS) is not None


async def test_another_model_writes_anew(archive: Archive) -> None:
    await analysed(archive, VISIT)
    await write(archive)
    assert await waiting(archive, "b" * 64) is not None


async def test_what_was_written_long_ago_is_forgotten(archive: Archive) -> None:
    await analysed(archive, VISIT)
    article = await waiting(archive)
    assert article is not None
    await write(archive)
    await archive.summaries.tidy(SETTINGS, now=MONDAY + timedelta(days=91))
    assert await archive.summaries.written(article.fingerprint, SETTINGS) is None


async def test_a_revised_article_loses_what_was_written_of_its_old_text(archive: Archive) -> None:
    def arrival(text: str) -> Arrival:
        article: NewArticle = new_article(text, url="https://a.example/1", published_at=MONDAY)
        return Arrival(article, first_sentence(text, "lead"), None, None)

    [arrived] = await archive.arrivals.take([arrival(VISIT)], now=MONDAY)
    await analyse_again(archive)
    await write(archive)
    revised = "Министр Тестов отменил поездку. Причина не названа."
    later = MONDAY + timedelta(hours=1)
    await archive.arrivals.take([arrival(revised)], now=later)
    row = await shown(archive, arrived.article_id)
    assert row.maker == "lead"
    assert told(row) == "Министр Тестов отменил поездку."
    await analyse_again(archive, now=later + timedelta(minutes=1))
    article = await waiting(archive)
    assert article is not None
    assert article.text == revised


async def test_what_was_written_of_an_older_text_is_not_shown(archive: Archive) -> None:
    article_id = await analysed(archive, VISIT)
    article = await waiting(archive)
    assert article is not None
    stale = PendingArticle(article.id, None, "Другой текст.", None, "0" * 64)
    is_kept = await archive.summaries.keep(
        stale, second_sentence(VISIT), model="tiny", settings=SETTINGS, now=MONDAY
    )
    assert not is_kept
    assert (await shown(archive, article_id)).maker == "condensed"


async def test_only_news_that_was_analysed_waits_the_newest_first(archive: Archive) -> None:
    await analysed(archive, "Старая новость. Её забыли.", age_days=20)
    await analysed(archive, "Новость недели. О ней говорят.", age_days=3)
    newest = await analysed(archive, "Новость дня. О ней узнали утром.")
    await add(archive, new_article("Ещё не разобрано. Ждёт.", published_at=MONDAY))
    article = await waiting(archive)
    assert article is not None
    assert article.id == newest
    assert await archive.summaries.pending(SETTINGS, since=LONG_AGO) == 2


@pytest.mark.parametrize(("is_final", "tries"), [(True, 1), (False, 2)])
async def test_a_text_that_fails_is_given_up(archive: Archive, is_final: bool, tries: int) -> None:
    await analysed(archive, VISIT)
    for number in range(1, tries + 1):
        article = await waiting(archive)
        assert article is not None
        given_up = await archive.summaries.failed(
            article.fingerprint, SETTINGS, "broken", now=MONDAY, is_final=is_final
        )
        assert given_up == (number == tries)
    assert await waiting(archive) is None
    [(_, reason)] = await archive.summaries.failures(SETTINGS)
    assert reason == "broken"
    # With other settings it is tried again.
    assert await waiting(archive, "b" * 64) is not None
