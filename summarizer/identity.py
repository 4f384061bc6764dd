"""Is the person of this article somebody the archive knows? Decided with a reason, or not at all.

Two humans under one name mislead a reader; one human under two names can be mended. Hence every
rule asks for exactly one bearer that fits, and whatever stays open becomes a person of its own.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from summarizer.analysis import Gender
from summarizer.name_keys import (
    NameParts,
    differ_in_ending,
    folded_name,
    is_cyrillic,
    same_given,
    sound,
    take_apart,
)
from summarizer.posts import contradict, share_post

_LEAST_MISSPELT = 5


class Reason(StrEnum):
    """Why a name in an article was taken for a person of the archive."""

    CORRECTION = "correction"
    BEAT = "beat"
    SAME_NAME = "same-name"
    SPELLING = "spelling"
    LATIN = "latin"
    CASE = "case"
    FULL_NAME = "full-name"
    INITIALS = "initials"
    SURNAME = "surname"
    MISSPELLING = "misspelling"
    FIRST_SEEN = "first-seen"


@dataclass(frozen=True, slots=True)
class Named:
    """A person as one article names and describes them; the name in the nominative."""

    name: str
    gender: Gender | None = None
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bearer:
    """A person of the archive, with everything they are called.

    `names` are nominatives and spellings, `corrected` those of them that an operator joined here.
    """

    id: int
    names: tuple[str, ...]
    gender: Gender | None = None
    posts: tuple[str, ...] = ()
    is_beat: bool = False
    corrected: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """Who it is, and why."""

    person_id: int
    reason: Reason


def decide(named: Named, bearers: Sequence[Bearer]) -> Link | None:
    """Find who of the archive an article's person is.

    Args:
        named: the person of the article.
        bearers: everybody of the archive whose name could be meant.

    Returns:
        The one bearer that fits, with the reason; None when there is none, or more than one.
    """
    parts = take_apart(named.name)
    if parts is None:
        return None
    folded = folded_name(named.name)
    for bearer in bearers:
        if folded in {folded_name(name) for name in bearer.corrected}:
            return Link(bearer.id, Reason.CORRECTION)
    possible = [bearer for bearer in bearers if _may_be(named, bearer)]
    rules = _FULL if parts.is_full else _BARE if parts.is_bare else _INITIALS
    for reason, fits in rules:
        found = [
            bearer
            for bearer in possible
            if any(fits(_Pair(named, parts, bearer, other)) for other in _parts(bearer))
        ]
        if found:
            chosen = _only(named, found) or _undecided(folded, possible)
            if chosen is None:
                return None
            is_alias = chosen.is_beat and reason in (Reason.SAME_NAME, Reason.SPELLING)
            return Link(chosen.id, Reason.BEAT if is_alias else reason)
    return None


@dataclass(frozen=True, slots=True)
class _Pair:
    """A name of the article beside one name of a bearer."""

    named: Named
    parts: NameParts
    bearer: Bearer
    other: NameParts

    @property
    def same_surname(self) -> bool:
        return self.parts.surname == self.other.surname or sound(self.parts.surname) == sound(
            self.other.surname
        )

    @property
    def same_script(self) -> bool:
        return is_cyrillic(self.parts.surname) == is_cyrillic(self.other.surname)


def _parts(bearer: Bearer) -> Iterable[NameParts]:
    return (parts for name in bearer.names if (parts := take_apart(name)) is not None)


def _may_be(named: Named, bearer: Bearer) -> bool:
    if named.gender and bearer.gender and named.gender != bearer.gender:
        return False
    # Whom the beat names is seldom a namesake; but a boxer is not the minister.
    is_named_in_full = bearer.is_beat and folded_name(named.name) in map(folded_name, bearer.names)
    return not contradict(named.posts, bearer.posts, countries=not is_named_in_full)


def _only(named: Named, found: Sequence[Bearer]) -> Bearer | None:
    """Choose the one bearer, or the one whose post the article states, or the one of the beat."""
    if len(found) == 1:
        return found[0]
    by_post = [bearer for bearer in found if share_post(named.posts, bearer.posts)]
    if len(by_post) == 1:
        return by_post[0]
    of_beat = [bearer for bearer in found if bearer.is_beat]
    return of_beat[0] if len(of_beat) == 1 and not named.posts else None


def _undecided(folded: str, possible: Sequence[Bearer]) -> Bearer | None:
    """Find the entry of those whom this very name left open before, and nothing else told."""
    for bearer in possible:
        if not bearer.posts and {folded_name(name) for name in bearer.names} == {folded}:
            return bearer
    return None


def _has_full_name(bearer: Bearer) -> bool:
    return any(parts.is_full for parts in _parts(bearer))


def _same_name(pair: _Pair) -> bool:
    return pair.parts == pair.other


def _same_words(pair: _Pair) -> bool:
    one = sorted((*pair.parts.given, pair.parts.surname))
    return one == sorted((*pair.other.given, pair.other.surname))


def _same_sounds(pair: _Pair) -> bool:
    return (
        len(pair.parts.given) == len(pair.other.given)
        and pair.other.is_full
        and pair.same_surname
        and same_given(pair.parts.given, pair.other.given)
    )


def _spelling(pair: _Pair) -> bool:
    return pair.same_script and _same_sounds(pair)


def _latin(pair: _Pair) -> bool:
    return not pair.same_script and _same_sounds(pair)


def _with_patronymic(pair: _Pair) -> bool:
    """Say whether one name has a middle name more, and all else in full and equal."""
    return (
        pair.parts.is_full
        and pair.other.is_full
        and pair.same_surname
        and bool(pair.parts.given)
        and bool(pair.other.given)
        and sound(pair.parts.given[0]) == sound(pair.other.given[0])
        and same_given(pair.parts.given, pair.other.given)
    )


def _case(pair: _Pair) -> bool:
    one, other = sorted((pair.parts.surname, pair.other.surname), key=len)
    if one + "а" == other and one.endswith(("ов", "ев", "ин", "ын")):
        # A brother and a sister, as soon as their first name is anybody's ("Женя").
        return False
    return (
        pair.same_script
        and pair.parts.given == pair.other.given
        and differ_in_ending(sound(one), sound(other))
    )


def _full_name(pair: _Pair) -> bool:
    """Say whether the full name has come to somebody known by initials or surname alone."""
    return (
        not _has_full_name(pair.bearer)
        and pair.same_surname
        and same_given(pair.parts.given, pair.other.given)
    )


def _initials(pair: _Pair) -> bool:
    return (
        pair.other.is_full and pair.same_surname and same_given(pair.parts.given, pair.other.given)
    )


def _initials_again(pair: _Pair) -> bool:
    return pair.same_surname and same_given(pair.parts.given, pair.other.given)


def _surname(pair: _Pair) -> bool:
    return pair.same_surname


def _misspelling(pair: _Pair) -> bool:
    """Say whether one slip of a letter parts the names, and the post is the same."""
    if not (pair.other.is_full and pair.same_script):
        return False
    if not share_post(pair.named.posts, pair.bearer.posts):
        return False
    one, other = pair.parts, pair.other
    if len(one.given) != len(other.given) or len(one.surname) < _LEAST_MISSPELT:
        return False
    # One slip alone: "Омаров" and "Омарова", which differ by an ending, were compared before.
    left, right = " ".join((*one.given, one.surname)), " ".join((*other.given, other.surname))
    return OSA.distance(left, right, score_cutoff=1) == 1


_Rule = tuple[Reason, Callable[[_Pair], bool]]
_FULL: tuple[_Rule, ...] = (
    (Reason.SAME_NAME, _same_name),
    (Reason.SAME_NAME, _same_words),
    (Reason.SPELLING, _spelling),
    (Reason.LATIN, _latin),
    (Reason.SAME_NAME, _with_patronymic),
    (Reason.CASE, _case),
    (Reason.FULL_NAME, _full_name),
    (Reason.MISSPELLING, _misspelling),
)
_INITIALS: tuple[_Rule, ...] = (
    (Reason.INITIALS, _initials),
    (Reason.INITIALS, _initials_again),
)
_BARE: tuple[_Rule, ...] = ((Reason.SURNAME, _surname),)
