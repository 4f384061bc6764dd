"""Names of what can be passed on: they survive a link, a button and hostile hands."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.briefings.edition_key import EditionKey
from bot.items import Item, Kind

NUMBERED = st.sampled_from([Kind.STORY, Kind.ARTICLE, Kind.PERSON, Kind.QUOTE])
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1))  # noqa: DTZ001


@given(NUMBERED, st.integers(1, 10**18 - 1))
def test_a_name_reads_back_as_the_same_item(kind: Kind, number: int) -> None:
    item = Item.of(kind, number)
    assert Item.read(str(item)) == item
    assert item.number == min(number, 2**31 - 1)


@given(MOMENTS, st.integers(1, 10**5), st.sampled_from([None, "energy"]))
def test_an_edition_is_named_by_its_key(moment: datetime, minutes: int, topic: str | None) -> None:
    start = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    item = Item.edition(EditionKey(start, start + timedelta(minutes=minutes), topic))
    assert Item.read(str(item)) == item


@given(NUMBERED, st.integers(1, 10**18 - 1))
def test_a_name_fits_a_start_link(kind: Kind, number: int) -> None:
    link = Item.of(kind, number).link("vestnik_bot")
    parameter = link.removeprefix("https://t.me/vestnik_bot?start=")
    assert 1 <= len(parameter) <= 64
    assert parameter.isalnum()


@given(st.text(max_size=80))
def test_any_other_text_is_no_name(text: str) -> None:
    item = Item.read(text)
    assert item is None or str(item) == text


def test_near_misses_are_no_names() -> None:
    for text in ("", "s", "s0", "s01", "s-1", "x5", "S5", "s5 ", "s" + "9" * 19, "e", "e1-", "s٣"):
        assert Item.read(text) is None
