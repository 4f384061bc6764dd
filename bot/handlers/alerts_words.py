"""When somebody hears of what they asked for, said as it will be."""

from bot.archive.rows import Quiet, Wishes
from bot.locales.wording import Wording


def promise(wishes: Wishes, words: Wording, *, has_briefing: bool) -> str:
    """Say when a subscriber hears of what they follow or search for.

    has_briefing: whether a subscription runs, whose next edition brings what was held back.
    """
    if not wishes.alerts_a_day:
        if has_briefing:
            return words.say("Alerts are off: it comes with the briefing. To change: /alerts")
        return words.say("Alerts are off, so nothing comes by itself. To change: /alerts")
    at_once = words.count(
        "I tell you at once, at most {number} time a day.",
        "I tell you at once, at most {number} times a day.",
        wishes.alerts_a_day,
    )
    if wishes.quiet is None:
        return at_once
    hours = hours_of(wishes.quiet)
    if has_briefing:
        later = words.say(
            "What comes in the quiet hours ({hours}) waits for the next briefing.", hours=hours
        )
    else:
        later = words.say(
            "What comes in the quiet hours ({hours}) waits for their end.", hours=hours
        )
    return f"{at_once} {later}"


def hours_of(quiet: Quiet) -> str:
    """Write hours of the day: "22:00–07:00"."""
    return f"{quiet.start:02}:00–{quiet.end:02}:00"


def a_day(number: int, words: Wording) -> str:
    """Say how often at most."""
    if not number:
        return words.say("off")
    return words.count("at most {number} a day", "at most {number} a day", number)
