"""Editing and deleting what was sent."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.sandbox.stage import CHANNEL, GROUP, READER, Stage

KEYBOARD = {"inline_keyboard": [[{"text": "Дальше", "callback_data": "next"}]]}


async def test_an_edit_changes_what_people_see(stage: Stage) -> None:
    sent = await stage.bot.send_message(READER, "Считаю…")
    button = InlineKeyboardButton(text="Дальше", callback_data="next")
    markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
    edited = await stage.bot.edit_message_text(
        "Готово", chat_id=READER, message_id=sent.message_id, reply_markup=markup
    )
    assert isinstance(edited, Message)
    assert edited.edit_date
    latest = (await stage.people.messages(READER))[-1]
    assert (latest["text"], latest["reply_markup"]) == ("Готово", KEYBOARD)
    (event,) = await stage.seen("edit")
    assert event.body == latest


async def test_the_same_content_is_refused(stage: Stage) -> None:
    place = {"chat_id": READER, "message_id": (await stage.sends("Одно"))["message_id"]}
    refusal = await stage.refusal("editMessageText", text=" Одно ", **place)
    assert refusal == (
        "Bad Request: message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message"
    )
    await stage.call("editMessageReplyMarkup", reply_markup=KEYBOARD, **place)
    refusal = await stage.refusal("editMessageReplyMarkup", reply_markup=KEYBOARD, **place)
    assert refusal.startswith("Bad Request: message is not modified")


async def test_an_edit_without_a_keyboard_takes_it_away(stage: Stage) -> None:
    sent = await stage.sends("Было", reply_markup=KEYBOARD)
    place = {"chat_id": READER, "message_id": sent["message_id"]}
    edited = await stage.call("editMessageText", text="Было", **place)
    assert "reply_markup" not in edited["result"]


async def test_what_is_not_there_cannot_be_edited_or_deleted(stage: Stage) -> None:
    place = {"chat_id": READER, "message_id": 999}
    refusal = await stage.refusal("editMessageText", text="x", **place)
    assert refusal == "Bad Request: message to edit not found"
    refusal = await stage.refusal("deleteMessage", **place)
    assert refusal == "Bad Request: message to delete not found"


async def test_the_bot_edits_only_its_own_messages(stage: Stage) -> None:
    (question,) = await stage.people.messages(READER)
    place = {"chat_id": READER, "message_id": question["message_id"]}
    refusal = await stage.refusal("editMessageText", text="x", **place)
    assert refusal == "Bad Request: message can't be edited"


async def test_a_message_without_text_or_caption_has_none_to_edit(stage: Stage) -> None:
    spot = await stage.call("sendLocation", chat_id=READER, latitude=51.1, longitude=71.4)
    place = {"chat_id": READER, "message_id": spot["result"]["message_id"]}
    refusal = await stage.refusal("editMessageText", text="x", **place)
    assert refusal == "Bad Request: there is no text in the message to edit"
    refusal = await stage.refusal("editMessageCaption", caption="x", **place)
    assert refusal == "Bad Request: there is no caption in the message to edit"


async def test_a_deleted_message_is_gone(stage: Stage) -> None:
    sent = await stage.bot.send_message(READER, "Лишнее")
    assert await stage.bot.delete_message(READER, sent.message_id)
    assert sent.message_id not in [m["message_id"] for m in await stage.people.messages(READER)]
    (event,) = await stage.seen("delete")
    assert event.body == {"message_id": sent.message_id}


async def test_many_messages_are_deleted_at_once_and_gaps_do_not_matter(stage: Stage) -> None:
    ids = [(await stage.sends(str(number)))["message_id"] for number in range(3)]
    assert await stage.bot.delete_messages(READER, [*ids, 999])
    assert len(await stage.people.messages(READER)) == 1


async def test_after_two_days_a_message_stays(stage: Stage) -> None:
    sent = await stage.sends("Старое")
    stage.clock.passes(hours=48)
    place = {"chat_id": READER, "message_id": sent["message_id"]}
    refusal = await stage.refusal("deleteMessage", **place)
    assert refusal == "Bad Request: message can't be deleted for everyone"


async def test_others_messages_in_a_group_are_not_the_bots_to_delete(stage: Stage) -> None:
    await stage.people.say(READER, "Между нами", chat=GROUP)
    (message,) = await stage.people.messages(GROUP)
    place = {"chat_id": GROUP, "message_id": message["message_id"]}
    refusal = await stage.refusal("deleteMessage", **place)
    assert refusal == "Bad Request: message can't be deleted for everyone"
    await stage.people.set_bot(READER, GROUP, "administrator")
    assert (await stage.call("deleteMessage", **place))["ok"]


async def test_copies_and_forwards(stage: Stage) -> None:
    sent = await stage.bot.send_message(READER, "<b>Итог</b>", parse_mode="HTML")
    copy = await stage.bot.copy_message(GROUP, READER, sent.message_id)
    forwarded = await stage.bot.forward_message(CHANNEL, READER, sent.message_id)
    (copied,) = await stage.people.messages(GROUP)
    assert (copied["message_id"], copied["text"]) == (copy.message_id, "Итог")
    assert "forward_origin" not in copied
    assert copied["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    assert forwarded.text == "Итог"
    assert forwarded.forward_origin
    assert forwarded.forward_origin.type == "user"


async def test_many_are_copied_in_order_and_what_is_gone_is_left_out(stage: Stage) -> None:
    ids = [(await stage.sends(str(number)))["message_id"] for number in range(3)]
    copies = await stage.bot.copy_messages(GROUP, READER, [*ids, 999])
    assert [m["text"] for m in await stage.people.messages(GROUP)] == ["0", "1", "2"]
    assert len(copies) == 3
    asked = {"chat_id": GROUP, "from_chat_id": READER}
    refusal = await stage.refusal("copyMessages", message_ids=ids[::-1], **asked)
    assert refusal == "Bad Request: message identifiers must be in a strictly increasing order"


async def test_protected_content_stays_where_it_is(stage: Stage) -> None:
    sent = await stage.sends("Секрет", protect_content=True)
    asked = {"chat_id": GROUP, "from_chat_id": READER, "message_id": sent["message_id"]}
    refusal = await stage.refusal("forwardMessage", **asked)
    assert refusal == "Bad Request: the message can't be forwarded"
    refusal = await stage.refusal("copyMessage", **asked | {"message_id": 999})
    assert refusal == "Bad Request: message to copy not found"
