"""What is told at once, and when: over hours, zones and days; and across restarts and kills."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from bench.sending import let_join
from bot.access import Access
from bot.archive import Archive
from bot.archive.alert_audience import AudienceRow
from bot.archive.alert_rows import HeldRow, NewAlert, ToldRow, Why
from bot.archive.rows import DeliveryState, Frequency, Length, Quiet, Rule, Wishes
from bot.beat import load_beat
from bot.briefings import Briefings, Renderer
from bot.briefings.composer import Composer
from bot.briefings.documents.make import DocumentMaker
from bot.briefings.documents.press import Press
from bot.briefings.material import words_of
from bot.delivery.alert_choice import MOST_AT_ONCE, Choice, Subject, choose, has_any
from bot.delivery.alert_editions import AlertEditions
from bot.delivery.alerts import Alerts
from bot.delivery.claimant import Claimant
from bot.delivery.editions import Editions
from bot.delivery.owners import Owners
from bot.delivery.pace import UNLIMITED, Pacer
from bot.delivery.pacing import Paced
from bot.delivery.post import Post
from bot.delivery.schedule import shared_turns
from bot.delivery.sender import Sender
from bot.delivery.ticks import Ticks
from bot.handlers.alerts_buttons import alert_keyboard
from bot.sandbox.server import Sandbox
from bot.settings import PROJECT
from tests.archive.alert_making import make_followers, make_person, make_story
from tests.delivery.buttons import buttons_below
from tests.e2e.town import Clock

TOKEN = "1234567890:token-of-a-test-token-of-a-test-000"
NOON = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
"""In Almaty."""
DAY, HOUR = timedelta(days=1), timedelta(hours=1)

ZONES = ("UTC", "Asia/Almaty", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Europe/Kyiv")
PERSON = 7
READER = AudienceRow(
    1, "ru", "UTC", 3, 0.0, frozenset(), None, (), None, None, {PERSON: NOON - 400 * DAY}
)


def subject(id_: int, at: datetime, **known: object) -> Subject:
    return replace(
        Subject(id_, 0.5, None, frozenset(), at, {PERSON: at}),
        **known,  # type: ignore[arg-type]
    )


def chosen(reader: AudienceRow, *subjects: Subject, now: datetime = NOON) -> Choice:
    return choose(reader, subjects, (), now, is_excluded=has_any)


@st.composite
def days_of_news(draw: st.DrawFn) -> tuple[AudienceRow, list[datetime]]:
    """A reader with hours and a limit of their own, and moments of a week at which news comes."""
    quiet = draw(st.none() | st.builds(Quiet, st.integers(0, 23), st.integers(0, 23)))
    reader = replace(
        READER,
        a_day=draw(st.integers(1, 5)),
        time_zone=draw(st.sampled_from(ZONES)),
        quiet=quiet,
        paused_until=draw(st.none() | st.just(NOON + 2 * DAY)),
    )
    # Over a change of the clocks, too.
    start = draw(st.sampled_from([NOON, datetime(2026, 10, 22, tzinfo=UTC)]))
    minutes = draw(st.lists(st.integers(0, 7 * 24 * 60), max_size=40, unique=True))
    return reader, [start + timedelta(minutes=minute) for minute in sorted(minutes)]


@given(days_of_news(), st.booleans())
def test_never_in_quiet_hours_or_a_pause_never_too_many_a_day_and_nothing_is_lost(
    told: tuple[AudienceRow, list[datetime]], is_subscribed: bool
) -> None:
    reader, moments = told
    ids, stories = count(1), count(1)
    sent: list[datetime] = []
    held: list[HeldRow] = []
    arrived: list[int] = []
    for moment in moments:
        story = next(stories)
        now = replace(reader, sent=tuple(sent), held=() if is_subscribed else tuple(held))
        choice = chosen(now, subject(story, moment), now=moment)
        for alert in choice.held:
            held.append(HeldRow(next(ids), alert.subject, alert.reasons))
        if choice.message:
            sent.append(moment)
            arrived += [alert.subject for alert in choice.message]
            held = [one for one in held if one not in choice.released]
    zone = ZoneInfo(reader.time_zone)
    for moment in sent:
        assert reader.quiet is None or not reader.quiet.covers(moment.astimezone(zone).hour)
        assert reader.paused_until is None or moment >= reader.paused_until
    days = [moment.astimezone(zone).date() for moment in sent]
    assert all(days.count(day) <= reader.a_day for day in days)
    assert sorted([*arrived, *(one.subject for one in held)]) == list(range(1, len(moments) + 1))


@given(
    st.timedeltas(timedelta(0), 365 * DAY).map(lambda span: NOON + span),
    st.timedeltas(-10 * DAY, 10 * DAY),
    st.none() | st.timedeltas(-10 * DAY, 10 * DAY),
)
def test_only_what_came_after_the_follow_and_after_the_choice_is_told(
    news: datetime, followed: timedelta, since: timedelta | None
) -> None:
    chosen_at = None if since is None else news + since
    reader = replace(READER, follows={PERSON: news + followed}, since=chosen_at)
    is_told = followed < timedelta(0) and (since is None or since < timedelta(0))
    assert bool(chosen(reader, subject(1, news)).message) is is_told


def test_the_weight_holds_for_people_and_topics_but_not_for_searches() -> None:
    reader = replace(READER, least_importance=0.6, topics=frozenset({"energy"}))
    light = subject(1, NOON, topic="energy")
    assert chosen(reader, light) == Choice()
    weighty = replace(light, importance=0.6)
    person, topic = (Why.PERSON, "7"), (Why.TOPIC, "energy")
    assert chosen(reader, weighty).sent == (NewAlert(1, (person, topic)),)
    found = choose(reader, [light], [(1, "визы"), (2, "нефть")], NOON, is_excluded=has_any)
    assert found.sent == (NewAlert(1, ((Why.SEARCH, "визы"),)),)


def test_a_word_to_leave_out_counts_in_any_form() -> None:
    reader = replace(READER, exclude=("футбольный матч",))
    match = subject(1, NOON, words=words_of(["О футбольных матчах в Чикаго"]))
    ball = subject(2, NOON, words=words_of(["О футбольных полях в Чикаго"]))
    assert [alert.subject for alert in chosen(reader, match, ball).sent] == [2]


def test_what_was_told_is_not_told_again_and_a_message_has_an_end() -> None:
    many = [subject(number, NOON) for number in range(1, 15)]
    choice = chosen(replace(READER, told=frozenset({1, 2})), *many)
    assert [alert.subject for alert in choice.sent] == list(range(3, 3 + MOST_AT_ONCE))
    assert [alert.subject for alert in choice.held] == [13, 14]


@dataclass
class Office:
    """A sandbox and an archive, and processes that look and send on both."""

    sandbox: Sandbox
    archive: Archive
    clock: Clock
    bots: list[Bot]

    @property
    def briefings(self) -> Briefings:
        composer = Composer(self.archive, load_beat(PROJECT / "beats" / "kz-us.toml"))
        return Briefings(self.archive, Renderer(PROJECT / "templates", self.clock), composer)

    def alerts(self) -> Alerts:
        """Let one more process begin to look; it remembers nothing."""
        return Alerts(self.archive, self.briefings, self.clock, alert_keyboard)

    def sender(self, name: str) -> Sender:
        """Let one more process begin to send."""
        bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(self.sandbox.url)))
        self.bots.append(bot)
        pacer = Pacer(UNLIMITED, clock=lambda: self.clock().timestamp())
        bot.session.middleware(Paced(pacer))
        press = Press(self.archive, self.briefings, DocumentMaker(self.briefings.renderer, {}))
        access = Access(self.archive.guests, is_private=False, ids=frozenset())
        return Sender(
            self.archive,
            Editions(self.archive, self.briefings, self.clock, press, buttons_below),
            Post(bot, self.archive, Owners(bot, self.archive), access, self.clock),
            pacer,
            self.clock,
            access,
            claimant=Claimant(name),
        )

    def copies(self, chats: Sequence[int]) -> list[int]:
        """How many messages each chat got."""
        all_ = self.sandbox.world.chats
        return [sum(one.by_bot for one in all_[chat].messages.values()) for chat in chats]


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    clock = Clock(NOON)
    sandbox = Sandbox(TOKEN, now=clock)
    await sandbox.start()
    archive = await Archive.open(f"sqlite+aiosqlite:///{tmp_path}/vestnik.sqlite3")
    office = Office(sandbox, archive, clock, [])
    yield office
    for bot in office.bots:
        await bot.session.close()
    await archive.close()
    await sandbox.stop()


async def test_many_followers_are_told_in_a_few_statements_each_once(office: Office) -> None:
    person = await make_person(office.archive)
    chats = range(1_000, 1_300)
    let_join(office.sandbox.world, len(chats), first=1_000)
    await make_followers(office.archive, chats, person, at=NOON - DAY, languages=("ru", "kk"))
    await make_story(office.archive, person, at=NOON)
    statements = []
    engine = office.archive.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
    alerts = office.alerts()
    assert await alerts.look() == 300
    assert len(statements) < 60
    assert await alerts.look() == 0
    await office.sender("here:1:one").drain()
    assert set(office.copies(chats)) == {1}


async def test_a_new_process_tells_nobody_again(office: Office) -> None:
    person = await make_person(office.archive)
    let_join(office.sandbox.world, 1, first=1)
    await make_followers(office.archive, [1], person, at=NOON - DAY)
    await make_story(office.archive, person, at=NOON)
    assert await office.alerts().look() == 1
    assert await office.alerts().look() == 0
    assert sum(await asyncio.gather(office.alerts().look(), office.alerts().look())) == 0
    assert await office.archive.deliveries.counts() == {DeliveryState.PENDING: 1}


async def test_killed_between_making_and_sending_it_comes_once(office: Office) -> None:
    person = await make_person(office.archive)
    chats = range(1_000, 1_050)
    let_join(office.sandbox.world, len(chats), first=1_000)
    await make_followers(office.archive, chats, person, at=NOON - DAY)
    await make_story(office.archive, person, at=NOON)
    await office.alerts().look()
    lost = asyncio.ensure_future(office.sender("here:1:gone").drain())
    while not office.sandbox.world.journal.calls:
        await asyncio.sleep(0)
    lost.cancel()
    await asyncio.gather(lost, return_exceptions=True)
    assert await office.alerts().look() == 0
    await office.sender("here:1:next").drain()
    copies = office.copies(chats)
    assert min(copies) == 1
    assert sum(copies) - len(copies) <= await office.archive.deliveries.unknown()


async def test_of_two_processes_that_look_at_once_one_tells(office: Office) -> None:
    person = await make_person(office.archive)
    await make_followers(office.archive, range(1, 20), person, at=NOON - DAY)
    await make_story(office.archive, person, at=NOON)
    told = await asyncio.gather(office.alerts().look(), office.alerts().look())
    assert sum(told) == 19
    assert await office.archive.deliveries.counts() == {DeliveryState.PENDING: 19}


async def test_a_story_that_goes_while_it_is_looked_at_is_told_to_nobody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await make_person(office.archive)
    await make_followers(office.archive, [1], person, at=NOON - DAY)
    await make_story(office.archive, person, at=NOON)
    audience = type(office.archive.alerts).audience

    async def and_it_goes(*args: object, **kwargs: object) -> object:
        found = await audience(*args, **kwargs)  # type: ignore[arg-type]
        async with office.archive.database.writing() as connection:
            await connection.exec_driver_sql("DELETE FROM stories")
        return found

    monkeypatch.setattr(type(office.archive.alerts), "audience", and_it_goes)
    assert await office.alerts().look() == 0
    assert await office.archive.deliveries.counts() == {}


async def test_quiet_hours_that_began_in_the_outbox_are_kept(office: Office) -> None:
    person = await make_person(office.archive)
    await make_followers(office.archive, [1, 2], person, at=NOON - DAY)
    await office.archive.wishes.change(1, lambda _: Wishes(quiet=Quiet(22, 7)))
    await make_story(office.archive, person, at=NOON)
    alerts = office.alerts()
    await alerts.look()
    assert await alerts.hold_back() == 0
    office.clock.passes(hours=11)
    assert await alerts.hold_back() == 1
    assert await office.archive.deliveries.counts() == {DeliveryState.PENDING: 1}
    assert await alerts.look() == 0
    office.clock.passes(hours=9)
    assert await alerts.look() == 1


@pytest.mark.parametrize("wishes", [Wishes(), Wishes(length=Length.SHORT), Wishes(is_rich=True)])
async def test_every_kind_of_edition_tells_what_was_held_back(
    office: Office, wishes: Wishes
) -> None:
    archive = office.archive
    person = await make_person(archive)
    await make_followers(archive, [1, 2], person, at=NOON - DAY)
    rule = Rule(Frequency.DAILY, 9, "Asia/Almaty")
    for chat in (1, 2):
        await archive.subscribers.subscribe(chat, rule, next_due_at=NOON + DAY, now=NOON - DAY)
        await archive.wishes.change(chat, lambda _: wishes)
    await archive.wishes.change(1, lambda old: replace(old, quiet=Quiet(0, 23)))
    await make_story(archive, person, at=NOON)
    assert await office.alerts().look() == 1
    office.clock.passes(days=1)
    await archive.dues.hand_over(office.clock(), shared_turns(office.clock()), limit=10)
    editions = office.sender("here:1:one").editions
    said = {}
    for chat in (1, 2):
        [*_, delivery] = await archive.deliveries.of_subscriber(chat)
        [part] = (await editions.of(delivery)).parts
        said[chat] = part.rich or part.text
    assert "Отложено для вас" in said[1]
    assert "за кем вы следите: Ержан Тестов" in said[1]
    assert "Отложено" not in said[2]


async def test_a_look_sends_nothing_itself_so_no_broadcast_holds_it_up(office: Office) -> None:
    person = await make_person(office.archive)
    let_join(office.sandbox.world, 1, first=1)
    await make_followers(office.archive, [1], person, at=NOON - DAY)
    await make_story(office.archive, person, at=NOON)
    ticks = Ticks(office.archive, office.sender("here:1:one"), office.clock, alerts=office.alerts())
    await ticks.alert()
    assert office.copies([1]) == [0]
    await ticks.deliver()
    assert office.copies([1]) == [1]


async def test_an_alert_too_long_for_one_message_comes_whole_with_buttons_below_the_last(
    office: Office,
) -> None:
    archive = office.archive
    let_join(office.sandbox.world, 1, first=1)
    await make_followers(archive, [1], at=NOON - DAY)
    searches = tuple((Why.SEARCH, f"номер{number} " + "слово " * 9) for number in range(30))
    told = tuple([NewAlert(await make_story(archive, at=NOON), searches) for _ in range(3)])
    editions = AlertEditions(archive, office.briefings, alert_keyboard, NOON, NOON)
    [edition_id] = await editions.of([(READER, Choice(sent=told))])
    edition = await archive.editions.get(edition_id or 0)
    assert edition is not None
    *first, last = edition.parts
    assert first
    assert [part.keyboard for part in first] == [None] * len(first)
    assert last.keyboard is not None
    await archive.alerts.tell([ToldRow(1, edition_id, told, ())], moment=NOON, now=NOON)
    await office.sender("here:1:one").drain()
    messages = office.sandbox.world.chats[1].messages.values()
    said = " ".join(one.body["text"] for one in messages if one.by_bot)
    for number in range(30):
        assert said.count(f"номер{number} ") == len(told)
