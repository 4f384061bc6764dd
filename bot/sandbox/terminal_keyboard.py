"""The input line of the terminal chat."""

from collections.abc import Iterator, Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.styles import Style

_STYLE = Style.from_dict(
    {
        "prompt": "ansigreen bold",
        "hint": "ansibrightblack",
        "completion-menu": "bg:default",
        "completion-menu.completion": "bg:default fg:default",
        "completion-menu.completion.current": "bg:ansigreen fg:ansiblack noreverse",
        "completion-menu.meta.completion": "bg:default fg:ansibrightblack",
        "completion-menu.meta.completion.current": "bg:ansigreen fg:ansiblack",
    }
)


class CommandCompleter(Completer):
    """Completes /commands, with their descriptions, while the line is nothing but one."""

    def __init__(self) -> None:
        self.commands: Sequence[dict[str, str]] = ()

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterator[Completion]:
        """Give the commands that begin with what is typed."""
        typed = document.text_before_cursor
        if not typed.startswith("/"):
            return
        for command in self.commands:
            whole = f"/{command['command']}"
            if whole.startswith(typed):
                yield Completion(
                    whole, start_position=-len(typed), display_meta=command["description"]
                )


class Keyboard:
    """The input line of a terminal: completion of commands, history, a hint while it is empty."""

    def __init__(self, hint: str) -> None:
        self._completer = CommandCompleter()
        self._session: PromptSession[str] = PromptSession(
            completer=self._completer,
            complete_while_typing=True,
            key_bindings=_key_bindings(),
            style=_STYLE,
            placeholder=FormattedText([("class:hint", hint)]),
            reserve_space_for_menu=6,
        )

    async def line(self, commands: Sequence[dict[str, str]]) -> str | None:
        """Wait for a line from the person; None at Ctrl-D, or Ctrl-C on an empty line.

        commands: the bot's commands to complete, each with "command" and "description".
        """
        self._completer.commands = commands
        try:
            return await self._session.prompt_async(FormattedText([("class:prompt", "› ")]))
        except EOFError:
            return None


def _key_bindings() -> KeyBindings:
    bindings = KeyBindings()

    @bindings.add("enter", filter=Condition(lambda: not get_app().current_buffer.text.strip()))
    def say_nothing(_: KeyPressEvent) -> None:
        """An empty line is nothing to say; it would leave the hint standing as if it were said."""

    @bindings.add("c-c")
    def drop_line_or_leave(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=EOFError())

    return bindings
