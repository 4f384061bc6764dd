"""A message as Telegram would show it, drawn for a terminal or for plain text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.text import Text

from bot.sandbox.terminal_buttons import ButtonNumbers, Translate, button_rows
from bot.sandbox.terminal_text import Block, blocks, clean_line, first_address, host, wrap

MAX_WIDTH = 90
_BAR = ("│ ", "bright_blue")
_QUOTE_BAR = ("▎ ", "green")
_FOLDED_LINES = 3
_SAID_LINES = 4
_NARROWEST = 20


@dataclass(frozen=True)
class MessageView:
    """A message ready to be printed by rich, at any width up to MAX_WIDTH cells."""

    message: dict[str, Any]
    keyboard: tuple[tuple[str, ...], ...]
    say: Translate
    unfolded: bool
    edited: bool
    zone: tzinfo | None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """Give the lines of the message, for rich."""
        width = _text_width(options.max_width)
        yield _whole(self._header())
        body = self._body(width, plain=not options.is_terminal)[0]
        for line in [*body, *self._keyboard(width)]:
            yield _whole(Text.assemble(_BAR, line))

    def is_folded(self, console: Console) -> bool:
        """Tell whether this view hides something that an unfolded one would show."""
        width = _text_width(console.width)
        return self._body(width, plain=not console.is_terminal)[1]

    def _header(self) -> Text:
        sent = datetime.fromtimestamp(self.message["date"], UTC).astimezone(self.zone)
        header = Text.assemble((sender(self.message), "bold"), (f" · {sent:%H:%M}", "dim"))
        if self.edited:
            header.append(" · ", "dim")
            header.append(self.say("edited"), "dim italic")
        return header

    def _body(self, width: int, *, plain: bool) -> tuple[list[Text], bool]:
        """Lay out text, attachments and link preview; tell whether something is hidden."""
        text = self.message.get("text") or self.message.get("caption") or ""
        entities = self.message.get("entities") or self.message.get("caption_entities") or []
        lines: list[Text] = [Text(line, "dim") for line in self._attachments()]
        folded = not self.unfolded and any(entity["type"] == "spoiler" for entity in entities)
        hinted = False
        for block in blocks(text, entities, addresses=plain, unveiled=self.unfolded):
            rows, hidden = self._block(block, width, fold=not plain, hint=not hinted)
            lines += rows
            hinted = hinted or hidden
        preview = self._preview(text, entities)
        options = self.message.get("link_preview_options") or {}
        place = 0 if options.get("show_above_text") else len(lines)
        lines[place:place] = [Text(line, "dim") for line in preview]
        return lines, folded or hinted

    def _block(
        self, block: Block, width: int, *, fold: bool, hint: bool
    ) -> tuple[list[Text], bool]:
        if not block.quote:
            return wrap(block.text, width, fold=fold), False
        rows = wrap(block.text, width - cell_len(_QUOTE_BAR[0]), fold=fold)
        hidden = len(rows) - _FOLDED_LINES
        if not block.folds or self.unfolded or hidden <= 0:
            return [Text.assemble(_QUOTE_BAR, row) for row in rows], False
        more = "… " + self.say("more lines: {count}").format(count=hidden)
        if hint:
            more += " · " + self.say("type > to unfold")
        rows[_FOLDED_LINES:] = [Text(more, "dim")]
        return [Text.assemble(_QUOTE_BAR, row) for row in rows], True

    def _attachments(self) -> Iterator[str]:
        message = self.message
        if message.get("photo"):
            yield self.say("Photo")
        elif document := message.get("document"):
            yield self.say("File: {name}").format(name=clean_line(document.get("file_name", "")))
        elif not message.get("text") and not message.get("caption"):
            yield self.say("A message of a kind that only Telegram itself can show.")

    def _preview(self, text: str, entities: list[dict[str, Any]]) -> Iterator[str]:
        options = self.message.get("link_preview_options") or {}
        if options.get("is_disabled") or not self.message.get("text"):
            return
        if address := options.get("url") or first_address(text, entities):
            yield self.say("Link preview: {host}").format(host=host(address))

    def _keyboard(self, width: int) -> Iterator[Text]:
        """Lay out the buttons in their rows; a row too wide goes on in the next line."""
        for row in self.keyboard:
            line = Text()
            for button in row:
                if line and cell_len(line.plain) + 2 + cell_len(button) > width:
                    yield line
                    line = Text()
                number, _, label = button.partition(" ")
                line.append("  " if line else "").append(number, "bold bright_blue")
                line.append(f" {label}")
            yield line


def render_message(
    message: dict[str, Any],
    *,
    numbers: ButtonNumbers,
    unfolded: bool = False,
    edited: bool = False,
    say: Translate = str,
    zone: tzinfo | None = None,
) -> MessageView:
    """Draw a message; its buttons get their numbers now.

    message: a Bot API Message object, entity offsets in UTF-16 units.
    numbers: where the buttons are entered.
    unfolded: show quotes whole and what spoilers hide.
    edited: mark it as a message shown before in another form.
    say: translates the words around the message; zone: of the times shown (None: the system's).
    """
    rows = button_rows(message)
    given = iter(numbers.assign(message["message_id"], [button for row in rows for button in row]))
    keyboard = tuple(tuple(f"[{next(given)}] {button.face}" for button in row) for row in rows)
    return MessageView(message, keyboard, say, unfolded, edited, zone)


def render_line(words: str, width: int) -> Text:
    """Draw what the person says, as what begins their turn; something long only in part.

    width: of the terminal, in cells.
    """
    lines = wrap(Text(clean_line(words), "bold"), _text_width(width), fold=True)
    if len(lines) > _SAID_LINES:
        lines[_SAID_LINES:] = [Text("…", "bold")]
    return _whole(Text.assemble(("› ", "bold green"), Text("\n  ").join(lines)))


def sender(message: dict[str, Any]) -> str:
    """Name who sent a message: a person, a bot, or a channel by its title; and through whom."""
    via = message.get("via_bot")
    return f"{_author(message)} · @{via['username']}" if via else _author(message)


def _author(message: dict[str, Any]) -> str:
    who = message.get("sender_chat") or message.get("from") or message.get("chat") or {}
    names = (who.get("title"), who.get("first_name"), who.get("last_name"))
    return clean_line(" ".join(name for name in names if name)) or str(who.get("id", "?"))


def _text_width(width: int) -> int:
    return max(min(width, MAX_WIDTH) - cell_len(_BAR[0]), _NARROWEST)


def _whole(line: Text) -> Text:
    """Keep rich from breaking a line that is laid out already."""
    line.rstrip()
    line.no_wrap = True
    line.overflow = "ignore"
    return line
