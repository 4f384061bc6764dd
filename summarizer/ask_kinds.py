"""Whether a sentence holds what a question asks for: a person, a date, a number, a place, words."""

import re
from collections.abc import Callable, Sequence

from summarizer.ask_question import Kind, Question
from summarizer.words import Word, words_of

_NUMERALS = (
    "один одна одно два две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать"
    " двадцать тридцать сорок пятьдесят шестьдесят сто двести триста тысяч тысяча тысячи миллион"
    " миллионов млн полтора четверо трое двое пятеро шестеро полгода"
    " one two three four five six seven eight nine ten eleven twelve twenty thirty forty hundred"
    " двадцати тридцати сорока пятидесяти ста двух трех четырех пяти шести семи восьми девяти"
    " десяти двухсот трехсот thousand million"
    " бір екі үш төрт бес алты жеті сегіз тоғыз он жиырма отыз қырық елу жүз мың"
)
_NUMERAL = frozenset(_NUMERALS.split())
_NEAR_NUMBER = 4
_MONEY = re.compile(
    r"(?:доллар|тенге|евро|рубл|юан|фунт|dollar|tenge|euro)\w*|[$€₸₽]|\busd\b", re.I
)
_PRICE_OF = re.compile(r"(?:стоимость|цена|расходы на|price of|cost of)\s+([^\W\d_]+)", re.I)
_AGE = re.compile(
    r"(?<!\d)\d{1,3}(?:-\w+)?[\s-]*"
    r"(?:лет(?!\w*\s+назад)|года?(?!\w)|летн|жаста|years? old|year-old)",
    re.I,
)
_MONTH = (
    r"(?:январ|феврал|март|апрел|ма[йяе](?!\w)|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|(?:қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)\w*"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}\s+)?(?:{_MONTH})|\b(?:19|20)\d\d\b"
    r"|\bчерез\s+(?:[\w-]+\s+){0,3}(?:час|дн|день|недел|месяц|год|лет|полгода|полтора)\w*"
    r"|\bчерез\s+(?:неделю|месяц|год|полгода|полтора)\b"
    r"|\b(?:в|на)\s+(?:прошл|следующ|будущ|эт|нынешн)\w+\s+(?:год|месяц|недел|лет|весн|осен|зим)\w*"
    r"|\b(?:вчера|сегодня|завтра|вечером|утром|понедельник|вторник|сред[уы]|четверг|пятниц|суббот"
    r"|воскресень)\w*|\b(?:in|within)\s+(?:about\s+)?\w+\s+(?:days?|weeks?|months?|years?)\b"
    r"|\b(?:next|last|this)\s+(?:week|month|year)\b|\b(?:келесі|өткен)\s+\w+",
    re.I,
)
_PERSON = re.compile(
    r"[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]+(?:-[А-ЯЁ]?[а-яё]+)?"
    r"|[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|[A-Z][a-z]+\s+(?:[A-Z]\.\s+)?[A-Z][a-z]+"
)
_PLACE = re.compile(
    r"(?<![^\W_])(?:в|во|на|из|под|близ|in|at|near|from|to)\s+(?:(?:город|порт|сел|штат|област)\w*\s+)?"
    r"[«“]?([А-ЯЁA-Z][\w-]+)|([А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]+(?:да|де|та|те))(?![^\W_])"
)
_NOT_A_PLACE = re.compile(
    r"(?:Сенат|Конгресс|Мажилис|Парламент|Министерств|Комитет|Палат|Совет|МИД|Правительств|Белом"
    r"|Госдеп|Государственн|Университет|январ|Январ)\w*"
)
_SPEECH = re.compile(
    r"[«“\"„]|^\s*[–—-]\s|[,»”\"]\s*[–—-]\s|(?:сказал|заявил|сообщил|отметил|рассказал|подчеркнул"
    r"|ответил|добавил|считает|признал|по словам|по мнению|said|told|деді|дейді)",
    re.I,
)


def holds_answer(
    sentence: str,
    question: Question,
    words: Sequence[frozenset[str]],
    is_counted: Callable[[str], bool],
    may_name: Callable[[str], bool],
) -> bool:
    """Say whether a sentence holds something of the kind that a question asks for.

    Args:
        sentence: the sentence as shown.
        question: the question.
        words: for each of the question's words, the forms that it may stand as.
        is_counted: whether a word may be what the question counts, where it says what.
        may_name: whether a word may be part of a person's name.
    """
    own: frozenset[str] = frozenset().union(*words)
    holds: dict[Kind, Callable[[], bool]] = {
        Kind.ANY: lambda: True,
        Kind.WHO: lambda: any(
            _is_new(one.group(), own, may_name) for one in _PERSON.finditer(sentence)
        ),
        Kind.WHEN: lambda: _DATE.search(sentence) is not None,
        Kind.WHERE: lambda: _names_place(sentence, own),
        Kind.MONEY: lambda: _tells_price(sentence, own),
        Kind.AGE: lambda: _AGE.search(sentence) is not None,
        Kind.SAID: lambda: _SPEECH.search(sentence) is not None,
        Kind.NUMBER: lambda: _counts(sentence, question, is_counted),
    }
    return holds[question.kind]()


def _is_new(name: str, own: frozenset[str], may_name: Callable[[str], bool]) -> bool:
    """Say whether a name is a person's, and one that the question does not hold, in part."""
    found = [word.text for word in words_of(name) if len(word.text) > 1]
    return bool(found) and found[-1] not in own and any(map(may_name, found))


def _tells_price(sentence: str, own: frozenset[str]) -> bool:
    """Say whether a sum stands there, and not as the price of something else."""
    if not _MONEY.search(sentence) or not _has_number(words_of(sentence)):
        return False
    prices = [match.group(1).lower() for match in _PRICE_OF.finditer(sentence)]
    return not prices or any(word.text in own for price in prices for word in words_of(price))


def _names_place(sentence: str, own: frozenset[str]) -> bool:
    for match in _PLACE.finditer(sentence):
        name = match.group(1) or match.group(2)
        if _NOT_A_PLACE.match(name):
            continue
        if any(word.text not in own for word in words_of(name)):
            return True
    return False


def _counts(sentence: str, question: Question, is_counted: Callable[[str], bool]) -> bool:
    """Say whether a number stands by what is counted, or, where that is unsaid, anywhere."""
    found = words_of(sentence)
    if question.counted is None:
        return _has_number(found)
    places = [at for at, word in enumerate(found) if is_counted(word.text)]
    return any(
        _has_number(found[max(0, at - _NEAR_NUMBER) : at + _NEAR_NUMBER + 1]) for at in places
    )


def _has_number(words: Sequence[Word]) -> bool:
    return any(word.text.isdigit() or word.text in _NUMERAL for word in words)
