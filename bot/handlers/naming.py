"""Which item a button is about: where it cannot be opened on the spot, a link opens it."""

from collections.abc import Callable
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.handlers.buttons import ArticleButton, BeatButton
from bot.handlers.edition_buttons import (
    CalendarButton,
    DocumentButton,
    EditionButton,
    PicturesButton,
    StoryButton,
    StoryDocumentButton,
    WholeButton,
)
from bot.handlers.pass_on_buttons import CiteButton, LetterButton, PaperButton
from bot.handlers.person_buttons import FollowButton, PersonButton, SharedButton
from bot.handlers.search_buttons import OpenButton, SimilarButton
from bot.handlers.share_buttons import ArticleQuotesButton, QuoteButton
from bot.items import Item, Kind


def _numbered(kind: Kind) -> Callable[[Any], str]:
    return lambda data: f"{kind}{data.id}"


def _story(data: StoryButton) -> str:
    # A negative one is an article that is in no story yet.
    return f"{Kind.ARTICLE}{-data.id}" if data.id < 0 else f"{Kind.STORY}{data.id}"


def _edition(data: Any) -> str:
    return str(data.key)


def _named(data: Any) -> str:
    return str(data.item)


_NAMES: dict[type[CallbackData], Callable[[Any], str]] = {
    StoryButton: _story,
    StoryDocumentButton: _numbered(Kind.STORY),
    **dict.fromkeys(
        (ArticleButton, BeatButton, OpenButton, SimilarButton, ArticleQuotesButton),
        _numbered(Kind.ARTICLE),
    ),
    **dict.fromkeys((PersonButton, SharedButton, FollowButton), _numbered(Kind.PERSON)),
    QuoteButton: _numbered(Kind.QUOTE),
    **dict.fromkeys(
        (EditionButton, WholeButton, CalendarButton, DocumentButton, PicturesButton), _edition
    ),
    **dict.fromkeys((CiteButton, PaperButton, LetterButton), _named),
}
_BY_PREFIX = {kind.__prefix__: (kind, name) for kind, name in _NAMES.items()}


def item_of(data: str) -> Item | None:
    """Read which item a button is about; None where it is about none, or forged."""
    found = _BY_PREFIX.get(data.partition(":")[0])
    if found is None:
        return None
    kind, name = found
    try:
        return Item.read(name(kind.unpack(data)))
    except (TypeError, ValueError):
        return None
