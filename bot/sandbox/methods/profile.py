"""Who the bot is: its names, commands and menu button."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.base import Method
from bot.sandbox.params import Params
from bot.sandbox.profile import scope_key
from bot.sandbox.world import World

_ABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_guest_queries": True,
    "supports_inline_queries": True,
    "can_connect_to_business": False,
    "has_main_web_app": False,
    "has_topics_enabled": False,
    "allows_users_to_create_topics": False,
    "can_manage_bots": False,
    "supports_join_request_queries": False,
}


def _get_me(world: World, _params: Params) -> dict[str, Any]:
    return world.bot | _ABILITIES


def _setter(kind: str) -> Method:
    def set_text(world: World, params: Params) -> bool:
        world.profile.set_text(kind, params.text(kind), params.text("language_code"))
        return True

    return set_text


def _getter(kind: str) -> Callable[[World, Params], dict[str, str]]:
    def get_text(world: World, params: Params) -> dict[str, str]:
        return {kind: world.profile.text(kind, params.text("language_code"))}

    return get_text


def _set_commands(world: World, params: Params) -> bool:
    commands = params.array("commands")
    if commands is None:
        raise bad_request('there is no "commands" in the request')
    scope = scope_key(params.object("scope"))
    world.profile.set_commands(scope, params.text("language_code"), commands)
    return True


def _get_commands(world: World, params: Params) -> list[dict[str, Any]]:
    scope = scope_key(params.object("scope"))
    return world.profile.commands(scope, params.text("language_code"))


def _delete_commands(world: World, params: Params) -> bool:
    scope = scope_key(params.object("scope"))
    world.profile.delete_commands(scope, params.text("language_code"))
    return True


def _set_menu_button(world: World, params: Params) -> bool:
    world.profile.set_menu_button(params.integer("chat_id"), params.object("menu_button"))
    return True


def _get_menu_button(world: World, params: Params) -> dict[str, Any]:
    return world.profile.menu_button(params.integer("chat_id"))


METHODS: dict[str, Method] = {
    "getMe": _get_me,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setMyCommands": _set_commands,
    "getMyCommands": _get_commands,
    "deleteMyCommands": _delete_commands,
    "setChatMenuButton": _set_menu_button,
    "getChatMenuButton": _get_menu_button,
}
