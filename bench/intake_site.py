"""A few hundred invented outlets on loopback, each with a feed and its pages, for `intake`.

Runs in a process of its own: `python -m bench.intake_site`. Prints its port and serves until
standard input ends.
"""

import asyncio
import random
import sys
import tomllib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from aiohttp import web

from bot.settings import PROJECT
from summarizer.text import read_article

FEEDS = 300
ENTRIES = 20

_SENTENCES = 14
_MENU = "".join(
    f'<li class="m"><a href="/section/{n}">Раздел номер {n}</a></li>' for n in range(60)
)
_ASIDE = "".join(
    f'<div class="card"><a href="/other/{n}"><span>Другая новость дня номер {n}</span></a></div>'
    for n in range(40)
)


def host_of(feed: int) -> str:
    """Give each outlet an address of its own, as outlets have."""
    return f"127.0.{1 + feed // 200}.{1 + feed % 200}"


class Site:
    """Answers for all outlets; knows how often it was asked and how much it sent."""

    def __init__(self) -> None:
        self.requests = 0
        self.bytes = 0
        self._pool = _sentences()
        self._newest = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)

    async def feed(self, request: web.Request) -> web.Response:
        """Serve the feed of an outlet: titles, dates and teasers."""
        number = int(request.match_info["feed"])
        tag = f'"{number}"'
        if request.headers.get("If-None-Match") == tag:
            return self._answer(web.Response(status=304, headers={"ETag": tag}))
        items = "".join(self._item(number, entry) for entry in range(ENTRIES))
        body = f"<rss version='2.0'><channel><title>Проба {number}</title>{items}</channel></rss>"
        return self._answer(
            web.Response(text=body, content_type="application/rss+xml", headers={"ETag": tag})
        )

    async def page(self, request: web.Request) -> web.Response:
        """Serve a page, with all that stands around an article."""
        feed, entry = (int(request.match_info[name]) for name in ("feed", "entry"))
        title, sentences = self._article(feed, entry)
        moment = self._moment(entry).isoformat()
        body = "".join(
            f"<p>{escape(' '.join(sentences[n : n + 2]))}</p>" for n in range(0, _SENTENCES, 2)
        )
        return self._answer(
            web.Response(
                text=f"<!doctype html><html lang='ru'><head><title>{escape(title)}</title>"
                f"<meta property='article:published_time' content='{moment}'>"
                f"</head><body><header><nav><ul>{_MENU}</ul></nav></header><main><article>"
                f"<h1>{escape(title)}</h1>{body}</article><aside>{_ASIDE}</aside></main>"
                "<footer><p>Все права защищены.</p></footer></body></html>",
                content_type="text/html",
            )
        )

    async def stats(self, _: web.Request) -> web.Response:
        """Tell the requests and bytes since the last time, and begin to count anew."""
        counted = {"requests": self.requests, "bytes": self.bytes}
        self.requests = self.bytes = 0
        return web.json_response(counted)

    async def nothing(self, _: web.Request) -> web.Response:
        """Have no robots.txt."""
        return self._answer(web.Response(status=404))

    def _answer(self, response: web.Response) -> web.Response:
        self.requests += 1
        self.bytes += len(response.body) if isinstance(response.body, bytes) else 0
        return response

    def _item(self, feed: int, entry: int) -> str:
        title, sentences = self._article(feed, entry)
        return (
            f"<item><title>{escape(title)}</title><link>/{feed}/{entry}</link>"
            f"<pubDate>{format_datetime(self._moment(entry))}</pubDate>"
            f"<description>{escape(sentences[0])}</description></item>"
        )

    def _article(self, feed: int, entry: int) -> tuple[str, list[str]]:
        chosen = random.Random(feed * ENTRIES + entry).sample(self._pool, _SENTENCES)
        return f"{' '.join(chosen[0].split()[:8])} ({feed}/{entry})", chosen

    def _moment(self, entry: int) -> datetime:
        return self._newest - timedelta(minutes=entry)


def _sentences() -> list[str]:
    texts = [
        article["text"]
        for path in sorted((PROJECT / "samples").glob("*.toml"))
        for article in tomllib.loads(path.read_text(encoding="utf-8"))["article"]
        if article["language"] == "ru"
    ]
    return [sentence.text for text in texts for sentence in read_article(text).sentences]


async def serve() -> None:
    """Serve until standard input ends."""
    site = Site()
    application = web.Application()
    application.router.add_get("/{feed:\\d+}/feed", site.feed)
    application.router.add_get("/{feed:\\d+}/{entry:\\d+}", site.page)
    application.router.add_get("/stats", site.stats)
    application.router.add_get("/robots.txt", site.nothing)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    for feed in range(FEEDS):
        await web.TCPSite(runner, host_of(feed), port).start()
    print(port, flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve())
