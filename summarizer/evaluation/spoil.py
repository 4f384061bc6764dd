"""Faithful sentences spoilt on purpose, one fault each, to see whether the check catches it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from summarizer.analysis import Person
from summarizer.evaluation import spoil_forms as forms
from summarizer.evaluation.spoil_modality import spoil_modality
from summarizer.evaluation.spoil_numbers import spoil_dates, spoil_numbers
from summarizer.evaluation.spoil_people import Said, people_named
from summarizer.evaluation.spoil_roles import spoil_roles
from summarizer.evaluation.spoil_words import Sample, Spoilt, pick, replaced
from summarizer.lookalikes import fold
from summarizer.models import Models
from summarizer.names_words import is_latin
from summarizer.organisations import find_places
from summarizer.people_mentions import Mention
from summarizer.posts import serves
from summarizer.summary.evidence_faults import FaultKind
from summarizer.summary.evidence_grammar import is_denied, part_of
from summarizer.summary.evidence_source import Source

_SPEECH = (
    "заяв", "сказа", "сообщ", "отмет", "подчерк", "рассказ", "добав", "пояс", "объяс", "уточн",
    "призна", "ответ", "считать", "говор", "утвержд", "напомн", "обеща", "предупред", "подтверд",
    "назва", "счесть", "потреб", "призва", "словам",
)  # fmt: skip
_REPLACING_POSTS = {
    "m": ("министр", "посол", "губернатор", "депутат", "директор", "председатель", "генерал",
          "советник", "прокурор", "сенатор", "режиссёр", "тренер"),
    "f": ("министр", "посол", "губернатор", "депутат", "директор", "сенатор"),
}  # fmt: skip


_NEWS = 2
"""Words of a clause that its new article must lack for the clause to add something."""

TUNING, FIGURE = 0, 1
"""The half that weights and thresholds are made on, and the one that is only measured."""

_CLAUSES = ("root", "conj", "parataxis", "ccomp")


@dataclass(frozen=True)
class Pool:
    """What other articles offer to spoil with: people, places, clauses that say something."""

    people: tuple[Person, ...]
    places: tuple[str, ...]
    clauses: tuple[str, ...]
    tails: tuple[str, ...]


def spoil(sample: Sample, pool: Pool) -> Iterator[Spoilt]:
    """Spoil a sentence in every way that it allows, one fault in each copy.

    Args:
        sample: the faithful sentence and its article.
        pool: names and clauses of other articles.

    Returns:
        Spoilt copies; which name or number is taken depends on the sentence alone.
    """
    people = list(people_named(sample))
    yield from _names(sample, people, pool)
    yield from _places(sample, pool)
    yield from spoil_numbers(sample)
    yield from spoil_dates(sample)
    yield from _negation(sample)
    yield from spoil_roles(sample, people)
    yield from _posts(sample)
    yield from spoil_modality(sample)
    yield from _added(sample, pool)


def _written(person: Person, said: Said, models: Models) -> str | None:
    """Write another person as the sentence writes this one: surname alone, or with first name."""
    parts = person.name.split()
    if any(part.endswith(".") for part in parts) or len(parts) > 3 or is_latin(person.name):
        return None
    name = person.name if said.mention.given else parts[-1]
    return forms.declined(name, said.case, said.gender, models)


def _others(said: Said, told: str, people: Sequence[Person]) -> list[Person]:
    """List people of the same gender whom a text does not name."""
    here = fold(told)
    return [
        person
        for person in people
        if person.gender == said.gender
        and len(person.name.split()[-1]) > 2
        and (said.person is None or person.name != said.person.name)
        and fold(person.name.split()[-1])[:4] not in here
    ]


def _names(sample: Sample, people: Sequence[Said], pool: Pool) -> Iterator[Spoilt]:
    for number, said in enumerate(people):
        speaks = _speaks(sample, said.mention)
        for how, others in (("article", sample.source.people), ("foreign", pool.people)):
            told = sample.text if how == "article" else sample.source.article.original
            options = _others(said, told, others)
            if not options:
                continue
            other = pick(options, sample.text, f"{how}{number}")
            form = _written(other, said, sample.source.models)
            if form is None:
                continue
            text = replaced(sample, said.mention.first, said.mention.last, form)
            yield Spoilt(FaultKind.QUOTE if speaks else FaultKind.NAME, how, text)


def _speaks(sample: Sample, mention: Mention) -> bool:
    """Say whether the sentence gives a person's words: "сказал X", "по словам X"."""
    line = sample.line
    part = part_of(line, mention.last)
    heads = [part.predicate, line.words[mention.first].head, line.words[mention.last].head]
    return any(place >= 0 and fold(line.words[place].text).startswith(_SPEECH) for place in heads)


def _places(sample: Sample, pool: Pool) -> Iterator[Spoilt]:
    source, models = sample.source, sample.source.models
    here, told = fold(sample.text), fold(source.article.original)
    own = [place.name for place in find_places(source.tagged, source.people)]
    for number, name in enumerate(sample.tagged.named("LOC")):
        case = forms.case_of(sample.line.words[name.first])
        if name.first != name.last or case is None:
            continue
        mine = forms.nominative(sample.line.words[name.first].text, models)
        for how, places in (("article", own), ("foreign", pool.places)):
            options = [
                place
                for place in places
                if place != mine
                and " " not in place
                and fold(place)[:4] not in (here if how == "article" else told)
                and not (serves((place,)) & serves((mine or "",)))
            ]
            if not options or mine is None:
                continue
            form = forms.declined(pick(options, sample.text, f"{how}{number}"), case, None, models)
            if form and fold(form) != fold(sample.line.words[name.first].text):
                text = replaced(sample, name.first, name.last, form)
                yield Spoilt(FaultKind.PLACE, how, text)


def _negation(sample: Sample) -> Iterator[Spoilt]:
    line = sample.line
    for index, word in enumerate(line.words):
        if sample.is_quoted(index):
            continue
        after = line.words[index + 1] if index + 1 < len(line.words) else None
        if fold(word.text) == "не" and after is not None and after.pos == "VERB":
            end = after.span.start
            text = sample.text[: word.span.start] + sample.text[end:]
            yield Spoilt(FaultKind.NEGATION, "taken", text[:1].upper() + text[1:])
        elif word.feats.get("VerbForm") == "Fin" and word.pos == "VERB":
            if is_denied(line, index) or word.relation not in (
                "root",
                "conj",
                "parataxis",
                "ccomp",
            ):
                continue
            text = sample.text[: word.span.start] + "не " + sample.text[word.span.start :]
            if not word.span.start:
                text = "Не " + word.text.lower() + sample.text[word.span.end :]
            yield Spoilt(FaultKind.NEGATION, "put", text)
            return


def _posts(sample: Sample) -> Iterator[Spoilt]:
    models = sample.source.models
    line = sample.line
    whole = fold(sample.source.article.original)
    for group in sample.names:
        head = line.words[group[0].index].head
        links = [head, group[0].index - 1]
        for place in links:
            if not 0 <= place < len(line.words):
                continue
            word = line.words[place]
            lemma = forms.post_lemma(word.text, models)
            case = forms.case_of(word)
            if lemma is None or case is None or word.feats.get("Number") != "Sing":
                continue
            options = [post for post in _REPLACING_POSTS["m"] if fold(post)[:5] not in whole]
            if not options:
                return
            form = forms.common(pick(options, sample.text, "post"), case, models)
            if form:
                yield Spoilt(FaultKind.POST, "foreign", replaced(sample, place, place, form))
            return


def _added(sample: Sample, pool: Pool) -> Iterator[Spoilt]:
    bare = sample.text.rstrip(" .!?…")
    if not bare or bare[-1] in '»"':
        return
    near = [clause for clause in pool.tails if not _known(clause, sample.source)]
    if near:
        tail = pick(near, sample.text, "tail")
        yield Spoilt(FaultKind.ADDED, "tail", f"{bare}, {tail}.")
    clauses = [clause for clause in pool.clauses if not _known(clause, sample.source)]
    if clauses:
        whole = pick(clauses, sample.text, "whole")
        yield Spoilt(FaultKind.ADDED, "whole", f"{whole[:1].upper()}{whole[1:]}.")
        clause = pick(clauses, sample.text, "clause")
        yield Spoilt(FaultKind.ADDED, "clause", f"{bare}, а {clause}.")


def _known(clause: str, source: Source) -> bool:
    """Say whether an article has most words of a clause itself, so that it adds nothing."""
    told = set(source.flat.split())
    said = [word.strip(",.") for word in fold(clause).split() if len(word) > 4]
    return sum(word not in told for word in said) < _NEWS or " эт" in clause


def half_of(article: str) -> int:
    """Put an article into one of two halves, TUNING or FIGURE, by its text."""
    return crc32(article.encode()) % 2
