"""The line that names an article, short enough and still a sentence."""

from collections.abc import Iterator

from summarizer.summary.cuts_model import Cut, CutKind
from summarizer.summary.cuts_shapes import subtree_cut
from summarizer.summary.parsed import ParsedSentence
from summarizer.summary.surface import written
from summarizer.summary.syntax import Syntax, end_of

_LOOSE = frozenset({"obl", "advmod", "advcl", "parataxis", "acl", "acl:relcl", "nmod", "appos"})
_SAID_WITH = ("obj", "iobj", "xcomp", "ccomp", "csubj", "obl")


def shortened(sentence: ParsedSentence, dropped: frozenset[int], words: int) -> str | None:
    """Shorten a sentence until it fits a line, from its end, one whole phrase at a time.

    What the verb needs stays: its subject, its objects, and something that is said with it.

    Args:
        sentence: a parsed sentence.
        dropped: the places of words that are left out already.
        words: the most words of the line.

    Returns:
        The line without a full stop; None when no such cuts make it fit.
    """
    syntax = Syntax(sentence.words)
    root = next((place for place, word in enumerate(syntax.words) if word.head < 0), None)
    if root is None or not syntax.is_finite(root) or not syntax.subjects(root):
        return None
    gone = set(dropped)
    for cut in sorted(_loose(syntax, root, dropped), key=_precedence):
        if _fits(text := written(sentence, gone).rstrip("."), words):
            return text
        if _leaves_marks(syntax, gone, cut) and _stays_whole(syntax, gone | cut.words):
            gone |= cut.words
    text = written(sentence, gone).rstrip(".")
    return text if _fits(text, words) else None


def _fits(text: str, words: int) -> bool:
    return len(text.split()) <= words


def _precedence(cut: Cut) -> tuple[bool, int, int]:
    return cut.kind is not CutKind.CREDIT, -cut.end, cut.start


def _loose(syntax: Syntax, root: int, dropped: frozenset[int]) -> Iterator[Cut]:
    """Find the phrases of the main clause without which it is still one."""
    for place, word in enumerate(syntax.words):
        if place in dropped or word.relation not in _LOOSE or syntax.depth[place]:
            continue
        head = word.head
        if not 0 <= head < len(syntax.words) or syntax.clause(head) != syntax.clause(root):
            continue
        if syntax.is_negated(head) or syntax.is_negated(place) or not _is_loose(syntax, place):
            continue
        kind = CutKind.CREDIT if word.relation == "parataxis" else CutKind.CLAUSE
        if cut := subtree_cut(syntax, place, kind):
            yield cut


def _is_loose(syntax: Syntax, place: int) -> bool:
    """Say whether a word of a loose relation is set off by a comma, a preposition or as a time."""
    word = syntax.words[place]
    start, _ = syntax.span(place)
    if word.relation in ("appos", "acl"):
        return start > 0 and syntax.words[start - 1].text == ","
    if word.relation in ("nmod", "obl"):
        openers = [at for at in syntax.children[place] if syntax.words[at].pos == "ADP"]
        if any(syntax.lower[at] == "у" for at in openers):
            # "у премьера родился сын": whose, is the news.
            return False
        return bool(openers) or (word.relation == "obl" and word.feats.get("Case") == "Gen")
    return True


def _leaves_marks(syntax: Syntax, gone: set[int], cut: Cut) -> bool:
    """Say whether no comma is left before what follows a cut that had something else behind it."""
    if cut.words <= gone:
        return False
    left = [place for place in range(cut.start) if place not in gone]
    right = [place for place in range(cut.end, end_of(syntax)) if place not in gone | cut.words]
    return not (left and right and syntax.words[left[-1]].text == ",")


def _stays_whole(syntax: Syntax, gone: set[int]) -> bool:
    """Say whether each verb that stays keeps something said with it, as it had in the sentence."""
    for place, word in enumerate(syntax.words):
        if place in gone or word.pos not in ("VERB", "AUX"):
            continue
        said = [at for at in syntax.children[place] if syntax.words[at].relation in _SAID_WITH]
        if said and all(at in gone for at in said):
            return False
    return True
