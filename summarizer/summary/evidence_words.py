"""A sentence as the evidence check compares it: words with dictionary forms, weights and links."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from summarizer.lookalikes import fold
from summarizer.models import Models, Parse
from summarizer.name_keys import differ_in_ending, sound
from summarizer.names_words import is_latin
from summarizer.ner import Token, split_words
from summarizer.russian import FUNCTION_WORDS
from summarizer.spans import Span
from summarizer.summary.parsed import LONGEST_PARSED, Word
from summarizer.view import readable

_EMPTY_POS = frozenset({"ADP", "CCONJ", "SCONJ", "PART", "PRON", "DET", "AUX", "PUNCT", "INTJ"})
_EMPTY_LEMMAS = FUNCTION_WORDS | frozenset(
    [
        "быть",
        "стать",
        "мочь",
        "являться",
        "этот",
        "тот",
        "такой",
        "который",
        "весь",
        "свой",
        "сам",
        "самый",
        "год",
        "также",
        "тоже",
        "уже",
        "еще",
        "только",
        "лишь",
        "другой",
        "иной",
        "один",
        "несколько",
        "многие",
        "тогда",
        "затем",
        "теперь",
        "ныне",
        "ранее",
        "однако",
        "поэтому",
        "кроме",
        "того",
        "самое",
        "некоторый",
        "каждый",
        "любой",
        "они",
        "она",
        "оно",
        "она",
        "его",
        "ее",
        "их",
        "мы",
        "вы",
        "я",
        "ты",
        "себя",
        "кто",
        "что",
        "где",
        "куда",
        "там",
        "здесь",
        "тут",
        "очень",
        "более",
        "менее",
        "около",
        "почти",
        "примерно",
        "свыше",
    ]
)
_NAME_MARKS = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn"})
_COMMON_ENDING = re.compile(r"(?:[ие]ец|анин|янин|чанин|ость|ение|ание|ник|чик|щик|-.*[а-я]ик)$")
_VERBAL = frozenset({"VERB", "INFN", "PRTF", "PRTS", "GRND"})
_ONE_SLIP = 75
_RAREST = 1.0
_COMMONEST = 0.25
_LOG_OF_COMMON = 14.0
_LOG_OF_RARE = 9.0


class Kind(StrEnum):
    """What a word with meaning of its own is."""

    NAME = "name"
    NUMBER = "number"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Unit:
    """A word with meaning of its own.

    `index` is its place among the words of its sentence; `keys` are the dictionary forms it may
    have, folded; `weight` is from 0.25 for the commonest words to 1 for rare ones.
    """

    index: int
    kind: Kind
    lemma: str
    keys: frozenset[str]
    weight: float


@dataclass(frozen=True)
class Line:
    """A sentence read for comparing; spans are into the text that it was read from."""

    words: tuple[Word, ...]
    units: tuple[Unit, ...]

    def unit_at(self, index: int) -> Unit | None:
        """Give the unit at a word's place, or None when the word is none."""
        return next((unit for unit in self.units if unit.index == index), None)


def read_lines(texts: Sequence[str], models: Models) -> list[Line]:
    """Read sentences of their own, such as those of a summary.

    Args:
        texts: sentences; of one with more than 150 words the rest is read without syntax.
        models: the language models.

    Returns:
        One line for each, spans into its text.
    """
    tokens = [_tokens(text, models) for text in texts]
    return lines_of(tokens, models)


def lines_of(sentences: Sequence[Sequence[Token]], models: Models) -> list[Line]:
    """Tag, link and read sentences that are split into words already."""
    short = [n for n, tokens in enumerate(sentences) if 0 < len(tokens) <= LONGEST_PARSED]
    spelled = [[token.text for token in sentences[n]] for n in short]
    tags = dict(zip(short, models.word_tags(spelled), strict=True))
    links = dict(zip(short, models.word_links(spelled), strict=True))
    lines = []
    for number, tokens in enumerate(sentences):
        if number in tags:
            words = tuple(
                Word(token.text, token.span, tag.pos, tag.feats, link.head, link.relation)
                for token, tag, link in zip(tokens, tags[number], links[number], strict=True)
            )
        else:
            words = tuple(Word(token.text, token.span, "X", {}, -1, "dep") for token in tokens)
        lines.append(Line(words, tuple(units_of(words, models))))
    return lines


def _tokens(text: str, models: Models) -> list[Token]:
    view = readable(text)
    return [token for part in split_words(view, Span(0, len(text)), models) for token in part]


def units_of(words: Sequence[Word], models: Models) -> Iterable[Unit]:
    """List the words of a sentence that mean something by themselves."""
    for index, word in enumerate(words):
        text = word.text
        if not any(char.isalnum() for char in text):
            continue
        folded = fold(text)
        if any(char.isdigit() for char in text):
            yield Unit(index, Kind.NUMBER, folded, frozenset({folded}), _RAREST)
            continue
        readings = _fitting(folded, word.pos, models)
        lemma = fold(readings[0].lemma) if readings else folded
        keys = frozenset({folded, *(fold(parse.lemma) for parse in readings)})
        is_name = _is_name(text, index, word, models)
        if not is_name and (word.pos in _EMPTY_POS or lemma in _EMPTY_LEMMAS or len(text) < 2):
            continue
        kind = Kind.NAME if is_name else Kind.WORD
        yield Unit(index, kind, lemma, keys, weight_of(lemma, models))


@lru_cache(maxsize=50_000)
def _fitting(folded: str, pos: str, models: Models) -> tuple[Parse, ...]:
    """List the dictionary's readings that agree with the tagger about verb or no verb."""
    parses = models.parse(folded)
    verbal = pos in ("VERB", "AUX")
    fitting = tuple(parse for parse in parses if bool(parse.marks & _VERBAL) == verbal)
    return fitting or parses


def weight_of(lemma: str, models: Models) -> float:
    """Weigh a dictionary form by how rare it is in news."""
    often = math.log(models.count(lemma) + 1)
    share = (_LOG_OF_COMMON - often) / (_LOG_OF_COMMON - _LOG_OF_RARE)
    return min(_RAREST, max(_COMMONEST, share))


def _is_name(text: str, index: int, word: Word, models: Models) -> bool:
    if not text[0].isupper():
        return False
    if is_latin(text):
        return True
    known = [parse for parse in models.parse(fold(text)) if parse.known]
    named = any(parse.marks & _NAME_MARKS for parse in known[:3])
    if text.isupper() and len(text) > 1:
        return named or not known
    if index > 0:
        return not known or word.pos == "PROPN" or named
    if known:
        return bool(known[0].marks & _NAME_MARKS) or (named and word.pos == "PROPN")
    # "Калифорниец", "Сын-соучастник": words that the dictionary lacks begin sentences too.
    return word.pos == "PROPN" and not _COMMON_ENDING.search(text)


@lru_cache(maxsize=50_000)
def _sound(folded: str) -> str:
    return sound(folded)


@lru_cache(maxsize=200_000)
def same_name(one: str, other: str) -> bool:
    """Say whether two folded words may be one name in two cases or alphabets."""
    if one == other:
        return True
    left, right = _sound(one), _sound(other)
    if not left or not right:
        return False
    if left == right or (min(len(left), len(right)) > 2 and differ_in_ending(left, right)):
        return True
    # "Буллз" for "Bulls": between alphabets a sound may be written in two ways.
    return is_latin(one) != is_latin(other) and ratio(left, right) >= _ONE_SLIP


def same_unit(one: Unit, other: Unit) -> bool:
    """Say whether two words may be one name; a part of a hyphenated one counts as it."""
    if any(same_name(left, right) for left in one.keys for right in other.keys):
        return True
    if ("-" in one.lemma) == ("-" in other.lemma):
        return False
    return any(
        len(left) > 3 and same_name(left, right)
        for left in one.lemma.split("-")
        for right in other.lemma.split("-")
    )


def linked(line: Line) -> list[list[int]]:
    """List for each word of a line the words it is linked to by syntax, either way."""
    links: list[list[int]] = [[] for _ in line.words]
    for place, word in enumerate(line.words):
        if 0 <= word.head < len(line.words) and word.head != place:
            links[place].append(word.head)
            links[word.head].append(place)
    return links
