"""What people send to be read: a link, a post, a text, a file; each is answered with a card."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError
from aiogram.types import Document, Message
from aiogram.utils.chat_action import ChatActionSender

from bot.archive import Archive
from bot.beat import Beat
from bot.briefings import Briefings, Reader
from bot.formatting import clip
from bot.handlers.buttons import article_keyboard
from bot.handlers.reply import edit, send
from bot.handlers.share_buttons import Sharing
from bot.handlers.submitted_parts import (
    MOST_LINKS,
    Links,
    Submission,
    find_submission,
    is_in_telegram,
)
from bot.handlers.submitted_words import file_too_large, links_into_telegram, why_not
from bot.intake.article import UnreadableError
from bot.intake.documents import MOST_BYTES
from bot.intake.inbox import Inbox
from bot.intake.judging import Judge
from bot.intake.problems import FetchError
from bot.locales.wording import Wording
from bot.middlewares.operators import adds_for_all

MOST_AT_ONCE = 3
"""How many messages of one chat are read at the same time."""


class Desk:
    """Shows how what people sent is read, and what it is; keeps one chat from filling the room."""

    def __init__(
        self,
        inbox: Inbox,
        judge: Judge,
        archive: Archive,
        briefings: Briefings,
        beat: Beat,
        sharing: Sharing,
    ) -> None:
        self.inbox = inbox
        self._judge = judge
        self._archive = archive
        self._briefings = briefings
        self._beat = beat
        self._sharing = sharing
        self._reading: Counter[int] = Counter()

    @contextmanager
    def turn(self, chat_id: int) -> Iterator[bool]:
        """Take a turn for a message of a chat; False when it has too many in work already."""
        if self._reading[chat_id] >= MOST_AT_ONCE:
            yield False
            return
        self._reading[chat_id] += 1
        try:
            yield True
        finally:
            self._reading[chat_id] -= 1
            self._reading += Counter()  # forgets the chats that have nothing in work

    async def read(
        self, message: Message, name: str, reading: Awaitable[int], reader: Reader
    ) -> None:
        """Say that it is being read, then turn that message into the card, or say why not."""
        words = reader.wording
        progress = await send(message, words.say("Reading {name} …", name=name))
        try:
            article_id = await reading
            await self._show(progress, article_id, reader)
        except (FetchError, UnreadableError) as error:
            await edit(progress, f"{name}: {why_not(error, words)}")
        except Exception:
            # Whoever reads the apology need not see that it is still being read.
            with suppress(TelegramAPIError):
                await progress.delete()
            raise

    async def _show(self, progress: Message, article_id: int, reader: Reader) -> None:
        article = await self._archive.articles.get(article_id)
        if article is None:
            raise LookupError(f"article {article_id} went while it was shown")
        relevance = await self._judge.of(article_id)
        beside = relevance is not None and not relevance.on_beat
        text = self._briefings.renderer.message(
            "telegram/submitted.html.j2",
            reader,
            article=article,
            about=self._beat.about[reader.language] if beside else None,
        )
        keyboard = article_keyboard(article, reader.wording, self._sharing, unfolded=False)
        await edit(progress, text, keyboard=keyboard, preview_url=article.url)


async def submitted(
    message: Message,
    submission: Submission,
    desk: Desk,
    bot: Bot,
    reader: Reader,
    operators: frozenset[int],
) -> None:
    """Read what was sent, and show the article; an operator's joins what all read."""
    words = reader.wording
    # A private chat has the id of its person.
    by = None if adds_for_all(message.from_user, operators) else message.chat.id
    with desk.turn(message.chat.id) as is_free:
        if not is_free:
            await send(
                message,
                words.say(
                    "I am still reading what you sent before. Send this again in a moment, please."
                ),
            )
            return
        async with ChatActionSender.typing(bot=bot, chat_id=message.chat.id):
            if isinstance(submission, Links):
                await _links(message, submission, desk, reader, by=by)
            elif isinstance(submission, Document):
                await _document(message, submission, desk, bot, reader, by=by)
            else:
                reading = desk.inbox.text(submission.text, submission.known, by=by)
                await desk.read(message, words.say("the text"), reading, reader)


async def _links(
    message: Message, links: Links, desk: Desk, reader: Reader, *, by: int | None
) -> None:
    pages = [url for url in links.urls if not is_in_telegram(url)]
    if len(pages) < len(links.urls):
        await send(message, links_into_telegram(reader.wording))
    if links.left_out:
        await send(
            message,
            reader.wording.say(
                "I read at most {most} links at a time: the first ones.", most=MOST_LINKS
            ),
        )
    names = [_host(url, reader.wording) for url in pages]
    await asyncio.gather(
        *(
            desk.read(message, name, desk.inbox.link(url, by=by), reader)
            for name, url in zip(names, pages, strict=True)
        )
    )


def _host(url: str, words: Wording) -> str:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    return clip(host or words.say("the link"), 60)


async def _document(
    message: Message, document: Document, desk: Desk, bot: Bot, reader: Reader, *, by: int | None
) -> None:
    if (document.file_size or 0) > MOST_BYTES:
        await send(message, file_too_large(reader.wording))
        return
    name = document.file_name or ""

    async def reading() -> int:
        content = await bot.download(document, timeout=60)
        read = content.read() if content else b""
        return await desk.inbox.document(name, read, by=by)

    shown = clip(name, 60) or reader.wording.say("the file")
    await desk.read(message, shown, reading(), reader)


async def rest_of_album(message: Message) -> None:
    """Pass over the further pictures of an album: its words stand below the first."""


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="submitted")
    in_private = F.chat.type == ChatType.PRIVATE
    router.message.register(submitted, in_private, find_submission)
    router.message.register(rest_of_album, in_private, F.media_group_id, ~F.caption)
    return router
