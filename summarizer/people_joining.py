"""Joining the mentions of an article into people, deciding each name over all its forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from summarizer.analysis import Gender
from summarizer.names_candidates import Key
from summarizer.people_mentions import Mention

_ABSENT = -6.0
_MARGIN = 4.0
_LONE_MARGIN = 5.0
_KEPT = 24
_TOLD_GENDER = 1.0
_LONG_SURNAME = 8
_COMPARED_AT_MOST = 60
_FITTING_AT_MOST = 40

Candidates = Mapping[Key, float]


@dataclass(slots=True)
class Group:
    """Mentions of one person, and what their forms together say of the name.

    `mentions` are numbers into the article's list; `initials` those stated, "" with a full name.
    """

    mentions: list[int]
    candidates: dict[Key, float]
    initials: tuple[str, ...] = ()

    @property
    def best(self) -> Key:
        """The likeliest nominatives and gender."""
        return max(self.candidates.items(), key=lambda item: (item[1], item[0]))[0]

    @property
    def gender(self) -> Gender | None:
        """The gender, when a name of the other one is clearly less likely."""
        best, gender = self.best
        other = [weight for key, weight in self.candidates.items() if key[1] != gender]
        top = self.candidates[best, gender]
        return gender if not other or top - max(other) > _TOLD_GENDER else None

    @property
    def is_lone(self) -> bool:
        """Whether nothing but a surname is known."""
        return not self.initials and not self.is_full

    @property
    def is_full(self) -> bool:
        """Whether a first name is known."""
        return len(self.best[0]) > 1


def join_mentions(
    mentions: Sequence[Mention], weighed: Sequence[Candidates], same: Mapping[int, int]
) -> list[Group]:
    """Group mentions by person: full names first, then initials, then surnames alone.

    A name that fits two people equally joins neither.

    Args:
        mentions: in order of the text.
        weighed: the candidates of each.
        same: the number of a mention that repeats another in Latin letters, and of that other.

    Returns:
        Groups, by first mention.
    """
    joiner = _Joiner(mentions, weighed)
    for index, mention in enumerate(mentions):
        if mention.is_full and index not in same:
            joiner.add_full(index)
    joiner.settle()
    for index, mention in enumerate(mentions):
        if not mention.is_full and mention.initials and index not in same:
            joiner.add_partial(index)
    for index, mention in enumerate(mentions):
        if not mention.is_full and not mention.initials and index not in same:
            joiner.add_partial(index)
    of_mention = {index: group for group in joiner.groups for index in group.mentions}
    for index, other in same.items():
        of_mention[other].mentions.append(index)
    for group in joiner.groups:
        group.mentions.sort()
    return sorted(joiner.groups, key=lambda group: group.mentions[0])


class _Joiner:
    def __init__(self, mentions: Sequence[Mention], weighed: Sequence[Candidates]) -> None:
        self._mentions = mentions
        self._weighed = weighed
        self.groups: list[Group] = []
        self._by_key: dict[tuple[str, ...], list[Group]] = {}
        self._by_word: dict[str, list[Group]] = {}

    def add_full(self, index: int) -> None:
        """Join a full name to the group that shares its likeliest nominatives, or begin one."""
        weighed = self._weighed[index]
        top = max(weighed.values())
        found: dict[int, Group] = {}
        for parts, _ in weighed:
            for group in self._by_key.get(parts, ()):
                found[id(group)] = group
        fits = []
        for group in found.values():
            loss = _loss(group.candidates, weighed, top)
            if loss < _MARGIN:
                fits.append((loss, group))
        if fits:
            group = min(fits, key=lambda fit: (fit[0], fit[1].mentions[0]))[1]
            _absorb(group, index, weighed)
        else:
            group = Group([index], dict(weighed), self._mentions[index].initials)
            self.groups.append(group)
        for parts, _ in weighed:
            known = self._by_key.setdefault(parts, [])
            if group not in known:
                known.append(group)

    def settle(self) -> None:
        """Merge groups that came to the same name, then index surnames for what follows."""
        merged: dict[tuple[str, ...], Group] = {}
        for group in self.groups:
            parts = group.best[0]
            shorter = (parts[0], parts[-1])
            same = merged.get(parts) or (merged.get(shorter) if len(parts) > 2 else None)
            same = same or self._misspelt(group, merged)
            if same is None:
                merged[parts] = group
                continue
            same.mentions += group.mentions
            for key, weight in group.candidates.items():
                same.candidates[key] = max(weight, same.candidates.get(key, weight))
        self.groups = list(merged.values())
        for group in self.groups:
            self._index(group)

    def _misspelt(self, group: Group, merged: Mapping[tuple[str, ...], Group]) -> Group | None:
        """Find the person of the same first name whose surname differs by one letter.

        Two that one sentence names are two, and so are two that are each named again.
        """
        parts = group.best[0]
        if len(self.groups) > _COMPARED_AT_MOST or len(parts[-1]) < _LONG_SURNAME:
            return None
        places = {self._mentions[index].sentence for index in group.mentions}
        for other, known in merged.items():
            # A letter at the end may be an ending: "Петров" and "Петрова" are two people.
            if other[:-1] != parts[:-1] or other[-1][-2:] != parts[-1][-2:]:
                continue
            if min(len(group.mentions), len(known.mentions)) > 1:
                continue
            if Levenshtein.distance(other[-1], parts[-1]) == 1 and places.isdisjoint(
                self._mentions[index].sentence for index in known.mentions
            ):
                return known
        return None

    def _index(self, group: Group) -> None:
        top = max(group.candidates.values())
        for (parts, _), weight in group.candidates.items():
            if weight < top - _LONE_MARGIN:
                continue
            for word in {parts[-1], parts[0]}:
                known = self._by_word.setdefault(word, [])
                if group not in known:
                    known.append(group)

    def add_partial(self, index: int) -> None:
        """Join a surname, with initials or alone, to the one group it fits, or begin one."""
        mention, weighed = self._mentions[index], self._weighed[index]
        fits = []
        near = self._near(weighed)
        for group in near if len(near) <= _FITTING_AT_MOST else ():
            if not _initials_fit(mention.initials, group):
                continue
            support = _support(group.candidates, weighed)
            loss = _best_loss(group.candidates, support, weighed)
            if loss < _LONE_MARGIN:
                fits.append((loss, group, support))
        chosen = _only(fits) or _only([fit for fit in fits if fit[1].is_lone])
        if chosen is not None:
            _, group, support = chosen
            group.mentions.append(index)
            group.candidates = {
                key: weight + support.get(key, _ABSENT) for key, weight in group.candidates.items()
            }
            if len(mention.initials) > len(group.initials) and not group.is_full:
                group.initials = mention.initials
            return
        group = Group([index], dict(weighed), mention.initials)
        self.groups.append(group)
        self._index(group)

    def _near(self, weighed: Candidates) -> Sequence[Group]:
        found: dict[int, Group] = {}
        for parts, _ in weighed:
            for group in self._by_word.get(parts[-1], ()):
                found[id(group)] = group
        return list(found.values())


def _only(
    fits: list[tuple[float, Group, dict[Key, float]]],
) -> tuple[float, Group, dict[Key, float]] | None:
    """Choose the one that fits; among several only one that fits far better."""
    fits.sort(key=lambda fit: fit[0])
    if not fits:
        return None
    if len(fits) > 1 and fits[1][0] - fits[0][0] < _MARGIN / 2:
        return None
    return fits[0]


def _initials_fit(initials: Sequence[str], group: Group) -> bool:
    if not initials:
        return True
    first = initials[0].lower()
    if group.is_full:
        return group.best[0][0].startswith(first)
    return not group.initials or group.initials[0].lower() == first


def _loss(ours: Candidates, theirs: Candidates, top: float) -> float:
    """Tell how much likelihood two sets lose when they must agree on one name."""
    most = max(ours.values())
    shared = [weight + theirs[key] for key, weight in ours.items() if key in theirs]
    return most + top - max(shared) if shared else 1e9


def _absorb(group: Group, index: int, weighed: Candidates) -> None:
    floor_ours = min(group.candidates.values()) + _ABSENT
    floor_theirs = min(weighed.values()) + _ABSENT
    keys = {*group.candidates, *weighed}
    summed = {
        key: group.candidates.get(key, floor_ours) + weighed.get(key, floor_theirs) for key in keys
    }
    best = sorted(summed.items(), key=lambda item: (-item[1], item[0]))[:_KEPT]
    group.candidates = dict(best)
    group.mentions.append(index)


def _support(candidates: Candidates, weighed: Candidates) -> dict[Key, float]:
    """Tell for each name how well the lone surname agrees with it, 0 for perfectly."""
    top = max(weighed.values())
    by_word: dict[tuple[str, Gender], float] = {
        (parts[-1], gender): weight - top for (parts, gender), weight in weighed.items()
    }
    support = {}
    for key in candidates:
        parts, gender = key
        agreed = [
            by_word[word, gender] for word in {parts[-1], parts[0]} if (word, gender) in by_word
        ]
        if agreed:
            support[key] = max(agreed)
    return support


def _best_loss(candidates: Candidates, support: Mapping[Key, float], weighed: Candidates) -> float:
    if not support:
        return 1e9
    return max(candidates.values()) - max(
        candidates[key] + agreed for key, agreed in support.items()
    )
