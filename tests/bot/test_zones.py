"""Time zones are found by what people type and where they are."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import known_zones
from bot.locales.zones import MOST_GUESSES, guess_zone, nearest_zone

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Алматы", "Asia/Almaty"),
        ("в Шымкенте", "Asia/Almaty"),
        ("Алматыда", "Asia/Almaty"),
        ("Москве", "Europe/Moscow"),
        ("НЬЮ-ЙОРК", "America/New_York"),
        ("new york", "America/New_York"),
        ("Вашингтоне", "America/New_York"),
        ("Парыж", "Europe/Paris"),
        ("Ақтау", "Asia/Aqtau"),
        ("asia/tokyo", "Asia/Tokyo"),
        ("utc", "UTC"),
        ("+0", "UTC"),
        ("UTC+5:30", "Asia/Kolkata"),
    ],
)
def test_a_city_is_known_in_any_language_and_case(said: str, zone: str) -> None:
    guess = guess_zone(said, NOW)
    assert guess.is_sure
    assert guess.zones[0] == zone


@pytest.mark.parametrize("said", ["", "😀", "+15", "ы" * 4_096, "UTC+25", "Ъ", "()*+?"])
def test_what_is_no_city_is_none(said: str) -> None:
    assert guess_zone(said, NOW).zones == ()


@given(st.integers(-12, 14))
def test_whole_hours_mean_what_they_say_all_year(hours: int) -> None:
    [zone] = guess_zone(f"{hours:+d}", NOW).zones
    for days in (0, 180):
        offset = (NOW + timedelta(days=days)).astimezone(ZoneInfo(zone)).utcoffset()
        assert offset == timedelta(hours=hours)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=100))
def test_any_text_gives_known_zones_or_none(said: str) -> None:
    guess = guess_zone(said, NOW)
    assert len(guess.zones) <= MOST_GUESSES
    assert set(guess.zones) <= known_zones()
    assert guess.zones or not guess.is_sure


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (51.1, 71.4, "Asia/Almaty"),
        (38.9, -77.0, "America/New_York"),
        (51.5, -0.1, "Europe/London"),
        (-36.8, 174.8, "Pacific/Auckland"),
        (0.0, 180.0, "Pacific/Tarawa"),
    ],
)
def test_a_place_has_the_zone_of_the_nearest_city(
    latitude: float, longitude: float, zone: str
) -> None:
    assert nearest_zone(latitude, longitude) == zone
