"""/search: finding articles by their words, and the pages of what was found."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.analysis.indexer import Indexer
from bot.archive import Archive
from bot.archive.search import Order
from bot.briefings import Briefings, Reader
from bot.briefings.findings import Finder, Page
from bot.clock import Now
from bot.delivery.schedule import due_after
from bot.handlers.alerts import drop_search, promised
from bot.handlers.alerts_buttons import search_mark
from bot.handlers.catching_up import WAIT_SECONDS
from bot.handlers.latest import show_article
from bot.handlers.person_buttons import button
from bot.handlers.place import Place
from bot.handlers.reply import edit, pressed_message, send
from bot.handlers.search_buttons import (
    PAGE,
    OpenButton,
    SaveButton,
    SearchButton,
    SimilarButton,
    instead_keyboard,
    results_keyboard,
)
from bot.handlers.search_words import say_problem
from bot.handlers.share_buttons import Sharing
from bot.middlewares.in_charge import OnlyInCharge
from bot.search.operators import QuerySyntaxError

KIND = "search"

_SIMILAR = 5


class Screens:
    """Makes the messages of a search for one chat."""

    def __init__(
        self,
        archive: Archive,
        finder: Finder,
        reader: Reader,
        place: Place,
        now: Now,
        *,
        waiting: int = 0,
    ) -> None:
        """Join the parts; waiting: how many articles cannot be found yet."""
        self._archive = archive
        self._finder = finder
        self._reader = reader
        self._place = place
        self._now = now
        self._waiting = waiting

    async def results(
        self, text: str, order: Order, at: int
    ) -> tuple[Page, InlineKeyboardMarkup | None]:
        """Make a page of results.

        Raises QuerySyntaxError when the query cannot be read.
        """
        page = await self._finder.page(
            text, self._reader, order=order, at=at, size=PAGE, waiting=self._waiting
        )
        search_id = await self.remember(text)
        if page.articles:
            keyboard = results_keyboard(
                search_id,
                page.articles,
                self._reader.wording,
                order=order,
                at=page.at,
                total=page.total,
                has_quotes=page.has_quotes,
                is_saved=await self._is_saved(text),
            )
            return page, keyboard
        instead = [(query.label, await self.remember(query.text)) for query in page.instead]
        rows = instead_keyboard(instead, page.people)
        return page, InlineKeyboardMarkup(inline_keyboard=rows) if rows else None

    async def remember(self, text: str) -> int:
        """Keep a query for its buttons; return its id."""
        return await self._archive.searches.remember(
            self._place.chat_id, KIND, text, now=self._now()
        )

    async def asked(self, search_id: int) -> str | None:
        """Give the query of a button, or None when it is forgotten."""
        return await self._archive.searches.get(search_id, self._place.chat_id, KIND)

    async def _is_saved(self, text: str) -> bool:
        known = self._place.subscriber
        return known is not None and await self._archive.searches.is_saved(known.id, text)


async def search(
    message: Message,
    command: CommandObject,
    archive: Archive,
    indexer: Indexer,
    finder: Finder,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Answer /search WORDS."""
    await show_search(message, command.args or "", archive, indexer, finder, reader, place, now)


async def show_search(
    message: Message,
    text: str,
    archive: Archive,
    indexer: Indexer,
    finder: Finder,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Send what a search finds, the newest first; without words, how to search."""
    screens = Screens(archive, finder, reader, place, now)
    asked = " ".join(text.split())
    if not asked:
        await _explain(message, archive, finder, reader, place, screens)
        return
    is_whole = await indexer.wait(WAIT_SECONDS)
    waiting = 0 if is_whole else await archive.search_index.waiting()
    screens = Screens(archive, finder, reader, place, now, waiting=waiting)
    try:
        page, keyboard = await screens.results(asked, Order.NEWEST, 0)
    except QuerySyntaxError as error:
        await _say_problem(message, error, reader, screens)
        return
    await send(message, page.text, keyboard=keyboard)


async def _explain(
    message: Message,
    archive: Archive,
    finder: Finder,
    reader: Reader,
    place: Place,
    screens: Screens,
) -> None:
    """Say how to search; the saved searches are a tap away."""
    saved = await archive.searches.saved(place.subscriber.id) if place.subscriber else []
    queries = [(row.text, await screens.remember(row.text)) for row in saved]
    keyboard = InlineKeyboardMarkup(inline_keyboard=instead_keyboard(queries, ()))
    await send(message, finder.help(reader, saved=len(saved)), keyboard=keyboard if saved else None)


async def _say_problem(
    message: Message, error: QuerySyntaxError, reader: Reader, screens: Screens
) -> None:
    keyboard = None
    if error.instead:
        offered = [(error.instead, await screens.remember(error.instead))]
        keyboard = InlineKeyboardMarkup(inline_keyboard=instead_keyboard(offered, ()))
    await send(message, say_problem(error, reader.wording), keyboard=keyboard)


async def turn(
    query: CallbackQuery,
    callback_data: SearchButton,
    archive: Archive,
    finder: Finder,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Show a page of a search in place of what the message shows."""
    message = pressed_message(query)
    screens = Screens(archive, finder, reader, place, now)
    asked = await screens.asked(callback_data.id) if message is not None else None
    if asked is None or message is None:
        await _forgotten(query, reader)
        return
    try:
        page, keyboard = await screens.results(asked, callback_data.order, callback_data.at)
    except QuerySyntaxError as error:
        await query.answer(say_problem(error, reader.wording), show_alert=True)
        return
    await edit(message, page.text, keyboard=keyboard)
    await query.answer()


async def save(
    query: CallbackQuery,
    callback_data: SaveButton,
    archive: Archive,
    finder: Finder,
    reader: Reader,
    place: Place,
    now: Now,
) -> None:
    """Save a search, or drop it."""
    message = pressed_message(query)
    screens = Screens(archive, finder, reader, place, now)
    asked = await screens.asked(callback_data.id) if message is not None else None
    if asked is None or message is None:
        await _forgotten(query, reader)
        return
    words = reader.wording
    subscriber = await archive.subscribers.remember(
        place.chat_id,
        place.thread_id,
        language=reader.language,
        time_zone=reader.time_zone,
        next_due=due_after(now()),
        now=now(),
    )
    if not callback_data.save:
        await drop_search(search_mark(asked), subscriber, archive)
        said = words.say("This search is no longer saved.")
    elif await archive.searches.save(subscriber.id, asked, now=now()):
        saved = words.say("Saved.")
        said = f"{saved} {await promised(subscriber, archive, words)}"
    else:
        said = words.say("You have saved as many searches as I can keep: drop one. /search")
    known = Place(place.chat_id, place.thread_id, subscriber)
    screens = Screens(archive, finder, reader, known, now)
    page, keyboard = await screens.results(asked, callback_data.order, callback_data.at)
    await edit(message, page.text, keyboard=keyboard)
    await query.answer(said, show_alert=callback_data.save)


async def open_result(
    query: CallbackQuery,
    callback_data: OpenButton,
    archive: Archive,
    briefings: Briefings,
    reader: Reader,
    sharing: Sharing,
) -> None:
    """Show a result below, with what can be done with an article."""
    message = pressed_message(query)
    if message is not None:
        article = await archive.articles.shown_to(message.chat.id, callback_data.id)
    if message is None or article is None:
        await _gone(query, reader)
        return
    similar = button(reader.wording.say("Similar"), SimilarButton(id=article.id))
    await query.answer()
    await show_article(message, article, archive, briefings, reader, sharing, also=[similar])


async def similar(
    query: CallbackQuery,
    callback_data: SimilarButton,
    archive: Archive,
    finder: Finder,
    reader: Reader,
) -> None:
    """Show what resembles an article."""
    message = pressed_message(query)
    if message is not None:
        article = await archive.articles.shown_to(message.chat.id, callback_data.id)
    if message is None or article is None:
        await _gone(query, reader)
        return
    found = await archive.search.similar(article.id, limit=_SIMILAR)
    if not found:
        await query.answer(
            reader.wording.say("Nothing in the archive resembles it. By its words: /search"),
            show_alert=True,
        )
        return
    await query.answer()
    row = [button(str(n), OpenButton(id=one.id)) for n, one in enumerate(found, start=1)]
    await send(
        message,
        finder.similar(article, found, reader),
        keyboard=InlineKeyboardMarkup(inline_keyboard=[row]),
    )


async def _forgotten(query: CallbackQuery, reader: Reader) -> None:
    await query.answer(
        reader.wording.say("I no longer remember this search. Write it again: /search"),
        show_alert=True,
    )


async def _gone(query: CallbackQuery, reader: Reader) -> None:
    await query.answer(
        reader.wording.say("This article is no longer here. The newest ones: /latest"),
        show_alert=True,
    )


def routes() -> Router:
    """Make the router of this subject."""
    router = Router(name="search")
    router.message.register(search, Command("search"))
    router.callback_query.register(turn, SearchButton.filter())
    router.callback_query.register(open_result, OpenButton.filter())
    router.callback_query.register(similar, SimilarButton.filter())
    saving = Router(name="search-saving")
    saving.callback_query.middleware(OnlyInCharge())
    saving.callback_query.register(save, SaveButton.filter())
    router.include_router(saving)
    return router
