"""The buttons under a message, numbered so that a person without a mouse can press them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.sandbox.terminal_text import clean, clean_line

Translate = Callable[[str], str]
"""A gettext: an English sentence in, the reader's sentence out."""


class Act(Enum):
    """What Telegram does when a button is pressed; the value is the sign after its label."""

    CALLBACK = ""
    SAY = " "
    OPEN = "↗"
    COPY = "❐"
    SHARE = "→"
    INLINE = "@"
    APP = "▣"
    CHOOSE = "+"
    FURTHER = "…"
    ELSEWHERE = "×"


@dataclass(frozen=True)
class Button:
    """One button: under which message, what is written on it, what it does and with what."""

    message_id: int
    label: str
    act: Act
    value: str

    @property
    def face(self) -> str:
        """The label with the sign of what the button does, unless the label ends with it."""
        sign = self.act.value.strip()
        return f"{self.label.removesuffix(sign).rstrip()} {sign}" if sign else self.label

    def explain(self, say: Translate) -> str:
        """Say what Telegram would do now; for buttons that send nothing to the bot."""
        sentence = {
            Act.OPEN: say("This button opens {value}"),
            Act.COPY: say("This button copies: {value}"),
            Act.APP: say("This button opens an app inside Telegram: {value}"),
        }.get(self.act, say("This button works only in Telegram itself."))
        return sentence.format(value=self.value)


class ButtonNumbers:
    """Which number presses which button.

    Numbers count up from message to message. A message that is shown again keeps its numbers
    while they suffice; if it has more buttons than before, all of them get new ones.
    """

    def __init__(self) -> None:
        self._buttons: dict[int, Button] = {}
        self._of_message: dict[int, range] = {}
        self._next = 1

    def assign(self, message_id: int, buttons: list[Button]) -> range:
        """Number the buttons of a message; numbers it had before lose their old meaning.

        Returns the numbers, in the order of the buttons.
        """
        numbers = self._of_message.get(message_id, range(0))
        self.forget(message_id)
        if len(buttons) > len(numbers):
            numbers = range(self._next, self._next + len(buttons))
            self._next = numbers.stop
        # The whole range stays reserved, for the day the message has all its buttons again.
        self._of_message[message_id] = numbers
        self._buttons.update(zip(numbers, buttons, strict=False))
        return numbers[: len(buttons)]

    def forget(self, message_id: int) -> None:
        """Take the buttons of a message away, since it was deleted or is shown anew."""
        for number in self._of_message.get(message_id, ()):
            self._buttons.pop(number, None)

    def find(self, number: int) -> Button | None:
        """Find the button with this number, if there is one."""
        return self._buttons.get(number)

    def newest(self, count: int) -> list[int]:
        """List up to count numbers that can be pressed, the newest ones, in ascending order."""
        return sorted(self._buttons)[-count:]


def button_rows(message: dict[str, Any]) -> list[list[Button]]:
    """Read the keyboard of a message, inline or reply keyboard, row by row.

    message: a Bot API Message object.
    """
    markup = message.get("reply_markup") or {}
    read = _inline_button if "inline_keyboard" in markup else _reply_button
    rows: Iterable[Any] = markup.get("inline_keyboard") or markup.get("keyboard") or ()
    return [[read(message["message_id"], button) for button in row] for row in rows if row]


def offered_buttons(answer: dict[str, Any], further: str) -> list[Button]:
    """Read what a bot offers in inline mode: its button, its results, and what comes after them.

    answer: the sandbox's record of an answerInlineQuery call. further: the label of the last one.
    """
    query_id = answer["inline_query_id"]
    place = -int(query_id)
    buttons = []
    if button := answer.get("button"):
        starts = f"/start {button.get('start_parameter', '')}"
        buttons.append(Button(place, clean_line(button["text"]), Act.SAY, starts))
    for result in answer["results"]:
        label = clean_line(str(result.get("title", "")))
        buttons.append(Button(place, label, Act.CHOOSE, f"{query_id} {result['id']}"))
    if offset := answer.get("next_offset"):
        buttons.append(Button(place, further, Act.FURTHER, f"{offset} {answer['query']}"))
    return buttons


def _inline_button(message_id: int, button: dict[str, Any]) -> Button:
    chosen = button.get("switch_inline_query_chosen_chat")
    act, value = Act.ELSEWHERE, ""
    if "callback_data" in button:
        # Not cleaned: it goes back to the bot and never to the screen.
        return Button(message_id, clean_line(button["text"]), Act.CALLBACK, button["callback_data"])
    if "url" in button:
        act, value = Act.OPEN, button["url"]
    elif "login_url" in button:
        act, value = Act.OPEN, button["login_url"]["url"]
    elif "copy_text" in button:
        act, value = Act.COPY, button["copy_text"]["text"]
    elif "switch_inline_query" in button:
        act, value = Act.SHARE, button["switch_inline_query"]
    elif chosen is not None:
        act, value = Act.SHARE, chosen.get("query", "")
    elif "switch_inline_query_current_chat" in button:
        act, value = Act.INLINE, button["switch_inline_query_current_chat"]
    elif "web_app" in button:
        act, value = Act.APP, button["web_app"]["url"]
    return Button(message_id, clean_line(button["text"]), act, clean(value))


def _reply_button(message_id: int, button: dict[str, Any] | str) -> Button:
    if isinstance(button, str):
        return Button(message_id, clean_line(button), Act.SAY, button)
    if "web_app" in button:
        address = clean(button["web_app"]["url"])
        return Button(message_id, clean_line(button["text"]), Act.APP, address)
    asks = any(key.startswith("request_") and button[key] for key in button)
    act = Act.ELSEWHERE if asks else Act.SAY
    return Button(message_id, clean_line(button["text"]), act, button["text"])
