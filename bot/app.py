"""The composition root: makes the parts, joins them, starts and stops them."""

# ruff: noqa: I001
import asyncio
from contextlib import suppress
from functools import partial

import structlog
from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import memory, telegram_models  # noqa: F401 — the latter before anything imports aiogram
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardMarkup
from aiogram.utils.token import TokenValidationError
from aiogram.webhook.aiohttp_server import SimpleRequestHandler

from bot.access import Access
from bot.analysis.analyst import Analyst
from bot.analysis.beat_people import known_people
from bot.analysis.beat_words import common_words
from bot.analysis.indexer import Indexer
from bot.analysis.worker import analyse
from bot.analysis.workshop import Workshop
from bot.archive import Archive
from bot.beat import load_beat
from bot.briefings import Briefings, Edition, Reader, Renderer
from bot.briefings.answers import Answerer
from bot.briefings.composer import Composer
from bot.briefings.documents.dossier import DossierReader
from bot.briefings.documents.make import DocumentMaker
from bot.briefings.documents.press import Press
from bot.briefings.dossier import DossierMaker
from bot.briefings.edition_key import EditionKey
from bot.briefings.findings import Finder
from bot.briefings.letters import Letters
from bot.clock import Now, system_now
from bot.delivery.alerts import Alerts
from bot.delivery.broadcasts import Broadcasting
from bot.delivery.editions import Editions
from bot.delivery.housekeeping import Housekeeping
from bot.delivery.owners import Owners
from bot.delivery.pace import PAID, TELEGRAM, Pacer
from bot.delivery.pacing import Paced
from bot.delivery.post import Post
from bot.delivery.sender import Sender
from bot.delivery.source_reports import SourceReports
from bot.delivery.ticks import Ticks
from bot.delivery.translated_ahead import TranslatedAhead
from bot.dispatching import introduced, make_dispatcher
from bot.errors import TelegramRefusedError
from bot.handlers.alerts_buttons import alert_keyboard
from bot.handlers.broadcast_screens import progress_screen
from bot.handlers.commands import register_commands
from bot.handlers.edition_buttons import delivered_keyboard
from bot.handlers.source_buttons import waiting_keyboard
from bot.intake.channels import Channels
from bot.intake.client import GuardedClient
from bot.intake.inbox import Inbox
from bot.intake.judging import Judge
from bot.intake.poller import Poller
from bot.intake.store import Store
from bot.intake.worker import Worker
from bot.introduction import introduce
from bot.locales.wording import Wording
from bot.middlewares.in_flight import InFlight
from bot.middlewares.refusal import WRONG_TOKEN, RefusalWatch
from bot.settings import Settings
from bot.summaries.choice import chosen_translator, chosen_writer
from bot.summaries.improver import Improver
from bot.summaries.translating import Translating

log = structlog.get_logger()

LAST_UPDATES_SECONDS = 10.0
"""How long stopping waits for what is in work."""

LAST_MESSAGES_SECONDS = 30.0
"""How long stopping waits for Telegram's answers to what is being sent."""


class Application:
    """The bot with all its parts; `start`, then `stopped`, then `stop`."""

    def __init__(
        self,
        settings: Settings,
        archive: Archive,
        *,
        token: str,
        now: Now = system_now,
        client: GuardedClient | None = None,
        pacer: Pacer | None = None,
    ) -> None:
        """Join the parts; nothing is sent yet.

        token: the bot's token; settings.bot_token, or that of the sandbox.
        client: what fetches pages and feeds; closed with the application.
        pacer: how fast is sent; by default as fast as Telegram lets.
        Raises TelegramRefusedError when it does not look like a token at all.
        """
        self.settings = settings
        self.archive = archive
        self.now = now
        self.access = Access(
            archive.guests,
            is_private=settings.access == "private",
            ids=settings.operators | settings.access_ids,
        )
        server = TelegramAPIServer.from_base(str(settings.bot_api_url).rstrip("/"))
        try:
            self.bot = Bot(token, session=AiohttpSession(api=server))
        except TokenValidationError:
            raise TelegramRefusedError(WRONG_TOKEN) from None
        pacer = pacer or Pacer(PAID if settings.allow_paid_broadcast else TELEGRAM)
        self.pacer = pacer
        self.bot.session.middleware(RefusalWatch(self._fail))
        self.bot.session.middleware(Paced(pacer))
        self.beat = load_beat(settings.beat)
        self.translating = Translating(archive, chosen_translator(settings), now)
        self.briefings = Briefings(
            archive,
            Renderer(settings.templates_dir, now),
            Composer(archive, self.beat),
            self.translating,
        )
        self.translated_ahead = TranslatedAhead(
            archive, self.briefings, now, settings.default_time_zone
        )
        self.press = Press(
            archive, self.briefings, DocumentMaker(self.briefings.renderer, self.beat.about)
        )
        client = client or GuardedClient(
            settings.contact, allow_loopback=settings.fetch_loopback, now=now
        )
        worker = Worker()
        self.poller = Poller(archive, client, self.beat, now, worker=worker)
        self.inbox = Inbox(
            archive, Store(archive, now), client, worker, now, settings.default_time_zone
        )
        self.judge = Judge(archive, worker, settings.beat, now)
        self.indexer = Indexer(archive, worker, now)
        self.source_reports = SourceReports(
            self.bot,
            archive,
            self.briefings.renderer,
            settings.operators,
            Reader(settings.default_language, settings.default_time_zone),
            now,
            waiting_keyboard,
        )
        self.analyst = Analyst(
            archive,
            Workshop(analyse),
            known_people(self.beat),
            now,
            zone=settings.default_time_zone,
            common=common_words(self.beat),
        )
        self.improver = Improver(
            archive, chosen_writer(settings), now, zone=settings.default_time_zone
        )
        paid = settings.allow_paid_broadcast
        post = Post(self.bot, archive, Owners(self.bot, archive), self.access, now, paid=paid)
        self.ticks = Ticks(
            archive,
            Sender(
                archive,
                Editions(archive, self.briefings, now, self.press, self._below_edition),
                post,
                pacer,
                now,
                self.access,
            ),
            now,
            poller=self.poller if settings.poll else None,
            source_reports=self.source_reports,
            alerts=Alerts(archive, self.briefings, now, alert_keyboard),
        )
        self.broadcasting = Broadcasting(
            self.bot,
            archive,
            partial(progress_screen, self.briefings.renderer),
            Reader(settings.default_language, settings.default_time_zone),
            now,
        )
        self.housekeeping = Housekeeping(archive, now)
        self.in_flight = InFlight()
        self.dispatcher = self._make_dispatcher(now)
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._polling: asyncio.Task[None] | None = None
        self._hook: web.AppRunner | None = None
        self._end: asyncio.Future[None] | None = None

    def _make_dispatcher(self, now: Now) -> Dispatcher:
        stated = self.settings
        channels = Channels(
            self.archive, now, stated.default_time_zone, has_operators=bool(stated.operators)
        )
        return make_dispatcher(
            stated,
            self.in_flight,
            archive=self.archive,
            briefings=self.briefings,
            press=self.press,
            pacer=self.pacer,
            letters=Letters(self.archive, self.briefings, DossierReader(self.archive, now)),
            access=self.access,
            beat=self.beat,
            now=now,
            operators=stated.operators,
            poller=self.poller,
            inbox=self.inbox,
            channels=channels,
            source_reports=self.source_reports,
            dossiers=DossierMaker(self.archive, self.briefings.renderer, now),
            analyst=self.analyst,
            judge=self.judge,
            indexer=self.indexer,
            finder=Finder(self.archive, self.briefings.renderer),
            answerer=Answerer(self.archive, self.briefings.renderer),
        )

    def _below_edition(
        self, edition: Edition, key: EditionKey | None, words: Wording
    ) -> InlineKeyboardMarkup:
        return delivered_keyboard(edition, key, words, self.dispatcher["sharing"])

    async def start(self) -> None:
        """Introduce the bot to Telegram, begin to receive updates, and let the ticks run.

        Raises TelegramRefusedError when Telegram does not accept the token.
        """
        self._end = asyncio.get_running_loop().create_future()
        me = await introduce(self.bot)
        introduced(self.dispatcher, me)
        await self.analyst.prepare()
        await self.indexer.prepare()
        await self.improver.prepare()
        used = self.dispatcher.resolve_used_update_types()
        if self.settings.webhook_url:
            await self._listen(str(self.settings.webhook_url), used)
        else:
            await self.bot.delete_webhook()
            self._polling = asyncio.create_task(  # noqa: TID251 — awaited in stop()
                self.dispatcher.start_polling(
                    self.bot, handle_signals=False, close_bot_session=False, allowed_updates=used
                )
            )
        await register_commands(self.bot, self.settings.default_language)
        self.ticks.schedule(self._scheduler)
        self.broadcasting.schedule(self._scheduler)
        self.housekeeping.schedule(self._scheduler)
        memory.schedule(self._scheduler)
        self.judge.schedule(self._scheduler)
        self.indexer.schedule(self._scheduler)
        self.analyst.schedule(self._scheduler)
        self.improver.schedule(self._scheduler)
        self.translating.schedule(self._scheduler)
        self.translated_ahead.schedule(self._scheduler)
        self._scheduler.start()

    async def stopped(self) -> None:
        """Wait until something ends the bot.

        Raises TelegramRefusedError when Telegram shuts it out while it runs.
        """
        if self._end is not None:
            await self._end

    async def stop(self) -> None:
        """Stop receiving, finish what is in work, close everything but the archive."""
        # Before the scheduler, which cancels what runs: a message on its way must be noted.
        with suppress(TimeoutError):
            await asyncio.wait_for(self.ticks.sender.stop(), LAST_MESSAGES_SECONDS)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._polling is not None:
            # RuntimeError: it ended by itself, or had not begun.
            with suppress(RuntimeError):
                await self.dispatcher.stop_polling()
            self._polling.cancel()
            with suppress(asyncio.CancelledError):
                await self._polling
        if self._hook is not None:
            await self._hook.cleanup()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.in_flight.idle(), LAST_UPDATES_SECONDS)
        await self.analyst.close()
        await self.improver.close()
        await self.translating.close()
        await self.poller.close()
        await self.bot.session.close()

    async def _listen(self, url: str, used: list[str]) -> None:
        """Receive updates by webhook; aiogram compares the secret in constant time."""
        stated = self.settings.webhook_secret
        secret = None if stated is None else stated.get_secret_value()
        handler = SimpleRequestHandler(self.dispatcher, self.bot, secret_token=secret)
        application = web.Application()
        handler.register(application, path="/telegram")
        self._hook = web.AppRunner(application)
        await self._hook.setup()
        host, _, port = self.settings.webhook_listen.rpartition(":")
        await web.TCPSite(self._hook, host, int(port)).start()
        await self.bot.set_webhook(url, secret_token=secret, allowed_updates=used)

    def _fail(self, error: TelegramRefusedError) -> None:
        if self._end is not None and not self._end.done():
            self._end.set_exception(error)
