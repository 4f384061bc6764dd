"""An article as a condenser sees it: sentences whose words know what they depend on."""

from dataclasses import dataclass

from summarizer.models import Models
from summarizer.ner import Tagged
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
    wanted = [_number(numbers, tagged, sentence) for sentence in shown]
    parsed = [
        number
        for number in wanted
        if number is not None and len(tagged.sentences[number]) <= LONGEST_PARSED
    ]
    tags = dict(zip(parsed, tagged.morphology(*parsed), strict=True))
    links = dict(
        zip(
            parsed,
            models.word_links([[t.text for t in tagged.sentences[n]] for n in parsed]),
            strict=True,
        )
    )
    starts = [article.sentences[index].span.start for index in article.paragraph_starts]
    sentences = []
    for sentence, number in zip(shown, wanted, strict=True):
        words: tuple[Word, ...] = ()
        if number is not None and number in tags:
            words = tuple(
                Word(token.text, token.span, tag.pos, tag.feats, link.head, link.relation)
                for token, tag, link in zip(
                    tagged.sentences[number], tags[number], links[number], strict=True
                )
            )
        paragraph = sum(start <= sentence.span.start for start in starts) - 1
        sentences.append(ParsedSentence(sentence, words, max(0, paragraph)))
    return Document(article, tuple(sentences), tagged)


def _number(numbers: dict[int, int], tagged: Tagged, sentence: Sentence) -> int | None:
    """Find a sentence among the tagged ones by its first word's place."""
    number = numbers.get(sentence.span.start)
    if number is not None:
        return number
    return next(
        (n for start, n in numbers.items() if sentence.span.start <= start < sentence.span.end),
        None,
    )
