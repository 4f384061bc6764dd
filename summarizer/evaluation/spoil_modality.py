"""What is planned told as done: "намерен построить" becomes "построил"."""

from collections.abc import Iterator

from summarizer.evaluation import spoil_forms as forms
from summarizer.evaluation.spoil_words import Sample, Spoilt, replaced
from summarizer.lookalikes import fold
from summarizer.summary.evidence_faults import FaultKind

_INTENT = ("планир", "намерен", "намерев", "собира", "может", "могут", "хоте", "хочет", "хотят",
           "готов", "пообеща", "обеща", "предлож", "предлаг", "должн", "попыта", "пыта",
           "рассчит", "отказ")  # fmt: skip
_GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}


def spoil_modality(sample: Sample) -> Iterator[Spoilt]:
    """Put the past of what somebody means to do in the place of meaning to do it."""
    words = sample.line.words
    for place, word in enumerate(words[:-1]):
        if not fold(word.text).startswith(_INTENT) or sample.is_quoted(place):
            continue
        after = words[place + 1]
        negated = place > 0 and fold(words[place - 1].text) == "не"
        if after.feats.get("VerbForm") != "Inf" or negated:
            continue
        if form := _past(sample, place):
            yield Spoilt(FaultKind.MODALITY, "done", replaced(sample, place, place + 1, form))
        return


def _past(sample: Sample, place: int) -> str | None:
    """Write the infinitive after a word of intent in the past, agreeing with its subject."""
    words = sample.line.words
    subject = next(
        (word for word in words if word.head == place and word.relation.startswith("nsubj")), None
    )
    feats = words[place].feats if subject is None else subject.feats
    if feats.get("Number") == "Plur":
        marks = {"past", "plur"}
    elif gender := _GENDERS.get(feats.get("Gender", "")):
        marks = {"past", "sing", gender}
    else:
        return None
    for parse in sample.source.models.parse(fold(words[place + 1].text)):
        if "INFN" in parse.marks and "perf" in parse.marks:
            inflected = parse.raw.inflect({"VERB", *marks})
            if inflected:
                return forms.like(words[place].text, str(inflected.word))
    return None
