"""A reader asks for news."""

from datetime import UTC, datetime

import pytest

from tests.e2e.conftest import AddArticle
from tests.e2e.town import Clock, Town

VISIT = (
    "Посол Казахстана в США Ержан Тестов прибыл в Чикаго.\n\n"
    "Он встретился с мэром города и обсудил прямые рейсы. Переговоры длились два часа. "
    "Следующая встреча пройдёт в Астане."
)


async def add_visit(add_article: AddArticle, **known: object) -> int:
    known = {
        "title": "Посол прибыл в Чикаго",
        "outlet": "Проба",
        "url": "https://proba.example/visit",
        "published": "2026-11-21T20:30:00+00:00",
    } | known
    return await add_article(VISIT, **known)


async def test_latest_shows_headline_outlet_date_and_two_sentences(
    town: Town, add_article: AddArticle
) -> None:
    await add_visit(add_article)
    reader = await town.reader()
    [card] = await reader.sends("/latest")
    assert card.text == (
        "Посол прибыл в Чикаго\n"
        "Проба · 22 ноября, 01:30\n\n"
        "Посол Казахстана в США Ержан Тестов прибыл в Чикаго. "
        "Он встретился с мэром города и обсудил прямые рейсы."
    )
    assert card.marked("bold") == ["Посол прибыл в Чикаго"]
    assert card.buttons["Источник"]["url"] == "https://proba.example/visit"
    assert card.preview == "https://proba.example/visit"


async def test_details_unfold_in_place_and_fold_again(town: Town, add_article: AddArticle) -> None:
    await add_visit(add_article)
    reader = await town.reader()
    [card] = await reader.sends("/latest")
    [unfolded] = await reader.presses("Подробнее")
    assert "Следующая встреча пройдёт в Астане." in unfolded.text
    assert unfolded.text.count("прибыл в Чикаго.") == 1
    [folded] = await reader.presses("Свернуть")
    assert folded.text == card.text
    assert len(await reader.screen()) == 1


async def test_details_unfold_what_the_article_says_beyond_its_summary(
    town: Town, add_article: AddArticle
) -> None:
    topics = " ".join(f"Стороны обсудили вопрос номер {number}." for number in range(20))
    rest = f"{topics} В конце посол пригласил мэра в Алматы."
    await add_article(VISIT + "\n\n" + rest, title="Визит", url="https://proba.example/1")
    reader = await town.reader()
    await reader.sends("/latest")
    [unfolded] = await reader.presses("Подробнее")
    [quote] = unfolded.marked("expandable_blockquote")
    assert quote.endswith("В конце посол пригласил мэра в Алматы.")
    assert "прибыл в Чикаго" not in quote


async def test_folding_keeps_the_way_to_more_news(town: Town, samples: int) -> None:
    reader = await town.reader()
    await reader.sends("/latest 1")
    await reader.presses("Подробнее")
    [folded] = await reader.presses("Свернуть")
    assert "Ещё новости" in folded.buttons


async def test_an_article_without_date_outlet_or_address_says_so(
    town: Town, add_article: AddArticle
) -> None:
    await add_visit(add_article, outlet=None, url=None, published=None)
    reader = await town.reader()
    [card] = await reader.sends("/latest")
    assert "издание не указано · дата не указана, получено 22 ноября" in card.text
    assert "Источник" not in card.buttons
    assert card.preview is None


async def test_a_day_without_an_hour_gets_no_hour(town: Town, add_article: AddArticle) -> None:
    await add_visit(add_article, published="2026-03-05")
    reader = await town.reader()
    [card] = await reader.sends("/latest")
    assert "Проба · 5 марта\n" in card.text


async def test_dates_are_in_the_readers_zone_and_language(
    town: Town, add_article: AddArticle
) -> None:
    await add_visit(add_article)
    reader = await town.reader("en")
    await reader.sends("/zone New York")
    [card] = await reader.sends("/latest")
    assert "November 21, 15:30" in card.text


async def test_latest_takes_a_number_and_goes_on_with_more(town: Town, samples: int) -> None:
    reader = await town.reader()
    first = await reader.sends("/latest 2")
    assert len(first) == 2
    more = await reader.presses("Ещё новости")
    titles = [bubble.text.split("\n")[0] for bubble in first + more]
    assert len(titles) == len(set(titles)) == 5


async def test_more_ends_with_a_sentence(town: Town, add_article: AddArticle) -> None:
    for number in range(4):
        await add_article(f"Статья номер {number} о переговорах.", title=f"Статья {number}")
    reader = await town.reader()
    cards = await reader.sends("/latest")
    assert len(cards) == 3
    [last] = await reader.presses("Ещё новости")
    assert "Ещё новости" not in last.buttons


@pytest.mark.parametrize("asked", ["abc", "0", "-1", "1.5", "²", "5 10"])
async def test_a_wrong_number_is_explained(town: Town, samples: int, asked: str) -> None:
    reader = await town.reader()
    [answer] = await reader.sends(f"/latest {asked}")
    assert answer.text == "После /latest нужно число от 1 до 10, например: /latest 5"


@pytest.mark.parametrize("asked", ["11", "99999", "9" * 4000])
async def test_a_large_number_shows_the_most_there_is(town: Town, samples: int, asked: str) -> None:
    reader = await town.reader()
    said, *cards = await reader.sends(f"/latest {asked}")
    assert "не больше 10" in said.text
    assert len(cards) == 10


async def test_an_empty_archive_is_said(town: Town) -> None:
    reader = await town.reader()
    [latest] = await reader.sends("/latest")
    assert "Статей пока нет" in latest.text
    [digest] = await reader.sends("/digest")
    assert "ничего нового не пришло" in digest.text


async def test_hostile_markup_in_an_article_is_only_text(
    town: Town, add_article: AddArticle
) -> None:
    await add_article(
        "<b>Жирный</b> текст & <script>alert(1)</script> в статье. \u202eзадом наперёд\u202c.",
        title="</b><a href='https://evil.example'>Выигрыш</a> & <p>",
        outlet="<i>Изд</i>",
    )
    reader = await town.reader()
    [card] = await reader.sends("/latest")
    assert "</b><a href='https://evil.example'>Выигрыш</a> & <p>" in card.text
    assert "<i>Изд</i>" in card.text
    assert not card.marked("text_link")
    assert "\u202e" not in card.text


async def test_a_button_below_a_vanished_article_says_so(town: Town, samples: int) -> None:
    reader = await town.reader()
    await reader.sends("/latest 1")
    await town.application.archive.articles.remove_samples()
    await reader.presses("Подробнее")
    assert "больше нет" in await reader.last_toast()


async def test_samples_are_marked_as_samples(town: Town, samples: int) -> None:
    reader = await town.reader()
    assert samples >= 24
    for card in await reader.sends("/latest 10"):
        assert "образец" in card.text


async def test_an_article_of_the_far_future_is_of_today(
    town: Town, add_article: AddArticle, clock: Clock
) -> None:
    await add_article("Новость из 2106 года.", title="Будущее", published="2106-02-07")
    reader = await town.reader()
    [card] = await reader.sends("/latest")
    assert "22 ноября" in card.text
    assert clock.now < datetime(2106, 1, 1, tzinfo=UTC)
