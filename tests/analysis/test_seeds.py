"""The real analysis of real articles, up to the dossiers that readers see."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.analysis.analyst import Analyst
from bot.analysis.beat_people import known_people
from bot.analysis.worker import analyse
from bot.analysis.workshop import Workshop
from bot.archive import Archive
from bot.archive.people_rows import PersonRow
from bot.beat import load_beat
from bot.intake.files import find_files, read_file
from bot.intake.importing import Importer, Report
from bot.settings import PROJECT
from tests.archive.making import MONDAY, sqlite_url

SEEDS = PROJECT.parent / "shared" / "data" / "seeds"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an archive with the analysed seeds."""
    if not SEEDS.is_dir():
        pytest.skip("../shared/data/seeds is not there")
    url = sqlite_url(tmp_path_factory.mktemp("seeds") / "vestnik.sqlite3")
    asyncio.run(_fill(url))
    return url


async def _fill(url: str) -> None:
    archive = await Archive.open(url)
    importer = Importer(archive, lambda: MONDAY, "Asia/Almaty")
    for path, _ in find_files([SEEDS]):
        await importer.take(read_file(path), Report())
    people = known_people(load_beat(PROJECT / "beats" / "kz-us.toml"))
    analyst = Analyst(archive, Workshop(analyse), people, lambda: MONDAY, zone="Asia/Almaty")
    await analyst.prepare()
    assert await analyst.catch_up() == 5
    await analyst.close()
    await archive.close()


@pytest.fixture
async def archive(filled: str) -> AsyncIterator[Archive]:
    archive = await Archive.open(filled)
    yield archive
    await archive.close()


async def only(archive: Archive, asked: str) -> PersonRow:
    found = await archive.people.find(asked)
    assert not found.is_guess
    [row] = found.people
    return row


async def posts(archive: Archive, row: PersonRow) -> set[str]:
    return {role.title for role in await archive.dossiers.roles(row.id)}


@pytest.mark.parametrize("asked", ["Казыхан", "kazykhan", "Казыханом", "Е.Казыхан"])
async def test_kazykhan(archive: Archive, asked: str) -> None:
    row = await only(archive, asked)
    assert row.name == "Ержан Казыхан"
    assert await posts(archive, row) == {
        "Специальный представитель Президента по международному сотрудничеству"
    }
    assert await archive.dossiers.quotes(row.id, direct=True, limit=9) == []
    [source] = await archive.dossiers.articles(row.id, limit=9)
    assert source.outlet == "Казинформ"


async def test_aderholt_by_initials_is_one_person_of_two_articles(archive: Archive) -> None:
    row = await only(archive, "Р. Адерхольт")
    assert (row.name, row.articles) == ("Роберт Адерхольт", 2)
    assert await posts(archive, row) >= {"со-председатель кокуса в Конгрессе «Друзья Казахстана»"}


async def test_pompeo_speaks_to_the_letter(archive: Archive) -> None:
    row = await only(archive, "Помпео")
    assert row.name == "Майк Помпео"
    assert await posts(archive, row) == {"госсекретарь США", "государственный секретарь США"}
    quotes = await archive.dossiers.quotes(row.id, direct=True, limit=9)
    assert [quote.text.split(maxsplit=3)[:3] for quote in quotes] == [
        ["Наши", "сегодняшние", "переговоры"],
        ["Мы", "полностью", "поддерживаем"],
        ["Я", "поблагодарил", "министра"],
    ]
    for quote in quotes:
        text = await archive.articles.text(quote.source.id)
        assert text is not None
        assert text[quote.start : quote.end] == quote.text


async def test_tokayev_is_one_person_in_all_five(archive: Archive) -> None:
    row = await only(archive, "Токаев")
    assert (row.name, row.articles) == ("Касым-Жомарт Токаев", 5)
