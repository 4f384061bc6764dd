"""Keyboards: which Telegram accepts, and in which words it refuses the others."""

from typing import Any

import pytest

from tests.sandbox.stage import READER, Stage


def inline(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    "button",
    [
        {"callback_data": "x" * 64},
        {"callback_data": "я" * 32},
        {"copy_text": {"text": "c" * 256}},
        {"url": "https://example.org/a"},
        {"switch_inline_query_current_chat": ""},
        {"switch_inline_query_chosen_chat": {"query": "", "allow_user_chats": True}},
        {"web_app": {"url": "https://example.org"}},
    ],
)
async def test_legal_buttons_come_back_as_given(stage: Stage, button: dict[str, Any]) -> None:
    markup = inline({"text": "Подробнее", **button})
    assert (await stage.sends(reply_markup=markup))["reply_markup"] == markup


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"callback_data": "я" * 33}, "BUTTON_DATA_INVALID"),
        (
            {"callback_data": ""},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"copy_text": {"text": "c" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"url": "https://example.org/a b"}, "BUTTON_URL_INVALID"),
        (
            {"url": "nowhere"},
            "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        (
            {"url": "ftp://example.org"},
            "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
        ),
        (
            {"web_app": {"url": "http://example.org"}},
            "inline keyboard button Web App URL 'http://example.org' is invalid: "
            "Only HTTPS links are allowed",
        ),
        ({"pay": True}, "BUTTON_TYPE_INVALID"),
    ],
)
async def test_bad_buttons_are_refused(stage: Stage, button: dict[str, Any], words: str) -> None:
    markup = inline({"text": "Подробнее", **button})
    refusal = await stage.refusal("sendMessage", chat_id=READER, text="x", reply_markup=markup)
    assert refusal == f"Bad Request: {words}"


async def test_a_button_needs_a_label(stage: Stage) -> None:
    markup = inline({"callback_data": "a"})
    refusal = await stage.refusal("sendMessage", chat_id=READER, text="x", reply_markup=markup)
    words = "can't parse inline keyboard button: Can't find field \"text\""
    assert refusal == f"Bad Request: {words}"


async def test_a_hundred_buttons_are_the_most(stage: Stage) -> None:
    button = {"text": "1", "callback_data": "1"}
    await stage.sends(reply_markup=inline(*[button] * 100))
    markup = inline(*[button] * 101)
    refusal = await stage.refusal("sendMessage", chat_id=READER, text="x", reply_markup=markup)
    assert refusal == "Bad Request: reply markup is too long"


async def test_people_see_a_reply_keyboard_and_the_bot_does_not(stage: Stage) -> None:
    markup = {"keyboard": [[{"text": "Да"}]], "resize_keyboard": True}
    sent = await stage.sends(reply_markup=markup)
    assert "reply_markup" not in sent
    assert (await stage.people.messages(READER))[-1]["reply_markup"] == markup
