"""Whom a sentence names, so that others can stand in their stead."""

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.analysis import Gender, Person
from summarizer.evaluation import spoil_forms as forms
from summarizer.evaluation.spoil_words import Sample
from summarizer.lookalikes import fold
from summarizer.names_lexicon import first_name_gender
from summarizer.people_mentions import Mention, find_mentions
from summarizer.summary.evidence_source import Source
from summarizer.summary.evidence_words import same_name


@dataclass(frozen=True)
class Said:
    """A person as a sentence names them."""

    mention: Mention
    person: Person | None
    gender: Gender
    case: str


def people_named(sample: Sample) -> Iterator[Said]:
    """List the people of a sentence whose case and gender are known."""
    models = sample.source.models
    for mention in find_mentions(sample.tagged):
        word = sample.line.words[mention.last]
        case = forms.case_of(word)
        person = whose(mention, sample.source)
        gender = person.gender if person else None
        if gender is None and mention.given:
            gender = first_name_gender(mention.given[0], models)
        if case and gender and mention.surname:
            yield Said(mention, person, gender, case)


def whose(mention: Mention, source: Source) -> Person | None:
    """Find the one person of the article who bears a surname."""
    surname = fold(mention.surname or mention.parts[-1])
    found = [
        person
        for person in source.people
        if any(same_name(surname, fold(part)) for part in person.name.split())
    ]
    return found[0] if len(found) == 1 else None
