"""Pictures: readable on a phone in light and dark, with a caption that says the same in words."""

import struct
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.briefings.charts import (
    DARK,
    LIGHT,
    Encounter,
    Palette,
    Visit,
    WeekCount,
    encounters_chart,
    visits_chart,
    weeks_chart,
)
from bot.locales.wording import wording

MONDAY = date(2026, 10, 5)
WEEKS = [
    WeekCount(MONDAY + timedelta(days=7 * number), stories, stories * 2)
    for number, stories in enumerate((5, 8, 3))
]
PAIRS = [Encounter("Ержан Казыхан", "Марко Рубио", 2), Encounter("Айжан", "Марко Рубио", 1)]
VISITS = [Visit(MONDAY, "Переговоры в Астане"), Visit(MONDAY + timedelta(2), "Сделка на $640 млн")]


def size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def luminance(color: str) -> float:
    """Relative luminance by WCAG 2."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("language", ["ru", "en", "kk"])
def test_every_picture_fills_the_width_of_a_phone(language: str, palette: Palette) -> None:
    words = wording(language)
    for chart in (
        weeks_chart(WEEKS, words, palette),
        visits_chart(VISITS, words, palette),
        encounters_chart(PAIRS, words, palette),
    ):
        width, height = size(chart.png)
        assert width == 1080
        assert 300 < height < 2000
        assert chart.caption


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_letters_and_marks_stand_out_from_the_paper(palette: Palette) -> None:
    assert contrast(palette.ink, palette.paper) >= 7
    assert contrast(palette.second, palette.paper) >= 4.5
    assert contrast(palette.first, palette.paper) >= 3


def test_captions_say_the_numbers_of_the_picture() -> None:
    words = wording("ru")
    assert weeks_chart(WEEKS, words, LIGHT).caption == (
        "По неделям: в последней 3 сюжета и 6 статей; больше всего сюжетов, 8, на неделе "
        "с 12 октября."
    )
    assert visits_chart(VISITS, words, LIGHT).caption == (
        "2 встречи и визита: с 5 октября по 7 октября."
    )
    assert encounters_chart(PAIRS, words, LIGHT).caption == (
        "2 пары собеседников; чаще всего Ержан Казыхан и Марко Рубио: 2 сюжета."
    )


names = st.text(max_size=80)


@given(st.lists(st.builds(Encounter, names, names, st.integers(1, 9)), min_size=1, max_size=20))
@settings(max_examples=8, deadline=None)
def test_any_names_can_be_drawn(pairs: list[Encounter]) -> None:
    assert size(encounters_chart(pairs, wording("ru"), DARK).png)[0] == 1080


@given(st.lists(st.builds(Visit, st.dates(), names), min_size=1, max_size=12))
@settings(max_examples=8, deadline=None)
def test_any_headlines_can_be_drawn(visits: list[Visit]) -> None:
    assert size(visits_chart(visits, wording("kk"), LIGHT).png)[0] == 1080
