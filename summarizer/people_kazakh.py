"""The people of a Kazakh article: those the desk follows, and sure first names with surnames."""

import re
from collections.abc import Mapping, Sequence, Set

from summarizer.analysis import Person
from summarizer.models import Models
from summarizer.names_lexicon import first_names, listed
from summarizer.spans import Span

_TO_RUSSIAN = str.maketrans("әғқңөұүһіё", "агкноуухие")
_WORD = re.compile(r"[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]+(?:-[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]+)*")
_ENDING = re.compile(
    r"(?:[ндт][ыі]ң|[ғгқк][ае]|н[ае]|[ндт][ыі]|[дтн][ае]н|[дт][ае]|нд[ае]|[мпб]ен)$"
)
_SURNAME = re.compile(r"(?:[ое]в|[ие]н|[ое]ва|[ие]на|ин|ина|лы|бай|бек|хан)$")


def find_kazakh_people(
    text: str, sentences: Sequence[Span], known: Mapping[str, str], models: Models
) -> tuple[Person, ...]:
    """Find people in a Kazakh text by surnames without their case endings.

    Args:
        text: the original text.
        sentences: where its sentences stand.
        known: canonical names by folded surname, for people whom the desk follows.
        models: for the list of first names.

    Returns:
        People by first mention; one whom the desk follows has the canonical name.
    """
    followed = {_fold(surname): name for surname, name in known.items()}
    given = frozenset(map(_fold, first_names(models) | listed("women.txt")))
    found: dict[str, list[Span]] = {}
    for sentence in sentences:
        words = list(_WORD.finditer(text, sentence.start, sentence.end))
        for index, match in enumerate(words):
            before = words[index - 1] if index else None
            if before and text[before.end() : match.start()].strip(" \u00a0"):
                before = None
            name, start = _name_at(match, before, followed, given)
            if name:
                found.setdefault(name, []).append(Span(start, match.end()))
    return tuple(
        Person(
            name=name,
            initials_only=False,
            gender=None,
            surfaces=tuple(dict.fromkeys(text[span.start : span.end] for span in spans)),
            mentions=tuple(spans),
            roles=(),
        )
        for name, spans in found.items()
    )


def _name_at(
    match: re.Match[str],
    before: re.Match[str] | None,
    followed: Mapping[str, str],
    given: Set[str],
) -> tuple[str | None, int]:
    """Tell whose surname stands at a word, and where the name begins."""
    stems = [match.group(), _ENDING.sub("", match.group())]
    first = before.group() if before else ""
    for stem in stems:
        canonical = followed.get(_fold(stem))
        if canonical is None:
            continue
        if before and _fold(first) == _fold(canonical.split()[0]):
            return canonical, before.start()
        if _fold(first) not in given:
            return canonical, match.start()
    if before and _fold(first) in given:
        for stem in stems[::-1]:
            if _SURNAME.search(_fold(stem)):
                return f"{first} {stem}", before.start()
    return None, match.start()


def _fold(word: str) -> str:
    return word.lower().translate(_TO_RUSSIAN)
