"""The screens of /settings: what each says and which buttons it has."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.archive.rows import Length, Quiet, SubscriptionRow, Wishes
from bot.archive.wishes import FollowedRow
from bot.briefings import Briefings, Reader
from bot.formatting import FormattedText
from bot.handlers.alerts_words import a_day, hours_of
from bot.handlers.buttons import command_button
from bot.handlers.schedule_screens import grid, moment, schedule_of
from bot.locales.wording import LANGUAGE_NAMES, Wording

LEVELS = (0.0, 0.45, 0.65)
"""The least importance that can be chosen: everything, notable, the most important.

By `ranking.standing`: a story on the beat that one outlet tells, with nobody of rank in it, weighs
0.39; with an ambassador 0.57; told by three outlets with a minister 0.72.
"""
QUIET_HOURS = ((21, 7), (22, 7), (22, 8), (23, 7), (23, 8), (0, 8))
PAUSES = (3, 7, 14, 30)
"""Days."""

_WIDEST = 40
_MOST_PEOPLE = 30


class SettingsButton(CallbackData, prefix="w"):
    """Show a screen of the settings, or set what `what` names to `value`."""

    what: str
    value: str = ""


@dataclass(frozen=True)
class Shown:
    """Everything that the screens tell of a chat."""

    wishes: Wishes
    people: Sequence[FollowedRow]
    subscription: SubscriptionRow | None
    language: str
    is_managed: bool = False
    """Whether the chat is another one than that in which the screens stand."""


def screen(
    name: str, shown: Shown, briefings: Briefings, reader: Reader, now: datetime
) -> tuple[FormattedText | str, InlineKeyboardMarkup]:
    """Make a screen by the name that its button has; the first one for an unknown name."""
    words = reader.wording
    screens: dict[str, Callable[[], tuple[FormattedText | str, InlineKeyboardMarkup]]] = {
        "language": lambda: language_screen(shown, reader),
        "topics": lambda: topics_screen(shown, briefings, reader),
        "people": lambda: people_screen(shown, words),
        "words": lambda: words_screen(shown, words),
        "weight": lambda: weight_screen(shown, words),
        "quiet": lambda: quiet_screen(shown, words),
        "pause": lambda: pause_screen(shown, words),
    }
    if name in screens:
        return screens[name]()
    return main_text(shown, briefings, reader, now), main_keyboard(shown, words)


def main_text(shown: Shown, briefings: Briefings, reader: Reader, now: datetime) -> FormattedText:
    """Say all settings of a chat."""
    words, running = reader.wording, shown.subscription
    names = briefings.topics.names(reader.language)
    paused = running.paused_until if running else None
    return briefings.renderer.message(
        "telegram/settings.html.j2",
        reader,
        wishes=shown.wishes,
        language=LANGUAGE_NAMES[shown.language],
        schedule=running and schedule_of(running.rule, words, now),
        next=running and moment(running.next_due_at, reader.time_zone, words, now),
        paused_until=words.day(paused, reader.time_zone) if paused and paused > now else None,
        topics=[name for topic, name in names.items() if topic in shown.wishes.topics],
        people=[person.name for person in shown.people],
        importance=level_names(words)[_level(shown.wishes)],
        quiet=shown.wishes.quiet and hours_of(shown.wishes.quiet),
        alerts=a_day(shown.wishes.alerts_a_day, words),
    )


def main_keyboard(shown: Shown, words: Wording) -> InlineKeyboardMarkup:
    """Make the buttons below all settings."""
    wishes = shown.wishes
    if wishes.length is Length.SHORT:
        length = _button(words.say("Send it whole"), "length", Length.FULL)
    else:
        length = _button(words.say("Send it short"), "length", Length.SHORT)
    rows = [
        [_button(words.say("Language"), "language"), length],
        [_button(words.say("Topics"), "topics"), _button(words.say("People"), "people")],
        [_button(words.say("Words"), "words"), _button(words.say("Importance"), "weight")],
        [_button(words.say("Quiet hours"), "quiet"), _button(words.say("Pause"), "pause")],
        [
            _switch(words.say("Without a sound"), "silent", wishes.is_silent),
            _switch(words.say("PDF attached"), "pdf", wishes.has_pdf),
        ],
        [
            _switch(words.say("Rich message"), "rich", wishes.is_rich),
            command_button(words.say("Schedule"), "subscribe"),
        ],
        [_button(words.say("Alerts"), "alerts")],
    ]
    if shown.subscription is None:
        # Nothing comes that could be paused.
        rows[3].pop()
    if shown.is_managed:
        rows.append(_managed_row(shown, words))
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _managed_row(shown: Shown, words: Wording) -> list[InlineKeyboardButton]:
    row = [command_button(words.say("‹ My groups and channels"), "groups")]
    if shown.subscription is not None:
        row.append(command_button(words.say("Unsubscribe"), "unsubscribe"))
    return row


def language_screen(shown: Shown, reader: Reader) -> tuple[str, InlineKeyboardMarkup]:
    """Ask for the interface language."""
    words = reader.wording
    buttons = [
        _button(_marked(name, language == shown.language), "language", language)
        for language, name in LANGUAGE_NAMES.items()
    ]
    if shown.is_managed:
        text = words.say("In which language shall the briefing come there?")
    else:
        text = words.say("In which language shall I speak?")
    return text, _with_way_back([buttons], words)


def topics_screen(
    shown: Shown, briefings: Briefings, reader: Reader
) -> tuple[str, InlineKeyboardMarkup]:
    """Let topics be ticked."""
    words, chosen = reader.wording, shown.wishes.topics
    buttons = [
        _button(
            _marked(name, topic in chosen), "topic", f"-{topic}" if topic in chosen else f"+{topic}"
        )
        for topic, name in briefings.topics.names(reader.language).items()
    ]
    rows = grid(buttons, 2)
    rows.append([_button(_marked(words.say("All topics"), not chosen), "topic", "all")])
    text = words.say("Which topics shall the briefing tell of? None ticked means all.")
    return text, _with_way_back(rows, words)


def people_screen(shown: Shown, words: Wording) -> tuple[str, InlineKeyboardMarkup]:
    """List the people followed; a press on one ends it."""
    if not shown.people:
        text = words.say(
            "You follow nobody yet. Find somebody with /person and a name, then press “Follow”."
        )
        return _typed(text, shown, words), _with_way_back([], words)
    rows = [
        [_button(f"✕ {person.name[:_WIDEST]}", "unfollow", str(person.id))]
        for person in shown.people[:_MOST_PEOPLE]
    ]
    only = shown.wishes.only_followed
    rows.append([_switch(words.say("Only stories with them"), "only", only)])
    text = words.say(
        "The people you follow. ✕ ends that; /person and a name finds more. Stories with them are "
        "told whatever topics and words you chose, and at once: /alerts"
    )
    return _typed(text, shown, words), _with_way_back(rows, words)


def words_screen(shown: Shown, words: Wording) -> tuple[str, InlineKeyboardMarkup]:
    """List the words of both kinds; a press on one drops it."""
    wishes = shown.wishes
    buttons = [_button(f"✕ {word[:_WIDEST]}", "drop", mark("i", word)) for word in wishes.include]
    buttons += [
        _button(f"✕ − {word[:_WIDEST]}", "drop", mark("x", word)) for word in wishes.exclude
    ]
    text = words.say(
        "I can tell only of stories with certain words, and leave out those with others. Any form "
        "of a word counts.\n\nTo add: /include {wanted}\nTo leave out: /exclude {unwanted}",
        wanted=words.say("oil, uranium"),
        unwanted=words.say("football"),
    )
    return _typed(text, shown, words), _with_way_back(grid(buttons, 2), words)


def weight_screen(shown: Shown, words: Wording) -> tuple[str, InlineKeyboardMarkup]:
    """Ask how important a story must be."""
    chosen = _level(shown.wishes)
    rows = [
        [_button(_marked(name.capitalize(), level == chosen), "weight", str(level))]
        for level, name in enumerate(level_names(words))
    ]
    text = words.say(
        "Which stories shall come? Those weigh most that many outlets tell, with people in high "
        "posts, right on the beat."
    )
    return text, _with_way_back(rows, words)


def quiet_screen(shown: Shown, words: Wording) -> tuple[str, InlineKeyboardMarkup]:
    """Ask for the hours without a sound."""
    buttons = [
        _button(
            _marked(hours_of(Quiet(*hours)), shown.wishes.quiet == Quiet(*hours)),
            "quiet",
            "{}-{}".format(*hours),
        )
        for hours in QUIET_HOURS
    ]
    rows = grid(buttons, 2)
    no_hours = _marked(words.say("No quiet hours"), not shown.wishes.quiet)
    rows.append([_button(no_hours, "quiet", "none")])
    text = words.say(
        "In quiet hours, by your clock, the briefing comes without a sound, and alerts wait."
    )
    return text, _with_way_back(rows, words)


def pause_screen(shown: Shown, words: Wording) -> tuple[str, InlineKeyboardMarkup]:
    """Ask until when nothing shall come."""
    buttons = [
        _button(words.count("{number} day", "{number} days", days), "pause", str(days))
        for days in PAUSES
    ]
    rows = grid(buttons, 2)
    rows.append([_button(words.say("No pause"), "pause", "0")])
    text = words.say(
        "How long shall nothing come? Until a certain day: /pause {day}", day="15.01.2027"
    )
    return _typed(text, shown, words), _with_way_back(rows, words)


def _typed(text: str, shown: Shown, words: Wording) -> str:
    """Say, where a command would be for this chat, how it comes to be for the other one."""
    if not shown.is_managed:
        return text
    hint = words.say("Send the command as a reply to this message: then it is for that chat.")
    return f"{text}\n\n{hint}"


def level_names(words: Wording) -> tuple[str, str, str]:
    """Name the levels of importance."""
    return words.say("everything"), words.say("notable"), words.say("only the most important")


def mark(kind: str, word: str) -> str:
    """Name a word shortly enough for a button: its place in the list would not stay the same.

    kind: "i" of the words to include, "x" of those to leave out.
    """
    return f"{kind}{zlib.crc32(word.encode()):08x}"


def _level(wishes: Wishes) -> int:
    return sum(wishes.least_importance >= level for level in LEVELS) - 1


def _button(text: str, what: str, value: str = "") -> InlineKeyboardButton:
    data = SettingsButton(what=what, value=value).pack()
    return InlineKeyboardButton(text=text, callback_data=data)


def _switch(text: str, what: str, is_on: bool) -> InlineKeyboardButton:
    return _button(_marked(text, is_on), what, "off" if is_on else "on")


def _marked(text: str, is_current: bool) -> str:
    return f"✓ {text}" if is_current else text


def _with_way_back(rows: list[list[InlineKeyboardButton]], words: Wording) -> InlineKeyboardMarkup:
    back = _button(words.say("‹ Settings"), "main")
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [back]])
