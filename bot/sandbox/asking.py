"""What people ask the bot without writing a message: pressed buttons and inline queries.

Each public function is one action of the control API: the arguments are the fields of its request.
"""

from typing import Any

from bot.sandbox.cast import account_of, chat_of
from bot.sandbox.chats import Posted
from bot.sandbox.errors import SandboxError
from bot.sandbox.inline import result_content, result_markup
from bot.sandbox.people import deliver, message_in, room_of, speaker
from bot.sandbox.world import Attached, Query, World, shown

_CHAT_INSTANCE = "-4611686018427387904"


def press(
    world: World,
    *,
    person: int,
    message_id: int,
    data: str,
    chat: int | None = None,
    forged: bool = False,
) -> int:
    """Let a person press a button under a message; returns the id of the update.

    forged: the data is not on a button, as a client that somebody has tampered with may send it.
    Raises SandboxError when no button of that message carries this callback_data, unless forged.
    """
    room, author = room_of(world, person, chat)
    posted = message_in(room, message_id)
    if not forged and data not in _offered(posted):
        raise SandboxError(f"Message {message_id} has no button with the data {data!r}")
    query_id = world.number()
    body: dict[str, Any] = {"id": query_id, "from": author.user, "data": data}
    body["chat_instance"] = _CHAT_INSTANCE
    if posted.inline_id:
        body["inline_message_id"] = posted.inline_id
    else:
        body["message"] = shown(posted.body)
    update_id = world.updates.add("callback_query", body)
    query = Query(query_id, person, room.id, data, world.now(), update_id, message_id)
    world.callbacks[query_id] = query
    return update_id


def type_inline(
    world: World, *, person: int, query: str, chat: int | None = None, offset: str = ""
) -> dict[str, Any]:
    """Let a person type "@bot query" in a chat; returns update_id and inline_query_id."""
    room = chat_of(world, person if chat is None else chat)
    kind = "sender" if room.is_private else room.type
    query_id = world.number()
    body = {
        "id": query_id,
        "from": account_of(world, person).user,
        "query": query,
        "offset": offset,
        "chat_type": kind,
    }
    update_id = world.updates.add("inline_query", body)
    asked = Query(query_id, person, room.id, query, world.now(), update_id)
    world.inline_queries[query_id] = asked
    world.asked_inline[query_id] = asked
    return {"update_id": update_id, "inline_query_id": query_id}


def choose(
    world: World, *, person: int, inline_query_id: str, result_id: str, chat: int | None = None
) -> int:
    """Let a person send one of the results, by default where they typed; returns the update id.

    The message appears in the chat; the update is chosen_inline_result.
    """
    answered = world.inline_answers.get(inline_query_id, [])
    result = next((item for item in answered if item["id"] == result_id), None)
    if result is None:
        raise SandboxError(f"The bot did not offer the result {result_id!r} to this query")
    asked = world.asked_inline[inline_query_id]
    room, author = room_of(world, person, asked.chat_id if chat is None else chat)
    markup = result_markup(result)
    # Only a message with buttons can be found again by the bot.
    inline_id = f"inline{world.number()}" if markup else None
    attached = Attached(markup=markup, extra={"via_bot": world.bot})
    content = result_content(world, result)
    posted = world.post(room, speaker(room, author), content, attached, inline_id=inline_id)
    deliver(world, room, posted)
    body = {"result_id": result_id, "from": author.user, "query": asked.text}
    if inline_id:
        body["inline_message_id"] = inline_id
    return world.updates.add("chosen_inline_result", body)


def _offered(posted: Posted) -> set[str]:
    rows = posted.body.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["callback_data"] for row in rows for button in row if "callback_data" in button}
