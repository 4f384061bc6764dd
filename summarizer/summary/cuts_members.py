"""Cuts around a noun: its adjectives and genitives, second members, posts before a name."""

import re
from collections.abc import Collection, Iterator

from summarizer.models import Models
from summarizer.summary.cuts_model import Cut, CutKind
from summarizer.summary.cuts_shapes import is_whole, lemma, subtree_cut, whole_span
from summarizer.summary.cuts_words import (
    BINDING,
    BOUND_ADJECTIVES,
    EMPTY_ADJECTIVES,
    FOCUS,
    KEPT,
    PADDING_ADJECTIVES,
    RELATIONAL,
    TIMES,
    is_deed,
)
from summarizer.summary.syntax import DASHES, Syntax

_AGE = re.compile(r"\d{1,3}-?летн\w+|\w+(?:дцати|десяти)\w*летн\w+")
_NOUNS = frozenset({"NOUN", "PROPN"})
_JOINING = frozenset({"и", ",", "или"})
_POST = re.compile(
    r"(?:вице-)?министр|пос(?:о?л|лы)(?!к)|(?:гос)?секретар|представител|заместител|председател"
    r"|директор|руководител|глав[аеоуы]|президент|советник|начальник|помощник|комиссар|спикер"
)
_WITHIN_POST = frozenset({"amod", "acl", "nmod", "conj", "obl"})
_DEEPEST = 6


def member_cuts(
    syntax: Syntax, models: Models, place: int, bare: Collection[str], named: Collection[str]
) -> Iterator[Cut]:
    """Find the cuts that one word of a noun phrase gives.

    Args:
        syntax: a sentence.
        models: the language models, for the dictionary.
        place: of the word.
        bare: nouns that the article itself uses without attributes.
        named: surnames, as `name_stem` gives them, told in earlier sentences.
    """
    word = syntax.words[place]
    if word.relation != "appos" and _in_post(syntax, place):
        return
    if word.relation in ("amod", "acl") and word.pos in ("ADJ", "VERB"):
        yield from _adjective(syntax, models, place, bare)
    if word.relation == "nmod" and word.pos in _NOUNS:
        yield from _genitive(syntax, models, place, bare)
    if word.relation == "conj":
        yield from _second_member(syntax, place)
    if word.relation == "appos" and word.pos == "PROPN":
        yield from _title(syntax, place, named)


def _in_post(syntax: Syntax, place: int) -> bool:
    """Say whether a word is part of a post, which is told to the letter.

    "Заместитель госсекретаря по вопросам гражданской безопасности": all that hangs on its head.
    """
    for _ in range(_DEEPEST):
        if syntax.words[place].relation not in _WITHIN_POST:
            return False
        place = syntax.words[place].head
        if not 0 <= place < len(syntax.words):
            return False
        if syntax.words[place].pos == "NOUN" and _POST.match(syntax.lower[place]):
            return True
    return False


def name_stem(surname: str) -> str:
    """Reduce a surname to what all its cases share, roughly."""
    folded = surname.lower().replace("ё", "е")
    return folded.rstrip("аеиоуыэюяйьмх")[:12] or folded


def _adjective(syntax: Syntax, models: Models, place: int, bare: Collection[str]) -> Iterator[Cut]:
    """Find adjectives, ages and participles before a noun."""
    word, lower = syntax.words[place], syntax.lower[place]
    head = word.head
    if not place < head < len(syntax.words) or syntax.words[head].pos not in _NOUNS:
        return
    if _AGE.fullmatch(lower):
        kind = CutKind.AGE
    elif (word.text[:1].isupper() and place) or lower in BINDING:
        return
    elif syntax.is_participle(place) and syntax.children[place]:
        kind = CutKind.PARTICIPLE
    elif lower.startswith(EMPTY_ADJECTIVES):
        kind = CutKind.PADDING
    elif _is_padding(syntax, models, place, bare):
        kind = CutKind.ADJECTIVE
    else:
        return
    start, end = syntax.span(place)
    if end > head or syntax.root_of(start, end) != place or "," in syntax.lower[start:end]:
        return
    before = syntax.lower[start - 1] if start else ""
    is_joined = before in FOCUS | _JOINING or syntax.lower[end] in _JOINING
    if not is_joined and not any(syntax.lower[at] in KEPT for at in range(start, end)):
        yield Cut(start, end, kind)


def _is_padding(syntax: Syntax, models: Models, place: int, bare: Collection[str]) -> bool:
    """Say whether an adjective only praises, or the article does without it elsewhere."""
    word, lower = syntax.words[place], syntax.lower[place]
    noun = lemma(models, syntax.lower[word.head])
    if lower.startswith(BOUND_ADJECTIVES) or noun in RELATIONAL | TIMES or not lower.isalpha():
        return False
    if lower.startswith(PADDING_ADJECTIVES):
        return True
    return word.pos == "ADJ" and noun in bare


def _genitive(syntax: Syntax, models: Models, place: int, bare: Collection[str]) -> Iterator[Cut]:
    """Find a genitive that only says whose: "участники | акции протеста"."""
    word, head = syntax.words[place], syntax.words[place].head
    if word.feats.get("Case") != "Gen" or not 0 <= head < place or syntax.words[head].pos != "NOUN":
        return
    noun = lemma(models, syntax.lower[head])
    if noun not in bare or noun in RELATIONAL or is_deed(noun):
        return
    if syntax.words[head].text[:1].isupper():
        return
    if {syntax.words[at].feats.get("Animacy") for at in (head, place)} == {"Anim"}:
        # "появление у мэра заместителя": of two persons either may be the other's.
        return
    governor = syntax.governor(head)
    if governor is not None and syntax.is_negated(governor):
        return
    if syntax.has_child(head, "nummod", "nummod:gov", "appos", "flat:name", "acl:relcl", "acl"):
        return
    start, end = syntax.span(place)
    if start == head + 1 and (cut := subtree_cut(syntax, place, CutKind.MODIFIER)):
        following = syntax.words[end] if end < len(syntax.words) else None
        if following is None or following.relation not in ("nmod", "appos", "flat:name", "cc"):
            yield cut


def _second_member(syntax: Syntax, place: int) -> Iterator[Cut]:
    """Find the second of two members joined by "и": "снял кандидатуру | и уехал"."""
    word = syntax.words[place]
    head = word.head
    if not 0 <= head < place:
        return
    joiner = [c for c in syntax.children[place] if syntax.words[c].relation == "cc"]
    if len(joiner) != 1 or syntax.lower[joiner[0]] != "и":
        return
    start, end = whole_span(syntax, place)
    if (
        start != joiner[0]
        or not start
        or not is_whole(syntax, start, end)
        or syntax.words[start - 1].text == ","
    ):
        return
    if (
        syntax.root_of(start, end) != place
        or sum(syntax.words[c].relation == "conj" for c in syntax.children[head]) != 1
    ):
        return
    if syntax.words[head].pos in _NOUNS and word.pos in _NOUNS:
        # With a comma between, "и" may end a list that the parser did not see.
        if "," not in syntax.lower[head:start] and _may_lose_member(syntax, head, place):
            yield Cut(start, end, CutKind.CONJUNCT)
    elif _is_same_verb_form(syntax, head, place) and not syntax.subjects(place):
        yield Cut(start, end, CutKind.CONJUNCT)


def _is_same_verb_form(syntax: Syntax, left: int, right: int) -> bool:
    forms = {(syntax.words[at].pos, syntax.words[at].feats.get("VerbForm")) for at in (left, right)}
    return len(forms) == 1 and syntax.is_verb(left) and syntax.is_verb(right)


def _may_lose_member(syntax: Syntax, head: int, place: int) -> bool:  # noqa: PLR0911 - a table
    relation = syntax.words[head].relation
    if relation.startswith("nsubj") or relation in ("root", "conj", "appos"):
        return False
    if syntax.has_child(head, "nummod", "nummod:gov") or syntax.words[head].pos == "PROPN":
        return False
    first, _ = syntax.span(head)
    if any(
        syntax.lower[at] in BINDING | {"между", "оба", "обе", "как"} for at in (first, head - 1)
    ):
        return False
    # An adjective in the plural belongs to both: "новые премьер и министр".
    if any(
        syntax.words[c].feats.get("Number") == "Plur" != syntax.words[head].feats.get("Number")
        for c in syntax.children[head]
        if c < head
    ):
        return False
    governor = syntax.governor(head)
    if governor is not None and syntax.is_negated(governor):
        return False
    if syntax.has_child(place, "nmod") and not syntax.has_child(head, "nmod"):
        # "сторонником и членом партии": the party belongs to both.
        return False
    if first and syntax.lower[first - 1] == ",":
        # The last two of a list: without the last the list would not end.
        return False
    cases = {syntax.words[at].feats.get("Case") for at in (head, place)}
    return len(cases) == 1


def _own(syntax: Syntax, post: int, name: Collection[int]) -> list[int]:
    """List the words of a post, without the name and without others that are joined to it."""
    joined: set[int] = set()
    for child in syntax.children[post]:
        if syntax.words[child].relation == "conj":
            joined |= syntax.subtree(child)
        elif syntax.words[child].relation == "cc" and child < post:
            joined.add(child)
    return [at for at in syntax.subtree(post) - joined.union(name) if not syntax.is_mark(at)]


def _title(syntax: Syntax, name: int, named: Collection[str]) -> Iterator[Cut]:
    """Find the post before a name told before, in the same case: "лидер | Сергей Орлов"."""
    post = syntax.words[name].head
    if not 0 <= post < name or syntax.words[post].pos != "NOUN":
        return
    cases = {syntax.words[at].feats.get("Case") for at in (post, name)}
    if len(cases) != 1 or syntax.words[post].feats.get("Animacy") != "Anim":
        return
    whole = syntax.subtree(name)
    if not any(name_stem(syntax.words[at].text) in named for at in whole if at >= name):
        return
    first = syntax.words[post].head
    if syntax.words[post].relation == "conj" and not syntax.has_child(first, "appos"):
        # "президент и первая леди Мишель Обама": without its post the name would have another's.
        return
    rest = _own(syntax, post, whole)
    start = min(rest, default=name)
    if (
        not rest
        or any(at > name for at in rest)
        or len(rest) != sum(not syntax.is_mark(at) for at in range(start, name))
    ):
        return
    is_linked = any(
        syntax.words[at].pos in ("ADP", "CCONJ") for at in rest if syntax.words[at].head == post
    )
    is_parted = any(syntax.words[at].text in {",", *DASHES} for at in range(start, name))
    if not is_linked and not is_parted:
        yield Cut(start, name, CutKind.TITLE)
