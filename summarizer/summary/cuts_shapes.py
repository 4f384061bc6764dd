"""The outline of a cut inside a clause: one whole stretch, and the commas that go with it."""

from summarizer.models import Models
from summarizer.summary.cuts_model import Cut, CutKind
from summarizer.summary.cuts_words import FOCUS, KEPT
from summarizer.summary.syntax import CLAUSAL, DASHES, Syntax, end_of

_LEANING = ("(", ":", "включительно", "года", "году", "г", "гг")


def lemma(models: Models, word: str) -> str:
    """Give the likeliest dictionary form of a lower-case word."""
    parses = models.parse(word)
    return parses[0].lemma if parses else word


def subtree_cut(syntax: Syntax, place: int, kind: CutKind) -> Cut | None:
    """Cut a word with all that depends on it, where that is one stretch and nothing leans on it.

    Args:
        syntax: a sentence.
        place: of the word.
        kind: of the cut.
    """
    start, end = whole_span(syntax, place)
    if syntax.root_of(start, end) != place or _is_all_of_participle(syntax, place):
        return None
    if start and syntax.lower[start - 1] in FOCUS:
        return None
    if _is_leant_on(syntax, end) or _is_open_clause(syntax, start, end):
        return None
    if any(syntax.lower[at] in KEPT for at in range(start, end)):
        return None
    return apart(syntax, start, end, kind)


def whole_span(syntax: Syntax, place: int) -> tuple[int, int]:
    """Tell where a word's subtree begins and ends, the marks that close its names with it."""
    start, end = syntax.span(place)
    while (
        end < len(syntax.words)
        and syntax.words[end].text in {"»", '"', ")"}
        and syntax.depth[end - 1] > syntax.depth[place]
    ):
        end += 1
    return start, end


def _is_leant_on(syntax: Syntax, end: int) -> bool:
    """Say whether what follows a stretch belongs to its last word: ", который …", "(…)"."""
    following = syntax.lower[end : end + 3]
    if not following or following[0] in _LEANING:
        return bool(following)
    if following[0] != "," or len(following) < 3:
        return False
    is_which = any(word.startswith("котор") or word == "где" for word in following[1:])
    return is_which or syntax.is_participle(end + 1)


def _is_open_clause(syntax: Syntax, start: int, end: int) -> bool:
    """Say whether a stretch has a clause in it and does not end the sentence.

    Where such a clause ends the parser is often wrong, and a comma may have to go with it.
    """
    has_clause = any(syntax.words[at].relation in CLAUSAL for at in range(start, end))
    return has_clause and "," in syntax.lower[start:end] and end < end_of(syntax)


def is_whole(syntax: Syntax, start: int, end: int) -> bool:
    """Say whether a stretch can go as far as what follows it is concerned, and its marks pair."""
    texts = [word.text for word in syntax.words[start:end]]
    pairs = all(texts.count(left) == texts.count(right) for left, right in ("«»", "()", "“”"))
    return (
        pairs
        and texts.count('"') % 2 == 0
        and not (_is_leant_on(syntax, end) or _is_open_clause(syntax, start, end))
    )


def apart(syntax: Syntax, start: int, end: int, kind: CutKind) -> Cut | None:
    """Take the commas along that set a phrase off; leave those that part what is around it.

    Args:
        syntax: a sentence.
        start: the first place of the phrase.
        end: the place after its last.
        kind: of the cut.
    """
    texts = [word.text for word in syntax.words]
    stop = end_of(syntax)
    if end - start >= stop:
        return None
    before = texts[start - 1] if start else ""
    after = texts[end] if end < len(texts) else ""
    if not start:
        return Cut(0, end + 1 if after == "," else end, kind)
    if before == "," and (after == "," or end >= stop):
        return Cut(start - 1, end if end >= stop else end + 1, kind)
    if before in {",", "(", ":"} and end >= stop:
        return None
    if after in DASHES or before in DASHES:
        return None
    return Cut(start, end, kind)


def _is_all_of_participle(syntax: Syntax, place: int) -> bool:
    """Say whether a participle between commas would be left alone: "построенный | в 2010 году"."""
    head = syntax.words[place].head
    return (
        0 <= head < len(syntax.words)
        and syntax.is_participle(head)
        and sum(not syntax.is_mark(child) for child in syntax.children[head]) == 1
    )
