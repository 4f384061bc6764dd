"""The people of the beat, as the archive and the analysis know them."""

from collections.abc import Mapping, Sequence

from bot.archive.people_rows import KnownPerson
from bot.beat import Beat
from summarizer.name_keys import take_apart


def known_people(beat: Beat) -> tuple[KnownPerson, ...]:
    """List the people whom the beat names, each with all forms of the name."""
    return tuple(
        KnownPerson(
            person.name,
            person.latin or None,
            (*((person.kazakh,) if person.kazakh else ()), *person.aliases),
            by_surname=person.by_surname,
        )
        for person in beat.people
    )


def surnames(people: Sequence[KnownPerson], *, everybody: bool) -> Mapping[str, str]:
    """Map surnames, folded, to canonical names, so that a surname alone names its bearer.

    everybody: take all people of the beat, as a Kazakh text needs, where only they are found;
    else only those whom the beat knows by their surname alone. One that two bear tells nothing.
    """
    bearers: dict[str, set[str]] = {}
    for person in people:
        if not (everybody or person.by_surname):
            continue
        for name in (person.name, *person.aliases):
            parts = take_apart(name)
            if parts is not None:
                bearers.setdefault(parts.surname, set()).add(person.name)
    return {surname: next(iter(names)) for surname, names in bearers.items() if len(names) == 1}
