"""The buttons below what is told at once: its stories, and the end of what it was told for."""

import zlib
from collections.abc import Mapping, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.archive.alert_rows import Reason, Why
from bot.briefings.alert_views import AlertView
from bot.formatting import clip
from bot.handlers.buttons import command_button
from bot.handlers.edition_buttons import StoryButton
from bot.handlers.person_buttons import button, in_rows
from bot.locales.wording import Wording

_A_ROW = 5
_MOST_STOPS = 3
_NAME_LIMIT = 40


class StopButton(CallbackData, prefix="al"):
    """Be told of something no longer.

    why: a `bot.archive.alert_rows.Why`. what: the id of a person or topic; of a search its mark,
    which is the same for all who saved it.
    """

    why: Why
    what: str


def alert_keyboard(
    views: Sequence[AlertView],
    reasons: Sequence[Reason],
    names: Mapping[int, str],
    words: Wording,
) -> InlineKeyboardMarkup:
    """Make the buttons below a message that tells of stories at once.

    names: of the people among the reasons, by id.
    """
    if len(views) == 1:
        rows = [[button(words.say("Details"), StoryButton(id=views[0].told.id))]]
    else:
        numbers = [
            button(str(number), StoryButton(id=view.told.id))
            for number, view in enumerate(views, start=1)
        ]
        rows = in_rows(numbers, _A_ROW)
    for why, what in reasons[:_MOST_STOPS]:
        if why is Why.PERSON:
            label = words.say("Unfollow: {name}", name=names.get(int(what), what))
        elif why is Why.TOPIC:
            label = words.say("No alerts about topics")
        else:
            label = words.say("Drop the search: {query}", query=what)
        stop = StopButton(why=why, what=search_mark(what) if why is Why.SEARCH else what)
        rows.append([button(clip(label, _NAME_LIMIT), stop)])
    rows.append([command_button(words.say("What I tell at once"), "alerts")])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def search_mark(text: str) -> str:
    """Name a search shortly enough for a button."""
    return f"{zlib.crc32(text.encode()):08x}"
