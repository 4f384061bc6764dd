"""An edition as JSON, for other programs; docs/operation.md describes the fields."""

import dataclasses
import json
from datetime import date, datetime
from typing import Any

from bot.briefings.edition_words import EditionWords


def json_of(said: EditionWords) -> bytes:
    """Write an edition as JSON in UTF-8: its content, and the title in the reader's language.

    Moments are ISO 8601 in UTC, days ISO dates; `evidence` holds code points into the text of the
    article of that id.
    """
    edition = dataclasses.asdict(said.edition)
    # What one reader asked to hear of is no part of it.
    del edition["held"]
    content = {
        "title": said.title,
        "language": said.reader.language,
        "time_zone": said.reader.time_zone,
        **edition,
    }
    text = json.dumps(content, ensure_ascii=False, indent=2, default=_plain)
    # A lone surrogate has no place in UTF-8.
    return text.encode("utf-8", "replace")


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON")
