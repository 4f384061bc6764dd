"""The default summary: sentences chosen and shortened, each with the place it rests on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from summarizer.analysis import Person
from summarizer.headline import headline
from summarizer.language import detect_language
from summarizer.models import Models
from summarizer.ner import Tagged
from summarizer.people import find_people
from summarizer.summary.choose import Candidate, Need, Scorer, Way, choose
from summarizer.summary.cuts import bare_nouns, find_cuts, name_stem
from summarizer.summary.forms import Form, forms_of, whole_form
from summarizer.summary.headlines import shortened
from summarizer.summary.lead import kept_together, lead_summary, told_once
from summarizer.summary.leaning import is_fragment, is_speech, leaning
from summarizer.summary.model import Summary, SummarySentence
from summarizer.summary.parsed import Document, ParsedSentence, parse_article
from summarizer.summary.retelling import with_name
from summarizer.summary.rules_worth import lemma_of
from summarizer.summary.standing import Standing
from summarizer.summary.surface import finished
from summarizer.summary.syntax import DASHES
from summarizer.summary.telling import Telling
from summarizer.summary.worth import LearnedScorer
from summarizer.text import ArticleText, Sentence

MAKER = "condensed"
READ_SENTENCES = 20
"""Sentences of an article that a summary chooses from; news says what matters early."""

_FIRST_LINES, _LINES = 3, 6
"""Candidates among which a headline is chosen, and those tried when none of them is short."""

_ASIDE = re.compile(r"\s*\([^()\n]{1,200}\)")
_LOUD = re.compile(r"[!?…]|\.\.\.|^\W|:\s*$")
_LEAST_WORDS = 4


class Condenser:
    """Makes the summaries of one article.

    Args:
        article: an article that was read.
        tagged: the same article, tagged.
        models: the language models.
        published: the day on which it came out; with it "во вторник" becomes a date.
        people: who is in it; found when not given.
        scorer: tells what each word is worth; the trained one when not given.
    """

    def __init__(
        self,
        article: ArticleText,
        tagged: Tagged,
        models: Models,
        *,
        published: date | None = None,
        people: Sequence[Person] | None = None,
        scorer: Scorer | None = None,
    ) -> None:
        self._article = article
        self._tagged = tagged
        self._models = models
        self._published = published
        self._people = people
        self._scorer = scorer or LearnedScorer(models)

    def summary(self, *, max_words: int = 60, max_sentences: int | None = None) -> Summary:
        """Tell the article in so many words.

        Args:
            max_words: the most words, counted between white space, at least 1; exceeded only by
                an article whose first sentence alone is longer and cannot be shortened.
            max_sentences: the most sentences, or None for as many as fit.

        Returns:
            The summary, sentences in the order of the article; empty only when it has none.
        """
        forms = self._chosen(max_words, max_sentences)
        if not forms:
            return self._plain(max_words, max_sentences)
        return Summary(tuple(self._told(forms)), MAKER)

    def one_line(self, *, max_words: int = 12) -> str:
        """Name the article in one neutral line: by its title, else by what matters most in it.

        Args:
            max_words: the most words, at least 1.

        Returns:
            The line without a full stop; empty only for an article without text.
        """
        title = self._article.title or ""
        if title and len(title.split()) <= max_words and not _LOUD.search(title):
            return title.rstrip(".")
        lines = [self._lines(number) for number in range(min(_LINES, len(self._candidates)))]
        forms = choose(lines[:_FIRST_LINES], max_words=max_words, max_sentences=1)
        if forms:
            return next(self._told(forms)).text.rstrip(".")
        for form in (way.forms[0] for line in lines for way in reversed(line)):
            sentence = self._document.sentences[form.sentence]
            if (text := shortened(sentence, form.dropped, max_words)) is not None:
                return text
        return headline(self._article, words=max_words).text

    def _chosen(self, max_words: int, max_sentences: int | None) -> tuple[Form, ...]:
        """Choose twice: what names save when they are told again is room for more."""
        forms = choose(self._candidates, max_words=max_words, max_sentences=max_sentences)
        saved = max_words - sum(len(told.text.split()) for told in self._told(forms))
        if forms and saved > 0:
            more = choose(
                self._candidates, max_words=max_words + saved, max_sentences=max_sentences
            )
            if sum(len(told.text.split()) for told in self._told(more)) <= max_words:
                return more
        return forms

    def _lines(self, number: int) -> Candidate:
        """Give the ways to tell a candidate by itself; in a headline every post may go."""
        first = self._candidates[number][0]
        if len(first.forms) > 1 or first.after is not None:
            return ()
        place = first.forms[0].sentence
        sentence = self._document.sentences[place]
        surnames = frozenset(
            name_stem(self._tagged.sentences[name.sentence][name.last].text)
            for name in self._tagged.named("PER")
        )
        cuts = find_cuts(sentence, self._models, bare=self._bare, named=surnames)
        worth = self._worth[place]
        forms = forms_of(place, sentence, cuts, worth, self._keys(place))
        return tuple(Way((form,)) for form in forms)

    def _plain(self, max_words: int, max_sentences: int | None) -> Summary:
        """Take leading sentences: of other languages, and where nothing could be chosen."""
        pruned = replace(
            self._article, sentences=tuple(_pruned(each) for each in self._article.sentences)
        )
        return lead_summary(pruned, max_words=max_words, max_sentences=max_sentences)

    def _told(self, forms: Sequence[Form]) -> Iterator[SummarySentence]:
        return self._telling.told(forms)

    @cached_property
    def _telling(self) -> Telling:
        return Telling(self._document, self._tagged, self._standing, self._published)

    @cached_property
    def _document(self) -> Document:
        return parse_article(self._article, self._tagged, self._models, at_most=READ_SENTENCES)

    @cached_property
    def _standing(self) -> Standing:
        return Standing(self._document, self._find_people, self._models)

    def _find_people(self) -> Sequence[Person]:
        if self._people is not None:
            return self._people
        return find_people(self._article.original, self._models, tagged=self._tagged)

    @cached_property
    def _worth(self) -> Sequence[Sequence[float]]:
        return self._scorer(self._document, self._article.title)

    @cached_property
    def _bare(self) -> frozenset[str]:
        return bare_nouns(self._document.sentences, self._models)

    @cached_property
    def _candidates(self) -> tuple[Candidate, ...]:
        shown = " ".join(sentence.text for sentence in self._article.sentences[:40])
        if detect_language(shown) != "ru":
            return ()
        return tuple(self._find_candidates())

    def _find_candidates(self) -> Iterator[Candidate]:
        sentences = self._document.sentences
        worth = self._worth
        leans = leaning(sentences)
        numbers = {s.sentence.span.start: number for number, s in enumerate(sentences)}
        for group in kept_together(self._article, told_once(self._article)):
            places = [numbers[s.span.start] for s in group if s.span.start in numbers]
            if len(places) < len(group):
                return
            first = places[0]
            after = first - 1 if leans[first] else None
            if any(map(_is_voice, group)):
                continue
            if len(places) > 1:
                forms = tuple(self._whole(place, worth[place]) for place in places)
                yield (Way(forms, after, self._standing.needs(first)),)
            elif not self._is_stray(first):
                yield tuple(self._ways(first, worth[first], after))

    def _is_stray(self, number: int) -> bool:
        """Say whether a sentence tells nothing by itself: it announces, or somebody speaks."""
        parsed = self._document.sentences[number]
        if parsed.sentence.text.endswith(":") or is_speech(parsed):
            return True
        return number > 0 and (is_fragment(parsed) or number in self._spoken)

    @cached_property
    def _spoken(self) -> frozenset[int]:
        """List the sentences that go on with words in a paragraph begun by a dash."""
        sentences = self._document.sentences
        begun: set[int] = set()
        found = set()
        for number, each in enumerate(sentences):
            if each.paragraph in begun:
                found.add(number)
            elif each.sentence.text[:1] in DASHES:
                begun.add(each.paragraph)
        return frozenset(found)

    def _whole(self, place: int, worth: Sequence[float]) -> Form:
        sentence = self._document.sentences[place]
        return whole_form(place, sentence, worth, self._keys(place))

    def _ways(self, place: int, worth: Sequence[float], after: int | None) -> Iterator[Way]:
        sentence = self._document.sentences[place]
        cuts = find_cuts(
            sentence, self._models, bare=self._bare, named=self._named_before(sentence)
        )
        keys = self._keys(place)
        needs = self._standing.needs(place)
        for form in forms_of(place, sentence, cuts, worth, keys):
            yield Way((form,), after, needs)
        instead, left = self._instead(place, after, needs)
        if instead:
            for form in forms_of(place, sentence, cuts, worth, keys, instead=instead):
                yield Way((form,), needs=left)

    def _instead(
        self, place: int, after: int | None, needs: tuple[Need, ...]
    ) -> tuple[Mapping[int, str] | None, tuple[Need, ...]]:
        """Say with which names a sentence stands by itself, and what it needs even so."""
        if after is not None:
            return with_name(self._document.sentences, place, self._tagged), needs
        if needs and (named := self._standing.named(place)):
            return named, self._standing.introduced(place)
        return None, needs

    def _named_before(self, sentence: ParsedSentence) -> frozenset[str]:
        """List the surnames that stand before a sentence."""
        start = sentence.sentence.span.start
        return frozenset(
            name_stem(self._tagged.sentences[name.sentence][name.last].text)
            for name in self._tagged.named("PER")
            if name.span.end <= start
        )

    def _keys(self, place: int) -> list[str]:
        words = self._document.sentences[place].words
        return [lemma_of(word.text, self._models) for word in words]


def _pruned(sentence: Sentence) -> Sentence:
    """Drop what stands in brackets, where a sentence is left."""
    shorter = _ASIDE.sub("", sentence.text)
    if shorter == sentence.text or len(shorter.split()) < _LEAST_WORDS:
        return sentence
    return Sentence(finished(shorter), sentence.span)


def _is_voice(sentence: Sentence) -> bool:
    """Say whether a sentence is a part of words that somebody speaks: whose, is not told."""
    text = sentence.text
    return text.count("«") != text.count("»") or text.count('"') % 2 == 1 or text[:1] == "“"


def condense(
    article: ArticleText,
    tagged: Tagged,
    models: Models,
    *,
    max_words: int = 60,
    published: date | None = None,
    scorer: Scorer | None = None,
) -> Summary:
    """Tell an article in at most so many words: choose sentences and shorten them.

    Args:
        article: an article that was read.
        tagged: the same article, tagged.
        models: the language models.
        max_words: the most words, at least 1.
        published: the day on which it came out; with it "во вторник" becomes a date.
        scorer: tells what each word is worth; the trained one when not given.

    Returns:
        The summary; every sentence has the span of the source sentence it rests on.
    """
    condenser = Condenser(article, tagged, models, published=published, scorer=scorer)
    return condenser.summary(max_words=max_words)
