"""Queries about translated sentences: what came of each, so that none is translated twice."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, insert, select

from bot.archive.engine import Database
from bot.archive.summary_tables import WrittenTable

_AT_ONCE = 500


@dataclass(frozen=True)
class Translations:
    """The sentences of editions, stories and cards in other languages."""

    database: Database

    async def of(self, texts: Collection[str], settings: str) -> Mapping[str, str | None]:
        """Give what is known of sentences with these settings.

        settings: of the model, the languages and the wording.
        Returns the translation for each that has one, None for each that was given up; the others
        are missing.
        """
        keys = {text_key(text): text for text in texts}
        found: dict[str, str | None] = {}
        listed = list(keys)
        async with self.database.reading() as connection:
            for start in range(0, len(listed), _AT_ONCE):
                query = select(WrittenTable.text_key, WrittenTable.sentences).where(
                    WrittenTable.settings == settings,
                    WrittenTable.text_key.in_(listed[start : start + _AT_ONCE]),
                )
                for row in await connection.execute(query):
                    told = None if row.sentences is None else json.loads(row.sentences)[0]
                    found[keys[row.text_key]] = told
        return found

    async def keep(
        self,
        translated: Mapping[str, str],
        given_up: Mapping[str, str],
        settings: str,
        *,
        now: datetime,
    ) -> None:
        """Store translations, and of the sentences that have none the reason."""
        rows = [
            _row(text, settings, now, sentences=json.dumps([told], ensure_ascii=False))
            for text, told in translated.items()
        ]
        rows += [
            _row(text, settings, now, failed_reason=reason[:500])
            for text, reason in given_up.items()
        ]
        if not rows:
            return
        keys = [row["text_key"] for row in rows]
        async with self.database.writing(patient=True) as connection:
            await connection.execute(
                delete(WrittenTable).where(
                    WrittenTable.settings == settings, WrittenTable.text_key.in_(keys)
                )
            )
            await connection.execute(insert(WrittenTable), rows)


def text_key(text: str) -> str:
    """Name a sentence, however long it is."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def _row(
    text: str,
    settings: str,
    now: datetime,
    *,
    sentences: str | None = None,
    failed_reason: str | None = None,
) -> dict[str, object]:
    return {
        "text_key": text_key(text),
        "settings": settings,
        "sentences": sentences,
        "attempts": 1,
        "failed_reason": failed_reason,
        "written_at": now,
    }
