"""The words that tell who spoke: "— сказал посол в интервью.", "По словам министра,"."""

import re
from dataclasses import dataclass
from typing import Literal

from summarizer.analysis import Gender
from summarizer.quotes_verbs import ENGLISH_VERBS, IMPERSONAL, VERB, VERBS, Agreement
from summarizer.spans import Span
from summarizer.speakers import Cast
from summarizer.speakers_focus import Focus

How = Literal["subject", "named", "his", "nobody", "same"]

_END = re.compile(r"[.!?…]+(?=\s|$|[»”\"])|\n")
_ABBREVIATED = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]|гг|им|св|ул|mr|mrs|ms|dr|gen|sen|rep|gov|st)$")
_WORDS = re.compile(
    r"(?<![^\W_])(?:(?P<his>(?:по\s+)?(?P<whose>его|ее|их)\s+слов(?:ам|а))"
    r"|(?:по\s+(?:словам|мнению|утверждению|признанию|заявлению|убеждению|оценке|выражению)|слова"
    r"|высказывани[ея]|реплику)\s+(?P<named>))"
)
_DOCUMENT = re.compile(
    r"(?:телеграмм|письм|послани|обращени|поздравлени|твит|пост|заявлени|выступлени|речи|речь"
    r"|стать|книг|приветстви)[а-я]*\s+"
)
ENGLISH_VERB = re.compile(rf"(?<![\w-])(?:{ENGLISH_VERBS})(?![\w-])")
_ACCORDING = re.compile(r"according\s+to\s+(?:the\s+)?")
_WHOSE: dict[str, Agreement] = {"его": "m", "ее": "f", "их": "pl"}
_HIM = re.compile(r"\s+(его|ее)(?![^\W_])")
_NO_CLAUSE = re.compile(r"(?<![^\W_])(?:не\s+$|котор|что(?![^\W_])|чтобы|где|если)")
_CLAUSE_AT_MOST = 400


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that tell who spoke.

    `how` says how the speaker stands there: as the "subject" of the verb, "named" in the genitive,
    as "his" words, as the "same" as before, or "nobody" ("говорится в заявлении"). `span` is the
    clause, `verb` the verb's place in it (empty for "по словам").
    """

    how: How
    span: Span
    verb: Span
    agreement: Agreement = "sg"


def clause_end(cast: Cast, start: int, limit: int) -> int:
    """Find where a clause after a dash ends: at the sentence's end, or where speech goes on."""
    limit = min(limit, start + _CLAUSE_AT_MOST)
    place = start
    while match := _END.search(cast.text, place, limit):
        place = match.end()
        short = match.group() == "." and _ABBREVIATED.search(
            cast.folded[max(0, match.start() - 5) : match.start()]
        )
        if not short and not cast.in_name(match.start()):
            return match.start()
    return limit


def read_clause(cast: Cast, start: int, limit: int, *, words: int) -> Attribution | None:
    """Read the clause that begins at an offset, if it tells who spoke.

    Args:
        cast: the people of the article.
        start: where the clause begins.
        limit: where it ends at the latest.
        words: how many words may stand before its verb.
    """
    end = clause_end(cast, start, limit)
    part = cast.folded[start:end]
    found = _WORDS.search(part)
    verb = VERB.search(part) or _english_verb(part)
    if found and (verb is None or found.start() < verb.start() or _passes_on(verb)):
        if len(part[: found.start()].split()) <= words + 2:
            return _by_words(found, start, end)
        return None
    if verb is None or len(part[: verb.start()].split()) > words:
        return None
    if _NO_CLAUSE.search(part[: verb.start()]):
        return None
    return by_verb(cast, verb.group(), Span(start, end), start + verb.start())


def _passes_on(verb: re.Match[str]) -> bool:
    known = VERBS.get(verb.group())
    return known is not None and known.passes_on


def _english_verb(part: str) -> re.Match[str] | None:
    return ENGLISH_VERB.search(part) if re.search("[a-z]", part) else None


def by_verb(cast: Cast, verb: str, clause: Span, at: int) -> Attribution:
    """Make an attribution of a clause and the verb at an offset in it."""
    place = Span(at, at + len(verb))
    if verb in IMPERSONAL:
        document = _DOCUMENT.search(cast.folded, place.end, clause.end)
        if document and cast.named_at(document.end(), clause.end):
            return Attribution("named", Span(document.end(), clause.end), place)
        return Attribution("nobody", clause, place)
    known = VERBS.get(verb)
    if known and known.cites:
        if his := _HIM.match(cast.folded, place.end, clause.end):
            return Attribution("his", clause, place, "f" if his[1] == "ее" else "m")
        cited = cast.named_at(place.end, clause.end)
        if cited and cited.kind == "person" and not cited.is_subject:
            return Attribution("named", Span(place.end, clause.end), place)
    return Attribution("subject", clause, place, known.agreement if known else "sg")


def _by_words(found: re.Match[str], base: int, end: int) -> Attribution:
    start = base + found.start()
    nowhere = Span(start, start)
    if found["his"]:
        return Attribution("his", Span(start, end), nowhere, _WHOSE[found["whose"]])
    return Attribution("named", Span(base + found.end(), end), nowhere)


def words_at(cast: Cast, start: int, limit: int) -> Attribution | None:
    """Read "По словам X" or "according to X" that stands right at an offset."""
    found = _WORDS.match(cast.folded, start, limit)
    if found:
        return _by_words(found, 0, limit)
    english = _ACCORDING.match(cast.folded, start, limit)
    if english:
        return Attribution("named", Span(english.end(), limit), Span(start, start))
    return None


def speaker_of(cast: Cast, focus: Focus, told: Attribution, before: str | None) -> str | None:
    """Tell who spoke.

    Args:
        cast: the people of the article.
        focus: whom a pronoun means.
        told: the words that tell it.
        before: the speaker of the quote before, who goes on when nobody is named.
    """
    if told.how == "nobody":
        return None
    if told.how == "same":
        return before
    if told.how == "his":
        gender = _gender(told)
        return focus.nearest(told.span.start, gender) if gender else None
    if told.how == "named":
        named = cast.named_at(told.span.start, told.span.end)
        return focus.who(named) if named and not named.several else None
    return _by_subject(cast, focus, told, before)


def _gender(told: Attribution) -> Gender | None:
    genders: dict[Agreement, Gender] = {"m": "m", "f": "f"}
    return genders.get(told.agreement)


def _by_subject(cast: Cast, focus: Focus, told: Attribution, before: str | None) -> str | None:
    subject = cast.subject(told.span.start, told.verb.start, told.agreement, last=True)
    if subject is None and not cast.has_other_subject(told.span.start, told.verb.start):
        subject = cast.subject(told.verb.end, told.span.end, told.agreement, last=False)
    if subject is None:
        return before if _names_nobody(cast, told) else None
    if subject.kind == "post":
        gender = _gender(told)
        return cast.holder(subject, gender) if not subject.many else None
    return focus.who(subject)


def _names_nobody(cast: Cast, told: Attribution) -> bool:
    """Say whether a clause leaves its subject out: "— добавил в интервью"."""
    if told.agreement in {"pl", "n"}:
        return False
    return cast.leaves_out_subject(told.span.start, told.verb.start) and (
        cast.leaves_out_subject(told.verb.end, told.span.end)
    )
