"""The sample articles: invented news that fill an empty archive, dated back from today."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.archive import Archive
from bot.clock import Now
from bot.intake.article import Known
from bot.intake.files import Found
from bot.intake.importing import Importer, Report

SAMPLE_ZONE = "Asia/Almaty"
"""The zone in which the samples state their hours."""


async def load_samples(archive: Archive, folder: Path, now: Now) -> int:
    """Fill an archive that holds nothing else with the samples; return how many came in.

    Samples that are there already move with the calendar, so that this week is never empty.
    An archive with one real article gets no samples.
    """
    if await archive.articles.count(samples=False):
        return 0
    today = now().astimezone(ZoneInfo(SAMPLE_ZONE)).date()
    report = Report()
    importer = Importer(archive, now, SAMPLE_ZONE)
    for found in read_samples(folder, today):
        url, published = found.known.url, found.known.published
        moved = (
            url is not None
            and isinstance(published, datetime)
            and await archive.articles.redate(url, published)
        )
        if not moved:
            await importer.take([found], report)
    return report.added


def read_samples(folder: Path, today: date) -> Iterator[Found]:
    """Read the samples with their dates counted back from a day."""
    for path in sorted(folder.glob("*.toml")):
        with path.open("rb") as file:
            for entry in tomllib.load(file)["article"]:
                yield Found(str(path), entry["text"], _known(entry, today))


def _known(entry: dict[str, Any], today: date) -> Known:
    day = today - timedelta(days=entry["days_ago"])
    published = datetime.combine(day, time.fromisoformat(entry["time"]), ZoneInfo(SAMPLE_ZONE))
    return Known(
        title=entry["title"],
        url=entry["url"],
        outlet=entry["outlet"],
        language=entry["language"],
        published=published,
        is_sample=True,
    )
