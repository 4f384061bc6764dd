"""Files and folders → articles: .txt, .html and .jsonl, each in whatever encoding it came."""

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.intake.article import Known, UnreadableError

KINDS = (".txt", ".html", ".htm", ".jsonl")
MOST_BYTES = 20_000_000
"""A larger .txt or .html file, or a larger line of a .jsonl file, is no article."""


@dataclass(frozen=True)
class Found:
    """One text in a file, or the reason why there is none."""

    where: str
    text: str = ""
    known: Known = field(default_factory=Known)
    problem: str | None = None


def find_files(paths: list[Path]) -> Iterator[tuple[Path, str | None]]:
    """List the readable files in files and folders, each once, with a problem where there is one.

    A folder that leads back into itself is entered once. Files of other kinds inside a folder
    are passed over; one that was named itself is a problem.
    """
    for path in paths:
        if path.is_dir():
            yield from _walk(path)
        elif not path.exists():
            yield path, "there is no such file"
        elif path.suffix.lower() not in KINDS:
            yield path, f"only {', '.join(KINDS)} files can be read"
        else:
            yield path, None


def _walk(top: Path) -> Iterator[tuple[Path, str | None]]:
    seen: set[tuple[int, int]] = set()
    refused: list[OSError] = []
    for folder, subfolders, names in os.walk(top, followlinks=True, onerror=refused.append):
        at = os.stat(folder)
        if (at.st_dev, at.st_ino) in seen:
            subfolders.clear()
            continue
        seen.add((at.st_dev, at.st_ino))
        subfolders.sort()
        for name in sorted(names):
            if Path(name).suffix.lower() in KINDS and not name.startswith("."):
                yield Path(folder, name), None
    for error in refused:
        yield Path(error.filename), f"the folder cannot be read: {error.strerror}"


def read_file(path: Path) -> Iterator[Found]:
    """Read the texts of one file; what cannot be read comes out as a problem."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Found(str(path), problem="it is not a regular file")
        elif path.suffix.lower() == ".jsonl":
            yield from _read_jsonl(path)
        else:
            yield _read_one(path)
    except OSError as error:
        yield Found(str(path), problem=error.strerror or str(error))


def _read_one(path: Path) -> Found:
    if path.stat().st_size > MOST_BYTES:
        return Found(str(path), problem=f"it is larger than {MOST_BYTES // 1_000_000} MB")
    raw = path.read_bytes()
    try:
        text = decode(raw)
        if path.suffix.lower() == ".txt":
            return Found(str(path), text)
        return Found(str(path), *_from_html(text))
    except UnreadableError as error:
        return Found(str(path), problem=str(error))


def decode(raw: bytes) -> str:
    """Decode a text: UTF-8 or UTF-16 by its marks, else by what its bytes look like.

    Raises UnreadableError when it does not look like text at all.
    """
    from charset_normalizer import from_bytes  # noqa: PLC0415 — 60 ms that UTF-8 need not spend

    if not raw.strip():
        raise UnreadableError("it is empty")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if raw.count(0) > len(raw) // 100:
        raise UnreadableError("it is not text")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # Russian pages that are not UTF-8 are windows-1251 or koi8-r nearly always.
    best = from_bytes(raw[:200_000], cp_isolation=["cp1251", "koi8_r", "cp866", "cp1252"]).best()
    if best is None:
        raise UnreadableError("its encoding is unknown")
    return raw.decode(best.encoding, "replace")


def _from_html(markup: str) -> tuple[str, Known]:
    # Heavy, and only pages need it.
    import trafilatura  # noqa: PLC0415
    from trafilatura.settings import Document  # noqa: PLC0415

    document = trafilatura.bare_extraction(
        markup, with_metadata=True, include_comments=False, include_tables=False
    )
    if not isinstance(document, Document) or not document.text:
        raise UnreadableError("there is no article on this page")
    return document.text, Known(
        title=document.title,
        url=document.url,
        outlet=document.sitename,
        published=document.date,
    )


def _read_jsonl(path: Path) -> Iterator[Found]:
    with path.open("rb") as lines:
        number = 0
        while line := lines.readline(MOST_BYTES + 1):
            number += 1
            where = f"{path}:{number}"
            if len(line) > MOST_BYTES:
                yield Found(where, problem=f"the line is longer than {MOST_BYTES // 1_000_000} MB")
                return
            if not line.strip():
                continue
            try:
                yield _from_record(where, json.loads(line))
            except (ValueError, RecursionError):
                yield Found(where, problem="the line is not JSON in UTF-8")


def _from_record(where: str, record: Any) -> Found:
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return Found(where, problem='the line is not an object with a "text"')
    fields = ("title", "url", "outlet", "language", "published")
    wrong = [name for name in fields if not isinstance(record.get(name), str | None)]
    if wrong:
        return Found(where, problem=f"{', '.join(wrong)} must be a string")
    title, url, outlet, language, published = (record.get(name) for name in fields)
    return Found(where, record["text"], Known(title, url, outlet, language, published))
