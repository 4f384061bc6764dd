"""The stage of the sandbox tests."""

from collections.abc import AsyncIterator

import pytest

import bot.telegram_models  # noqa: F401 — before anything imports aiogram
from tests.sandbox.stage import Stage, opened


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A sandbox with people in it, and a bot."""
    async with opened() as stage:
        yield stage
