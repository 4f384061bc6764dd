"""The words of an article that tell what it is about: in dictionary form, names by their sound."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from summarizer.inflection import has_kazakh_ending
from summarizer.lookalikes import fold
from summarizer.models import Models
from summarizer.name_keys import sound
from summarizer.russian import FUNCTION_WORDS
from summarizer.stories_print import NAME_SIGN

SENTENCES_READ = 25
TERMS_KEPT = 40
NAMES_KEPT = 150

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
# "Карагандинский", "Тверской" and "Караганда", "Тверь" name one place.
_OF_PLACE = re.compile(r"(?<=.{3})(?:[ие]?нск|ск)(?:ий|ой|ая|ое|ие)$|(?<=.{3})[аяоеиыйь]$")
_CORPUS_WORDS = 1.2e9
"""Words of news that the counts come from; a word is as rare as it is there."""
_SMOOTH = 500
_UNKNOWN_RARITY = 0.8
_COMMON = 0.35
"""How much a word that every article of the desk says tells beside others."""
_OF_TITLE, _OF_LEAD, _OF_HEAD, _OF_REST = 3.0, 1.5, 1.0, 0.5
_AS_NAME = 1.4
_ENGLISH_STOP_WORDS = """
    the a an of in on at to for and or by with from that this these those is are was were be been
    has have had will would can could may its it he she they his her their who which what when
    where also said says not but than then there here into over after before between during about
    as up out more most other some such new
"""
_ENGLISH_STOPS = frozenset(_ENGLISH_STOP_WORDS.split())
_KAZAKH_STOP_WORDS = """
    және мен бен пен үшін туралы бұл сол осы бір де да деп деді екен болып болды болады бар жоқ
    оның олар ол өз кейін дейін бойынша арқылы еді
"""
_KAZAKH_STOPS = frozenset(_KAZAKH_STOP_WORDS.split())
_GRAMMAR = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "INTJ", "PRED"})
_NAMES = frozenset({"Geox", "Surn", "Name", "Orgn", "Trad"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: its key among the terms, whether it is a proper name, its rarity."""

    key: str
    is_name: bool
    rarity: float
    as_name: str
    """Its key if it is a name: told apart only where it stands elsewhere than at a beginning."""


class WordReader:
    """Reads the words of one language."""

    def __init__(
        self,
        language: str,
        models: Models,
        *,
        common: Collection[str] = (),
        nominatives: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Prepare.

        common: dictionary forms, folded, of what every article of the desk speaks of.
        nominatives: of the names of people, folded, by the folded form that the text gives.
        """
        self._language = language
        self._models = models
        self._nominatives = nominatives
        self._common = frozenset(common) | {sound(word) for word in common}
        self._key = lru_cache(maxsize=20_000)(self._key_of)

    def words(self, sentence: str) -> Iterator[Word]:
        """Read a sentence; words of grammar are passed over."""
        for match in _WORD.finditer(sentence):
            written = match.group()
            folded = fold(written)
            is_capital = written[0].isupper()
            found = self._key(folded)
            if found is None:
                continue
            lemma, rarity, is_known_name = found
            opens = not sentence[: match.start()].strip(' «"“—–-')
            is_name = is_capital and (not opens or is_known_name)
            bare = _OF_PLACE.sub("", lemma)
            as_name = NAME_SIGN + (sound(bare) or bare) if is_capital else ""
            yield Word(as_name if is_name else lemma, is_name, rarity, as_name)

    def _key_of(self, word: str) -> tuple[str, float, bool] | None:
        """Give a word's dictionary form, its rarity and whether the dictionary has it as a name."""
        if word.isdigit():
            return (word, _UNKNOWN_RARITY, False) if len(word) > 1 else None
        if len(word) < 3 or word in FUNCTION_WORDS:
            return None
        if nominative := self._nominatives.get(word):
            return nominative, _UNKNOWN_RARITY * self._share(nominative), True
        if self._language == "ru":
            return self._russian(word)
        if self._language == "kk":
            return None if word in _KAZAKH_STOPS else self._weighed(_kazakh_stem(word))
        return None if word in _ENGLISH_STOPS else self._weighed(_english_stem(word))

    def _russian(self, word: str) -> tuple[str, float, bool] | None:
        parse = self._models.parse(word)[0]
        if parse.marks & _GRAMMAR:
            return None
        lemma = fold(parse.lemma)
        count = self._models.count(lemma)
        rarity = math.log(_CORPUS_WORDS / (count + _SMOOTH)) / math.log(_CORPUS_WORDS / _SMOOTH)
        return lemma, max(0.0, rarity) * self._share(lemma), bool(parse.marks & _NAMES)

    def _weighed(self, stem: str) -> tuple[str, float, bool]:
        return stem, _UNKNOWN_RARITY * self._share(stem), False

    def _share(self, lemma: str) -> float:
        is_common = lemma in self._common or sound(lemma) in self._common
        return _COMMON if is_common else 1.0


def _english_stem(word: str) -> str:
    for ending, stem in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("'s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)] + stem
    return word


def _kazakh_stem(word: str) -> str:
    for length in range(4, len(word)):
        if has_kazakh_ending(word, length):
            return word[:length]
    return word


def settled(sentences: Sequence[Sequence[Word]]) -> tuple[tuple[Word, ...], ...]:
    """Give a word that opens a sentence its key as a name, where it is one elsewhere."""
    names = {word.key for words in sentences for word in words if word.is_name}
    return tuple(
        tuple(
            replace(word, key=word.as_name, is_name=True)
            if not word.is_name and word.as_name in names
            else word
            for word in words
        )
        for words in sentences
    )


def weigh(title: Sequence[Word], body: Sequence[Sequence[Word]]) -> Mapping[str, float]:
    """Weigh the words of an article: rare ones, and those of its title and beginning, tell most.

    Returns the TERMS_KEPT heaviest as a vector of length 1.
    """
    counts: Counter[str] = Counter()
    rarity: dict[str, float] = {}
    for position, words in enumerate([title, *body]):
        place = (
            _OF_TITLE if position == 0
            else _OF_LEAD if position <= 2
            else _OF_HEAD if position <= 6
            else _OF_REST
        )  # fmt: skip
        for word in words:
            counts[word.key] += place * (_AS_NAME if word.is_name else 1.0)  # type: ignore[assignment]
            rarity[word.key] = word.rarity
    weights = {
        key: (1 + math.log(count) if count >= 1 else count) * rarity[key] ** 3
        for key, count in counts.items()
    }
    kept = dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:TERMS_KEPT])
    length = math.sqrt(sum(weight * weight for weight in kept.values()))
    return {key: weight / length for key, weight in kept.items()} if length else {}
