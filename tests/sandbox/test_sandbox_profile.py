"""Commands per language, names and descriptions, the menu button, rich messages."""

from typing import Any

import pytest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InputRichMessage,
    MenuButtonCommands,
)

from tests.sandbox.stage import BOT_ID, READER, Stage


def commands(text: str) -> list[BotCommand]:
    return [BotCommand(command="latest", description=text)]


async def test_who_the_bot_is(stage: Stage) -> None:
    me = await stage.bot.get_me()
    assert (me.id, me.is_bot, me.username) == (BOT_ID, True, "vestnik_sandbox_bot")
    assert me.supports_inline_queries


async def test_a_client_shows_the_commands_of_its_language(stage: Stage) -> None:
    everywhere = BotCommandScopeAllPrivateChats()
    await stage.bot.set_my_commands(commands("Latest news"))
    await stage.bot.set_my_commands(commands("Новости"), language_code="ru")
    await stage.bot.set_my_commands(commands("Latest"), scope=everywhere)
    await stage.bot.set_my_commands(commands("Свежее"), scope=everywhere, language_code="ru")
    assert await _shown(stage, "ru") == "Свежее"
    assert await _shown(stage, "kk") == "Latest"
    assert await _shown(stage, None) == "Latest"
    await stage.bot.delete_my_commands(scope=everywhere)
    await stage.bot.delete_my_commands(scope=everywhere, language_code="ru")
    assert await _shown(stage, "ru") == "Новости"
    assert await _shown(stage, "kk") == "Latest news"
    own = BotCommandScopeChat(chat_id=READER)
    await stage.bot.set_my_commands(commands("Для вас"), scope=own)
    (shown,) = await stage.people.commands("ru", chat=READER)
    assert shown["description"] == "Для вас"
    (given,) = await stage.bot.get_my_commands(language_code="ru")
    assert given.description == "Новости"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"commands": [{"command": "Latest", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            {"commands": [{"command": "x", "description": ""}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ({"commands": [], "language_code": "rus"}, "invalid language code specified"),
    ],
)
async def test_bad_commands_are_refused(stage: Stage, fields: dict[str, Any], words: str) -> None:
    assert await stage.refusal("setMyCommands", **fields) == f"Bad Request: {words}"


async def test_names_and_descriptions_by_language(stage: Stage) -> None:
    await stage.bot.set_my_name("Vestnik News")
    await stage.bot.set_my_name("Вестник", language_code="ru")
    await stage.bot.set_my_description("Описание", language_code="ru")
    await stage.bot.set_my_short_description("Short")
    assert (await stage.bot.get_my_name(language_code="ru")).name == "Вестник"
    assert (await stage.bot.get_my_name(language_code="kk")).name == "Vestnik News"
    assert (await stage.bot.get_my_description()).description == ""
    assert (await stage.bot.get_my_short_description()).short_description == "Short"
    assert (await stage.bot.get_me()).first_name == "Vestnik News"


async def test_the_menu_button(stage: Stage) -> None:
    assert (await stage.bot.get_chat_menu_button()).type == "default"
    await stage.bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await stage.bot.get_chat_menu_button(chat_id=READER)).type == "commands"


RICH = """
<h1>Неделя</h1>
<p>Главное — <b>визит</b> и <a href="https://example.org">договор</a>.</p>
<ul><li>раз</li><li>два</li></ul>
<blockquote expandable>Цитата</blockquote>
<table><caption>Цены</caption><tr><th>Дата</th><td>1</td></tr></table>
<details open><summary>Ещё</summary><pre>a  b</pre></details>
<hr>
текст без тега
"""


async def test_a_rich_message_becomes_blocks(stage: Stage) -> None:
    sent = await stage.bot.send_rich_message(READER, InputRichMessage(html=RICH))
    assert sent.rich_message
    kinds = [block.type for block in sent.rich_message.blocks]
    assert kinds == [
        "heading",
        "paragraph",
        "list",
        "expandable_blockquote",
        "table",
        "details",
        "divider",
        "paragraph",
    ]
    body = (await stage.people.messages(READER))[-1]["rich_message"]
    assert body["blocks"][1]["text"] == [
        "Главное — ",
        {"type": "bold", "text": "визит"},
        " и ",
        {"type": "url", "text": "договор", "url": "https://example.org"},
        ".",
    ]
    edited = await stage.bot.edit_message_text("Просто", chat_id=READER, message_id=sent.message_id)
    assert edited


async def test_rich_drafts_are_shown(stage: Stage) -> None:
    rich = InputRichMessage(html="<p>Готовлю</p>")
    assert await stage.bot.send_rich_message_draft(READER, 3, rich)
    (event,) = await stage.seen("draft")
    assert event.body["rich_message"]["blocks"] == [{"type": "paragraph", "text": "Готовлю"}]


@pytest.mark.parametrize(
    ("rich", "words"),
    [
        ({}, "exactly one of html, markdown and blocks"),
        ({"html": "<p> </p>"}, "rich message must be non-empty"),
        ({"html": "<video>x</video>"}, 'can\'t parse rich message: Unsupported start tag "video"'),
        ({"html": "<p>x"}, "can't parse rich message: Can't find end tag"),
        ({"html": "<p>x</b>"}, "can't parse rich message: Unmatched end tag"),
        ({"html": "<li>x</li>"}, 'can\'t parse rich message: Tag "li" is not allowed here'),
        ({"html": "x" * 32_769}, "rich message is too long"),
        ({"html": "<p>x</p>" * 501}, "rich message has too many blocks"),
        (
            {"html": "<blockquote>" * 16 + "x" + "</blockquote>" * 16},
            "rich message is nested too deep",
        ),
        (
            {"html": f"<table><tr>{'<td>x</td>' * 21}</tr></table>"},
            "table in a rich message has too many columns",
        ),
        ({"blocks": [{"type": "photo", "photo": {}}]}, "the sandbox reads rich messages"),
    ],
)
async def test_rich_messages_have_limits(stage: Stage, rich: dict[str, Any], words: str) -> None:
    refusal = await stage.refusal("sendRichMessage", chat_id=READER, rich_message=rich)
    assert refusal.startswith(f"Bad Request: {words}")


async def test_a_rich_message_may_be_given_as_blocks(stage: Stage) -> None:
    paragraph = {"type": "paragraph", "text": "раз"}
    blocks = [paragraph, {"type": "list", "items": [{"blocks": [paragraph]}]}]
    answer = await stage.call("sendRichMessage", chat_id=READER, rich_message={"blocks": blocks})
    shown = answer["result"]["rich_message"]["blocks"]
    assert shown[1]["items"] == [{"label": "•", "blocks": [paragraph]}]


async def _shown(stage: Stage, language: str | None) -> str:
    (command,) = await stage.people.commands(language)
    return str(command["description"])
