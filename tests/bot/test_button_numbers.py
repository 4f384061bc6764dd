"""Numbers in buttons: what a tampered client makes up beyond what rows have never gets through."""

import importlib
import pkgutil

import pytest
from aiogram.filters.callback_data import CallbackData
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot import handlers
from bot.handlers.broadcast_screens import BroadcastButton
from bot.handlers.edition_buttons import StoryButton
from bot.handlers.invite_buttons import RemoveButton
from bot.handlers.naming import item_of
from bot.handlers.person_buttons import SplitButton
from bot.handlers.schedule_screens import ScheduleButton
from bot.items import Kind

LARGEST = 2**31 - 1
# What is no row's number: Telegram's of a chat, a sum over a name, the parts of a time, which are
# looked at one by one before a rule is made of them.
_OTHER = {
    (RemoveButton, "chat"),
    (SplitButton, "check"),
    *((ScheduleButton, part) for part in ("weekday", "day", "hour", "minute")),
}


def _numbers() -> list[tuple[type[CallbackData], str]]:
    """Every number of every button there is."""
    for module in pkgutil.iter_modules(handlers.__path__):
        importlib.import_module(f"bot.handlers.{module.name}")
    return sorted(
        (
            (button, name)
            for button in CallbackData.__subclasses__()
            if button.__module__.startswith("bot.")
            for name, field in button.model_fields.items()
            if field.annotation is int and (button, name) not in _OTHER
        ),
        key=lambda one: (one[0].__module__, one[0].__name__, one[1]),
    )


def _carried(button: type[CallbackData], name: str, number: int) -> str:
    """Write what the button carries with this number, each other field with something short."""
    fields = [str(number) if field == name else "1" for field in button.model_fields]
    return ":".join([button.__prefix__, *fields])


def test_there_are_numbers_to_look_at() -> None:
    assert (StoryButton, "id") in _numbers()
    assert (BroadcastButton, "id") in _numbers()


@pytest.mark.parametrize(("button", "name"), _numbers())
@given(number=st.integers(LARGEST + 1, 10**20) | st.integers(-(10**20), -LARGEST - 1))
def test_a_number_beyond_what_rows_have_makes_it_no_button(
    button: type[CallbackData], name: str, number: int
) -> None:
    with pytest.raises(ValidationError) as refused:
        button.unpack(_carried(button, name, number))
    assert (name,) in [error["loc"] for error in refused.value.errors()]


@pytest.mark.parametrize("number", [2**63, -(2**63)])
def test_a_chat_has_no_number_beyond_what_a_row_keeps(number: int) -> None:
    with pytest.raises(ValidationError):
        RemoveButton.unpack(f"gr:{number}:0")
    assert RemoveButton.unpack("gr:-1001234567890:0").chat == -1001234567890


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("t:5", "s5"),
        ("t:-5", "a5"),
        ("td:5:pdf", "s5"),
        ("a:5:1:0", "a5"),
        ("p:7:n:0", "p7"),
        ("u:9", "q9"),
        ("ua:5", "a5"),
        ("qo:5", "a5"),
        ("e:egx2k9v-gx3hb7:o:0", "egx2k9v-gx3hb7"),
        ("ed:egx2k9v-gx3hb7:pdf", "egx2k9v-gx3hb7"),
        ("x:s5", "s5"),
        ("xd:egx2k9v-gx3hb7:pdf", "egx2k9v-gx3hb7"),
        ("c:alerts", None),
        ("q:5:new:0", None),
        ("t:0", None),
        ("t:x", None),
        ("t:9999999999", None),
        ("", None),
    ],
)
def test_a_button_is_about_an_item(data: str, name: str | None) -> None:
    item = item_of(data)
    assert (None if item is None else str(item)) == name


@given(st.text(max_size=64) | st.from_regex(r"(t|u|a|p|x|e):[a-z]{0,2}-?[0-9]{1,20}(:.*)?"))
def test_whatever_is_sent_as_a_button_names_nothing_beyond_what_rows_have(data: str) -> None:
    item = item_of(data)
    assert item is None or item.kind is Kind.EDITION or 0 < item.number <= LARGEST
