"""The beat: what one desk follows, read from one TOML file."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

from bot.beat_table import Entry, entries, lists, texts
from bot.beat_terms import gather
from bot.errors import SettingsError
from bot.intake.source import SourceKind, SourceSpec
from bot.locales.wording import LANGUAGES
from summarizer.terms import SIGNS, Term, Terms

BOTH = "both"
"""Under this name stand the organisations that belong to every side."""

_TOPIC_ID = re.compile("[a-z]{1,16}")
_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)


@dataclass(frozen=True, slots=True)
class BeatPerson:
    """A public figure of the beat.

    `name` is the canonical Russian name, `latin` the form their own side writes, `kazakh` the
    Kazakh form where it differs. `by_surname`: the surname alone is enough to know them.
    """

    name: str
    latin: str
    kazakh: str | None
    aliases: tuple[str, ...]
    side: str = ""
    by_surname: bool = False


@dataclass(frozen=True, slots=True)
class BeatPost:
    """A post, by the wording to show, and the others that mean the same."""

    name: str
    aliases: tuple[str, ...]
    side: str


@dataclass(frozen=True, slots=True)
class BeatOrganisation:
    """An organisation, by the name to show, with its abbreviations and other names."""

    name: str
    aliases: tuple[str, ...]
    side: str


@dataclass(frozen=True, slots=True)
class FormerName:
    """What a place was officially called from one day to another, both included."""

    name: str
    aliases: tuple[str, ...]
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class BeatPlace:
    """A place of one side. `weight`: how surely it tells that the side is spoken of, 0 to 1."""

    name: str
    aliases: tuple[str, ...]
    former: tuple[FormerName, ...]
    side: str
    weight: float


@dataclass(frozen=True, slots=True)
class BeatTopic:
    """A subject that stories are sorted by: its name by interface language, and its words."""

    id: str
    name: Mapping[str, str]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Beat:
    """What one desk follows.

    `about` says it in a few words, by interface language. `sides` are who takes part, by the name
    that the file uses for them, with the name to show. `words` are the plain terms of the file.
    """

    id: str
    about: Mapping[str, str]
    sides: Mapping[str, str]
    sources: tuple[SourceSpec, ...]
    people: tuple[BeatPerson, ...]
    posts: tuple[BeatPost, ...]
    organisations: tuple[BeatOrganisation, ...]
    places: tuple[BeatPlace, ...]
    words: tuple[Term, ...]
    topics: tuple[BeatTopic, ...] = ()

    @cached_property
    def terms(self) -> Terms:
        """Everything that tells whether a text is on the beat, made when first asked for."""
        return Terms(tuple(self.sides), (*self.words, *gather(self)))


def load_beat(path: Path) -> Beat:
    """Read a beat. Only `id` and [about] have to be there.

    Raises SettingsError, naming the file, the entry and what is wrong with it.
    """
    content = _read(path)
    sides = _sides(path, content)
    return Beat(
        id=_text(path, "id", content.get("id")),
        about=_about(path, content),
        sides=sides,
        sources=_sources(path, content),
        people=tuple(
            BeatPerson(
                name=entry.text("name"),
                latin=entry.text("latin"),
                kazakh=entry.optional("kazakh"),
                aliases=entry.texts("aliases"),
                side=side,
                by_surname=entry.switch("by_surname"),
            )
            for side, entry in _by_side(path, content, "people", sides)
        ),
        posts=tuple(BeatPost(*row) for row in _rows(path, content, "posts", sides)),
        organisations=tuple(
            BeatOrganisation(*row) for row in _rows(path, content, "organisations", (*sides, BOTH))
        ),
        places=tuple(
            BeatPlace(
                name=entry.text("name"),
                aliases=entry.texts("also"),
                former=tuple(_former(former) for former in entry.entries("former")),
                side=side,
                weight=entry.share("weight", 0.8),
            )
            for side, entry in _by_side(path, content, "places", sides)
        ),
        words=tuple(_words(path, content, sides)),
        topics=tuple(_topics(path, content)),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise SettingsError(f"BEAT names {path}, which cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path}, which BEAT names, is not UTF-8 text.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{path}, which BEAT names, is not TOML: {error}.") from None


def _text(path: Path, name: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise SettingsError(f'{path} lacks {name} = "some text": see beats/kz-us.toml.')
    return value


def _about(path: Path, content: Mapping[str, Any]) -> Mapping[str, str]:
    about = content.get("about")
    if not isinstance(about, dict):
        raise SettingsError(f"{path} lacks the table [about]: see beats/kz-us.toml.")
    return {
        language: _text(path, f"about.{language}", about.get(language)) for language in LANGUAGES
    }


def _sides(path: Path, content: Mapping[str, Any]) -> Mapping[str, str]:
    table = content.get("sides", {})
    if not isinstance(table, dict):
        raise SettingsError(f"{path}: sides has to be a table [sides]; see beats/kz-us.toml.")
    if taken := (SIGNS | {BOTH}) & table.keys():
        raise SettingsError(f"{path}: a side cannot be called {min(taken)}; choose another name.")
    return {side: _text(path, f"sides.{side}", name) for side, name in table.items()}


def _sources(path: Path, content: Mapping[str, Any]) -> tuple[SourceSpec, ...]:
    sources: dict[str, SourceSpec] = {}
    for language, rows in lists(path, content, "sources"):
        for entry in entries(path, f"sources.{language}", rows):
            if language not in LANGUAGES:
                raise entry.wrong(f"the language has to be one of {', '.join(LANGUAGES)}")
            source = _source(entry, language)
            if source.id in sources:
                raise entry.wrong(f"another source has the id {source.id} already")
            sources[source.id] = source
    return tuple(sources.values())


def _source(entry: Entry, language: str) -> SourceSpec:
    kind = entry.choice("kind", _KINDS)
    url, selector = entry.text("url"), entry.optional("selector")
    if kind in {"feed", "listing", "sitemap"} and not url.startswith(("https://", "http://")):
        raise entry.wrong("url has to begin with https:// or http://")
    if (kind == "listing") != (selector is not None):
        raise entry.wrong("a listing, and nothing else, has a selector for its links")
    return SourceSpec(
        id=entry.text("id"),
        outlet=entry.text("outlet"),
        language=language,
        kind=next(known for known in _KINDS if known == kind),
        url=url,
        selector=selector,
        time_zone=entry.zone("time_zone"),
        weight=entry.share("weight", 1.0),
        tried=entry.switch("tried"),
    )


def _by_side(
    path: Path, content: Mapping[str, Any], name: str, sides: Iterable[str]
) -> Iterable[tuple[str, Entry]]:
    for side, rows in lists(path, content, name):
        for entry in entries(path, f"{name}.{side}", rows):
            _know(entry, side, sides)
            yield side, entry


def _rows(
    path: Path, content: Mapping[str, Any], name: str, sides: Iterable[str]
) -> Iterable[tuple[str, tuple[str, ...], str]]:
    """Read lists of names that mean one thing; the first of each is the one to show."""
    for side, rows in lists(path, content, name):
        for number, row in enumerate(rows, start=1):
            entry = Entry(path, f"{name}.{side}, entry {number}", {})
            _know(entry, side, sides)
            names = texts(entry, "it", row)
            if not names:
                raise entry.wrong("it has no name")
            yield names[0], names[1:], side


def _know(entry: Entry, side: str, sides: Iterable[str]) -> None:
    if side not in sides:
        raise entry.wrong(f"[sides] knows no {side}")


def _former(entry: Entry) -> FormerName:
    former = FormerName(
        entry.text("name"), entry.texts("also"), entry.day("since"), entry.day("until")
    )
    if former.since > former.until:
        raise entry.wrong("since is later than until")
    return former


def _words(path: Path, content: Mapping[str, Any], sides: Mapping[str, str]) -> Iterable[Term]:
    for entry in entries(path, "terms", content.get("terms", [])):
        tells = entry.choice("tells", (*sides, *sorted(SIGNS)))
        weight = entry.share("weight", 1.0)
        for language in LANGUAGES:
            for word in entry.texts(language):
                yield Term(word, "term", tells, weight, (word,))


def _topics(path: Path, content: Mapping[str, Any]) -> Iterable[BeatTopic]:
    seen = set()
    for entry in entries(path, "topics", content.get("topics", [])):
        topic = entry.text("id")
        # It travels in buttons and commands.
        if not _TOPIC_ID.fullmatch(topic) or topic in seen:
            raise entry.wrong("the id has to be 1 to 16 small Latin letters, each id once")
        seen.add(topic)
        stated = entry.content.get("name")
        names = Entry(path, entry.place, stated if isinstance(stated, dict) else {})
        yield BeatTopic(
            topic,
            {language: names.text(language) for language in LANGUAGES},
            tuple(word for language in LANGUAGES for word in entry.texts(language)),
        )
