"""The screens on the way to a subscription: what each says and which buttons it has."""

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.archive.rows import Frequency, Rule
from bot.clock import known_zones
from bot.handlers.buttons import command_button
from bot.locales.wording import Wording, utc_offset

HOURS = (*range(6, 24), *range(6))
MINUTES = (0, 15, 30, 45)
DAYS = (1, 5, 10, 15, 20, 25, 31)
"""Of a month; 31 stands for the last one."""
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
_LETTERS = {
    "d": Frequency.DAILY,
    "k": Frequency.WORKDAYS,
    "w": Frequency.WEEKLY,
    "m": Frequency.MONTHLY,
}
"""A letter each: a button holds 64 bytes."""
_LAST_DAY = 31


class ScheduleButton(CallbackData, prefix="s"):
    """A step on the way to a subscription; the whole choice so far travels in the button."""

    step: str
    """What comes: the screen "often", "when" or "zone"; "done", to begin; "city", to begin and to
    ask for a city."""
    often: str
    """A letter of `_LETTERS`."""
    weekday: int
    day: int
    hour: int
    minute: int
    zone: str

    @classmethod
    def of(cls, rule: Rule, step: str = "often") -> "ScheduleButton":
        """Write a rule into a button."""
        [often] = [letter for letter, kind in _LETTERS.items() if kind is rule.frequency]
        return cls(
            step=step,
            often=often,
            weekday=rule.weekday,
            day=rule.day_of_month,
            hour=rule.hour,
            minute=rule.minute,
            zone=rule.zone,
        )

    def rule(self) -> Rule | None:
        """Read the rule; None where it makes no sense: buttons can be old, or forged."""
        is_possible = (
            self.often in _LETTERS
            and self.weekday in range(7)
            and self.day in range(1, 32)
            and self.hour in range(24)
            and self.minute in range(60)
            and self.zone in known_zones()
        )
        if not is_possible:
            return None
        frequency = _LETTERS[self.often]
        return Rule(frequency, self.hour, self.zone, self.minute, self.weekday, self.day)


class ZoneButton(CallbackData, prefix="sz"):
    """Take one of the zones that a city may have meant."""

    zone: str


def schedule_of(rule: Rule, words: Wording, now: datetime) -> str:
    """Say a rule: "по понедельникам в 09:00 (Алматы, UTC+5)"."""
    return words.say(
        "{weekly} at {hour} ({zone})",
        weekly=_days(rule, words),
        hour=f"{rule.hour:02}:{rule.minute:02}",
        zone=zone_name(rule.zone, words, now),
    )


def _days(rule: Rule, words: Wording) -> str:
    if rule.frequency is Frequency.DAILY:
        return words.say("every day")
    if rule.frequency is Frequency.WORKDAYS:
        return words.say("on working days")
    if rule.frequency is Frequency.MONTHLY:
        if rule.day_of_month == _LAST_DAY:
            return words.say("on the last day of each month")
        return words.say("on day {day} of each month", day=rule.day_of_month)
    weekly = (
        words.say("every Monday"),
        words.say("every Tuesday"),
        words.say("every Wednesday"),
        words.say("every Thursday"),
        words.say("every Friday"),
        words.say("every Saturday"),
        words.say("every Sunday"),
    )
    return weekly[rule.weekday]


def proposal(rule: Rule, words: Wording, now: datetime) -> str:
    """Ask whether a schedule suits, and else how often the briefing shall come."""
    return words.say(
        "I can send the briefing {schedule}. Does that suit? If not: how often?",
        schedule=schedule_of(rule, words, now),
    )


def zone_name(zone: str, words: Wording, now: datetime) -> str:
    """Name a zone by its city and its distance from UTC."""
    offset = utc_offset(zone, now)
    if zone == "UTC" or zone.startswith("Etc/"):
        return offset
    return f"{words.city(zone)}, {offset}"


def moment(at: datetime, zone: str, words: Wording, now: datetime) -> str:
    """Say a moment to come: "понедельник, 30 ноября, 09:00"."""
    local = at.astimezone(ZoneInfo(zone))
    today = now.astimezone(ZoneInfo(zone)).date()
    day = words.day(at, zone, today=today)
    return f"{words.weekday(local.weekday())}, {day}, {words.time(at, zone)}"


def proposal_keyboard(choice: ScheduleButton, words: Wording) -> InlineKeyboardMarkup:
    """Make the buttons of the first screen: take what is proposed, or choose how often."""
    names = {
        "d": words.say("Every day"),
        "k": words.say("On working days"),
        "w": words.say("Every week"),
        "m": words.say("Every month"),
    }
    frequencies = [
        _step(choice.model_copy(update={"often": often}), "when", name)
        for often, name in names.items()
    ]
    begin = _step(choice, "done", words.say("Subscribe"))
    return _keyboard([[begin], *grid(frequencies, 2)])


def running_keyboard(choice: ScheduleButton, words: Wording) -> InlineKeyboardMarkup:
    """Make the buttons below a subscription that runs."""
    return _keyboard(
        [
            [
                _step(choice, "often", words.say("Change")),
                _step(choice, "zone", words.say("Time zone")),
            ],
            [
                command_button(words.say("Preview"), "preview"),
                command_button(words.say("Settings"), "settings"),
            ],
            [command_button(words.say("Unsubscribe"), "unsubscribe")],
        ]
    )


def when_keyboard(choice: ScheduleButton, words: Wording) -> InlineKeyboardMarkup:
    """Make the buttons for day, minute and hour; the hour leads on."""
    rows: list[list[InlineKeyboardButton]] = []
    if choice.often == "w":
        names = [words.weekday(day, width="abbreviated").capitalize() for day in range(7)]
        rows += grid([_set(choice, name, weekday=day) for day, name in enumerate(names)], 7)
    if choice.often == "m":
        last = words.say("last")
        rows += grid(
            [_set(choice, last if day == _LAST_DAY else str(day), day=day) for day in DAYS], 7
        )
    hours = [
        _step(
            choice.model_copy(update={"hour": hour}),
            "zone",
            _marked(f"{hour:02}:{choice.minute:02}", hour == choice.hour),
        )
        for hour in HOURS
    ]
    rows += grid(hours, 4)
    rows += [[_set(choice, f":{minute:02}", minute=minute) for minute in MINUTES]]
    return _keyboard([*rows, [_step(choice, "often", words.say("‹ Back"))]])


def zones_keyboard(choice: ScheduleButton, words: Wording, now: datetime) -> InlineKeyboardMarkup:
    """Make one button a time zone; each begins the subscription."""
    zones = (choice.zone, *(zone for zone in ZONES if zone != choice.zone))
    buttons = [
        _step(
            choice.model_copy(update={"zone": zone}),
            "done",
            _marked(zone_name(zone, words, now), zone == choice.zone),
        )
        for zone in zones
    ]
    other = _step(choice, "city", words.say("Another city…"))
    back = _step(choice, "when", words.say("‹ Back"))
    return _keyboard([*grid(buttons, 2), [other], [back]])


def guesses_keyboard(zones: tuple[str, ...], words: Wording, now: datetime) -> InlineKeyboardMarkup:
    """Make one button a zone that somebody may have meant."""
    buttons = [
        InlineKeyboardButton(
            text=zone_name(zone, words, now), callback_data=ZoneButton(zone=zone).pack()
        )
        for zone in zones
    ]
    return _keyboard(grid(buttons, 1))


def again_keyboard(words: Wording) -> InlineKeyboardMarkup:
    """Make the button that leads back to a subscription."""
    return _keyboard([[command_button(words.say("Subscribe again"), "subscribe")]])


def grid(buttons: list[InlineKeyboardButton], width: int) -> list[list[InlineKeyboardButton]]:
    """Lay buttons out in rows."""
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]


def _set(choice: ScheduleButton, text: str, **value: int) -> InlineKeyboardButton:
    """Make a button that changes one thing and stays on the screen of days and hours."""
    is_current = all(getattr(choice, name) == to for name, to in value.items())
    return _step(choice.model_copy(update=value), "when", _marked(text, is_current))


def _step(choice: ScheduleButton, step: str, text: str) -> InlineKeyboardButton:
    data = choice.model_copy(update={"step": step}).pack()
    return InlineKeyboardButton(text=text, callback_data=data)


def _marked(text: str, is_current: bool) -> str:
    return f"✓ {text}" if is_current else text


def _keyboard(rows: list[list[InlineKeyboardButton]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=rows)
