"""Nouns that name a post."""

from functools import lru_cache

from summarizer.models import Models, Parse
from summarizer.names_lexicon import listed


@lru_cache(maxsize=20_000)
def head_parses(word: str, models: Models) -> tuple[Parse, ...]:
    """List the readings of a word as a noun that names a post; none when it names none.

    "экс-министра", "вице-президентом" and the like count by what follows the hyphen.
    """
    found = []
    for part in dict.fromkeys((word, word.rsplit("-", 1)[-1])):
        found += [parse for parse in models.parse(part) if _names_post(parse)]
    return tuple(found)


def _names_post(parse: Parse) -> bool:
    if parse.marks & {"Name", "Surn", "Patr", "Geox"}:
        return False
    if "NOUN" in parse.marks:
        return parse.lemma.replace("ё", "е") in listed("posts.txt")
    if not is_adjectival(parse):
        return False
    nominative = parse.raw.inflect({"nomn", "sing", "masc"})
    return nominative is not None and nominative.word.replace("ё", "е") in listed("posts.txt")


def is_adjectival(parse: Parse) -> bool:
    """Say whether a reading is an adjective or participle: "поверенный", "управляющий"."""
    return bool(parse.marks & {"ADJF", "PRTF"})


def is_head(word: str, models: Models) -> bool:
    """Say whether a word, in any case and number, names a post."""
    folded = word.lower().replace("ё", "е")
    return folded in listed("posts.txt") or bool(head_parses(folded, models))
