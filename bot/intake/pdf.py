"""PDF files → text: their lines joined to paragraphs, running heads and page numbers left out."""

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Sequence

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from bot.intake.document_problem import DocumentError, DocumentProblem

MOST_PAGES = 150
_MOST_CONTENT_BYTES = 4_000_000
"""A page whose drawing takes more than this is a map or a plan; its text is no article."""

_RUNNING_PAGES = 3
"""On how many pages a first or last line stands to be a running head."""

_FEWEST_LETTERS = 40
_FULL_LINE = 0.8
_NUMBER = re.compile(
    r"\W*(?:стр\.?|с\.|page|бет)?\s*\d{1,4}(?:\s*(?:/|из|of)\s*\d{1,4})?\W*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_ENDED = re.compile(r"[.!?…:;][»”\")\]]*$")
_BULLET = re.compile(r"(?:[•▪●‣·–—-]|\d{1,3}[.)])\s")
_CUT = re.compile(r"\w[-\u2010]$")
# Before or after these a hyphen belongs to the word itself.
_OWN_HYPHEN_BEFORE = re.compile(r"(?:то|либо|нибудь|таки|ка)\b")
_OWN_HYPHEN_AFTER = re.compile(
    r"\b(?:\w+(?:ск|цк)о|кое|по|вице|пресс|экс|премьер|генерал|северо|юго)[-\u2010]$", re.IGNORECASE
)

# pypdf tells of every oddity in a file, and most files have some.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read_pdf(content: bytes, *, seconds: float) -> str:
    """Read the text of a PDF.

    seconds: the time it may take; looked at between pages.
    Raises DocumentError when there is no text to be had, with the reason.
    """
    try:
        pages = _pages(content, time.monotonic() + seconds)
    except DocumentError:
        raise
    except (FileNotDecryptedError, DependencyError):
        raise DocumentError(DocumentProblem.PROTECTED) from None
    # A damaged file fails in pypdf in every way that Python knows.
    except Exception as error:
        raise DocumentError(DocumentProblem.BROKEN) from error
    lines = without_running_heads(pages)
    if sum(char.isalpha() for line in lines for char in line) < _FEWEST_LETTERS:
        raise DocumentError(DocumentProblem.SCANNED if pages else DocumentProblem.EMPTY)
    return join_lines(lines)


def _pages(content: bytes, deadline: float) -> list[list[str]]:
    reader = PdfReader(io.BytesIO(content))
    # Many files are locked against changes only; the empty password opens them for reading.
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError(DocumentProblem.PROTECTED)
    if len(reader.pages) > MOST_PAGES:
        raise DocumentError(DocumentProblem.TOO_LONG)
    pages = []
    for page in reader.pages:
        if time.monotonic() > deadline:
            raise DocumentError(DocumentProblem.TOO_SLOW)
        pages.append(_text_of(page).splitlines())
    return pages


def _text_of(page: PageObject) -> str:
    drawing = page.get_contents()
    if drawing is None or len(drawing.get_data()) > _MOST_CONTENT_BYTES:
        return ""
    return page.extract_text()


def without_running_heads(pages: Sequence[Sequence[str]]) -> list[str]:
    """Join the pages' lines, without page numbers and without what heads or ends several pages."""
    stripped = [[line.strip() for line in page] for page in pages]
    bare = [_without_numbers(page) for page in stripped]
    edges = Counter(_edge(line) for page in bare for line in {*page[:1], *page[-1:]})
    running = {edge for edge, times in edges.items() if edge and times >= _RUNNING_PAGES}
    lines: list[str] = []
    for page in bare:
        kept = list(page)
        if kept and _edge(kept[0]) in running:
            kept = kept[1:]
        if kept and _edge(kept[-1]) in running:
            kept = kept[:-1]
        lines += kept
    return lines


def _without_numbers(page: list[str]) -> list[str]:
    """Drop empty lines and page numbers above and below the text of a page."""
    start, end = 0, len(page)
    while start < end and (not page[start] or _NUMBER.fullmatch(page[start])):
        start += 1
    while start < end and (not page[end - 1] or _NUMBER.fullmatch(page[end - 1])):
        end -= 1
    return page[start:end]


def _edge(line: str) -> str:
    return _DIGITS.sub("#", line.lower())


def join_lines(lines: Sequence[str]) -> str:
    """Join the lines of a set text to paragraphs, one a line.

    A line that does not reach the margin and ends a sentence ends its paragraph; so does a short
    one before a capital letter, which is a heading. A word cut at the margin becomes whole.
    """
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    margin = lengths[(9 * len(lengths)) // 10] * _FULL_LINE
    paragraphs: list[str] = []
    is_open = False
    for line in lines:
        if not line:
            is_open = False
            continue
        if is_open and not _BULLET.match(line) and not _is_heading(paragraphs[-1], line, margin):
            paragraphs[-1] = _joined(paragraphs[-1], line)
        else:
            paragraphs.append(line)
        is_open = not (_ENDED.search(line) and len(line) < margin)
    return "\n".join(paragraphs)


def _is_heading(before: str, line: str, margin: float) -> bool:
    return len(before) < margin and line[:1].isupper() and not before.endswith((",", "-", "–", "—"))


def _joined(before: str, line: str) -> str:
    if before.endswith("\u00ad"):
        return before[:-1] + line
    if not _CUT.search(before):
        return f"{before} {line}"
    is_own = _OWN_HYPHEN_BEFORE.match(line) or _OWN_HYPHEN_AFTER.search(before)
    return before + line if is_own or not line[:1].islower() else before[:-1] + line
