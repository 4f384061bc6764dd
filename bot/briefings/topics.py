"""Which subject a story belongs to: the one with the most of its words in it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Self

from bot.beat import Beat, BeatTopic
from summarizer.language import detect_language
from summarizer.terms import Term, Terms, tokens_of

_READ_AT_MOST = 2_000
_KEPT = 4_096
_LEAST_WORDS = 2


@dataclass(frozen=True, eq=False)
class Topics:
    """The subjects of a beat, ready to be looked for."""

    topics: tuple[BeatTopic, ...]

    @classmethod
    def of_beat(cls, beat: Beat) -> Self:
        """Take the subjects of a beat."""
        return cls(beat.topics)

    def names(self, language: str) -> dict[str, str]:
        """Name all subjects in an interface language, by id."""
        return {topic.id: topic.name[language] for topic in self.topics}

    def called(self, words: str) -> str | None:
        """Find the subject of exactly this name or id."""
        asked = words.casefold().strip()
        for topic in self.topics:
            if asked in {topic.id, *(name.casefold() for name in topic.name.values())}:
                return topic.id
        return None

    def named(self, words: str) -> str | None:
        """Find the subject that somebody names: by name or id, or by a word of either."""
        asked = words.casefold().strip()
        if not asked:
            return None
        if called := self.called(words):
            return called
        in_names = [
            topic.id
            for topic in self.topics
            if any(
                asked in name.casefold().replace(",", "").split() for name in topic.name.values()
            )
        ]
        if len(in_names) == 1:
            return in_names[0]
        counted = self._count(words)
        return self._most(counted) if counted else None

    def of(self, headline: str, text: str) -> str | None:
        """Tell the subject of a story, or None where its words tell of none.

        headline: counts twice. text: what the story says; its first 2,000 characters are read.
        """
        return self._cached(headline, text[:_READ_AT_MOST])

    @cached_property
    def _cached(self) -> Callable[[str, str], str | None]:
        return lru_cache(maxsize=_KEPT)(self._of)

    def _of(self, headline: str, text: str) -> str | None:
        counted = self._count(headline)
        counted = counted + counted + self._count(text)
        if not counted:
            return None
        topic = self._most(counted)
        return topic if counted[topic] >= _LEAST_WORDS else None

    def _most(self, counted: Counter[str]) -> str:
        """Give the subject with the most words; of equals, the one that the beat names first."""
        return max((topic.id for topic in self.topics), key=lambda topic: counted[topic])

    def _count(self, text: str) -> Counter[str]:
        """Count the different words of each subject in a text."""
        in_kazakh = detect_language(text) == "kk"
        hits = self._terms.find(tokens_of(text), in_kazakh=in_kazakh)
        return Counter(topic for topic, _ in {(hit.term.tells, hit.term.name) for hit in hits})

    @cached_property
    def _terms(self) -> Terms:
        terms: Mapping[tuple[str, str], Term] = {
            (topic.id, word): Term(word, "term", topic.id, 1.0, (word,))
            for topic in self.topics
            for word in topic.words
        }
        return Terms((), tuple(terms.values()))
