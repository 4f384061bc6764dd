"""What our summaries are measured against: other extractors, and the best that whole sentences do.

The extractors are sumy's (Apache-2.0); they get our sentences, so that only the choice differs.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from summarizer.evaluation.references import Reference, Scores
from summarizer.text import ArticleText

_WORD = re.compile(r"[^\W_]+")
_MANY = 30

Peer = Callable[[ArticleText], str]
"""Summarises an article in at most so many words."""


class _Words:
    """Splits sentences into words the way sumy asks for it."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(_WORD.findall(sentence.lower()))


def sumy_peers(max_words: int) -> dict[str, Peer]:
    """Give sumy's LexRank, TextRank and LSA, each with the Russian stemmer.

    Args:
        max_words: the most words of a summary; sentences are taken by rank while they fit.

    Raises:
        ImportError: sumy is not installed.
    """
    from sumy.nlp.stemmers import Stemmer  # type: ignore[import-untyped]  # noqa: PLC0415
    from sumy.summarizers.lex_rank import (  # type: ignore[import-untyped]  # noqa: PLC0415
        LexRankSummarizer,
    )
    from sumy.summarizers.lsa import LsaSummarizer  # type: ignore[import-untyped]  # noqa: PLC0415
    from sumy.summarizers.text_rank import (  # type: ignore[import-untyped]  # noqa: PLC0415
        TextRankSummarizer,
    )

    stemmer = Stemmer("russian")
    made = {
        "LexRank (sumy)": LexRankSummarizer(stemmer),
        "TextRank (sumy)": TextRankSummarizer(stemmer),
        "LSA (sumy)": LsaSummarizer(stemmer),
    }
    return {
        name: lambda article, ranker=ranker: _ranked(article, ranker, max_words)  # type: ignore[misc]
        for name, ranker in made.items()
    }


def _ranked(article: ArticleText, ranker: Any, max_words: int) -> str:
    """Take the sentences that a ranker puts first while they fit, in the article's order."""
    from sumy.models.dom import (  # type: ignore[import-untyped]  # noqa: PLC0415
        ObjectDocumentModel,
        Paragraph,
        Sentence,
    )

    words = _Words()
    paragraphs = [
        Paragraph([Sentence(sentence.text, words) for sentence in paragraph])
        for paragraph in article.paragraphs
    ]
    document = ObjectDocumentModel(paragraphs)
    ranked: list[str] = []
    for count in range(1, min(_MANY, len(article.sentences)) + 1):
        texts = [str(sentence) for sentence in ranker(document, count)]
        ranked += [text for text in texts if text not in ranked]
    chosen: set[str] = set()
    for text in ranked:
        if sum(len(each.split()) for each in (*chosen, text)) <= max_words:
            chosen.add(text)
    return " ".join(s.text for s in article.sentences if s.text in chosen)


def best_sentences(
    sentences: Sequence[str], reference: Reference, scores: Scores, max_words: int
) -> str:
    """Choose whole sentences by the reference itself: what a perfect choice could reach.

    Greedy by the mean of ROUGE-1, ROUGE-2 and ROUGE-L.

    Args:
        sentences: of the article, in order.
        reference: the article with its reference summaries.
        scores: the scorer.
        max_words: the most words.
    """
    chosen: list[int] = []
    best = 0.0
    while True:
        tried = []
        for number, sentence in enumerate(sentences):
            if number in chosen:
                continue
            text = " ".join(sentences[n] for n in sorted([*chosen, number]))
            if len(text.split()) <= max_words and sentence:
                found = scores.of(text, reference)
                tried.append((found["r1"] + found["r2"] + found["rl"], number))
        if not tried or max(tried)[0] <= best:
            return " ".join(sentences[number] for number in sorted(chosen))
        best, number = max(tried)
        chosen.append(number)
