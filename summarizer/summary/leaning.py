"""Which sentences lean on the one before: pronouns and pointers without their noun."""

from collections.abc import Sequence

from summarizer.summary.parsed import ParsedSentence, Word
from summarizer.summary.syntax import DASHES, Syntax

_FORMS = {
    ("Masc", "Sing"): "он него нему нем ему его",
    ("Fem", "Sing"): "она нее ней ею нею ее ей",
    ("Neut", "Sing"): "оно",
    ("", "Plur"): "они них ними ним их им",
}
_PERSONAL = {word: told for told, words in _FORMS.items() for word in words.split()}
_POINTERS = """
    это этот эта эти этого этой этих этому этим этими этом эту тот та те того той тех там тогда
    туда оттуда поэтому такой такая такое такие такого таких таким такому данный данная данное
    данные данного данной данном указанный последний последняя последние оба обе обоих обеих
    другой другая другие другого других второй вторая двое трое остальные сам сама сами
"""
_POINTING = frozenset(_POINTERS.split())
_ALONE = frozenset(
    ("поэтому", "там", "тогда", "туда", "оттуда", "это", "этого", "этому", "этим", "этом")
)
_SPEAKERS = """
    я мы меня нас мне нам мной нами мой моя мое мои моего моей моих наш наша наше наши нашего нашей
    наших нашему нашим нашими нашу мою
"""
_SPEAKING = frozenset(_SPEAKERS.split())
_NOT_POINTING = frozenset({"году", "года", "год", "неделе", "месяце", "день", "дня", "момент"})
_REACH = 7


def leans(sentence: ParsedSentence) -> bool:
    """Say whether a sentence is not understood without the one before it.

    Args:
        sentence: a parsed sentence; one without words leans when its first word does.
    """
    if not sentence.words:
        first = sentence.sentence.text.split()[:1]
        return bool(first) and first[0].lower().strip(",.") in _POINTING | _PERSONAL.keys()
    syntax = Syntax(sentence.words)
    return is_subjectless(syntax) or any(
        points_back(syntax, place) or is_open_pronoun(syntax, place)
        for place in range(len(sentence.words))
    )


def is_subjectless(syntax: Syntax) -> bool:
    """Say whether the subject of a sentence is to be taken from the one before: "Был лётчиком".

    Args:
        syntax: a sentence.
    """
    for place, word in enumerate(syntax.words):
        if word.head >= 0 or not syntax.is_finite(place):
            continue
        feats = word.feats
        if syntax.subjects(place) or syntax.has_child(place, "ccomp", "xcomp", "aux:pass"):
            return False
        if feats.get("Gender") == "Neut" or feats.get("Person") in ("1", "2"):
            return False
        return feats.get("Number") == "Sing"
    return False


def is_fragment(sentence: ParsedSentence) -> bool:
    """Say whether a sentence has neither a verb nor a subject with its predicate.

    Args:
        sentence: a parsed sentence; one without words is no fragment.
    """
    syntax = Syntax(sentence.words)
    return bool(sentence.words) and not any(
        syntax.is_finite(place)
        or word.relation.startswith("nsubj")
        or word.text in DASHES
        or word.pos == "VERB"
        for place, word in enumerate(syntax.words)
    )


def points_back(syntax: Syntax, place: int) -> bool:
    """Say whether a word points back: "это", "этот закон", "там", near the beginning.

    Args:
        syntax: a sentence.
        place: of the word.
    """
    word = syntax.lower[place]
    if place >= _REACH or word not in _POINTING:
        return False
    following = syntax.lower[place + 1] if place + 1 < len(syntax.lower) else ""
    if following in _NOT_POINTING or following in (",", "-", "–", "—"):
        return word in _ALONE
    if word in _ALONE:
        # "В частности, это две компании" points; "это не первый случай" does, too.
        return True
    agreeing = syntax.words[place].head
    if word.startswith("т") and word != "такие":
        # "тот, кто", "того, что": the clause that follows tells which.
        return False
    return agreeing > place or word in ("этот", "эта", "эти", "оба", "обе", "двое", "трое")


def is_open_pronoun(syntax: Syntax, place: int) -> bool:
    """Say whether a word is a personal pronoun with nothing before it to stand for.

    Args:
        syntax: a sentence.
        place: of the word.
    """
    told = _PERSONAL.get(syntax.lower[place])
    if told is None or syntax.depth[place]:
        return False
    gender, number = told
    return not any(
        _agrees(syntax.words[at], gender, number)
        for at in range(place)
        if syntax.words[at].pos in ("NOUN", "PROPN")
    )


def _agrees(word: Word, gender: str, number: str) -> bool:
    feats = word.feats
    if number == "Plur":
        return feats.get("Number") == "Plur"
    if feats.get("Number") != number:
        return False
    animate = word.pos == "PROPN" or feats.get("Animacy") == "Anim"
    return feats.get("Gender") == gender and animate


def is_speech(sentence: ParsedSentence) -> bool:
    """Say whether somebody speaks in a sentence who is not named in it: "мы", "наша страна".

    Args:
        sentence: a parsed sentence; what stands in quotation marks does not count.
    """
    syntax = Syntax(sentence.words)
    return any(
        word in _SPEAKING and not syntax.depth[place] for place, word in enumerate(syntax.lower)
    )


def leaning(sentences: Sequence[ParsedSentence]) -> list[bool]:
    """Say of each sentence whether it leans on the one before; the first never does."""
    return [number > 0 and leans(sentence) for number, sentence in enumerate(sentences)]
