"""Whom a pronoun means."""

from bisect import bisect_right
from collections.abc import Sequence

from summarizer.analysis import Gender
from summarizer.spans import Span
from summarizer.speakers import Cast
from summarizer.speakers_referents import Referent
from summarizer.speakers_words import is_joint

_SENTENCES_BACK = 8
_LETTERS_BACK = 1_000


class Focus:
    """Finds the person whom a pronoun means: the subject of the nearest sentence before it.

    Args:
        cast: the people of the article.
        spoken: spans of direct speech, whose words are not the author's.
    """

    def __init__(self, cast: Cast, spoken: Sequence[Span]) -> None:
        self._cast = cast
        self._spoken = sorted(spoken, key=lambda span: span.start)
        self._spoken_starts = [span.start for span in self._spoken]
        self._speakers: list[tuple[int, str]] = []

    def spoke(self, offset: int, name: str) -> None:
        """Remember whom the words at an offset tell to have spoken; call it in text order."""
        self._speakers.append((offset, name))

    def who(self, referent: Referent) -> str | None:
        """Tell the person behind a referent, or None when the article does not tell."""
        if referent.kind == "pronoun":
            return self.nearest(referent.span.start, referent.gender)
        return referent.name or self._cast.holder(referent)

    def nearest(self, offset: int, gender: Gender | None) -> str | None:
        """Find the person that a pronoun of a gender means; None when two could be meant.

        Where no sentence before it has a subject that fits, it is the only person whom the
        nearest of them names otherwise.
        """
        fallback: str | None = None
        for sentence in self._cast.sentences_before(offset, _SENTENCES_BACK):
            end = min(sentence.end, offset)
            told = self._last_speaker(sentence.start, end)
            if told and self._fits(told, gender):
                return told
            seen = self._seen(max(sentence.start, end - _LETTERS_BACK), end, gender)
            subjects = [referent for referent in seen if referent.is_subject]
            if subjects:
                return self._only(subjects, gender)
            names = {referent.name for referent in seen if referent.name}
            if fallback is None and len(names) == 1:
                fallback = names.pop()
        return fallback

    def _seen(self, start: int, end: int, gender: Gender | None) -> list[Referent]:
        """List whom the author names in a stretch and who is of a gender, as far as known."""
        return [
            referent
            for referent in self._cast.referents(start, end)
            if referent.kind != "pronoun"
            and not referent.many
            and not self._is_spoken(referent.span.start)
            and (gender is None or referent.gender in {None, gender})
            and self._may_hold(referent, gender)
        ]

    def _may_hold(self, referent: Referent, gender: Gender | None) -> bool:
        """Rule out a post that somebody of the other gender holds."""
        holder = self._cast.holder(referent)
        return holder is None or self._fits(holder, gender)

    def _last_speaker(self, start: int, end: int) -> str | None:
        for at, name in reversed(self._speakers):
            if at < start:
                return None
            if at < end:
                return name
        return None

    def _only(self, subjects: Sequence[Referent], gender: Gender | None) -> str | None:
        first = subjects[0]
        for second in subjects[1:2]:
            between = self._cast.folded[first.span.end : second.span.start]
            if is_joint(between) and first.name != second.name:
                return None
        return first.name or self._cast.holder(first, gender)

    def _fits(self, name: str, gender: Gender | None) -> bool:
        known = self._cast.gender_of(name)
        return gender is None or known is None or known == gender

    def _is_spoken(self, offset: int) -> bool:
        index = bisect_right(self._spoken_starts, offset) - 1
        return index >= 0 and offset < self._spoken[index].end
