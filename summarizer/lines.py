"""Lines of a text, and the paragraphs they make when a page has broken them apart."""

from dataclasses import dataclass

from summarizer.boilerplate import Kind, is_bullet, kind_of
from summarizer.lookalikes import fold
from summarizer.russian import (
    ends_in_function_word,
    is_ended,
    is_open_ended,
    may_hold_verb,
)
from summarizer.view import tidy, trim

_WRAP_WIDTH = 100
_WRAP_LEAST = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line as shown to a person, or several joined; `start` and `end` are original offsets."""

    text: str
    start: int
    end: int
    after_gap: bool


def read_lines(view: str) -> list[Line]:
    """List the lines of a view that show anything, with broken paragraphs put together.

    Two lines are joined only when that is certain: the first stops in the middle of a sentence and
    the second goes on with it. A short line without a full stop is otherwise a heading.

    Args:
        view: a readable view of the text.
    """
    lines: list[Line] = []
    offset, gap = 0, False
    for raw in view.splitlines(keepends=True):
        start, end = trim(view, offset, offset + len(raw))
        offset += len(raw)
        if start < end:
            lines.append(Line(tidy(view[start:end]), start, end, gap))
        gap = start >= end
    return _join_broken(_unwrap(lines))


def _unwrap(lines: list[Line]) -> list[Line]:
    """Put together blocks of lines that were wrapped at a width, as in mail."""
    result: list[Line] = []
    block: list[Line] = []
    for line in [*lines, None]:
        if line is not None and block and not line.after_gap:
            block.append(line)
            continue
        result += [_joined(block)] if _is_wrapped(block) else block
        block = [line] if line is not None else []
    return result


def _is_wrapped(block: list[Line]) -> bool:
    if len(block) < 3:
        return False
    inner = block[:-1]
    return (
        all(_WRAP_LEAST <= len(line.text) <= _WRAP_WIDTH for line in inner)
        and len(block[-1].text) <= _WRAP_WIDTH
        and sum(is_ended(line.text) for line in inner) * 3 <= len(inner)
        and sum(line.text[0].islower() for line in block[1:]) * 2 >= len(inner)
    )


def _join_broken(lines: list[Line]) -> list[Line]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1][-1].text, line.text):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_joined(group) if len(group) > 1 else group[0] for group in groups]


def _joined(lines: list[Line]) -> Line:
    text = " ".join(line.text for line in lines)
    return Line(text, lines[0].start, lines[-1].end, lines[0].after_gap)


def _goes_on(before: str, after: str) -> bool:
    """Say whether a line certainly stops inside a sentence that the next one continues."""
    if is_ended(before) or before.endswith((":", ";")) or is_bullet(after):
        return False
    if kind_of(before) not in {Kind.TEXT, Kind.HEADING} or kind_of(after) is Kind.LINKS:
        return False
    first = after.split(maxsplit=1)[0]
    if first.islower() and first.strip(",.«»").isalpha():
        return len(before.split()) > 1
    if not is_open_ended(before):
        return False
    return ends_in_function_word(before) or _completes(before, after)


def _completes(before: str, after: str) -> bool:
    """Say whether a long line lacks just the few words without a verb that begin the next one."""
    ending = after.find(".")
    rest = after[: ending + 1].split()
    named = len(rest) > 1 and all(word[:1].isupper() for word in rest)
    return (
        len(before.split()) > 14
        and 0 < len(rest) <= 4
        and not named
        and not may_hold_verb(fold(after[:ending]))
        and (ending + 1 == len(after) or after[ending + 1] == " ")
        and "переда" not in fold(before[-80:])
    )
