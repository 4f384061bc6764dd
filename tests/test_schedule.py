"""When a briefing is due: every week once, at the reader's own hour, whatever the clocks do."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.schedule import next_due

ALMATY = "Asia/Almaty"
NEW_YORK = "America/New_York"
MONDAY, FRIDAY, SUNDAY = 0, 4, 6

zones = st.sampled_from(sorted(available_timezones()))
weekdays = st.integers(0, 6)
hours = st.integers(0, 23)
moments = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001 — hypothesis adds the zone
    datetime(2037, 6, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def exists(wall: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the clocks of a zone ever show this local time."""
    aware = wall.replace(tzinfo=zone)
    return aware.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall


@given(weekday=weekdays, hour=hours, zone=zones, after=moments)
def test_it_is_due_at_that_hour_of_that_weekday_within_the_week_to_come(
    weekday: int, hour: int, zone: str, after: datetime
) -> None:
    due = next_due(weekday, hour, zone, after=after)
    local = ZoneInfo(zone)
    assert due.utcoffset() == timedelta(0)
    assert after < due <= after + timedelta(days=8)
    shown = due.astimezone(local)
    if (shown.weekday(), shown.time()) != (weekday, time(hour)):
        # Only because the clocks skipped that hour: then it counts when they have jumped.
        assert not any(
            exists(datetime.combine(shown.date() + timedelta(days=shift), time(hour)), local)
            for shift in (0, -1)
            if (shown.date() + timedelta(days=shift)).weekday() == weekday
        )


@given(weekday=weekdays, hour=hours, zone=zones, after=moments)
def test_no_week_is_skipped_and_none_comes_twice(
    weekday: int, hour: int, zone: str, after: datetime
) -> None:
    local = ZoneInfo(zone)
    due = next_due(weekday, hour, zone, after=after)
    for _ in range(60):
        following = next_due(weekday, hour, zone, after=due)
        # A change of the clocks moves it by hours, the date line by a day: never by a week.
        assert timedelta(days=5, hours=20) <= following - due <= timedelta(days=8, hours=4)
        assert following.astimezone(local).date() > due.astimezone(local).date()
        due = following


@given(weekday=weekdays, hour=hours, zone=zones, after=moments)
def test_it_does_not_matter_when_in_the_week_one_asks(
    weekday: int, hour: int, zone: str, after: datetime
) -> None:
    due = next_due(weekday, hour, zone, after=after)
    for earlier in (timedelta(microseconds=1), (due - after) / 2, due - after):
        assert next_due(weekday, hour, zone, after=due - earlier) == due


def test_the_moment_itself_is_past() -> None:
    due = utc("2026-11-23 04:00")
    assert next_due(MONDAY, 9, ALMATY, after=due - timedelta(seconds=1)) == due
    assert next_due(MONDAY, 9, ALMATY, after=due) == due + timedelta(days=7)


def test_almaty_gave_up_an_hour_in_2024_and_nobody_noticed_at_nine() -> None:
    # Until 1 March 2024 Almaty was six hours ahead of UTC, since then it is five.
    assert next_due(MONDAY, 9, ALMATY, after=utc("2024-02-25 12:00")) == utc("2024-02-26 03:00")
    assert next_due(MONDAY, 9, ALMATY, after=utc("2024-02-26 03:00")) == utc("2024-03-04 04:00")


def test_an_hour_that_almaty_repeated_that_night_counts_once() -> None:
    # At midnight the clocks went back to 23:00 of Thursday, 29 February.
    first = next_due(3, 23, ALMATY, after=utc("2024-02-29 00:00"))
    assert first == utc("2024-02-29 17:00")
    assert next_due(3, 23, ALMATY, after=first) == utc("2024-03-07 18:00")


def test_an_hour_that_new_york_skips_counts_when_the_clocks_have_jumped() -> None:
    due = next_due(SUNDAY, 2, NEW_YORK, after=utc("2026-03-05 00:00"))
    assert due == utc("2026-03-08 07:00")
    assert due.astimezone(ZoneInfo(NEW_YORK)).hour == 3
    assert next_due(SUNDAY, 2, NEW_YORK, after=due) == utc("2026-03-15 06:00")


def test_an_hour_that_new_york_repeats_counts_at_its_first_coming() -> None:
    due = next_due(SUNDAY, 1, NEW_YORK, after=utc("2026-10-31 12:00"))
    assert due == utc("2026-11-01 05:00")
    assert next_due(SUNDAY, 1, NEW_YORK, after=due) == utc("2026-11-08 06:00")


def test_nine_in_new_york_stays_nine_through_the_change() -> None:
    assert next_due(MONDAY, 9, NEW_YORK, after=utc("2026-03-03 00:00")) == utc("2026-03-09 13:00")
    assert next_due(MONDAY, 9, NEW_YORK, after=utc("2026-02-24 00:00")) == utc("2026-03-02 14:00")


@pytest.mark.parametrize(
    ("weekday", "after", "due"),
    [
        (FRIDAY, "2026-12-28 00:00", "2027-01-01 04:00"),
        (MONDAY, "2024-02-27 00:00", "2024-03-04 04:00"),
        (3, "2024-02-26 00:00", "2024-02-29 03:00"),
    ],
    ids=["over the end of the year", "over 29 February", "on 29 February"],
)
def test_the_calendar_is_no_matter(weekday: int, after: str, due: str) -> None:
    assert next_due(weekday, 9, ALMATY, after=utc(after)) == utc(due)


def test_a_friday_that_samoa_never_had_counts_when_it_had_passed() -> None:
    # Samoa jumped over the date line: Thursday 29 was followed by Saturday 31 December 2011.
    due = next_due(FRIDAY, 9, "Pacific/Apia", after=utc("2011-12-26 00:00"))
    assert due == utc("2011-12-30 19:00")
    assert next_due(FRIDAY, 9, "Pacific/Apia", after=due) == utc("2012-01-05 19:00")
