"""Refusals beside the common ones, each with the call that earns it."""

from typing import Any

import pytest

from bot.sandbox.client import SandboxError
from tests.sandbox.stage import CHANNEL, COLLEAGUE, GROUP, READER, Stage

HERE = {"chat_id": READER}
QUESTION = {"chat_id": READER, "message_id": 1}  # what the reader wrote
KEYBOARD = {"keyboard": [[{"text": "Да"}]]}
OFF_THE_NET = {"type": "photo", "id": "1", "photo_url": "https://example.org/a.png"}
ARTICLE = {"type": "article", "id": "1", "title": "x"}


@pytest.mark.parametrize(
    ("method", "fields", "words"),
    [
        ("sendMessage", {"text": "x", "entities": "{}"}, "array expected as entities"),
        ("sendMessage", {"text": "x", "entities": ["x"]}, "can't parse MessageEntity: expected"),
        (
            "sendMessage",
            {"text": "x", "entities": [{"type": "bold", "length": 1}]},
            "can't parse MessageEntity: Can't find field \"offset\"",
        ),
        (
            "sendMessage",
            {"text": "x", "entities": [{"type": "bold", "offset": "x", "length": 1}]},
            'can\'t parse MessageEntity: Field "offset" must be a Number',
        ),
        ("sendMessage", {"text": "x", "reply_markup": "[]"}, "object expected as reply_markup"),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": "x"}},
            'field "inline_keyboard" must be of type Array',
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"force_reply": "yes"}},
            'field "force_reply" must be of type Boolean',
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"keyboard": [[{"text": "x", "request_chat": {}}]]}},
            "can't parse keyboard button: Can't find field \"request_id\"",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [["x"]]}},
            "can't parse inline keyboard button: expected an Object",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": 1}]]}},
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
        (
            "sendMessage",
            {"text": "x", "link_preview_options": {"is_disabled": "yes"}},
            'field "is_disabled" must be of type Boolean',
        ),
        ("sendMessage", {"text": "x", "reply_parameters": {}}, 'can\'t find field "message_id"'),
        ("sendLocation", {}, "latitude is empty"),
        ("sendMediaGroup", {}, "there are no messages to send"),
        ("sendMediaGroup", {"media": ["x"]}, "can't parse InputMedia: expected an Object"),
        ("sendMediaGroup", {"media": [{"type": "x"}]}, "can't parse InputMedia: invalid media"),
        ("sendMediaGroup", {"media": [{"type": "photo"}]}, "can't parse InputMedia: media not"),
        ("deleteMessage", {}, "message identifier is not specified"),
        ("deleteMessages", {}, "message identifiers are not specified"),
        ("deleteMessages", {"message_ids": [1] * 101}, "too many message identifiers specified"),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"text": "x", "inline_message_id": "x"}, "MESSAGE_ID_INVALID"),
        ("editMessageMedia", QUESTION, 'there is no "media" in the request'),
        ("copyMessages", {"from_chat_id": READER, "message_ids": [9]}, "there are no messages to"),
        ("setMessageReaction", {**QUESTION, "reaction": ["x"]}, "REACTION_INVALID"),
        ("setMessageReaction", {**QUESTION, "reaction": ["x", "y"]}, "REACTIONS_TOO_MANY"),
        ("unpinChatMessage", {}, "message to unpin not found"),
        ("pinChatMessage", {"chat_id": GROUP}, "not enough rights to manage pinned messages"),
        ("getChatAdministrators", {}, "there are no administrators in the private chat"),
        ("setMyCommands", {}, 'there is no "commands" in the request'),
        ("setMyCommands", {"commands": ["x"]}, "can't parse BotCommand: expected an Object"),
        (
            "setMyCommands",
            {"commands": [{"command": "x", "description": "x"}] * 101},
            "BOT_COMMANDS_TOO_MUCH",
        ),
        ("setMyName", {"name": "x" * 65}, "bot name is too long"),
        ("setChatMenuButton", {"menu_button": {"type": "x"}}, "MENU_BUTTON_TYPE_INVALID"),
        ("answerInlineQuery", {}, 'there is no "results" in the request'),
        ("answerInlineQuery", {"results": ["x"]}, "can't parse inline query result: expected"),
        ("answerInlineQuery", {"results": [ARTICLE]}, "can't parse inline query result: Can't"),
        ("answerInlineQuery", {"results": [OFF_THE_NET]}, "WEBDOCUMENT_URL_INVALID"),
        (
            "answerInlineQuery",
            {"results": [ARTICLE | {"input_message_content": "x"}]},
            "can't parse inline query result: expected an Object",
        ),
        (
            "answerInlineQuery",
            {
                "results": [
                    ARTICLE
                    | {"input_message_content": {"message_text": "x"}, "reply_markup": KEYBOARD}
                ]
            },
            "inline keyboard expected",
        ),
        ("answerGuestQuery", {}, 'there is no "result" in the request'),
        ("sendRichMessage", {}, "object expected as rich message"),
        ("sendRichMessage", {"rich_message": {"markdown": "# x"}}, "the sandbox reads rich"),
        ("sendRichMessage", {"rich_message": {"blocks": ["x"]}}, "array of objects expected"),
        ("sendRichMessage", {"rich_message": {"html": "<ul><p>x</p></ul>"}}, "can't parse rich"),
        ("sendRichMessage", {"rich_message": {"html": "<details>x</details>"}}, "can't parse rich"),
        ("sendRichMessage", {"rich_message": {"html": "<table><p></p></table>"}}, "can't parse"),
        ("sendRichMessage", {"rich_message": {"html": "<p><hr></p>"}}, "can't parse rich"),
        ("sendRichMessage", {"rich_message": {"html": "<tg-time>x</tg-time>"}}, "can't parse rich"),
    ],
)
async def test_a_call_is_refused(
    stage: Stage, method: str, fields: dict[str, Any], words: str
) -> None:
    refusal = await stage.refusal(method, **HERE | fields)
    assert refusal.startswith(f"Bad Request: {words}")


async def test_a_reply_keyboard_is_no_keyboard_for_an_edit(stage: Stage) -> None:
    plain = await stage.sends()
    place = {"chat_id": READER, "message_id": plain["message_id"]}
    refusal = await stage.refusal("editMessageText", text="y", reply_markup=KEYBOARD, **place)
    assert refusal == "Bad Request: inline keyboard expected"
    keyed = await stage.sends(reply_markup=KEYBOARD)
    place = {"chat_id": READER, "message_id": keyed["message_id"]}
    refusal = await stage.refusal("editMessageText", text="y", **place)
    assert refusal == "Bad Request: message can't be edited"


async def test_what_the_cast_cannot_be(stage: Stage) -> None:
    people = stage.people
    with pytest.raises(SandboxError, match="add a person"):
        await people.add_chat(id=-5, type="private", title="x")
    with pytest.raises(SandboxError, match="not negative"):
        await people.add_chat(id=5, type="group", title="x")
    with pytest.raises(SandboxError, match="cannot be sleepy"):
        await people.set_bot(READER, GROUP, "sleepy")  # type: ignore[arg-type]
    with pytest.raises(SandboxError, match="not a forum"):
        await people.add_topic(GROUP, "x")
    with pytest.raises(SandboxError, match="no topic 9"):
        await people.close_topic(GROUP, 9)
    with pytest.raises(SandboxError, match="no topic 9"):
        await people.say(READER, "x", chat=GROUP, thread=9)
    with pytest.raises(SandboxError, match="has not blocked"):
        await people.unblock(READER)
    with pytest.raises(SandboxError, match="cannot become"):
        await people.upgrade(CHANNEL, -5)
    with pytest.raises(SandboxError, match="no message 999"):
        await people.forward(READER, 999, from_chat=GROUP)
    await people.join(COLLEAGUE, CHANNEL)
    with pytest.raises(SandboxError, match="Only administrators"):
        await people.say(COLLEAGUE, "x", chat=CHANNEL)
    await people.upgrade(GROUP, -5)
    with pytest.raises(SandboxError, match="became the supergroup"):
        await people.say(READER, "x", chat=GROUP)


async def test_an_administrator_hears_of_others(stage: Stage) -> None:
    await stage.bot.get_updates(allowed_updates=["chat_member"])
    await stage.people.join(COLLEAGUE, CHANNEL)
    await stage.people.promote(COLLEAGUE, CHANNEL)
    changes = [update.chat_member for update in await stage.hears()]
    statuses = [change.new_chat_member.status for change in changes if change]
    assert statuses == ["member", "administrator"]
