"""Citations of articles: the Russian standard for electronic resources, and Chicago."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.archive.rows import ArticleRow
from bot.formatting import clip, utf16_length

MOST_UNITS = 256
"""UTF-16 units that a button copies (Bot API, CopyTextButton)."""

_SHORTEST_TITLE = 24
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_INNER_QUOTES = (re.compile("“([^“”]*)”"), re.compile('"([^"]*)"'))


class Style(StrEnum):
    """The styles of citations; the values are what they are called."""

    GOST = "ГОСТ Р 7.0.5"
    CHICAGO = "Chicago"


@dataclass(frozen=True, slots=True)
class Cited:
    """An article as it is cited; what is not known is None and stays away.

    published, accessed: days as the reader's zone has them.
    """

    title: str
    accessed: date
    author: str | None = None
    outlet: str | None = None
    published: date | None = None
    url: str | None = None

    @property
    def site(self) -> str | None:
        """Where it appeared: the outlet, else the host of its address."""
        if self.outlet or not self.url:
            return self.outlet
        try:
            host = urlsplit(self.url).hostname or ""
        except ValueError:
            return None
        return host.removeprefix("www.") or None


def cited(article: ArticleRow, *, now: datetime, zone: str) -> Cited:
    """Take from an article what a citation needs.

    now: aware; the day of access in the reader's zone (IANA).
    """
    place = ZoneInfo(zone)
    moment = article.published_at
    return Cited(
        title=_line(article.title),
        accessed=now.astimezone(place).date(),
        author=_line(article.author or "") or None,
        outlet=_line(article.outlet or "") or None,
        published=None if moment is None else moment.astimezone(place).date(),
        url=article.url or None,
    )


def gost(one: Cited) -> str:
    """Cite by ГОСТ Р 7.0.5-2008, as a reference that stands apart from the text.

    Clause 10 (electronic resources): the general designation [Электронный ресурс], the site after
    "//", "URL:" before the address and the day of access in brackets after it. Clause 7: elements
    are parted by a full stop. A byline follows "/" as the page gives it (clause 7.4, statement of
    responsibility), since a heading would need surname and initials told apart.
    """
    title = one.title.rstrip(". ")
    title += " [Электронный ресурс]" if one.url else ""
    title += f" / {one.author}" if one.author else ""
    parts = [f"{title} // {one.site}" if one.site else title]
    if one.published is not None:
        parts.append(f"{one.published:%d.%m.%Y}")
    if one.url:
        parts.append(f"URL: {one.url} (дата обращения: {one.accessed:%d.%m.%Y})")
    return ". ".join(part.rstrip(".") for part in parts) + "."


def chicago(one: Cited) -> str:
    """Cite by The Chicago Manual of Style, 17th edition, as a full note of notes-bibliography.

    14.191 and 14.207 (articles of news sites): author, “title,” outlet, day, address; without an
    author it begins with the title. 14.12: a day of access only where no day of publication is
    known. 14.94: quotation marks within the title become single. 14.96: a comma stays after a
    question or exclamation mark.
    """
    title = one.title.rstrip(". ")
    for inner in _INNER_QUOTES:
        title = inner.sub("‘\\1’", title)
    known = [f"“{title},”"]
    if one.author:
        known.insert(0, f"{one.author},")
    if one.site:
        known.append(f"{one.site},")
    if one.published is not None:
        known.append(f"{_day(one.published)},")
    elif one.url:
        known.append(f"accessed {_day(one.accessed)},")
    if one.url:
        return " ".join([*known, f"{one.url}."])
    written = " ".join(known)
    # Inside the quotation marks, as American punctuation has it.
    return f"{written[:-2]}.”" if written.endswith(",”") else f"{written[:-1]}."


STYLES: dict[Style, Callable[[Cited], str]] = {Style.GOST: gost, Style.CHICAGO: chicago}
"""How each style writes a citation."""


def fitted(one: Cited, style: Style, limit: int = MOST_UNITS) -> str | None:
    """Cite in at most so many UTF-16 units, with a shorter title where it must be.

    Never a shorter address: None where even a title of some words does not fit beside it.
    """
    write = STYLES[style]
    written = write(one)
    spare = limit - utf16_length(written)
    if spare >= 0:
        return written
    room = utf16_length(one.title) + spare
    while room >= _SHORTEST_TITLE:
        # Quotation marks that are no longer closed may have become longer.
        written = write(replace(one, title=clip(one.title, room)))
        if utf16_length(written) <= limit:
            return written
        room -= 1
    return None


def _day(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _line(text: str) -> str:
    return " ".join(text.split())
