"""Citations as the standards write them; the expected lines were composed by hand from them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.rows import ArticleRow
from bot.briefings.citations import MOST_UNITS, Cited, Style, chicago, cited, fitted, gost
from bot.formatting import utf16_length

WHOLE = Cited(
    title="Казахстан и США подписали меморандум",
    accessed=date(2026, 11, 22),
    author="Айгерим Сейтова",
    outlet="Казинформ",
    published=date(2026, 3, 5),
    url="https://inform.kz/ru/a123",
)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (
            WHOLE,
            "Казахстан и США подписали меморандум [Электронный ресурс] / Айгерим Сейтова // "
            "Казинформ. 05.03.2026. URL: https://inform.kz/ru/a123 (дата обращения: 22.11.2026).",
        ),
        (
            # The example of the standard for an online newspaper, with our designation and date.
            Cited(
                title="Инвестиции останутся сырьевыми",
                accessed=date(2007, 3, 19),
                outlet="PROGNOSIS.RU",
                published=date(2006, 1, 25),
                url="http://www.prognosis.ru/print.html?id=6464",
            ),
            "Инвестиции останутся сырьевыми [Электронный ресурс] // PROGNOSIS.RU. 25.01.2006. "
            "URL: http://www.prognosis.ru/print.html?id=6464 (дата обращения: 19.03.2007).",
        ),
        (
            replace(WHOLE, author=None, published=None),
            "Казахстан и США подписали меморандум [Электронный ресурс] // Казинформ. "
            "URL: https://inform.kz/ru/a123 (дата обращения: 22.11.2026).",
        ),
        (
            replace(WHOLE, author=None, outlet=None, url="https://www.inform.kz/ru/a123"),
            "Казахстан и США подписали меморандум [Электронный ресурс] // inform.kz. 05.03.2026. "
            "URL: https://www.inform.kz/ru/a123 (дата обращения: 22.11.2026).",
        ),
        (
            replace(WHOLE, url=None),
            "Казахстан и США подписали меморандум / Айгерим Сейтова // Казинформ. 05.03.2026.",
        ),
        (
            Cited(title="Что дальше?", accessed=date(2026, 11, 22)),
            "Что дальше?.",
        ),
        (
            replace(WHOLE, title="Вот и всё.", author=None, outlet="Власть"),
            "Вот и всё [Электронный ресурс] // Власть. 05.03.2026. "
            "URL: https://inform.kz/ru/a123 (дата обращения: 22.11.2026).",
        ),
    ],
)
def test_gost(one: Cited, expected: str) -> None:
    assert gost(one) == expected


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (
            # The manual's own example of an article on a news site (Citation Quick Guide).
            Cited(
                title="The Squishy, Sugary History of Peeps",
                accessed=date(2026, 11, 22),
                author="Tanya Pai",
                outlet="Vox",
                published=date(2017, 4, 11),
                url="http://www.vox.com/culture/2017/4/11/15209084/peeps-easter",
            ),
            "Tanya Pai, “The Squishy, Sugary History of Peeps,” Vox, April 11, 2017, "
            "http://www.vox.com/culture/2017/4/11/15209084/peeps-easter.",
        ),
        (
            replace(WHOLE, author=None),
            "“Казахстан и США подписали меморандум,” Казинформ, March 5, 2026, "
            "https://inform.kz/ru/a123.",
        ),
        (
            replace(WHOLE, author=None, published=None),
            "“Казахстан и США подписали меморандум,” Казинформ, accessed November 22, 2026, "
            "https://inform.kz/ru/a123.",
        ),
        (
            replace(WHOLE, author=None, outlet=None),
            "“Казахстан и США подписали меморандум,” inform.kz, March 5, 2026, "
            "https://inform.kz/ru/a123.",
        ),
        (
            replace(WHOLE, url=None),
            "Айгерим Сейтова, “Казахстан и США подписали меморандум,” Казинформ, March 5, 2026.",
        ),
        (
            Cited(title="Меморандум", accessed=date(2026, 11, 22)),
            "“Меморандум.”",
        ),
        (
            replace(WHOLE, author=None, title='Что такое "С5+1"?', url=None),
            "“Что такое ‘С5+1’?,” Казинформ, March 5, 2026.",
        ),
        (
            replace(WHOLE, author=None, title="Токаев: “Мы готовы”", url=None),
            "“Токаев: ‘Мы готовы’,” Казинформ, March 5, 2026.",
        ),
    ],
)
def test_chicago(one: Cited, expected: str) -> None:
    assert chicago(one) == expected


def test_days_are_those_of_the_readers_zone() -> None:
    late = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
    row = ArticleRow(
        id=1,
        title=" Два\nслова ",
        title_from_body=False,
        outlet="Проба",
        url="https://proba.example/1",
        language="ru",
        published_at=late,
        published_has_time=True,
        added_at=late,
        is_sample=False,
        summary=(),
    )
    there = cited(row, now=late, zone="Asia/Almaty")
    assert (there.title, there.published, there.accessed) == (
        "Два слова",
        date(2026, 11, 22),
        date(2026, 11, 22),
    )
    assert cited(row, now=late, zone="America/New_York").published == date(2026, 11, 21)


@pytest.mark.parametrize("style", Style)
def test_a_long_title_is_shortened_and_the_address_never(style: Style) -> None:
    one = replace(WHOLE, title="Очень длинный заголовок " * 20)
    written = fitted(one, style)
    assert written is not None
    assert utf16_length(written) <= MOST_UNITS
    assert "…" in written
    assert one.url is not None
    assert one.url in written


@pytest.mark.parametrize("style", Style)
def test_what_does_not_fit_beside_its_address_is_not_cut(style: Style) -> None:
    assert fitted(replace(WHOLE, url="https://inform.kz/" + "a" * 300), style) is None


TEXTS = st.text(max_size=300)


@given(title=TEXTS, author=TEXTS, outlet=TEXTS, url=st.text(min_size=1, max_size=300))
@pytest.mark.parametrize("style", Style)
def test_whatever_is_cited_fits_a_button_with_its_whole_address(
    style: Style, title: str, author: str, outlet: str, url: str
) -> None:
    one = Cited(title, date(2026, 1, 2), author or None, outlet or None, date(2026, 1, 1), url)
    written = fitted(one, style)
    assert written is None or (1 <= utf16_length(written) <= MOST_UNITS and url in written)
