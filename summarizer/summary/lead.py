"""The first summary: an article's leading sentences, whole."""

import re
from collections.abc import Iterator, Sequence

from summarizer.headline import headline, shorten
from summarizer.lookalikes import words
from summarizer.russian import is_open_ended
from summarizer.summary.model import Summary, SummarySentence
from summarizer.text import ArticleText, Sentence

_DASHES = frozenset("–—-")
_ATTRIBUTION = re.compile(r"[,!?…]\s*[–—-]\s+[а-яёa-z]")
_ABSURD_WORDS = 120
_ABSURD_LENGTH = 1_000
_LONGEST_WORD = 30


def lead_summary(
    article: ArticleText,
    *,
    max_words: int = 60,
    max_sentences: int | None = None,
    skip_headline: bool = False,
) -> Summary:
    """Take an article's leading sentences, whole, while they fit.

    Sentences that only repeat the title, or one another, are passed over. A quotation of several
    sentences, and what a colon announces, is taken whole or passed over, since a part of it would
    stand there without its speaker; one that opens the article gives its first sentences. A first
    sentence that alone exceeds `max_words` is kept whole; only one of more than 120 words or 1,000
    characters, which no one wrote as a sentence, is cut at a word with "…".

    Args:
        article: an article that was read.
        max_words: the most words, counted between white space, at least 1.
        max_sentences: the most sentences, or None for as many as fit, at least 1.
        skip_headline: leave out the first sentence when `headline()` shows all of it already.

    Returns:
        The summary; it is empty only when the article has no sentences.
    """
    candidates = told_once(article, skip_headline=skip_headline) or article.sentences[:1]
    chosen: list[Sentence] = []
    count = 0
    for group in kept_together(article, candidates):
        size = sum(_size(sentence) for sentence in group)
        too_many = max_sentences is not None and len(chosen) + len(group) > max_sentences
        if count + size > max_words or too_many:
            if len(group) > 1 and chosen:
                continue
            break
        chosen += group
        count += size
    if not chosen:
        chosen = _fitting(candidates, max_words, max_sentences)
    return Summary(tuple(_shown(sentence, max_words) for sentence in chosen), maker="lead")


def told_once(article: ArticleText, *, skip_headline: bool = False) -> Sequence[Sentence]:
    """List the sentences that say something new: no repeated ones, none that the title holds.

    Args:
        article: an article that was read.
        skip_headline: leave out the first sentence when `headline()` shows all of it already.
    """
    sentences = article.sentences
    if skip_headline:
        named = headline(article)
        if named.from_body and not named.shortened:
            sentences = sentences[1:]
    title = frozenset(words(article.title or ""))
    seen: set[tuple[str, ...]] = set()
    kept = []
    for sentence in sentences:
        said = words(sentence.text)
        if said in seen or (title and title.issuperset(said)):
            continue
        seen.add(said)
        kept.append(sentence)
    return kept


def kept_together(article: ArticleText, candidates: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Hold together what only makes sense together, paragraph by paragraph.

    Args:
        article: an article that was read.
        candidates: some of its sentences, in order.

    Yields:
        Sentences to be told together or not at all: a quotation of several, what a colon announces.
    """
    starts = {article.sentences[index].span.start for index in article.paragraph_starts}
    group: list[Sentence] = []
    depth, straight, speaking, announced = 0, False, False, False
    for sentence in candidates:
        text = sentence.text
        is_open = depth > 0 or straight or speaking
        if sentence.span.start in starts:
            is_open = False
            depth, straight, speaking = 0, False, text[:1] in _DASHES
        if group and not announced and not is_open:
            yield group
            group = []
        group.append(sentence)
        depth = max(0, depth + text.count("«") - text.count("»"))
        straight ^= text.count('"') % 2 == 1
        announced = text.endswith(":")
        speaking = speaking and not _ATTRIBUTION.search(text)
    if group and not announced:
        yield group


def _fitting(
    candidates: Sequence[Sentence], max_words: int, max_sentences: int | None
) -> list[Sentence]:
    """Take leading sentences without regard to groups; at least the first."""
    chosen = list(candidates[:1])
    count = sum(_size(sentence) for sentence in chosen)
    for sentence in candidates[1:max_sentences]:
        count += _size(sentence)
        if count > max_words:
            break
        chosen.append(sentence)
    return chosen


def _size(sentence: Sentence) -> int:
    # A word without end counts as several, or a text without white space would always fit.
    return max(len(sentence.text.split()), len(sentence.text) // _LONGEST_WORD)


def _shown(sentence: Sentence, max_words: int) -> SummarySentence:
    text = sentence.text
    if len(text) > _ABSURD_LENGTH or len(text.split()) > _ABSURD_WORDS:
        text = shorten(text, max_words, longest=_ABSURD_LENGTH)
    elif is_open_ended(text) and len(text.split()) > 2:
        text += "."
    return SummarySentence(text, (sentence.span,))
