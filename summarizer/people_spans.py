"""Which words of a sentence name people: the tagger's spans trimmed, and what it missed."""

from collections.abc import Iterator, Sequence

from summarizer.models import Models
from summarizer.names_lexicon import (
    given_names,
    is_common_word,
    is_dictionary_form,
    is_first_name,
    is_surname,
    is_unknown,
)
from summarizer.names_words import PARTICLES, is_capitalised, is_initial, is_latin, is_numeral
from summarizer.ner import Kind, Named, Token
from summarizer.people_filter import is_place, is_title
from summarizer.roles_heads import is_head

Run = tuple[int, int]
"""Token numbers [first, last] of one name."""

_BREAKS = frozenset({"и", *',;:()«»"“”„/—–!?…•·|[]'})
_OF_PLACE = frozenset({"в", "во", "из", "до", "по", "на", "от", "для", "и", ","})
_INITIALS_AT_MOST = 3


class SpanReader:
    """Finds the names of people in one sentence."""

    def __init__(self, tokens: Sequence[Token], named: Sequence[Named], models: Models) -> None:
        self._models = models
        self._tokens = tokens
        self._words = [token.text for token in tokens]
        self._kinds: list[Kind | None] = [None] * len(tokens)
        for name in named:
            for index in range(name.first, name.last + 1):
                self._kinds[index] = name.kind
        self._tagged = [(name.first, name.last) for name in named if name.kind == "PER"]

    def read(self) -> list[tuple[Run, bool]]:
        """List the names in order, without overlap, each with whether the tagger saw it."""
        runs = [run for first, last in self._tagged for run in self._split(first, last)]
        runs = self._join([self._widen(*run) for run in runs])
        taken = {index for first, last in runs for index in range(first, last + 1)}
        missed = list(self._missed(taken))
        return sorted([(run, True) for run in runs] + [(run, False) for run in missed])

    def _split(self, first: int, last: int) -> Iterator[Run]:
        """Part a span at commas and conjunctions, and trim titles and strays off each piece."""
        start = first
        for index in range(first, last + 2):
            if index > last or self._words[index] in _BREAKS:
                if trimmed := self._trim(start, index - 1):
                    yield trimmed
                start = index + 1

    def _trim(self, first: int, last: int) -> Run | None:
        while first <= last and not self._may_open(first, last):
            first += 1
        while last >= first and not self._may_close(last):
            last -= 1
        return (first, last) if first <= last else None

    def _may_open(self, index: int, last: int) -> bool:
        word = self._words[index]
        if index < last and word.lower() in PARTICLES:
            return True
        if not is_capitalised(word):
            return False
        return index == last or is_initial(word) or not self._is_before_name(index)

    def _is_before_name(self, index: int) -> bool:
        """Say whether a word in a span is a title, a post or another word before the name."""
        word, after = self._words[index], self._words[index + 1]
        if is_title(word, self._models):
            return True
        if is_head(word, self._models) and not is_first_name(word, self._models):
            return True
        # "Трент Келли": the tagger tells the name of a place from one of a person better.
        if not is_common_word(word, self._models) or is_place(word, self._models):
            return False
        opens_sentence = index == 0 and is_capitalised(after)
        return opens_sentence or is_initial(after) or is_first_name(after, self._models)

    def _may_close(self, index: int) -> bool:
        word = self._words[index]
        if word == ".":
            return index > 0 and is_initial(self._words[index - 1])
        return is_capitalised(word) or word.lower() in PARTICLES or "-" in word[1:-1]

    def _widen(self, first: int, last: int) -> Run:
        """Take in a first name or initials before a lone surname, and a surname after them."""
        words = self._words
        if first == last:
            begin = self._initials_before(first)
            if begin == first and first:
                begin -= self._is_free_first_name(first - 1) or self._is_odd_first_name(first - 1)
            first = begin
        if first and words[first - 1] in PARTICLES and words[first].lower() not in PARTICLES:
            first -= 1
        if self._lacks_surname(first, last):
            after = last + 1
            if is_initial(words[last]) and after < len(words) and words[after] == ".":
                after += 1
            while after < len(words) - 1 and words[after].lower() in PARTICLES:
                after += 1
            if after < len(words) and self._is_free_surname(after):
                last = after
            elif first == last and first and self._is_surname_before(first - 1):
                first -= 1
        elif first == last and (end := self._with_initials_after(first)):
            last = end
        if last + 1 < len(words) and is_numeral(words[last + 1]):
            last += 1
        return first, last

    def _is_surname_before(self, index: int) -> bool:
        """Say whether "Токаев" stands before the lone "Касым-Жомарт"."""
        word = self._words[index]
        return (
            self._kinds[index] in (None, "PER")
            and is_capitalised(word)
            and is_surname(word, self._models)
            and not is_dictionary_form(word, self._models)
            and not is_first_name(word, self._models)
            and not is_place(word, self._models)
        )

    def _initials_before(self, index: int) -> int:
        words = self._words
        while index >= 2 and words[index - 1] == "." and is_initial(words[index - 2]):
            index -= 2
        return index

    def _lacks_surname(self, first: int, last: int) -> bool:
        return all(
            word == "." or is_initial(word) or is_first_name(word, self._models)
            for word in self._words[first : last + 1]
        )

    def _is_free_first_name(self, index: int) -> bool:
        word = self._words[index]
        return (
            self._kinds[index] != "PER"
            and len(word) > 2
            and is_capitalised(word)
            and is_first_name(word, self._models)
            and (not is_common_word(word, self._models) or self._is_no_place_here(index))
        )

    def _is_odd_first_name(self, index: int) -> bool:
        """Say whether an unknown word after a post is a first name: "конгрессмен Трент Келли"."""
        word = self._words[index]
        return (
            index > 0
            and self._kinds[index] is None
            and is_capitalised(word)
            and not is_latin(word)
            and is_unknown(word, self._models)
            and is_head(self._words[index - 1], self._models)
        )

    def _is_no_place_here(self, index: int) -> bool:
        """Say whether "Джорджии" before a surname is a first name: no preposition leads to it."""
        word = self._words[index]
        names_place = is_place(word, self._models)
        return names_place and (not index or self._words[index - 1].lower() not in _OF_PLACE)

    def _is_free_surname(self, index: int, *, as_place: bool = False) -> bool:
        word = self._words[index]
        return (
            (as_place or self._kinds[index] in (None, "PER"))
            and len(word) > 2
            and is_capitalised(word)
            and not word.isupper()
            and not is_common_word(word, self._models)
            and not is_head(word, self._models)
        )

    def _join(self, runs: list[Run]) -> list[Run]:
        """Join names that overlap after widening, and a first name with the surname after it."""
        joined: list[Run] = []
        for first, last in sorted(runs):
            if joined:
                before = joined[-1]
                touches = (
                    first == before[1] + 1
                    and self._lacks_surname(*before)
                    and (before[0] == before[1] or self._words[before[1]] == ".")
                )
                if first <= before[1] or touches:
                    joined[-1] = (before[0], max(last, before[1]))
                    continue
            joined.append((first, last))
        return joined

    def _missed(self, taken: set[int]) -> Iterator[Run]:
        """Find "С. Гор" and "Асем Куспанова" that the tagger left out."""
        index = 0
        while index < len(self._words):
            end = None
            if index not in taken and is_capitalised(self._words[index]):
                end = (
                    self._initialled(index)
                    or self._with_initials_after(index)
                    or self._with_first_name(index)
                )
            if end is None or taken.intersection(range(index, end + 1)):
                index += 1
                continue
            yield index, end
            index = end + 1

    def _initialled(self, index: int) -> int | None:
        words, at = self._words, index
        while at + 2 < len(words) and is_initial(words[at]) and words[at + 1] == ".":
            at += 2
        if at == index or at - index > 2 * _INITIALS_AT_MOST:
            return None
        close = self._tokens[at].span.start - self._tokens[at - 1].span.end <= 1
        free = self._is_free_surname(at) and self._kinds[index] in (None, "PER")
        return at if close and free and not is_place(words[at], self._models) else None

    def _with_initials_after(self, index: int) -> int | None:
        """Accept "Токаев К.К." when the surname is a known one."""
        words, at = self._words, index
        while at + 2 < len(words) and is_initial(words[at + 1]) and words[at + 2] == ".":
            at += 2
        surname = words[index]
        if at == index or not self._is_free_surname(index) or is_place(surname, self._models):
            return None
        return at if is_surname(surname, self._models) else None

    def _with_first_name(self, index: int) -> int | None:
        """Accept a sure first name with a surname that is no other word."""
        at = index + 1
        if at >= len(self._words) or len(self._words[index]) < 3:
            return None
        # The tagger takes a rare name for a place, but never half of it.
        as_place = self._kinds[index] == self._kinds[at] == "LOC"
        if not self._is_free_surname(at, as_place=as_place):
            return None
        first, last = self._words[index], self._words[at]
        if self._kinds[index] == "ORG" or not self._is_sure_first_name(first):
            return None
        if self._kinds[at] == "LOC" and not is_surname(last, self._models):
            return None
        if is_place(last, self._models):
            return None
        return at if is_unknown(last, self._models) or is_surname(last, self._models) else None

    def _is_sure_first_name(self, word: str) -> bool:
        best = self._models.parse(word)[0]
        if best.known:
            return "Name" in best.marks
        folded = word.lower().replace("ё", "е")
        names = given_names(self._models)
        return any(part in names for part in (folded, *folded.split("-")))
