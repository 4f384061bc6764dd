"""The layout of a page: which lines are its title, its dates, its paragraphs."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.boilerplate import Kind, is_bullet, is_caption, is_link, kind_of
from summarizer.credits import find_credits
from summarizer.datelines import read_dateline
from summarizer.lines import Line
from summarizer.lookalikes import words
from summarizer.russian import is_ended
from summarizer.stamps import Stamp, find_date

_TITLE_WORDS = 32
_TITLE_LENGTH = 320
_LONG_PARAGRAPH = 12
_SITE = r"[^\s|]{1,40}\.(?:kz|ru|com|org|net|news|info|asia|uz|kg|by|ua|tv|media)"
_SITE_SUFFIX = re.compile(rf"\s+(?:[|»·•]\s+[^|»·•]{{1,40}}|[–—-]\s+(?:новости\s+)?{_SITE})$", re.I)


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands where: the title line, the stamp above the body, the body's paragraphs."""

    title: Line | None
    stamp: Stamp | None
    body: tuple[Line, ...]


def read_layout(lines: Sequence[Line], title: str | None) -> Layout:
    """Tell the title, the stamp and the body of a page apart, and leave the rest out.

    Args:
        lines: the lines of the text.
        title: the title when it is known from elsewhere; lines that repeat it are no body.

    Returns:
        The layout. The body is never empty when there are lines: where all of them look like
        boilerplate, they are taken for the text after all.
    """
    kinds = [kind_of(line.text) for line in lines]
    position, stamp = 0, None
    while position < len(lines) and kinds[position] in {Kind.STAMP, Kind.FILLER}:
        stamp = stamp or _stamp(lines[position], kinds[position])
        position += 1
    found, position = _find_title(lines, position, title)
    head, stamp = _read_head(lines, kinds, position, found.text if found else title, stamp)
    body = _select_body(lines[head:], kinds[head:])
    if not body and found:
        return Layout(found if title else None, stamp, (found,))
    return Layout(found, stamp, tuple(body or lines))


def clean_title(title: str) -> str:
    """Drop the name of the site that pages add to their titles: "Визит | Kazpravda.kz"."""
    return _SITE_SUFFIX.sub("", title) or title


def same_words(first: str, second: str) -> bool:
    """Say whether two lines hold the same words, whatever their marks and letter case."""
    return words(first) == words(second) != ()


def _stamp(line: Line, kind: Kind) -> Stamp | None:
    is_labelled = kind is Kind.FILLER and line.text.lower().startswith(("опубл", "дата", "обнов"))
    return find_date(line.text) if kind is Kind.STAMP or is_labelled else None


def _find_title(lines: Sequence[Line], start: int, title: str | None) -> tuple[Line | None, int]:
    """Find the title's line at or soon after `start`; tell where to read on."""
    if title is not None:
        for index in range(min(start + 4, len(lines))):
            if same_words(lines[index].text, title):
                return lines[index], max(start, index + 1)
        return None, start
    if start + 1 < len(lines) and _is_title(lines[start], lines[start + 1 :]):
        return lines[start], start + 1
    return None, start


def _is_title(line: Line, rest: Sequence[Line]) -> bool:
    text = line.text
    length = len(text.split())
    if length > _TITLE_WORDS or len(text) > _TITLE_LENGTH or text.endswith((":", ";", ",")):
        return False
    if same_words(text, rest[0].text):
        return True
    if is_bullet(text) or find_credits(text) or read_dateline(text):
        return False
    heads_report = is_caption(rest[0].text) or read_dateline(rest[0].text) is not None
    if not is_ended(text) or (length <= 15 and heads_report):
        return True
    follows = any(len(line.text.split()) > _LONG_PARAGRAPH for line in rest[:4])
    return text.endswith(("?", "!", "…", "...", "?»", "!»")) and length <= 20 and follows


def _read_head(
    lines: Sequence[Line],
    kinds: Sequence[Kind],
    position: int,
    title: str | None,
    stamp: Stamp | None,
) -> tuple[int, Stamp | None]:
    """Pass repeated titles, stamps and captions above the first paragraph."""
    while position < len(lines):
        line, kind = lines[position], kinds[position]
        repeats = title is not None and same_words(line.text, title)
        caption = is_caption(line.text) and any(
            len(later.text.split()) > _LONG_PARAGRAPH
            for later in lines[position + 1 : position + 4]
        )
        if not (repeats or caption or kind in {Kind.STAMP, Kind.FILLER}):
            # A caption may stand above the stamp.
            below = kind is Kind.HEADING and position + 1 < len(lines)
            if not (below and Kind.STAMP in kinds[position + 1 : position + 3]):
                break
        stamp = stamp or _stamp(line, kind)
        position += 1
    return position, stamp


def _select_body(lines: Sequence[Line], kinds: Sequence[Kind]) -> list[Line]:
    lengths = Counter[Kind]()
    for line, kind in zip(lines, kinds, strict=True):
        lengths[kind] += len(line.text)
    # A text that nowhere ends its sentences has no headings to tell from them.
    keep_headings = lengths[Kind.HEADING] > lengths[Kind.TEXT]
    body: list[Line] = []
    in_links = listing = False
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind is Kind.END and _mostly_over(lines, index):
            break
        if kind is Kind.LINKS:
            in_links, listing = True, False
            continue
        if in_links and is_link(line.text):
            continue
        in_links = False
        last = index == len(lines) - 1 and len(line.text.split()) > 5
        is_text = kind is Kind.TEXT or (kind is Kind.HEADING and (keep_headings or listing or last))
        if is_text:
            body.append(line)
        listing = line.text.endswith(":") or (listing and kind is Kind.HEADING)
    return body


def _mostly_over(lines: Sequence[Line], index: int) -> bool:
    after = sum(len(line.text) for line in lines[index + 1 :])
    return after <= sum(len(line.text) for line in lines[:index])
