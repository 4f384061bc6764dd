"""A server that speaks OpenAI's protocol writes; when it does not answer well, the default stands.

The server of these tests is a real one on this machine.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.archive import Archive
from bot.archive.people_rows import PendingArticle
from bot.settings import Settings
from bot.summaries.choice import chosen_writer
from bot.summaries.improver import Improver
from bot.summaries.server import ServerWriter
from bot.summaries.writing import UnavailableError
from tests.summaries.making import Clock, analysed, shown, told
from tests.summaries.tiny import MAX_WORDS, VISIT, VISIT_SUMMARY

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
ARTICLE = PendingArticle(1, None, VISIT, None, "f" * 64)
KEY = "a-secret-key-of-a-test"


def says(content: object) -> web.Response:
    return web.json_response({"choices": [{"message": {"role": "assistant", "content": content}}]})


@asynccontextmanager
async def serving(handler: Handler, *, seconds: float = 60) -> AsyncIterator[ServerWriter]:
    application = web.Application()
    application.router.add_post("/v1/chat/completions", handler)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    writer = ServerWriter(
        f"http://127.0.0.1:{port}/v1/",
        "owner/large-model",
        api_key=KEY,
        seconds=seconds,
        max_words=MAX_WORDS,
    )
    try:
        yield writer
    finally:
        await writer.close()
        await runner.cleanup()


async def unavailable(handler: Handler, *, seconds: float = 60) -> str:
    async with serving(handler, seconds=seconds) as writer:
        with pytest.raises(UnavailableError) as refused:
            await writer.write(ARTICLE, None)
    assert KEY not in str(refused.value)
    return str(refused.value)


async def test_a_server_writes_and_every_sentence_is_checked(archive: Archive) -> None:
    asked: list[dict[str, object]] = []

    async def handler(request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == f"Bearer {KEY}"
        asked.append(await request.json())
        return says(f"Вот краткое содержание:\n\n{VISIT_SUMMARY} Пробен уехал в Берлин с женой.")

    article_id = await analysed(archive, VISIT)
    async with serving(handler) as writer:
        assert await Improver(archive, writer, Clock()).catch_up() == 1
    row = await shown(archive, article_id)
    assert (row.maker, row.model) == ("model", "large-model")
    assert told(row) == VISIT_SUMMARY
    [request] = asked
    assert request["model"] == "owner/large-model"
    assert VISIT in json.dumps(request, ensure_ascii=False)


@pytest.mark.parametrize("content", ["", "**Министр** прибыл", "The minister arrived.", None, 5])
async def test_nonsense_from_a_server_is_no_summary(content: object) -> None:
    async def handler(request: web.Request) -> web.Response:
        return says(content)

    async with serving(handler) as writer:
        assert (await writer.write(ARTICLE, None)).summary is None


@pytest.mark.parametrize("status", [401, 404, 429, 500, 503])
async def test_a_server_that_refuses_is_told_by_its_status(status: int) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=status, text=f"no, {KEY}")

    assert f"answered {status}" in await unavailable(handler)


async def test_a_server_that_hangs_is_not_waited_for() -> None:
    async def handler(request: web.Request) -> web.Response:
        await asyncio.Event().wait()
        return web.Response()

    assert "took longer than 0.2 s" in await unavailable(handler, seconds=0.2)


async def test_an_answer_without_end_is_cut_off() -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=b" " * 10_000_000)

    assert "answers without end" in await unavailable(handler)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"{}", b'{"choices": []}', b"[" * 100_000, b"\xff\xfe"]
)
async def test_another_protocol_is_told(body: bytes) -> None:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(body=body)

    assert "does not speak the protocol" in await unavailable(handler)


async def test_a_redirect_is_not_followed() -> None:
    seen: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append(request.path)
        raise web.HTTPTemporaryRedirect("/v1/chat/completions")

    assert "answered 307" in await unavailable(handler)
    assert len(seen) == 1


async def test_a_cut_connection_and_no_server_at_all() -> None:
    async def handler(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    assert "cannot be reached" in await unavailable(handler)
    nobody = ServerWriter("http://127.0.0.1:1", "m", seconds=10, max_words=MAX_WORDS)
    with pytest.raises(UnavailableError, match="cannot be reached"):
        await nobody.write(ARTICLE, None)


async def test_a_long_article_is_asked_about_in_parts_and_then_together() -> None:
    asked: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        asked.append((await request.json())["messages"][0]["content"])
        return says(VISIT_SUMMARY)

    rest = " ".join(f"Делегация номер {number} осмотрела город." for number in range(600))
    article = PendingArticle(1, None, f"{VISIT} {rest}", None, "f" * 64)
    async with serving(handler) as writer:
        made = await writer.write(article, None)
    assert len(asked) == 3
    assert VISIT_SUMMARY in asked[-1]
    assert made.summary is not None, made.reason
    assert made.summary.text == VISIT_SUMMARY


def test_the_settings_choose_who_writes() -> None:
    nobody = Settings(_env_file=None)
    assert chosen_writer(nobody) is None
    here = chosen_writer(Settings(_env_file=None, summarizer_model="owner/some-model"))
    assert here is not None
    assert here.name == "some-model"
    there = chosen_writer(
        Settings.model_validate(
            {"summarizer_model": "owner/some-model", "summarizer_url": "http://127.0.0.1:8000"}
        )
    )
    assert isinstance(there, ServerWriter)
    assert there.settings != here.settings
