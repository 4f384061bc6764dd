"""Documents that people send: .txt, .html, .pdf and .docx → a text and what is known about it."""

import io
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from bot.archive.source_rows import Arrival
from bot.intake.article import Known, UnreadableError
from bot.intake.decoding import decode
from bot.intake.document_problem import DocumentError, DocumentProblem
from bot.intake.pages import read_page
from bot.intake.store import prepare

if TYPE_CHECKING:
    from docx.document import Document

MOST_BYTES = 20 * 1024 * 1024
"""What the Bot API lets a bot download."""

MOST_SECONDS = 20.0
"""How long one document may take; a person waits for it."""

_MOST_UNPACKED_BYTES = 60_000_000
_MOST_TEXT_PART_BYTES = 20_000_000
_MOST_PARTS = 3_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_TITLE_STYLE = re.compile(r"title|название|heading 1|заголовок 1", re.I)


def article_of_document(
    name: str, content: bytes, now: datetime, outlet_zone: str, url: str | None = None
) -> Arrival:
    """Make an article of a document; takes seconds of the processor, so a worker does it.

    url: where the document was fetched from, if it was. The address that a saved page states is
    not believed: whoever sends a file could put words into the mouth of any outlet, in the place
    of what it really said.
    Raises DocumentError.
    """
    text, known = read_document(name, content)
    try:
        return prepare(text, replace(known, url=url), outlet_zone=outlet_zone, now=now)
    except UnreadableError:
        raise DocumentError(DocumentProblem.EMPTY) from None


def read_document(name: str, content: bytes) -> tuple[str, Known]:
    """Read a document; what it is, is told by its first bytes, then by its name.

    Raises DocumentError when there is no text to be had, with the reason.
    """
    kind = PurePath(name).suffix.lower()
    if content.lstrip()[:5] == b"%PDF-":
        # Heavy, and only PDFs need it.
        from bot.intake.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(content, seconds=MOST_SECONDS), Known()
    if content.startswith(_OLD_OFFICE):
        is_locked = _ENCRYPTED_PACKAGE in content
        raise DocumentError(DocumentProblem.PROTECTED if is_locked else DocumentProblem.OLD_WORD)
    if content.startswith(b"PK\x03\x04") and kind == ".docx":
        return _read_docx(content)
    if kind in (".pdf", ".docx"):
        raise DocumentError(DocumentProblem.BROKEN if content.strip() else DocumentProblem.EMPTY)
    if kind not in (".txt", ".html", ".htm"):
        raise DocumentError(DocumentProblem.UNKNOWN_KIND)
    if not content.strip():
        raise DocumentError(DocumentProblem.EMPTY)
    try:
        text = decode(content)
        return (text, Known()) if kind == ".txt" else read_page(text)
    except UnreadableError:
        raise DocumentError(DocumentProblem.EMPTY) from None


def _read_docx(content: bytes) -> tuple[str, Known]:
    # Heavy, and only these files need it.
    import docx  # noqa: PLC0415

    deadline = time.monotonic() + MOST_SECONDS
    try:
        _check_package(content)
        title, paragraphs = _docx_paragraphs(docx.Document(io.BytesIO(content)), deadline)
    except DocumentError:
        raise
    # A damaged file fails in python-docx in every way that Python knows.
    except Exception as error:
        raise DocumentError(DocumentProblem.BROKEN) from error
    text = "\n".join(paragraphs)
    if not text.strip():
        raise DocumentError(DocumentProblem.EMPTY)
    return text, Known(title=title)


def _check_package(content: bytes) -> None:
    """Refuse an archive that unpacks to more than any text needs; sizes are stated, then held."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        is_text = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
        too_large = (
            len(parts) > _MOST_PARTS
            or sum(part.file_size for part in parts) > _MOST_UNPACKED_BYTES
            or any(part.file_size > _MOST_TEXT_PART_BYTES for part in is_text)
        )
        if too_large:
            raise DocumentError(DocumentProblem.TOO_LONG)
        if any(part.flag_bits & 1 for part in parts):
            raise DocumentError(DocumentProblem.PROTECTED)


def _docx_paragraphs(document: "Document", deadline: float) -> tuple[str | None, list[str]]:
    """List the paragraphs in order, those of tables too; the title is the one styled so on top."""
    title, paragraphs = None, list[str]()
    for text, style in _walk_docx(document):
        if not text:
            continue
        if not paragraphs and title is None and _TITLE_STYLE.fullmatch(style):
            title = text
        paragraphs.append(text)
        if time.monotonic() > deadline:
            raise DocumentError(DocumentProblem.TOO_SLOW)
    return title, paragraphs


def _walk_docx(document: "Document") -> Iterator[tuple[str, str]]:
    from docx.table import Table  # noqa: PLC0415

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                # A merged cell stands in the row once for each column that it spans.
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
                yield " | ".join(filter(None, cells)), ""
        else:
            style = block.style.name if block.style is not None else None
            yield block.text.strip(), style or ""
