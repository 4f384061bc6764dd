"""Names, posts and pronouns in a text, each with what its form tells."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.analysis import Gender, Person
from summarizer.lookalikes import fold
from summarizer.spans import Span
from summarizer.speakers_holders import Holders
from summarizer.speakers_posts import SERVING, Post, read_post
from summarizer.speakers_words import PREPOSITIONS, WORD, Words

_PRONOUNS: dict[str, Gender | None] = {"он": "m", "она": "f", "они": None, "he": "m", "she": "f"}
_PATRONYMIC = re.compile(r"(?:вич|вна|чна|улы|кызы|ұлы|қызы)(?:а|у|ем|ей|ы|е)?$")
_QUOTED = re.compile(r"\s*(?:«[^«»]{1,60}»|\"[^\"]{1,60}\")")
_APPOSITION = re.compile(r"\s+|\s*,\s*")
_CONSONANT = re.compile("[бвгджзйклмнпрстфхцчшщь]$")
_PARTING = frozenset(',.;:()—–«»"')
_NARROWING_WORDS = 10
_LEFT_OF_POST = 60
_LEFT_OF_NAME = 40

Kind = Literal["person", "post", "pronoun"]


@dataclass(frozen=True, slots=True)
class Referent:
    """A name, post or pronoun in its place.

    `is_subject` tells that its form can be a nominative; `gender` is known of persons and
    pronouns; `many` tells that as a subject it is a plural, `several` that otherwise it is.
    `under` names the person to whom a post belongs who is not its holder: "адвокат Иванова".
    """

    kind: Kind
    span: Span
    is_subject: bool
    gender: Gender | None = None
    many: bool = False
    several: bool = False
    name: str | None = None
    post: Post | None = None
    under: str | None = None


@dataclass(frozen=True, slots=True)
class _Mention:
    """A mention; `declines` tells that the name would look different in another case."""

    span: Span
    person: Person
    nominative: bool
    declines: bool
    alone: bool


class Referents:
    """Reads the names, posts and pronouns of stretches of a text.

    Args:
        text: the text.
        people: who is in it.
        words: the dictionary.
        holders: who holds which post.
    """

    def __init__(self, text: str, people: Sequence[Person], words: Words, holders: Holders) -> None:
        self._text = text
        self._folded = fold(text)
        self._words = words
        self._holders = holders
        self._mentions = sorted(
            (self._mention(person, span) for person in people for span in person.mentions),
            key=lambda mention: mention.span.start,
        )
        self._starts = [mention.span.start for mention in self._mentions]
        self._seen: dict[tuple[int, int], tuple[Referent, ...]] = {}

    def within(self, start: int, end: int) -> tuple[Referent, ...]:
        """List what stands in a stretch, in order; a post with its name is one."""
        key = (start, end)
        if key not in self._seen:
            self._seen[key] = tuple(self._scan(start, end))
        return self._seen[key]

    def in_name(self, offset: int) -> bool:
        """Say whether an offset stands inside a name."""
        return self._mention_at(offset) is not None

    def _mention(self, person: Person, span: Span) -> _Mention:
        words = [
            word
            for word in WORD.findall(self._folded[span.start : span.end])
            if len(word) > 1 and not _PATRONYMIC.search(word)
        ]
        name = WORD.findall(fold(person.name))
        nominative = all(word in name for word in words)
        declines = nominative and any(_declines(word, person.gender) for word in words)
        alone = " " not in self._text[span.start : span.end]
        return _Mention(span, person, nominative, declines, alone)

    def _mention_at(self, offset: int) -> _Mention | None:
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self._mentions[index].span.end:
            return self._mentions[index]
        return None

    def _scan(self, start: int, end: int) -> Iterator[Referent]:
        place = start
        while match := WORD.search(self._folded, place, end):
            place = match.end()
            word = match.group()
            if mention := self._mention_at(match.start()):
                place = max(place, mention.span.end)
                yield self._of_mention(mention, start)
            elif word in _PRONOUNS:
                many = word == "они"
                yield Referent("pronoun", Span(*match.span()), True, _PRONOUNS[word], many)
            elif self._words.head_of(word):
                referent = self._of_post(match.start(), match.end(), end)
                place = max(place, referent.span.end)
                yield referent

    def _of_mention(self, mention: _Mention, start: int) -> Referent:
        begin = mention.span.start
        left = self._folded[max(start, begin - _LEFT_OF_NAME) : begin]
        before = WORD.findall(left)
        word = before[-1] if before and not set(left[-2:]) & _PARTING else ""
        is_subject = mention.nominative and word not in PREPOSITIONS
        if is_subject and word and not mention.declines:
            is_subject = not self._words.governs(word)
        return _of_person(mention, mention.span, is_subject)

    def _of_post(self, start: int, end: int, limit: int) -> Referent:
        readings = self._words.readings_as_post(self._folded[start:end])
        nominative = [marks for marks in readings if "nomn" in marks]
        oblique = [marks for marks in readings if "nomn" not in marks]
        many = all("plur" in marks for marks in nominative or readings)
        stop = self._narrowed(end, limit)
        post = read_post(self._text[self._widened(start) : stop], self._words.head_of)
        named = self._apposed(stop, limit, post, bool(nominative) and not many)
        if named is not None:
            return _of_person(named, Span(start, named.span.end), bool(nominative))
        return Referent(
            "post",
            Span(start, stop),
            bool(nominative),
            many=many,
            several=all("plur" in marks for marks in oblique or readings),
            post=post,
            under=self._under(stop, limit),
        )

    def _under(self, stop: int, limit: int) -> str | None:
        """Name whom a post belongs to: the name right after it that is not apposed."""
        mention = self._mention_at(stop + 1) if stop + 1 < limit else None
        if mention is None or self._text[stop : mention.span.start].strip():
            return None
        return mention.person.name

    def _widened(self, start: int) -> int:
        """Go left over the adjectives of a post: "американский | посол"."""
        begin = start
        for match in reversed(
            list(WORD.finditer(self._folded, max(0, start - _LEFT_OF_POST), start))
        ):
            apart = self._folded[match.end() : begin].strip()
            if apart or "ADJF" not in self._words.marks(match.group()):
                break
            begin = match.start()
        return begin

    def _narrowed(self, end: int, limit: int) -> int:
        """Go right over the words that narrow a post: "глава | МИД Казахстана"."""
        stop = end
        for _ in range(_NARROWING_WORDS):
            if quoted := _QUOTED.match(self._folded, stop, limit):
                stop = quoted.end()
                continue
            match = WORD.search(self._folded, stop, limit)
            if match is None or self._folded[stop : match.start()].strip():
                break
            word = match.group()
            to_place = word == "в" and self._text[match.end() + 1 : match.end() + 2].isupper()
            if self._mention_at(match.start()) or not (to_place or self._words.narrows(word)):
                break
            stop = match.end()
        return stop

    def _apposed(
        self, stop: int, limit: int, post: Post | None, nominative: bool
    ) -> _Mention | None:
        """Find the name of who holds a post, right after it: "министр | Белова"."""
        gap = _APPOSITION.match(self._folded, stop, limit)
        mention = self._mention_at(gap.end()) if gap else None
        if gap is None or mention is None or mention.span.end > limit:
            return None
        after = self._folded[mention.span.end : mention.span.end + 1]
        if "," in gap.group() and (mention.nominative != nominative or after != ","):
            return None
        if follower := self._follower(mention, limit):
            return follower
        return mention if self._may_hold(mention, post, stop, nominative) else None

    def _follower(self, mention: _Mention, limit: int) -> _Mention | None:
        """Go on to the second name: "пресс-секретарь президента Токаева | Берик Уали"."""
        follower = self._mention_at(mention.span.end + 1)
        if follower is None or follower.person is mention.person or follower.span.end > limit:
            return None
        apart = self._text[mention.span.end : follower.span.start].strip()
        return None if apart else follower

    def _may_hold(self, mention: _Mention, post: Post | None, stop: int, nominative: bool) -> bool:
        """Say whether a name after a post is its holder's, by case and by what else is known."""
        if post and post.concept in SERVING and mention.alone and not mention.declines:
            return False
        if nominative:
            return mention.nominative
        if mention.declines:
            return False
        # "по словам секретаря президента Токаева": the name is the president's.
        words = WORD.findall(self._folded[max(0, stop - _LEFT_OF_POST) : stop])
        nested = sum(self._words.head_of(word) is not None for word in words)
        return nested <= 1 or post is None or self._holders.is_like(mention.person, post)


def _of_person(mention: _Mention, span: Span, is_subject: bool) -> Referent:
    person = mention.person
    return Referent("person", span, is_subject, person.gender, name=person.name)


def _declines(word: str, gender: Gender | None) -> bool:
    """Say whether a name in the nominative would look different in any other case."""
    if word.endswith(("а", "я")):
        return True
    return gender != "f" and _CONSONANT.search(word) is not None
