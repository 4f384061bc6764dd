"""Reading a script's lines from a file or a pipe."""

import asyncio
import os
from pathlib import Path

from bot.sandbox.terminal_lines import LONGEST_LINE, lines_from


async def read(written: bytes) -> list[str]:
    receiving, sending = os.pipe()
    with os.fdopen(receiving, "rb"), os.fdopen(sending, "wb") as pipe:

        async def collect() -> list[str]:
            return [line async for line in lines_from(receiving)]

        async with asyncio.TaskGroup() as tasks:
            lines = tasks.create_task(collect())
            await asyncio.to_thread(pipe.write, written)
            await asyncio.to_thread(pipe.close)
        return lines.result()


class TestLinesFromAPipe:
    async def test_come_one_by_one(self) -> None:
        assert await read("/start\n\n/latest 3\nпока".encode()) == [
            "/start",
            "",
            "/latest 3",
            "пока",
        ]

    async def test_end_where_there_is_nothing(self) -> None:
        assert await read(b"") == []

    async def test_with_broken_bytes_are_read_all_the_same(self) -> None:
        assert await read(b"\xff\xfe/start\x00\n") == ["\ufffd\ufffd/start\x00"]

    async def test_of_a_megabyte_are_cut_and_the_next_is_whole(self) -> None:
        long, after = await read(b"x" * 1_000_000 + b"\n/latest\n")
        assert len(long) == LONGEST_LINE
        assert after == "/latest"

    async def test_of_something_unreadable_end(self, tmp_path: Path) -> None:
        descriptor = os.open(tmp_path, os.O_RDONLY)
        try:
            assert [line async for line in lines_from(descriptor)] == []
        finally:
            os.close(descriptor)
