"""Names of outlets as credits and datelines write them."""

import re

from summarizer.lookalikes import fold

_CANONICAL = {
    "ассошиэйтед пресс": "Ассошиэйтед Пресс",
    "белта": "БЕЛТА",
    "би-би-си": "Би-би-си",
    "блумберг": "Блумберг",
    "взгляд": "Взгляд",
    "ведомости": "Ведомости",
    "газета.ru": "Газета.Ru",
    "известия": "Известия",
    "интерфакс-казахстан": "Интерфакс-Казахстан",
    "интерфакс": "Интерфакс",
    "казинформ": "Казинформ",
    "казтаг": "КазТАГ",
    "коммерсантъ": "Коммерсантъ",
    "коммерсант": "Коммерсант",
    "лента.ру": "Лента.ру",
    "рбк": "РБК",
    "регнум": "Регнум",
    "рейтер": "Рейтер",
    "риа новости": "РИА Новости",
    "риамо": "РИАМО",
    "сана": "САНА",
    "синьхуа": "Синьхуа",
    "спутник": "Спутник",
    "тасс": "ТАСС",
    "укринформ": "Укринформ",
    "униан": "УНИАН",
    "фан": "ФАН",
    "франс пресс": "Франс Пресс",
    "хабар 24": "Хабар 24",
    "хабар": "Хабар",
    "ap": "AP",
    "afp": "AFP",
    "bloomberg": "Bloomberg",
    "kazinform": "Kazinform",
    "kazpravda": "Kazpravda",
    "qazinform": "Qazinform",
    "reuters": "Reuters",
    "sputnik": "Sputnik",
    "tengrinews": "Tengrinews",
    "trend": "Trend",
    "xinhua": "Xinhua",
}
_LONGEST_FIRST = sorted(_CANONICAL, key=len, reverse=True)
KNOWN = "(?:" + "|".join(map(re.escape, _LONGEST_FIRST)) + ")"
"""Pattern of the outlets known by name, for folded text."""

DOMAIN = (
    r"[^\W_](?:[\w-]{0,40}\.){1,3}(?:kz|ru|com|org|net|news|info|asia|uz|kg|by|ua|az|tv|media|рф)"
)
"""Pattern of a site's name, for folded text."""

_KNOWN_START = re.compile(rf"{KNOWN}(?=[ау]?(?![\w-]))")
_CITING = re.compile(r"\s*,?\s+(?:со ссылкой|ссылаясь|citing|сілтеме)\b")
_KIND = re.compile(
    r"(?:(?:собственный|наш|в|во|также|сегодня|накануне|о[бт]|понедельник|вторник|среду|четверг"
    r"|пятницу|субботу|воскресенье|местн\w+|международн\w+|информационн\w+|новостно\w+|деловой"
    r"|корреспондент\w*|корр\.?|агентств\w*|информагентств\w*|миа|иа|мтрк|телеканал\w*|канал\w*"
    r"|телекомпани\w+|радио(?:станци\w+)?|газет\w+|портал\w*|интернет-\w+|издани\w+|журнал\w*"
    r"|сайт\w*|ресурс\w*|жаңалықтар|агенттігі\w*)[\s-]+)+"
)
_NOT_AN_OUTLET = re.compile(r"(?:в |на )?(?:пресс-|офици|сайт|telegram|телеграм|сообщени|сво)")
_QUOTED = re.compile(r"[«“„\"]+([^«»“”„\"]{2,60})[»”“\"]+")
_LATIN_NAME = re.compile(
    r"[A-Z][\w.'’&-]*(?:\s+(?:of|and|de|[A-Z0-9&][\w.'’&-]*))*|[\w-]+(?:\.[A-Za-z]\w+)+"
)
_CYRILLIC_NAME = re.compile(
    r"(?:РИА\s+)?[А-ЯЁӘҒҚҢӨҰҮҺІ][\w.-]*(?:\s+[А-ЯЁӘҒҚҢӨҰҮҺІ0-9][\w.-]*){0,2}"
)


def named_outlet(credit: str) -> str | None:
    """Read the outlet's name from what follows the verb of a credit.

    Args:
        credit: "МИА «Казинформ» со ссылкой на…", "корреспондент Kazpravda.kz".

    Returns:
        The bare name ("Казинформ"), or None when a press service, or no name that is certain,
        stands there: a Cyrillic name in the genitive is given only when the outlet is known.
    """
    name = _CITING.split(credit, maxsplit=1)[0].strip()
    if _NOT_AN_OUTLET.match(fold(name)):
        return None
    kind = _KIND.match(fold(name))
    bare = name[kind.end() :] if kind else name
    folded = fold(bare)
    if quoted := _QUOTED.search(bare[:80]):
        if folded.startswith("риа"):
            return f"РИА {quoted[1]}"
        return quoted[1] if quoted.start() <= 24 else None
    known = _KNOWN_START.match(folded)
    if known and folded[known.end() : known.end() + 1] != ".":
        return _CANONICAL[known.group()]
    if latin := _LATIN_NAME.match(bare):
        return latin.group().rstrip(".,'’")
    genitive = kind is not None and re.search(r"корр|агентства|канала", kind.group())
    cyrillic = _CYRILLIC_NAME.match(bare)
    return cyrillic.group().rstrip(".,") if cyrillic and not genitive else None


def is_known(name: str) -> bool:
    """Say whether a text begins with the name of an outlet that is known, or of a site."""
    return re.match(rf"(?:{DOMAIN}|{KNOWN})[ау]?(?![\w-])", fold(name)) is not None


def canonical(name: str) -> str:
    """Write a known outlet's name as it writes itself: "КАЗИНФОРМ" → "Казинформ"."""
    return _CANONICAL.get(fold(name).strip(), name.strip())
