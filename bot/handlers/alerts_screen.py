"""The screen of alerts: what is told at once, how often, and of which importance."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.archive.rows import Wishes
from bot.archive.searches import SavedRow
from bot.briefings import Briefings, Reader
from bot.formatting import FormattedText, clip
from bot.handlers.alerts_buttons import search_mark
from bot.handlers.alerts_words import promise
from bot.handlers.person_buttons import button
from bot.handlers.settings_screens import LEVELS, SettingsButton, Shown, level_names
from bot.handlers.typed_wishes import A_DAY
from bot.locales.wording import Wording

_NAMED = 8
_MOST_SEARCHES = 10
_WIDEST = 40


def alerts_screen(
    shown: Shown, saved: Sequence[SavedRow], briefings: Briefings, reader: Reader
) -> tuple[FormattedText, InlineKeyboardMarkup]:
    """Say what is told at once, and let it be changed."""
    words, wishes = reader.wording, shown.wishes
    names = briefings.topics.names(reader.language)
    text = briefings.renderer.message(
        "telegram/alerts.html.j2",
        reader,
        is_on=wishes.alerts_a_day > 0,
        promise=promise(wishes, words, has_briefing=shown.subscription is not None),
        people=[person.name for person in shown.people],
        topics=[name for topic, name in names.items() if topic in wishes.topics],
        with_topics=wishes.alert_topics,
        searches=[clip(row.text, _WIDEST) for row in saved],
        shown=_NAMED,
        importance=level_names(words)[level_of(wishes)],
    )
    return text, _keyboard(wishes, saved, words)


def level_of(wishes: Wishes) -> int:
    """Give the level of importance of alerts, a place in LEVELS."""
    return sum(wishes.alert_importance >= level for level in LEVELS) - 1


def _keyboard(wishes: Wishes, saved: Sequence[SavedRow], words: Wording) -> InlineKeyboardMarkup:
    often = [
        _set(
            words.say("{number} a day", number=number) if number else words.say("off").capitalize(),
            "perday",
            str(number),
            number == wishes.alerts_a_day,
        )
        for number in A_DAY
    ]
    rows = [often]
    if wishes.alerts_a_day:
        rows += [
            [_set(name.capitalize(), "atonce", str(level), level == level_of(wishes))]
            for level, name in enumerate(level_names(words))
        ]
        topics = words.say("My topics too")
        rows.append(
            [
                _set(
                    topics,
                    "alerttopics",
                    "off" if wishes.alert_topics else "on",
                    wishes.alert_topics,
                )
            ]
        )
    rows += [
        [
            button(
                clip(f"✕ 🔍 {row.text}", _WIDEST),
                SettingsButton(what="unsave", value=search_mark(row.text)),
            )
        ]
        for row in saved[:_MOST_SEARCHES]
    ]
    rows.append(
        [
            button(words.say("People"), SettingsButton(what="people")),
            button(words.say("Topics"), SettingsButton(what="topics")),
            button(words.say("Quiet hours"), SettingsButton(what="quiet")),
        ]
    )
    rows.append([button(words.say("‹ Settings"), SettingsButton(what="main"))])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _set(text: str, what: str, value: str, is_current: bool) -> InlineKeyboardButton:
    label = f"✓ {text}" if is_current else text
    return button(label, SettingsButton(what=what, value=value))
