"""What the methods that send something have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.formatting.tdlib import FormattedText
from bot.sandbox.access import checked_thread, reply_target, writable_chat
from bot.sandbox.chats import Chat, Message, Posted
from bot.sandbox.errors import bad_request
from bot.sandbox.judge import checked_url, judge_caption, judge_text
from bot.sandbox.keyboards import judge_markup
from bot.sandbox.params import Params
from bot.sandbox.world import Attached, World, shown

Method = Callable[[World, Params], Any]
"""Carries out one call and returns its `result`, or an awaitable of it; raises ApiError."""


@dataclass(frozen=True)
class Place:
    """Where a message goes, and what goes with it."""

    chat: Chat
    attached: Attached


def place(world: World, params: Params) -> Place:
    """Read where a call sends to; raises ApiError when the bot may not, or the keyboard is bad."""
    markup = judge_markup(params)
    chat = writable_chat(world, params)
    thread = checked_thread(chat, params.integer("message_thread_id"))
    extra: dict[str, Any] = {}
    if params.flag("protect_content"):
        extra["has_protected_content"] = True
    if params.text("message_effect_id"):
        extra["effect_id"] = params.text("message_effect_id")
    return Place(chat, Attached(thread, reply_target(chat, params), markup, extra))


def send(world: World, target: Place, content: Mapping[str, Any]) -> Posted:
    """Send a message in the name of the bot; in a channel it speaks for the channel."""
    sender = None if target.chat.type == "channel" else world.bot
    return world.post(target.chat, sender, content, target.attached, by_bot=True)


def sent(world: World, params: Params, content: Mapping[str, Any]) -> Message:
    """Send where the call says and return the Message."""
    return shown(send(world, place(world, params), content).body)


def text_content(params: Params) -> dict[str, Any]:
    """Judge the text of a call and write it as a part of a Message."""
    content = formatted_content(judge_text(params), "text", "entities")
    if preview := link_preview(params):
        content["link_preview_options"] = preview
    return content


def caption_content(params: Params) -> dict[str, Any]:
    """Judge the caption of a call and write it as a part of a Message."""
    content = formatted_content(judge_caption(params), "caption", "caption_entities")
    if content and params.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def formatted_content(judged: FormattedText, text: str, entities: str) -> dict[str, Any]:
    """Write a text and its entities under these names; nothing when the text is empty."""
    if not judged.text:
        return {}
    content: dict[str, Any] = {text: judged.text}
    return content | {entities: list(judged.entities)} if judged.entities else content


def link_preview(params: Params) -> dict[str, Any] | None:
    """Read link_preview_options, or the older switch in their place."""
    options = params.object("link_preview_options")
    if options is None:
        return {"is_disabled": True} if params.flag("disable_web_page_preview") else None
    for name, value in options.items():
        if name != "url" and not isinstance(value, bool):
            raise bad_request(f'field "{name}" must be of type Boolean')
    if options.get("url"):
        try:
            checked_url(str(options["url"]))
        except ValueError:
            raise bad_request("WEBPAGE_URL_INVALID") from None
    return options
