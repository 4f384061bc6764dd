"""Time zones as people name them: by a city in any language and case, a distance from UTC, a place.

Cities: CLDR's exemplar cities of all zones, through Babel, and some more that people ask for.
Places: the cities of tzdata's zone1970.tab; the nearest one counts, which near a border may be on
its other side.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from bot.clock import known_zones
from bot.locales.wording import LANGUAGES, wording

MOST_GUESSES = 4

_READ_AT_MOST = 60
_LIKELY = 80.0
_POSSIBLE = 68.0
_CLEARLY_BETTER = 8.0
"""Of rapidfuzz's ratio, 0 to 100. "Москве" is 83 like "Москва"."""

_OFFSET = re.compile(r"(?:utc|gmt|мск)?\s*([+\-−–]?)\s*(\d{1,2})(?:[:.]?([0-5]\d))?")
_BEFORE = {"в", "во", "г", "город", "city", "in", "at", "қаласы", "по"}
_POINT = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")

_MORE_CITIES = {
    "Asia/Almaty": "Астана Astana Нур-Султан Шымкент Shymkent Караганда Karaganda Қарағанды "
    "Алма-Ата Алмата "
    "Павлодар Pavlodar Тараз Taraz Семей Semey Талдыкорган Туркестан Кокшетау Петропавловск "
    "Усть-Каменогорск Өскемен Экибастуз",
    "Asia/Aqtobe": "Актобе Ақтөбе Aktobe",
    "Asia/Aqtau": "Актау Ақтау Aktau",
    "Asia/Qostanay": "Костанай Қостанай Kostanay",
    "Asia/Qyzylorda": "Кызылорда Қызылорда Kyzylorda Байконур Baikonur",
    "Asia/Oral": "Уральск Орал Uralsk",
    "Europe/Moscow": "Мск Msk Санкт-Петербург Петербург СПб Питер Казань Сочи Kazan",
    "America/New_York": "NYC Вашингтон Washington Бостон Boston Майами Miami Филадельфия "
    "Philadelphia Атланта Atlanta",
    "America/Chicago": "Хьюстон Houston Даллас Dallas Остин Austin",
    "America/Los_Angeles": "Сан-Франциско Сиэтл Seattle Лас-Вегас Сан-Диего",
    "Asia/Shanghai": "Пекин Beijing Бейжің",
    "Asia/Kolkata": "Дели Delhi Мумбаи Mumbai",
    "Asia/Dubai": "Абу-Даби",
    "Europe/Zurich": "Женева Geneva Берн Bern",
    "Europe/Istanbul": "Анкара Ankara",
    "Europe/Berlin": "Мюнхен Munich Франкфурт Frankfurt Бонн Bonn",
    "Asia/Jerusalem": "Тель-Авив",
}

# The table has one city a zone: the north and the east of Kazakhstan would be taken for Russia.
_MORE_POINTS = tuple(
    (point, "Asia/Almaty")
    for point in (
        (51.17, 71.43),
        (49.80, 73.10),
        (50.41, 80.23),
        (49.95, 82.61),
        (52.29, 76.97),
        (54.87, 69.15),
        (53.28, 69.39),
        (42.32, 69.60),
        (47.80, 67.71),
    )
)


@dataclass(frozen=True, slots=True)
class Guess:
    """Zones that somebody may have meant, the likeliest first; `is_sure` where it is the first."""

    zones: tuple[str, ...]
    is_sure: bool


def guess_zone(said: str, now: datetime) -> Guess:
    """Find the zone that somebody names by a city, by a distance from UTC, or by its IANA name.

    said: "Шымкент", "в Москве", "New York", "+5", "UTC+5:30", "Asia/Tokyo"; of a long text the
    beginning. now: when a distance is to hold, aware.
    """
    said = " ".join(said[:_READ_AT_MOST].split())
    if (zone := _offset_zone(said, now)) is not None:
        return Guess((zone,), is_sure=True)
    if (zone := _by_iana_name().get(said.casefold().replace(" ", "_"))) is not None:
        return Guess((zone,), is_sure=True)
    asked = _folded(said)
    if len(asked) < 2:
        return Guess((), is_sure=False)
    cities = _cities()
    found = process.extract(
        asked, cities.keys(), scorer=fuzz.ratio, score_cutoff=_POSSIBLE, limit=24
    )
    scores: dict[str, float] = {}
    for name, score, _ in found:
        scores.setdefault(cities[name], score)
    best = list(scores.values())
    is_sure = bool(best) and (
        best[0] == 100.0
        or (best[0] >= _LIKELY and (len(best) < 2 or best[0] - best[1] >= _CLEARLY_BETTER))
    )
    return Guess(tuple(scores)[:MOST_GUESSES], is_sure)


def nearest_zone(latitude: float, longitude: float) -> str:
    """Find the zone whose city is nearest to a place, in degrees."""

    def distance(point: tuple[float, float]) -> float:
        # The haversine: monotonous in the distance, whatever the radius of the Earth.
        (a, b), (c, d) = map(math.radians, point), map(math.radians, (latitude, longitude))
        return math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2

    points = [(point, zone) for zone, point in _points().items()]
    return min([*points, *_MORE_POINTS], key=lambda entry: distance(entry[0]))[1]


def _offset_zone(said: str, now: datetime) -> str | None:
    """Find a zone of a constant distance from UTC: of whole hours by its own zone."""
    folded = said.casefold()
    if folded in ("utc", "gmt"):
        return "UTC"
    match = _OFFSET.fullmatch(folded)
    if match is None:
        return None
    sign = -1 if match[1] in ("-", "−", "–") else 1
    offset = sign * timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if folded.startswith("мск"):
        offset += timedelta(hours=3)
    if not offset:
        return "UTC"
    hours, rest = divmod(offset, timedelta(hours=1))
    if not rest:
        zone = f"Etc/GMT{-hours:+d}"
        return zone if zone in known_zones() else None
    year = [now + timedelta(days=days) for days in range(0, 365, 60)]
    for zone in _points():
        if all(moment.astimezone(ZoneInfo(zone)).utcoffset() == offset for moment in year):
            return zone
    return None


def _folded(name: str) -> str:
    words = re.findall(r"\w+", name.casefold().replace("ё", "е"))
    while len(words) > 1 and words[0] in _BEFORE:
        del words[0]
    return " ".join(words)


@cache
def _cities() -> dict[str, str]:
    """Map the folded names of cities to their zones."""
    cities: dict[str, str] = {}
    points = _points()
    # Those that are zones today before their old names, so that one city has one zone.
    for zone in sorted(known_zones() - {"localtime"}, key=lambda zone: (zone not in points, zone)):
        if "/" not in zone or zone.startswith(("Etc/", "SystemV/", "posix/", "right/")):
            continue
        for language in LANGUAGES:
            cities.setdefault(_folded(wording(language).city(zone)), zone)
        cities.setdefault(_folded(zone.rsplit("/", 1)[-1].replace("_", " ")), zone)
    for zone, names in _MORE_CITIES.items():
        cities.update({_folded(name): zone for name in names.split()})
    return cities


@cache
def _by_iana_name() -> dict[str, str]:
    return {zone.casefold(): zone for zone in known_zones() if "/" in zone}


@cache
def _points() -> dict[str, tuple[float, float]]:
    """Read where the cities of the zones are: latitude and longitude in degrees."""
    table = files("tzdata").joinpath("zoneinfo", "zone1970.tab").read_text(encoding="utf-8")
    return dict(_read_points(table))


def _read_points(table: str) -> Iterator[tuple[str, tuple[float, float]]]:
    for line in table.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        _, point, zone, *_ = line.split("\t")
        match = _POINT.fullmatch(point)
        if match is not None and zone in known_zones():
            yield zone, (_degrees(*match.groups()[:4]), _degrees(*match.groups()[4:]))


def _degrees(sign: str, degrees: str, minutes: str, seconds: str | None) -> float:
    value = int(degrees) + int(minutes) / 60 + int(seconds or 0) / 3_600
    return -value if sign == "-" else value
