"""Files and folders → articles: .txt, .html and .jsonl, each in whatever encoding it came."""

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from bot.intake.article import Known, UnreadableError
from bot.intake.decoding import decode
from bot.intake.pages import read_page

__all__ = ["KINDS", "MOST_BYTES", "Found", "decode", "find_files", "read_file"]

KINDS = (".txt", ".html", ".htm", ".jsonl")
MOST_BYTES = 20_000_000
"""A larger .txt or .html file, or a larger line of a .jsonl file, is no article."""

_FIELDS = ("title", "url", "outlet", "language", "published")


@dataclass(frozen=True)
class Found:
    """One text in a file, or the reason why there is none."""

    where: str
    text: str = ""
    known: Known = field(default_factory=Known)
    problem: str | None = None


def find_files(paths: list[Path]) -> Iterator[tuple[Path, str | None]]:
    """List the readable files in files and folders, with a problem where there is one.

    A folder that leads back into itself, or is named twice, is entered once. Files of other kinds
    inside a folder are passed over; one that was named itself is a problem.
    """
    entered: set[tuple[int, int]] = set()
    for path in paths:
        try:
            mode = path.stat().st_mode
        except OSError as error:
            yield path, _reason(error)
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(path, entered)
        elif path.suffix.lower() not in KINDS:
            yield path, f"only {', '.join(KINDS)} files can be read"
        else:
            yield path, None


def _walk(top: Path, entered: set[tuple[int, int]]) -> Iterator[tuple[Path, str | None]]:
    refused: list[OSError] = []
    for folder, subfolders, names in os.walk(top, followlinks=True, onerror=refused.append):
        at = os.stat(folder)
        if (at.st_dev, at.st_ino) in entered:
            subfolders.clear()
            continue
        entered.add((at.st_dev, at.st_ino))
        subfolders.sort()
        for name in sorted(names):
            if Path(name).suffix.lower() in KINDS and not name.startswith("."):
                yield Path(folder, name), None
    for error in refused:
        yield Path(error.filename), _reason(error)


def read_file(path: Path) -> Iterator[Found]:
    """Read the texts of one file; what cannot be read comes out as a problem."""
    try:
        # Opening a pipe would wait for its writer.
        if not stat.S_ISREG(path.stat().st_mode):
            yield Found(str(path), problem="it is not a regular file")
        elif path.suffix.lower() == ".jsonl":
            yield from _read_jsonl(path)
        else:
            yield _read_one(path)
    except OSError as error:
        yield Found(str(path), problem=_reason(error))


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    return error.strerror or type(error).__name__


def _read_one(path: Path) -> Found:
    if path.stat().st_size > MOST_BYTES:
        return Found(str(path), problem=f"it is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        text = decode(path.read_bytes())
        if path.suffix.lower() == ".txt":
            return Found(str(path), text)
        return Found(str(path), *read_page(text))
    except UnreadableError as error:
        return Found(str(path), problem=str(error))


def _read_jsonl(path: Path) -> Iterator[Found]:
    if not path.stat().st_size:
        yield Found(str(path), problem="it is empty")
    with path.open("rb") as lines:
        for number, line in enumerate(_lines(lines), start=1):
            where = f"{path}:{number}"
            if line is None:
                yield Found(where, problem=f"the line is longer than {MOST_BYTES // 1_000_000} MB")
            elif line.strip():
                yield _from_line(where, line)


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Read line by line; one that is too long is passed over, and comes out as None."""
    while line := file.readline(MOST_BYTES + 1):
        if len(line) <= MOST_BYTES:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(MOST_BYTES)
        yield None


def _from_line(where: str, line: bytes) -> Found:
    try:
        return _from_record(where, json.loads(line))
    except (ValueError, RecursionError):
        return Found(where, problem="the line is not JSON in UTF-8")


def _from_record(where: str, record: Any) -> Found:
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return Found(where, problem='the line is not an object with a "text"')
    wrong = [name for name in _FIELDS if not isinstance(record.get(name), str | None)]
    if wrong:
        return Found(where, problem=f"{', '.join(wrong)} must be a string")
    title, url, outlet, language, published = (record.get(name) for name in _FIELDS)
    return Found(where, record["text"], Known(title, url, outlet, language, published))
