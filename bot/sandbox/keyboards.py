"""What Telegram accepts as a keyboard under a message."""

from typing import Any

from bot.formatting.tdlib import utf16_length
from bot.sandbox.errors import bad_request
from bot.sandbox.judge import checked_url
from bot.sandbox.params import Params

Markup = dict[str, Any]

BUTTONS_LIMIT = 100
CALLBACK_DATA_LIMIT = 64  # bytes
COPY_TEXT_LIMIT = 256  # UTF-16 units

_PLAIN_ACTIONS = (
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "login_url",
    "disabled",
)


def judge_markup(params: Params, name: str = "reply_markup") -> Markup | None:
    """Judge the keyboard of a call; raises ApiError when Telegram would refuse it."""
    return checked_markup(params.object(name))


def judge_inline_markup(params: Params, name: str = "reply_markup") -> Markup | None:
    """Judge the keyboard of an edit, which must be an inline one."""
    markup = judge_markup(params, name)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def checked_markup(markup: Any) -> Markup | None:
    """Return the keyboard as Telegram stores it, or None when nothing of it is left."""
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup, "inline_keyboard", _checked_inline_button)
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        return markup | {"keyboard": _rows(markup, "keyboard", _checked_reply_button)}
    for flag in ("remove_keyboard", "force_reply"):
        if not isinstance(markup.get(flag, False), bool):
            raise bad_request(f'field "{flag}" must be of type Boolean')
        if markup.get(flag):
            return markup
    return None


def _rows(markup: Markup, name: str, check: Any) -> list[list[dict[str, Any]]]:
    rows = markup[name]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" must be of type Array')
    checked = [[check(button) for button in row] for row in rows]
    # Telegram leaves out buttons without a label, and rows that become empty.
    kept = [[button for button in row if button["text"]] for row in checked]
    if sum(map(len, kept)) > BUTTONS_LIMIT:
        raise bad_request("reply markup is too long")
    return [row for row in kept if row]


def _checked_reply_button(button: Any) -> dict[str, Any]:
    where = "can't parse keyboard button"
    if isinstance(button, str):
        return {"text": button}
    checked = _labelled(button, where)
    for request in ("request_chat", "request_users"):
        if request in checked and "request_id" not in (checked[request] or {}):
            raise bad_request(f'{where}: Can\'t find field "request_id"')
    return checked


def _checked_inline_button(button: Any) -> dict[str, Any]:
    where = "can't parse inline keyboard button"
    checked = _labelled(button, where)
    if checked.get("url"):
        return checked | {"url": _button_url(str(checked["url"]))}
    if checked.get("callback_data"):
        if len(str(checked["callback_data"]).encode()) > CALLBACK_DATA_LIMIT:
            raise bad_request("BUTTON_DATA_INVALID")
        return checked
    if isinstance(checked.get("copy_text"), dict):
        if not 1 <= utf16_length(str(checked["copy_text"].get("text", ""))) <= COPY_TEXT_LIMIT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        return checked
    if isinstance(checked.get("web_app"), dict):
        _check_web_app(str(checked["web_app"].get("url", "")))
        return checked
    if "callback_game" in checked or checked.get("pay"):
        raise bad_request("BUTTON_TYPE_INVALID")
    if not any(checked.get(action) is not None for action in _PLAIN_ACTIONS):
        raise bad_request(f"{where}: Text buttons are unallowed in the inline keyboard")
    return checked


def _labelled(button: Any, where: str) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request(f"{where}: expected an Object")
    if "text" not in button:
        raise bad_request(f'{where}: Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise bad_request(f'{where}: Field "text" must be of type String')
    return button


def _button_url(url: str) -> str:
    try:
        checked = checked_url(url)
    except ValueError as error:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {error}") from None
    # TDLib lets these pass; the server behind it does not.
    if any(char.isspace() for char in checked) or len(checked) > 2048:
        raise bad_request("BUTTON_URL_INVALID")
    return checked


def _check_web_app(url: str) -> None:
    if not url.lower().startswith("https://"):
        reason = "Only HTTPS links are allowed"
        raise bad_request(f"inline keyboard button Web App URL '{url}' is invalid: {reason}")
