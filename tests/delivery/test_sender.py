"""The sender: one edition to each, whatever is stopped, taken over or broken meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from sqlalchemy import update

from bench.sending import DUE, FIRST_CHAT, fill_outbox, let_join
from bot.access import Access
from bot.archive import Archive
from bot.archive.delivery_tables import DeliveryTable
from bot.archive.rows import DeliveryState
from bot.archive.tables import SubscriberTable
from bot.beat import load_beat
from bot.briefings import Briefings, Renderer
from bot.briefings.composer import Composer
from bot.briefings.documents.make import DocumentMaker
from bot.briefings.documents.press import Press
from bot.delivery.claimant import Claimant
from bot.delivery.editions import Editions
from bot.delivery.owners import Owners
from bot.delivery.pace import UNLIMITED, Pacer
from bot.delivery.pacing import Paced
from bot.delivery.post import Post
from bot.delivery.sender import WINDOW, Sender
from bot.errors import ArchiveError
from bot.sandbox import cast
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.settings import PROJECT
from tests.delivery.buttons import buttons_below
from tests.e2e.town import Clock

TOKEN = "1234567890:token-of-a-test-token-of-a-test-000"


@dataclass
class Office:
    """A sandbox, an archive, and senders that share both."""

    sandbox: Sandbox
    archive: Archive
    clock: Clock
    bots: list[Bot]

    def sender(self, name: str = "here:1:one") -> Sender:
        """Let one more process begin to send."""
        bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(self.sandbox.url)))
        self.bots.append(bot)
        pacer = Pacer(UNLIMITED, clock=lambda: self.clock().timestamp())
        bot.session.middleware(Paced(pacer))
        composer = Composer(self.archive, load_beat(PROJECT / "beats" / "kz-us.toml"))
        renderer = Renderer(PROJECT / "templates", self.clock)
        briefings = Briefings(self.archive, renderer, composer)
        press = Press(self.archive, briefings, DocumentMaker(renderer, {}))
        access = Access(self.archive.guests, is_private=False, ids=frozenset())
        return Sender(
            self.archive,
            Editions(self.archive, briefings, self.clock, press, buttons_below),
            Post(bot, self.archive, Owners(bot, self.archive), access, self.clock),
            pacer,
            self.clock,
            access,
            Claimant(name),
        )

    def copies(self) -> dict[int, int]:
        """How many messages each chat got."""
        return {
            chat.id: sum(posted.by_bot for posted in chat.messages.values())
            for chat in self.sandbox.world.chats.values()
        }


OpensOffice = Callable[[int], Awaitable[Office]]


@pytest.fixture
async def opens(tmp_path: Path) -> AsyncIterator[OpensOffice]:
    """Open an office with so many deliveries to send."""
    clock = Clock(DUE)
    sandbox = Sandbox(TOKEN, now=clock)
    await sandbox.start()
    archive = await Archive.open(f"sqlite+aiosqlite:///{tmp_path}/vestnik.sqlite3")
    office = Office(sandbox, archive, clock, [])

    async def open_(deliveries: int) -> Office:
        await fill_outbox(archive, deliveries)
        let_join(sandbox.world, deliveries)
        return office

    yield open_
    for bot in office.bots:
        await bot.session.close()
    await archive.close()
    await sandbox.stop()


async def test_everybody_gets_one_copy(opens: OpensOffice) -> None:
    office = await opens(2 * WINDOW + 10)
    assert await office.sender().drain() == 2 * WINDOW + 10
    assert set(office.copies().values()) == {1}
    assert await office.archive.deliveries.counts() == {DeliveryState.SENT: 2 * WINDOW + 10}


async def test_two_processes_that_send_at_once_send_each_edition_once(opens: OpensOffice) -> None:
    office = await opens(WINDOW)
    await asyncio.gather(office.sender("a:1:x").drain(), office.sender("b:1:y").drain())
    assert set(office.copies().values()) == {1}


async def test_while_one_call_sends_another_returns_at_once(opens: OpensOffice) -> None:
    office = await opens(20)
    sender = office.sender()
    first, second = await asyncio.gather(sender.drain(), sender.drain())
    assert (first, second) == (20, 0)


async def test_stopped_in_the_middle_it_notes_what_is_under_way_and_the_next_goes_on(
    opens: OpensOffice,
) -> None:
    office = await opens(3 * WINDOW)
    sender = office.sender()
    sending = asyncio.ensure_future(sender.drain())
    while not office.sandbox.world.journal.calls:
        await asyncio.sleep(0)
    await sender.stop()
    await sending
    counts = await office.archive.deliveries.counts()
    assert counts[DeliveryState.SENT] == sum(office.copies().values())
    assert counts[DeliveryState.PENDING] == 3 * WINDOW - counts[DeliveryState.SENT] > 0
    assert await sender.drain() == 0
    await office.sender("here:1:two").drain()
    assert set(office.copies().values()) == {1}
    assert await office.archive.deliveries.unknown() == 0


async def test_a_process_that_vanished_left_nothing_undone(opens: OpensOffice) -> None:
    office = await opens(WINDOW)
    lost = asyncio.ensure_future(office.sender("here:1:gone").drain())
    while not office.sandbox.world.journal.calls:
        await asyncio.sleep(0)
    lost.cancel()
    await asyncio.gather(lost, return_exceptions=True)
    await office.sender("here:1:next").drain()
    copies = office.copies()
    assert min(copies.values()) == 1
    repeats = sum(count - 1 for count in copies.values())
    assert repeats <= await office.archive.deliveries.unknown()


async def test_topics_of_one_chat_are_sent_to_one_after_another(opens: OpensOffice) -> None:
    office = await opens(3)
    world = office.sandbox.world
    cast.add_chat(
        world, id=-700, type="supergroup", title="Форум", admins=[FIRST_CHAT], is_forum=True
    )
    async with office.archive.database.writing() as connection:
        for number in range(3):
            topic = cast.add_topic(world, chat=-700, name=str(number))
            await connection.execute(
                update(SubscriberTable)
                .where(SubscriberTable.id == FIRST_CHAT + number)
                .values(chat_id=-700, thread_id=topic)
            )
    sender = office.sender()
    for sent in (1, 2, 3):
        await sender.drain()
        assert office.copies()[-700] == sent
        office.clock.passes(seconds=2)


async def test_a_ban_a_block_and_a_move_are_the_matter_of_those_chats(opens: OpensOffice) -> None:
    office = await opens(100)
    world = office.sandbox.world
    for person in range(FIRST_CHAT, FIRST_CHAT + 5):
        cast.block(world, person=person)
    banned = FIRST_CHAT + 5
    office.sandbox.faults.add(
        Fault("429", "sendmessage", chat_id=banned, details={"retry_after": 43_200}), 1
    )
    moving = FIRST_CHAT + 6
    cast.add_chat(world, id=-900, type="group", title="Отдел", admins=[FIRST_CHAT + 7])
    async with office.archive.database.writing() as connection:
        await connection.execute(
            update(SubscriberTable).where(SubscriberTable.id == moving).values(chat_id=-900)
        )
    cast.upgrade(world, chat=-900, to=-100_900)
    await office.sender().drain()
    counts = await office.archive.deliveries.counts()
    assert counts == {
        DeliveryState.SENT: 94,
        DeliveryState.DEAD: 5,
        DeliveryState.FAILED: 1,
    }
    moved = await office.archive.subscribers.find(-100_900, None)
    assert moved is not None
    assert moved.id == moving
    assert office.copies()[-100_900] == 1
    office.clock.passes(seconds=43_199)
    await office.sender("here:1:later").drain()
    assert office.copies()[banned] == 0
    office.clock.passes(seconds=1)
    await office.sender("here:1:at last").drain()
    assert office.copies()[banned] == 1


async def test_an_edition_that_cannot_be_composed_waits_and_stops_no_other(
    opens: OpensOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await opens(2)
    async with office.archive.database.writing() as connection:
        await connection.execute(
            update(DeliveryTable)
            .where(DeliveryTable.subscriber_id == FIRST_CHAT)
            .values(edition_id=None)
        )

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no stories")

    with monkeypatch.context() as patch:
        patch.setattr(Briefings, "compose", broken)
        await office.sender().drain()
    assert office.copies() == {FIRST_CHAT: 0, FIRST_CHAT + 1: 1}
    office.clock.passes(minutes=5)
    await office.sender().drain()
    assert office.copies() == {FIRST_CHAT: 1, FIRST_CHAT + 1: 1}


async def test_what_was_sent_is_noted_as_soon_as_the_archive_can_be_written_again(
    opens: OpensOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await opens(5)
    record = type(office.archive.deliveries).record
    failures = iter([None, ArchiveError("locked"), ArchiveError("locked")])

    async def sometimes(*args: object, **kwargs: object) -> object:
        if (error := next(failures, None)) is not None:
            raise error
        return await record(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(type(office.archive.deliveries), "record", sometimes)
    await office.sender().drain()
    office.clock.passes(minutes=5)
    await office.sender().drain()
    assert set(office.copies().values()) == {1}
    assert await office.archive.deliveries.counts() == {DeliveryState.SENT: 5}


async def test_answers_wait_for_a_chat_no_longer_than_people_do(opens: OpensOffice) -> None:
    office = await opens(1)
    office.sender()
    bot = office.bots[0]
    office.sandbox.faults.add(Fault("429", "sendmessage", details={"retry_after": 43_200}), 1)
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(FIRST_CHAT, "first")
    asked = len(office.sandbox.world.journal.calls)
    with pytest.raises(TelegramRetryAfter) as told:
        await bot.send_message(FIRST_CHAT, "second")
    assert told.value.retry_after in (43_200, 43_201)
    # Telegram was not asked again: each refused call makes a ban longer.
    assert len(office.sandbox.world.journal.calls) == asked
    office.clock.passes(seconds=43_200)
    assert await bot.send_message(FIRST_CHAT, "third")
