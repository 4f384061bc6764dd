"""Credits to outlets and press services inside sentences: found, cut and read for the outlet.

A credit says who passed the news on ("передает Kazpravda.kz"); it is no part of the news. Who
*said* something is: "сообщил министр" stays. So does whatever makes a report uncertain: an unnamed
source, "сообщают СМИ". Where the grammar is not sure, the sentence is left as it stands.
"""

import re
from dataclasses import dataclass

from summarizer.lookalikes import fold
from summarizer.outlets import is_known, named_outlet
from summarizer.russian import may_hold_verb
from summarizer.stamps import DAY_MONTH

_PASSES = "переда(?:ет|ют)"
_SAYS = "сообща(?:ет|ют)|пиш[еу]т|информиру(?:ет|ют)"
_SAID = "сообщил[аио]?|передал[аио]?|написал[аио]?|рассказали|отметили|уточнили|проинформировали"
_WEEKDAY = r"(?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)"
_WHEN = re.compile(rf"(?:(?:во?\s+{_WEEKDAY}|сегодня|накануне|также|утром|вечером|днем)\s+)+")
_OFFICE = re.compile(r"(?:в\s+)?(?:пресс-(?:служб|центр)\w*|служб\w+\s+коммуникаций)")
_IN_OFFICE = re.compile(r"(?:^|\s)(?:в\s+пресс-(?:служб|центр)|пресс-служба)")
_CARRIER = re.compile(
    r"(?:собственн\w+\s+|местн\w+\s+|международн\w+\s+|информационн\w+\s+|официальн\w+\s+)*"
    r"(?:(?:корреспондент|агентство|информагентство|телеканал|телекомпания|радио|газета"
    r"|радиостанция|портал|издание|журнал|сайт|ресурс|на\s+(?:официальном\s+)?сайте)(?!\w)"
    r"|корр\.|интернет-|telegram-канал|телеграм-канал)"
)
_NEWS_AGENCY = re.compile(r"(?:миа|риа|иа)(?!\w)")
_NAME = re.compile(r"[A-Z][\w.&'-]+|[«\"“„]")
_UNCERTAIN = re.compile(
    r"источник|неназван|аноним|осведомл|слух|неофициальн|собеседник|(?<!\w)сми(?!\w)|очевид"
)
_NOT_PLAIN = re.compile(
    rf"(?<!\w){DAY_MONTH}|(?<!\w)что(?!\w)|[,;]\s*(?:а|но|и|однако|хотя|после|когда|если|где)(?!\w)"
    r"|[.!?…;]\s+[«\"]?\w|\s[–—-]\s|,\s*(?!котор|ссылаясь|со ссылкой|citing)"
)
_NAMED = re.compile(r"«[^«»]{1,80}»|\"[^\"]{1,80}\"")
_TRAILING = re.compile(
    rf"\s*[,.]?\s*(?:[–—-]\s*)?(?<!\w)(?:(?:как|о чем|об этом)\s+)?({_PASSES}|{_SAYS}|{_SAID})\s+"
)
_OPENING = re.compile(rf"[–—-]?\s*как\s+(?:об этом\s+)?({_PASSES}|{_SAYS}|{_SAID})\s+")
_WHOLE = re.compile(
    rf"(?:об этом|о чем)\s+(?:{DAY_MONTH}\s+)?(?:во?\s+{_WEEKDAY},?\s+)?"
    rf"({_PASSES}|{_SAYS}|{_SAID}|сообщается)\s+|({_PASSES}|пиш[еу]т|сообщает)\s+"
)
_KAZAKH = re.compile(r"\s*,\s*(?:[–—-]\s*)?(?:деп\s+)?(хабарлайды|хабарлады|жазады)\s+")
_ENGLISH = re.compile(
    r",\s+([A-Z][\w.&'’-]*(?:\s+(?:of|and|[A-Z&][\w.&'’-]*)){0,5})\s+reports?"
    r"(?:,?\s+citing\s+[^,]{1,80}?)?(?=\.?$)"
)
_END_MARKS = re.compile(r"[\s.!?…]*$")
_LAST_CREDIT = 240
_MOST_WORDS = 26
_NOT_A_CLAUSE = re.compile(
    r"(?:что|ссылаясь|цитируя|со|где|а|но|и|или|котор\w+|\w+(?:вш|ющ|ящ)\w+)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit in a sentence: what to cut, as offsets into that sentence, and the outlet."""

    start: int
    end: int
    outlet: str | None
    opens: bool = False


def find_credits(sentence: str) -> tuple[Credit, ...]:
    """Find the credits of one sentence: at its end, at its beginning, or all of it.

    Args:
        sentence: a sentence, its white space as it comes.

    Returns:
        The credits in order, without overlap; a credit that is the whole sentence stands alone.
    """
    folded = fold(sentence)
    body_end = _END_MARKS.search(folded, max(0, len(folded) - 12))
    stop = body_end.start() if body_end else len(sentence)
    if whole := _whole(sentence, folded, stop):
        return (whole,)
    opening = _opening(sentence, folded)
    trailing = _trailing(sentence, folded, stop, opening.end if opening else 0)
    return tuple(credit for credit in (opening, trailing) if credit)


def _whole(sentence: str, folded: str, stop: int) -> Credit | None:
    match = _WHOLE.match(folded)
    if not match or not _is_source(sentence[match.end() : stop], match[1] or match[2]):
        return None
    return Credit(0, len(sentence), _outlet(sentence[match.end() : stop]))


def _opening(sentence: str, folded: str) -> Credit | None:
    match = _OPENING.match(folded)
    if not match:
        return None
    comma = _comma(sentence, match.end())
    if comma is None or not _is_source(sentence[match.end() : comma], match[1]):
        return None
    rest = folded[comma + 1 :].lstrip()
    if len(rest.split()) < 4 or _NOT_A_CLAUSE.match(rest) or not may_hold_verb(rest):
        return None
    start_of_rest = len(sentence) - len(sentence[comma + 1 :].lstrip())
    return Credit(0, start_of_rest, _outlet(sentence[match.end() : comma]), opens=True)


def _comma(sentence: str, start: int) -> int | None:
    """Find the first comma that stands outside quotation marks and brackets."""
    depth, straight = 0, False
    for index in range(start, min(len(sentence), start + _LAST_CREDIT)):
        char = sentence[index]
        if char in "«“„(":
            depth += 1
        elif char in "»”)":
            depth -= 1
        elif char == '"':
            straight = not straight
        elif char == "," and depth <= 0 and not straight:
            return index
    return None


def _trailing(sentence: str, folded: str, stop: int, begin: int) -> Credit | None:
    reach = max(begin, stop - _LAST_CREDIT)
    for match in _TRAILING.finditer(folded, reach, stop):
        lead = sentence[match.start() : match.start(1)]
        if "," not in lead and "—" not in lead and "–" not in lead:
            continue
        source, verb = sentence[match.end() : stop], match[1]
        speaks = re.fullmatch(_PASSES, verb) is None and _ends_speech(sentence[: match.start()])
        if not speaks and match.start() > begin and _is_source(source, verb):
            return Credit(match.start(), stop, _outlet(source))
    for match in _KAZAKH.finditer(folded, reach, stop):
        if match.start() > begin and _NAME.match(sentence, match.end()):
            return Credit(match.start(), stop, _outlet(sentence[match.end() : stop]))
    if sentence.isascii() or "report" in folded[reach:stop]:
        english = _ENGLISH.search(sentence[:stop], reach)
        if english and not sentence.lstrip().startswith(('"', "“")):
            return Credit(english.start(), stop, named_outlet(english[1]))
    return None


def _ends_speech(before: str) -> bool:
    """Say whether words of a speaker end here, so that the credit names who spoke them."""
    before = before.rstrip(" ,–—-")
    if before.lstrip()[:1] in set("–—-"):
        return True
    if before[-1:] not in set('»”“"'):
        return False
    opening = max(before.rfind(mark, 0, -1) for mark in '«“„"')
    spoken = before[opening + 1 :]
    # A short quotation inside the sentence is a name or a term.
    return opening <= 0 or len(spoken.split()) > 6 or before[:opening].rstrip().endswith(":")


def _is_source(source: str, verb: str) -> bool:  # noqa: PLR0911 - a table of cases
    """Say whether what follows a verb of saying names a carrier of news and nothing else."""
    folded = fold(source)
    if not folded or len(folded.split()) > _MOST_WORDS or len(folded) > _LAST_CREDIT:
        return False
    if _UNCERTAIN.search(folded) or _NOT_PLAIN.search(_NAMED.sub("", folded)):
        return False
    when = _WHEN.match(folded)
    offset = when.end() if when else 0
    if _OFFICE.match(folded, offset) or (verb == "сообщается" and "сайте" in folded):
        return True
    if re.fullmatch(_SAID, verb):
        # "сообщил «Интерфаксу» глава МВД": the name may be the hearer, not the source.
        carrier = _CARRIER.match(folded, offset)
        return carrier is not None or _IN_OFFICE.search(folded[:60]) is not None
    if _CARRIER.match(folded, offset) or _NEWS_AGENCY.match(folded, offset):
        return True
    if is_known(source[offset:]):
        return True
    if verb.startswith("переда"):
        return source[offset : offset + 1].isupper() or bool(_NAME.match(source, offset))
    return _NAME.match(source, offset) is not None


def _outlet(source: str) -> str | None:
    when = _WHEN.match(fold(source))
    return named_outlet(source[when.end() :] if when else source)
