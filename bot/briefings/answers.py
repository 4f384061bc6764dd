"""Rendering what the archive says to a question."""

import asyncio
from dataclasses import dataclass

from bot.archive import Archive
from bot.archive.rows import ArticleRow
from bot.archive.search_ask import Material
from bot.briefings.render import Reader, Renderer
from bot.formatting import FormattedText, clip
from summarizer.ask_model import Answer
from summarizer.ask_question import Question, read_question

_SHOWN_QUESTION = 300
_SHOWN_SENTENCE = 700


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence as a template shows it, and the article that says it."""

    number: int
    sentence: str
    article: ArticleRow


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to a question; `articles` are the ids of what it rests on, none: nothing is.

    `words` is the question as a search, "" when it holds no word to look for.
    """

    text: FormattedText
    articles: tuple[int, ...]
    words: str


@dataclass(frozen=True)
class Answerer:
    """Answers questions with sentences of the archive."""

    archive: Archive
    renderer: Renderer

    async def reply(self, text: str, reader: Reader) -> Reply:
        """Answer a question, or say that the archive does not say."""
        question = read_question(text)
        material = await self.archive.questions.material(question)
        # Reading two dozen articles takes tens of milliseconds that others need not wait.
        found = await asyncio.to_thread(_answers, question, material)
        by_id = {article.id: article for article in material.articles}
        evidence = [
            Evidence(number, _shown(one), by_id[one.source_id])
            for number, one in enumerate(found, start=1)
        ]
        message = self.renderer.message(
            "telegram/ask.html.j2",
            reader,
            question=clip(question.text, _SHOWN_QUESTION),
            evidence=evidence,
        )
        words = " ".join(one.word for one in question.asked)
        return Reply(message, tuple(one.article.id for one in evidence), words)

    def help(self, reader: Reader) -> FormattedText:
        """Render how to ask."""
        return self.renderer.message("telegram/ask_help.html.j2", reader)


def _answers(question: Question, material: Material) -> tuple[Answer, ...]:
    # numpy and the embeddings come with these: only who asks waits for them.
    from summarizer.ask import answer  # noqa: PLC0415
    from summarizer.ask_likeness import load_likeness  # noqa: PLC0415

    return answer(question, material.known, material.sources, load_likeness())


def _shown(one: Answer) -> str:
    return clip(one.text, _SHOWN_SENTENCE)
