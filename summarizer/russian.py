"""Small signs of Russian, Kazakh and English grammar that need no dictionary."""

import re

_FUNCTION_WORDS = """
    а без благодаря в ввиду вне во вокруг вопреки для до если за и из из-за или именно к как ко
    когда кроме либо между на над не ни но о об от перед под по после при про с свой со согласно
    среди то у чем через что чтобы это эта этот её его их который которая которое которые которого
    которой the a an of in on at to for and or by with from that és мен және үшін туралы
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words after which more must follow."""

_VERB_ENDING = re.compile(
    r"(?:[аеиоуыяюё]л(?:[аои]|ся|ась|ось|ись)?|[ёо]шел|[еи]т|[её]тся|[ую]т|[ая]т|[иуюая]тся"
    r"|ть|ться|(?<=\w\w)[ае]н[аоы]?|ято?)$"
)
_IRREGULAR = """
    умер погиб вырос возрос исчез привез принес увез спас помог смог лег сел есть нет будет
    должен должна должны готов готова готовы намерен is are was were has have had said will
"""
_VERBS = frozenset(_IRREGULAR.split())
_WORD = re.compile(r"[^\W\d_]+")
_ENDED = re.compile(r"[.!?…]+[»”“\"')\]]*$")
_CLOSED = re.compile(r"[.!?…:;,—–-][»”“\"')\]]*$")


def may_hold_verb(text: str) -> bool:
    """Say whether a word of a folded text has the look of a verb; errs towards yes."""
    return any(
        word in _VERBS or (len(word) > 3 and _VERB_ENDING.search(word) is not None)
        for word in _WORD.findall(text)
    )


def is_ended(text: str) -> bool:
    """Say whether a trimmed text ends as a sentence does, with a full stop, ?, ! or ellipsis."""
    return _ENDED.search(text[-12:]) is not None


def is_open_ended(text: str) -> bool:
    """Say whether a trimmed text ends without any mark, as a headline or a broken line does."""
    return _CLOSED.search(text[-12:]) is None


def ends_in_function_word(text: str) -> bool:
    """Say whether a text stops at a preposition or conjunction, so that more must follow."""
    last = text.rsplit(None, 1)[-1:] if text else []
    return bool(last) and last[0].lower() in FUNCTION_WORDS


def capitalised(text: str) -> str:
    """Write a sentence's first letter as a capital, past any marks before it."""
    for index, char in enumerate(text):
        if char.isalnum():
            upper = char.upper()
            return text[:index] + upper + text[index + 1 :] if len(upper) == 1 else text
    return text
