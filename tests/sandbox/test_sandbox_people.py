"""What people do, and how the bot answers them."""

from typing import Any

import pytest
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultCachedDocument,
    InputTextMessageContent,
    ReactionTypeEmoji,
)

from bot.sandbox.client import SandboxError
from tests.sandbox.stage import CHANNEL, COLLEAGUE, GROUP, READER, STRANGER, Stage

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Подробнее", callback_data="more:7")]]
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def article(result_id: str = "7", text: str = "<b>Итог</b>") -> InlineQueryResultArticle:
    content = InputTextMessageContent(message_text=text, parse_mode="HTML")
    return InlineQueryResultArticle(
        id=result_id, title="Итог", input_message_content=content, reply_markup=KEYBOARD
    )


async def test_a_pressed_button_is_answered(stage: Stage) -> None:
    sent = await stage.bot.send_message(READER, "Новость", reply_markup=KEYBOARD)
    update_id = await stage.people.press(READER, sent.message_id, "more:7")
    query = (await stage.hears_one()).callback_query
    assert query
    assert (query.data, query.from_user.id) == ("more:7", READER)
    assert query.message
    assert query.message.message_id == sent.message_id
    await query.answer("Открываю").as_(stage.bot)
    (event,) = await stage.seen("callback_answer")
    assert (event.body["text"], event.body["update_id"]) == ("Открываю", update_id)
    refusal = await stage.refusal("answerCallbackQuery", callback_query_id=query.id)
    assert refusal == TOO_OLD


async def test_an_answer_that_comes_too_late_or_is_too_long(stage: Stage) -> None:
    sent = await stage.bot.send_message(READER, "Новость", reply_markup=KEYBOARD)
    await stage.people.press(READER, sent.message_id, "more:7")
    query = (await stage.hears_one()).callback_query
    assert query
    long = {"callback_query_id": query.id, "text": "x" * 201}
    assert await stage.refusal("answerCallbackQuery", **long) == "Bad Request: MESSAGE_TOO_LONG"
    stage.clock.passes(minutes=16)
    refusal = await stage.refusal("answerCallbackQuery", callback_query_id=query.id)
    assert refusal == TOO_OLD


async def test_only_a_button_that_is_there_can_be_pressed(stage: Stage) -> None:
    sent = await stage.bot.send_message(READER, "Новость", reply_markup=KEYBOARD)
    with pytest.raises(SandboxError, match="no button"):
        await stage.people.press(READER, sent.message_id, "more:8")
    with pytest.raises(SandboxError, match="no message"):
        await stage.people.press(READER, 999, "more:7")
    with pytest.raises(SandboxError, match="another person"):
        await stage.people.press(COLLEAGUE, sent.message_id, "more:7", chat=READER)


async def test_a_client_that_was_tampered_with_may_send_any_data(stage: Stage) -> None:
    sent = await stage.bot.send_message(READER, "Новость", reply_markup=KEYBOARD)
    await stage.people.press(READER, sent.message_id, "more:-1", forged=True)
    query = (await stage.hears_one()).callback_query
    assert query
    assert query.data == "more:-1"


async def test_an_inline_result_appears_where_it_is_chosen(stage: Stage) -> None:
    await stage.people.add_chat(
        id=-9, type="group", title="Без бота", members=[READER, STRANGER], bot="left"
    )
    asked = await stage.people.type_inline(READER, "визит", chat=-9)
    query = (await stage.hears_one()).inline_query
    assert query
    assert (query.query, query.chat_type) == ("визит", "group")
    await query.answer([article()], is_personal=True).as_(stage.bot)
    (event,) = await stage.seen("inline_answer", chat=-9)
    assert [result["id"] for result in event.body["results"]] == ["7"]

    await stage.people.choose(READER, asked.inline_query_id, "7")
    (message,) = await stage.people.messages(-9)
    assert (message["text"], message["from"]["id"]) == ("Итог", READER)
    assert message["via_bot"]["is_bot"]
    chosen = (await stage.hears_one()).chosen_inline_result
    assert chosen
    assert chosen.inline_message_id
    edited = await stage.bot.edit_message_text(
        "Подробно", inline_message_id=chosen.inline_message_id, reply_markup=KEYBOARD
    )
    assert edited is True
    (message,) = await stage.people.messages(-9)
    assert message["text"] == "Подробно"
    await stage.people.press(STRANGER, message["message_id"], "more:7", chat=-9)
    pressed = (await stage.hears_one()).callback_query
    assert pressed
    assert pressed.message is None
    assert pressed.inline_message_id == chosen.inline_message_id


async def test_a_file_the_bot_has_sent_can_be_an_inline_result(stage: Stage) -> None:
    file = BufferedInputFile(b"%PDF-1.7", "week.pdf")
    sent = await stage.bot.send_document(READER, file)
    assert sent.document
    asked = await stage.people.type_inline(READER, "pdf")
    query = (await stage.hears_one()).inline_query
    assert query
    cached = InlineQueryResultCachedDocument(
        id="pdf", title="Неделя", document_file_id=sent.document.file_id, caption="Неделя"
    )
    await query.answer([cached]).as_(stage.bot)
    await stage.people.choose(READER, asked.inline_query_id, "pdf")
    message = (await stage.people.messages(READER))[-1]
    assert (message["document"]["file_name"], message["caption"]) == ("week.pdf", "Неделя")


async def test_inline_answers_have_limits(stage: Stage) -> None:
    asked = await stage.people.type_inline(READER, "")

    def plain(result_id: str, text: str = "Итог") -> dict[str, Any]:
        content = {"message_text": text, "parse_mode": "HTML"}
        fields = {"id": result_id, "title": "Итог", "input_message_content": content}
        return {"type": "article", **fields}

    async def refused(*results: dict[str, Any], **more: Any) -> str:
        fields = {"inline_query_id": asked.inline_query_id, "results": results, **more}
        return await stage.refusal("answerInlineQuery", **fields)

    many = [plain(str(number)) for number in range(51)]
    assert await refused(*many) == "Bad Request: RESULTS_TOO_MUCH"
    assert await refused(plain("я" * 33)) == "Bad Request: RESULT_ID_INVALID"
    assert await refused(plain(""), plain("1")) == "Bad Request: RESULT_ID_INVALID"
    assert await refused(plain("1"), plain("1")) == "Bad Request: RESULT_ID_DUPLICATE"
    assert await refused(plain("7", "<p>")) == (
        'Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 0'
    )
    assert await refused(plain("7"), next_offset="x" * 65) == "Bad Request: NEXT_OFFSET_INVALID"
    for parameter in ("a b", "x" * 65):
        button = {"text": "Бот", "start_parameter": parameter}
        assert await refused(button=button) == "Bad Request: START_PARAM_INVALID"
    assert "exactly one" in await refused(button={"text": "Бот"})
    assert 'Can\'t find field "text"' in await refused(button={"start_parameter": "x"})
    fields = {"inline_query_id": "unknown", "results": []}
    assert await stage.refusal("answerInlineQuery", **fields) == TOO_OLD


async def test_a_guest_answers_where_it_was_mentioned(stage: Stage) -> None:
    await stage.people.add_chat(
        id=-10, type="supergroup", title="Чужой чат", members=[COLLEAGUE], bot="left"
    )
    question = "@vestnik_sandbox_bot что нового?"
    update_id = await stage.people.say(COLLEAGUE, question, chat=-10)
    update = await stage.hears_one()
    message = update.guest_message
    assert message
    assert update.update_id == update_id
    assert (message.text, message.chat.id) == (question, -10)
    answered = await message.answer_guest_query(article()).as_(stage.bot)
    assert answered.inline_message_id
    answer = (await stage.people.messages(-10))[-1]
    assert (answer["text"], answer["from"]["is_bot"]) == ("Итог", True)
    assert answer["guest_bot_caller_user"]["id"] == COLLEAGUE
    assert await stage.bot.edit_message_text("Позже", inline_message_id=answered.inline_message_id)
    again = article().model_dump(include={"type", "id", "title"})
    again["input_message_content"] = {"message_text": "x"}
    query_id = message.guest_query_id
    refusal = await stage.refusal("answerGuestQuery", guest_query_id=query_id, result=again)
    assert refusal == TOO_OLD


async def test_reactions_go_both_ways(stage: Stage) -> None:
    (question,) = await stage.people.messages(READER)
    number = question["message_id"]
    await stage.bot.set_message_reaction(READER, number, [ReactionTypeEmoji(emoji="👀")])
    (event,) = await stage.seen("reaction")
    assert event.body["reaction"] == [{"type": "emoji", "emoji": "👀"}]
    place = {"chat_id": READER, "message_id": number}
    bad = [{"type": "emoji", "emoji": "🧾"}]
    refusal = await stage.refusal("setMessageReaction", reaction=bad, **place)
    assert refusal == "Bad Request: REACTION_INVALID"
    refusal = await stage.refusal("setMessageReaction", **place | {"message_id": 999})
    assert refusal == "Bad Request: message to react not found"
    with pytest.raises(SandboxError, match="REACTION_INVALID"):
        await stage.people.react(READER, number, "🧾")


async def test_an_edited_question(stage: Stage) -> None:
    await stage.people.say(READER, "/lates")
    number = (await stage.hears_one()).message
    assert number
    await stage.people.edit(READER, number.message_id, "/latest")
    edited = (await stage.hears_one()).edited_message
    assert edited
    assert (edited.text, edited.message_id) == ("/latest", number.message_id)
    with pytest.raises(SandboxError, match="not written by"):
        await stage.people.edit(READER, (await stage.sends())["message_id"], "x")


async def test_a_post_is_forwarded_to_the_bot(stage: Stage) -> None:
    await stage.people.say(READER, "Новость дня", chat=CHANNEL)
    (post,) = await stage.people.messages(CHANNEL)
    await stage.hears()
    await stage.people.forward(READER, post["message_id"], from_chat=CHANNEL)
    message = (await stage.hears_one()).message
    assert message
    assert message.text == "Новость дня"
    assert message.forward_origin
    assert message.forward_origin.type == "channel"


async def test_a_document_for_the_bot(stage: Stage) -> None:
    await stage.people.send_document(
        READER, "статья.txt", "Текст".encode(), mime_type="text/plain", caption="/import"
    )
    message = (await stage.hears_one()).message
    assert message
    assert message.document
    assert (message.document.file_name, message.caption) == ("статья.txt", "/import")
    file = await stage.bot.download(message.document)
    assert file
    assert file.read().decode() == "Текст"


async def test_a_chat_is_shared_by_a_button(stage: Stage) -> None:
    await stage.people.share_chat(READER, 1, GROUP)
    message = (await stage.hears_one()).message
    assert message
    assert message.chat_shared
    assert (message.chat_shared.request_id, message.chat_shared.chat_id) == (1, GROUP)


async def test_a_draft_is_streamed_and_stopped(stage: Stage) -> None:
    for text in ("", "Готовлю", "Готовлю <b>сводку</b>"):
        await stage.bot.send_message_draft(READER, 5, text=text, parse_mode="HTML", can_stop=True)
    texts = [event.body["text"] for event in await stage.seen("draft")]
    assert texts == ["", "Готовлю", "Готовлю сводку"]
    assert len(await stage.people.messages(READER)) == 1
    await stage.people.stop_draft(READER, 5)
    stopped = (await stage.hears_one()).stopped_message_generation
    assert stopped
    assert stopped.draft_id == 5
    for chat, draft in ((GROUP, 5), (READER, 0)):
        assert await stage.refusal("sendMessageDraft", chat_id=chat, draft_id=draft, text="x")


async def test_what_no_person_could_do_is_an_error(stage: Stage) -> None:
    with pytest.raises(SandboxError, match="no person 999"):
        await stage.people.say(999, "x")
    with pytest.raises(SandboxError, match="no chat 999"):
        await stage.people.say(READER, "x", chat=999)
    with pytest.raises(SandboxError, match="1 to 4096"):
        await stage.people.say(READER, "x" * 4097)
    with pytest.raises(SandboxError, match="1 to 4096"):
        await stage.people.say(READER, " ")
    with pytest.raises(SandboxError, match="taken"):
        await stage.people.add_person(id=READER, first_name="Двойник")
    with pytest.raises(SandboxError, match="did not offer"):
        await stage.people.choose(READER, "unknown", "1")
