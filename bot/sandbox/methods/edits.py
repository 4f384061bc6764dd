"""Editing what the bot has sent, in a chat or through an inline answer."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.access import joined_chat, message_to
from bot.sandbox.chats import Chat, Message, Posted
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import judge_inline_markup
from bot.sandbox.methods.base import Method, caption_content, text_content
from bot.sandbox.methods.media import media_content
from bot.sandbox.methods.messages import CONTENT, content_of
from bot.sandbox.methods.rich import rich_content
from bot.sandbox.params import Params
from bot.sandbox.world import World, shown


@dataclass(frozen=True)
class Target:
    """The message an edit is about."""

    chat: Chat
    posted: Posted
    is_inline: bool

    @property
    def body(self) -> Message:
        """The message as it stands now."""
        return self.posted.body


def _edit_text(world: World, params: Params) -> Message | bool:
    rich = params.object("rich_message")
    content = rich_content(rich) if rich else text_content(params)
    target = _target(world, params)
    if not {"text", "rich_message"} & target.body.keys():
        raise bad_request("there is no text in the message to edit")
    return _replace(world, params, target, content)


def _edit_caption(world: World, params: Params) -> Message | bool:
    caption = caption_content(params)
    target = _target(world, params)
    if not {"photo", "document"} & target.body.keys():
        raise bad_request("there is no caption in the message to edit")
    kept = ("photo", "document", "has_media_spoiler")
    media = {name: target.body[name] for name in kept if name in target.body}
    return _replace(world, params, target, media | caption)


def _edit_markup(world: World, params: Params) -> Message | bool:
    target = _target(world, params)
    return _replace(world, params, target, content_of(target.body))


def _edit_media(world: World, params: Params) -> Message | bool:
    item = params.object("media")
    if item is None:
        raise bad_request('there is no "media" in the request')
    target = _target(world, params)
    if target.is_inline and params.uploads:
        raise bad_request("can't upload files to an inline message")
    return _replace(world, params, target, media_content(world, params, item))


def _target(world: World, params: Params) -> Target:
    inline_id = params.text("inline_message_id")
    if inline_id:
        found = world.inline_messages.get(inline_id)
        if found is None:
            raise bad_request("MESSAGE_ID_INVALID")
        chat = world.chats[found[0]]
        return Target(chat, chat.messages[found[1]], is_inline=True)
    chat = joined_chat(world, params)
    if not params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    posted = message_to(chat, params.integer("message_id"), "edit")
    if not posted.by_bot or "inline_keyboard" not in posted.body.get(
        "reply_markup", {"inline_keyboard": []}
    ):
        raise bad_request("message can't be edited")
    return Target(chat, posted, is_inline=False)


def _replace(
    world: World, params: Params, target: Target, content: dict[str, Any]
) -> Message | bool:
    # An edit without a keyboard takes the old one away.
    markup = judge_inline_markup(params)
    if content == content_of(target.body) and markup == target.body.get("reply_markup"):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    dropped = {*CONTENT, "reply_markup"}
    body = {name: value for name, value in target.body.items() if name not in dropped} | content
    if markup:
        body["reply_markup"] = markup
    edited = world.edit(target.chat, target.posted, body)
    return True if target.is_inline else shown(edited.body)


METHODS: dict[str, Method] = {
    "editMessageText": _edit_text,
    "editMessageCaption": _edit_caption,
    "editMessageReplyMarkup": _edit_markup,
    "editMessageMedia": _edit_media,
}
