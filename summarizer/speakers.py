"""Who is meant where: the people of an article, asked about by place."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from summarizer.analysis import Gender, Person
from summarizer.lookalikes import fold
from summarizer.models import Models
from summarizer.quotes_verbs import Agreement
from summarizer.spans import Span
from summarizer.speakers_holders import Holders
from summarizer.speakers_referents import Referent, Referents
from summarizer.speakers_words import WORD, Words

_RELATIVE = re.compile(r",\s+(?:[а-я]{1,4}\s+)?котор[а-я]+[^,.;]{0,200}(?:,|$)")
_ASIDE = re.compile(r"\([^()]{0,200}\)|«[^«»]{0,300}»")
_SUBORDINATE = re.compile(
    r",\s+(?:[а-я]{1,4}\s+)?(?:котор|что\s|чтобы\s|когда\s|где\s|если\s|хотя\s)"
)
_NAMED_AMONG = 3


class Cast:
    """The people of an article.

    Args:
        text: the article.
        people: who is in it.
        models: the dictionary.
        sentences: spans of its sentences, in order.
    """

    def __init__(
        self, text: str, people: Sequence[Person], models: Models, sentences: Sequence[Span]
    ) -> None:
        self.text = text
        self.folded = fold(text)
        self._words = Words(models)
        self._holders = Holders(people, self._words)
        self._referents = Referents(text, people, self._words, self._holders)
        self._genders = {person.name: person.gender for person in people}
        self._sentences = sentences
        self._sentence_starts = [span.start for span in sentences]

    def sentence_at(self, offset: int) -> Span | None:
        """Give the last sentence that begins at or before an offset."""
        index = bisect_right(self._sentence_starts, offset) - 1
        return self._sentences[index] if index >= 0 else None

    def sentences_before(self, offset: int, count: int) -> Iterator[Span]:
        """Give the sentences that begin before an offset, nearest first."""
        index = bisect_left(self._sentence_starts, offset) - 1
        for place in range(index, max(-1, index - count), -1):
            yield self._sentences[place]

    def in_name(self, offset: int) -> bool:
        """Say whether an offset stands inside a name: the full stop of an initial is no end."""
        return self._referents.in_name(offset)

    def referents(self, start: int, end: int) -> tuple[Referent, ...]:
        """List names, posts and pronouns of a stretch, in order; a post with its name is one."""
        return self._referents.within(start, end)

    def gender_of(self, name: str) -> Gender | None:
        """Tell the gender of a person of the article."""
        return self._genders.get(name)

    def holder(self, referent: Referent, gender: Gender | None = None) -> str | None:
        """Tell who holds the post that a referent names; None for other referents."""
        if referent.post is None:
            return None
        at = referent.span.start
        return self._holders.find(referent.post, at, besides=referent.under, gender=gender)

    def subject(self, start: int, end: int, agreement: Agreement, *, last: bool) -> Referent | None:
        """Find who can be the subject of a verb in a stretch beside it.

        Args:
            start: begin of the stretch.
            end: its end.
            agreement: the verb's form; a subject that does not agree is passed over.
            last: take the last one (left of the verb) and not the first (right of it).
        """
        if not last and (stop := _SUBORDINATE.search(self.folded, start, end)):
            end = stop.start()
        hidden = [
            match.span()
            for pattern in (_RELATIVE, _ASIDE)
            for match in pattern.finditer(self.folded, start, end)
        ]
        fitting = [
            referent
            for referent in self.referents(start, end)
            if referent.is_subject
            and _agrees(referent, agreement)
            and not any(left <= referent.span.start < right for left, right in hidden)
        ]
        if not fitting:
            return None
        return fitting[-1] if last else self._named_after(fitting)

    def _named_after(self, found: Sequence[Referent]) -> Referent:
        """Go from a post to the name that follows its like: "актёр, продюсер и директор | Рэй"."""
        first = found[0]
        end = first.span.end
        for referent in found[1:] if first.kind == "post" else ():
            between = self.folded[end : referent.span.start]
            if referent.name is not None and referent.name == first.under:
                break
            if self._is_whole_name(referent) and self._words.is_plain(between):
                return referent
            if not self._words.is_chain(between):
                break
            if referent.kind == "person":
                return referent
            end = referent.span.end
        return first

    def _is_whole_name(self, referent: Referent) -> bool:
        written = self.text[referent.span.start : referent.span.end]
        return referent.kind == "person" and " " in written

    def named_at(self, start: int, end: int) -> Referent | None:
        """Find who is named right at an offset, whatever the case: "по словам | министра"."""
        for referent in self.referents(start, end)[:_NAMED_AMONG]:
            between = self.folded[start : referent.span.start]
            words = WORD.findall(between)
            if all(map(self._words.is_adjective, words)):
                return referent
            # A noun would be what the post only belongs to, unless it is somebody's and a whole
            # name follows: "слова командира корабля | Павла Виноградова".
            somebody = self._words.names_somebody(words) and self._is_whole_name(referent)
            if somebody and self._words.is_plain(between):
                return referent
        return None

    def has_other_subject(self, start: int, end: int) -> bool:
        """Say whether a thing can be the subject of the verb that stands after a stretch."""
        return self._words.has_subject(self.folded[start:end].rpartition(",")[2])

    def leaves_out_subject(self, start: int, end: int) -> bool:
        """Say whether what stands beside a verb names no subject: "добавил | в интервью"."""
        return self._words.begins_without_subject(self.folded[start:end])


def _agrees(referent: Referent, agreement: Agreement) -> bool:
    """Say whether a referent can be the subject of a verb in this form."""
    if agreement == "pl" or referent.many:
        return agreement == "pl" and referent.many
    if agreement in {"m", "f"} and referent.gender and referent.kind != "post":
        return referent.gender == agreement
    return agreement != "n"
