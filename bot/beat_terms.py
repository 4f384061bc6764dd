"""What the people, organisations and places of a beat tell about a text."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from summarizer.terms import ALL, Term

if TYPE_CHECKING:
    from bot.beat import Beat, BeatPerson, BeatPlace

_PERSON, _ORGANISATION = 0.8, 0.9


def gather(beat: "Beat") -> Iterator[Term]:
    """Make the terms of a beat's people, organisations and places."""
    yield from map(_person, beat.people)
    for organisation in beat.organisations:
        tells = organisation.side if organisation.side in beat.sides else ALL
        names = (organisation.name, *organisation.aliases)
        yield Term(organisation.name, "organisation", tells, _ORGANISATION, names)
    yield from map(_place, beat.places)


def _person(person: "BeatPerson") -> Term:
    names = _once(
        (person.name, person.latin, *((person.kazakh,) if person.kazakh else ()), *person.aliases)
    )
    surnames = _once(name.split()[-1] for name in names)
    initialled = _once(f"{name[0]}. {name.split()[-1]}" for name in names)
    full = (*names, *initialled)
    if person.by_surname:
        return Term(person.name, "person", person.side, _PERSON, (*full, *surnames))
    return Term(person.name, "person", person.side, _PERSON, full, echoes=surnames)


def _place(place: "BeatPlace") -> Term:
    former = (name for old in place.former for name in (old.name, *old.aliases))
    forms = (place.name, *place.aliases, *former)
    return Term(place.name, "place", place.side, place.weight, forms)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
