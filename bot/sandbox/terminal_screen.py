"""What the terminal chat has on its screen: it prints events and remembers what can be acted on."""

from datetime import tzinfo
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.sandbox.terminal import MAX_WIDTH, MessageView, render_line, render_message, sender
from bot.sandbox.terminal_buttons import Button, ButtonNumbers, Translate, offered_buttons
from bot.sandbox.terminal_text import clean, clean_line, wrap

_GLIMPSE = 40
_NUMBERS_NAMED = 8

Message = dict[str, Any]
"""A Bot API Message object."""


class Screen:
    """Prints one chat as its person sees it."""

    def __init__(
        self,
        console: Console,
        errors: Console,
        *,
        person: int,
        say: Translate,
        zone: tzinfo | None,
    ) -> None:
        self.numbers = ButtonNumbers()
        self._console = console
        self._errors = errors
        self._person = person
        self._say = say
        self._zone = zone
        self._messages: dict[int, Message] = {}
        self._folded: list[int] = []

    def event(self, kind: str, body: dict[str, Any]) -> None:
        """Print what happened in the chat; kinds that leave nothing on a screen are passed over.

        kind, body: as in the sandbox's events; a message or an edit is a Bot API Message object.
        """
        if kind == "message":
            self._message(body, edited=False)
        elif kind == "edit":
            self._message(body, edited=True)
        elif kind == "delete":
            self._deleted(body["message_id"])
        elif kind == "callback_answer":
            self._answered(body)
        elif kind == "inline_answer" and body["user_id"] == self._person:
            self._offered(body)

    def past(self, message: Message) -> None:
        """Print a message from before the chat was opened, the person's own ones too."""
        if self._is_own(message):
            self.said(message.get("text", ""))
        else:
            self._message(message, edited="edit_date" in message)

    def said(self, line: str) -> None:
        """Print what the person says."""
        self._console.print(render_line(line, self._console.width), soft_wrap=True)
        self._console.print()

    def gap(self) -> None:
        """Leave a line free after what the person typed."""
        self._console.print()

    def pressed(self, line: str, button: Button | None) -> None:
        """Print which button the person presses; line is what they typed."""
        self.said(f"[{int(line)}] {button.label}" if button else line)

    def unfold(self) -> None:
        """Print the last folded message again, unfolded; each further call goes one back."""
        if not self._folded:
            self.problem(self._say("Nothing is folded."))
            return
        self._draw(self._messages[self._folded.pop()], unfolded=True)

    def quiet(self, text: str) -> None:
        """Print a line of the chat's own, less bright than what the bot says."""
        self._lines(self._console, text, "dim")
        self._console.print()

    def problem(self, text: str) -> None:
        """Print why something typed could not be done, and what to do instead."""
        self._lines(self._errors, text, "yellow")
        self._errors.print()

    def no_such_button(self, number: str) -> None:
        """Explain a number without a button."""
        say = self._say
        sentences = [say("There is no button {number}.")]
        if newest := ", ".join(map(str, self.numbers.newest(_NUMBERS_NAMED))):
            sentences.append(say("The newest buttons: {numbers}."))
        sentences.append(say("To send the number itself, type \\{number}"))
        self.problem(" ".join(sentences).format(number=number, numbers=newest))

    def guide(self) -> None:
        """Print what the terminal itself can do."""
        say = self._say
        entries = {
            "/": say("begins a command; Tab completes it"),
            "12": say("a number alone presses that button"),
            ">": say("unfolds the last folded quotes and spoilers"),
            "\\12": say("sends what follows the \\ as it is"),
            "@": say("and words: what the bot offers in any other chat"),
            "!help": say("shows this"),
            "!quit": say("ends the chat, like Ctrl-D"),
        }
        for key, meaning in entries.items():
            line = Text.assemble((f"{key:>7}  ", "bold"), (meaning, "dim"))
            self._console.print(line, soft_wrap=True)
        self._console.print()

    def _is_own(self, message: Message) -> bool:
        is_theirs = message.get("from", {}).get("id") == self._person
        # What was chosen of the bot's offers, the person has not typed and not seen yet.
        return is_theirs and "via_bot" not in message

    def _message(self, message: Message, *, edited: bool) -> None:
        if self._is_own(message):
            return
        identity = message["message_id"]
        self._messages[identity] = message
        self._folded = [other for other in self._folded if other != identity]
        if self._draw(message, edited=edited).is_folded(self._console):
            self._folded.append(identity)

    def _draw(
        self, message: Message, *, edited: bool = False, unfolded: bool = False
    ) -> MessageView:
        view = render_message(
            message,
            numbers=self.numbers,
            unfolded=unfolded,
            edited=edited,
            say=self._say,
            zone=self._zone,
        )
        self._console.print(view, soft_wrap=True)
        self._console.print()
        return view

    def _deleted(self, identity: int) -> None:
        self.numbers.forget(identity)
        self._folded = [other for other in self._folded if other != identity]
        message = self._messages.pop(identity, None)
        if message is None:
            return
        glimpse = clean_line(message.get("text") or message.get("caption") or sender(message))
        if len(glimpse) > _GLIMPSE:
            glimpse = glimpse[:_GLIMPSE].rstrip() + "…"
        self.quiet(self._say("Deleted: {text}").format(text=glimpse))

    def _offered(self, answer: dict[str, Any]) -> None:
        """Print what the bot offers to put into a chat, each with the number that does so."""
        buttons = offered_buttons(answer, self._say("Further"))
        numbers = self.numbers.assign(-int(answer["inline_query_id"]), buttons)
        described = {
            f"{answer['inline_query_id']} {result['id']}": result for result in answer["results"]
        }
        self.quiet(self._say("The bot offers to put into this chat:"))
        for number, button in zip(numbers, buttons, strict=True):
            line = Text.assemble((f"[{number}] ", "bold bright_blue"), clean_line(button.face))
            self._console.print(line, soft_wrap=True)
            if description := described.get(button.value, {}).get("description"):
                self._lines(self._console, f"  {clean_line(description)}", "dim")
        self._console.print()

    def _answered(self, answer: dict[str, Any]) -> None:
        # In a group, what others are told stays with them.
        if answer["user_id"] != self._person:
            return
        text = clean(answer.get("text") or "")
        if text and answer.get("show_alert"):
            panel = Panel.fit(Text(text), border_style="yellow", padding=(0, 1))
            self._console.print(panel, width=min(self._console.width, MAX_WIDTH))
            self._console.print()
        elif text:
            self.quiet(text)
        if address := answer.get("url"):
            self.quiet(self._say("This button opens {value}").format(value=clean_line(address)))

    def _lines(self, console: Console, text: str, style: str) -> None:
        width = min(console.width, MAX_WIDTH)
        for line in wrap(Text(clean(text), style), width, fold=console.is_terminal):
            console.print(line, soft_wrap=True)
