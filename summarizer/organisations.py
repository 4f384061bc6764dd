"""Organisations and places: the tagger's names, joined over their cases."""

import re
from collections.abc import Iterable, Iterator, Sequence

from summarizer.analysis import Entity, Person
from summarizer.lookalikes import fold
from summarizer.models import Models, Parse
from summarizer.ner import Kind, Tagged, Token
from summarizer.spans import Span

_WORD = re.compile(r"[^\W_]+(?:[-–'’&.][^\W_]+)*")
_QUOTES = "«»„“”\"'"
_LONGEST = 200
_COUNTRIES = frozenset({"США", "РК", "РФ", "КНР", "ООН", "ЕС", "ОАЭ", "СНГ", "ФРГ"})

Key = tuple[str, ...]


def find_organisations(tagged: Tagged, people: Sequence[Person]) -> tuple[Entity, ...]:
    """List the organisations of a tagged text by first mention.

    A name goes on over what narrows it: "Сенат | Парламента | Казахстана". Mentions whose
    words have the same dictionary forms are one organisation, and a short form is the long one
    that begins with it, when there is only one.
    """
    joined = _joined(tagged, _not_people(_extended(tagged), people))
    for key in list(joined):
        longer = [other for other in joined if len(other) > len(key) and other[: len(key)] == key]
        if len(longer) == 1:
            joined[longer[0]] = sorted(
                [*joined[longer[0]], *joined.pop(key)], key=lambda span: span.start
            )
    return _entities(tagged, joined)


def find_places(tagged: Tagged, people: Sequence[Person]) -> tuple[Entity, ...]:
    """List the places of a tagged text by first mention, joined as organisations are."""
    return _entities(tagged, _joined(tagged, _not_people(_spans(tagged, "LOC"), people)))


def _spans(tagged: Tagged, kind: Kind) -> Iterator[Span]:
    for named in tagged.named(kind):
        text = tagged.original[named.span.start : named.span.end]
        if len(text) <= _LONGEST and sum(map(str.isalpha, text)) > 1:
            yield named.span


def _extended(tagged: Tagged) -> Iterator[Span]:
    """Let each organisation go on over the words right after it that narrow it."""
    reached = 0
    for named in tagged.named("ORG"):
        if named.span.start < reached:
            continue
        tokens = tagged.sentences[named.sentence]
        last = named.last
        while last + 1 < len(tokens) and _narrows(tagged, tokens[last], tokens[last + 1]):
            last += 1
        span = Span(named.span.start, tokens[last].span.end)
        reached = span.end
        text = tagged.original[span.start : span.end]
        if len(text) <= _LONGEST and sum(map(str.isalpha, text)) > 1:
            yield span


def _narrows(tagged: Tagged, before: Token, word: Token) -> bool:
    """Say whether a capitalised word can stand in the genitive after an organisation's name."""
    if tagged.original[before.span.end : word.span.start] != " " or not word.text[:1].isupper():
        return False
    if word.text.isupper():
        return word.text in _COUNTRIES
    reading = tagged.models.parse(fold(word.text))
    return (
        bool(reading)
        and reading[0].known
        and any(
            {"gent", "NOUN"} <= parse.marks and not parse.marks & {"Surn", "Name", "anim", "Patr"}
            for parse in reading
        )
    )


def _not_people(spans: Iterable[Span], people: Sequence[Person]) -> Iterator[Span]:
    """Pass over what is a part of a person's name, or holds one; both come in order."""
    names = sorted((span.start, span.end) for person in people for span in person.mentions)
    index = 0
    for span in spans:
        while index < len(names) and names[index][1] <= span.start:
            index += 1
        if index == len(names) or names[index][0] >= span.end:
            yield span


def _joined(tagged: Tagged, spans: Iterable[Span]) -> dict[Key, list[Span]]:
    mentions: dict[Key, list[Span]] = {}
    for span in spans:
        words = _WORD.findall(fold(tagged.original[span.start : span.end]))
        if key := tuple(_lemma(tagged.models, word) for word in words):
            mentions.setdefault(key, []).append(span)
    return mentions


def _lemma(models: Models, word: str) -> str:
    parses = models.parse(word)
    return parses[0].lemma if parses and parses[0].known else word


def _entities(tagged: Tagged, joined: dict[Key, list[Span]]) -> tuple[Entity, ...]:
    entities = [Entity(_name(tagged, key, spans), tuple(spans)) for key, spans in joined.items()]
    return tuple(sorted(entities, key=lambda entity: entity.mentions[0].start))


def _name(tagged: Tagged, key: Key, spans: Sequence[Span]) -> str:
    """Write a name in the nominative where that is certain, else as it is written at first."""
    surfaces = [" ".join(tagged.original[span.start : span.end].split()) for span in spans]
    whole = [surface for surface in surfaces if len(_WORD.findall(surface)) == len(key)]
    for surface in dict.fromkeys(whole):
        if nominative := _nominative(tagged.models, surface):
            return nominative
    return whole[0] if whole else surfaces[0]


def _nominative(models: Models, surface: str) -> str | None:
    """Put the adjectives and the noun that a name begins with into the nominative."""
    adjectives: list[re.Match[str]] = []
    for match in _WORD.finditer(surface):
        word = match.group()
        quoted = surface[: match.start()].rstrip()[-1:] in set(_QUOTES)
        parses = () if quoted or word.isupper() or word.isascii() else models.parse(fold(word))
        if not parses or not parses[0].known:
            return None if adjectives or not (quoted or word.isupper()) else surface
        if {"ADJF", "PRTF"} & parses[0].marks:
            adjectives.append(match)
            continue
        noun = _noun(parses)
        return _agreed(models, surface, adjectives, match, noun) if noun else None
    return None


def _noun(parses: Sequence[Parse]) -> Parse | None:
    """Choose the reading of a noun: a place before a thing, one of several before several.

    None when readings of two words are as good: "Газа" may be the place or of gas.
    """
    nouns = [parse for parse in parses if "NOUN" in parse.marks and parse.known]
    places = [parse for parse in nouns if "Geox" in parse.marks]
    chosen = [parse for parse in places or nouns if "sing" in parse.marks] or places or nouns
    if not chosen or len({parse.lemma for parse in chosen}) > 1:
        return None
    nominative = [parse for parse in chosen if "nomn" in parse.marks]
    return nominative[0] if nominative else chosen[0]


def _agreed(
    models: Models,
    surface: str,
    adjectives: Sequence[re.Match[str]],
    match: re.Match[str],
    noun: Parse,
) -> str | None:
    number = "sing" if "sing" in noun.marks else "plur"
    wanted = {"nomn", number}
    changed = [(match, noun.raw.inflect(wanted))]
    gender = {"masc", "femn", "neut"} & noun.marks if number == "sing" else set()
    for adjective in adjectives:
        raw = models.parse(fold(adjective.group()))[0].raw
        changed.append((adjective, raw.inflect(wanted | gender)))
    for place, form in sorted(changed, key=lambda pair: pair[0].start(), reverse=True):
        if form is None:
            return None
        written = _as_written(place.group(), str(form.word))
        surface = surface[: place.start()] + written + surface[place.end() :]
    return surface


def _as_written(old: str, form: str) -> str:
    """Give a form the capitals of the word it stands for: "Нью-Йорком" → "Нью-Йорк"."""
    if fold(old) == fold(form):
        return old
    if "ё" not in old.lower():
        form = form.replace("ё", "е")
    parts, capitals = form.split("-"), old.split("-")
    if len(parts) != len(capitals):
        capitals = [old] * len(parts)
    return "-".join(
        part.capitalize() if was[:1].isupper() else part
        for part, was in zip(parts, capitals, strict=True)
    )
