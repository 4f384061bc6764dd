"""The sample articles keep the rules that let a new user's first briefing be worth reading."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

import pytest

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
WEEKS = range(4)
INVENTED = {
    "ru": "Учебный текст: люди, издания и события вымышлены.",
    "en": "Practice text: people, outlets and events are invented.",
    "kk": "Оқу мәтіні: адамдар, басылымдар мен оқиғалар ойдан шығарылған.",
}
ONE_COUNTRY = re.compile(r"казах|қазақ|kazakh", re.IGNORECASE)
OTHER_COUNTRY = re.compile(r"\bСША\b|америк|АҚШ|\bU\.S\.|United States")

# A month without a year of the last century, a numeric date or a year after 1999 would
# contradict the dates that are counted back from the day of loading.
MONTHS = (
    r"(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)(?:[ьяюе]|[её]м)"
    r"|(?:март|август)(?:[аеу]|ом)?|ма(?:[йяюе]|ем)"
    r"|(?:қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)"
    r"(?:[дт][ае]|[нд][ыі]ң)?"
    r"|January|February|March|April|May|June|July|August|September|October|November|December"
)
DATE_OF_THIS_ERA = re.compile(
    rf"\b(?:{MONTHS})\b(?!\s+1\d{{3}}\b)|\b\d{{2}}\.\d{{2}}(?:\.\d{{2,4}})?\b|\b20\d{{2}}\b"
)


@dataclass(frozen=True)
class Sample:
    """One sample article as written in a week's file; `clutter` says what the page left in it."""

    week: int
    title: str
    outlet: str
    url: str
    language: str
    days_ago: int
    time: str
    text: str
    event: str | None = None
    reprint_of: str | None = None
    on_beat: bool = True
    clutter: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        return self.text.strip().split("\n\n")

    @property
    def words(self) -> list[str]:
        return re.findall(r"\w+", self.text.casefold())

    @property
    def age(self) -> tuple[int, str]:
        """Grows with the time that has passed since publication."""
        published = time.fromisoformat(self.time)
        return self.days_ago, f"{24 * 60 - published.hour * 60 - published.minute:04}"


def load() -> list[Sample]:
    found = []
    for week in WEEKS:
        content = tomllib.loads((SAMPLES / f"week-{week}.toml").read_text(encoding="utf-8"))
        assert set(content) == {"article"}
        for fields in content["article"]:
            clutter = tuple(fields.pop("clutter", ()))
            # An unknown or missing key is refused here, by the constructor.
            found.append(Sample(week=week, clutter=clutter, **fields))
    return found


ALL = load()
BY_URL = {sample.url: sample for sample in ALL}
each_sample = pytest.mark.parametrize("sample", ALL, ids=lambda s: urlsplit(s.url).path)


def likeness(one: Sample, other: Sample) -> float:
    """Share of words that two texts have in common and in the same order, 0 to 1."""
    return SequenceMatcher(None, one.words, other.words, autojunk=False).ratio()


def test_four_files_hold_four_weeks() -> None:
    assert sorted(path.name for path in SAMPLES.glob("*.toml")) == [
        f"week-{week}.toml" for week in WEEKS
    ]
    assert len(ALL) >= 24
    for week in WEEKS:
        assert sum(sample.week == week for sample in ALL) >= 4


@pytest.mark.parametrize("week", WEEKS)
def test_a_file_begins_by_saying_that_all_is_invented(week: int) -> None:
    head = (SAMPLES / f"week-{week}.toml").read_text(encoding="utf-8").split("[[article]]")[0]
    assert all(line.startswith("#") for line in head.strip().splitlines())
    assert "invented" in head


def test_this_week_is_never_empty() -> None:
    this_week = [sample for sample in ALL if 1 <= sample.days_ago <= 6]
    assert len(this_week) >= 10
    assert sum(sample.on_beat for sample in this_week) >= 7


@each_sample
def test_an_article_lies_in_its_week_and_never_in_the_future(sample: Sample) -> None:
    assert 7 * sample.week <= sample.days_ago < 7 * (sample.week + 1)
    # At half past midnight an article of today could still be ahead, so the newest is yesterday's.
    assert sample.days_ago >= 1
    assert re.fullmatch(r"\d{2}:\d{2}", sample.time)
    assert time.fromisoformat(sample.time)


@each_sample
def test_every_field_says_something(sample: Sample) -> None:
    for field in (sample.title, sample.outlet, sample.url, sample.text):
        assert field.strip()
    assert sample.title == sample.title.strip()
    assert not sample.title.endswith(".")


@each_sample
def test_an_article_has_the_length_of_a_news_item(sample: Sample) -> None:
    assert 120 <= len(sample.words) <= 350


@each_sample
def test_the_last_line_says_that_it_is_invented(sample: Sample) -> None:
    assert sample.text.strip().splitlines()[-1] == INVENTED[sample.language]
    assert sample.text.count(INVENTED[sample.language]) == 1


@each_sample
def test_no_date_contradicts_the_day_of_loading(sample: Sample) -> None:
    assert not DATE_OF_THIS_ERA.search(f"{sample.title}\n{sample.text}")


@pytest.mark.parametrize(
    "dated",
    ["12 ноября", "в мае", "May 3", "қаңтарда", "26.03.2024", "до 2030 года", "в марте 2024 года"],
)
def test_a_date_of_this_era_would_be_noticed(dated: str) -> None:
    assert DATE_OF_THIS_ERA.search(dated)


@pytest.mark.parametrize("harmless", ["в 1991 году", "в декабре 1991 года", "маяк", "it may be"])
def test_a_historic_year_is_allowed(harmless: str) -> None:
    assert not DATE_OF_THIS_ERA.search(harmless)


def test_addresses_are_unique_and_reserved() -> None:
    assert len(BY_URL) == len(ALL)
    for sample in ALL:
        address = urlsplit(sample.url)
        assert address.scheme == "https"
        assert (address.hostname or "").endswith(".example")
        assert len(address.path) > 1


def test_an_outlet_has_one_host_and_a_host_one_outlet() -> None:
    pairs = {(sample.outlet, urlsplit(sample.url).hostname) for sample in ALL}
    assert len(pairs) == len({outlet for outlet, _ in pairs}) == len({host for _, host in pairs})


def test_most_articles_are_russian_with_a_few_english_and_kazakh() -> None:
    languages = [sample.language for sample in ALL]
    assert set(languages) == set(INVENTED)
    assert languages.count("en") <= 2
    assert languages.count("kk") <= 2


@each_sample
def test_an_article_is_in_the_language_it_names(sample: Sample) -> None:
    letters = re.findall(r"[^\W\d_]", sample.text)
    cyrillic = len(re.findall(r"[\u0400-\u04ff]", sample.text)) / len(letters)
    kazakh = len(re.findall(r"[әғқңөұүһі]", sample.text.casefold())) / len(letters)
    assert (cyrillic < 0.01) == (sample.language == "en")
    assert (kazakh > 0.05) == (sample.language == "kk")


@each_sample
def test_quotation_marks_are_those_of_the_language(sample: Sample) -> None:
    text = f"{sample.title}\n{sample.text}"
    if sample.language == "en":
        assert not re.search("[«»]", text)
    else:
        assert '"' not in text
    assert text.count("«") == text.count("»")
    assert text.count('"') % 2 == 0
    assert "  " not in text


@each_sample
def test_only_articles_on_the_beat_speak_of_both_countries(sample: Sample) -> None:
    text = f"{sample.title}\n{sample.text}"
    both = bool(ONE_COUNTRY.search(text) and OTHER_COUNTRY.search(text))
    assert both == sample.on_beat


def test_some_articles_are_beside_the_beat() -> None:
    assert 4 <= sum(not sample.on_beat for sample in ALL) <= len(ALL) // 4


def test_three_events_are_told_in_different_words() -> None:
    events: defaultdict[str, list[Sample]] = defaultdict(list)
    for sample in ALL:
        if sample.event and not sample.reprint_of:
            events[sample.event].append(sample)
    assert len(events) >= 3
    for reports in events.values():
        assert len({report.outlet for report in reports}) == len(reports) >= 2
        days = [report.days_ago for report in reports]
        assert max(days) - min(days) <= 1
        for one, other in combinations(reports, 2):
            assert likeness(one, other) < 0.4


def test_reprints_are_nearly_verbatim_later_and_give_credit() -> None:
    reprints = [sample for sample in ALL if sample.reprint_of]
    assert len(reprints) >= 3
    for reprint in reprints:
        original = BY_URL[reprint.reprint_of or ""]
        assert original.reprint_of is None
        assert reprint.outlet != original.outlet
        assert reprint.age < original.age
        assert (reprint.event, reprint.on_beat) == (original.event, original.on_beat)
        assert "credit" in reprint.clutter
        assert original.outlet in reprint.text
        assert likeness(original, reprint) > 0.8


def mixes_scripts(sample: Sample) -> bool:
    """A word of Latin and Cyrillic letters together, or the C of C5+1 in the other script."""
    if sample.language == "en":
        return bool(re.search(r"[\u0400-\u04ff]", sample.text))
    words = re.findall(r"\w+", sample.text)
    mixed = any(re.search("[A-Za-z]", w) and re.search(r"[\u0400-\u04ff]", w) for w in words)
    return mixed or "C5+1" in sample.text


CLUTTER: dict[str, Callable[[Sample], bool]] = {
    "headline": lambda s: s.paragraphs[0] == s.title,
    "dateline": lambda s: bool(re.search(r"^[А-Я]{4,}\. [А-Я-]+ - ", s.text, re.MULTILINE)),
    "credit": lambda s: bool(re.search("переда[её]т", s.text)),
    "caption": lambda s: bool(re.search(r"^(?:Фото: |left\|)", s.text, re.MULTILINE)),
    "links": lambda s: bool(re.search(r"^Читайте также:\n(?:.+\n){2,3}\n", s.text, re.MULTILINE)),
    "subscribe": lambda s: bool(re.search(r"^Подписывайтесь на ", s.text, re.MULTILINE)),
    "lookalike": mixes_scripts,
}


@each_sample
def test_the_clutter_of_a_page_stands_where_declared_and_nowhere_else(sample: Sample) -> None:
    present = {kind for kind, stands_in in CLUTTER.items() if stands_in(sample)}
    assert present == set(sample.clutter)


def test_a_third_of_the_articles_give_cleaning_something_to_do() -> None:
    assert sum(bool(sample.clutter) for sample in ALL) >= len(ALL) // 3
    assert {kind for sample in ALL for kind in sample.clutter} == set(CLUTTER)
