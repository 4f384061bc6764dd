"""Whether what a model wrote is a summary at all, before its sentences are checked."""

import re
from collections import Counter

from summarizer.language import detect_language
from summarizer.lookalikes import words
from summarizer.summary.abstractive.prompts import WORDINGS

_MARKUP = re.compile(
    r"</?[A-Za-z!|][^>]{0,200}>|```|\*\*|^\s{0,3}#{1,6}\s|^\s*\|.*\||\[[^\]]*\]\(|\{\{|https?://"
    r"|&[a-z]{2,8};|\\[a-z]+\{",
    re.MULTILINE,
)
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+", re.MULTILINE)
# "Вот краткое содержание статьи:", "Sure! Here is the summary:".
_PREFACE = re.compile(r"\A[^\n:.]{0,40}[!.,]?[^\n:.]{0,80}:\s*\n+")
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
_NEXT_TURN = re.compile(r"\n\s*\n|\n(?:Статья|Article|Мақала)\b")
_LOOP = 3
_LOOP_WORDS = 4
_LEAK_WORDS = 6
_FEWEST_DISTINCT = 0.4
_LONG_ENOUGH_TO_TELL = 20
_TOO_LONG = 2
_ONE_OTHER_LETTER_IN = 4


def tidy_draft(text: str, *, goes_on: bool) -> str:
    """Take off what surrounds a summary: a preface, bullets, and what a model went on to write.

    goes_on: whether the model only continues texts, so that its summary ends at an empty line.
    """
    text = _THOUGHT.sub("", text).strip()
    if goes_on:
        text = _NEXT_TURN.split(text, maxsplit=1)[0]
    text = _PREFACE.sub("", text, count=1)
    text = _BULLET.sub("", text)
    return " ".join(text.split())


def nonsense(text: str, *, language: str, max_words: int) -> str | None:
    """Say why a text is no summary, or None when it may be one.

    Args:
        text: what a model wrote, tidied.
        language: the one that was asked for.
        max_words: how many words were asked for at most; twice as many are too many.
    """
    said = words(text)
    if not said:
        return "the model wrote nothing"
    number = len(text.split())
    signs = {
        "the model wrote markup": bool(_MARKUP.search(text)),
        "the model repeats itself": _is_loop(said),
        f"the model wrote in another language than {language}": _is_foreign(text, language),
        "the model repeats its instructions": _is_leak(said),
        f"the model wrote {number} words instead of {max_words}": number > _TOO_LONG * max_words,
    }
    return next((sign for sign, is_so in signs.items() if is_so), None)


def _is_loop(said: tuple[str, ...]) -> bool:
    groups = Counter(zip(*(said[start:] for start in range(_LOOP_WORDS)), strict=False))
    if groups and max(groups.values()) >= _LOOP:
        return True
    return len(said) >= _LONG_ENOUGH_TO_TELL and len(set(said)) / len(said) < _FEWEST_DISTINCT


def _is_foreign(text: str, language: str) -> bool:
    if detect_language(text) != language:
        return True
    # Letters of scripts that none of the languages has.
    letters = [char for char in text if char.isalpha()]
    other = sum(not _is_ours(char) for char in letters)
    return other * _ONE_OTHER_LETTER_IN > len(letters)


def _is_ours(char: str) -> bool:
    return char <= "\u024f" or "\u0400" <= char <= "\u052f"


def _is_leak(said: tuple[str, ...]) -> bool:
    ours: set[tuple[str, ...]] = set()
    for wording in WORDINGS.values():
        for sentence in (wording.task, wording.after, wording.plain_summary):
            ours |= set(_groups(words(sentence)))
    return any(group in ours for group in _groups(said))


def _groups(said: tuple[str, ...]) -> list[tuple[str, ...]]:
    return list(zip(*(said[start:] for start in range(_LEAK_WORDS)), strict=False))
