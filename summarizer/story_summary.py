"""What a story says: told from all its articles, without repetition, each sentence with its place.

Every sentence is one that an article's own summary has; none is written anew, so that what holds
for those (each rests on its source) holds here.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from summarizer.differences import Difference, differences
from summarizer.headline import shorten
from summarizer.name_keys import surname_sound
from summarizer.stories_material import Encounter, Figure, Material, Said, Upcoming
from summarizer.stories_stems import HEADLINE_WORDS, stems

MOST_LINES = 3
_MOST_WORDS = 75
_NEW = 0.55
"""The share of a sentence's words that nothing told before has said, for it to be told."""

_NEW_ELSEWHERE = 0.67
"""The same for a sentence of another article, which says much again in other words."""

_SAME = 0.8
_READ_OF_EACH = 6
_MOST_UPCOMING = 5
_MOST_FIGURES = 5
_MOST_ENCOUNTERS = 3
_MOST_PLACES = 3
_LEANS = re.compile(
    r"(?:Он|Она|Они|Оно|Это|Этот|Эта|Эти|Его|Её|Ее|Их|Также|При этом|Кроме того|Поэтому|Однако|По "
    r"(?:его|её|ее|их) словам|Об этом|Там|Тогда|Так|Ранее|He|She|It|They|This|These|That"
    r"|His|Her|Their|Also|Ол|Олар|Бұл|Оның)(?![^\W_])"
)
_LOADED = re.compile(r"[?!]|\.\.\.|…$|^[^:]{1,40}: «")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and the articles that say it, by their places among the materials."""

    text: str
    said_by: tuple[tuple[int, Said], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A story as told; `source` of each thing is the place of its article among the materials."""

    headline: str
    lines: tuple[Line, ...]
    happened_on: str | None
    places: tuple[str, ...]
    differences: tuple[Difference, ...]
    upcoming: tuple[tuple[int, Upcoming], ...]
    figures: tuple[tuple[int, Figure], ...]
    encounters: tuple[tuple[int, Encounter], ...] = ()


def tell(materials: Sequence[Material]) -> Told:
    """Tell a story.

    Args:
        materials: those of its articles in order of publication, at least one, without reprints.

    Returns:
        The story in the language of its articles: Russian where one is Russian, since sentences
        of two languages do not read as one text.
    """
    language = main_language(materials)
    spoken = [index for index, one in enumerate(materials) if one.language == language]
    central = _central(materials, spoken)
    return Told(
        headline=_headline(materials, spoken, central),
        lines=_lines(materials, spoken, central),
        happened_on=_most_said(one.happened_on for one in materials),
        places=_places(materials, spoken),
        differences=differences(materials),
        upcoming=_upcoming(materials, spoken),
        figures=_figures(materials, spoken),
        encounters=_encounters(materials, spoken),
    )


def news(
    before: Sequence[Material], after: Sequence[Material], *, at_most: int = MOST_LINES
) -> tuple[Line, ...]:
    """Say what articles add to those before them.

    Args:
        before: the articles that a reader knows.
        after: those that came since; `Line.said_by` counts among these.
        at_most: sentences.
    """
    language = main_language([*before, *after])
    known = {stem for one in before for said in one.sentences for stem in stems(said.text)}
    told: list[Line] = []
    for index, one in enumerate(after):
        if one.language != language:
            continue
        for said in one.sentences[:_READ_OF_EACH]:
            words = set(stems(said.text))
            if len(told) < at_most and _stands_alone(said) and _newness(words, known) >= _NEW:
                told.append(Line(said.text, ((index, said),)))
                known |= words
    return tuple(told)


def main_language(materials: Sequence[Material]) -> str:
    """Name the language that a story is told in."""
    languages = [one.language for one in materials]
    return "ru" if "ru" in languages else max(sorted(set(languages)), key=languages.count)


def _central(materials: Sequence[Material], spoken: Sequence[int]) -> int:
    """Find the article whose beginning shares most with what the others say; of equals the first.

    A later article that shares as much is not better: it tells what the first one told.
    """
    if len(spoken) == 1:
        return spoken[0]
    said = {index: _beginning(materials[index]) for index in spoken}
    counts: dict[str, int] = {}
    for words in said.values():
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    return max(
        spoken,
        key=lambda index: (
            sum(counts[word] - 1 for word in said[index]) / max(8, len(said[index])),
            -index,
        ),
    )


def _beginning(material: Material) -> set[str]:
    texts = [material.headline, *(said.text for said in material.sentences[:1])]
    return {stem for text in texts for stem in stems(text)}


def _headline(materials: Sequence[Material], spoken: Sequence[int], central: int) -> str:
    """Take the most central headline that is neutral: no question, no exclamation, no quotation."""
    order = [central, *(index for index in spoken if index != central)]
    shown = [materials[index].headline for index in order if materials[index].headline]
    neutral = [one for one in shown if not _LOADED.search(one)]
    chosen = next(iter(neutral or shown), "")
    return shorten(chosen, HEADLINE_WORDS) if chosen else ""


def _lines(materials: Sequence[Material], spoken: Sequence[int], central: int) -> tuple[Line, ...]:
    """Choose sentences: the central article's first, then those that add most, in reading order."""
    pool = [
        (index, place, said, set(stems(said.text)))
        for index in [central, *(other for other in spoken if other != central)]
        for place, said in enumerate(materials[index].sentences[:_READ_OF_EACH])
    ]
    if not pool:
        return ()
    opening = next((one for one in pool if _is_whole(one[2])), pool[0])
    chosen = [opening]
    known = set(opening[3])
    length = len(opening[2].text.split())
    while len(chosen) < MOST_LINES:
        best = max(
            (
                one
                for one in pool
                if _stands_alone(one[2])
                and one not in chosen
                and length + len(one[2].text.split()) <= _MOST_WORDS
                and _newness(one[3], known) >= (_NEW if one[0] == central else _NEW_ELSEWHERE)
            ),
            key=lambda one: _newness(one[3], known) / (1 + one[1]) + 0.2 * (one[0] == central),
            default=None,
        )
        if best is None:
            break
        chosen.append(best)
        known |= best[3]
        length += len(best[2].text.split())
    first, *rest = chosen
    ordered = [first, *sorted(rest, key=lambda one: (one[0] != central, one[1], one[0]))]
    return tuple(
        Line(said.text, ((index, said), *_also(pool, index, said, words)))
        for index, _, said, words in ordered
    )


def _also(
    pool: Sequence[tuple[int, int, Said, set[str]]], index: int, said: Said, words: set[str]
) -> Iterable[tuple[int, Said]]:
    """Find other articles that say the same: nearly all its words and every figure."""
    figures = set(_NUMBER.findall(said.text))
    told = {index}
    for other, _, another, others in pool:
        if other in told or not words or len(words & others) < _SAME * len(words):
            continue
        if figures <= set(_NUMBER.findall(another.text)):
            told.add(other)
            yield other, another


def _stands_alone(said: Said) -> bool:
    """Say whether a sentence can be read without the one before it, or after it."""
    return _LEANS.match(said.text.lstrip('«"“—– ')) is None and _is_whole(said)


def _is_whole(said: Said) -> bool:
    """Say whether a sentence holds all of its quotations: none goes on in the next one."""
    text = said.text
    pairs = (("«", "»"), ("“", "”"))
    return text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in pairs)


def _newness(words: set[str], known: set[str]) -> float:
    return len(words - known) / len(words) if words else 0.0


def _most_said(values: Iterable[str | None]) -> str | None:
    """Give what most articles say; where as many say something else, what the first one says."""
    stated = [value for value in values if value]
    return max(stated, key=stated.count) if stated else None


def _places(materials: Sequence[Material], spoken: Sequence[int]) -> tuple[str, ...]:
    named = [place for index in spoken for place in dict.fromkeys(materials[index].places)]
    ranked = sorted(dict.fromkeys(named), key=lambda place: -named.count(place))
    # "Делавэре" is "Делавэр" where the nominative was not certain; the shorter is it.
    once: dict[tuple[str, ...], str] = {}
    for place in ranked:
        known = once.setdefault(stems(place) or (place,), place)
        if len(place) < len(known):
            once[stems(place) or (place,)] = place
    return tuple(list(once.values())[:_MOST_PLACES])


def _upcoming(
    materials: Sequence[Material], spoken: Sequence[int]
) -> tuple[tuple[int, Upcoming], ...]:
    """List what lies ahead by day, what two articles say of one day once."""
    found: dict[tuple[str, str], tuple[int, Upcoming]] = {}
    for index in spoken:
        for one in materials[index].upcoming:
            found.setdefault((one.starts_on, one.ends_on), (index, one))
    ordered = sorted(found.values(), key=lambda item: (item[1].starts_on, item[1].ends_on))
    return tuple(ordered[:_MOST_UPCOMING])


def _figures(
    materials: Sequence[Material], spoken: Sequence[int]
) -> tuple[tuple[int, Figure], ...]:
    found: dict[str, tuple[int, Figure]] = {}
    for index in spoken:
        for one in materials[index].figures:
            found.setdefault("".join(one.value.split()), (index, one))
    return tuple(islice(found.values(), _MOST_FIGURES))


def _encounters(
    materials: Sequence[Material], spoken: Sequence[int]
) -> tuple[tuple[int, Encounter], ...]:
    """List who met whom and who went where, each once: as told by who says most of where and when.

    Who visited in one sentence and met somebody in the next is told by the meeting alone.
    """
    found: dict[frozenset[str], tuple[int, Encounter]] = {}
    for index in spoken:
        for one in materials[index].encounters:
            people = frozenset(surname_sound(name) or name for name in one.people)
            known = found.get(people)
            if known is None or _certain(one) > _certain(known[1]):
                found[people] = (index, one)
    kept = [told for people, told in found.items() if not any(people < others for others in found)]
    return tuple(kept[:_MOST_ENCOUNTERS])


def _certain(one: Encounter) -> int:
    return (one.place is not None) + (one.day is not None)
