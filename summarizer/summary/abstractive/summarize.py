"""The whole way with a model in this process: parts, writing, checking."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from summarizer.language import detect_language
from summarizer.summary.abstractive.finishing import finish
from summarizer.summary.abstractive.loading import Loaded
from summarizer.summary.abstractive.made import Made
from summarizer.summary.abstractive.parts import ask_in_parts
from summarizer.summary.abstractive.writer import Writer
from summarizer.text import ArticleText, read_article


def summarize(
    loaded: Loaded,
    text: str,
    *,
    title: str | None,
    published: date | None,
    max_words: int,
    seconds: float,
) -> Made:
    """Let a model summarise an article, and check what it wrote.

    Args:
        loaded: the model.
        text: the article, as it is stored.
        title: its title, when it was given apart from the text.
        published: the day it came out.
        max_words: the most words.
        seconds: how long writing may take.
    """
    article = read_article(text, title=title)
    language = article_language(article)
    if is_short(article, max_words):
        return Made(None, "the article is no longer than a summary")
    draft = _Draft(Writer(loaded, language=language, max_words=max_words), seconds).of(article)
    if draft.is_late:
        return Made(None, f"the model took longer than {seconds:g} s", is_final=False)
    return finish(
        draft.text,
        text=text,
        title=title,
        published=published,
        language=language,
        max_words=max_words,
    )


def article_language(article: ArticleText) -> str:
    """Tell the language in which an article, and so its summary, is written."""
    return detect_language(" ".join(said.text for said in article.sentences[:40]))


def is_short(article: ArticleText, max_words: int) -> bool:
    """Say whether an article is as short as a summary, so that no model can say it better."""
    count = 0
    for said in article.sentences:
        count += len(said.text.split())
        if count > max_words:
            return False
    return True


@dataclass(frozen=True, slots=True)
class _Written:
    text: str
    is_late: bool


class _Draft:
    """Goes through an article with a writer and a clock."""

    def __init__(self, writer: Writer, seconds: float) -> None:
        self._writer = writer
        self._ends = time.monotonic() + seconds

    def of(self, article: ArticleText) -> _Written:
        asking = ask_in_parts(article, self._writer.measure, self._writer.room)
        try:
            parts = next(asking)
            while True:
                drafts = self._write(parts)
                if drafts is None:
                    return _Written("", is_late=True)
                parts = asking.send(drafts)
        except StopIteration as end:
            return _Written(str(end.value), is_late=False)

    def _write(self, parts: Sequence[str]) -> list[str] | None:
        drafts = self._writer.write(parts, seconds=self._ends - time.monotonic())
        return None if time.monotonic() >= self._ends else drafts
