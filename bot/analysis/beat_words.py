"""The words that every article of a beat is full of, so that they tell no event from another."""

from bot.beat import Beat
from summarizer.lookalikes import words

_SURE = 0.7


def common_words(beat: Beat) -> frozenset[str]:
    """List them in dictionary form, folded: what surely tells of a side, and who by a surname."""
    forms = [
        form
        for term in beat.words
        if term.tells in beat.sides and term.weight >= _SURE
        for form in term.forms
        if " " not in form
    ]
    names = [
        name.split()[-1]
        for person in beat.people
        if person.by_surname
        for name in (person.name, person.latin, person.kazakh)
        if name
    ]
    said = (*beat.sides.values(), *forms, *names)
    return frozenset(word for text in said for word in words(text))
