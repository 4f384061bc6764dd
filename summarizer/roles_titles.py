"""Writing a post in the nominative: its head and the adjectives with it, the rest as stated."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.models import Models, WordTag
from summarizer.names_words import like_surface
from summarizer.ner import Token
from summarizer.roles_heads import head_parses
from summarizer.spans import Span

_SHARED_BY_ALL = re.compile(
    r"^(?:двух|обоих|обеих|трех|трёх|четырех|четырёх|наших|своих|этих|\d+)$"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words that state a post; `head` is the number of its head noun among them."""

    tokens: tuple[Token, ...]
    tags: tuple[WordTag, ...]
    head: int

    @property
    def span(self) -> Span:
        """Where the phrase stands in the original."""
        return Span(self.tokens[0].span.start, self.tokens[-1].span.end)

    @property
    def case(self) -> str | None:
        """The case of the head in the text."""
        return self.tags[self.head].feats.get("Case")


def title_of(phrase: Phrase, models: Models) -> str:
    """Write a post in the nominative singular; what depends on its head stays as stated."""
    return _write(phrase, models, len(phrase.tokens))


def split_title(phrase: Phrase, models: Models, names: int) -> list[str]:
    """Write a post in the plural once for each of the names that share it.

    "президенты двух стран" gives "президент"; "президенты США и Казахстана" gives each of two
    names its own country.

    Args:
        phrase: the post, its head in the plural.
        models: for the dictionary.
        names: how many there are.

    Returns:
        As many titles.
    """
    after = [token.text for token in phrase.tokens[phrase.head + 1 :]]
    if after and _SHARED_BY_ALL.match(after[0].lower()):
        return [_write(phrase, models, phrase.head + 1)] * names
    conjuncts = _conjuncts(phrase)
    if len(conjuncts) == names > 1:
        lead = _write(phrase, models, phrase.head + 1)
        return [f"{lead} {_verbatim(conjunct)}" for conjunct in conjuncts]
    return [title_of(phrase, models)] * names


def _conjuncts(phrase: Phrase) -> list[list[Token]]:
    """Part "США и Казахстана" into its members, when they are all names of places."""
    parts: list[list[Token]] = [[]]
    for token, tag in zip(
        phrase.tokens[phrase.head + 1 :], phrase.tags[phrase.head + 1 :], strict=True
    ):
        if token.text in (",", "и"):
            parts.append([])
        elif tag.pos == "PROPN" or token.text.isupper():
            parts[-1].append(token)
        else:
            return []
    return parts if all(parts) else []


def _write(phrase: Phrase, models: Models, end: int) -> str:
    words = {phrase.head: _nominative_head(phrase.tokens[phrase.head].text, models)}
    gender = _gender_of(phrase, models)
    for index in range(phrase.head):
        words[index] = _nominative_adjective(phrase.tokens[index].text, gender, models)
    return _verbatim(phrase.tokens[:end], words)


def _verbatim(tokens: Sequence[Token], words: dict[int, str] | None = None) -> str:
    """Join words as they stand, with a space where the text has any."""
    text = ""
    for index, token in enumerate(tokens):
        if index and token.span.start > tokens[index - 1].span.end:
            text += " "
        text += (words or {}).get(index, token.text)
    return text


def _gender_of(phrase: Phrase, models: Models) -> str:
    """Tell the gender that an adjective before the head takes; as written where it shows."""
    for tag in phrase.tags[: phrase.head]:
        if tag.feats.get("Number") == "Sing" and tag.feats.get("Gender") == "Fem":
            return "femn"
    parses = head_parses(phrase.tokens[phrase.head].text, models)
    marks = parses[0].marks if parses else frozenset[str]()
    return "femn" if "femn" in marks else "masc"


def _nominative_head(word: str, models: Models) -> str:
    parses = models.parse(word)
    nouns = [parse for parse in parses if "NOUN" in parse.marks and parse.known]
    heads = head_parses(word, models)
    for parse in (*(parse for parse in nouns if parse in heads), *heads):
        inflected = parse.raw.inflect({"nomn", "sing"})
        if inflected is None:
            continue
        whole = parse.word == word.lower().replace("ё", "е") or parse.word == word.lower()
        stem = "" if whole else word[: len(word) - len(parse.word)]
        return like_surface(stem + inflected.word, word)
    return word


def _nominative_adjective(word: str, gender: str, models: Models) -> str:
    for parse in models.parse(word):
        if not parse.marks & {"ADJF", "PRTF"}:
            continue
        inflected = parse.raw.inflect({"nomn", "sing", gender})
        if inflected is not None:
            return like_surface(inflected.word, word)
    return word
