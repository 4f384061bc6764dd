"""A beat is one file; what is wrong with it is said in a sentence that names the file."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.beat import load_beat
from bot.errors import SettingsError
from bot.locales.wording import LANGUAGES
from bot.settings import PROJECT

RIGHT = 'id = "desk"\n[about]\nru = "о море"\nen = "the sea"\nkk = "теңіз"\n'


def refusal(path: Path) -> str:
    with pytest.raises(SettingsError) as refused:
        load_beat(path)
    sentence = str(refused.value)
    assert str(path) in sentence
    assert "\n" not in sentence
    return sentence


@pytest.fixture
def beat_file(tmp_path: Path) -> Path:
    return tmp_path / "beat.toml"


def test_the_beat_that_comes_with_the_product_is_whole() -> None:
    beat = load_beat(PROJECT / "beats" / "kz-us.toml")
    assert beat.id == "kz-us"
    assert set(beat.about) == set(LANGUAGES)


def test_its_sources_are_in_three_languages_and_each_is_marked_as_tried_or_not() -> None:
    sources = load_beat(PROJECT / "beats" / "kz-us.toml").sources
    assert len(sources) >= 30
    assert {source.language for source in sources} == set(LANGUAGES)
    assert len({source.url for source in sources}) == len(sources)
    assert not any(source.tried for source in sources)


def test_its_people_have_names_in_both_scripts_and_share_none() -> None:
    people = load_beat(PROJECT / "beats" / "kz-us.toml").people
    assert len(people) >= 90
    owners: dict[str, str] = {}
    for person in people:
        assert re.fullmatch(r"[А-ЯЁ][А-ЯЁа-яё’ -]+", person.name), person.name
        assert re.fullmatch(r"[A-Z][A-Za-z.’ -]+", person.latin), person.latin
        assert person.kazakh != person.name, f"{person.name}: kazakh says nothing new"
        for name in {person.name, person.latin, person.kazakh or person.name, *person.aliases}:
            assert owners.setdefault(name, person.name) == person.name
        assert len(set(person.aliases)) == len(person.aliases)
        assert not {person.name, person.latin} & set(person.aliases)


def test_spellings_that_outlets_vary_belong_to_one_person() -> None:
    people = load_beat(PROJECT / "beats" / "kz-us.toml").people
    names = [{person.name, *person.aliases} for person in people]
    for pair in (
        {"Говард Лютник", "Говард Латник"},
        {"Серджио Гор", "Серхио Гор"},
        {"Мухтар Тлеуберди", "Мухтар Тилеуберди"},
    ):
        assert any(pair <= known for known in names), pair


def test_a_former_name_of_a_place_has_its_time() -> None:
    places = load_beat(PROJECT / "beats" / "kz-us.toml").places
    (capital,) = (place for place in places if place.name == "Астана")
    (former,) = capital.former
    assert former.name == "Нур-Султан"
    assert (former.since, former.until) == (date(2019, 3, 23), date(2022, 9, 17))


def test_a_beat_may_name_nothing_but_what_it_is_about(beat_file: Path) -> None:
    beat_file.write_text(RIGHT)
    beat = load_beat(beat_file)
    assert (beat.sources, beat.people, beat.terms.sides) == ((), (), ())


SIDES = RIGHT + '[sides]\nsea = "море"\nland = "суша"\n'
SOURCE = (
    'id = "gull", outlet = "Чайка", kind = "feed", url = "https://gull.example/rss",'
    ' time_zone = "Asia/Almaty", weight = 1, tried = false'
)


def with_source(row: str) -> str:
    return SIDES + f"[sources]\nru = [ {{ {row} }} ]\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("sides = 1\n" + RIGHT, "sides has to be a table"),
        (RIGHT + '[sides]\nall = "все"\n', "a side cannot be called all"),
        (RIGHT + "[sides]\nsea = 1\n", "sides.sea"),
        (SIDES + "[sources]\nru = 1\n", "sources.ru has to be a list"),
        (SIDES + "[sources]\nru = [1]\n", "sources.ru, entry 1 is no table"),
        (SIDES + f"[sources]\nde = [ {{ {SOURCE} }} ]\n", "the language has to be one of"),
        (SIDES + f"[sources]\nru = [ {{ {SOURCE} }}, {{ {SOURCE} }} ]\n", "entry 2 (gull)"),
        (with_source(SOURCE.replace("feed", "fax")), "kind is 'fax'"),
        (with_source(SOURCE.replace("https://", "")), "url has to begin with"),
        (with_source(SOURCE.replace("feed", "listing")), "a listing, and nothing else"),
        (with_source(SOURCE + ', selector = "a"'), "a listing, and nothing else"),
        (with_source(SOURCE.replace("Asia/Almaty", "Almaty")), "no IANA time zone"),
        (with_source(SOURCE.replace("Asia/Almaty", "Asia")), "no IANA time zone"),
        (with_source(SOURCE.replace("weight = 1", "weight = 2")), "weight"),
        (with_source(SOURCE.replace("weight = 1", "weight = true")), "weight"),
        (with_source(SOURCE.replace("false", '"no"')), "tried has to be true or false"),
        (with_source(SOURCE.replace('outlet = "Чайка", ', "")), "outlet"),
        (SIDES + '[people]\nsky = [ { name = "Анна" } ]\n', "[sides] knows no sky"),
        (SIDES + '[people]\nsea = [ { name = "Анна" } ]\n', "people.sea, entry 1 (Анна): latin"),
        (SIDES + '[people]\nsea = [ { name = "А", latin = "A", aliases = "Б" } ]\n', "aliases"),
        (SIDES + "[posts]\nsea = [ [] ]\n", "posts.sea, entry 1: it has no name"),
        (SIDES + '[organisations]\nsea = [ "порт" ]\n', "organisations.sea, entry 1"),
        (
            SIDES + '[places]\nsea = [ { name = "Порт", former = [ { name = "Гавань" } ] } ]\n',
            "places.sea, entry 1 (Порт).former, entry 1 (Гавань): since",
        ),
        (
            SIDES + '[places]\nsea = [ { name = "Порт", former = [ { name = "Гавань",'
            " since = 2020-01-02, until = 2020-01-01 } ] } ]\n",
            "since is later than until",
        ),
        (SIDES + '[[terms]]\ntells = "sky"\nru = ["туча"]\n', "tells is 'sky'"),
        (SIDES + '[[terms]]\ntells = "sea"\nru = [1]\n', "terms, entry 1: ru"),
        (SIDES + "[terms]\n", "terms has to be a list"),
    ],
)
def test_a_broken_entry_is_named_with_what_is_wrong(
    beat_file: Path, content: str, told: str
) -> None:
    beat_file.write_text(content)
    assert told in refusal(beat_file)


def test_another_desk_writes_another_file(beat_file: Path) -> None:
    beat_file.write_text(RIGHT)
    beat = load_beat(beat_file)
    assert (beat.id, beat.about["en"]) == ("desk", "the sea")


def test_a_file_that_is_not_there(beat_file: Path) -> None:
    assert "BEAT" in refusal(beat_file)


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    assert "BEAT" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"root:x:0:0\n", "not TOML"),
        (b"id = " + b"[" * 100_000, "not TOML"),
        (b'id = "\xe1\xe8\xf2"\n', "not UTF-8"),
        (b"\x00\x00\x00", "not TOML"),
        (b"", "lacks"),
        (b'id = "desk"\n', "[about]"),
        (b'id = "desk"\nabout = "the sea"\n', "[about]"),
        (RIGHT.replace('id = "desk"', "").encode(), "id"),
        (RIGHT.replace('"desk"', "7").encode(), "id"),
        (RIGHT.replace('kk = "теңіз"', "").encode(), "about.kk"),
        (RIGHT.replace('"the sea"', '" "').encode(), "about.en"),
    ],
)
def test_a_broken_file_says_what_is_wrong_with_it(
    beat_file: Path, content: bytes, told: str
) -> None:
    beat_file.write_bytes(content)
    assert told in refusal(beat_file)
