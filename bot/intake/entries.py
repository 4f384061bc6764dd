"""What a source lists: its entries, each on the way to an article."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from bot.intake.addresses import canonical

_WHOLE_CHARACTERS = 1_000
_CUT = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|read more|continue reading|читать далее|читать полностью"
    r"|подробнее|толығырақ|далее)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed, a listing page or a sitemap; anything but its key may be missing.

    `published` is a moment (naive without a zone) or a day as "2026-11-22". `text` is
    the whole article where the feed gives it, or a teaser.
    """

    url: str | None
    guid: str | None
    title: str | None
    published: datetime | str | None
    updated: datetime | str | None = None
    author: str | None = None
    text: str = ""

    @property
    def is_whole(self) -> bool:
        """Tell whether the feed gives the whole article, so that its page need not be fetched."""
        return len(self.text) >= _WHOLE_CHARACTERS and not _CUT.search(self.text[-200:])

    @property
    def key(self) -> str:
        """Name the entry: by its address, since guids change; else by guid, title or content."""
        name = canonical(self.url) if self.url else self.guid or self.title or self.text
        return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:40]

    def stamp(self, *, unstable_after: datetime) -> str:
        """Name the state of the entry: another stamp means that it was changed.

        unstable_after: a later `updated` is left out: many feeds put the moment of asking there.
        """
        updated = self.updated
        if isinstance(updated, datetime) and updated.tzinfo and updated > unstable_after:
            updated = None
        parts = (self.title or "", self.text, str(updated or ""))
        return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:40]


@dataclass(frozen=True, slots=True)
class Feed:
    """What was read of a source at one time, newest first as it lists them.

    `problems` are sentences about what could not be read though the rest could; `more` are the
    addresses of further parts, as a sitemap index has them.
    """

    title: str | None
    entries: tuple[FeedEntry, ...]
    problems: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
