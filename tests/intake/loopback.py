"""A web server on loopback that behaves as a test tells it, and remembers what it was asked."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

PARAGRAPH = (
    "Министр иностранных дел Казахстана провёл в Вашингтоне переговоры о торговле и транспорте. "
    "Стороны договорились продолжить консультации весной и подписали программу сотрудничества."
)


@dataclass
class Loopback:
    """The server: pages by path, requests in order."""

    origin: str = ""
    pages: dict[str, Answer] = field(default_factory=dict)
    requests: list[web.Request] = field(default_factory=list)

    def page(self, path: str, text: str | bytes = "", *, status: int = 200, **headers: str) -> str:
        """Serve this at a path; gives its address. `Content_Type` and the like are headers."""
        body = text.encode() if isinstance(text, str) else text
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("Content-Type", "text/html; charset=utf-8")

        async def answer(_: web.Request) -> web.Response:
            return web.Response(status=status, body=body, headers=named)

        return self.does(path, answer)

    def does(self, path: str, answer: Answer) -> str:
        """Let a function answer at a path; gives its address."""
        self.pages[path] = answer
        return self.origin + path

    def feed(self, path: str, *entries: str, tag: str | None = None) -> str:
        """Serve an RSS feed of <item> elements, conditionally when it has a tag."""
        body = f"<rss version='2.0'><channel><title>Проба</title>{''.join(entries)}</channel></rss>"

        async def answer(request: web.Request) -> web.Response:
            headers = {"ETag": tag} if tag else {}
            if tag and request.headers.get("If-None-Match") == tag:
                return web.Response(status=304, headers=headers)
            return web.Response(text=body, content_type="application/rss+xml", headers=headers)

        return self.does(path, answer)

    def asked(self, path: str) -> int:
        """Count the requests for a path."""
        return sum(request.path == path for request in self.requests)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        answer = self.pages.get(request.path)
        return web.Response(status=404) if answer is None else await answer(request)


@asynccontextmanager
async def serving() -> AsyncIterator[Loopback]:
    """Run a server."""
    site = Loopback()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", site._answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield site
    await runner.cleanup()


def item(link: str, title: str = "Переговоры в Вашингтоне", **more: str) -> str:
    """Write an <item>."""
    fields = "".join(f"<{name}>{value}</{name}>" for name, value in more.items())
    return f"<item><title>{title}</title><link>{link}</link>{fields}</item>"


def article(title: str, *, text: str = PARAGRAPH, head: str = "") -> str:
    """Write a page with an article and what stands around one."""
    menu = "".join(f"<li><a href='/{n}'>Раздел {n}</a></li>" for n in range(10))
    body = "".join(f"<p>{title}: {part}.</p>" for part in (text, "Подробности — позже", text[::-1]))
    return (
        f"<html><head><title>{title}</title>{head}</head><body><nav><ul>{menu}</ul></nav>"
        f"<article><h1>{title}</h1>{body}</article></body></html>"
    )


def zipped(size: int) -> bytes:
    """Pack that many zeros."""
    return gzip.compress(b"0" * size)


async def forever() -> None:
    """Wait until cancelled."""
    await asyncio.Event().wait()
