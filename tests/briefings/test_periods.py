"""The period of an edition, as people name it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefings.periods import PeriodError, read_period

ALMATY = "Asia/Almaty"
# A Sunday noon in Almaty.
NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)


def days(text: str) -> tuple[str, str, str]:
    """The first and the last local day that are meant, and the words that are left."""
    asked = read_period(text, ALMATY, NOW)
    assert asked.period is not None
    local = ZoneInfo(ALMATY)
    last = asked.period.end - timedelta(microseconds=1)
    return (
        asked.period.start.astimezone(local).date().isoformat(),
        last.astimezone(local).date().isoformat(),
        asked.words,
    )


@pytest.mark.parametrize(
    ("text", "first", "last", "left"),
    [
        ("2024-W13", "2024-03-25", "2024-03-31", ""),
        ("w1 энергетика", "2025-12-29", "2026-01-04", "энергетика"),
        # The week that runs now ends now.
        ("W47", "2026-11-16", "2026-11-22", ""),
        ("w50", "2025-12-08", "2025-12-14", ""),
        ("март", "2026-03-01", "2026-03-31", ""),
        ("за март", "2026-03-01", "2026-03-31", ""),
        ("Марта 2024 Казыхан", "2024-03-01", "2024-03-31", "Казыхан"),
        ("декабрь", "2025-12-01", "2025-12-31", ""),
        ("february 2024", "2024-02-01", "2024-02-29", ""),
        ("қараша", "2026-11-01", "2026-11-22", ""),
        ("15 марта", "2026-03-15", "2026-03-15", ""),
        ("15 декабря", "2025-12-15", "2025-12-15", ""),
        ("29 февраля", "2024-02-29", "2024-02-29", ""),
        ("1 сентября 2025 Токаев", "2025-09-01", "2025-09-01", "Токаев"),
        ("2024-03", "2024-03-01", "2024-03-31", ""),
        ("2024", "2024-01-01", "2024-12-31", ""),
        ("2024-03-26", "2024-03-26", "2024-03-26", ""),
        ("26.03.2024", "2024-03-26", "2024-03-26", ""),
        ("2024-03-01..2024-03-15", "2024-03-01", "2024-03-15", ""),
        ("сегодня", "2026-11-22", "2026-11-22", ""),
        ("кеше", "2026-11-21", "2026-11-21", ""),
    ],
)
def test_a_period_is_read_as_people_name_it(text: str, first: str, last: str, left: str) -> None:
    assert days(text) == (first, last, left)


@pytest.mark.parametrize("text", ["7", "7 дней", "за 7 дней", "7 days", "7 күн"])
def test_a_number_means_so_many_days_up_to_now(text: str) -> None:
    asked = read_period(text, ALMATY, NOW)
    assert asked.words == ""
    assert asked.period is not None
    assert (asked.period.start, asked.period.end) == (NOW - timedelta(days=7), NOW)


@pytest.mark.parametrize("text", ["", "Токаев", "энергетика и транспорт", "мартовские встречи"])
def test_words_that_name_no_period_stay_words(text: str) -> None:
    asked = read_period(text, ALMATY, NOW)
    assert (asked.period, asked.words) == (None, text)


@pytest.mark.parametrize(
    "text",
    [
        *("0", "999", "w60", "2025-w53", "31 февраля", "2024-13", "30.02.2024"),
        *("2024-03-15..2024-03-01", "2020-01-01..2024-01-01", "0001-01-01"),
    ],
)
def test_a_period_that_there_cannot_be_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(PeriodError) as refused:
        read_period(text, ALMATY, NOW)
    assert str(refused.value)


@given(st.text(max_size=40), st.sampled_from([ALMATY, "America/New_York", "Pacific/Kiritimati"]))
def test_whatever_is_written_a_period_begins_before_it_ends(text: str, zone: str) -> None:
    try:
        asked = read_period(text, zone, NOW)
    except PeriodError:
        return
    if asked.period is not None:
        assert asked.period.start <= asked.period.end <= max(NOW, asked.period.start)
