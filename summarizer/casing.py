"""Words in capitals made usual, so that a tagger that knows usual spelling can read them."""

from collections.abc import Sequence

from summarizer.models import Models
from summarizer.names_lexicon import is_first_name

_SHARE_OF_CAPITALS = 0.6
_WORDS_TO_TELL = 4
_NAME_AT_LEAST = 3
_NAME_MARKS = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn"})


def recase(words: Sequence[str], models: Models) -> list[str]:
    """Give words in capitals their usual letters; every word keeps its length.

    In a sentence mostly in capitals, names and words in no dictionary become "Токаев", others
    "встретился". Elsewhere a surname in capitals after or before a first name becomes "Токаев".

    Args:
        words: the words of one sentence.
        models: for the dictionary.

    Returns:
        As many words.
    """
    shouted = [_is_shouted(word) for word in words]
    if not any(shouted):
        return list(words)
    letters = [index for index, word in enumerate(words) if len(word) > 1 and word[0].isalpha()]
    capitals = sum(shouted[index] for index in letters)
    if len(letters) >= _WORDS_TO_TELL and capitals >= _SHARE_OF_CAPITALS * len(letters):
        return [_in_capitals(words, index, models) for index in range(len(words))]
    return [
        _title(word) if shouted[index] and _stands_by_name(words, index, models) else word
        for index, word in enumerate(words)
    ]


def _in_capitals(words: Sequence[str], index: int, models: Models) -> str:
    """Give a word of a sentence in capitals its usual letters; a lone letter is no initial."""
    word = words[index]
    if len(word) == 1 and index + 1 < len(words) and words[index + 1] != ".":
        return _same_length(word, word.lower())
    if not _is_shouted(word):
        return word
    return _title(word) if _stands_by_name(words, index, models) else _usual(word, models)


def _is_shouted(word: str) -> bool:
    return len(word) >= _NAME_AT_LEAST and word.isupper() and word[0].isalpha()


def _usual(word: str, models: Models) -> str:
    parses = models.parse(word.replace("Ё", "Е"))
    best = parses[0]
    if "Abbr" in best.marks or "UNKN" in best.marks:
        return word
    if best.marks & _NAME_MARKS or not any(parse.known for parse in parses):
        return _title(word)
    return _same_length(word, word.lower())


def _stands_by_name(words: Sequence[str], index: int, models: Models) -> bool:
    """Say whether a first name or an initial stands right before or after a word."""
    if index >= 2 and words[index - 1] == "." and len(words[index - 2]) == 1:
        return words[index - 2].isupper()
    near = [words[at] for at in (index - 1, index + 1) if 0 <= at < len(words)]
    return len(words[index]) > _NAME_AT_LEAST and any(
        word[:1].isupper() and is_first_name(word, models) for word in near
    )


def _title(word: str) -> str:
    parts = word.split("-")
    return "-".join(part[:1] + _same_length(part[1:], part[1:].lower()) for part in parts)


def _same_length(word: str, other: str) -> str:
    return other if len(other) == len(word) else word
