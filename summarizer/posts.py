"""What two posts tell about whether they belong to one human."""

import re
from collections.abc import Iterable

from summarizer.lookalikes import fold, words

# Whom a post serves stands before the place or subject: "посол США в Казахстане" serves the US.
_WHERE = re.compile(r"\s(?:в|во|при|по|на|у|с|in|to|for|on|with|at)\s")
_COUNTRIES = {
    "us": r"сша|соединенн\w+ штат|америк|госдеп|госсекретар|белого дома|конгрессмен|(?<!\w)u\.?s\.?"
    r"(?!\w)|united states|americ|white house|state department",
    "kz": r"казахстан|казахск|қазақстан|(?<!\w)(?:рк|қр)(?!\w)|мажилис|акорд|kazakh",
    "ru": r"росси|(?<!\w)рф(?!\w)|кремл|госдум|russia",
    "cn": r"кита|(?<!\w)кнр(?!\w)|china|chinese",
    "uz": r"узбек|uzbek",
    "kg": r"кыргыз|киргиз|kyrgyz",
    "tj": r"таджик|tajik",
    "tm": r"туркмен|turkmen",
    "tr": r"турци|турецк|turk(?!men)|türk",
    "az": r"азербайджан|azerbaijan",
    "am": r"армени|armenia",
    "ge": r"грузи",
    "by": r"беларус|белорус|belarus",
    "ua": r"украин|ukrain",
    "uk": r"великобритан|британ|united kingdom|british",
    "fr": r"франци|француз|france|french",
    "de": r"германи|(?<!\w)фрг(?!\w)|немецк|german",
    "jp": r"япони|японск|japan",
    "kr": r"коре[ия]|корейск|korea",
    "in": r"инди[ия]|индийск|india",
    "ir": r"иран(?!ск\w+ язык)|iran",
    "af": r"афган|afghan",
    "il": r"израил|israel",
}
_COUNTRY_PATTERNS = {code: re.compile(pattern) for code, pattern in _COUNTRIES.items()}
_SPHERES = {
    "state": r"президент|министр|посол|посла|госсекретар|секретар|сенатор|депутат|конгрессмен|"
    r"аким|мэр|губернатор|спикер|представител|дипломат|советник|чиновник|спецпосланник|консул|"
    r"minister|president|ambassador|senator|secretary|congress|envoy|governor",
    "sport": r"боксер|борец|теннисист|футболист|хоккеист|тренер|спортсмен|чемпион|бегун|пловец|"
    r"легкоатлет|гимнаст|велогонщик|шахматист|вратарь|нападающий|олимпи|boxer|coach|player|athlete",
    "art": r"актер|актрис|певец|певиц|режиссер|музыкант|композитор|художни|писател|поэт|блогер|"
    r"продюсер|actor|actress|singer|writer|film director",
    "crime": r"подозреваем|обвиняем|осужден|преступни|террорист|suspect|convict",
}
_SPHERE_PATTERNS = {
    name: re.compile(rf"(?<!\w)(?:{pattern})") for name, pattern in _SPHERES.items()
}
_LEAST_TELLING_WORDS = 2


def same_post(one: str, other: str) -> bool:
    """Say whether two titles name one post, and one that tells people apart.

    One title may say more than the other ("посол США", "посол США в Казахстане"); a single word
    ("министр") tells nothing.
    """
    left, right = set(words(one)), set(words(other))
    return min(len(left), len(right)) >= _LEAST_TELLING_WORDS and (left <= right or right <= left)


def share_post(ones: Iterable[str], others: Iterable[str]) -> bool:
    """Say whether two lists of titles have a post in common."""
    others = tuple(others)
    return any(same_post(one, other) for one in ones for other in others)


def serves(titles: Iterable[str]) -> frozenset[str]:
    """Name the countries that these posts serve, by code; empty where the titles do not tell."""
    found: set[str] = set()
    for title in titles:
        head = _WHERE.split(fold(title))[0]
        found |= {code for code, pattern in _COUNTRY_PATTERNS.items() if pattern.search(head)}
    return frozenset(found)


def spheres(titles: Iterable[str]) -> frozenset[str]:
    """Name the walks of life these posts belong to: state, sport, art, crime; empty if unknown."""
    found: set[str] = set()
    for title in titles:
        folded = fold(title)
        found |= {name for name, pattern in _SPHERE_PATTERNS.items() if pattern.search(folded)}
    return frozenset(found)


def contradict(ones: tuple[str, ...], others: tuple[str, ...], *, countries: bool = True) -> bool:
    """Say whether two lists of titles speak against one human.

    countries: whether posts in the service of two countries count; else only walks of life.
    """
    if share_post(ones, others):
        return False
    pairs = [(spheres(ones), spheres(others))]
    if countries:
        pairs.append((serves(ones), serves(others)))
    return any(left and right and not left & right for left, right in pairs)
