"""The screens on the way to a subscription: what each says and which buttons it has."""

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.clock import known_zones
from bot.handlers.buttons import command_button
from bot.locales.wording import Wording, utc_offset

HOURS = range(6, 22)
ZONES = (
    "Asia/Almaty",
    "Asia/Tashkent",
    "Asia/Dubai",
    "Europe/Moscow",
    "Europe/Istanbul",
    "Europe/Brussels",
    "Europe/London",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "Asia/Tokyo",
    "UTC",
)


class ScheduleButton(CallbackData, prefix="s"):
    """A step on the way to a subscription; the whole choice so far travels in the button."""

    step: str
    """Which screen comes: "main", "day", "hour", "zone"; or "done", to begin."""
    weekday: int
    hour: int
    zone: str

    def is_possible(self) -> bool:
        """Tell whether the choice makes sense: buttons can be old, or forged."""
        return self.weekday in range(7) and self.hour in range(24) and self.zone in known_zones()


def schedule(choice: ScheduleButton, words: Wording, now: datetime) -> str:
    """Say a schedule: "по понедельникам в 09:00 (Алматы, UTC+5)"."""
    weekly = (
        words.say("every Monday"),
        words.say("every Tuesday"),
        words.say("every Wednesday"),
        words.say("every Thursday"),
        words.say("every Friday"),
        words.say("every Saturday"),
        words.say("every Sunday"),
    )
    return words.say(
        "{weekly} at {hour} ({zone})",
        weekly=weekly[choice.weekday],
        hour=f"{choice.hour:02}:00",
        zone=zone_name(choice.zone, words, now),
    )


def proposal(choice: ScheduleButton, words: Wording, now: datetime) -> str:
    """Ask whether a schedule suits."""
    return words.say(
        "I can send the week's briefing {schedule}. Does that suit?",
        schedule=schedule(choice, words, now),
    )


def zone_name(zone: str, words: Wording, now: datetime) -> str:
    """Name a zone by its city and its distance from UTC."""
    offset = utc_offset(zone, now)
    return offset if zone == "UTC" else f"{words.city(zone)}, {offset}"


def moment(at: datetime, zone: str, words: Wording, now: datetime) -> str:
    """Say a moment to come: "понедельник, 30 ноября, 09:00"."""
    local = at.astimezone(ZoneInfo(zone))
    today = now.astimezone(ZoneInfo(zone)).date()
    day = words.day(at, zone, today=today)
    return f"{words.weekday(local.weekday())}, {day}, {words.time(at, zone)}"


def main_keyboard(choice: ScheduleButton, words: Wording, *, running: bool) -> InlineKeyboardMarkup:
    """Make the buttons of the first screen: begin or end, and what can be changed."""
    changes = [
        _step(choice, "day", words.say("Day")),
        _step(choice, "hour", words.say("Hour")),
        _step(choice, "zone", words.say("Time zone")),
    ]
    if running:
        last = command_button(words.say("Unsubscribe"), "unsubscribe")
    else:
        last = _step(choice, "done", words.say("Subscribe"))
    return InlineKeyboardMarkup(inline_keyboard=[changes, [last]] if running else [[last], changes])


def days_keyboard(choice: ScheduleButton, words: Wording) -> InlineKeyboardMarkup:
    """Make one button a weekday."""
    buttons = [
        _step(
            choice.model_copy(update={"weekday": day}),
            "main",
            _marked(words.weekday(day).capitalize(), day == choice.weekday),
        )
        for day in range(7)
    ]
    return _grid(buttons, 2)


def hours_keyboard(choice: ScheduleButton) -> InlineKeyboardMarkup:
    """Make one button an hour of the day."""
    buttons = [
        _step(
            choice.model_copy(update={"hour": hour}),
            "main",
            _marked(f"{hour:02}:00", hour == choice.hour),
        )
        for hour in HOURS
    ]
    return _grid(buttons, 4)


def zones_keyboard(choice: ScheduleButton, words: Wording, now: datetime) -> InlineKeyboardMarkup:
    """Make one button a time zone."""
    zones = ZONES if choice.zone in ZONES else (choice.zone, *ZONES)
    buttons = [
        _step(
            choice.model_copy(update={"zone": zone}),
            "main",
            _marked(zone_name(zone, words, now), zone == choice.zone),
        )
        for zone in zones
    ]
    return _grid(buttons, 2)


def again_keyboard(words: Wording) -> InlineKeyboardMarkup:
    """Make the button that leads back to a subscription."""
    button = command_button(words.say("Subscribe again"), "subscribe")
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


def _step(choice: ScheduleButton, step: str, text: str) -> InlineKeyboardButton:
    data = choice.model_copy(update={"step": step}).pack()
    return InlineKeyboardButton(text=text, callback_data=data)


def _marked(text: str, is_current: bool) -> str:
    return f"✓ {text}" if is_current else text


def _grid(buttons: list[InlineKeyboardButton], width: int) -> InlineKeyboardMarkup:
    rows = [buttons[start : start + width] for start in range(0, len(buttons), width)]
    return InlineKeyboardMarkup(inline_keyboard=rows)
