"""The pace: never too fast, not slower than it must be, people first, and each wait kept."""

import asyncio
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pace import PAID, TELEGRAM, HeldError, Pace, Pacer, Rank
from tests.delivery.jumping import run_jumping

PATIENT = 1e9
Turns = list[tuple[float, int]]
"""When who had a turn."""


def pacer(pace: Pace = TELEGRAM) -> Pacer:
    return Pacer(pace, clock=asyncio.get_running_loop().time)


async def taking(
    paces: Pacer,
    chats: list[int],
    turns: Turns,
    rank: Rank = Rank.EDITION,
    patience: float = PATIENT,
) -> None:
    """Let messages to these chats wait for their turns, all at once."""

    async def one(chat: int) -> None:
        await paces.turn(chat, rank, patience=patience)
        turns.append((asyncio.get_running_loop().time(), chat))

    await asyncio.gather(*(one(chat) for chat in chats))


def most_within(turns: list[float], span: float) -> int:
    """Count the most turns in any half-open span of seconds."""
    return max(sum(start <= t < start + span - 1e-9 for t in turns) for start in turns)


def test_a_broadcast_goes_at_the_pace_of_telegram_and_no_faster() -> None:
    turns: Turns = []
    run_jumping(taking_all(list(range(1, 1001)), turns))

    times = [at for at, _ in turns]
    assert most_within(times, 1.0) <= 29
    assert most_within(times, 60.0) <= 28 * 60 + 1
    assert 1000 / 28 - 0.1 < times[-1] <= 1000 / 28


async def taking_all(chats: list[int], turns: Turns, pace: Pace = TELEGRAM) -> None:
    await taking(pacer(pace), chats, turns)


def test_a_paid_broadcast_goes_at_a_thousand_a_second() -> None:
    turns: Turns = []
    run_jumping(taking_all(list(range(1, 3001)), turns, PAID))
    assert turns[-1][0] == pytest.approx(3.0, abs=0.05)


@given(
    st.lists(st.tuples(st.integers(-3, 6).filter(bool), st.sampled_from(Rank)), max_size=120),
)
def test_no_limit_is_ever_passed(wanted: list[tuple[int, Rank]]) -> None:
    turns: list[tuple[float, int, Rank]] = []

    async def scene() -> None:
        paces = pacer()

        async def one(chat: int, rank: Rank) -> None:
            await paces.turn(chat, rank, patience=PATIENT)
            turns.append((asyncio.get_running_loop().time(), chat, rank))

        await asyncio.gather(*(one(chat, rank) for chat, rank in wanted))

    run_jumping(scene())
    assert len(turns) == len(wanted)
    by_chat: defaultdict[int, list[float]] = defaultdict(list)
    for at, chat, _ in turns:
        by_chat[chat].append(at)
    for chat, times in by_chat.items():
        assert most_within(times, 1.0) <= 3
        assert most_within(times, 10.0) <= 12
        if chat < 0:
            assert most_within(times, 60.0) <= 18


def test_editions_of_several_parts_go_one_a_second() -> None:
    turns: Turns = []
    run_jumping(taking_all([5, 5, 5, 5], turns))
    times = [at for at, _ in turns]
    assert times == pytest.approx([0.0, 1.0, 2.0, 3.0], abs=0.001)


def test_an_answer_of_three_messages_goes_at_once() -> None:
    turns: Turns = []

    async def scene() -> None:
        await taking(pacer(), [5] * 5, turns, Rank.ANSWER)

    run_jumping(scene())
    times = [at for at, _ in turns]
    assert times[2] < 0.1
    assert times[3:] == pytest.approx([1.0, 2.0], abs=0.1)


def test_a_group_gets_eighteen_messages_a_minute() -> None:
    turns: Turns = []
    run_jumping(taking_all([-100] * 20, turns))
    times = [at for at, _ in turns]
    assert times[17] == pytest.approx(17.0, abs=0.01)
    assert times[18:] == pytest.approx([60.0, 61.0], abs=0.01)


def test_an_album_counts_for_each_of_its_parts() -> None:
    async def scene() -> float:
        paces = pacer()
        await paces.turn(5, Rank.EDITION, count=4, patience=PATIENT)
        await paces.turn(5, Rank.EDITION, patience=PATIENT)
        return asyncio.get_running_loop().time()

    assert run_jumping(scene()) == pytest.approx(4.0, abs=0.05)


def test_an_answer_goes_before_a_thousand_editions_that_wait() -> None:
    turns: Turns = []

    async def scene() -> float:
        paces = pacer()
        broadcast = asyncio.ensure_future(taking(paces, list(range(1, 1001)), turns))
        await asyncio.sleep(5)
        asked = asyncio.get_running_loop().time()
        await paces.turn(7777, Rank.ANSWER, patience=PATIENT)
        waited = asyncio.get_running_loop().time() - asked
        await broadcast
        return waited

    assert run_jumping(scene()) <= 1 / 28


def test_a_refused_chat_waits_exactly_as_long_as_told_and_the_rest_go_on() -> None:
    turns: Turns = []

    async def scene() -> None:
        paces = pacer()
        paces.refused(1, 300)
        await taking(paces, list(range(1, 57)), turns)

    run_jumping(scene())
    assert [at for at, chat in turns if chat == 1] == [pytest.approx(300.0)]
    assert max(at for at, chat in turns if chat != 1) < 2


def test_a_flood_ban_of_twelve_hours_is_told_at_once_instead_of_waited_for() -> None:
    async def scene() -> float:
        paces = pacer()
        paces.refused(1, 43_200)
        with pytest.raises(HeldError) as held:
            await paces.turn(1, Rank.EDITION, patience=5)
        await paces.turn(2, Rank.EDITION, patience=5)
        return held.value.seconds

    assert run_jumping(scene()) == 43_200


def test_whoever_waits_already_is_told_too() -> None:
    async def scene() -> list[object]:
        paces = pacer()
        waiting = [
            asyncio.ensure_future(paces.turn(chat, Rank.EDITION, patience=5))
            for chat in (1, 1, 1, 2)
        ]
        await asyncio.sleep(0.5)
        paces.refused(1, 600)
        return await asyncio.gather(*waiting, return_exceptions=True)

    first, second, third, other = run_jumping(scene())
    assert (first, other) == (None, None)
    assert isinstance(second, HeldError)
    assert isinstance(third, HeldError)


def test_several_refused_in_a_row_hold_everybody() -> None:
    turns: Turns = []

    async def scene() -> None:
        paces = pacer()
        for chat, seconds in ((1, 30), (2, 29), (3, 31)):
            paces.refused(chat, seconds)
        await taking(paces, [4], turns, Rank.ANSWER)

    run_jumping(scene())
    [(at, chat)] = turns
    assert chat == 4
    assert at == pytest.approx(29.0)


def test_refusals_with_a_success_between_are_the_matter_of_those_chats() -> None:
    turns: Turns = []

    async def scene() -> None:
        paces = pacer()
        for chat in (1, 2, 3, 4):
            paces.refused(chat, 30)
            paces.passed()
        await taking(paces, [5], turns)

    run_jumping(scene())
    assert turns == [(0.0, 5)]


def test_whoever_no_longer_waits_takes_no_turn() -> None:
    async def scene() -> float:
        paces = pacer()
        waiting = [
            asyncio.ensure_future(paces.turn(chat, Rank.EDITION, patience=PATIENT))
            for chat in range(1, 101)
        ]
        await asyncio.sleep(0)
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await paces.turn(999, Rank.EDITION, patience=PATIENT)
        return asyncio.get_running_loop().time()

    assert run_jumping(scene()) < 0.1


def test_chats_of_long_ago_are_forgotten() -> None:
    async def scene() -> int:
        paces = pacer(PAID)
        for chat in range(1, 45_001):
            await paces.turn(chat, Rank.EDITION, patience=PATIENT)
        return len(paces._chats)

    assert run_jumping(scene()) < 25_000
