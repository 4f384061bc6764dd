"""A news site on loopback: what people send links to, and what sources are read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from html import escape

from aiohttp import web


@dataclass(frozen=True)
class Page:
    """What the site answers under one path."""

    body: str | bytes
    status: int = 200
    content_type: str = "text/html"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """Serves the pages put into it; `visits` tells the paths that were asked for, in order."""

    pages: dict[str, Page] = field(default_factory=dict)
    visits: list[str] = field(default_factory=list)
    url: str = ""
    _runner: web.AppRunner | None = None

    async def open(self) -> None:
        application = web.Application()
        application.router.add_get("/{path:.*}", self._answer)
        self._runner = web.AppRunner(application)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        if request.path != "/robots.txt":
            self.visits.append(request.path)
        page = self.pages.get(request.path, Page("Not found", status=404))
        body = page.body if isinstance(page.body, bytes) else page.body.encode()
        return web.Response(
            body=body, status=page.status, content_type=page.content_type, headers=page.headers
        )


def article_page(title: str, *paragraphs: str, published: str | None = None) -> Page:
    """An article as a news site shows it: a menu, a heading, paragraphs, a footer."""
    stated = f'<meta property="article:published_time" content="{published}">' if published else ""
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return Page(
        f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>{escape(title)}'
        f'</title><meta property="og:site_name" content="Проба">{stated}</head><body>'
        '<nav><a href="/">Главная</a> <a href="/weather">Погода</a></nav>'
        f"<main><article><h1>{escape(title)}</h1>{text}</article></main>"
        "<footer>© Проба</footer></body></html>"
    )


def feed(title: str, entries: Mapping[str, tuple[str, datetime]], site: Site) -> Page:
    """An RSS feed: path of the page → title and time."""
    items = "".join(
        f"<item><title>{escape(name)}</title><link>{site.url}{path}</link>"
        f"<guid>{site.url}{path}</guid><pubDate>{format_datetime(moment)}</pubDate></item>"
        for path, (name, moment) in entries.items()
    )
    return Page(
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(title)}</title><link>{site.url}</link>{items}</channel></rss>",
        content_type="application/rss+xml",
    )
