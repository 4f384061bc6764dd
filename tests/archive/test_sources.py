"""Sources: seeded, added, polled when due, and reported once when they are in trouble."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from bot.archive import Archive
from bot.archive.source_rows import EntryMark, Polled, SourceRow, SourceTrouble
from bot.archive.sources import FIRST_RHYTHM
from bot.intake.source import SourceSpec
from tests.archive.making import MONDAY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LEASE = timedelta(minutes=10)


def spec(source_id: str = "vestnik-stepi", **more: object) -> SourceSpec:
    made = SourceSpec(source_id, "Вестник степи", "ru", "feed", f"https://{source_id}.example/feed")
    return replace(made, **more)  # type: ignore[arg-type]


async def seeded(archive: Archive, *specs: SourceSpec, now: datetime = MONDAY) -> SourceRow:
    await archive.sources.seed(specs or (spec(),), now=now)
    return (await archive.sources.listed())[0]


async def due(archive: Archive, now: datetime = MONDAY) -> list[str]:
    rows = await archive.sources.claim_due(now, limit=10, lease=LEASE)
    return [row.spec.id for row in rows]


async def polled(
    archive: Archive, now: datetime, *, new: int = 0, error: str | None = None
) -> SourceRow:
    [source] = await archive.sources.listed()
    result = Polled(now + HOUR, HOUR, new_articles=new, error=error, failed=error is not None)
    await archive.sources.polled(source, result, now=now)
    [source] = await archive.sources.listed()
    return source


async def reports(archive: Archive, now: datetime) -> list[SourceTrouble]:
    """What operators are told now; they read it at once."""
    found = await archive.sources.to_report(now)
    for report in found:
        await archive.sources.reported(report, now=now)
    return [report.trouble for report in found]


async def test_a_source_of_the_beat_is_due_at_once(archive: Archive) -> None:
    source = await seeded(archive)

    assert (source.spec, source.from_beat, source.every) == (spec(), True, FIRST_RHYTHM)
    assert await due(archive) == ["vestnik-stepi"]


async def test_what_one_process_takes_no_other_gets(archive: Archive, other: Archive) -> None:
    await seeded(archive, *(spec(f"s{n}") for n in range(8)))

    taken = await asyncio.gather(
        *(a.sources.claim_due(MONDAY, limit=2, lease=LEASE) for a in (archive, other) * 4)
    )

    ids = [row.spec.id for rows in taken for row in rows]
    assert sorted(ids) == sorted(set(ids))


async def test_what_a_killed_process_took_is_due_again_after_the_lease(archive: Archive) -> None:
    await seeded(archive)
    await due(archive)

    assert await due(archive, MONDAY + LEASE - timedelta(seconds=1)) == []
    assert await due(archive, MONDAY + LEASE) == ["vestnik-stepi"]


async def test_channels_are_not_polled(archive: Archive) -> None:
    await seeded(archive, spec(kind="channel", url="@vestnik"))

    assert await due(archive) == []


async def test_seeding_follows_the_file_and_keeps_how_a_source_is_doing(archive: Archive) -> None:
    await seeded(archive, spec("a"), spec("b"))
    source = (await archive.sources.listed())[0]
    await archive.sources.polled(source, Polled(MONDAY + DAY, HOUR, 3, etag='"1"'), now=MONDAY)
    await archive.sources.add(spec("own"), now=MONDAY)

    await archive.sources.seed((spec("a", outlet="Степь"), spec("c")), now=MONDAY + HOUR)

    rows = {row.spec.id: row for row in await archive.sources.listed()}
    assert sorted(rows) == ["a", "c", "own"]
    assert (rows["a"].spec.outlet, rows["a"].etag, rows["a"].last_new_at) == (
        "Степь",
        '"1"',
        MONDAY,
    )


async def test_a_new_address_is_asked_from_the_beginning(archive: Archive) -> None:
    source = await seeded(archive)
    await archive.sources.polled(source, Polled(MONDAY + DAY, HOUR, etag='"1"'), now=MONDAY)

    source = await seeded(archive, spec(url="https://new.example/feed"), now=MONDAY + HOUR)

    assert (source.etag, source.next_poll_at) == (None, MONDAY + HOUR)


async def test_a_source_of_the_beat_that_was_removed_stays_away(archive: Archive) -> None:
    await seeded(archive)

    assert await archive.sources.remove("vestnik-stepi", now=MONDAY)
    await archive.sources.seed((spec(),), now=MONDAY)

    assert await archive.sources.listed() == []
    assert await due(archive) == []
    assert not await archive.sources.remove("vestnik-stepi", now=MONDAY)


async def test_a_removed_source_can_be_added_again(archive: Archive) -> None:
    await seeded(archive)
    await archive.sources.remove("vestnik-stepi", now=MONDAY)

    assert await archive.sources.add(spec(), now=MONDAY)
    assert [row.spec for row in await archive.sources.listed()] == [spec()]


async def test_neither_an_id_nor_an_address_is_added_twice(archive: Archive) -> None:
    await seeded(archive)

    assert not await archive.sources.add(spec(url="https://x.example"), now=MONDAY)
    assert not await archive.sources.add(spec("another", url=spec().url), now=MONDAY)


async def test_a_paused_source_rests_until_it_is_resumed(archive: Archive) -> None:
    await seeded(archive)

    assert await archive.sources.pause("vestnik-stepi")
    assert await due(archive, MONDAY + DAY) == []
    assert await archive.sources.resume("vestnik-stepi", now=MONDAY + DAY)
    assert await due(archive, MONDAY + DAY) == ["vestnik-stepi"]
    assert not await archive.sources.pause("nobody")


async def test_failures_are_counted_until_one_poll_succeeds(archive: Archive) -> None:
    await seeded(archive)
    await polled(archive, MONDAY, error="Нет.")
    source = await polled(archive, MONDAY + HOUR, error="Нет.")
    assert (source.failures, source.failing_since, source.error) == (2, MONDAY, "Нет.")

    source = await polled(archive, MONDAY + 2 * HOUR)
    assert (source.failures, source.failing_since, source.error) == (0, None, None)


async def test_failing_for_a_day_is_told_once_and_the_recovery_once(archive: Archive) -> None:
    await seeded(archive)
    await polled(archive, MONDAY, new=1)
    await polled(archive, MONDAY + HOUR, error="Нет.")
    assert await reports(archive, MONDAY + 24 * HOUR) == []
    assert await reports(archive, MONDAY + 25 * HOUR) == [SourceTrouble.FAILING]
    assert await reports(archive, MONDAY + 9 * DAY) == []

    await polled(archive, MONDAY + 9 * DAY, new=1)

    assert await reports(archive, MONDAY + 9 * DAY) == [SourceTrouble.RECOVERED]
    assert await reports(archive, MONDAY + 9 * DAY) == []


async def test_a_report_that_reached_nobody_is_made_again(archive: Archive) -> None:
    await seeded(archive)
    await polled(archive, MONDAY, error="Нет.")

    assert len(await archive.sources.to_report(MONDAY + DAY)) == 1
    assert len(await archive.sources.to_report(MONDAY + DAY)) == 1


async def test_silence_is_measured_by_what_is_usual(archive: Archive) -> None:
    await seeded(archive)
    for day in range(0, 10, 2):
        await polled(archive, MONDAY + day * DAY, new=1)
    last = MONDAY + 8 * DAY
    await polled(archive, last + 7 * DAY)

    assert await reports(archive, last + 8 * DAY - HOUR) == []
    assert await reports(archive, last + 8 * DAY) == [SourceTrouble.SILENT]


async def test_a_source_that_never_gave_anything_is_silent_after_a_week(archive: Archive) -> None:
    await seeded(archive)
    await polled(archive, MONDAY)

    assert await reports(archive, MONDAY + 6 * DAY) == []
    assert await reports(archive, MONDAY + 7 * DAY) == [SourceTrouble.SILENT]


async def test_a_paused_source_is_no_trouble(archive: Archive) -> None:
    await seeded(archive)
    await polled(archive, MONDAY, error="Нет.")
    await archive.sources.pause("vestnik-stepi")

    assert await reports(archive, MONDAY + 30 * DAY) == []


async def test_attempts_at_an_entry_are_counted_until_it_changes(archive: Archive) -> None:
    await seeded(archive)
    mark = EntryMark("vestnik-stepi", "key", "stamp", is_settled=False, error="Нет.")
    await archive.sources.mark([mark], now=MONDAY)
    await archive.sources.mark([mark], now=MONDAY)

    known = await archive.sources.entries("vestnik-stepi", ["key", "other"])
    assert {key: (row.attempts, row.is_settled) for key, row in known.items()} == {
        "key": (2, False)
    }

    await archive.sources.mark([replace(mark, stamp="another", is_settled=True)], now=MONDAY)
    known = await archive.sources.entries("vestnik-stepi", ["key"])
    assert (known["key"].attempts, known["key"].is_settled) == (1, True)


async def test_entries_are_forgotten_after_a_month(archive: Archive) -> None:
    await seeded(archive)
    await archive.sources.mark([EntryMark("vestnik-stepi", "old", "s")], now=MONDAY)
    await archive.sources.mark([EntryMark("vestnik-stepi", "new", "s")], now=MONDAY + 29 * DAY)

    assert await archive.sources.forget_entries(MONDAY + 31 * DAY) == 1
    assert set(await archive.sources.entries("vestnik-stepi", ["old", "new"])) == {"new"}
