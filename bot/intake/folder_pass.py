"""One pass over a folder of files: new and changed ones become articles."""

import asyncio
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from bot.archive import Archive
from bot.archive.source_rows import EntryMark
from bot.intake.article import UnreadableError
from bot.intake.entry_pass import Tally
from bot.intake.files import Found, find_files, read_file
from bot.intake.problems import FetchError, FetchProblem
from bot.intake.source import SourceSpec
from bot.intake.store import prepare
from bot.intake.worker import Worker

_BATCH = 10


async def read_folder(archive: Archive, worker: Worker, spec: SourceSpec, now: datetime) -> Tally:
    """Bring in the files of a folder that are new or were changed.

    Raises FetchError when there is no such folder.
    """
    tally = Tally()
    files = await asyncio.to_thread(_stamped, spec)
    before = await archive.sources.entries(spec.id, [mark.key for _, mark, _ in files])
    for path, mark, problem in files:
        known = before.get(mark.key)
        if known is not None and known.stamp == mark.stamp:
            continue
        problems = [problem] if problem else await _read(archive, worker, spec, path, tally, now)
        tally.problems += [f"{path.name}: {problem}" for problem in problems]
        reason = problems[0] if problems else None
        await archive.sources.mark([replace(mark, error=reason)], now=now)
    return tally


async def _read(
    archive: Archive, worker: Worker, spec: SourceSpec, path: Path, tally: Tally, now: datetime
) -> list[str]:
    """Bring in the texts of one file; return what could not be read."""
    problems: list[str] = []
    arrivals = []
    texts = await worker.run(_texts, path)
    for found in texts:
        if found.problem is not None:
            problems.append(found.problem)
            continue
        known = replace(found.known, outlet=found.known.outlet or spec.outlet)
        try:
            arrivals.append(
                await worker.run(
                    prepare, found.text, known, outlet_zone=spec.time_zone, now=now,
                    source_id=spec.id,
                )
            )  # fmt: skip
        except UnreadableError as error:
            problems.append(str(error))
    for start in range(0, len(arrivals), _BATCH):
        taken = await archive.arrivals.take(arrivals[start : start + _BATCH], now=now)
        tally.kinds.update(arrived.kind for arrived in taken)
    return problems


def _texts(path: Path) -> list[Found]:
    return list(read_file(path))


def _stamped(spec: SourceSpec) -> list[tuple[Path, EntryMark, str | None]]:
    folder = Path(spec.url).expanduser()
    if not folder.is_dir():
        raise FetchError(FetchProblem.NOT_FOUND, "there is no such folder")
    return [
        (path, EntryMark(spec.id, _name(str(path)), _name(_state(path))), problem)
        for path, problem in find_files([folder])
    ]


def _state(path: Path) -> str:
    try:
        facts = path.stat()
    except OSError as error:
        return error.strerror or "gone"
    return f"{facts.st_size} {facts.st_mtime_ns}"


def _name(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:40]
