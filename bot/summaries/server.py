"""A server that speaks OpenAI's protocol (vLLM, `transformers serve`, Ollama) writes instead."""

import asyncio
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import aiohttp

from bot.archive.people_rows import PendingArticle
from bot.summaries.writing import MAX_WORDS, Checker, UnavailableError, settings_key
from summarizer.language import detect_language
from summarizer.summary.abstractive.made import Made
from summarizer.summary.abstractive.nonsense import tidy_draft
from summarizer.summary.abstractive.parts import ask_in_parts
from summarizer.summary.abstractive.prompts import instruction
from summarizer.text import ArticleText, read_article

MOST_BYTES = 1_000_000
"""An answer of sixty words is some kilobytes."""

_CHARACTERS_AT_ONCE = 12_000
"""About 4,000 tokens of Russian: what the usual servers read without special settings."""

_TOKENS_PER_WORD = 6
_HANDSHAKE_SECONDS = 10.0


class ServerWriter:
    """Asks `POST {url}/v1/chat/completions` (https://platform.openai.com/docs/api-reference/chat)."""

    def __init__(
        self,
        url: str,
        model: str,
        *,
        api_key: str | None = None,
        seconds: float,
        max_words: int = MAX_WORDS,
    ) -> None:
        """Prepare; nothing is asked yet.

        url: where the server is, with or without /v1 at its end.
        model: the name that the server knows the model by.
        api_key: what the server asks for, if it does; it is never logged.
        seconds: how long one article may take.
        """
        base = url.rstrip("/").removesuffix("/v1")
        self._url = f"{base}/v1/chat/completions"
        self._api_key = api_key
        self._seconds = seconds
        self._max_words = max_words
        self._checker = Checker()
        self._model = model
        self.name = model.rsplit("/", 1)[-1]
        self.settings = settings_key("server", base, model, max_words)

    async def write(self, article: PendingArticle, published: date | None) -> Made:
        """Write about an article."""
        # Reading a long text takes tens of milliseconds: not on the bot's loop.
        read = await asyncio.to_thread(read_article, article.text, title=article.title)
        if sum(len(said.text.split()) for said in read.sentences) <= self._max_words:
            return Made(None, "the article is no longer than a summary")
        language = detect_language(" ".join(said.text for said in read.sentences[:40]))
        try:
            async with asyncio.timeout(self._seconds):
                draft = await self._draft(read, language)
        except TimeoutError:
            raise UnavailableError(
                f"The server of SUMMARIZER_URL took longer than {self._seconds:g} s."
            ) from None
        return await self._checker.finish(
            draft, article, published, language=language, max_words=self._max_words
        )

    async def close(self) -> None:
        """Let the worker that checks go."""
        await self._checker.close()

    async def _draft(self, read: ArticleText, language: str) -> str:
        asking = ask_in_parts(read, len, _CHARACTERS_AT_ONCE)
        timeout = aiohttp.ClientTimeout(connect=_HANDSHAKE_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            try:
                parts = next(asking)
                while True:
                    parts = asking.send(await self._ask_all(session, parts, language))
            except StopIteration as end:
                return str(end.value)

    async def _ask_all(
        self, session: aiohttp.ClientSession, parts: Sequence[str], language: str
    ) -> list[str]:
        return [await self._ask(session, part, language) for part in parts]

    async def _ask(self, session: aiohttp.ClientSession, text: str, language: str) -> str:
        asked = {
            "model": self._model,
            "messages": [{"role": "user", "content": instruction(text, language, self._max_words)}],
            "temperature": 0,
            "max_tokens": _TOKENS_PER_WORD * self._max_words,
            "stream": False,
        }
        headers = {"Authorization": f"Bearer {self._api_key}"} if self._api_key else {}
        try:
            # A redirect would carry the article, and the key, to somebody nobody named.
            async with session.post(
                self._url, json=asked, headers=headers, allow_redirects=False
            ) as response:
                body = await _bounded(response)
                status = response.status
        except (aiohttp.ClientError, OSError) as error:
            raise UnavailableError(
                f"The server of SUMMARIZER_URL cannot be reached ({type(error).__name__})."
            ) from None
        if status != 200:
            raise UnavailableError(f"The server of SUMMARIZER_URL answered {status}.")
        return tidy_draft(_content(body), goes_on=False)


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        body += chunk
        if len(body) > MOST_BYTES:
            raise UnavailableError("The server of SUMMARIZER_URL answers without end.")
    return bytes(body)


def _content(body: bytes) -> str:
    """Take the text out of an answer.

    Raises UnavailableError when it is no answer of this protocol.
    """
    try:
        answer: Any = json.loads(body)
        content = answer["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise UnavailableError(
            "The server of SUMMARIZER_URL does not speak the protocol of /v1/chat/completions."
        ) from None
    return content if isinstance(content, str) else ""
