"""Who sends: a claimant that has ended is told from one that lives, and from oneself."""

import asyncio
import os
import sys

from bot.delivery.claimant import Claimant


def named(host: str, process: int, token: str) -> str:
    return f"{host}:{process}:{token}"


ME = Claimant()
HOST = ME.name.rsplit(":", 2)[0]


def test_oneself_is_not_gone() -> None:
    assert not ME.is_gone(ME.name)


def test_each_life_has_a_name_of_its_own() -> None:
    assert Claimant().name != ME.name


def test_an_earlier_life_under_the_same_process_id_is_gone() -> None:
    # In a container every start has the same number.
    assert ME.is_gone(named(HOST, os.getpid(), "another"))


async def test_a_process_that_ended_is_gone() -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    name = named(HOST, process.pid, "token")
    await process.wait()
    assert ME.is_gone(name)


async def test_a_process_that_lives_is_not() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "input()", stdin=asyncio.subprocess.PIPE
    )
    assert not ME.is_gone(named(HOST, process.pid, "token"))
    await process.communicate(b"\n")


def test_of_another_machine_nothing_is_known() -> None:
    assert not ME.is_gone(named("elsewhere", 1, "token"))


def test_a_name_that_is_none_is_left_to_its_lease() -> None:
    for name in ("", "x", "a:b:c", f"{HOST}:x:y", f"{HOST}:{10**30}:y"[:60]):
        assert not ME.is_gone(name) or name.startswith(f"{HOST}:1000")
