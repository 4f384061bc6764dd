"""The town that conversations are tested in."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import Application
from bot.archive import Archive
from bot.archive.source_rows import ArrivalKind
from bot.delivery.pace import UNLIMITED, Pacer
from bot.intake.article import Known
from bot.intake.client import GuardedClient
from bot.intake.samples import load_samples
from bot.intake.store import Store, prepare
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import Sandbox
from bot.settings import PROJECT, load_settings
from tests.e2e.site import Site
from tests.e2e.town import OPERATOR, Clock, Town

# A Sunday noon in Almaty.
SUNDAY = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
TOKEN = "1234567890:token-of-a-test-token-of-a-test-000"

AddArticle = Callable[..., Awaitable[int]]


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with its tables, made once and copied for every test."""
    path = tmp_path_factory.mktemp("archive") / "empty.sqlite3"

    async def make() -> None:
        archive = await Archive.open(f"sqlite+aiosqlite:///{path}")
        await archive.close()

    asyncio.run(make())
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock(SUNDAY)


@pytest.fixture
async def archive(empty_database: Path, tmp_path: Path) -> AsyncIterator[Archive]:
    path = tmp_path / "vestnik.sqlite3"
    shutil.copy(empty_database, path)
    archive = await Archive.open(f"sqlite+aiosqlite:///{path}")
    yield archive
    await archive.close()


@pytest.fixture
async def town(
    archive: Archive, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    """A running bot with an empty archive."""
    monkeypatch.setenv("OPERATORS", str(OPERATOR))
    async with running_bot(archive, clock, monkeypatch) as town:
        yield town


@pytest.fixture
async def own_town(
    archive: Archive, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    """A running bot that is one person's own: nobody is named as its operator."""
    async with running_bot(archive, clock, monkeypatch) as town:
        yield town


@pytest.fixture
async def private_town(
    archive: Archive, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    """A running bot that lets in its operator, and who is let in."""
    monkeypatch.setenv("OPERATORS", str(OPERATOR))
    monkeypatch.setenv("ACCESS", "private")
    monkeypatch.setenv("CONTACT", "press@example.org")
    async with running_bot(archive, clock, monkeypatch) as town:
        yield town


@asynccontextmanager
async def running_bot(
    archive: Archive, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    """Run a bot with what the environment states now, in a town of its own."""
    sandbox = Sandbox(TOKEN, now=clock)
    await sandbox.start()
    client = SandboxClient(sandbox.url)
    monkeypatch.setenv("BOT_API_URL", sandbox.url)
    monkeypatch.setenv("POLL", "false")
    application = Application(
        load_settings(None),
        archive,
        token=TOKEN,
        now=clock,
        client=GuardedClient("tests", allow_loopback=True, now=clock),
        pacer=Pacer(UNLIMITED, clock=lambda: clock().timestamp()),
    )
    await application.start()
    yield Town(client, application, clock)
    await application.stop()
    await client.close()
    await sandbox.stop()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A news site on loopback, without pages yet."""
    site = Site()
    await site.open()
    yield site
    await site.close()


@pytest.fixture
def add_article(archive: Archive, clock: Clock) -> AddArticle:
    """Put an article into the archive: `await add_article("text", title=…, published=…)`."""

    async def add(text: str, **known: object) -> int:
        arrival = prepare(text, Known(**known), outlet_zone="Asia/Almaty", now=clock())  # type: ignore[arg-type]
        [arrived] = await Store(archive, clock).put([arrival])
        assert arrived.kind in (ArrivalKind.ADDED, ArrivalKind.REPRINT)
        return arrived.article_id

    return add


@pytest.fixture
async def samples(archive: Archive, clock: Clock) -> int:
    """The sample articles in the archive."""
    return await load_samples(archive, PROJECT / "samples", clock)
