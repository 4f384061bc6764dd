"""Two sentences about one subject told as one: "X встретился с Y и обсудил Z"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summarizer.summary.cuts_words import TIMES
from summarizer.summary.forms import Form
from summarizer.summary.parsed import ParsedSentence
from summarizer.summary.syntax import Syntax

_LONGEST = 30
"""Words of a merged sentence; a longer one is harder to read than two."""

_PARTING = frozenset(',:;()«»"—–')
_BETWEEN = frozenset({"также", "затем", "потом", "позже"})
_EARLIER = frozenset({"ранее", "раньше", "прежде", "накануне", "вчера", "уже", "сначала"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_AGREEING = ("Tense", "Number", "Gender", "Person", "Aspect", "Mood")

Who = Callable[[int, int], str | None]
"""Tells of a word, by its sentence's number and its place, which person it names, if any."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """A sentence that begins with its subject and goes on with its verb."""

    subject: tuple[int, ...]
    verb: int


def merge(
    sentences: Sequence[ParsedSentence],
    first: Form,
    second: Form,
    *,
    who: Who,
    lemma_of: Callable[[str], str],
) -> frozenset[int] | None:
    """Say whether a sentence may go on where the one before it ends, joined by "и".

    Only where the syntax is sure: they are neighbours in the article, each begins with the same
    subject and goes on with its verb, of one form, not negated; the first is one plain clause, and
    the second tells no time of its own, which might be an earlier one.

    Args:
        sentences: of the article, parsed.
        first: how the one before is told.
        second: how the other is told.
        who: names the person of a word.
        lemma_of: gives the dictionary form of a lower-case word.

    Returns:
        The places of the second sentence's subject, which is not told again; None where the
        sentences stay two.
    """
    if second.sentence != first.sentence + 1 or first.size + second.size > _LONGEST:
        return None
    left, right = sentences[first.sentence], sentences[second.sentence]
    ahead, behind = _clause(left, first), _clause(right, second)
    if ahead is None or behind is None or not _is_plain(left, first):
        return None
    feats, others = left.words[ahead.verb].feats, right.words[behind.verb].feats
    if any(feats.get(name) != others.get(name) for name in _AGREEING):
        return None
    if _goes_on(right, second, behind.verb) or _has_time(right, second, lemma_of):
        return None
    named = {who(first.sentence, place) for place in ahead.subject} - {None}
    again = {who(second.sentence, place) for place in behind.subject} - {None}
    is_same = named == again and (
        len(named) == 1 or (not named and _says(left, ahead) == _says(right, behind))
    )
    return frozenset(behind.subject) if is_same else None


def _clause(sentence: ParsedSentence, form: Form) -> _Clause | None:
    syntax = Syntax(sentence.words)
    told = [place for place in range(len(syntax.words)) if place not in form.dropped]
    roots = [place for place in told if syntax.words[place].head < 0]
    if len(roots) != 1:
        return None
    (verb,) = roots
    word = syntax.words[verb]
    if word.pos != "VERB" or word.feats.get("VerbForm") != "Fin" or syntax.is_negated(verb):
        return None
    if syntax.has_child(verb, "aux", "aux:pass", "cop") or len(syntax.subjects(verb)) != 1:
        return None
    start, end = syntax.span(syntax.subjects(verb)[0])
    before = [place for place in told if place < verb]
    subject = tuple(place for place in before if start <= place < end)
    rest = before[len(subject) :]
    if not subject or tuple(before[: len(subject)]) != subject:
        return None
    is_bare = not any(syntax.words[place].text in _PARTING for place in subject)
    if not is_bare or any(syntax.lower[place] not in _BETWEEN for place in rest):
        return None
    return _Clause(subject, verb)


def _is_plain(sentence: ParsedSentence, form: Form) -> bool:
    """Say whether what is told of a sentence is one clause without marks inside."""
    syntax = Syntax(sentence.words)
    told = [place for place in range(len(syntax.words)) if place not in form.dropped]
    verbs = sum(syntax.is_verb(place) for place in told)
    return verbs == 1 and not any(
        syntax.words[place].text in _PARTING or syntax.lower[place] == "и" for place in told
    )


def _goes_on(sentence: ParsedSentence, form: Form, verb: int) -> bool:
    """Say whether a verb is joined with another already."""
    return any(
        word.relation == "conj" and word.head == verb and place not in form.dropped
        for place, word in enumerate(sentence.words)
    )


def _has_time(sentence: ParsedSentence, form: Form, lemma_of: Callable[[str], str]) -> bool:
    return any(
        place not in form.dropped
        and (
            _YEAR.fullmatch(word.text)
            or word.text.lower() in _EARLIER
            or lemma_of(word.text.lower()) in TIMES
        )
        for place, word in enumerate(sentence.words)
    )


def _says(sentence: ParsedSentence, clause: _Clause) -> list[str]:
    return [sentence.words[place].text.lower() for place in clause.subject]
