"""What can be passed on by a short name: a story, an article, a person, a quote, an edition."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.briefings.edition_key import EditionKey
from bot.row_numbers import LARGEST_NUMBER

_NUMBERED = re.compile(r"([sapq])([1-9][0-9]{0,17})")


class Kind(StrEnum):
    """The kinds of items; each is the first letter of an item's name."""

    STORY = "s"
    ARTICLE = "a"
    PERSON = "p"
    QUOTE = "q"
    EDITION = "e"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be passed on.

    Its name, at most 50 of [a-z0-9-], is what /start links, inline queries and buttons carry:
    "s123", "p7", or an edition's key, "egx2k9v-gx3hb7". A number that no longer exists is still
    a name: whoever opens it says so.
    """

    kind: Kind
    key: str
    """The number of the row, as text; of an edition its whole key."""

    @classmethod
    def of(cls, kind: Kind, number: int) -> Self:
        """Name a story, an article, a person or a quote."""
        return cls(kind, str(number))

    @classmethod
    def edition(cls, key: EditionKey) -> Self:
        """Name an edition."""
        return cls(Kind.EDITION, str(key))

    @classmethod
    def read(cls, name: str) -> Self | None:
        """Read a name; None when it is none."""
        if match := _NUMBERED.fullmatch(name):
            return cls(Kind(match[1]), match[2])
        return None if EditionKey.read(name) is None else cls(Kind.EDITION, name)

    @property
    def number(self) -> int:
        """The number of its row; one beyond what a row can have is nobody's.

        Raises ValueError for an edition, which has none.
        """
        return min(int(self.key), LARGEST_NUMBER)

    def __str__(self) -> str:
        """Write the name."""
        return self.key if self.kind is Kind.EDITION else f"{self.kind}{self.key}"

    def link(self, username: str) -> str:
        """Give the link that opens it in a chat with the bot of this user name."""
        return f"https://t.me/{username}?start={self}"
