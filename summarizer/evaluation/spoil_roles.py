"""Two who take part in one action change places: "Абдиев поблагодарил Харпер" turned round."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.evaluation import spoil_forms as forms
from summarizer.evaluation.spoil_people import Said
from summarizer.evaluation.spoil_words import Sample, Spoilt, replaced
from summarizer.lookalikes import fold
from summarizer.models import Models
from summarizer.summary.evidence_faults import FaultKind
from summarizer.summary.evidence_grammar import part_of

_SYMMETRIC = (
    "встре", "обсуд", "договор", "подпис", "соглас", "женит", "играть", "сыгра", "провест",
    "совпа", "дружи", "сотрудн", "быть", "являть", "стать", "объедин", "назыв", "обмен", "бесед",
    "созв", "расста", "развест", "помолв", "граничи", "соревн", "конкур", "соперн",
)  # fmt: skip
_CORE = ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent")
_BINDING = ("appos", "amod", "conj", "acl", "nummod", "flat:name")


def spoil_roles(sample: Sample, people: Sequence[Said]) -> Iterator[Spoilt]:
    """Let two who take different parts change places; verbs of doing together are left alone."""
    found = [*_taking_part(sample, people)]
    made = 0
    for number, one in enumerate(found):
        for two in found[number + 1 :]:
            if made == 2 or not _may_swap(sample, one, two):
                continue
            if text := _swapped(sample, one, two):
                made += 1
                how = "names" if one.is_name and two.is_name else "nouns"
                yield Spoilt(FaultKind.ROLES, how, text)


@dataclass(frozen=True)
class _Taker:
    first: int
    last: int
    at: int
    name: str
    gender: str | None
    case: str
    is_name: bool
    is_person: bool


def _taking_part(sample: Sample, people: Sequence[Said]) -> Iterator[_Taker]:
    models = sample.source.models
    taken: set[int] = set()
    for said in people:
        mention = said.mention
        taken.update(range(mention.first, mention.last + 1))
        if said.person is None or any(part.endswith(".") for part in said.person.name.split()):
            continue
        name = said.person.name if mention.given else said.person.name.split()[-1]
        yield _Taker(
            mention.first, mention.last, mention.last, name, said.gender, said.case, True, True
        )
    for place, word in enumerate(sample.line.words):
        if place in taken or word.pos not in ("NOUN", "PROPN") or sample.is_quoted(place):
            continue
        case = forms.case_of(word)
        is_name = word.text[:1].isupper() and place > 0
        has_adjective = any(
            each.head == place
            and each.relation in ("amod", "det", "acl", "nummod", "appos", "flat")
            for each in sample.line.words
        )
        if case is None or has_adjective or word.feats.get("Number") == "Plur":
            continue
        found = forms.nominative(word.text, models)
        if found is None or not (is_name or word.feats.get("Animacy") == "Anim"):
            continue
        gender = {"Masc": "m", "Fem": "f", "Neut": "n"}.get(word.feats.get("Gender", ""))
        yield _Taker(place, place, place, found, gender, case, is_name, False)


def _may_swap(sample: Sample, one: _Taker, two: _Taker) -> bool:
    """Say whether two take different parts in one action that is not done together."""
    line = sample.line
    if not (_stands_free(sample, one) and _stands_free(sample, two)):
        return False
    left, right = part_of(line, one.at), part_of(line, two.at)
    if "actor" not in (left.role, right.role) or left.role == right.role:
        return False
    other = right if left.role == "actor" else left
    actor = left if left.role == "actor" else right
    if other.role in ("other",) or other.role.endswith((":с", ":со", ":в", ":на", ":из")):
        return False
    if other.role != "patient" and not (one.is_name and two.is_name):
        return False
    if other.predicate != actor.predicate or other.role.startswith("Gen:"):
        return False
    verb = sample.lemma(actor.predicate)
    return not verb.startswith(_SYMMETRIC) and fold(one.name) != fold(two.name)


def _stands_free(sample: Sample, taker: _Taker) -> bool:
    """Say whether a word can leave its place alone: a person's name, or a noun by itself."""
    words = sample.line.words
    inside = range(taker.first, taker.last + 1)
    heads = [place for place in inside if words[place].head not in inside]
    if taker.is_person:
        return all(words[place].relation != "conj" for place in heads)
    return (
        len(heads) == 1
        and words[heads[0]].relation in _CORE
        and not any(
            each.head in inside and place not in inside and each.relation in _BINDING
            for place, each in enumerate(words)
        )
    )


def _swapped(sample: Sample, one: _Taker, two: _Taker) -> str | None:
    models = sample.source.models
    first, second = sorted((one, two), key=lambda taker: taker.first)
    left = _declined(second, first.case, models)
    right = _declined(first, second.case, models)
    if left is None or right is None or first.last >= second.first:
        return None
    text = replaced(sample, second.first, second.last, right)
    text = replaced(sample, first.first, first.last, left, text)
    actor, patient = (one, two) if part_of(sample.line, one.at).role == "actor" else (two, one)
    if actor.gender != patient.gender and patient.gender:
        return _agreeing(sample, text, part_of(sample.line, actor.at).predicate, patient.gender)
    return text


def _declined(taker: _Taker, case: str, models: Models) -> str | None:
    if taker.is_person:
        return forms.declined(taker.name, case, taker.gender, models)
    return forms.common(taker.name, case, models)


def _agreeing(sample: Sample, text: str, verb: int, gender: str) -> str:
    """Give the past form of a verb the gender of its new subject."""
    word = sample.line.words[verb]
    mark = {"m": "masc", "f": "femn", "n": "neut"}[gender]
    for parse in sample.source.models.parse(fold(word.text)):
        if "past" in parse.marks and (form := parse.raw.inflect({mark})):
            return text.replace(word.text, forms.like(word.text, str(form.word)), 1)
    return text
