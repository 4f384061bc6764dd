"""A private bot: who comes in, who is told whom to ask, and who is left in peace."""

import re
from collections.abc import AsyncIterator

import pytest

from bot.archive import Archive
from bot.archive.rows import DeliveryState
from bot.errors import SettingsError
from bot.sandbox.chats import BotStanding
from bot.settings import load_settings
from tests.e2e.conftest import running_bot
from tests.e2e.test_submitting import ARTICLE
from tests.e2e.town import OPERATOR, Bubble, Clock, Reader, Town

GROUP, SUPERGROUP, CHANNEL = -700, -100_700, -1001
REFUSAL = "Это закрытый бот"


async def invitation(operator: Reader, wanted: str = "") -> str:
    """Let the operator make a link; returns what it brings to /start."""
    [made] = await operator.sends(f"/invite {wanted}".strip())
    link = re.search(r"https://t\.me/\S+\?start=(\S+)", made.text)
    assert link is not None
    assert len(link[1]) <= 64
    return link[1]


async def comes_by(reader: Reader, carried: str) -> Bubble:
    [bubble] = await reader.sends(f"/start {carried}")
    return bubble


async def in_group(reader: Reader, *others: Reader, bot: BotStanding = "member") -> Reader:
    """Let a person be in a group with the bot; gives them as they speak there."""
    await reader.town.client.add_chat(
        id=GROUP,
        type="supergroup",
        title="Отдел",
        admins=[reader.id],
        members=[other.id for other in others],
        bot=bot,
    )
    return Reader(reader.town, reader.id, GROUP)


async def brings_in(reader: Reader) -> None:
    """Let an administrator of the group bring the bot into it."""
    await reader.town.client.set_bot(reader.id, GROUP, "member")
    await reader.town.settled()


@pytest.mark.parametrize("said", ["/start", "/latest", "/person Токаев", "привет", ARTICLE])
async def test_a_stranger_is_told_whom_to_ask_and_nothing_else(
    private_town: Town, archive: Archive, said: str
) -> None:
    stranger = await private_town.reader()
    [answer] = await stranger.sends(said)
    assert answer.text.startswith(REFUSAL)
    assert "press@example.org" in answer.text
    assert await archive.subscribers.find(stranger.id, None) is None


@pytest.mark.parametrize(("code", "said"), [("en", "This bot is private"), ("kk", "жабық бот")])
async def test_the_refusal_speaks_the_language_of_the_client(
    private_town: Town, code: str, said: str
) -> None:
    stranger = await private_town.reader(code)
    [answer] = await stranger.sends("/start")
    assert said in answer.text


async def test_an_invitation_lets_in_as_many_as_it_says(private_town: Town) -> None:
    operator = await private_town.operator()
    first, second, third = [await private_town.reader() for _ in range(3)]
    carried = await invitation(operator, "2 14")
    assert REFUSAL not in (await comes_by(first, carried)).text
    [latest] = await first.sends("/latest")
    assert REFUSAL not in latest.text
    # Pressing the link again takes no second place.
    assert REFUSAL not in (await comes_by(first, carried)).text
    assert REFUSAL not in (await comes_by(second, carried)).text
    assert "уже использовано" in (await comes_by(third, carried)).text
    [refused] = await third.sends("/latest")
    assert refused.text.startswith(REFUSAL)


async def test_an_invitation_expires(private_town: Town, clock: Clock) -> None:
    operator, reader = await private_town.operator(), await private_town.reader()
    carried = await invitation(operator)
    clock.passes(days=7, seconds=1)
    assert "истекло" in (await comes_by(reader, carried)).text


async def test_an_operator_withdraws_an_invitation(private_town: Town) -> None:
    operator, reader = await private_town.operator(), await private_town.reader()
    carried = await invitation(operator)
    [listed] = await operator.presses("Приглашения")
    [line] = [label for label in listed.buttons if label.startswith("✕")]
    assert line == "✕ № 1: 0 из 1, до 29 ноября"
    [after] = await operator.presses(line)
    assert after.text == "Открытых приглашений нет. Новое: /invite"
    assert "отозвано" in (await comes_by(reader, carried)).text


async def test_the_link_is_kept_nowhere(private_town: Town, archive: Archive) -> None:
    carried = await invitation(await private_town.operator())
    secret = carried.split("-", 1)[1]
    async with archive.database.reading() as connection:
        rows = (await connection.exec_driver_sql("SELECT * FROM invitations")).all()
    assert len(rows) == 1
    assert secret not in str(rows)


@pytest.mark.parametrize("carried", ["i1-" + "A" * 32, "i9-x", "i1-", "i" + "9" * 30 + "-a"])
async def test_a_guessed_link_opens_nothing(private_town: Town, carried: str) -> None:
    await invitation(await private_town.operator())
    stranger = await private_town.reader()
    await comes_by(stranger, carried)
    [refused] = await stranger.sends("/latest")
    assert refused.text.startswith(REFUSAL)


async def test_a_guest_who_is_removed_is_out_and_so_is_the_group_they_brought_the_bot_into(
    private_town: Town, archive: Archive
) -> None:
    operator, guest = await private_town.operator(), await private_town.reader()
    await comes_by(guest, await invitation(operator))
    there = await in_group(guest, bot="left")
    await brings_in(guest)
    [answer] = await there.sends("/latest")
    assert REFUSAL not in answer.text
    await operator.sends("/invite")
    [listed] = await operator.presses("Кто допущен")
    assert listed.text.startswith("Допущено 2 гостя.")
    [person] = [label for label in listed.buttons if label.startswith("✕ Айгерим")]
    [after] = await operator.presses(person)
    assert after.text.startswith("По приглашениям пока никто не вошёл.")
    assert await there.sends("/latest") == []
    [refused] = await guest.sends("/latest")
    assert refused.text.startswith(REFUSAL)


async def test_in_a_group_that_is_not_let_in_the_bot_is_silent(private_town: Town) -> None:
    stranger, guest = await private_town.reader(), await private_town.reader()
    await comes_by(guest, await invitation(await private_town.operator()))
    there = await in_group(stranger, guest, bot="left")
    await brings_in(stranger)
    assert await there.sends("/latest") == []
    assert await Reader(private_town, guest.id, GROUP).sends("/latest") == []


async def test_an_operators_command_lets_a_group_in(private_town: Town) -> None:
    operator, member = await private_town.operator(), await private_town.reader()
    theirs = Reader(private_town, (await in_group(operator, member)).id, GROUP)
    members = Reader(private_town, member.id, GROUP)
    assert await members.sends("/latest") == []
    await theirs.sends("/help")
    [answer] = await members.sends("/latest")
    assert "Статей пока нет" in answer.text


async def test_a_group_that_becomes_a_supergroup_stays_in(
    private_town: Town, archive: Archive, clock: Clock
) -> None:
    await archive.guests.let_in(-5, by=OPERATOR, now=clock())
    await archive.subscribers.migrate(-5, -1005)
    assert await private_town.application.access.among([-5, -1005]) == {-1005}


@pytest.fixture
async def town_of_a_group(
    archive: Archive, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    """A running bot that lets in its operator, and a group that its settings name."""
    monkeypatch.setenv("OPERATORS", str(OPERATOR))
    monkeypatch.setenv("ACCESS", "private")
    monkeypatch.setenv("ACCESS_IDS", str(GROUP))
    async with running_bot(archive, clock, monkeypatch) as town:
        yield town


async def small_group(town: Town) -> Reader:
    """A person in charge of the group that is let in, which is no supergroup yet."""
    chief = await town.reader()
    await town.client.add_chat(id=GROUP, type="group", title="Отдел", admins=[chief.id])
    return Reader(town, chief.id, GROUP)


async def test_a_group_of_the_settings_that_becomes_a_supergroup_stays_in(
    town_of_a_group: Town,
) -> None:
    chief = await small_group(town_of_a_group)
    await town_of_a_group.client.upgrade(GROUP, SUPERGROUP)
    await town_of_a_group.settled()
    chief.chat = SUPERGROUP
    [answer] = await chief.sends("/latest")
    assert "Статей пока нет" in answer.text


async def test_it_stays_in_when_only_the_answer_to_a_briefing_tells_of_it(
    town_of_a_group: Town,
) -> None:
    chief = await small_group(town_of_a_group)
    await chief.sends("/subscribe")
    await chief.presses("Подписаться")
    town_of_a_group.clock.passes(days=1)
    await town_of_a_group.client.fail("migrate", method="sendMessage", chat=GROUP, to=SUPERGROUP)
    chief.chat = SUPERGROUP
    for _ in range(2):
        await town_of_a_group.application.ticks.deliver()
    [answer] = await chief.sends("/latest")
    assert "Статей пока нет" in answer.text
    subscriber = await town_of_a_group.application.archive.subscribers.find(SUPERGROUP, None)
    assert subscriber is not None
    [delivery] = await town_of_a_group.application.archive.deliveries.of_subscriber(subscriber.id)
    assert delivery.state is DeliveryState.SENT


async def test_a_stranger_who_mentions_the_bot_elsewhere_is_refused_as_a_guest(
    private_town: Town,
) -> None:
    stranger = await private_town.reader()
    await private_town.client.add_chat(
        id=GROUP, type="group", title="Чужая", members=[stranger.id], bot="left"
    )
    there = Reader(private_town, stranger.id, GROUP)
    [answer] = await there.sends("@vestnik_sandbox_bot Токаев")
    assert answer.text.startswith(REFUSAL)
    assert "guest_bot_caller_user" in answer.message
    assert await private_town.client.calls("sendMessage") == []


async def test_inline_a_stranger_gets_a_button_that_leads_to_the_private_chat(
    private_town: Town,
) -> None:
    stranger = await private_town.reader()
    asked = await private_town.client.type_inline(stranger.id, "Токаев")
    await private_town.settled()
    [answer] = [e.body for e in await private_town.client.events() if e.kind == "inline_answer"]
    assert answer["inline_query_id"] == asked.inline_query_id
    assert answer["results"] == []
    assert answer["is_personal"]
    assert answer["button"]["start_parameter"] == "private"


async def test_a_button_of_a_message_from_better_days_says_whom_to_ask(
    private_town: Town, archive: Archive
) -> None:
    guest = await private_town.reader()
    await comes_by(guest, await invitation(await private_town.operator()))
    [help_] = await guest.sends("/help")
    await archive.guests.remove(guest.id)
    label = next(iter(help_.buttons))
    assert await guest.presses(label) == []
    assert (await guest.last_toast()).startswith(REFUSAL)


async def test_who_was_subscribed_before_is_sent_nothing(
    private_town: Town, archive: Archive, clock: Clock
) -> None:
    guest = await private_town.reader()
    await comes_by(guest, await invitation(await private_town.operator()))
    await guest.sends("/subscribe")
    await guest.presses("Подписаться")
    await archive.guests.remove(guest.id)
    before = await private_town.last_event()
    clock.passes(days=8)
    await private_town.application.ticks.deliver()
    assert await private_town.answers(guest.id, before) == []
    subscriber = await archive.subscribers.find(guest.id, None)
    assert subscriber is not None
    [delivery] = await archive.deliveries.of_subscriber(subscriber.id)
    assert delivery.state is DeliveryState.DEAD


async def test_a_channel_of_a_stranger_is_not_even_held(
    private_town: Town, archive: Archive
) -> None:
    stranger = await private_town.reader()
    await private_town.client.add_chat(
        id=CHANNEL, type="channel", title="Чужой", admins=[stranger.id], bot="administrator"
    )
    await private_town.client.say(stranger.id, ARTICLE, chat=CHANNEL)
    await private_town.settled()
    assert await archive.sources.get(f"channel{CHANNEL}") is None


async def test_only_operators_invite(private_town: Town) -> None:
    guest = await private_town.reader()
    operator = await private_town.operator()
    await comes_by(guest, await invitation(operator))
    [refused] = await guest.sends("/invite")
    assert "для операторов" in refused.text
    [listed] = await operator.presses("Кто допущен")
    [help_] = await guest.sends("/help")
    [button] = [b for text, b in listed.buttons.items() if text.startswith("✕")]
    await guest.forges(help_, button["callback_data"])
    assert "для операторов" in await guest.last_toast()


@pytest.mark.parametrize("wanted", ["0", "1001", "5 0", "5 366", "много", "1 2 3", "-1", "١"])
async def test_numbers_that_make_no_sense_are_explained(private_town: Town, wanted: str) -> None:
    operator = await private_town.operator()
    [answer] = await operator.sends(f"/invite {wanted}")
    assert "например: /invite 5 14" in answer.text


async def test_an_open_bot_needs_no_invitations(town: Town) -> None:
    [answer] = await (await town.operator()).sends("/invite")
    assert answer.text.startswith("Этим ботом может пользоваться каждый")


async def test_forgetting_a_guest_forgets_that_they_were_let_in(
    private_town: Town, archive: Archive
) -> None:
    guest = await private_town.reader()
    await comes_by(guest, await invitation(await private_town.operator()))
    kept = await archive.personal.export(guest.id)
    assert [row["chat_id"] for row in kept["let_in"]] == [guest.id]
    await archive.personal.erase(guest.id)
    [refused] = await guest.sends("/latest")
    assert refused.text.startswith(REFUSAL)


def test_a_private_bot_that_lets_nobody_in_does_not_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ACCESS", "private")
    with pytest.raises(SettingsError, match="OPERATORS"):
        load_settings(None)
    monkeypatch.setenv("ACCESS_IDS", "5, -1001234567890")
    assert load_settings(None).access_ids == {5, -1001234567890}


async def test_a_guest_who_would_be_forgotten_is_told_what_that_means(private_town: Town) -> None:
    guest = await private_town.reader()
    await comes_by(guest, await invitation(await private_town.operator()))
    [question] = await guest.sends("/forgetme")
    assert "понадобится новое" in question.text


async def test_a_group_that_a_guest_subscribes_from_afar_is_let_in(
    private_town: Town, archive: Archive
) -> None:
    guest = await private_town.reader()
    await comes_by(guest, await invitation(await private_town.operator()))
    await in_group(guest)
    await guest.sends("/groups")
    await private_town.client.share_chat(guest.id, 1, GROUP)
    await private_town.settled()
    assert await archive.guests.among([GROUP]) == {GROUP}
