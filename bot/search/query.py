"""What a person asks for, read from how they write it. Nothing of it reaches a database as is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.search.operators import (
    LANGUAGES,
    Operator,
    Problem,
    QuerySyntaxError,
    operator_named,
    start_of,
)
from summarizer.russian import FUNCTION_WORDS
from summarizer.words import words_of

LONGEST_QUERY = 4_096
"""Characters, which is all that a message holds."""

MOST_TERMS = 24
MOST_WORDS_IN_PHRASE = 40

_OPENING = '"«“„'
_CLOSING = '"»”“'
_BLANK = re.compile(r"\s+")
# What `words_of` takes for one word although blanks stand in it.
_IN_ONE = re.compile(r"(?<![^\W_])(?:[сcb]5\s?\+\s?1|\d{1,3}(?:\s\d{3})+)(?![^\W_])", re.I)
_OPERATOR = re.compile(r"([^\W\d_]{2,20}):(?!//)")
_MINUS = re.compile(r"[-−–](?=[^\s\-−–])")
_RUN = re.compile(rf"[^\s{_OPENING}]+|[{_OPENING}]")
# "К.", "К.-Ж.": the article may write the name out. "U.S." is a word.
_INITIAL = re.compile(r"(?<![^\W_])(?<![A-Za-z]\.)[^\W\d_]\.(?![A-Za-z]\.)")
_IN_TERM = re.compile(r"[^\s]*")


@dataclass(frozen=True, slots=True)
class Term:
    """Words to be found, folded: in any form, or exactly so and in this order.

    `start` and `end` are code points into the text of the query.
    """

    words: tuple[str, ...]
    exact: bool
    written: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query asks for, or what it will not have."""

    terms: tuple[Term, ...] = ()
    people: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there is anything."""
        return bool(self.terms or self.people or self.outlets or self.languages)


@dataclass(frozen=True, slots=True)
class Query:
    """A query: all terms and people, one of the outlets and languages, none of what is excluded.

    `after` ≤ an article's time < `before`, both aware.
    """

    text: str
    wanted: Wanted = field(default_factory=Wanted)
    excluded: Wanted = field(default_factory=Wanted)
    after: datetime | None = None
    before: datetime | None = None

    def without(self, term: Term) -> str:
        """Write the query without one of its terms."""
        return " ".join((self.text[: term.start] + self.text[term.end :]).split())


def plain_query(text: str) -> Query:
    """Make a query of the words of any text, whatever signs stand between them; never fails.

    Without a word in it the query is empty, and finds nothing.
    """
    words = list(dict.fromkeys(word.text for word in words_of(text[:LONGEST_QUERY])))[:MOST_TERMS]
    shown = " ".join(words)
    terms, at = [], 0
    for word in words:
        terms.append(Term((word,), False, word, at, at + len(word)))
        at += len(word) + 1
    return Query(shown, Wanted(terms=_telling(tuple(terms))))


def parse(text: str, zone: str = "UTC") -> Query:
    """Read a query.

    Args:
        text: what a person wrote.
        zone: the IANA zone in which their days begin.

    Raises:
        QuerySyntaxError: it cannot be read; the error tells which part, and what to try instead.
    """
    text = _IN_ONE.sub(lambda match: "".join(match.group().split()), " ".join(text.split()))
    reader = _Reader(text, zone)
    reader.read()
    return reader.query()


class _Reader:
    """Reads one query from its start to its end."""

    def __init__(self, text: str, zone: str) -> None:
        if len(text) > LONGEST_QUERY:
            raise QuerySyntaxError(Problem.TOO_LONG, text[:40], text[:LONGEST_QUERY])
        self._text = text
        self._zone = ZoneInfo(zone)
        self._at = 0
        self._wanted = {False: Wanted(), True: Wanted()}
        self._after: datetime | None = None
        self._before: datetime | None = None

    def read(self) -> None:
        while (blank := _BLANK.match(self._text, self._at)) or self._at < len(self._text):
            if blank:
                self._at = blank.end()
                continue
            start = self._at
            minus = _MINUS.match(self._text, self._at)
            if minus:
                self._at = minus.end()
            operator = _OPERATOR.match(self._text, self._at)
            if operator:
                self._read_operator(operator, excluded=minus is not None)
            else:
                self._read_words(start, excluded=minus is not None)

    def query(self) -> Query:
        wanted, excluded = self._wanted[False], self._wanted[True]
        has_dates = self._after is not None or self._before is not None
        if not wanted and not has_dates:
            problem = Problem.ONLY_EXCLUDED if excluded else Problem.EMPTY
            raise QuerySyntaxError(problem, self._text[:40])
        if len(wanted.terms) + len(excluded.terms) > MOST_TERMS:
            kept = self._text[: wanted.terms[MOST_TERMS // 2].start].strip() if wanted.terms else ""
            raise QuerySyntaxError(Problem.TOO_MANY, str(MOST_TERMS), kept)
        if self._after is not None and self._before is not None and self._after >= self._before:
            raise QuerySyntaxError(Problem.CROSSED_DATES, self._text)
        wanted = replace(wanted, terms=_telling(wanted.terms))
        return Query(self._text, wanted, excluded, self._after, self._before)

    def _read_operator(self, match: re.Match[str], *, excluded: bool) -> None:
        operator = operator_named(match.group(1))
        written = match.group()
        self._at = match.end()
        if operator is None:
            rest = self._text[: match.end() - 1] + " " + self._text[match.end() :]
            if self._at >= len(self._text) or self._text[self._at].isspace():
                # "Тема: визит" is no operator, but words and a colon.
                self._at = match.start()
                self._read_words(match.start(), excluded=excluded)
                return
            raise QuerySyntaxError(Problem.UNKNOWN_OPERATOR, written, " ".join(rest.split()))
        value = self._value(written)
        if operator in (Operator.AFTER, Operator.BEFORE):
            self._keep_date(operator, written + value, value)
            return
        if operator is Operator.LANGUAGE:
            language = LANGUAGES.get(value.lower())
            if language is None:
                raise QuerySyntaxError(Problem.UNKNOWN_LANGUAGE, written + value)
            value = language
        self._keep(operator, value, excluded=excluded)

    def _value(self, written: str) -> str:
        """Read what comes after an operator: a word, or several in quotation marks."""
        blank = _BLANK.match(self._text, self._at)
        if blank:
            self._at = blank.end()
        if self._at < len(self._text) and self._text[self._at] in _OPENING:
            return self._quoted().strip() or self._lacking(written)
        if _OPERATOR.match(self._text, self._at):
            self._lacking(written)
        run = _IN_TERM.match(self._text, self._at)
        value = run.group() if run else ""
        self._at += len(value)
        if not words_of(value):
            self._lacking(written)
        return value

    def _lacking(self, written: str) -> str:
        raise QuerySyntaxError(Problem.NO_VALUE, written)

    def _keep_date(self, operator: Operator, written: str, value: str) -> None:
        day = start_of(value)
        if day is None:
            raise QuerySyntaxError(Problem.NO_DATE, written)
        moment = datetime(day.year, day.month, day.day, tzinfo=self._zone)
        if operator is Operator.AFTER:
            self._after = moment
        else:
            self._before = moment

    def _keep(self, operator: Operator, value: str, *, excluded: bool) -> None:
        side = self._wanted[excluded]
        if operator is Operator.PERSON:
            side = replace(side, people=(*side.people, value))
        elif operator is Operator.OUTLET:
            side = replace(side, outlets=(*side.outlets, value))
        else:
            side = replace(side, languages=(*side.languages, value))
        if len(side.people) + len(side.outlets) + len(side.languages) > MOST_TERMS:
            raise QuerySyntaxError(Problem.TOO_MANY, str(MOST_TERMS))
        self._wanted[excluded] = side

    def _read_words(self, start: int, *, excluded: bool) -> None:
        run = _RUN.match(self._text, self._at)
        if run is None:
            self._at += 1
            return
        if run.group() in _OPENING:
            self._keep_terms(_phrase(self._quoted()), start, excluded=excluded)
            return
        self._at = run.end()
        written = run.group()
        words = [word.text for word in words_of(_INITIAL.sub(" ", written))]
        if excluded and len(words) > 1:
            self._keep_terms(_phrase(written), start, excluded=True)
            return
        for word in words:
            self._keep_terms(((word,), False), start, excluded=excluded)

    def _quoted(self) -> str:
        """Read to the closing quotation mark."""
        opened = self._at
        for at in range(opened + 1, len(self._text)):
            if self._text[at] in _CLOSING:
                self._at = at + 1
                return self._text[opened + 1 : at]
        plain = self._text[:opened] + self._text[opened + 1 :]
        raise QuerySyntaxError(Problem.UNCLOSED, self._text[opened:], plain.strip())

    def _keep_terms(
        self, found: tuple[tuple[str, ...], bool], start: int, *, excluded: bool
    ) -> None:
        words, exact = found
        if not words:
            return
        side = self._wanted[excluded]
        term = Term(words, exact, self._text[start : self._at], start, self._at)
        if any((one.words, one.exact) == (words, exact) for one in side.terms):
            return
        self._wanted[excluded] = replace(side, terms=(*side.terms, term))


def _phrase(text: str) -> tuple[tuple[str, ...], bool]:
    words = tuple(word.text for word in words_of(text)[:MOST_WORDS_IN_PHRASE])
    return words, True


def _telling(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Leave out prepositions and the like, unless there is nothing else."""
    return tuple(_without_function_words(terms)) or terms


def _without_function_words(terms: tuple[Term, ...]) -> Iterator[Term]:
    return (term for term in terms if term.exact or term.words[0] not in FUNCTION_WORDS)
