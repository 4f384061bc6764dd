"""Invitations let in as many as they say, until they end; guests come and go."""

import asyncio
from datetime import timedelta

import pytest

from bot.access import Access
from bot.archive import Archive
from bot.archive.guests import GuestRow
from bot.archive.invitations import MOST_OPEN, InvitationRow
from tests.archive.making import GROUP, MONDAY, SUPERGROUP

OPERATOR, GUEST, OTHER = 900, 101, 102
DAY = timedelta(days=1)


async def made(archive: Archive, *, places: int = 1, days: int = 7) -> str:
    carried = await archive.invitations.make(
        by=OPERATOR, places=places, expires_at=MONDAY + days * DAY, now=MONDAY
    )
    assert carried is not None
    return carried


async def test_an_invitation_is_used_up(archive: Archive) -> None:
    carried = await made(archive, places=2)
    came = [await archive.invitations.accept(carried, n, now=MONDAY) for n in (1, 1, 2, 3)]
    assert came == [True, True, True, False]
    assert await archive.guests.among([1, 2, 3]) == {1, 2}
    assert await archive.invitations.open(MONDAY) == []


async def test_two_who_come_at_once_do_not_share_one_place(
    archive: Archive, other: Archive
) -> None:
    carried = await made(archive)
    came = await asyncio.gather(
        archive.invitations.accept(carried, GUEST, now=MONDAY),
        other.invitations.accept(carried, OTHER, now=MONDAY),
    )
    assert sorted(came) == [False, True]
    assert await archive.guests.count() == 1


async def test_it_ends_at_its_moment(archive: Archive) -> None:
    carried = await made(archive)
    assert not await archive.invitations.accept(carried, GUEST, now=MONDAY + 7 * DAY)
    assert await archive.invitations.accept(carried, GUEST, now=MONDAY + 7 * DAY - DAY / 24)


async def test_a_withdrawn_one_lets_nobody_in_and_nobody_out(archive: Archive) -> None:
    carried = await made(archive, places=5)
    await archive.invitations.accept(carried, GUEST, now=MONDAY)
    [row] = await archive.invitations.open(MONDAY)
    assert row == InvitationRow(row.id, 5, 1, MONDAY + 7 * DAY)
    assert await archive.invitations.revoke(row.id, now=MONDAY)
    assert not await archive.invitations.revoke(row.id, now=MONDAY)
    assert not await archive.invitations.accept(carried, OTHER, now=MONDAY)
    assert await archive.guests.among([GUEST, OTHER]) == {GUEST}


async def test_only_the_whole_secret_opens(archive: Archive) -> None:
    carried = await made(archive)
    number, _, secret = carried.partition("-")
    for wrong in (
        *("", "i", number, f"{number}-", f"{number}-{secret[:-1]}", f"{number}-{'A' * 32}"),
        *(f"i999-{secret}", f"{carried}A", carried.upper(), f"{number}-{secret}\n", f"i0-{secret}"),
    ):
        assert not await archive.invitations.accept(wrong, GUEST, now=MONDAY), wrong
    assert await archive.invitations.accept(carried, GUEST, now=MONDAY)


async def test_only_so_many_are_open_at_a_time(archive: Archive) -> None:
    for _ in range(MOST_OPEN):
        await made(archive)
    refused = await archive.invitations.make(
        by=OPERATOR, places=1, expires_at=MONDAY + DAY, now=MONDAY
    )
    assert refused is None
    later = MONDAY + 8 * DAY
    assert await archive.invitations.make(by=1, places=1, expires_at=later + DAY, now=later)


async def test_what_ended_long_ago_is_forgotten_and_its_guests_stay(archive: Archive) -> None:
    await archive.invitations.accept(await made(archive), GUEST, now=MONDAY)
    later = MONDAY + 100 * DAY
    await archive.invitations.make(by=OPERATOR, places=1, expires_at=later + DAY, now=later)
    [guest] = await archive.guests.listed(limit=10)
    assert guest == GuestRow(GUEST, None, None, MONDAY)


async def test_who_is_removed_takes_their_groups_along(archive: Archive) -> None:
    await archive.invitations.accept(await made(archive), GUEST, now=MONDAY)
    await archive.guests.let_in(GROUP, by=GUEST, now=MONDAY)
    await archive.guests.let_in(-5, by=OPERATOR, now=MONDAY)
    await archive.guests.let_in(-5, by=GUEST, now=MONDAY)
    assert await archive.guests.remove(GUEST)
    assert not await archive.guests.remove(GUEST)
    assert await archive.guests.among([GUEST, GROUP, -5]) == {-5}


async def test_guests_are_listed_in_pages_the_newest_first(archive: Archive) -> None:
    for number in range(5):
        await archive.guests.let_in(-number - 1, by=OPERATOR, now=MONDAY + number * DAY)
    first, rest = [await archive.guests.listed(limit=3, after=n) for n in (0, 3)]
    assert [row.chat_id for row in (*first, *rest)] == [-5, -4, -3, -2, -1]


@pytest.mark.parametrize("is_known", [False, True])
async def test_a_group_that_became_a_supergroup_stays_in(archive: Archive, is_known: bool) -> None:
    await archive.guests.let_in(GROUP, by=OPERATOR, now=MONDAY)
    if is_known:
        await archive.guests.let_in(SUPERGROUP, by=OPERATOR, now=MONDAY)
    await archive.subscribers.migrate(GROUP, SUPERGROUP)
    assert await archive.guests.among([GROUP, SUPERGROUP]) == {SUPERGROUP}


async def test_who_is_forgotten_is_no_guest_and_their_groups_stay(archive: Archive) -> None:
    await archive.invitations.accept(await made(archive), GUEST, now=MONDAY)
    await archive.guests.let_in(GROUP, by=GUEST, now=MONDAY)
    kept = await archive.personal.export(GUEST)
    assert {row["chat_id"] for row in kept["let_in"]} == {GUEST, GROUP}
    await archive.personal.erase(GUEST)
    [group] = await archive.guests.listed(limit=10)
    assert group == GuestRow(GROUP, None, None, MONDAY)
    kept = await archive.personal.export(OPERATOR)
    assert [row["places"] for row in kept["invitations_made"]] == [1]
    await archive.personal.erase(OPERATOR)
    assert (await archive.personal.export(OPERATOR))["invitations_made"] == []


async def test_settings_let_in_beside_the_guests_and_an_open_bot_lets_in_all(
    archive: Archive,
) -> None:
    await archive.guests.let_in(GROUP, by=OPERATOR, now=MONDAY)
    private = Access(archive.guests, is_private=True, ids=frozenset({OPERATOR}))
    assert await private.among([OPERATOR, GROUP, OTHER]) == {OPERATOR, GROUP}
    assert await private.allows(OPERATOR)
    assert not await private.allows(OTHER)
    public = Access(archive.guests, is_private=False, ids=frozenset())
    assert await public.allows(OTHER)
