"""How updates reach the bot: long polling or a webhook."""

import re
from collections.abc import Awaitable
from typing import Any

from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.methods.base import Method
from bot.sandbox.params import Params
from bot.sandbox.webhook import Hook
from bot.sandbox.world import World

_SECRET = re.compile("[A-Za-z0-9_-]{1,256}")


def _get_updates(world: World, params: Params) -> Awaitable[list[dict[str, Any]]]:
    if world.webhook.hook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    _remember_allowed(world, params)
    wait = float(params.integer("timeout"))
    return world.updates.fetch(params.integer("offset"), params.integer("limit", 100), wait)


def _set_webhook(world: World, params: Params) -> bool:
    url, secret = params.text("url"), params.text("secret_token")
    if not url:
        return _delete_webhook(world, params)
    if not url.startswith(("https://", "http://")):
        # Telegram wants HTTPS; here the hook may be a plain server on this machine.
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains illegal characters")
    _remember_allowed(world, params)
    _drop_pending(world, params)
    world.webhook.set(Hook(url, secret, params.integer("max_connections", 40)))
    return True


def _delete_webhook(world: World, params: Params) -> bool:
    _drop_pending(world, params)
    if world.webhook.hook.url:
        world.webhook.set(Hook())
    return True


def _get_webhook_info(world: World, _params: Params) -> dict[str, Any]:
    return world.webhook.info()


def _remember_allowed(world: World, params: Params) -> None:
    kinds = params.array("allowed_updates")
    if kinds is not None:
        world.updates.allow(map(str, kinds))


def _drop_pending(world: World, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        world.updates.clear()


METHODS: dict[str, Method] = {
    "getUpdates": _get_updates,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _get_webhook_info,
}
