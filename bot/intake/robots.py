"""robots.txt: what a site allows programs to read."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego
from yarl import URL

from bot.clock import Now
from bot.intake.problems import FetchError, FetchProblem

NAME = "Vestnik"
MOST_BYTES = 500_000

_KEPT_FOR = timedelta(days=1)
_ASKED_AGAIN_AFTER = timedelta(hours=1)
_MOST_SITES = 500
_OK, _CLIENT_ERRORS = 200, range(400, 500)

Read = Callable[[URL], Awaitable[tuple[int, str]]]
"""Fetches an address without asking robots.txt; gives the status and the text."""


@dataclass(frozen=True)
class _Known:
    rules: Protego | None
    """None when the site forbids everything, since it could not be asked."""
    until: datetime


class Robots:
    """Remembers the rules of the sites that were read lately."""

    def __init__(self, read: Read, now: Now) -> None:
        self._read = read
        self._now = now
        self._sites: OrderedDict[str, _Known] = OrderedDict()
        self._asking: dict[str, asyncio.Lock] = {}

    async def check(self, url: URL) -> None:
        """Ask whether a page may be read.

        A site without a robots.txt allows everything; one whose robots.txt fails allows nothing
        for now, as RFC 9309 has it.
        Raises FetchError.
        """
        site = str(url.origin())
        lock = self._asking.setdefault(site, asyncio.Lock())
        try:
            async with lock:
                known = self._sites.get(site)
                if known is None or known.until <= self._now():
                    known = await self._ask(url.origin() / "robots.txt")
                    self._remember(site, known)
        finally:
            if not lock.locked():
                self._asking.pop(site, None)
        if known.rules is None:
            raise FetchError(FetchProblem.ROBOTS, "its robots.txt cannot be read")
        if not known.rules.can_fetch(str(url), NAME):
            raise FetchError(FetchProblem.ROBOTS)

    def _remember(self, site: str, known: _Known) -> None:
        self._sites[site] = known
        self._sites.move_to_end(site)
        while len(self._sites) > _MOST_SITES:
            self._sites.popitem(last=False)

    async def _ask(self, address: URL) -> _Known:
        try:
            status, text = await self._read(address)
        except FetchError as error:
            # Too many redirects lead nowhere: there is no robots.txt (RFC 9309, 2.3.1.2).
            if error.problem is FetchProblem.TOO_MANY_REDIRECTS:
                status, text = 404, ""
            elif error.problem in (FetchProblem.BROKEN, FetchProblem.SERVER_ERROR):
                return _Known(None, self._now() + _ASKED_AGAIN_AFTER)
            else:
                raise
        if status == _OK:
            rules = await asyncio.to_thread(Protego.parse, text)
        elif status in _CLIENT_ERRORS:
            rules = Protego.parse("")
        else:
            return _Known(None, self._now() + _ASKED_AGAIN_AFTER)
        return _Known(rules, self._now() + _KEPT_FOR)
