"""What a sentence takes for known: "министр" and "книга" are understood after their first mention.

A noun without anything that tells which one is meant points back. Where it was introduced is found
in the article; the sentence is told only after a sentence that says so, or with the name instead.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.analysis import Gender, Person
from summarizer.models import Models
from summarizer.spans import Span
from summarizer.speakers_holders import Holders
from summarizer.speakers_posts import POST_HEADS, Post, read_post
from summarizer.speakers_words import Words
from summarizer.summary.choose import Need
from summarizer.summary.cuts_shapes import lemma
from summarizer.summary.parsed import Document, ParsedSentence
from summarizer.summary.standing_words import KNOWN_THINGS, NOT_THE_HOLDER, WHOLE_BODIES
from summarizer.summary.syntax import Syntax

_TELLING_WHICH = (
    *("nmod", "amod", "acl", "acl:relcl", "appos", "flat", "flat:name", "flat:foreign", "nummod"),
    *("nummod:gov", "nummod:entity", "det", "conj", "cc"),
)
_PERSONAL = ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod")
_SUBJECTS = ("nsubj", "nsubj:pass")
_GENDERS: dict[str, Gender] = {"Masc": "m", "Fem": "f"}


@dataclass(frozen=True, slots=True)
class _Bare:
    """A noun that takes its person for known: its words, and what is known of the person."""

    places: tuple[int, ...]
    post: Post
    case: str
    gender: Gender | None


class Standing:
    """Tells what the sentences of an article lean on beyond pronouns.

    Args:
        document: the article, parsed.
        people: finds who is in it; asked only when a sentence has a post without a name.
        models: the language models, for the dictionary.
    """

    def __init__(
        self, document: Document, people: Callable[[], Sequence[Person]], models: Models
    ) -> None:
        self._document = document
        self._find_people = people
        self._models = models
        self._words = Words(models)

    def needs(self, number: int) -> tuple[Need, ...]:
        """List what has to be told before a sentence: for each need one of these words.

        Args:
            number: of the sentence in the document.
        """
        found = (self._mentions_before(number, bare) for bare in self._bare(number))
        return (*filter(None, found), *self.introduced(number))

    def introduced(self, number: int) -> tuple[Need, ...]:
        """List what has to be told before a sentence even when its posts become names."""
        need = self._introductions(number)
        return (need,) if need else ()

    def named(self, number: int) -> Mapping[int, str] | None:
        """Say which words give way to a name, so that a sentence can stand by itself.

        Only where it is certain: one person alone is called so in the article, and the article
        itself has the name in that case.

        Args:
            number: of the sentence in the document.

        Returns:
            Places and texts, "" for a word that goes; None where any post stays unexplained.
        """
        instead: dict[int, str] = {}
        for bare in self._bare(number):
            if not self._mentions_before(number, bare):
                continue
            holder = self._certain_holder(bare)
            name = self._in_case(holder, bare.case) if holder else None
            if name is None or name in instead.values():
                return None
            instead |= dict.fromkeys(bare.places, "") | {bare.places[0]: name}
        return instead or None

    def person_at(self, number: int, place: int) -> str | None:
        """Name the person whose name a word stands in.

        Args:
            number: of the sentence in the document.
            place: of the word.
        """
        start = self._all[number].words[place].span.start
        return next(
            (
                person.name
                for person in self._people
                if any(_inside(start, mention) for mention in person.mentions)
            ),
            None,
        )

    def person_called(self, text: str) -> str | None:
        """Name the one person who is written so somewhere in the article."""
        found = [person.name for person in self._people if text in (person.name, *person.surfaces)]
        return found[0] if len(found) == 1 else None

    def _bare(self, number: int) -> list[_Bare]:
        """Find the posts of a sentence that name nobody."""
        sentence = self._document.sentences[number]
        syntax = Syntax(sentence.words)
        taken = self._in_names(sentence)
        return [
            bare
            for place in range(len(sentence.words))
            if place not in taken and (bare := self._bare_post(syntax, place, taken))
        ]

    def _bare_post(self, syntax: Syntax, place: int, taken: Collection[int]) -> _Bare | None:
        word = syntax.words[place]
        if word.pos != "NOUN" or word.relation not in _PERSONAL or syntax.depth[place]:
            return None
        if word.feats.get("Number") != "Sing" or self._words.head_of(syntax.lower[place]) is None:
            return None
        has_preposition = any(syntax.words[at].pos == "ADP" for at in syntax.children[place])
        if word.feats.get("Case") == "Ins" and not has_preposition:
            # "стал министром", "был избран президентом": whoever it is, the sentence says so.
            return None
        if word.relation == "nmod" and lemma(self._models, syntax.lower[word.head]) in (
            NOT_THE_HOLDER
        ):
            return None
        body = self._body(syntax, place)
        if body is None or place + len(body) + 1 in taken or place - 1 in taken:
            return None
        places = (place, *body)
        post = read_post(" ".join(syntax.lower[at] for at in places), self._words.head_of)
        gender = self._gender(syntax, place)
        return _Bare(places, post, word.feats.get("Case", ""), gender) if post else None

    def _body(self, syntax: Syntax, place: int) -> tuple[int, ...] | None:
        """Find "ведомства" of "глава ведомства"; None where something tells whose post it is."""
        told = [at for at in syntax.children[place] if syntax.words[at].relation in _TELLING_WHICH]
        if not told:
            return ()
        is_body = told == [place + 1] and lemma(self._models, syntax.lower[place + 1]) in (
            WHOLE_BODIES
        )
        return (place + 1,) if is_body and not syntax.children[place + 1] else None

    def _gender(self, syntax: Syntax, place: int) -> Gender | None:
        """Tell what the verb says; a masculine verb may go with a woman's post."""
        word = syntax.words[place]
        if word.relation not in _SUBJECTS or not 0 <= word.head < len(syntax.words):
            return None
        told = _GENDERS.get(syntax.words[word.head].feats.get("Gender", ""))
        return told if told == "f" else None

    def _mentions_before(self, number: int, bare: _Bare) -> Need:
        """List where the article names the person before; nothing where it names nobody."""
        sentence = self._document.sentences[number]
        at = sentence.words[bare.places[0]].span.start
        name = self._holders.find(bare.post, at, besides=None, gender=bare.gender)
        if name is None:
            return frozenset()
        here = self._named_words(number)
        if any(who == name and place < bare.places[0] for place, who in here):
            return frozenset()
        return frozenset(
            (earlier, place)
            for earlier in range(number)
            for place, who in self._named_words(earlier)
            if who == name
        )

    def _certain_holder(self, bare: _Bare) -> Person | None:
        """Give the one person of the article who can be called so."""
        like = [
            person
            for person in self._people
            if self._holders.is_like(person, bare.post)
            and not (bare.gender and person.gender and bare.gender != person.gender)
        ]
        return like[0] if len(like) == 1 else None

    def _in_case(self, person: Person, case: str) -> str | None:
        """Give a name in a case, as the article itself writes it; the longest such form."""
        if case == "Nom":
            return person.name
        found = [self._written(number, person, case) for number in range(len(self._all))]
        return max((form for form in found if form), key=len, default=None)

    def _written(self, number: int, person: Person, case: str) -> str | None:
        """Give the name of a person as a sentence writes it, when all of it is in a case."""
        sentence = self._all[number]
        for mention in person.mentions:
            words = [word for word in sentence.words if _inside(word.span.start, mention)]
            cases = {word.feats.get("Case") for word in words}
            text = self._document.article.original[mention.start : mention.end]
            # The tagger may err on a name; a form of its own shows that it does not.
            if words and cases == {case} and text not in person.name:
                return " ".join(text.split())
        return None

    def _in_names(self, sentence: ParsedSentence) -> frozenset[int]:
        spans = [name.span for name in self._document.tagged.named("PER")]
        return frozenset(
            place
            for place, word in enumerate(sentence.words)
            if any(_inside(word.span.start, span) for span in spans)
        )

    @cached_property
    def _people(self) -> Sequence[Person]:
        return self._find_people()

    @cached_property
    def _holders(self) -> Holders:
        return Holders(self._people, self._words)

    @property
    def _all(self) -> Sequence[ParsedSentence]:
        return self._document.sentences

    def _named_words(self, number: int) -> list[tuple[int, str]]:
        """List the last word of each name in a sentence, and whose name it is."""
        return self._names[number]

    @cached_property
    def _names(self) -> list[list[tuple[int, str]]]:
        return [list(self._find_names(sentence)) for sentence in self._all]

    def _find_names(self, sentence: ParsedSentence) -> Iterator[tuple[int, str]]:
        for person in self._people:
            for mention in person.mentions:
                inside = [
                    place
                    for place, word in enumerate(sentence.words)
                    if _inside(word.span.start, mention)
                ]
                if inside:
                    yield inside[-1], person.name

    def _introductions(self, number: int) -> Need:
        """List where the thing was spoken of that a sentence begins with: "Книга является …"."""
        sentence = self._all[number]
        syntax = Syntax(sentence.words)
        place = next((at for at in range(len(syntax.words)) if not syntax.is_mark(at)), None)
        if place is None:
            return frozenset()
        word = syntax.words[place]
        if word.pos != "NOUN" or word.relation not in _SUBJECTS or syntax.depth[place]:
            return frozenset()
        if syntax.has_child(place, *_TELLING_WHICH):
            return frozenset()
        thing = lemma(self._models, syntax.lower[place])
        if thing in KNOWN_THINGS or thing in POST_HEADS:
            return frozenset()
        return frozenset(
            (earlier, at)
            for earlier in range(number)
            for at, told in enumerate(self._all[earlier].words)
            if told.pos == "NOUN" and lemma(self._models, told.text.lower()) == thing
        )


def _inside(offset: int, span: Span) -> bool:
    return span.start <= offset < span.end
