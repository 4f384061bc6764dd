"""Cuts between marks: what commas and dashes set off from a sentence."""

from collections.abc import Iterator

from summarizer.summary.cuts_model import Cut, CutKind
from summarizer.summary.cuts_words import (
    BINDING,
    CREDIT_OPENERS,
    EXAMPLE_OPENERS,
    INTRODUCTIONS,
    SUBORDINATORS,
)
from summarizer.summary.syntax import DASHES, Syntax, end_of

_WHICH = ("котор", "чей", "чья", "чье", "чьи", "чьего", "чьей")
_COMMA_BEFORE = """
    а но однако зато что чтобы где когда куда откуда если хотя поскольку как чем пока так потому
    несмотря причем ли либо
"""
_NEEDS_COMMA = frozenset(_COMMA_BEFORE.split())
_BEFORE_WHICH = 4


def clause_cuts(syntax: Syntax) -> Iterator[Cut]:
    """Find clauses, appositions and introductory words that may go.

    Args:
        syntax: a sentence.
    """
    marks = _marks(syntax)
    stop = marks[-1]
    for number, left in enumerate(marks[:-1]):
        for right in marks[number + 1 :]:
            if right - left < 2:
                continue
            if cut := _between(syntax, left, right, stop):
                yield cut


def _marks(syntax: Syntax) -> list[int]:
    """List the places of commas, colons and dashes outside quotations; -1 and the end with them."""
    stop = end_of(syntax)
    inside = [
        place
        for place in range(stop)
        if syntax.depth[place] == 0
        and (syntax.words[place].text in {",", ";", ":"} or syntax.words[place].text in DASHES)
    ]
    return [-1, *inside, stop]


def _between(syntax: Syntax, left: int, right: int, stop: int) -> Cut | None:
    """Judge the stretch between two marks."""
    start = left + 1
    if not _balanced(syntax, start, right):
        return None
    kind = _kind(syntax, start, right, left, stop)
    if kind is None:
        return None
    return _with_marks(syntax, left, right, stop, kind)


def _balanced(syntax: Syntax, start: int, end: int) -> bool:
    return (
        all(syntax.depth[place] >= 0 for place in (start, end - 1))
        and sum(
            (syntax.words[place].text in "«(") - (syntax.words[place].text in "»)")
            for place in range(start, end)
            if len(syntax.words[place].text) == 1
        )
        == 0
    )


def _kind(syntax: Syntax, start: int, end: int, left: int, stop: int) -> CutKind | None:
    said = " ".join(syntax.lower[start:end])
    if said in INTRODUCTIONS and left >= 0:
        return CutKind.INTRODUCTION
    if said.startswith(CREDIT_OPENERS):
        has_verb = any(syntax.is_finite(place) for place in range(start, end))
        return None if has_verb else CutKind.CREDIT
    root = syntax.root_of(start, end)
    if root is None or syntax.words[root].head < 0:
        return None
    if left >= 0 and syntax.words[left].text == ":":
        return None
    return (
        _which(syntax, start, end, root)
        or _participial(syntax, start, root, left, right=end)
        or _subordinate(syntax, start, end, root)
        or _examples(syntax, said, root)
        or _apposition(syntax, start, end, root, left)
        or _joined(syntax, start, end, root, left, stop)
    )


def _which(syntax: Syntax, start: int, end: int, root: int) -> CutKind | None:
    """Find ", который …" and ", что стало …"."""
    lower, word = syntax.lower, syntax.words[root]
    opener = next(
        (
            place
            for place in range(start, min(end, start + _BEFORE_WHICH))
            if lower[place].startswith(_WHICH)
        ),
        None,
    )
    if opener is not None:
        if opener > start and not (
            syntax.words[start].pos == "ADP" or lower[start + 1].startswith(_WHICH)
        ):
            return None
        return CutKind.RELATIVE if _is_loose(syntax, word.head, start) else None
    if lower[start] == "что" and start > 1 and not syntax.has_child(root, "mark"):
        subject = next(iter(syntax.subjects(root)), None)
        governor = word.head
        if (
            subject == start
            and word.relation in ("acl:relcl", "advcl", "acl", "parataxis")
            and ("ccomp" not in word.relation and governor >= 0)
        ):
            return CutKind.RELATIVE
    return None


def _is_loose(syntax: Syntax, noun: int, clause: int) -> bool:  # noqa: PLR0911 - a table of cases
    """Say whether what a clause tells of a noun may go and leave what is said of it true."""
    if noun < 0 or noun >= clause:
        return False
    word = syntax.words[noun]
    if word.pos not in ("NOUN", "PROPN"):
        return False
    first, _ = syntax.span(noun)
    near = range(max(0, min(first, noun) - 1), noun)
    if any(syntax.lower[place] in BINDING for place in near):
        return False
    if word.pos == "PROPN" or _has_name(syntax, noun, clause):
        return True
    governor = syntax.governor(noun)
    if governor is not None and syntax.is_negated(governor):
        return False
    if word.feats.get("Number") == "Plur":
        # "Студенты, которые …": without the clause it would be said of all of them.
        return not word.relation.startswith("nsubj") or syntax.has_child(
            noun, "nummod", "nummod:gov", "det"
        )
    return True


def _has_name(syntax: Syntax, noun: int, end: int) -> bool:
    return any(
        noun < place < end and syntax.words[place].pos == "PROPN" for place in syntax.subtree(noun)
    )


def _participial(syntax: Syntax, start: int, root: int, left: int, right: int) -> CutKind | None:
    word = syntax.words[root]
    if word.feats.get("VerbForm") == "Conv" and word.relation in ("advcl", "acl", "conj"):
        if syntax.is_negated(root):
            return None
        return CutKind.CONVERB
    is_attribute = syntax.is_participle(root) and word.relation in ("acl", "amod", "acl:relcl")
    if is_attribute and word.head < start and root - start <= 2:
        return CutKind.PARTICIPLE if _is_loose(syntax, word.head, start) else None
    return None


def _subordinate(syntax: Syntax, start: int, end: int, root: int) -> CutKind | None:
    lower = syntax.lower
    opener = next(
        (size for size in (3, 2, 1) if "|".join(lower[start : start + size]) in SUBORDINATORS),
        None,
    )
    if opener is None or syntax.words[root].relation not in ("advcl", "acl:relcl", "acl"):
        return None
    if start > 1 and lower[start - 2] in BINDING | {"только", "лишь", "именно", "даже"}:
        return None
    head = syntax.words[root].head
    if lower[start] in ("где", "куда", "откуда") or syntax.words[root].relation != "advcl":
        return CutKind.RELATIVE if _is_loose(syntax, head, start) else None
    if lower[start] == "чтобы" and (syntax.is_negated(head) or syntax.has_child(head, "ccomp")):
        return None
    if lower[start] == "когда" and syntax.is_negated(head):
        return None
    return CutKind.SUBORDINATE


def _examples(syntax: Syntax, said: str, root: int) -> CutKind | None:
    if not said.startswith(EXAMPLE_OPENERS) or syntax.words[root].relation.startswith("nsubj"):
        return None
    if said.startswith("а также") and syntax.is_finite(root):
        return None
    head = syntax.words[root].head
    if said.startswith("а также") and syntax.words[head].relation.startswith("nsubj"):
        return None
    return CutKind.EXAMPLES


def _apposition(syntax: Syntax, start: int, end: int, root: int, left: int) -> CutKind | None:
    """Find ", председатель совета," after a name."""
    word = syntax.words[root]
    if word.relation != "appos" or word.head >= start or left < 0 or word.pos == "VERB":
        return None
    if syntax.words[left].text != "," or end - start > 15:
        return None
    if syntax.lower[start] in ("и", "или", "а", "но"):
        return None
    if syntax.words[word.head].pos not in ("NOUN", "PROPN"):
        return None
    # A list of names may look like a row of appositions.
    name = syntax.words[left - 1].pos == "PROPN" or syntax.words[word.head].pos == "PROPN"
    return CutKind.APPOSITION if name and word.pos == "NOUN" else None


def _joined(
    syntax: Syntax, start: int, end: int, root: int, left: int, stop: int
) -> CutKind | None:
    """Find a last clause or predicate: ", а …", ", и …", ", подал …"."""
    word = syntax.words[root]
    if end != stop or left < 0 or word.relation not in ("conj", "parataxis"):
        return None
    head = word.head
    if not (syntax.is_finite(root) or syntax.words[root].feats.get("VerbForm") == "Inf"):
        return None
    if head >= start or not (syntax.is_finite(head) or syntax.words[head].relation == "root"):
        return None
    if syntax.lower[start] in ("но", "однако", "зато", "или", "либо") or "," not in (
        syntax.words[left].text
    ):
        return CutKind.CLAUSE if syntax.words[left].text == ";" else None
    if word.relation == "parataxis":
        return None
    return CutKind.CLAUSE if syntax.subjects(root) else CutKind.CONJUNCT


def _with_marks(syntax: Syntax, left: int, right: int, stop: int, kind: CutKind) -> Cut | None:  # noqa: PLR0911 - a table of cases
    """Tell which of the marks around a stretch go with it."""
    texts = [word.text for word in syntax.words]
    if left < 0:
        return Cut(0, right + 1, kind) if right < stop and texts[right] == "," else None
    opener = texts[left]
    if right == stop:
        return Cut(left, stop, kind)
    closer = texts[right]
    if opener in DASHES:
        return Cut(left, right + 1, kind) if closer in DASHES else None
    if opener != ",":
        return None
    if closer in DASHES or closer in (";", ":"):
        return Cut(left, right, kind)
    if kind is CutKind.INTRODUCTION and syntax.lower[left + 1] in ("а", "так"):
        return None
    if _needs_comma(syntax, left, right):
        return Cut(left, right, kind)
    return Cut(left, right + 1, kind)


def _needs_comma(syntax: Syntax, left: int, right: int) -> bool:  # noqa: PLR0911 - a table of cases
    """Say whether a comma must stay where a stretch between two commas is taken out."""
    after = right + 1
    if after >= len(syntax.words):
        return False
    lower = syntax.lower
    if lower[after] in _NEEDS_COMMA or lower[after].startswith(_WHICH):
        return True
    if after + 1 < len(lower) and lower[after + 1].startswith(_WHICH):
        return True
    if syntax.words[after].feats.get("VerbForm") in ("Conv", "Part") and (
        syntax.words[after].feats.get("Variant") != "Short"
    ):
        return True
    told = (p for p in range(left - 1, -1, -1) if not syntax.is_mark(p) and not syntax.depth[p])
    before = next(told, 0)
    if syntax.clause(before) > right:
        # What stands before the stretch belongs to a predicate after it.
        return False
    follower = next((p for p in range(after, len(lower)) if not syntax.is_mark(p)), after)
    here, there = syntax.clause(before), syntax.clause(follower)
    if lower[follower] in ("и", "или"):
        joined = syntax.words[follower].head
        there = syntax.clause(joined) if joined > follower else there
        if syntax.words[there].relation == "conj" and syntax.words[there].head == here:
            return bool(syntax.subjects(there))
    return here != there
