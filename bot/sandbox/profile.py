"""How the bot presents itself: names, descriptions, commands, the menu button."""

import re
from typing import Any

from bot.sandbox.errors import bad_request

Command = dict[str, Any]

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_COMMANDS_LIMIT = 100
_TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}  # characters


class Profile:
    """What BotFather or the bot itself has set, by language; "" is for every other language."""

    def __init__(self, name: str) -> None:
        self._texts: dict[tuple[str, str], str] = {("name", ""): name}
        self._commands: dict[tuple[str, str], list[Command]] = {}
        self._menu_buttons: dict[int, dict[str, Any]] = {}

    def set_text(self, kind: str, text: str, language: str) -> None:
        """Set the name, description or short_description; "" goes back to the general one."""
        _check_language(language)
        if len(text) > _TEXT_LIMITS[kind]:
            raise bad_request(f"bot {kind.replace('_', ' ')} is too long")
        if text:
            self._texts[kind, language] = text
        else:
            self._texts.pop((kind, language), None)

    def text(self, kind: str, language: str) -> str:
        """Read a text as a client of that language shows it."""
        return self._texts.get((kind, language)) or self._texts.get((kind, ""), "")

    def set_commands(self, scope: str, language: str, commands: list[Any]) -> None:
        """Set the commands of a scope (see `scope_key`); raises ApiError when one is not legal."""
        _check_language(language)
        if len(commands) > _COMMANDS_LIMIT:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self._commands[scope, language] = [_checked_command(item) for item in commands]

    def delete_commands(self, scope: str, language: str) -> None:
        """Forget the commands of a scope and language."""
        self._commands.pop((scope, language), None)

    def commands(self, scope: str, language: str) -> list[Command]:
        """Return exactly what was set for a scope and language."""
        return self._commands.get((scope, language), [])

    def shown_commands(self, language: str, chat_id: int | None = None) -> list[Command]:
        """Return what a client of that language shows in a private chat: the nearest scope wins."""
        scopes = [] if chat_id is None else [f"chat:{chat_id}"]
        for scope in (*scopes, "all_private_chats", "default"):
            for tried in (language, ""):
                if found := self._commands.get((scope, tried)):
                    return found
        return []

    def set_menu_button(self, chat_id: int, button: dict[str, Any] | None) -> None:
        """Set the menu button of a private chat, or of all (chat_id 0); None means the default."""
        button = button or {"type": "default"}
        if button.get("type") not in {"default", "commands", "web_app"}:
            raise bad_request("MENU_BUTTON_TYPE_INVALID")
        self._menu_buttons[chat_id] = button

    def menu_button(self, chat_id: int) -> dict[str, Any]:
        """Return the menu button of a private chat."""
        general = self._menu_buttons.get(0, {"type": "default"})
        return self._menu_buttons.get(chat_id, general)


def scope_key(scope: dict[str, Any] | None) -> str:
    """Name a BotCommandScope: its type, then the chat and user it is about."""
    if not scope:
        return "default"
    parts = [scope.get("type"), scope.get("chat_id"), scope.get("user_id")]
    return ":".join(str(part) for part in parts if part is not None)


def _checked_command(item: Any) -> Command:
    if not isinstance(item, dict) or "command" not in item or "description" not in item:
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(item["command"]).removeprefix("/")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(str(item["description"])) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": str(item["description"])}


def _check_language(language: str) -> None:
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad_request("invalid language code specified")
