"""The one client for fetching, guarded against hostile addresses and hostile answers."""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import Literal

import aiohttp
from yarl import URL

from bot.clock import Now, system_now
from bot.intake import robots
from bot.intake.body import MOST_BYTES, decode_body, read_body
from bot.intake.guard import NOT_PUBLIC_MARK, GuardedSockets, check_url
from bot.intake.hosts import CONNECTIONS, Hosts
from bot.intake.problems import FetchError, FetchProblem
from bot.intake.unpacking import ACCEPT_ENCODING

FetchKind = Literal["feed", "page"]

MOST_REDIRECTS = 5
TOTAL_SECONDS = 30.0
"""How long an answer may take, redirects included; waiting for other fetches does not count."""

HUMAN_SECONDS = 12.0
"""The same for a link that a person sent and waits for."""

_CONNECT_SECONDS = 10.0
_CONNECTIONS_AT_ALL = 40
_LONGEST_HEADER = 32_768
_ACCEPT = {
    "feed": "application/atom+xml,application/rss+xml,application/feed+json;q=0.9,"
    "application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5",
    "page": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
}
_REDIRECTS = (301, 302, 303, 307, 308)
_PROBLEMS = {
    401: FetchProblem.LOGIN,
    402: FetchProblem.LOGIN,
    403: FetchProblem.FORBIDDEN,
    404: FetchProblem.NOT_FOUND,
    410: FetchProblem.NOT_FOUND,
    429: FetchProblem.BUSY,
    451: FetchProblem.FORBIDDEN,
    503: FetchProblem.BUSY,
}


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask later whether anything has changed."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Fetched:
    """An answer: 200 with a body, or `not_modified` without one."""

    url_final: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    not_modified: bool
    validators: Validators

    @property
    def content_type(self) -> str:
        """The Content-Type header."""
        return self.headers.get("Content-Type", "")

    @cached_property
    def text(self) -> str:
        """The body as text; costs time for large bodies."""
        return decode_body(self.body, self.content_type)


class GuardedClient:
    """Fetches over http and https from public addresses, politely and within limits.

    contact: where a site's owner can write to, for the User-Agent.
    allow_loopback: also open this machine's loopback addresses; for tests and trials alone.
    """

    def __init__(
        self,
        contact: str,
        *,
        allow_loopback: bool = False,
        now: Now = system_now,
        total_seconds: float = TOTAL_SECONDS,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._agent = f"{robots.NAME}/{version('vestnik')} (news reader; {_plain(contact)})"
        self._allow_loopback = allow_loopback
        self._total_seconds = total_seconds
        self._tls = tls
        self._hosts = Hosts(now)
        self._robots = robots.Robots(self._read_robots, now)
        self._session: aiohttp.ClientSession | None = None

    async def get(
        self,
        url: str,
        *,
        conditional: Validators | None = None,
        kind: FetchKind,
        human: bool = False,
    ) -> Fetched:
        """Fetch an address, following redirects.

        conditional: from an earlier answer; an unchanged resource then comes without a body.
        kind: pages are fetched only where robots.txt lets us.
        human: a person sent the address and waits: standard ports only, less time.
        Raises FetchError.
        """
        headers = {"Accept": _ACCEPT[kind], **_conditions(conditional)}
        seconds = min(self._total_seconds, HUMAN_SECONDS) if human else self._total_seconds
        fetched = await self._follow(
            url, headers, seconds=seconds, ask_robots=kind == "page", human=human
        )
        if fetched.status == 304 and conditional is not None:
            return fetched
        if not 200 <= fetched.status < 300:
            raise FetchError(_problem(fetched.status), str(fetched.status))
        return fetched

    async def close(self) -> None:
        """Let go of all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _read_robots(self, url: URL) -> tuple[int, str]:
        fetched = await self._follow(
            str(url), {}, seconds=self._total_seconds, ask_robots=False, limit=robots.MOST_BYTES
        )
        return fetched.status, fetched.text if fetched.status == 200 else ""

    async def _follow(
        self,
        url: str,
        headers: dict[str, str],
        *,
        seconds: float,
        ask_robots: bool,
        human: bool = False,
        limit: int = MOST_BYTES,
    ) -> Fetched:
        target = self._checked(url, human=human)
        budget = _Budget(seconds)
        for _ in range(MOST_REDIRECTS + 1):
            if ask_robots:
                await self._robots.check(target)
            fetched = await self._once(target, headers, budget, limit)
            if isinstance(fetched, Fetched):
                return fetched
            try:
                joined = target.join(URL(fetched))
            except ValueError:
                raise FetchError(FetchProblem.BROKEN, "it redirects to nowhere") from None
            target = self._checked(str(joined), human=human)
        raise FetchError(FetchProblem.TOO_MANY_REDIRECTS)

    def _checked(self, url: str, *, human: bool) -> URL:
        return check_url(url, standard_ports=human, allow_loopback=self._allow_loopback)

    async def _once(
        self, url: URL, headers: dict[str, str], budget: "_Budget", limit: int
    ) -> Fetched | str:
        """Fetch one address; a redirect gives the address that it names."""
        host = f"{url.host}:{url.port}"
        async with (
            self._hosts.visit(host),
            _explained(),
            budget.spending(),
            self._opened().get(url, headers=headers, allow_redirects=False) as response,
        ):
            if response.status in _REDIRECTS:
                return response.headers.get("Location", "")
            if response.status in (429, 503):
                until = self._hosts.pause(host, response.headers.get("Retry-After"))
                raise FetchError(FetchProblem.BUSY, str(response.status), not_before=until)
            return await _answer(url, response, limit)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=_CONNECTIONS_AT_ALL,
                limit_per_host=CONNECTIONS,
                socket_factory=GuardedSockets(allow_loopback=self._allow_loopback),
                ssl=self._tls or True,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                # Unpacked under our own limit; nobody's cookies; no proxy from the environment.
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS),
                headers={"User-Agent": self._agent, "Accept-Encoding": ACCEPT_ENCODING},
                max_line_size=_LONGEST_HEADER,
                max_field_size=_LONGEST_HEADER,
            )
        return self._session


class _Budget:
    """The seconds that one fetch may take; waiting for a free connection does not count."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @asynccontextmanager
    async def spending(self) -> AsyncIterator[None]:
        """Count the time of what runs inside; TimeoutError when it is used up."""
        started = time.monotonic()
        try:
            async with asyncio.timeout(max(self._left, 0)):
                yield
        finally:
            self._left -= time.monotonic() - started


async def _answer(url: URL, response: aiohttp.ClientResponse, limit: int) -> Fetched:
    media = response.headers.get("Content-Type", "").split("/")[0].strip().lower()
    if response.status == 200 and media in ("image", "audio", "video", "font"):
        raise FetchError(FetchProblem.NOT_TEXT)
    length = response.content_length
    if length is not None and length > limit:
        raise FetchError(FetchProblem.TOO_LARGE)
    body = b""
    if response.status == 200:
        encoding = response.headers.get("Content-Encoding", "")
        body = await read_body(response.content.iter_any(), encoding, limit=limit)
    return Fetched(
        url_final=str(url),
        status=response.status,
        headers=response.headers.copy(),
        body=body,
        not_modified=response.status == 304,
        validators=Validators(response.headers.get("ETag"), response.headers.get("Last-Modified")),
    )


def _plain(contact: str) -> str:
    """Keep what may stand in a comment of a header."""
    return "".join(char for char in contact if " " <= char <= "~" and char not in "()\\")[:200]


def _conditions(validators: Validators | None) -> dict[str, str]:
    stated = {
        "If-None-Match": validators and validators.etag,
        "If-Modified-Since": validators and validators.last_modified,
    }
    return {name: value for name, value in stated.items() if value}


def _problem(status: int) -> FetchProblem:
    usual = FetchProblem.SERVER_ERROR if status >= 500 else FetchProblem.REFUSED
    return _PROBLEMS.get(status, usual)


@asynccontextmanager
async def _explained() -> AsyncIterator[None]:
    """Turn what the network does into a FetchError."""
    try:
        yield
    except TimeoutError:
        raise FetchError(FetchProblem.TOO_SLOW) from None
    except aiohttp.ClientConnectorDNSError:
        raise FetchError(FetchProblem.NO_HOST) from None
    except aiohttp.ClientSSLError:
        raise FetchError(FetchProblem.TLS) from None
    except (aiohttp.ClientConnectionError, OSError) as error:
        if NOT_PUBLIC_MARK in str(error):
            raise FetchError(FetchProblem.NOT_PUBLIC) from None
        connecting = isinstance(error, aiohttp.ClientConnectorError)
        problem = FetchProblem.NO_CONNECTION if connecting else FetchProblem.BROKEN
        raise FetchError(problem) from None
    except aiohttp.InvalidURL:
        raise FetchError(FetchProblem.BAD_ADDRESS) from None
    except (aiohttp.ClientError, ValueError):
        raise FetchError(FetchProblem.BROKEN) from None
