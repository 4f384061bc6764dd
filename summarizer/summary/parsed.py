"""An article as a condenser sees it: sentences whose words know what they depend on."""

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.models import Models
from summarizer.ner import Tagged, Token
from summarizer.spans import Span
from summarizer.text import ArticleText, Sentence

LONGEST_PARSED = 150
"""Words of a sentence; a longer one is no sentence that syntax could help with."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark of a sentence.

    `text` is as a model reads it (repaired, capitals made usual), `span` into the original text;
    `head` is the place of its head in the sentence, -1 for the root; `relation`, `pos` and `feats`
    are those of Universal Dependencies.
    """

    text: str
    span: Span
    pos: str
    feats: dict[str, str]
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence of the body with its words; `words` is empty where it was not parsed."""

    sentence: Sentence
    words: tuple[Word, ...]
    paragraph: int
    """The number of its paragraph, from 0."""


@dataclass(frozen=True)
class Document:
    """An article ready to be condensed: its first sentences in order, and who tagged them."""

    article: ArticleText
    sentences: tuple[ParsedSentence, ...]
    tagged: Tagged


def parse_article(
    article: ArticleText, tagged: Tagged, models: Models, *, at_most: int = 40
) -> Document:
    """Parse an article's first sentences.

    Args:
        article: an article that was read.
        tagged: the same article, tagged; its title, when tagged too, is passed over.
        models: the language models.
        at_most: how many sentences are parsed, from the first; news says what matters early.

    Returns:
        The document; a sentence of more than LONGEST_PARSED words comes without words.
    """
    numbers = {
        tokens[0].span.start: number for number, tokens in enumerate(tagged.sentences) if tokens
    }
    shown = article.sentences[:at_most]
    words = _parsed(shown, [_number(numbers, tagged, each) for each in shown], tagged, models)
    starts = [article.sentences[index].span.start for index in article.paragraph_starts]
    paragraphs = [sum(start <= each.span.start for start in starts) - 1 for each in shown]
    return Document(
        article,
        tuple(
            ParsedSentence(sentence, words.get(place, ()), max(0, paragraph))
            for place, (sentence, paragraph) in enumerate(zip(shown, paragraphs, strict=True))
        ),
        tagged,
    )


def _parsed(
    sentences: Sequence[Sentence], numbers: Sequence[int | None], tagged: Tagged, models: Models
) -> dict[int, tuple[Word, ...]]:
    """Parse the sentences of these numbers, all at once; by their place."""
    kept: dict[int, list[int]] = {}
    for place, (sentence, number) in enumerate(zip(sentences, numbers, strict=True)):
        if number is not None and len(tagged.sentences[number]) <= LONGEST_PARSED:
            kept[place] = _shown(sentence, tagged.sentences[number])
    kept = {place: tokens for place, tokens in kept.items() if tokens}
    told = {place: number for place, number in enumerate(numbers) if number is not None}
    tags = tagged.morphology(*(told[place] for place in kept))
    links = models.word_links(
        [[tagged.sentences[told[place]][at].text for at in kept[place]] for place in kept]
    )
    found = {}
    for (place, tokens), marks, heads in zip(kept.items(), tags, links, strict=True):
        row = tagged.sentences[told[place]]
        found[place] = tuple(
            Word(row[at].text, row[at].span, marks[at].pos, marks[at].feats, to.head, to.relation)
            for at, to in zip(tokens, heads, strict=True)
        )
    return found


def _shown(sentence: Sentence, tokens: Sequence[Token]) -> list[int]:
    """List the tokens that a sentence as shown has: those of its credits are not among them.

    None are where words and text differ, so that the words would not say what is shown.
    """
    text = sentence.text.lower()
    kept, at = [], 0
    for place, token in enumerate(tokens):
        while at < len(text) and text[at].isspace():
            at += 1
        if text.startswith(token.text.lower(), at):
            kept.append(place)
            at += len(token.text)
    rest = text[at:].strip()
    return kept if rest in ("", ".") else []


def _number(numbers: dict[int, int], tagged: Tagged, sentence: Sentence) -> int | None:
    """Find a sentence among the tagged ones by its first word's place."""
    number = numbers.get(sentence.span.start)
    if number is not None:
        return number
    return next(
        (n for start, n in numbers.items() if sentence.span.start <= start < sentence.span.end),
        None,
    )
