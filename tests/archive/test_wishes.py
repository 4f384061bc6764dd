"""What subscribers want is kept per subscriber and comes with their deliveries."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive import Archive
from bot.archive.rows import Length, Quiet, Wishes
from bot.briefings.material import EditionFilter
from bot.briefings.wishes import composed_as, filter_of

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)


async def subscriber(archive: Archive, chat_id: int = 1) -> int:
    row = await archive.subscribers.remember(
        chat_id, None, language="ru", time_zone="UTC", next_due=lambda _: NOW, now=NOW
    )
    return row.id


async def test_who_stated_nothing_wants_what_everybody_gets(archive: Archive) -> None:
    assert await archive.wishes.of(await subscriber(archive)) == Wishes()
    assert await archive.wishes.of(404) == Wishes()


async def test_wishes_are_kept_and_changed_one_by_one(archive: Archive) -> None:
    one, other = await subscriber(archive), await subscriber(archive, 2)
    wanted = Wishes(
        length=Length.SHORT,
        topics=frozenset({"energy", "trade"}),
        only_followed=True,
        include=("нефть",),
        exclude=("o'k", "100%"),
        least_importance=0.4,
        quiet=Quiet(22, 7),
        is_rich=True,
        is_silent=True,
        has_pdf=True,
    )
    await archive.wishes.change(one, lambda _: wanted)
    assert await archive.wishes.of(one) == wanted
    changed = await archive.wishes.change(one, lambda old: replace(old, quiet=None))
    assert changed == await archive.wishes.of(one) == replace(wanted, quiet=None)
    assert await archive.wishes.of(other) == Wishes()


async def test_a_change_for_somebody_who_is_gone_changes_nothing(archive: Archive) -> None:
    assert await archive.wishes.change(404, lambda old: replace(old, is_rich=True)) == Wishes()


async def test_a_failed_change_leaves_what_was(archive: Archive) -> None:
    one = await subscriber(archive)

    def fail(_: Wishes) -> Wishes:
        raise KeyError("one")

    with pytest.raises(KeyError, match="one"):
        await archive.wishes.change(one, fail)
    assert await archive.wishes.of(one) == Wishes()


def test_following_widens_and_narrows_only_where_it_was_asked_to() -> None:
    followed = Wishes(people=frozenset({7}))
    assert filter_of(followed) == EditionFilter()
    assert filter_of(replace(followed, only_followed=True)).people == {7}
    widened = filter_of(replace(followed, topics=frozenset({"energy"})))
    assert widened == EditionFilter(topics=frozenset({"energy"}), people=frozenset({7}))


def test_editions_differ_where_their_words_do() -> None:
    assert composed_as(Wishes()) == composed_as(Wishes(is_silent=True, quiet=Quiet(1, 2))) == ""
    different = [
        Wishes(),
        Wishes(length=Length.SHORT),
        Wishes(is_rich=True),
        Wishes(has_pdf=True),
        Wishes(include=("a",)),
        Wishes(exclude=("a",)),
        Wishes(topics=frozenset({"a"})),
        Wishes(least_importance=0.4),
        Wishes(people=frozenset({1}), only_followed=True),
    ]
    assert len({composed_as(wishes) for wishes in different}) == len(different)


@given(st.integers(0, 23), st.integers(0, 23))
def test_quiet_hours_go_past_midnight(start: int, end: int) -> None:
    quiet = {hour for hour in range(24) if Quiet(start, end).covers(hour)}
    assert quiet == {(start + step) % 24 for step in range((end - start) % 24)}
