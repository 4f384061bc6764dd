"""When a briefing is due: at the reader's own hour, once, whatever the clocks and calendars do."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.rows import Frequency, Rule
from bot.delivery.schedule import due_after, last_due, next_due, period, take_turn

ALMATY = "Asia/Almaty"
NEW_YORK = "America/New_York"
MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 3, 4, 5, 6
DAILY, WORKDAYS = Frequency.DAILY, Frequency.WORKDAYS
WEEKLY, MONTHLY = Frequency.WEEKLY, Frequency.MONTHLY

rules = st.builds(
    Rule,
    frequency=st.sampled_from(Frequency),
    hour=st.integers(0, 23),
    zone=st.sampled_from(sorted(available_timezones())),
    minute=st.integers(0, 59),
    weekday=st.integers(0, 6),
    day_of_month=st.integers(1, 31),
)
moments = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 — hypothesis adds the zone
    datetime(2030, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def exists(wall: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the clocks of a zone ever show this local time."""
    aware = wall.replace(tzinfo=zone)
    return aware.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall


def is_a_day_of(rule: Rule, day: date) -> bool:
    if rule.frequency is WORKDAYS:
        return day.weekday() < SATURDAY
    if rule.frequency is WEEKLY:
        return day.weekday() == rule.weekday
    if rule.frequency is MONTHLY:
        return day.day == min(rule.day_of_month, calendar.monthrange(day.year, day.month)[1])
    return True


@given(rule=rules, after=moments)
def test_it_comes_on_a_day_of_the_rule_at_that_time_by_the_clocks_there(
    rule: Rule, after: datetime
) -> None:
    due = next_due(rule, after=after)
    zone = ZoneInfo(rule.zone)
    shown = due.astimezone(zone)
    assert due.utcoffset() == timedelta(0)
    assert due > after
    assert is_a_day_of(rule, shown.date())
    if shown.time() != time(rule.hour, rule.minute):
        # Only because the clocks skipped that time on that day.
        assert not exists(datetime.combine(shown.date(), time(rule.hour, rule.minute)), zone)


@given(rule=rules, after=moments)
def test_no_day_of_the_rule_is_skipped_and_none_comes_twice(rule: Rule, after: datetime) -> None:
    zone = ZoneInfo(rule.zone)
    due = next_due(rule, after=after)
    for _ in range(40):
        following = next_due(rule, after=due)
        assert following > due
        day, last = due.astimezone(zone).date(), following.astimezone(zone).date()
        assert day < last
        between = (day + timedelta(days=n) for n in range(1, (last - day).days))
        assert not any(is_a_day_of(rule, other) for other in between)
        due = following


@given(rule=rules, after=moments, share=st.floats(0, 1))
def test_it_does_not_matter_when_one_asks(rule: Rule, after: datetime, share: float) -> None:
    due = next_due(rule, after=after)
    for earlier in (timedelta(microseconds=1), (due - after) * share, due - after):
        if earlier:
            assert next_due(rule, after=due - earlier) == due
    assert due_after(after)(rule) == due


@given(rule=rules, after=moments)
def test_periods_join_without_a_gap(rule: Rule, after: datetime) -> None:
    first = next_due(rule, after=after)
    second = next_due(rule, after=first)
    assert period(rule, second) == (first, second)
    assert last_due(rule, before=second) == first


@given(rule=rules, after=moments, late=st.timedeltas(timedelta(0), timedelta(days=100)))
def test_what_was_missed_is_one_edition_up_to_the_last_moment(
    rule: Rule, after: datetime, late: timedelta
) -> None:
    due = next_due(rule, after=after)
    now = due + late
    turn = take_turn(rule, due, now=now)
    assert turn.period_start == last_due(rule, before=due)
    assert due <= turn.period_end <= now < turn.next_due_at
    # Nothing lies between the end of the edition and the next one: no hour is told twice or never.
    assert next_due(rule, after=turn.period_end) == turn.next_due_at


def test_the_moment_itself_is_past() -> None:
    rule, due = Rule(WEEKLY, 9, ALMATY), utc("2026-11-23 04:00")
    assert next_due(rule, after=due - timedelta(seconds=1)) == due
    assert next_due(rule, after=due) == due + timedelta(days=7)


def test_almaty_gave_up_an_hour_in_2024_and_nobody_noticed_at_nine() -> None:
    # Until 1 March 2024 Almaty was six hours ahead of UTC, since then it is five.
    rule = Rule(WEEKLY, 9, ALMATY)
    assert next_due(rule, after=utc("2024-02-25 12:00")) == utc("2024-02-26 03:00")
    assert next_due(rule, after=utc("2024-02-26 03:00")) == utc("2024-03-04 04:00")
    assert period(rule, utc("2024-03-04 04:00"))[0] == utc("2024-02-26 03:00")


def test_an_hour_that_almaty_repeated_that_night_counts_once() -> None:
    # At midnight the clocks went back to 23:00 of Thursday, 29 February.
    rule = Rule(DAILY, 23, ALMATY, minute=30)
    first = next_due(rule, after=utc("2024-02-29 00:00"))
    assert first == utc("2024-02-29 17:30")
    assert next_due(rule, after=first) == utc("2024-03-01 18:30")


@pytest.mark.parametrize("minute", [0, 1, 30, 59])
def test_a_time_that_new_york_skips_counts_when_the_clocks_have_jumped(minute: int) -> None:
    rule = Rule(WEEKLY, 2, NEW_YORK, minute=minute, weekday=SUNDAY)
    due = next_due(rule, after=utc("2026-03-05 00:00"))
    assert due == utc("2026-03-08 07:00")
    assert due.astimezone(ZoneInfo(NEW_YORK)).time() == time(3)
    assert next_due(rule, after=due) == utc("2026-03-15 06:00") + timedelta(minutes=minute)


def test_a_time_that_new_york_repeats_counts_at_its_first_coming() -> None:
    rule = Rule(WEEKLY, 1, NEW_YORK, weekday=SUNDAY)
    due = next_due(rule, after=utc("2026-10-31 12:00"))
    assert due == utc("2026-11-01 05:00")
    assert next_due(rule, after=due) == utc("2026-11-08 06:00")


def test_where_the_clocks_jump_into_the_next_day_it_comes_a_minute_before() -> None:
    # In Nuuk Saturday, 30 March 2024 ended at 23:00.
    rule = Rule(DAILY, 23, "America/Nuuk", minute=30)
    due = next_due(rule, after=utc("2024-03-30 12:00"))
    assert due == utc("2024-03-31 00:59")
    assert due.astimezone(ZoneInfo("America/Nuuk")).date() == date(2024, 3, 30)


def test_samoa_never_had_that_friday() -> None:
    # It jumped over the date line: Thursday 29 was followed by Saturday 31 December 2011.
    apia, thursday = "Pacific/Apia", utc("2011-12-29 19:00")
    assert next_due(Rule(DAILY, 9, apia), after=thursday) == utc("2011-12-30 19:00")
    # A week's edition is not lost with its day.
    weekly = Rule(WEEKLY, 9, apia, weekday=FRIDAY)
    assert next_due(weekly, after=thursday) == utc("2011-12-30 10:00")
    assert next_due(weekly, after=utc("2011-12-30 10:00")) == utc("2012-01-05 19:00")


@pytest.mark.parametrize(
    ("rule", "after", "due"),
    [
        (Rule(WEEKLY, 9, ALMATY, weekday=FRIDAY), "2026-12-28 00:00", "2027-01-01 04:00"),
        (Rule(WEEKLY, 9, ALMATY), "2024-02-27 00:00", "2024-03-04 04:00"),
        (Rule(WEEKLY, 9, ALMATY, weekday=THURSDAY), "2024-02-26 00:00", "2024-02-29 03:00"),
        (Rule(WORKDAYS, 9, ALMATY), "2026-11-20 04:00", "2026-11-23 04:00"),
        (Rule(DAILY, 9, ALMATY), "2026-12-31 04:00", "2027-01-01 04:00"),
        (Rule(MONTHLY, 9, "UTC", day_of_month=31), "2026-01-31 09:00", "2026-02-28 09:00"),
        (Rule(MONTHLY, 9, "UTC", day_of_month=31), "2028-01-31 09:00", "2028-02-29 09:00"),
        (Rule(MONTHLY, 9, "UTC", day_of_month=30), "2026-02-28 09:00", "2026-03-30 09:00"),
        (Rule(MONTHLY, 9, "UTC", day_of_month=1), "2026-12-01 09:00", "2027-01-01 09:00"),
    ],
    ids=[
        "over the end of the year",
        "over 29 February",
        "on 29 February",
        "over the weekend",
        "every day over the end of the year",
        "on the last day of February",
        "on 29 February of a leap year",
        "back on its day after February",
        "over the last month of the year",
    ],
)
def test_the_calendar_is_no_matter(rule: Rule, after: str, due: str) -> None:
    assert next_due(rule, after=utc(after)) == utc(due)


def test_mondays_edition_on_working_days_covers_the_weekend() -> None:
    rule = Rule(WORKDAYS, 9, ALMATY)
    assert period(rule, utc("2026-11-23 04:00")) == (
        utc("2026-11-20 04:00"),
        utc("2026-11-23 04:00"),
    )


def test_three_days_asleep_are_one_edition() -> None:
    rule, due = Rule(DAILY, 9, ALMATY), utc("2026-11-20 04:00")
    turn = take_turn(rule, due, now=utc("2026-11-22 15:00"))
    assert turn.period_start == utc("2026-11-19 04:00")
    assert turn.period_end == utc("2026-11-22 04:00")
    assert turn.next_due_at == utc("2026-11-23 04:00")
