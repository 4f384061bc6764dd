"""The bot in a process of its own, ended while it sends: nothing is lost, repeats are counted."""

from pathlib import Path

from bench.kills import interrupted_broadcast
from bench.sending import BotProcess, begin_broadcast


async def test_killed_again_and_again_with_faults_nothing_is_lost_and_repeats_are_known(
    tmp_path: Path,
) -> None:
    found = await interrupted_broadcast(
        tmp_path,
        subscribers=300,
        parts=2,
        ends=3,
        how=BotProcess.dies,
        pace="unlimited",
        faulty=0.05,
        longest_life=0.3,
    )
    assert found.lost == 0
    assert found.unexplained == 0
    assert found.repeats <= found.unknown_at_ends + found.unknown_at_faults


async def test_stopped_in_order_nothing_is_lost_and_nothing_comes_twice(tmp_path: Path) -> None:
    found = await interrupted_broadcast(
        tmp_path,
        subscribers=300,
        ends=3,
        how=BotProcess.stops,
        pace="unlimited",
        faulty=0.0,
        longest_life=0.1,
    )
    assert (found.lost, found.repeats) == (0, 0)
    assert (found.unknown_at_ends, found.unknown_at_faults) == (0, 0)


async def test_killed_while_a_broadcast_is_enqueued_and_sent_everybody_gets_it(
    tmp_path: Path,
) -> None:
    found = await interrupted_broadcast(
        tmp_path,
        subscribers=300,
        ends=4,
        how=BotProcess.dies,
        pace="unlimited",
        faulty=0.02,
        longest_life=0.3,
        fill=begin_broadcast,
    )
    assert found.lost == 0
    assert found.unexplained == 0
    assert found.repeats <= found.unknown_at_ends + found.unknown_at_faults
