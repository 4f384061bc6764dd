"""Cuts at the head of a sentence: carriers of news, and weekdays before their date."""

import re
from collections.abc import Iterator

from summarizer.outlets import is_known
from summarizer.summary.cuts_model import Cut, CutKind
from summarizer.summary.syntax import Syntax

_BY = re.compile(
    r"(?:по (?:данным|сообщению|сообщениям|информации)|как (?:сообщает|передает|пишет))"
)
_CARRIER = re.compile(
    r"(?:агентств\w+|информагентств\w+|газет\w+|телеканал\w*|портал\w*|издани\w+|журнал\w*|сайт\w*)"
)
_CONTESTED = re.compile(
    r"(?:обвин|якобы|подозр|слух|предполож|возможн|вероятн|утвержда|планир|намер|может|могут"
    r"|собира|угро|считает|считают|готов)"
)
_WEEKDAYS = frozenset(
    ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье")
)
_LONGEST = 8


def source_cuts(syntax: Syntax) -> Iterator[Cut]:
    """Find "По данным агентства …," and "в среду," before the date itself.

    A carrier goes only from a plain report of what happened: who accuses, plans or supposes has
    to be named.

    Args:
        syntax: a sentence.
    """
    lower = syntax.lower
    opener = _BY.match(" ".join(lower[:2]))
    if opener and not any(_CONTESTED.match(word) for word in lower):
        comma = lower.index(",") if "," in lower[:_LONGEST] else 0
        shown = " ".join(word.text for word in syntax.words[2:comma])
        if comma and (
            _CARRIER.match(lower[2]) or is_known(shown.replace("« ", "«").replace(" »", "»"))
        ):
            yield Cut(0, comma + 1, CutKind.CREDIT)
    for place in range(len(lower) - 4):
        if cut := _weekday(syntax, place):
            yield cut


def _weekday(syntax: Syntax, place: int) -> Cut | None:
    """Find "во вторник," of "во вторник, 17 сентября 2019 года": the date says it better."""
    lower = syntax.lower
    if lower[place] not in ("в", "во") or lower[place + 1] not in _WEEKDAYS:
        return None
    at = place + 3 if lower[place + 2] == "," else place + 2
    if at + 1 >= len(lower) or not (lower[at].isdigit() and len(lower[at]) <= 2):
        return None
    if at > place + 2:
        closing = next((n for n in range(at, min(len(lower), at + 5)) if lower[n] == ","), None)
        if closing is None:
            return None
        return Cut(place, at, CutKind.WEEKDAY, also=(closing,))
    return Cut(place, at, CutKind.WEEKDAY)
