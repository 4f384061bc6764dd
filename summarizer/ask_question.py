"""What a question asks: the kind of its answer, and the words that the answer must rest on."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from summarizer.lemmas import lemmas
from summarizer.russian import FUNCTION_WORDS
from summarizer.words import Word, words_of

LONGEST_QUESTION = 500
"""Characters of a question that are read."""

MOST_WORDS = 16

_NAME = 1.3


class Kind(StrEnum):
    """What an answer must hold."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    NUMBER = "number"
    MONEY = "money"
    AGE = "age"
    SAID = "said"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Asked:
    """One word that a question turns on, folded.

    `follows` says that nothing but a blank or a hyphen stands between it and the one before;
    `is_name` says that it is written as a name, or with digits: nothing stands for it.
    `weight` is below 1 for words that only describe, above for names.
    """

    word: str
    is_name: bool = False
    weight: float = 1.0
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read; `counted` is the word right after "how many"."""

    text: str
    kind: Kind
    asked: tuple[Asked, ...]
    counted: str | None = None


_SAID_WORDS = (
    "сказал|заявил|сообщил|отметил|рассказал|ответил|подчеркнул|говорил|говорит|думает|считает"
    "|пообещал"
)
_KINDS = (
    (Kind.AGE, r"сколько лет|how old|неше жаста"),
    (
        Kind.MONEY,
        r"сколько (?:будет )?сто(?:ит|ил)|во сколько обо(?:ш|йд)|какова (?:стоимость|цена)"
        r"|сколько денег|на какую сумму|how much (?:does|did|will|money)|қанша тұрады",
    ),
    (Kind.NUMBER, r"сколько|how many|how much|неше|қанша"),
    (
        Kind.SAID,
        rf"(?:что|о ч[её]м|как) (?:{_SAID_WORDS})|what (?:did|does|has) .{{2,60}} (?:say|said)"
        r"|what .{2,60} said|не деді",
    ),
    (Kind.WHEN, r"когда|в каком году|какого числа|when|what year|қашан"),
    (Kind.WHERE, r"где|куда|откуда|в каком городе|в какой стране|where|қайда|қай қалада"),
    (Kind.WHO, r"кто|кого|кому|кем|с кем|о ком|who|whom|whose|кім|кімнің|кіммен"),
)
_PATTERNS = tuple((kind, re.compile(rf"(?<!\w)(?:{pattern})", re.I)) for kind, pattern in _KINDS)
_COUNTED = re.compile(r"(?:сколько|how many|how much|неше|қанша)\s+([^\W\d_]+)", re.I)

_EMPTY_WORDS = """
    кто кого кому кем ком что чего чему чем когда где куда откуда как какой какая какое какие
    каком какую каких какого какова сколько почему зачем ли ль же бы был была было были будет будут
    есть является являются стал стала стали станет такой такая такие этот эта эти это весь все всего
    сейчас сегодня теперь вообще именно еще уже только также тоже очень там тут здесь году число
    числа городе стране скажи скажите расскажи подскажите знаете известно
    who whom whose what when where why how many much does did do is are was were will would has
    have had be been it its their his her there this that these those place take takes took year old
    кім кімнің не неше қанша қашан қайда қай қалай қандай болды болады еді екен ма ме ба бе па пе
    сказал сказала сказали заявил заявила заявили сообщил сообщила отметил отметила рассказал
    рассказала ответил ответила подчеркнул подчеркнула говорил говорит думает считает пообещал say
    said says деді лет лета жаста стоит стоил стоила стоили стоимость цена сумму денег обошелся
    обошлось обошлась обойдется обойдутся cost costs қалада
"""
_EMPTY = frozenset(_EMPTY_WORDS.split()) | FUNCTION_WORDS
"""Words that say what kind of answer is wanted, or nothing."""

_LIGHT_WORDS = """
    новый новая новые новых главный главная дополнительных дополнительные последний последняя
    первый первая официальный официально компания компании компанию университет университета
    формат формате город города страна
"""
_LIGHT = frozenset(_LIGHT_WORDS.split())

_SAME = (
    "посетить посетил посетила посетит визит визита визитом прибыл прибыла прибудет приехал"
    " приехала приедет приезжал приезжать приезд поездка поездку visited visit arrived",
    "встретились встретился встретилась встретятся встреча встречи встречу встрече переговоры"
    " переговоров met meeting talks",
    "открылся открылась открыто открыт открыл открыла открыли откроется откроются открытие открытии"
    " заработало запустила opened open",
    "назначен назначена назначили назначил назначение appointed",
    "подписал подписали подписано подписана подписание подписи signed",
    "автор авторы авторами автором author authors",
    "поставят построят построил построила построили построен строительство возведут built build",
    "родился родилась рождения born",
    "глава руководитель возглавляет руководит председатель head",
    "обучались учатся учились обучаются учиться обучаться",
    "выделит выделил выделят потратит вложит предоставит",
    "сократилось сократился уменьшилось",
    "пройдут пройдет прошла прошел прошли состоится состоялся состоялась состоялись состоятся"
    " провели проведет",
)
_GROUPS = tuple(tuple(group.replace("ё", "е").split()) for group in _SAME)


def read_question(text: str) -> Question:
    """Read a question in Russian, English or Kazakh.

    Args:
        text: the question; signs and case are forgiven, what is beyond LONGEST_QUESTION left out.
    """
    text = " ".join(text.split())[:LONGEST_QUESTION]
    kind = next((kind for kind, pattern in _PATTERNS if pattern.search(text)), Kind.ANY)
    counted = _COUNTED.search(text)
    words = [word for word in words_of(text) if _tells(word)][:MOST_WORDS]
    asked: dict[str, Asked] = {}
    end = -1
    for word in words:
        asked.setdefault(word.text, _asked(word, text, follows=word.start - end == 1))
        end = word.end
    after = words_of(counted.group(1)) if counted and kind is Kind.NUMBER else []
    number_of = after[0].text if after and after[0].text in asked else None
    return Question(text, kind, tuple(asked.values()), number_of)


def _tells(word: Word) -> bool:
    return word.text not in _EMPTY and (len(word.text) > 1 or word.text.isdigit())


def _asked(word: Word, text: str, *, follows: bool) -> Asked:
    written = text[word.start : word.end]
    is_name = any(char.isdigit() for char in written) or (word.start > 0 and written[0].isupper())
    weight = (0.5 if word.text in _LIGHT else 1.0) * (_NAME if is_name else 1.0)
    return Asked(word.text, is_name, weight, follows)


@lru_cache(maxsize=10_000)
def same_meaning(word: str) -> frozenset[str]:
    """List the dictionary forms of words that say the same as a word, its own among them."""
    mine = lemmas(word)
    return frozenset().union(*(group for group in _meanings() if not mine.isdisjoint(group)))


@lru_cache(maxsize=1)
def _meanings() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(one for word in group for one in lemmas(word)) for group in _GROUPS)


def alike(forms: Collection[str]) -> frozenset[str]:
    """List words that say the same as a word, in questions and answers: a visit, an arrival.

    Args:
        forms: the forms of the word; those of the others are for the caller to find.
    """
    return frozenset(
        other for group in _GROUPS if not set(forms).isdisjoint(group) for other in group
    )
