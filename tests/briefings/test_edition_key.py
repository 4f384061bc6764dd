"""The key of an edition: it fits a button, and names the same edition when it comes back."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefings.edition_key import EditionKey

minutes = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(second=0, microsecond=0))


@given(
    minutes,
    st.integers(1, 527_040),
    st.none() | st.from_regex("[a-z]{1,16}", fullmatch=True),
    st.none() | st.integers(0, 2**31 - 1),
)
def test_a_key_comes_back_as_it_went_out(
    start: datetime, length: int, topic: str | None, person: int | None
) -> None:
    key = EditionKey(start, start + timedelta(minutes=length), topic, person)
    assert EditionKey.read(str(key)) == key
    assert len(str(key).encode()) <= 50


@given(st.text(max_size=70))
def test_what_is_no_key_is_none(text: str) -> None:
    key = EditionKey.read(text)
    assert key is None or EditionKey.read(str(key)) == key


@given(st.from_regex(r"e1-2(-tenergy)?-p\d{1,10}", fullmatch=True))
def test_nobody_has_a_number_that_no_row_can_have(text: str) -> None:
    key = EditionKey.read(text)
    assert key is None or 0 <= (key.person or 0) <= 2**31 - 1
    assert text.isascii() or key is None


@pytest.mark.parametrize(
    "text",
    ["", "e", "e1-1", "e2-1", "e1-2-t", "e1-2-pX", "s12", "ezzzzzzz-1", "e1-2-p2147483648"],
)
def test_a_key_that_names_no_period_is_none(text: str) -> None:
    assert EditionKey.read(text) is None
