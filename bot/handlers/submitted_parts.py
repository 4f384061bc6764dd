"""What there is to read in a message: links, a text of its own, or a file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiogram.enums import MessageEntityType
from aiogram.types import Document, Message, MessageOriginChannel

from bot.intake.article import Known

MOST_LINKS = 3

_FEWEST_WORDS = 40
_FEWEST_WORDS_OF_A_POST = 10
_FEWEST_WORDS_BESIDE_LINKS = 100
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LINK = re.compile(r"https?://\S+")
_CHANNEL_MARK = "-100"
"""What the Bot API writes before the id by which Telegram itself knows a channel."""

_TELEGRAM = ("t.me", "telegram.me", "telegram.dog")


@dataclass(frozen=True)
class Links:
    """Addresses of pages to fetch."""

    urls: tuple[str, ...]
    left_out: int = 0
    """How many more there were than are read at once."""


@dataclass(frozen=True)
class Text:
    """An article that the message itself holds."""

    text: str
    known: Known


Submission = Links | Text | Document


def find_submission(message: Message) -> dict[str, Submission] | bool:
    """Filter the messages with something to read in them, and give it as `submission`.

    A text of a sentence or two is talk, not an article. Beside links a person's own text must be
    long to be the article, since short ones comment on them; a channel's post has links below it
    as a rule, and is itself the article unless it is a mere teaser.
    """
    if message.document is not None:
        return {"submission": message.document}
    written = message.text or message.caption or ""
    if not written or written.startswith("/"):
        return False
    links = tuple(dict.fromkeys(_links(message)))
    is_post = isinstance(message.forward_origin, MessageOriginChannel)
    length = len(_WORD.findall(_LINK.sub(" ", written)))
    if length >= (_FEWEST_WORDS if is_post or not links else _FEWEST_WORDS_BESIDE_LINKS):
        return {"submission": Text(written, known_of_forward(message))}
    if links:
        return {"submission": Links(links[:MOST_LINKS], max(0, len(links) - MOST_LINKS))}
    if is_post and length >= _FEWEST_WORDS_OF_A_POST:
        return {"submission": Text(written, known_of_forward(message))}
    return False


def known_of_forward(message: Message) -> Known:
    """Say what a forwarded message tells of its origin: the channel; of people, nothing."""
    origin = message.forward_origin
    if not isinstance(origin, MessageOriginChannel):
        return Known()
    return Known(
        url=post_url(origin.chat.username, origin.message_id),
        outlet=origin.chat.title,
        published=origin.date,
    )


def known_of_post(post: Message) -> Known:
    """Say what is known of a post in a channel; one that it took over names its origin."""
    if isinstance(post.forward_origin, MessageOriginChannel):
        return known_of_forward(post)
    url = post_url(post.chat.username, post.message_id)
    return Known(
        url=url or _url_for_members(post.chat.id, post.message_id),
        outlet=post.chat.title,
        published=post.date,
    )


def is_news(post: Message) -> bool:
    """Tell whether a post of a channel is long enough to be more than a headline or a picture."""
    written = post.text or post.caption or ""
    return len(_WORD.findall(_LINK.sub(" ", written))) >= _FEWEST_WORDS_OF_A_POST


def post_url(username: str | None, message_id: int) -> str | None:
    """Write the address of a post; only those of public channels have one for everybody."""
    return f"https://t.me/{username}/{message_id}" if username else None


def _url_for_members(chat_id: int, message_id: int) -> str | None:
    """Write the address by which members open a post of a private channel, and an edit is known."""
    inner = str(chat_id).removeprefix(_CHANNEL_MARK)
    return f"https://t.me/c/{inner}/{message_id}" if inner.isdecimal() else None


def is_in_telegram(url: str) -> bool:
    """Tell whether an address leads into Telegram, where there is no page to read."""
    return (urlsplit(url).hostname or "").removeprefix("www.") in _TELEGRAM


def _links(message: Message) -> Iterator[str]:
    written = message.text or message.caption or ""
    for entity in message.entities or message.caption_entities or []:
        if entity.type == MessageEntityType.TEXT_LINK and entity.url:
            if not is_in_telegram(entity.url):
                yield entity.url
        elif entity.type == MessageEntityType.URL:
            url = entity.extract_from(written)
            if "://" in url:
                yield url
            # "Zakon.kz reports" names an outlet; an address without a scheme has a path.
            elif "/" in url or url == written.strip():
                yield f"https://{url}"
