"""Draws the pictures of the README: an edition on paper in three languages, and its charts."""

import tempfile

from bench.screenshot import EVENING
from bot.analysis.analyst import Analyst
from bot.analysis.beat_people import known_people
from bot.analysis.beat_words import common_words
from bot.analysis.worker import analyse
from bot.analysis.workshop import Workshop
from bot.archive import Archive
from bot.beat import load_beat
from bot.briefings import Briefings, Reader, Renderer
from bot.briefings.charts import DARK, LIGHT
from bot.briefings.composer import Composer
from bot.briefings.documents.pdf import PdfMaker
from bot.briefings.edition_key import EditionKey
from bot.briefings.periods import last_days
from bot.briefings.pictures import pictures_of
from bot.intake.judging import judge_now
from bot.intake.samples import load_samples
from bot.locales.wording import LANGUAGES
from bot.settings import PROJECT

ZONE = "Asia/Almaty"
DAYS = 14
"""Two weeks, so that the samples have something to compare."""


async def pictures() -> None:
    """Analyse the samples, compose an edition of them, and save what it looks like."""
    beat_file = PROJECT / "beats" / "kz-us.toml"
    beat = load_beat(beat_file)
    with tempfile.TemporaryDirectory() as folder:
        archive = await Archive.open(f"sqlite+aiosqlite:///{folder}/samples.sqlite3")
        await load_samples(archive, PROJECT / "samples", lambda: EVENING)
        await judge_now(archive, beat_file, lambda: EVENING)
        analyst = Analyst(
            archive,
            Workshop(analyse),
            known_people(beat),
            lambda: EVENING,
            zone=ZONE,
            common=common_words(beat),
        )
        await analyst.prepare()
        await analyst.catch_up()
        await analyst.close()
        composer = Composer(archive, beat)
        briefings = Briefings(archive, Renderer(PROJECT / "templates", lambda: EVENING), composer)
        for language in LANGUAGES:
            reader = Reader(language, ZONE)
            edition = await briefings.edition(EditionKey.of(last_days(DAYS, EVENING)), reader)
            said = briefings.said(edition, reader)
            maker = PdfMaker(PROJECT / "templates", beat.about, lambda: EVENING)
            for number, page in enumerate(maker.pages(said, ppi=80)[:1], start=1):
                _save(f"edition-{language}-{number}.png", page)
            material = await composer.material(edition.start, edition.end)
            if language == LANGUAGES[0]:
                for name, palette in (("light", LIGHT), ("dark", DARK)):
                    for number, chart in enumerate(
                        await pictures_of(said, material, archive, palette), start=1
                    ):
                        _save(f"chart-{number}-{name}.png", chart.png)
        await archive.close()


def _save(name: str, png: bytes) -> None:
    path = PROJECT / "docs" / name
    path.write_bytes(png)
    print(f"Drawn: {path.relative_to(PROJECT)}, {len(png) // 1024} KB")
