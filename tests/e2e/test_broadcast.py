"""An operator tells everybody something: shown first, sent once, watched, stopped."""

import pytest

from bot.app import Application
from bot.archive.broadcast_rows import BroadcastState
from bot.archive.rows import PartRow
from bot.briefings import Reader as Audience
from bot.delivery.pace import TELEGRAM
from bot.formatting import FormattedText, cut
from bot.handlers.broadcast_screens import proposal_screen
from tests.e2e.conftest import TOKEN
from tests.e2e.town import OPERATOR, Bubble, Reader, Town

NEWS = "Завтра с 10 до 11 бот молчит 😀"


async def audience(town: Town, people: int = 3) -> list[Reader]:
    """People who have spoken with the bot, without subscriptions."""
    readers = [await town.reader() for _ in range(people)]
    for reader in readers:
        await reader.sends("/start")
    return readers


async def proposed(town: Town) -> tuple[Reader, Bubble]:
    """An operator with a broadcast ready to be sent."""
    operator = await town.operator()
    await operator.sends("/start")
    _, proposal = await operator.sends(f"/broadcast {NEWS}")
    return operator, proposal


async def go_on(town: Town) -> None:
    """Let time pass: what is under way goes on, and the outbox is sent."""
    town.clock.passes(seconds=10)
    await town.application.broadcasting.go_on()
    await town.application.ticks.deliver()
    town.clock.passes(seconds=10)
    await town.application.broadcasting.go_on()


async def copies(reader: Reader) -> int:
    return [bubble.text for bubble in await reader.screen()].count(NEWS)


async def last(reader: Reader) -> Bubble:
    return (await reader.screen())[-1]


async def test_it_is_shown_as_it_will_arrive_with_to_how_many(town: Town) -> None:
    await audience(town)
    operator = await town.operator()
    await operator.sends("/start")
    [asked] = await operator.sends("/broadcast")
    assert "Что разослать?" in asked.text
    before = await town.last_event()
    await town.client.say(operator.id, NEWS, reply_to=asked.message["message_id"])
    preview, proposal = await town.answers(operator.chat, before)
    assert preview.text == NEWS
    assert "Кому: всем, 4 чата" in proposal.text
    assert "Займёт: меньше минуты" in proposal.text
    assert "с подпиской и без" in proposal.text
    assert list(proposal.buttons) == [
        "✓ Всем · 4",
        "Только в личные чаты · 4",
        "Русский · 4",
        "Отправить в 4 чата",
        "Отмена",
    ]
    assert await town.application.archive.broadcasts.under_way() == []


async def test_it_reaches_all_once_and_ends_with_the_numbers(town: Town) -> None:
    readers = await audience(town)
    await town.client.block(readers[2].id)
    operator, _ = await proposed(town)
    [begun] = await operator.presses("Отправить в 3 чата")
    assert "Рассылка идёт" in begun.text
    assert list(begun.buttons) == ["Отменить то, что ещё не отправлено"]

    await go_on(town)

    assert [await copies(reader) for reader in readers] == [1, 1, 0]
    # The preview, and the copy: an operator sees what others see.
    assert await copies(operator) == 2
    [shown] = [bubble for bubble in await operator.screen() if "Рассылка" in bubble.text]
    assert "Рассылка завершена" in shown.text
    assert "Отправлено: 3 из 3" in shown.text
    assert shown.buttons == {}
    await go_on(town)
    assert [await copies(reader) for reader in readers] == [1, 1, 0]


async def test_who_blocked_the_bot_is_counted_apart(town: Town) -> None:
    readers = await audience(town)
    operator, _ = await proposed(town)
    await operator.presses("Отправить в 4 чата")
    await town.client.fail("403", method="sendMessage", chat=readers[0].chat)

    await go_on(town)

    [shown] = [bubble for bubble in await operator.screen() if "Рассылка" in bubble.text]
    assert "Отправлено: 3 из 4" in shown.text
    assert "Недоступные чаты: 1" in shown.text


async def test_the_operators_formatting_is_kept(town: Town) -> None:
    [reader] = await audience(town, 1)
    operator = await town.operator()
    [answer] = await operator.sends("/status")
    before = await town.last_event()
    await town.client.say(operator.id, "/broadcast", reply_to=answer.message["message_id"])
    preview, _ = await town.answers(operator.chat, before)
    bold = answer.marked("bold")
    assert bold[0] == "Подписки"
    assert preview.marked("bold") == bold
    await operator.presses("Отправить в 1 чат")

    await go_on(town)

    arrived = await last(reader)
    assert (arrived.text, arrived.marked("bold")) == (answer.text, bold)


def test_text_after_the_command_keeps_the_places_of_its_formatting() -> None:
    bold = {"type": "bold", "offset": 15, "length": 5}
    emoji = {"type": "italic", "offset": 12, "length": 2}
    said = FormattedText("/broadcast  😀 слово ", (emoji, bold))

    assert cut(said, 10) == FormattedText(
        "😀 слово",
        ({"type": "italic", "offset": 0, "length": 2}, {"type": "bold", "offset": 3, "length": 5}),
    )


async def test_it_goes_to_those_chosen_by_a_button(town: Town) -> None:
    russian, english = await town.reader(), await town.reader("en")
    await town.client.add_chat(
        id=-700, type="supergroup", title="Отдел", members=[russian.id], admins=[russian.id]
    )
    in_group = Reader(town, russian.id, -700)
    for reader in (russian, english, in_group):
        await reader.sends("/start")
    operator, _ = await proposed(town)
    [chosen] = await operator.presses("Только в личные чаты · 3")
    assert "Кому: только в личные чаты, 3 чата" in chosen.text
    [chosen] = await operator.presses("English · 1")
    assert "Кому: English, 1 чат" in chosen.text
    await operator.presses("Отправить в 1 чат")

    await go_on(town)

    assert [await copies(reader) for reader in (russian, english, in_group)] == [0, 1, 0]


async def test_send_pressed_twice_sends_once(town: Town) -> None:
    [reader] = await audience(town, 1)
    operator, proposal = await proposed(town)
    data = proposal.buttons["Отправить в 2 чата"]["callback_data"]

    for _ in range(3):
        await operator.forges(proposal, data)
        await go_on(town)

    assert await copies(reader) == 1


async def test_cancelled_before_it_begins_nobody_gets_it(town: Town) -> None:
    [reader] = await audience(town, 1)
    operator, proposal = await proposed(town)
    [dropped] = await operator.presses("Отмена")
    assert "её никто не получил" in dropped.text
    await operator.forges(proposal, proposal.buttons["Отправить в 2 чата"]["callback_data"])

    await go_on(town)

    assert await copies(reader) == 0


async def test_what_is_not_sent_yet_can_be_stopped(town: Town) -> None:
    readers = await audience(town)
    operator, _ = await proposed(town)
    await operator.presses("Отправить в 4 чата")
    await town.client.fail("429", method="sendMessage", chat=readers[0].chat, retry_after=3600)
    await go_on(town)
    [running] = [bubble for bubble in await operator.screen() if "Рассылка" in bubble.text]
    assert "Отправлено: 3 из 4" in running.text

    [stopping] = await operator.presses("Отменить то, что ещё не отправлено")
    assert "останавливается" in stopping.text
    await go_on(town)

    [shown] = [bubble for bubble in await operator.screen() if "Рассылка" in bubble.text]
    assert "Рассылка остановлена" in shown.text
    assert "Не отправлено из-за остановки: 1" in shown.text
    town.clock.passes(hours=2)
    await go_on(town)
    assert await copies(readers[0]) == 0


async def test_after_a_restart_it_goes_on_and_so_does_what_shows_it(town: Town) -> None:
    readers = await audience(town)
    operator, _ = await proposed(town)
    await operator.presses("Отправить в 4 чата")
    await town.application.broadcasting.go_on()
    again = Application(
        town.application.settings,
        town.application.archive,
        token=TOKEN,
        now=town.clock,
        pacer=town.application.pacer,
    )

    await again.ticks.deliver()
    await again.broadcasting.go_on()

    assert [await copies(reader) for reader in readers] == [1, 1, 1]
    [shown] = [bubble for bubble in await operator.screen() if "Рассылка" in bubble.text]
    assert "Отправлено: 4 из 4" in shown.text
    await again.stop()


async def test_the_display_is_not_edited_when_nothing_changed(town: Town) -> None:
    readers = await audience(town)
    operator, _ = await proposed(town)
    await operator.presses("Отправить в 4 чата")
    await town.client.fail("429", method="sendMessage", chat=readers[0].chat, retry_after=3600)
    await go_on(town)
    before = len(await town.client.calls("editMessageText"))

    for _ in range(5):
        await go_on(town)

    assert len(await town.client.calls("editMessageText")) == before


async def test_a_display_that_was_deleted_stops_nothing(town: Town) -> None:
    readers = await audience(town)
    operator, _ = await proposed(town)
    await operator.presses("Отправить в 4 чата")
    await town.client.fail(
        "400", method="editMessageText", times=9, description="message to edit not found"
    )

    await go_on(town)

    assert await copies(readers[0]) == 1
    assert await town.application.archive.broadcasts.under_way() == []


async def test_an_old_draft_is_not_sent_by_a_careless_press(town: Town) -> None:
    [reader] = await audience(town, 1)
    operator, _ = await proposed(town)
    town.clock.passes(days=2)

    await operator.presses("Отправить в 2 чата")

    assert "кнопка устарела" in await operator.last_toast()
    await go_on(town)
    assert await copies(reader) == 0


async def test_only_operators_in_their_private_chat_send_broadcasts(town: Town) -> None:
    [reader] = await audience(town, 1)
    _, proposal = await proposed(town)
    [refused] = await reader.sends(f"/broadcast {NEWS}")
    assert "для операторов" in refused.text
    [mine] = await reader.sends("/status")
    for label in ("Отправить в 2 чата", "Отмена"):
        await reader.forges(mine, proposal.buttons[label]["callback_data"])
        assert "для операторов" in await reader.last_toast()
    await town.client.add_chat(
        id=-700, type="supergroup", title="Отдел", members=[OPERATOR], admins=[OPERATOR]
    )
    [refused] = await Reader(town, OPERATOR, -700).sends(f"/broadcast {NEWS}")
    assert "напишите мне в личном чате" in refused.text
    await go_on(town)
    assert await copies(reader) == 0
    found = await town.application.archive.broadcasts.get(1)
    assert found is not None
    assert found.state is BroadcastState.DRAFT


async def test_forged_buttons_change_nothing(town: Town) -> None:
    operator, proposal = await proposed(town)
    for data in ("bc:1:to:xx", "bc:99:send:", "bc:1:nothing:", "bc:-1:cancel:"):
        await operator.forges(proposal, data)
    found = await town.application.archive.broadcasts.get(1)
    assert found is not None
    assert (found.state, found.audience) == (BroadcastState.DRAFT, "all")


async def test_what_is_no_text_is_answered_kindly(town: Town) -> None:
    operator = await town.operator()
    [asked] = await operator.sends("/broadcast")
    await town.client.send_document(operator.id, "note.txt", b"x" * 20, caption="Всем")
    document = (await town.client.messages(operator.chat))[-1]
    await town.settled()
    before = await town.last_event()
    await town.client.say(operator.id, "/broadcast", reply_to=document["message_id"])
    answers = await town.answers(operator.chat, before)
    assert any("только текст" in bubble.text for bubble in answers)
    assert "Что разослать?" in asked.text


async def test_operators_see_a_running_broadcast_among_the_counts(town: Town) -> None:
    await audience(town)
    operator, _ = await proposed(town)
    await operator.presses("Отправить в 4 чата")
    await town.application.broadcasting.go_on()
    [shown] = await operator.sends("/stats")
    assert "Рассылка (всем): 0 из 4" in shown.text


@pytest.mark.parametrize(
    ("chats", "said"),
    [(100, "меньше минуты"), (10_000, "около 6 минут"), (1_000_000, "около 10 часов")],
)
async def test_how_long_it_takes_at_telegrams_pace_is_told(
    town: Town, chats: int, said: str
) -> None:
    draft = await town.application.archive.broadcasts.draft(
        [PartRow(0, NEWS, "[]")], made_by=OPERATOR, now=town.clock.now
    )
    text, _ = proposal_screen(
        draft,
        {"all": chats},
        town.application.briefings.renderer,
        Audience("ru", "Asia/Almaty"),
        pace=TELEGRAM.overall,
    )
    assert f"Займёт: {said}" in text.text
