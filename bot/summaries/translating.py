"""Editions, stories and cards in a reader's language by a translation model, when it is ready."""

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.analysis.workshop import BrokenOffError
from bot.archive import Archive
from bot.clock import Now
from bot.scheduling import every
from bot.summaries.jobs import Translated
from bot.summaries.rest import Rest
from bot.summaries.translator import Translator
from bot.summaries.writing import UnavailableError
from summarizer.language import detect_language
from summarizer.spoken import holds_speech

log = structlog.get_logger()

LANGUAGES = frozenset({"en", "kk"})
"""Of readers who are given translations; the desk's sources are mostly Russian."""

EVERY_SECONDS = 10
REST_AFTER = timedelta(minutes=10)
"""A model that has nothing to do for so long gives its memory back."""

_MOST_WAITING = 2_000
_AT_ONCE = 8
_LONGEST = 1_500
"""Characters of a sentence; a longer text is no sentence."""


class Translating:
    """Gives the translations that there are, and has those that are missing made in the background.

    It is never waited for: what is not translated yet, or could not be, stays in the original.
    """

    def __init__(self, archive: Archive, translator: Translator | None, now: Now) -> None:
        """Join the parts.

        translator: who translates, or None when the operator chose nobody.
        """
        self._archive = archive
        self._translator = translator
        self._now = now
        self._waiting: OrderedDict[tuple[str, str, str], None] = OrderedDict()
        self._at_work = asyncio.Lock()
        self._rest = Rest(now)
        self._worked_at: datetime | None = None

    @property
    def model(self) -> str | None:
        """The model's name, as readers see it; None when there is none."""
        return None if self._translator is None else self._translator.name

    async def of(self, texts: Collection[str], language: str) -> Mapping[str, str]:
        """Give the translations of sentences that there are; the others are made for the next look.

        texts: headlines and sentences in any of the languages; what somebody is quoted with is
        never translated.
        language: the reader's.
        """
        if self._translator is None or language not in LANGUAGES:
            return {}
        sources = {
            text: source
            for text in dict.fromkeys(texts)
            if len(text) <= _LONGEST
            and not holds_speech(text)
            and (source := detect_language(text)) != language
        }
        found: dict[str, str] = {}
        for source in set(sources.values()):
            asked = [text for text, told in sources.items() if told == source]
            settings = self._translator.settings(source, language)
            known = await self._archive.translations.of(asked, settings)
            found |= {text: told for text, told in known.items() if told is not None}
            for text in asked:
                if text not in known:
                    self._want(text, source, language)
        return found

    def schedule(self, scheduler: AsyncIOScheduler) -> None:
        """Add the tick that translates, when there is somebody to do it."""
        if self._translator is not None:
            every(scheduler, self.catch_up, EVERY_SECONDS, name="translate")

    async def catch_up(self) -> int:
        """Translate all that waits; return how many sentences have a translation now.

        It ends early when nobody can translate, and tries again later and later.
        """
        translator = self._translator
        if translator is None or self._rest.lasts:
            return 0
        async with self._at_work:
            done = 0
            while batch := self._next():
                self._worked_at = self._now()
                source, language, texts = batch
                try:
                    done += await self._translate(translator, source, language, texts)
                except UnavailableError as error:
                    pause = self._rest.begin()
                    log.warning(
                        "translator_unavailable",
                        model=translator.name,
                        languages=f"{source}-{language}",
                        reason=str(error),
                        retry_in_seconds=int(pause.total_seconds()),
                        shown="the original",
                    )
                    await translator.close()
                    return done
                self._rest.end()
            if self._worked_at is not None and self._now() - self._worked_at >= REST_AFTER:
                self._worked_at = None
                await translator.close()
            return done

    async def close(self) -> None:
        """Let the translator go, at once: what waits is asked for again at the next look."""
        if self._translator is not None:
            await self._translator.close()

    def _want(self, text: str, source: str, language: str) -> None:
        self._waiting[source, language, text] = None
        while len(self._waiting) > _MOST_WAITING:
            self._waiting.popitem(last=False)

    def _next(self) -> tuple[str, str, list[str]] | None:
        """Take some sentences of the same two languages, those asked for first."""
        if not self._waiting:
            return None
        source, language, _ = next(iter(self._waiting))
        keys = [key for key in self._waiting if key[:2] == (source, language)][:_AT_ONCE]
        for key in keys:
            del self._waiting[key]
        return source, language, [key[2] for key in keys]

    async def _translate(
        self, translator: Translator, source: str, language: str, texts: list[str]
    ) -> int:
        try:
            answer = await translator.translate(texts, source=source, target=language)
        except BrokenOffError as error:
            # One of them broke the worker: none is asked for again until the settings change.
            answer = Translated((None,) * len(texts), (str(error),) * len(texts))
        translated = {
            text: told for text, told in zip(texts, answer.texts, strict=True) if told is not None
        }
        given_up = {text: fault for text, fault in zip(texts, answer.faults, strict=True) if fault}
        settings = translator.settings(source, language)
        await self._archive.translations.keep(translated, given_up, settings, now=self._now())
        log.info(
            "sentences_translated",
            model=translator.name,
            languages=f"{source}-{language}",
            translated=len(translated),
            kept_original=len(given_up),
            reasons=sorted(set(given_up.values())),
        )
        return len(translated)
