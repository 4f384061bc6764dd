"""A dossier as plain data, for programs."""

from datetime import datetime
from typing import Any

from bot.archive import Archive
from bot.archive.people_rows import PersonRow, SourceRow, SpokenQuote

MOST = 50
"""Entries of a kind."""


async def person_json(archive: Archive, person: PersonRow) -> dict[str, Any]:
    """Gather everything that a dossier shows, each statement with its source.

    Moments are ISO 8601 in UTC; `start` and `end` are code points into the article's text.
    """
    dossiers = archive.dossiers
    roles = await dossiers.roles(person.id)
    return {
        "name": person.name,
        "latin": person.latin,
        "forms": await archive.people.forms(person.id),
        "articles": person.articles,
        "first_seen": _iso(person.first_seen_at),
        "last_seen": _iso(person.last_seen_at),
        "roles": [
            {
                "title": role.title,
                "since": _iso(role.first_seen_at),
                "until": _iso(role.last_seen_at),
                "articles": role.articles,
                "first": _source(role.first),
                "last": _source(role.last),
            }
            for role in roles
        ],
        "now": [
            {
                "text": said.text,
                "start": said.start,
                "end": said.end,
                "source": _source(said.source),
            }
            for said in await dossiers.sentences(person.id, limit=2)
        ],
        "quotes": [
            _quote(quote) for quote in await dossiers.quotes(person.id, direct=True, limit=MOST)
        ],
        "reports": [
            _quote(quote) for quote in await dossiers.quotes(person.id, direct=False, limit=MOST)
        ],
        "quotes_about": [
            _quote(quote) for quote in await dossiers.quotes_about(person.id, limit=MOST)
        ],
        "named_with": [
            {"name": other.name, "articles": other.shared, "met": other.met}
            for other in await archive.companies.of(person.id, limit=MOST)
        ],
        "dates": [
            {
                "iso": event.iso,
                "text": event.text,
                "sentence": event.sentence,
                "source": _source(event.source),
            }
            for event in await dossiers.events(person.id)
        ],
        "outlets": [
            {"outlet": row.outlet, "articles": row.articles}
            for row in await dossiers.outlets(person.id)
        ],
        "joined": [
            {"name": row.name, "reason": row.reason, "articles": row.articles}
            for row in await dossiers.joined_names(person.id)
        ],
        "sources": [_source(source) for source in await dossiers.articles(person.id, limit=MOST)],
    }


def _quote(quote: SpokenQuote) -> dict[str, Any]:
    return {
        "text": quote.text,
        "start": quote.start,
        "end": quote.end,
        "speaker": quote.speaker,
        "verb": quote.verb,
        "source": _source(quote.source),
    }


def _source(source: SourceRow) -> dict[str, Any]:
    return {
        "title": source.title,
        "outlet": source.outlet,
        "url": source.url,
        "published": _iso(source.published_at),
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
