"""Cuts inside a clause: circumstances, times, places, adverbs, and what stands around nouns."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from summarizer.models import Models
from summarizer.summary.cuts_members import member_cuts
from summarizer.summary.cuts_model import Cut, CutKind
from summarizer.summary.cuts_shapes import apart, lemma, subtree_cut
from summarizer.summary.cuts_words import (
    CIRCUMSTANCES,
    FOCUS,
    NEEDING_PLACE,
    PADDING_ADVERBS,
    RELATIONAL,
    TELLING,
    TIMES,
    is_deed,
)
from summarizer.summary.parsed import ParsedSentence
from summarizer.summary.syntax import Syntax

_YEAR = re.compile(r"(?:19|20)\d\d")
_NOUNS = frozenset({"NOUN", "PROPN"})
_ATTRIBUTES = (
    *("amod", "nmod", "acl", "acl:relcl", "appos", "flat:name", "nummod", "nummod:gov", "det"),
)
_LIGHT = frozenset(
    ("nsubj", "nsubj:pass", "punct", "cc", "mark", "aux", "aux:pass", "conj", "acl:relcl", "advcl"),
) | {"parataxis", "discourse"}
_LOOSE_PREPOSITIONS = frozenset({"в", "во", "на", "с", "со", "из", "от", "для", "при", "за"})
_STATES = frozenset({"отставке", "запасе", "розыске", "изгнании", "розыск"})


def bare_nouns(sentences: Iterable[ParsedSentence], models: Models) -> frozenset[str]:
    """List the nouns that an article uses without attributes: there it says itself that they do.

    Args:
        sentences: of the article, parsed.
        models: the language models, for the dictionary.

    Returns:
        Dictionary forms.
    """
    found = set()
    for sentence in sentences:
        syntax = Syntax(sentence.words)
        for place, word in enumerate(sentence.words):
            if word.pos == "NOUN" and not syntax.has_child(place, *_ATTRIBUTES):
                found.add(lemma(models, syntax.lower[place]))
    return frozenset(found)


def phrase_cuts(
    syntax: Syntax, models: Models, bare: Collection[str] = (), named: Collection[str] = ()
) -> Iterator[Cut]:
    """Find the phrases of a sentence that may go.

    Args:
        syntax: a sentence.
        models: the language models, for the dictionary.
        bare: nouns that the article itself uses without attributes.
        named: surnames, as `name_stem` gives them, told in earlier sentences.
    """
    told: dict[int, Cut] = {}
    for place, word in enumerate(syntax.words):
        if syntax.depth[place] or syntax.is_mark(place):
            continue
        if word.relation in ("obl", "advmod", "nmod") and word.pos in (*_NOUNS, "ADJ", "NUM"):
            kind = _of_noun(syntax, models, place)
            if kind and (cut := subtree_cut(syntax, place, kind)):
                told[place] = cut
        if word.pos == "ADV" and (cut := _adverb(syntax, place)):
            yield cut
        if word.relation in ("iobj", "obl", "obj") and word.feats.get("Case") == "Dat":
            yield from _hearer(syntax, models, place)
        yield from member_cuts(syntax, models, place, bare, named)
    yield from _leaving_something(syntax, told)


def _leaving_something(syntax: Syntax, told: Mapping[int, Cut]) -> Iterator[Cut]:
    """Let no predicate lose all that is said with it: "альбом вышел | в 2009 году"."""
    last: dict[int, int] = {}
    for place in told:
        last[syntax.words[place].head] = place
    for place, cut in told.items():
        head = syntax.words[place].head
        is_verb = syntax.words[head].pos in ("VERB", "AUX")
        rest = (
            child
            for child in syntax.children[head]
            if child not in told and syntax.words[child].relation not in _LIGHT
        )
        if not is_verb or last[head] != place or any(True for _ in rest):
            yield cut


def _of_noun(syntax: Syntax, models: Models, place: int) -> CutKind | None:
    """Tell what a prepositional phrase is: a circumstance, a time, a place, a modifier."""
    word = syntax.words[place]
    head = word.head
    if not 0 <= head < len(syntax.words):
        return None
    governor = head if syntax.words[head].pos in ("VERB", "AUX") else syntax.governor(place)
    if governor is not None and syntax.is_negated(governor):
        return None
    first, _ = syntax.span(place)
    opener = syntax.lower[first]
    is_time = _is_time(syntax, models, place)
    if word.relation == "nmod" and syntax.words[head].pos in _NOUNS:
        return CutKind.TIME if is_time else _modifier(syntax, models, place, first)
    if "|".join(syntax.lower[first : first + 2]) in CIRCUMSTANCES or opener in CIRCUMSTANCES:
        return CutKind.CIRCUMSTANCE
    if is_time:
        return CutKind.TIME
    is_static = opener in ("в", "во", "на") and word.feats.get("Case") == "Loc"
    return CutKind.PLACE if is_static and _is_loose_place(syntax, models, place, first) else None


def _is_loose_place(syntax: Syntax, models: Models, place: int, first: int) -> bool:
    """Say whether a place is told on top of a clause that is whole without it."""
    head = syntax.words[place].head
    verb = syntax.words[head]
    if verb.pos not in ("VERB", "AUX") or verb.feats.get("VerbForm") == "Inf":
        return False
    if syntax.words[place].pos != "PROPN" and first > 0:
        return False
    lemmas = {parse.lemma for parse in models.parse(syntax.lower[head])}
    return not lemmas & NEEDING_PLACE and bool(syntax.subjects(head))


def _is_time(syntax: Syntax, models: Models, place: int) -> bool:
    word = syntax.words[place]
    lower = syntax.lower[place]
    first, _ = syntax.span(place)
    if syntax.has_child(place, "nummod", "nummod:gov"):
        # "в возрасте 69 лет", "до трёх лет": a measure, not a time.
        return False
    if syntax.lower[first] in ("с", "со", "до") and syntax.has_child(place, "nmod"):
        # "сорок лет со дня гибели".
        return False
    if lemma(models, lower) in TIMES or _YEAR.fullmatch(lower):
        return word.feats.get("Case") != "Nom"
    return word.pos in ("ADJ", "NUM") and any(
        lemma(models, syntax.lower[child]) in TIMES for child in syntax.children[place]
    )


def _modifier(  # noqa: PLR0911 - a list of what forbids it
    syntax: Syntax, models: Models, place: int, first: int
) -> CutKind | None:
    head = syntax.words[place].head
    opener = syntax.lower[first]
    if first <= head or opener not in _LOOSE_PREPOSITIONS or syntax.lower[place] in _STATES:
        return None
    if opener in ("с", "со") and syntax.words[head].relation.startswith("nsubj"):
        return None
    if opener not in ("в", "во", "на") and is_deed(lemma(models, syntax.lower[head])):
        return None
    if opener in ("в", "во", "на", "за") and lemma(models, syntax.lower[head]) in RELATIONAL:
        return None
    _, end = syntax.span(place)
    if end < len(syntax.words) and syntax.words[end].pos == "PROPN":
        # "на встречах | с членами Конгресса | Э.Бера и С.Шаботом": the names are theirs.
        return None
    later = (child for child in syntax.children[head] if child > place)
    if any(syntax.words[child].relation in ("nmod", "appos") for child in later):
        return None
    return CutKind.MODIFIER


def _adverb(syntax: Syntax, place: int) -> Cut | None:
    if place and syntax.lower[place - 1] == "а":
        # "А также" is one word in two.
        return None
    if syntax.lower[place] not in PADDING_ADVERBS or syntax.children[place]:
        return None
    if place and syntax.lower[place - 1] in FOCUS - {"еще", "уже"}:
        return None
    head = syntax.words[place].head
    if head < 0 or syntax.is_negated(head):
        return None
    return apart(syntax, place, place + 1, CutKind.ADVERB)


def _hearer(syntax: Syntax, models: Models, place: int) -> Iterator[Cut]:
    """Find who was told: "сообщил | журналистам"."""
    head = syntax.words[place].head
    if not 0 <= head < len(syntax.words) or syntax.is_negated(head):
        return
    if lemma(models, syntax.lower[head]) not in TELLING or syntax.words[place].pos not in _NOUNS:
        return
    start, _ = syntax.span(place)
    if syntax.words[start].pos != "ADP" and (
        cut := subtree_cut(syntax, place, CutKind.CIRCUMSTANCE)
    ):
        yield cut
