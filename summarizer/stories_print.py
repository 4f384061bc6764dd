"""What of an article is kept to tell whether another one reports the same event."""

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import mul

NAME_SIGN = "~"
"""Before the sound of a proper name, which is the same in every alphabet: "~tokaev"."""

VECTOR_SCALE = 127
_BY_EAR = re.compile("[aeiouyhvw]")
_DOUBLED = re.compile(r"(.)\1+")
_ALIKE = str.maketrans({"z": "s", "c": "s", "j": "g", "q": "k"})
_KEYS_OF_WORDS = 16
_LEAST_TELLING = 0.12


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """An article as compared with others; words in dictionary form, names by their sound.

    `terms` weigh what it speaks of, a vector of length 1. `title` weighs the proper names of its
    title, `names` are all proper names of the text, `people` the surnames of its people. `days`
    are those that its title and first sentences state ("2024-03-26", "--03-26"), `years` those
    that they state, `numbers` all its figures. `title_days` are those of the title:
    what the article is about. `vector` is the sentence embedding of title and
    beginning, one signed byte a dimension, or empty.
    """

    language: str
    terms: Mapping[str, float]
    title: Mapping[str, float] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    title_days: frozenset[str] = frozenset()
    vector: bytes = b""


@lru_cache(maxsize=50_000)
def skeleton(name: str) -> str:
    """Reduce the sound of a name to what survives its way into another language.

    Vowels, "h", "v" and "w" are written by ear ("Bradshaw" is "Брэдшоу", "Houston" is "Хьюстон"),
    and "s" for "z": what is left are the other consonants in their order. A name of fewer than two
    of them keeps its first letter as well.
    """
    bare = name.removeprefix(NAME_SIGN)
    consonants = _DOUBLED.sub(r"\1", _BY_EAR.sub("", bare.translate(_ALIKE)))
    return consonants if len(consonants) >= 2 else bare[:1] + consonants


def packed(fingerprint: Fingerprint) -> bytes:
    """Write a fingerprint in few bytes (about 1.5 KB), for `unpacked`."""
    body = json.dumps(
        [
            fingerprint.language,
            {term: round(weight, 4) for term, weight in fingerprint.terms.items()},
            {name: round(weight, 4) for name, weight in fingerprint.title.items()},
            *(
                sorted(values)
                for values in (
                    fingerprint.names,
                    fingerprint.people,
                    fingerprint.days,
                    fingerprint.years,
                    fingerprint.numbers,
                    fingerprint.title_days,
                )
            ),
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return bytes([len(fingerprint.vector) // 4]) + fingerprint.vector + zlib.compress(body.encode())


def unpacked(stored: bytes) -> Fingerprint:
    """Read what `packed` wrote."""
    end = 1 + 4 * stored[0]
    language, terms, title, *lists = json.loads(zlib.decompress(stored[end:]))
    names, people, days, years, numbers, title_days = map(frozenset[str], lists)
    return Fingerprint(
        language, terms, title, names, people, days, years, numbers, title_days, stored[1:end]
    )


def keys(fingerprint: Fingerprint) -> tuple[tuple[str, float], ...]:
    """Give what articles about one event find each other by, each with how much it tells (0 to 1).

    Every pair of people, every person, and the words that tell most.
    """
    people = sorted({skeleton(person) for person in fingerprint.people})[:12]
    pairs = [
        (f"{one}+{other}", 1.0) for index, one in enumerate(people) for other in people[index + 1 :]
    ]
    alone = [(f"{NAME_SIGN}{person}", 0.3) for person in people]
    words = _heaviest(fingerprint.terms, _KEYS_OF_WORDS)
    found = dict([*pairs[:20], *alone])
    for word, weight in words:
        if weight >= _LEAST_TELLING:
            key = NAME_SIGN + skeleton(word) if word.startswith(NAME_SIGN) else word
            found[key] = max(found.get(key, 0.0), min(1.0, 2 * weight))
    return tuple(found.items())


def _heaviest(terms: Mapping[str, float], count: int) -> Iterable[tuple[str, float]]:
    return sorted(terms.items(), key=lambda item: (-item[1], item[0]))[:count]


def cosine(one: bytes, other: bytes) -> float | None:
    """Compare two embeddings; None where one is missing."""
    if not one or len(one) != len(other):
        return None
    left, right = memoryview(one).cast("b"), memoryview(other).cast("b")
    product = sum(map(mul, left, right))
    lengths = sum(map(mul, left, left)) * sum(map(mul, right, right))
    return float(product / lengths**0.5) if lengths else None
