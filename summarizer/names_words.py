"""The shapes of words that names are made of: capitals, initials, particles, patronymics."""

import re

_UPPER = "А-ЯЁӘҒҚҢӨҰҮҺІA-ZÀ-ÖØ-Þ"
_CAPITALISED = re.compile(f"^(?:[а-яa-z]{{2,3}}[-’'])?[{_UPPER}][\\w’'ʼ`‘-]*$")
_INITIAL = re.compile(f"^(?:[{_UPPER}]|Дж|Дз|Жд|Ch|Sh|Dj|Zh)$")
_PATRONYMIC = re.compile(
    r"(?:(?:[оеё]в|ь|и)ич(?:[ауе]|ем)?|ич(?:[ауе]|ем|ом)|(?:ов|ев|инич|ичн?)н(?:а|ы|е|у|ой))$"
)
_SONS = re.compile(r"[^-](?:улы|ұлы|кызы|қызы|углы|оглы|заде)$")
_ROMAN = re.compile(r"^[IVX]+$")

_PARTICLES = """
    аль эль ас аш ан ар ат ад ибн бин бен бинт абу абд фон ван дер ден де да ди дю дель делла
    дос ду ла ле лос сан сент тен тер зу цу цур оглы оглу улы углы кызы қызы ұлы
"""
PARTICLES = frozenset(_PARTICLES.split())
"""Small words that belong to a name and may be written with a small letter."""


def is_capitalised(word: str) -> bool:
    """Say whether a word begins as a name does: "Токаев", "аль-Масри", "О’Рейли"."""
    return _CAPITALISED.match(word) is not None


def is_initial(word: str) -> bool:
    """Say whether a word, without its full stop, is the initial of a name: "К", "Дж"."""
    return _INITIAL.match(word) is not None


def is_patronymic(word: str) -> bool:
    """Say whether a word, in any case, has the ending of a patronymic: "Кемелевича", "Болатұлы"."""
    folded = word.lower()
    return _PATRONYMIC.search(folded) is not None or _SONS.search(folded) is not None


def is_latin(word: str) -> bool:
    """Say whether a word is written in Latin letters."""
    return any("a" <= char <= "z" or "à" <= char <= "ɏ" for char in word.lower())


def is_numeral(word: str) -> bool:
    """Say whether a word is the number of a monarch: "III"."""
    return _ROMAN.match(word) is not None


def like_surface(word: str, surface: str) -> str:
    """Write a word with the capitals and the letters ё of the form that the text has.

    Args:
        word: in lower case, ё or е.
        surface: another form of the same word, as written.

    Returns:
        The word; what the two share at the beginning is the surface's, the rest small letters,
        but a capital where the surface's word or part has one.
    """
    shared = 0
    for ours, theirs in zip(word, surface, strict=False):
        if _plain(ours) != _plain(theirs):
            break
        shared += 1
    return surface[:shared] + word[shared:]


def _plain(char: str) -> str:
    return char.lower().replace("ё", "е")
