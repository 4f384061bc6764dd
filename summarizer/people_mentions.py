"""The places of an article where a person is named, each parted into first name and surname."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarizer.models import Models
from summarizer.names_lexicon import is_common_word, is_first_name, is_surname
from summarizer.names_words import PARTICLES, is_initial, is_latin, is_numeral, is_patronymic
from summarizer.ner import Named, Tagged
from summarizer.people_filter import is_no_person, is_place, names_a_thing
from summarizer.people_spans import Run, SpanReader
from summarizer.roles_heads import is_head
from summarizer.spans import Span

_PARTS_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named.

    `given` are first and middle names, `initials` letters without their full stops, `surname` is
    "" where nothing but a first name stands, `patronymic` where there is none: all inflected as
    the text has them. `first` and `last` are token numbers in their sentence.
    """

    sentence: int
    first: int
    last: int
    span: Span
    given: tuple[str, ...]
    initials: tuple[str, ...]
    patronymic: str
    surname: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The words that are declined: given names, then the surname."""
        return (*self.given, self.surname) if self.surname else self.given

    @property
    def is_full(self) -> bool:
        """Whether a first name and a surname stand here."""
        return bool(self.given and self.surname)


def find_mentions(tagged: Tagged) -> list[Mention]:
    """Find where people are named, in order.

    Left out are names after which a street, a ship or an amendment is called, places, and common
    words that begin a sentence.
    """
    by_sentence: dict[int, list[Named]] = {}
    for name in tagged.names:
        by_sentence.setdefault(name.sentence, []).append(name)
    found = []
    for number, tokens in enumerate(tagged.sentences):
        words = [token.text for token in tokens]
        for run, is_tagged in SpanReader(tokens, by_sentence.get(number, []), tagged.models).read():
            mention = _read_mention(tagged, number, words, run)
            if mention and _is_person(mention, words, tagged.models, is_tagged=is_tagged):
                found.append(mention)
    return _with_shared_surnames(found, tagged)


def _with_shared_surnames(mentions: list[Mention], tagged: Tagged) -> list[Mention]:
    """Give the first name in "Барак и Мишель Обама" the surname that follows."""
    shared = list(mentions)
    for index, (mention, after) in enumerate(pairwise(mentions)):
        if mention.sentence != after.sentence or not after.given or not after.surname:
            continue
        between = tagged.sentences[mention.sentence][mention.last + 1 : after.first]
        lone = not mention.given and not mention.initials
        if lone and [token.text for token in between] == ["и"]:
            name = mention.surname
            if is_first_name(name, tagged.models) and not is_surname(name, tagged.models):
                shared[index] = replace(mention, given=(name,), surname=after.surname)
    return shared


def _is_person(mention: Mention, words: Sequence[str], models: Models, *, is_tagged: bool) -> bool:
    if names_a_thing(words, mention.first, mention.last, models):
        return False
    if not _is_one_script(mention) or is_no_person(" ".join(mention.parts)):
        return False
    if mention.given or mention.initials:
        return bool(mention.surname) or is_tagged
    word = mention.surname
    if is_no_person(word) or is_head(word, models):
        return False
    if is_place(word, models) or len(word) < 2:
        return False
    inside = mention.first > 0 and words[mention.first - 1][-1:].isalnum()
    return inside or not is_common_word(word, models) or is_surname(word, models)


def _is_one_script(mention: Mention) -> bool:
    """Say whether a name is in one alphabet: "ЗАЗ Forza" is a car, "Карл III" a king."""
    latin = [is_latin(part) for part in mention.parts if not is_numeral(part)]
    return bool(latin) and all(latin) == any(latin)


def _read_mention(tagged: Tagged, number: int, words: Sequence[str], run: Run) -> Mention | None:
    """Part the words of a name into initials, given names, patronymic and surname."""
    first, last = run
    tokens = tagged.sentences[number]
    initials: list[str] = []
    names: list[str] = []
    for index in range(first, last + 1):
        word = words[index]
        follows = words[index + 1] if index + 1 < len(words) else ""
        if word == ".":
            continue
        if is_initial(word) and (follows == "." or (index < last and len(word) == 1)):
            initials.append(word)
        elif word[:1].isalpha():
            names.append(word)
    if not names or len(names) > _PARTS_AT_MOST:
        return None
    given, patronymic, surname = _order(_with_particles(names), initials, tagged.models)
    span = Span(tokens[first].span.start, tokens[last].span.end)
    return Mention(number, first, last, span, given, tuple(initials), patronymic, surname)


def _with_particles(names: Sequence[str]) -> list[str]:
    """Bind "бин" and "де" to the word after them, "оглы" to the one before."""
    bound: list[str] = []
    held = ""
    for name in names:
        folded = name.lower()
        if folded in ("оглы", "улы", "углы", "кызы", "ұлы", "қызы", "оглу") and bound:
            bound[-1] += f" {name}"
        elif folded in PARTICLES and name is not names[-1] and (bound or name[0].islower()):
            held += f"{name} "
        else:
            bound.append(held + name)
            held = ""
    return bound


def _order(
    names: list[str], initials: Sequence[str], models: Models
) -> tuple[tuple[str, ...], str, str]:
    """Tell given names, patronymic and surname apart, whichever comes first."""
    if len(names) == 1:
        return (), "", names[0]
    patronymic = ""
    if len(names) == 2 and _is_first_and_patronymic(names, models):
        return (names[0],), names[1], ""
    if len(names) == 3 and is_patronymic(names[2]) and is_first_name(names[1], models):
        return (names[1],), names[2], names[0]
    middle = [name for name in names[1:-1] if is_patronymic(name)]
    if middle:
        patronymic = middle[0]
        names = [name for name in names if name is not patronymic]
    if len(names) == 2 and not patronymic and not initials and _is_reversed(names, models):
        names = names[::-1]
    if len(names) == 1:
        return (), patronymic, names[0]
    return tuple(names[:-1]), patronymic, names[-1]


def _is_first_and_patronymic(names: Sequence[str], models: Models) -> bool:
    """Say whether no surname stands here: "Наина Иосифовна", but not "Виктор Янукович"."""
    name, after = names
    return (
        is_patronymic(after)
        and is_first_name(name, models)
        and any(parse.known and "Patr" in parse.marks for parse in models.parse(after))
        and not is_surname(after, models)
    )


def _is_reversed(names: Sequence[str], models: Models) -> bool:
    """Say whether a surname stands before the first name: "Токаев Касым-Жомарт"."""
    before, after = names
    if is_first_name(before, models) or not is_first_name(after, models):
        return False
    return len(before) > 3 and not is_surname(after, models)
