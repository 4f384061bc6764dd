"""Grammar of a line that the evidence check asks about: denial, modality, parts in an action."""

from dataclasses import dataclass

from summarizer.lookalikes import fold
from summarizer.summary.evidence_words import Line

_MODAL = (
    "мочь", "может", "могут", "мог", "намерен", "планир", "собира", "хоте", "хочет", "хотят",
    "ожида", "предпол", "возмож", "вероят", "якобы", "должн", "обеща", "призва", "предлож",
    "предлаг", "готов", "попыта", "пыта", "требу", "потребо", "просит", "попрос", "плани",
    "рассчит", "надее", "бы", "если", "угро", "грози", "подозр", "обвин", "допус", "предсто",
    "проект", "слух", "прогноз", "похоже", "видимо", "кажется", "возможно", "предположительно",
    "хотел", "пообеща", "будет", "будут", "следует", "необходимо", "нужно", "чтобы", "цель",
)  # fmt: skip


def is_denied(line: Line, index: int) -> bool:
    """Say whether "не" or "ни" belongs to a word, or to the auxiliary or modal before it."""
    words = line.words
    for place, word in enumerate(words):
        if fold(word.text) not in ("не", "нет", "ни"):
            continue
        if word.head == index or place == index - 1:
            return True
        head = word.head
        # "не может прийти": the modal's head or dependent is the verb.
        if 0 <= head < len(words) and words[head].head == index and words[head].relation in (
            "aux", "aux:pass", "cop",
        ):  # fmt: skip
            return True
        if (
            0 <= head < len(words)
            and words[index].head == head
            and words[index].relation in ("xcomp",)
        ):
            return True
    return False


def has_modal(line: Line) -> bool:
    """Say whether a line has any word of intent, wish, supposition or duty."""
    return any(fold(word.text).startswith(_MODAL) for word in line.words)


def is_modal(line: Line, index: int) -> bool:
    """Say whether a word is only planned, wished, possible or said by others."""
    words = line.words
    head = words[index].head
    near = [place for place, word in enumerate(words) if word.head == index]
    if 0 <= head < len(words):
        near.append(head)
    near += [index - 1, index - 2]
    return any(
        0 <= place < len(words) and fold(words[place].text).startswith(_MODAL) for place in near
    )


@dataclass(frozen=True)
class Part:
    """Who takes part in what a predicate says: "actor", "patient" or "other"."""

    predicate: int
    role: str


def part_of(line: Line, index: int) -> Part:
    """Tell which part a word takes; a passive's agent is its actor."""
    words = line.words
    place, steps = index, 0
    while steps < 6 and words[place].relation in ("flat", "flat:name", "flat:foreign", "appos"):
        head = words[place].head
        if not 0 <= head < len(words):
            break
        place, steps = head, steps + 1
    while steps < 8 and words[place].relation == "conj" and 0 <= words[place].head < len(words):
        if words[words[place].head].pos == "VERB":
            break
        place, steps = words[place].head, steps + 1
    head = words[place].head
    if not 0 <= head < len(words):
        return Part(-1, "other")
    return Part(head, _role(line, place, head))


def _role(line: Line, place: int, head: int) -> str:
    """Name the part that a word takes in its head; an oblique one by case and preposition."""
    words = line.words
    word = words[place]
    passive = words[head].feats.get("Voice") == "Pass" or any(
        each.head == head and each.relation == "nsubj:pass" for each in words
    )
    if word.relation in ("nsubj", "nsubj:pass"):
        return "patient" if passive or word.relation == "nsubj:pass" else "actor"
    if word.relation in ("obj", "iobj"):
        return "patient"
    if word.relation not in ("obl", "obl:agent", "nmod"):
        return "other"
    case = word.feats.get("Case")
    preposition = next(
        (fold(each.text) for each in words if each.head == place and each.relation == "case"), ""
    )
    if passive and case == "Ins" and not preposition:
        return "actor"
    return f"{case}:{preposition}"
