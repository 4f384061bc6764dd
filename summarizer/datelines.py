"""The dateline that opens an agency's report: place, day and agency before the first sentence."""

import re
from dataclasses import dataclass

from summarizer.lookalikes import fold
from summarizer.outlets import DOMAIN, KNOWN, canonical, is_known, named_outlet
from summarizer.stamps import DAY_MONTH, Stamp, find_date

_REACH = 160
_PLACE = re.compile(
    r"(?:[А-ЯЁӘҒҚҢӨҰҮҺІ]{3,}(?:[ -][А-ЯЁӘҒҚҢӨҰҮҺІ]{2,}){0,2}|[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]{2,}"
    r"(?:-[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]+)?|[A-Z]{3,}(?:[ -][A-Z]{2,}){0,2}|[A-Z][a-z]{2,})(?!\w)"
)
_DATE = re.compile(rf"{DAY_MONTH}(?!\w)")
_AGENCY = re.compile(rf"(?:м?иа\s+)?(?:«{KNOWN}»|\"{KNOWN}\"|{DOMAIN}|{KNOWN})(?!\w)")
_SIGNED = re.compile(r"/[^/\n]{2,60}/|\((?:[A-Z]|[А-ЯЁ]{3}|корр\.|Корр\.)[^()\n]{1,40}\)")
_ANY_AGENCY = re.compile(r"[А-ЯЁA-Z][\w-]{2,30}(?:\s[А-ЯЁA-Z][\w-]{2,30})?(?=\.\s|\s[–—-]\s)")
_CAPITAL_AGENCY = re.compile(r"[А-ЯЁA-Z][А-ЯЁA-Z0-9]{3,}(?:[ -][А-ЯЁA-Z0-9]+){0,2}(?=\s+[–—-]\s)")
_SEPARATOR = re.compile(r"\s*[.,:]?\s*(?:[–—-]+\s*)?")
_NOT_PLACES = frozenset({"unesco", "unicef", "usaid", "covid"})


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: where it ends in its paragraph, and the agency and full date it states."""

    end: int
    outlet: str | None
    stamp: Stamp | None


def read_dateline(paragraph: str) -> Dateline | None:
    """Read the dateline at the start of a paragraph: "АСТАНА. 12 мая. КАЗИНФОРМ - ".

    A place before a dash is not enough by itself ("ОБСЕ — организация"): a day or an agency has
    to stand there too, or the whole is in the style of English agencies ("WASHINGTON — ").

    Args:
        paragraph: the first paragraph of a body.

    Returns:
        The dateline, or None when the paragraph begins with its first sentence.
    """
    head = paragraph[:_REACH]
    folded = fold(head)
    position, parts, agency, gap = 0, "", None, ""
    while len(parts) < 6:
        kind, end = _next_part(head, folded, position, parts)
        if not kind:
            break
        if kind in "AS" and agency is None:
            agency = head[position:end].strip('/()«»" ')
        parts += kind
        separator = _SEPARATOR.match(head, end)
        position = separator.end() if separator else end
        gap = head[end:position]
    if not _is_whole(parts, gap, head, position):
        return None
    named = canonical(named_outlet(agency) or agency) if agency else None
    return Dateline(position, named, find_date(head[:position]))


def _next_part(head: str, folded: str, position: int, parts: str) -> tuple[str, int]:
    """Tell the kind of the next part (Agency, Signed, Date, Place or "") and where it ends."""
    if match := _AGENCY.match(folded, position):
        return "A", match.end()
    if match := _DATE.match(folded, position):
        # The full stop after a month may end the dateline as well.
        return "D", match.end() - match.group().endswith(".")
    if match := _SIGNED.match(head, position):
        return "S", match.end()
    # After a place in capitals, an agency need not be known by name: it stands after the day, or
    # in capitals too ("АСТАНА. АГЕНТСТВО - ").
    unknown = {"PD": _ANY_AGENCY, "P": _CAPITAL_AGENCY}.get(parts)
    if unknown and head[:3].isupper() and (match := unknown.match(head, position)):
        return "A", match.end()
    if parts in {"", "D"} and (match := _PLACE.match(head, position)):
        return "P", match.end()
    return "", position


def _is_whole(parts: str, gap: str, head: str, position: int) -> bool:
    opening = head[position:].lstrip("«“„\"'(–—- ")[:1]
    if not parts or not gap or not (opening.isupper() or opening.isdigit()):
        return False
    dash = any(mark in gap for mark in "–—-") and gap[:1] in " .,:\u00a0–—"
    ended = dash or (gap.startswith(".") and gap.endswith((" ", "\u00a0")))
    if len(parts) == 1:
        name = head[: position - len(gap)]
        if parts == "P":
            english = len(name) > 4 and name.isascii() and name.isupper()
            return dash and english and fold(name) not in _NOT_PLACES
        return dash and is_known(name.strip("/()"))
    if "A" in parts or "S" in parts:
        return ended
    # Place and day alone: "МОСКВА, 3 марта — "; with a full stop it may be a sentence.
    return dash and set(parts) == {"P", "D"}
