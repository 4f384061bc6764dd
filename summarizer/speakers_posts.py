"""Posts as speakers are called by them: "глава МИД" is the minister, "дипломат" an ambassador."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summarizer.lookalikes import fold

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

_HEADS = """
    президент министр премьер премьер-министр вице-премьер вице-министр замминистра глава посол
    посланник консул генконсул атташе дипломат госсекретарь секретарь пресс-секретарь спикер
    председатель зампред сопредседатель заместитель замглавы руководитель директор гендиректор
    замдиректора вице-президент экс-президент экс-министр экс-премьер сенатор депутат конгрессмен
    парламентарий законодатель политик чиновник политолог экономист аналитик эксперт ученый
    исследователь профессор академик ректор декан преподаватель учитель врач юрист адвокат
    прокурор судья следователь генерал полковник генерал-майор генерал-лейтенант командующий
    военный аким губернатор мэр градоначальник представитель спецпредставитель спецпосланник
    уполномоченный омбудсмен советник помощник координатор комиссар еврокомиссар верховный
    лидер канцлер король королева принц премьерша президентша бизнесмен предприниматель
    основатель владелец учредитель менеджер управляющий обозреватель журналист корреспондент
    редактор писатель режиссер актер актриса певец певица художник музыкант композитор спортсмен
    спортсменка тренер космонавт астронавт инженер историк социолог востоковед эколог
    активист правозащитник правозащитница патриарх митрополит муфтий епископ имам папа раввин
    собеседник собеседница источник очевидец пострадавший житель жительница фермер министерша
    сопредседательница учительница директриса начальник замначальника нацбанкир банкир член
    магистр конгрессвумен законодательница казахстанец американец
"""
POST_HEADS = frozenset(_HEADS.split())
"""Dictionary forms of the nouns that name a person by what they do."""

_NARROWER = {
    "дипломат": "посол посланник консул генконсул атташе мининдел госсекретарь замминистра"
    " спецпосланник спецпредставитель поверенный",
    "чиновник": "министр замминистра мининдел аким глава заместитель председатель директор"
    " представитель начальник мэр губернатор советник",
    "политик": "президент премьер-министр сенатор депутат конгрессмен министр мининдел лидер спикер"
    " экс-президент экс-министр экс-премьер губернатор мэр канцлер",
    "парламентарий": "депутат сенатор конгрессмен спикер конгрессвумен",
    "законодатель": "депутат сенатор конгрессмен конгрессвумен",
    "депутат": "мажилисмен парламентарий",
    "конгрессмен": "сенатор конгрессвумен",
    "эксперт": "политолог экономист аналитик профессор исследователь востоковед социолог историк"
    " юрист эколог советник",
    "аналитик": "эксперт экономист политолог",
    "ученый": "профессор академик исследователь историк востоковед социолог физик",
    "исследователь": "ученый профессор аналитик",
    "преподаватель": "профессор",
    "бизнесмен": "предприниматель глава основатель владелец учредитель президент",
    "предприниматель": "бизнесмен основатель владелец учредитель",
    "министр": "мининдел",
    "глава": "директор председатель президент начальник руководитель министр мининдел спикер"
    " управляющий аким мэр губернатор",
    "председатель": "глава спикер",
    "директор": "глава",
    "лидер": "президент премьер-министр глава председатель канцлер",
    "военный": "генерал полковник генерал-майор генерал-лейтенант командующий",
    "генерал": "генерал-майор генерал-лейтенант командующий",
    "представитель": "пресс-секретарь спецпредставитель",
    "пресс-секретарь": "представитель",
    "спецпредставитель": "спецпосланник представитель",
    "градоначальник": "мэр аким",
    "заместитель": "замминистра зампред замглавы замдиректора",
    "правозащитник": "омбудсмен адвокат",
    "спортсмен": "тренер",
}
NARROWER = {broad: frozenset(narrow.split()) for broad, narrow in _NARROWER.items()}

_SERVING = "представитель пресс-секретарь адвокат юрист советник помощник заместитель"
SERVING = frozenset(_SERVING.split())
"""Posts that a name may follow as the one who is served: "представитель Рено"."""

_SAME = {
    "премьер": "премьер-министр",
    "вице-министр": "замминистра",
    "гендиректор": "директор",
    "руководитель": "глава",
    "шеф": "глава",
    "мажилисмен": "депутат",
    "сопредседатель": "председатель",
    "спецпосланник": "спецпредставитель",
    "предпринимательница": "предприниматель",
}
_CHAIR = frozenset({"глава", "председатель", "сопредседатель", "руководитель"})
_CALLED = (
    (re.compile("государств"), "президент"),
    (re.compile("мид$|внешнеполитическ|дипломат|диплом"), "мининдел"),
    (re.compile("госдеп"), "госсекретарь"),
    (re.compile("правительств|кабмин|кабинет"), "премьер-министр"),
    (re.compile("мин(?!ист)[а-я]+|министерств|ведомств"), "министр"),
    (re.compile("сенат|палат|парламент|мажилис|кнессет|бундестаг"), "спикер"),
)
_COUNTRIES = (
    (re.compile("сша|америк|соединен|штат|госдеп|белого"), "америк"),
    (re.compile("рк$|казахст"), "казах"),
    (re.compile("рф$|росси"), "росси"),
    (re.compile("кнр$|кита"), "китай"),
    (re.compile("мид$|иностранн|внешнеполит"), "иностр"),
    (re.compile("турец|турци"), "турци"),
    (re.compile("герман|фрг$|немец"), "герма"),
    (re.compile("британ|великобр|английс|англи"), "брита"),
    (re.compile("киргиз|кыргыз"), "кирги"),
    (re.compile("инди(?!в|к)"), "инди"),
    (re.compile("польш|польск"), "польш"),
    (re.compile("франц"), "франц"),
    (re.compile("ес$|евросоюз|европейс"), "евро"),
)
_EMPTY_WORDS = "республика первый бывший страна дело новый г-н государство ведомство"
_EMPTY = frozenset(_EMPTY_WORDS.split())
_STEM = 5


@dataclass(frozen=True, slots=True)
class Post:
    """A post made comparable: what it is, and stems of the words that narrow it."""

    concept: str
    narrowed: frozenset[str]


def read_post(phrase: str, head_of: Callable[[str], str | None]) -> Post | None:
    """Read a post from its words, in any case.

    Args:
        phrase: "Глава МИД Казахстана", "государственного секретаря США".
        head_of: gives the dictionary form of a folded word that is one of POST_HEADS, or None.

    Returns:
        The post, or None when none of the words is a head.
    """
    words = _WORD.findall(fold(phrase))
    for index, word in enumerate(words):
        if head := head_of(word):
            return _normal(head, words[:index], words[index + 1 :], head_of)
    return None


def _normal(
    head: str, before: Sequence[str], after: Sequence[str], head_of: Callable[[str], str | None]
) -> Post:
    concept = _SAME.get(head, head)
    following = after[0] if after else ""
    if head in _CHAIR and after:
        for called, means in _CALLED:
            # "глава дипломатии", but "глава департамента": the noun, past one adjective.
            if any(called.match(word) for word in after[:2]):
                concept = means
                break
    elif head == "секретарь" and before and before[-1].startswith("государственн"):
        concept = "госсекретарь"
    elif head == "представитель" and before and before[-1].startswith("официальн"):
        concept = "пресс-секретарь"
    elif head == "министр" and following.startswith("иностранн"):
        concept = "мининдел"
    elif head == "заместитель" and head_of(following) == "министр":
        concept = "замминистра"
    return Post(concept, _stems([*before, *after]))


def _stems(words: Sequence[str]) -> frozenset[str]:
    stems = set()
    for word in words:
        for country, stem in _COUNTRIES:
            if country.match(word):
                stems.add(stem)
                break
        else:
            if len(word) >= 3 and not any(word[:_STEM] == known[:_STEM] for known in _EMPTY):
                stems.add(word[:_STEM])
    return frozenset(stems)


def likeness(called: Post, held: Post) -> int:
    """Say how well somebody who holds a post is called by another: 0 for not at all, up to 6."""
    if called.concept == held.concept:
        score = 4
    elif held.concept in NARROWER.get(called.concept, ()):
        score = 2
    else:
        return 0
    if called.narrowed <= held.narrowed:
        return score + 1 + bool(called.narrowed)
    if held.narrowed and not called.narrowed & held.narrowed:
        return 0
    return score if not held.narrowed else score - 1


def is_full(score: int) -> bool:
    """Say whether a likeness leaves no word of what somebody is called unanswered."""
    return score in {3, 5, 6}
