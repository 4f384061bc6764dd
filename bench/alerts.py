"""How long it takes to put a story about somebody whom many follow into the outbox for all."""

import tempfile
import time
from datetime import timedelta

from sqlalchemy import event

from bot.archive import Archive
from bot.archive.rows import Quiet, Wishes
from bot.beat import load_beat
from bot.briefings import Briefings, Renderer
from bot.briefings.composer import Composer
from bot.clock import system_now
from bot.delivery.alerts import Alerts
from bot.handlers.alerts_buttons import alert_keyboard
from bot.settings import PROJECT
from tests.archive.alert_making import make_followers, make_person, make_story

FOLLOWERS = 10_000
_ZONES = ("Asia/Almaty", "Asia/Aqtobe", "Europe/Berlin", "America/New_York", "UTC")


async def alerts() -> None:
    """Let many follow one person, a story about them come, and print what a look takes."""
    now = system_now()
    with tempfile.TemporaryDirectory() as folder:
        archive = await Archive.open(f"sqlite+aiosqlite:///{folder}/bench.sqlite3")
        person = await make_person(archive)
        await make_followers(
            archive,
            range(1, FOLLOWERS + 1),
            person,
            at=now - timedelta(days=1),
            zones=_ZONES,
            languages=("ru", "ru", "kk", "en"),
        )
        # Somebody's night is always now.
        for chat in range(1, FOLLOWERS, 500):
            await archive.wishes.change(
                chat, lambda _: Wishes(quiet=Quiet(22, 7), exclude=("футбол",))
            )
        composer = Composer(archive, load_beat(PROJECT / "beats" / "kz-us.toml"))
        briefings = Briefings(archive, Renderer(PROJECT / "templates", system_now), composer)
        office = Alerts(archive, briefings, system_now, alert_keyboard)
        statements = _counted(archive)
        await office.look()
        idle, idle_took = len(statements), await _look(office)
        statements.clear()
        await make_story(archive, person, at=now)
        statements.clear()
        worked = time.process_time()
        took = await _look(office)
        worked = time.process_time() - worked
        made, said = sum((await archive.deliveries.counts()).values()), len(statements)
        again = await _look(office)
        counts = await archive.alerts.counts(system_now())
        await archive.close()
    print(f"followers of one person                                  {FOLLOWERS:>8,}")
    print(f"told at once and held back                               {made:>8,} {counts.held:>5}")
    print(f"seconds until all are in the outbox                      {took:>8.2f}")
    print(f"processor time of it, seconds                            {worked:>8.2f}")
    print(f"statements (5 pages; an edition for each language, zone) {said:>8}")
    print(
        f"a look that finds nothing: ms, statements               {idle_took * 1e3:>8.1f} {idle:>5}"
    )
    print(f"the look after it, seconds                               {again:>8.2f}")


async def _look(office: Alerts) -> float:
    started = time.perf_counter()
    await office.look()
    return time.perf_counter() - started


def _counted(archive: Archive) -> list[str]:
    """Note every statement that the archive executes; many rows with one count once."""
    said: list[str] = []
    engine = archive.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *about: said.append(about[2]))
    return said
