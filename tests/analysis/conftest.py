"""The archive that analyses are kept in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.archive import Archive
from tests.archive.making import sqlite_url


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    """An empty archive."""
    archive = await Archive.open(sqlite_url(tmp_path / "vestnik.sqlite3"))
    yield archive
    await archive.close()
