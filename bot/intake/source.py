"""What articles come from: a feed, a page list, a sitemap, a folder or a channel."""

from dataclasses import dataclass
from typing import Literal

SourceKind = Literal["feed", "listing", "sitemap", "folder", "channel"]


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """A source as a beat or an operator names it.

    `id` is short and stable; `language` is the ISO 639-1 code that most of its articles have.
    `url` is an address, the path of a folder, or a channel's @name. `selector` finds the links of
    a listing page (CSS). `time_zone` (IANA) is the one in which the outlet states local times.
    `weight` ranks sources of one story, 1.0 being usual. `tried` says whether it has ever answered
    the people who wrote it down.
    """

    id: str
    outlet: str
    language: str
    kind: SourceKind
    url: str
    selector: str | None = None
    time_zone: str = "Asia/Almaty"
    weight: float = 1.0
    tried: bool = False
