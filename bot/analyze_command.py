"""What `vestnik analyze` does: documents from files or standard input → one JSON line each."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from bot.analysis.beat_people import surnames
from bot.archive.people_rows import KnownPerson
from bot.errors import VestnikError
from bot.intake.files import MOST_BYTES, find_files, read_file
from summarizer.analysis import Analysis, Entity, Person, Quote
from summarizer.analyze import analyze
from summarizer.language import detect_language
from summarizer.spans import Span
from summarizer.summary import Summary

STANDARD_INPUT = "-"


@dataclass(frozen=True)
class Document:
    """A text to analyse, or the reason why there is none; `id` goes out as it came."""

    id: str | int
    text: str = ""
    title: str | None = None
    published: str | datetime | None = None
    problem: str | None = None


def analyze_paths(
    paths: Sequence[Path], *, lines: bool, out: IO[str], people: Sequence[KnownPerson] = ()
) -> Iterator[str]:
    """Analyse documents and write a line of JSON for each, as soon as it is known.

    Args:
        paths: files and folders; with `lines` files of lines, and "-" for standard input.
        lines: whether every file holds lines of {"id", "text"}, whatever its name.
        out: where the JSON goes.
        people: those of the beat, whom a surname alone may name.

    Yields:
        A sentence for each document that could not be read; the others are written.

    Raises:
        VestnikError: the language models are not installed.
    """
    from summarizer.models import ModelsMissingError  # noqa: PLC0415 — heavy; --help is at once

    followed = {kazakh: surnames(people, everybody=kazakh) for kazakh in (False, True)}
    try:
        for document in _of_lines(paths) if lines else _of_files(paths):
            if document.problem is not None:
                yield f"{document.id}: {document.problem}"
                continue
            published = _day(document.published)
            known = followed[detect_language(document.text) == "kk"]
            analysis = analyze(
                document.text, title=document.title, published=published, known=known
            )
            out.write(json.dumps(as_json(document.id, analysis), ensure_ascii=False) + "\n")
            out.flush()
    except ModelsMissingError as error:
        raise VestnikError(f"{error}.") from error


def _of_files(paths: Iterable[Path]) -> Iterator[Document]:
    for path, problem in find_files(list(paths)):
        if problem is not None:
            yield Document(str(path), problem=problem)
            continue
        for found in read_file(path):
            known = found.known
            yield Document(found.where, found.text, known.title, known.published, found.problem)


def _of_lines(paths: Iterable[Path]) -> Iterator[Document]:
    for path in paths:
        if str(path) == STANDARD_INPUT:
            yield from _read_lines("standard input", sys.stdin.buffer)
            continue
        try:
            with path.open("rb") as file:
                yield from _read_lines(str(path), file)
        except OSError as error:
            yield Document(str(path), problem=error.strerror or str(error))


def _read_lines(name: str, file: IO[bytes]) -> Iterator[Document]:
    number = 0
    while line := file.readline(MOST_BYTES + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > MOST_BYTES:
            yield Document(where, problem=f"the line is longer than {MOST_BYTES // 1_000_000} MB")
            return
        if line.strip():
            yield _read_line(where, line)


def _read_line(where: str, line: bytes) -> Document:
    try:
        record = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return Document(where, problem="the line is not JSON in UTF-8")
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return Document(where, problem='the line is not an object with a "text"')
    name, title, published = (record.get(key) for key in ("id", "title", "published"))
    if not isinstance(name, str | int | None) or isinstance(name, bool):
        return Document(where, problem="id must be a string or a number")
    if not isinstance(title, str | None) or not isinstance(published, str | None):
        return Document(where, problem="title and published must be strings")
    return Document(where if name is None else name, record["text"], title, published)


def _day(moment: str | datetime | None) -> date | None:
    """Read the day of a publication; what is no date is taken for none."""
    if isinstance(moment, str):
        try:
            return datetime.fromisoformat(moment).date()
        except ValueError:
            return None
    return moment.date() if moment else None


def as_json(name: str | int, analysis: Analysis) -> dict[str, Any]:
    """Shape an analysis for JSON: spans as [start, end), code points into the text."""
    return {
        "id": name,
        "title": analysis.title,
        "language": analysis.language,
        "people": [_person(person) for person in analysis.people],
        "quotes": [_quote(quote) for quote in analysis.quotes],
        "organisations": [_entity(entity) for entity in analysis.organisations],
        "places": [_entity(entity) for entity in analysis.places],
        "dates": [
            {"text": found.text, "start": found.span.start, "end": found.span.end, "iso": found.iso}
            for found in analysis.dates
        ],
        "summary": _summary(analysis.summary),
    }


def _person(person: Person) -> dict[str, Any]:
    # Since when and until when somebody holds a post is seen over many articles, never in one.
    roles = [{"title": role.title, "since": None, "until": None} for role in person.roles]
    return {
        "name": person.name,
        "initials_only": person.initials_only,
        "surfaces": list(person.surfaces),
        "roles": roles,
        "mentions": _spans(person.mentions),
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "text": quote.text,
        "start": quote.span.start,
        "end": quote.span.end,
        "speaker": quote.speaker,
        "verb": quote.verb,
        "direct": quote.direct,
    }


def _entity(entity: Entity) -> dict[str, Any]:
    return {"name": entity.name, "mentions": _spans(entity.mentions)}


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "text": summary.text,
        "sentences": [
            {"text": sentence.text, "evidence": _spans(sentence.evidence)}
            for sentence in summary.sentences
        ],
    }


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
