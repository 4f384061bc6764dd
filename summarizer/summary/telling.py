"""Writing down what was chosen: names short the second time, dates absolute, neighbours joined."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from summarizer.ner import Tagged
from summarizer.summary.cuts_shapes import lemma
from summarizer.summary.forms import Form
from summarizer.summary.merging import merge
from summarizer.summary.model import SummarySentence
from summarizer.summary.parsed import Document
from summarizer.summary.retelling import dated, shortened_names, with_name
from summarizer.summary.standing import Standing
from summarizer.summary.surface import written

_PRONOUNS = frozenset({"он", "она"})


@dataclass(frozen=True, slots=True)
class _Written:
    form: Form
    text: str


class Telling:
    """Writes down sentences of one article.

    Args:
        document: the article, parsed.
        tagged: the same article, tagged.
        standing: what its sentences lean on.
        published: the day on which it came out; with it "во вторник" becomes a date.
    """

    def __init__(
        self, document: Document, tagged: Tagged, standing: Standing, published: date | None
    ) -> None:
        self._sentences = document.sentences
        self._tagged = tagged
        self._standing = standing
        self._published = published

    def told(self, forms: Sequence[Form]) -> Iterator[SummarySentence]:
        """Write sentences down.

        Args:
            forms: in the order of the article.

        Returns:
            One sentence for each form, or for two neighbours that were joined: it has the
            evidence of both.
        """
        for group in self._joined(forms):
            text = group[-1].text
            if self._published is not None:
                text = dated(text, self._published)
            spans = (self._sentences[each.form.sentence].sentence.span for each in group)
            yield SummarySentence(text, tuple(spans))

    def _joined(self, forms: Sequence[Form]) -> list[list[_Written]]:
        groups: list[list[_Written]] = []
        for form, again in zip(forms, self._named_again(forms), strict=True):
            before = groups[-1][0] if groups and len(groups[-1]) == 1 else None
            whole = self._after(before, form, again) if before else None
            if before and whole:
                groups[-1].append(_Written(form, whole))
            else:
                groups.append([_Written(form, self._written(form, again))])
        return groups

    def _after(self, before: _Written, form: Form, again: frozenset[int]) -> str | None:
        """Join a sentence to the one before it, where that is certain."""
        subject = merge(
            self._sentences,
            before.form,
            form,
            who=self._who,
            lemma_of=lambda word: lemma(self._tagged.models, word),
        )
        if subject is None or form.instead or before.form.instead:
            return None
        rest = self._written(form, again | subject)
        return f"{before.text.rstrip('.')} и {rest[:1].lower()}{rest[1:]}"

    def _written(self, form: Form, again: Collection[int]) -> str:
        if not again:
            return form.text
        sentence = self._sentences[form.sentence]
        return written(sentence, form.dropped | frozenset(again), form.instead)

    def _named_again(self, forms: Sequence[Form]) -> Iterator[frozenset[int]]:
        """List for each sentence the given names of those who were named in full before."""
        named: set[str] = set()
        for form in forms:
            again = set()
            for place, word in enumerate(self._sentences[form.sentence].words):
                _, person = self._short.get(word.span.start, (0, ""))
                if person and place not in form.dropped:
                    if person in named:
                        again.add(place)
                    named.add(person)
            yield frozenset(again)

    def _who(self, number: int, place: int) -> str | None:
        """Name the person of a word; of "он" only where it is certain."""
        if self._sentences[number].words[place].text.lower() not in _PRONOUNS:
            return self._standing.person_at(number, place)
        named = with_name(self._sentences, number, self._tagged)
        return self._standing.person_called(named[place]) if named and place in named else None

    @cached_property
    def _short(self) -> dict[int, tuple[int, str]]:
        return shortened_names(self._sentences, self._tagged)
