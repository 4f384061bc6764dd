"""Which post the text states beside a name: before it, or after it between commas."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.analysis import Role
from summarizer.models import WordTag
from summarizer.names_candidates import CASE_MARKS, possible_cases
from summarizer.ner import Tagged, Token
from summarizer.people_filter import is_title
from summarizer.people_mentions import Mention
from summarizer.roles_heads import head_parses, is_adjectival, is_head
from summarizer.roles_titles import Phrase, split_title, title_of
from summarizer.spans import Span

_REACH = 24
_STOPS = frozenset(';:—–!?…()[]"“”„|')
_MARKS = frozenset({"«", "»"})
_IN_PHRASE = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "CCONJ", "NUM", "PUNCT", "X", "DET", "PART"})
_BREAKING_WORDS = frozenset({"а", "но", "или", "что", "не", "также", "включая"})
_LINKS = frozenset({",", "и"})


@dataclass(frozen=True, slots=True)
class StatedPost:
    """A post as stated for one mention; `case` is that of its head in the text."""

    title: str
    span: Span
    case: str | None

    @property
    def role(self) -> Role:
        """The post as it travels."""
        return Role(self.title, self.span)


def stated_posts(tagged: Tagged, mentions: Sequence[Mention]) -> list[list[StatedPost]]:
    """Find the posts stated beside each mention.

    A post in the plural is shared by the names of a list: "сенаторы Джим Риш и Крис Мерфи".

    Args:
        tagged: the text.
        mentions: in order of the text.

    Returns:
        For each mention its posts, in order of the text.
    """
    found: list[list[StatedPost]] = []
    number = 0
    while number < len(mentions):
        size = _list_size(tagged, mentions, number)
        group = mentions[number : number + size]
        readers = [
            _PostReader(tagged, mention, mentions, number + at) for at, mention in enumerate(group)
        ]
        shared = readers[0].shared(len(group)) if size > 1 else []
        if shared:
            found += [[post] for post in shared]
        else:
            found += [reader.read() for reader in readers]
        number += size
    return found


def _list_size(tagged: Tagged, mentions: Sequence[Mention], start: int) -> int:
    """Count the mentions from `start` that only commas and "и" part from one another."""
    size = 1
    while start + size < len(mentions):
        before, after = mentions[start + size - 1], mentions[start + size]
        if before.sentence != after.sentence:
            break
        between = tagged.sentences[before.sentence][before.last + 1 : after.first]
        if not 0 < len(between) <= 2 or any(token.text not in _LINKS for token in between):
            break
        size += 1
    return size


class _PostReader:
    """Reads the words around one mention."""

    def __init__(
        self, tagged: Tagged, mention: Mention, mentions: Sequence[Mention], number: int
    ) -> None:
        self._models = tagged.models
        self._tokens: Sequence[Token] = tagged.sentences[mention.sentence]
        (self._tags,) = tagged.morphology(mention.sentence)
        self._mention = mention
        self._name_cases: frozenset[str] = possible_cases(mention.parts, tagged.models) | {
            case
            for at in (mention.first, mention.last)
            if (case := self._tags[at].feats.get("Case"))
        }
        before = mentions[number - 1] if number else None
        self._from = before.last + 1 if before and before.sentence == mention.sentence else 0
        after = mentions[number + 1] if number + 1 < len(mentions) else None
        self._next = after.first if after and after.sentence == mention.sentence else None

    def read(self) -> list[StatedPost]:
        """List the posts before and after the name."""
        return [*self._before(), *self._after()]

    def shared(self, names: int) -> list[StatedPost]:
        """Give a post in the plural before a list to each of its names; none when there is none."""
        start = self._window()
        heads = [index for index in self._heads(start) if self._is_plural(index)]
        heads = [index for index in heads if self._agrees(index)] or heads
        if not heads or not self._leads_to_name(heads[0]):
            return []
        phrase = self._phrase(heads[0], self._mention.first)
        titles = split_title(phrase, self._models, names)
        return [StatedPost(title, phrase.span, phrase.case) for title in titles]

    def _before(self) -> Iterator[StatedPost]:
        start = self._window()
        heads = [index for index in self._heads(start) if not self._is_plural(index)]
        if not heads:
            return
        first = self._outermost(heads)
        if first is None or self._is_relative(first):
            return
        # "министр обороны генерал Остин" states two posts, one after the other.
        ends = [index for index in heads if index > first and self._is_apposed(first, index)]
        for begin, end in zip([first, *ends], [*ends, self._mention.first], strict=True):
            phrase = self._phrase(begin, end)
            yield StatedPost(title_of(phrase, self._models), phrase.span, phrase.case)

    def _window(self) -> int:
        """Tell where the words before the name begin that may be one noun phrase with it."""
        index, closed = self._mention.first, 0
        while index > self._from and self._mention.first - index < _REACH:
            word, tag = self._tokens[index - 1].text, self._tags[index - 1]
            if word == "»":
                closed += 1
            elif word == "«":
                closed -= 1
                if closed < 0:
                    break
            elif not closed and self._breaks(word, tag):
                break
            index -= 1
        return index

    def _breaks(self, word: str, tag: WordTag) -> bool:
        if word in _STOPS or word.lower() in _BREAKING_WORDS:
            return True
        if word in _MARKS:
            return False
        return tag.pos not in _IN_PHRASE and not is_head(word, self._models)

    def _heads(self, start: int) -> list[int]:
        """List the words from `start` to the name that name posts, none within «»."""
        heads, depth = [], 0
        for index in range(start, self._mention.first):
            word = self._tokens[index].text
            depth += (word == "«") - (word == "»")
            if depth <= 0 and is_head(word, self._models) and self._stands_alone(index):
                heads.append(index)
        return heads

    def _stands_alone(self, index: int) -> bool:
        """Say whether a head is a noun here: "ведущий эксперт" has its noun after it."""
        parses = head_parses(self._tokens[index].text, self._models)
        if not parses or not all(is_adjectival(parse) for parse in parses):
            return True
        return self._tags[index].pos == "NOUN" or self._tags[index + 1].pos == "ADP"

    def _outermost(self, heads: Sequence[int]) -> int | None:
        """Choose the head of the whole phrase: the leftmost that reaches the name unbroken."""
        chosen: int | None = None
        for index in reversed(heads):
            if chosen is None:
                if self._agrees(index):
                    chosen = index
            elif self._is_parted(index, chosen):
                break
            elif self._agrees(index):
                chosen = index
        return chosen

    def _is_parted(self, left: int, right: int) -> bool:
        """Say whether a comma, "и" or a preposition stands between two heads."""
        return any(
            self._tags[index].pos in ("ADP", "CCONJ", "PUNCT") for index in range(left + 1, right)
        )

    def _is_relative(self, head: int) -> bool:
        """Say whether the post is that of a relative: "дочь президента Дарига …"."""
        return head > 0 and is_title(self._tokens[head - 1].text, self._models)

    def _is_apposed(self, left: int, right: int) -> bool:
        case = self._tags[right].feats.get("Case")
        return case != "Gen" and case == self._tags[left].feats.get("Case")

    def _agrees(self, index: int) -> bool:
        """Say whether a head stands in the case of the name."""
        return bool(self._cases(index) & self._name_cases)

    def _cases(self, index: int) -> frozenset[str]:
        """Tell the cases of a head: the tagger's where the form allows it, else all it allows."""
        told = self._tags[index].feats.get("Case")
        allowed = {
            case
            for parse in head_parses(self._tokens[index].text, self._models)
            for case, mark in CASE_MARKS.items()
            if mark in parse.marks
        }
        if told in ("Gen", "Acc") and {"Gen", "Acc"} <= allowed:
            return frozenset({"Gen", "Acc"})
        return frozenset({told}) if told in allowed else frozenset(allowed)

    def _leads_to_name(self, index: int) -> bool:
        return all(self._tags[at].pos in _IN_PHRASE for at in range(index + 1, self._mention.first))

    def _is_plural(self, index: int) -> bool:
        parses = head_parses(self._tokens[index].text, self._models)
        numbers = {"plur" in parse.marks for parse in parses}
        if len(numbers) == 1:
            return numbers.pop()
        return self._tags[index].feats.get("Number") == "Plur"

    def _phrase(self, head: int, end: int) -> Phrase:
        """Take a head with the adjectives before it and all that follows up to `end`."""
        start = head
        floor = max(self._from, 0)
        while start > floor and self._goes_along(start - 1, head):
            start -= 1
        while start < head and self._tokens[start].text == "и":
            start += 1
        while end > head + 1 and self._tokens[end - 1].text in (",", "и"):
            end -= 1
        return Phrase(tuple(self._tokens[start:end]), tuple(self._tags[start:end]), head - start)

    def _goes_along(self, index: int, head: int) -> bool:
        """Say whether an adjective before a head belongs to the post: "Первого заместителя"."""
        tag, word = self._tags[index], self._tokens[index].text.lower()
        if word == "и":
            return index > 0 and self._goes_along(index - 1, head)
        if tag.pos != "ADJ" or any(word.startswith(stem) for stem in _PASSING):
            return False
        return tag.feats.get("Case") in self._cases(head)

    def _after(self) -> Iterator[StatedPost]:
        """Read ", министр обороны," and "(сенатор от Айдахо)" after the name."""
        at = self._mention.last + 1
        if at + 1 >= len(self._tokens) or self._tokens[at].text not in (",", "(", "—", "–"):
            return
        opener, end = self._tokens[at].text, at + 1
        while end < len(self._tokens) and end - at <= _REACH and end != self._next:
            word, tag = self._tokens[end].text, self._tags[end]
            if word in ",.)" or word.isdigit() or word in _STOPS or tag.pos not in _IN_PHRASE:
                break
            end += 1
        if end == self._next or (end < len(self._tags) and self._ends_badly(opener, end)):
            return
        heads = [
            index
            for index in range(at + 1, end)
            if is_head(self._tokens[index].text, self._models) and not self._is_plural(index)
        ]
        if not heads or any(not self._goes_along(i, heads[0]) for i in range(at + 1, heads[0])):
            return
        if not self._agrees(heads[0]) and opener != "(":
            return
        phrase = Phrase(
            tuple(self._tokens[at + 1 : end]), tuple(self._tags[at + 1 : end]), heads[0] - at - 1
        )
        yield StatedPost(title_of(phrase, self._models), phrase.span, None)

    def _ends_badly(self, opener: str, end: int) -> bool:
        """Say whether the phrase runs into a verb, so that it is another clause's subject."""
        return opener != "(" and self._tokens[end].text not in ",.;—–"


_PASSING = (
    "нов", "нынешн", "тогдашн", "прошл", "покойн", "действующ", "известн", "знаменит", "молод",
    "так", "друг", "сам", "эт", "наш", "ваш", "свой", "сво", "котор", "некотор", "следующ",
    "предыдущ", "ряд", "весь", "все",
)  # fmt: skip
