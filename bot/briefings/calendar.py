"""What lies ahead as a calendar file (iCalendar, RFC 5545) that any calendar opens."""

from datetime import timedelta

from icalendar import Calendar, Event

from bot.briefings.edition_words import EditionWords
from bot.clock import Now


def calendar_of(said: EditionWords, now: Now) -> bytes:
    """Write the events that an edition announces, each for whole days, with its source.

    An event keeps its UID from edition to edition: importing two files makes no event twice.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Vestnik//briefing//RU")
    calendar.add("version", "2.0")
    for upcoming in said.edition.upcoming:
        event = Event()
        story = said.story(upcoming.story_id)
        event.add("uid", f"story-{upcoming.story_id}-{upcoming.starts_on:%Y%m%d}@vestnik")
        event.add("dtstamp", now())
        event.add("dtstart", upcoming.starts_on)
        # The end of an event of whole days is the day after its last.
        event.add("dtend", upcoming.ends_on + timedelta(days=1))
        event.add("summary", story.headline if story else upcoming.line.text)
        sources = [said.source(number) for number in upcoming.line.sources]
        told = "\n".join(" ".join(filter(None, (source.outlet, source.url))) for source in sources)
        event.add("description", f"{upcoming.line.text}\n\n{told}".strip())
        if sources and sources[0].url:
            event.add("url", sources[0].url)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
