"""Putting another word or name into the form that a sentence needs."""

from summarizer.lookalikes import fold
from summarizer.models import Models, Parse
from summarizer.names_words import is_latin
from summarizer.roles_heads import head_parses
from summarizer.summary.parsed import Word

CASES = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
"""The tagger's names of the cases, and the dictionary's."""

_GENDERS = {"m": "masc", "f": "femn"}


def declined(name: str, case: str, gender: str | None, models: Models) -> str | None:
    """Put a name in the nominative into a case, word by word.

    Args:
        name: in the nominative.
        case: as the tagger names it.
        gender: "m" or "f" of a person, None of a place.
        models: for the dictionary.

    Returns:
        The form, or None where a word of it has none that is certain.
    """
    if case == "Nom":
        return name
    forms = []
    for word in name.split():
        form = _form(word, CASES.get(case, ""), gender, models)
        if form is None:
            return None
        forms.append(form)
    return " ".join(forms)


def _form(word: str, mark: str, gender: str | None, models: Models) -> str | None:
    if word.endswith(".") or is_latin(word) or (word.isupper() and len(word) > 1):
        return word
    folded = fold(word)
    if folded[-1] in "оеэиую":
        return word
    if gender == "f" and folded[-1] not in "ая":
        return word
    wanted = {mark, "sing"} | ({_GENDERS[gender]} if gender else set())
    for parse in _nominatives(folded, gender, models):
        if inflected := parse.raw.inflect(wanted) or parse.raw.inflect({mark, "sing"}):
            return like(word, str(inflected.word))
    return None


def _nominatives(folded: str, gender: str | None, models: Models) -> list[Parse]:
    found = [
        parse
        for parse in models.parse(folded)
        if "nomn" in parse.marks and "sing" in parse.marks and "NOUN" in parse.marks
    ]
    if gender:
        fitting = [parse for parse in found if _GENDERS[gender] in parse.marks]
        return fitting or [parse for parse in found if "ms-f" in parse.marks]
    return found


def like(pattern: str, form: str) -> str:
    """Give a form the capitals of the word it stands for."""
    if "-" in pattern and pattern.count("-") == form.count("-"):
        parts = zip(pattern.split("-"), form.split("-"), strict=True)
        return "-".join(like(one, two) for one, two in parts)
    return form[:1].upper() + form[1:] if pattern[:1].isupper() else form


def nominative(text: str, models: Models) -> str | None:
    """Give the nominative of one word that names a place or an organisation."""
    if is_latin(text) or (text.isupper() and len(text) > 1):
        return text
    for parse in models.parse(fold(text)):
        if parse.known and "NOUN" in parse.marks and "sing" in parse.marks:
            inflected = parse.raw.inflect({"nomn"})
            if inflected:
                return like(text, str(inflected.word))
    return None


def case_of(word: Word) -> str | None:
    """Tell the case in which a word stands."""
    return word.feats.get("Case")


def common(word: str, case: str, models: Models) -> str | None:
    """Put a noun in the nominative singular into a case."""
    mark = CASES.get(case)
    if is_latin(word) or (word.isupper() and len(word) > 1):
        return word
    for parse in models.parse(fold(word)):
        if {"NOUN", "nomn", "sing"} <= parse.marks and mark:
            inflected = parse.raw.inflect({mark, "sing"})
            return like(word, str(inflected.word)) if inflected else None
    return None


def post_lemma(word: str, models: Models) -> str | None:
    """Give the dictionary form of a word that names a post, or None."""
    parses = head_parses(fold(word), models)
    return fold(parses[0].lemma) if parses else None
