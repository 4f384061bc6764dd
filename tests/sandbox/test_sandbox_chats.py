"""Where the bot may write, what it may ask about chats, and what it hears in them."""

import pytest

from bot.sandbox.client import SandboxError
from tests.sandbox.stage import (
    BOT_ID,
    CHANNEL,
    COLLEAGUE,
    FORUM,
    GROUP,
    READER,
    STRANGER,
    Stage,
)


async def refused(stage: Stage, chat: int | str, **params: object) -> str:
    return await stage.refusal("sendMessage", chat_id=chat, text="x", **params)


async def test_a_chat_nobody_knows_is_not_found(stage: Stage) -> None:
    for chat in (999, -999, 0, "@nobody", "word"):
        assert await refused(stage, chat) == "Bad Request: chat not found"
    assert await refused(stage, "") == "Bad Request: chat_id is empty"


async def test_the_bot_does_not_speak_first(stage: Stage) -> None:
    words = "Forbidden: bot can't initiate conversation with a user"
    assert await refused(stage, COLLEAGUE) == words
    await stage.people.say(COLLEAGUE, "/start")
    assert (await stage.sends(chat_id=COLLEAGUE))["chat"]["id"] == COLLEAGUE


async def test_blocked_and_deleted_accounts(stage: Stage) -> None:
    await stage.people.block(READER)
    assert await refused(stage, READER) == "Forbidden: bot was blocked by the user"
    update = (await stage.hears_one()).my_chat_member
    assert update
    assert (update.old_chat_member.status, update.new_chat_member.status) == ("member", "kicked")
    with pytest.raises(SandboxError, match="unblock"):
        await stage.people.say(READER, "Алло?")
    await stage.people.unblock(READER)
    assert await stage.sends()
    await stage.people.deactivate(READER)
    assert await refused(stage, READER) == "Forbidden: user is deactivated"


async def test_a_group_that_removed_the_bot(stage: Stage) -> None:
    await stage.people.set_bot(READER, GROUP, "kicked")
    assert await refused(stage, GROUP) == "Forbidden: bot was kicked from the group chat"
    await stage.people.set_bot(READER, GROUP, "left")
    assert await refused(stage, GROUP) == "Forbidden: bot is not a member of the group chat"


async def test_a_group_the_bot_never_met(stage: Stage) -> None:
    await stage.people.add_chat(id=-7, type="group", title="Чужие", members=[STRANGER], bot="left")
    assert await refused(stage, -7) == "Bad Request: chat not found"


async def test_a_channel_wants_an_administrator(stage: Stage) -> None:
    sent = await stage.bot.send_message(CHANNEL, "Сводка")
    assert sent.sender_chat
    assert sent.sender_chat.id == CHANNEL
    assert sent.from_user is None
    await stage.people.set_bot(READER, CHANNEL, "member")
    words = "Bad Request: need administrator rights in the channel chat"
    assert await refused(stage, CHANNEL) == words


async def test_a_group_that_became_a_supergroup(stage: Stage) -> None:
    await stage.people.upgrade(GROUP, -1009)
    answer = await stage.call("sendMessage", chat_id=GROUP, text="x")
    assert answer == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": -1009},
    }
    assert (await stage.sends(chat_id=-1009))["chat"]["type"] == "supergroup"
    old, new = [update.message for update in await stage.hears()]
    assert old
    assert new
    assert (old.migrate_to_chat_id, new.migrate_from_chat_id) == (-1009, GROUP)


async def test_topics(stage: Stage) -> None:
    topic = await stage.people.add_topic(FORUM, "Дайджесты")
    sent = await stage.bot.send_message(FORUM, "Сводка", message_thread_id=topic)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic, True)
    words = "Bad Request: message thread not found"
    assert await refused(stage, FORUM, message_thread_id=999) == words
    assert await refused(stage, READER, message_thread_id=5) == words
    await stage.people.close_topic(FORUM, topic)
    assert await refused(stage, FORUM, message_thread_id=topic) == "Bad Request: TOPIC_CLOSED"
    await stage.people.say(READER, "/latest", chat=FORUM, thread=topic)
    message = (await stage.hears_one()).message
    assert message
    assert message.message_thread_id == topic


async def test_a_reply_needs_its_message(stage: Stage) -> None:
    first = await stage.sends("Первое")
    reply = {"message_id": first["message_id"]}
    second = await stage.sends("Второе", reply_parameters=reply)
    assert second["reply_to_message"]["text"] == "Первое"
    gone = {"message_id": 999}
    words = "Bad Request: message to be replied not found"
    assert await refused(stage, READER, reply_parameters=gone) == words
    anyway = await stage.sends(reply_parameters=gone | {"allow_sending_without_reply": True})
    assert "reply_to_message" not in anyway


async def test_what_can_be_asked_about_chats(stage: Stage) -> None:
    reader = await stage.bot.get_chat(READER)
    assert (reader.type, reader.first_name) == ("private", "Айгуль")
    assert (await stage.bot.get_chat(FORUM)).is_forum
    assert await stage.bot.get_chat_member_count(GROUP) == 3
    assert (await stage.bot.get_chat_member(GROUP, READER)).status == "member"
    assert (await stage.bot.get_chat_member(GROUP, STRANGER)).status == "left"
    assert (await stage.bot.get_chat_member(CHANNEL, BOT_ID)).status == "administrator"
    leaders = await stage.bot.get_chat_administrators(CHANNEL)
    assert [leader.status for leader in leaders] == ["creator", "administrator"]
    words = "Bad Request: PARTICIPANT_ID_INVALID"
    assert await stage.refusal("getChatMember", chat_id=GROUP, user_id=999) == words


async def test_the_bot_leaves(stage: Stage) -> None:
    assert await stage.bot.leave_chat(GROUP)
    assert await refused(stage, GROUP) == "Forbidden: bot is not a member of the group chat"
    words = "Bad Request: chat member status can't be changed in private chats"
    assert await stage.refusal("leaveChat", chat_id=READER) == words


async def test_privacy_mode_hides_what_is_not_for_the_bot(stage: Stage) -> None:
    assert await stage.people.say(READER, "Кто дежурит?", chat=GROUP) == 0
    assert await stage.people.say(READER, "/latest@another_bot", chat=GROUP) == 0
    await stage.people.say(READER, "/latest", chat=GROUP)
    await stage.people.say(READER, "спросим @vestnik_sandbox_bot", chat=GROUP)
    asked = (await stage.sends("Что показать?", chat_id=GROUP))["message_id"]
    await stage.people.say(READER, "Всё", chat=GROUP, reply_to=asked)
    texts = [update.message.text for update in await stage.hears() if update.message]
    assert texts == ["/latest", "спросим @vestnik_sandbox_bot", "Всё"]
    await stage.people.set_bot(READER, GROUP, "administrator")
    await stage.hears()
    await stage.people.say(COLLEAGUE, "Теперь слышно", chat=GROUP)
    assert await stage.hears()


async def test_coming_and_going(stage: Stage) -> None:
    await stage.people.join(STRANGER, GROUP)
    await stage.people.leave(STRANGER, GROUP)
    came, went = [update.message for update in await stage.hears()]
    assert came
    assert went
    assert [user.id for user in came.new_chat_members or ()] == [STRANGER]
    assert went.left_chat_member
    with pytest.raises(SandboxError, match="not a member"):
        await stage.people.say(STRANGER, "Я вернулся", chat=GROUP)


async def test_being_added_and_promoted(stage: Stage) -> None:
    await stage.people.add_chat(id=-8, type="group", title="Новые", members=[READER], bot="left")
    await stage.people.set_bot(READER, -8, "member")
    await stage.people.set_bot(READER, -8, "administrator")
    changes = [update.my_chat_member for update in await stage.hears()]
    statuses = [change.new_chat_member.status for change in changes if change]
    assert statuses == ["member", "administrator"]
    assert (await stage.sends(chat_id=-8))["chat"]["title"] == "Новые"


async def test_a_post_in_a_channel(stage: Stage) -> None:
    await stage.people.say(READER, "Новость дня", chat=CHANNEL)
    post = (await stage.hears_one()).channel_post
    assert post
    assert (post.text, post.from_user) == ("Новость дня", None)


async def test_pins_and_actions(stage: Stage) -> None:
    sent = await stage.bot.send_message(READER, "Важное")
    await stage.bot.pin_chat_message(READER, sent.message_id)
    pinned = (await stage.bot.get_chat(READER)).pinned_message
    assert pinned
    assert pinned.message_id == sent.message_id
    await stage.bot.unpin_chat_message(READER)
    assert (await stage.bot.get_chat(READER)).pinned_message is None
    await stage.bot.send_chat_action(READER, "typing")
    assert [event.body for event in await stage.seen("action")] == [{"action": "typing"}]
    refusal = await stage.refusal("sendChatAction", chat_id=READER, action="sleeping")
    assert refusal == "Bad Request: wrong parameter action in request"
