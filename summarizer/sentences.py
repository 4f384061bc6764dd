"""Sentences of a paragraph: razdel's, with its known errors mended."""

import re

from razdel import sentenize

from summarizer.lookalikes import fold
from summarizer.russian import may_hold_verb

_CHUNK = 8_000
_SEEN_BEFORE_YEAR = 160
_CHUNK_END = re.compile(r"[.!?…]\s|\s")
_GLUED = re.compile(r"(?<=[а-яё]{2}[а-яё»\")])[.!?…](?=[А-ЯЁ][а-яё]{1,})")
_ABBREVIATED = frozenset(
    {"корр", "проф", "акад", "ген", "полк", "зам", "тов", "гос", "руб", "тыс", "млн", "млрд", "чел"}
)
_MUST_GO_ON = re.compile(
    r"(?:^|[\s(«\"])(?:им|ул|просп|пр-т|св|род|ок|гр|тов|mr|mrs|ms|dr|st|gen|sen|rep|gov|prof|lt|col"
    r"|vs|no|u\.s|u\.k)\.$"
)
_YEARS_FRAGMENT = re.compile(
    r"^(?:во?|со?|к|до|после|на|за|по|от|из|около|с начала|с конца)\s.{0,60}\d\s?(?:гг?|вв?)\.$"
)
_YEAR_ENDS = re.compile(
    r"(?<=\d)\s?(?:гг?\.|руб\.|долл\.|с\.\s?г\.)\s+(?=[«\"]?[А-ЯЁA-Z][а-яёa-z])"
)
_OPENERS = "«“„(\"'[–—- "


def split_sentences(paragraph: str) -> list[tuple[int, int]]:
    """Split a paragraph into sentences.

    A paragraph of more than 8,000 characters is read in pieces that end at a full stop or white
    space, so that time stays linear; a sentence longer than that is therefore cut there.

    Args:
        paragraph: text without line ends that matter.

    Returns:
        Offsets [start, end) into the paragraph, in order, trimmed, none of them empty.
    """
    found: list[tuple[int, int]] = []
    for start, end in _chunks(paragraph):
        part = paragraph[start:end]
        pieces = [
            piece
            for sentence in sentenize(part)
            if sentence.stop > sentence.start
            for piece in _split_more(part, sentence.start, sentence.stop)
        ]
        found += [(start + left, start + right) for left, right in _merge(part, pieces)]
    return found


def _chunks(paragraph: str) -> list[tuple[int, int]]:
    chunks, start = [], 0
    while len(paragraph) - start > _CHUNK:
        end = start + _CHUNK
        for match in _CHUNK_END.finditer(paragraph, start + _CHUNK // 2, start + _CHUNK):
            end = match.end()
        chunks.append((start, end))
        start = end
    return [*chunks, (start, len(paragraph))]


def _split_more(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split what razdel leaves whole: "вышел.Она ушла", and a year that ends a sentence."""
    cuts = [
        match.end()
        for match in _GLUED.finditer(text, start, end)
        if fold(text[max(start, match.start() - 12) : match.start()]).split()[-1]
        not in _ABBREVIATED
    ]
    for match in _YEAR_ENDS.finditer(text, start, end):
        begin = max(cuts[-1] if cuts else start, match.start() - _SEEN_BEFORE_YEAR)
        left = fold(text[begin : match.start()])
        right = fold(text[match.end() : min(end, match.end() + 100)])
        if len(left.split()) > 3 and may_hold_verb(left) and may_hold_verb(right):
            cuts.append(match.end())
    cuts.sort()
    return [
        trimmed
        for left, right in zip([start, *cuts], [*cuts, end], strict=True)
        if (trimmed := _trim(text, left, right))[1] > trimmed[0]
    ]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    start = end - len(part.lstrip())
    return start, max(start, start + len(part.strip()))


def _merge(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in pieces:
        if merged and _belong(text[slice(*merged[-1])], text[start:end]):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _belong(before: str, after: str) -> bool:
    """Say whether two pieces that razdel parted are one sentence."""
    if not any(char.isalnum() for char in after) or not any(char.isalpha() for char in before):
        return True
    ending = fold(before[-16:])
    first = after.lstrip(_OPENERS)[:1]
    if before.endswith(".") and (first.islower() or _MUST_GO_ON.search(ending)):
        return True
    if len(before) < 80 and _YEARS_FRAGMENT.match(fold(before)):
        return True
    # A title of several sentences inside one pair of marks: «Зима. Каток».
    opened = before.rfind("«")
    closed = after.find("»")
    is_open = opened > before.rfind("»")
    return is_open and 0 <= closed < 40 and len(before) - opened < 40 and "«" not in after[:closed]
