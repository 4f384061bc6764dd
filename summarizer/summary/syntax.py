"""What a sentence's dependencies tell of its stretches: who depends on whom, and what is closed."""

from collections.abc import Sequence
from functools import cached_property

from summarizer.summary.parsed import Word

OPENING = frozenset("«(„“[")
CLOSING = frozenset("»)”]")
DASHES = frozenset({"-", "–", "—"})
CLAUSAL = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "csubj", "csubj:pass", "parataxis"})
_ENDS = frozenset({".", "!", "?", "…", "..."})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass"})


class Syntax:
    """The dependencies of one sentence, asked about by the places of its words.

    Args:
        words: the words and marks of a sentence, as parsed.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The places of the words that depend on each word."""
        found: list[list[int]] = [[] for _ in self.words]
        for place, word in enumerate(self.words):
            if 0 <= word.head < len(self.words) and word.head != place:
                found[word.head].append(place)
        return tuple(map(tuple, found))

    @cached_property
    def lower(self) -> tuple[str, ...]:
        """The words in lower case."""
        return tuple(word.text.lower().replace("ё", "е") for word in self.words)

    @cached_property
    def depth(self) -> tuple[int, ...]:
        """How many quotation marks or brackets are open at each word; a mark is outside its own."""
        depths, depth, straight = [], 0, False
        for word in self.words:
            if word.text in CLOSING or (word.text == '"' and straight):
                depth = max(0, depth - 1)
            depths.append(depth)
            if word.text in OPENING or (word.text == '"' and not straight):
                depth += 1
            if word.text == '"':
                straight = not straight
        return tuple(depths)

    def is_mark(self, place: int) -> bool:
        """Say whether a word is punctuation."""
        return not any(char.isalnum() for char in self.words[place].text)

    def subtree(self, root: int) -> frozenset[int]:
        """Collect a word and all that depends on it; links that run in a circle do no harm."""
        seen, waiting = {root}, [root]
        while waiting:
            for child in self.children[waiting.pop()]:
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
        return frozenset(seen)

    def span(self, root: int) -> tuple[int, int]:
        """Tell the first and the last but one place of a word's subtree, marks left out."""
        inside = [place for place in self.subtree(root) if not self.is_mark(place)] or [root]
        return min(inside), max(inside) + 1

    def root_of(self, start: int, end: int) -> int | None:
        """Find the one word by which a closed stretch hangs on the rest.

        None when more words than one depend on the outside, or when a word outside depends on one
        inside: then the stretch is no constituent, or the parser is at odds with itself.
        """
        root = None
        for place, word in enumerate(self.words):
            inside = start <= place < end
            if self.is_mark(place):
                continue
            if inside == (start <= word.head < end):
                continue
            if not inside:
                return None
            if root is not None:
                return None
            root = place
        return root

    def subjects(self, verb: int) -> tuple[int, ...]:
        """List the places of a predicate's subjects."""
        return tuple(
            child for child in self.children[verb] if self.words[child].relation in _SUBJECTS
        )

    def has_child(self, place: int, *relations: str) -> bool:
        """Say whether a word has a dependent of one of these relations."""
        return any(self.words[child].relation in relations for child in self.children[place])

    def is_negated(self, place: int) -> bool:
        """Say whether "не", "ни", "нет" or "нельзя" belongs to a word."""
        negations = ("не", "ни", "нельзя", "нет")
        return self.lower[place] in negations or any(
            self.lower[child] in negations for child in self.children[place]
        )

    def is_verb(self, place: int) -> bool:
        """Say whether a word is a finite verb, an infinitive or a short participle."""
        word = self.words[place]
        form = word.feats.get("VerbForm")
        return word.pos in ("VERB", "AUX") and (
            form in ("Fin", "Inf", None) or word.feats.get("Variant") == "Short"
        )

    def is_finite(self, place: int) -> bool:
        """Say whether a word can be a predicate by itself: a finite verb or a short form."""
        word = self.words[place]
        return self.is_verb(place) and word.feats.get("VerbForm") != "Inf"

    def is_participle(self, place: int) -> bool:
        """Say whether a word is a participle in its full form."""
        word = self.words[place]
        return word.feats.get("VerbForm") == "Part" and word.feats.get("Variant") != "Short"

    def governor(self, place: int) -> int | None:
        """Climb from a word to the predicate it belongs to."""
        seen = set()
        while place not in seen:
            seen.add(place)
            head = self.words[place].head
            if not 0 <= head < len(self.words):
                return None
            if self.words[head].pos in ("VERB", "AUX") or self.is_negated(head):
                return head
            place = head
        return None

    def clause(self, place: int) -> int:
        """Climb from a word to the root of the smallest clause it stands in."""
        seen: set[int] = set()
        while place not in seen:
            seen.add(place)
            word = self.words[place]
            is_clause = word.relation in CLAUSAL or (
                word.relation == "conj" and self.is_finite(place)
            )
            if is_clause or not 0 <= word.head < len(self.words):
                break
            place = word.head
        return place


def end_of(syntax: Syntax) -> int:
    """Tell where the marks begin that end a sentence; its length when there are none."""
    place = len(syntax.words)
    while place and syntax.words[place - 1].text in _ENDS:
        place -= 1
    return place
