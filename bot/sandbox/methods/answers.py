"""Answers to what people ask: pressed buttons, inline queries, mentions of a guest bot."""

import re
from datetime import timedelta
from typing import Any

from bot.sandbox.errors import bad_request, expired_query
from bot.sandbox.inline import checked_result, result_content, result_markup
from bot.sandbox.methods.base import Method
from bot.sandbox.params import Params
from bot.sandbox.world import Attached, Query, World

ANSWER_WITHIN = timedelta(minutes=15)
_TOAST_LIMIT = 200  # characters
_RESULTS_LIMIT = 50
_ID_LIMIT = 64  # bytes
_START_PARAMETER = re.compile("[A-Za-z0-9_-]{1,64}")


def _answer_callback(world: World, params: Params) -> bool:
    if len(params.text("text")) > _TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query = _taken(world, world.callbacks, params.text("callback_query_id"))
    body = {
        "callback_query_id": query.id,
        "update_id": query.update_id,
        "message_id": query.message_id,
        "user_id": query.person,
        "text": params.text("text"),
        "show_alert": params.flag("show_alert"),
        "url": params.text("url"),
    }
    world.journal.note("callback_answer", query.chat_id, body)
    return True


def _answer_inline(world: World, params: Params) -> bool:
    results = params.array("results")
    if results is None:
        raise bad_request('there is no "results" in the request')
    if len(results) > _RESULTS_LIMIT:
        raise bad_request("RESULTS_TOO_MUCH")
    checked = [checked_result(item) for item in results]
    ids = [item["id"] for item in checked]
    if any(not 1 <= len(name.encode()) <= _ID_LIMIT for name in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(params.text("next_offset").encode()) > _ID_LIMIT:
        raise bad_request("NEXT_OFFSET_INVALID")
    button = _checked_button(params.object("button"))
    query = _taken(world, world.inline_queries, params.text("inline_query_id"))
    world.inline_answers[query.id] = checked
    body = {
        "inline_query_id": query.id,
        "update_id": query.update_id,
        "user_id": query.person,
        "query": query.text,
        "results": checked,
        "next_offset": params.text("next_offset"),
        "is_personal": params.flag("is_personal"),
        "cache_time": params.integer("cache_time", 300),
        "button": button,
    }
    world.journal.note("inline_answer", query.chat_id, body)
    return True


def _checked_button(button: dict[str, Any] | None) -> dict[str, Any] | None:
    """Judge an InlineQueryResultsButton: a text, and one of the two things that it may do."""
    if button is None:
        return None
    if not button.get("text"):
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    parameter = button.get("start_parameter")
    if (parameter is None) == (button.get("web_app") is None):
        raise bad_request("exactly one of the optional fields of the button must be used")
    if parameter is not None and not _START_PARAMETER.fullmatch(str(parameter)):
        raise bad_request("START_PARAM_INVALID")
    return button


def _answer_guest(world: World, params: Params) -> dict[str, str]:
    result = params.object("result")
    if result is None:
        raise bad_request('there is no "result" in the request')
    content = result_content(world, checked_result(result))
    query = _taken(world, world.guest_queries, params.text("guest_query_id"))
    chat = world.chats[query.chat_id]
    attached = Attached(
        reply_to=chat.messages.get(query.message_id),
        markup=result_markup(result),
        extra={"guest_bot_caller_user": world.accounts[query.person].user},
    )
    inline_id = f"guest{world.number()}"
    world.post(chat, world.bot, content, attached, inline_id=inline_id)
    return {"inline_message_id": inline_id}


def _taken(world: World, queries: dict[str, Query], query_id: str) -> Query:
    query = queries.pop(query_id, None)
    if query is None or world.now() - query.asked_at > ANSWER_WITHIN:
        raise expired_query()
    return query


METHODS: dict[str, Method] = {
    "answerCallbackQuery": _answer_callback,
    "answerInlineQuery": _answer_inline,
    "answerGuestQuery": _answer_guest,
}
