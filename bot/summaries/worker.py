"""What the worker process does with a model; the heavy libraries are imported there alone."""

import os
import resource
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.summaries.jobs import (
    Finish,
    Load,
    ModelFacts,
    ModelSpec,
    Refused,
    Translate,
    Translated,
    Write,
)
from summarizer.summary.abstractive.errors import LanguageError, ModelError
from summarizer.summary.abstractive.made import Made

if TYPE_CHECKING:
    from summarizer.summary.abstractive.loading import Loaded

# The bot imports this module to name its function; numpy and torch are for the worker.
# ruff: noqa: PLC0415

CONVERTED = "unpacked"

_NICE = 10


def work(job: Load | Write | Translate | Finish) -> ModelFacts | Made | Translated | Refused:
    """Do a job."""
    try:
        match job:
            case Load():
                return _facts(_loaded(job.spec))
            case Write():
                return _write(job)
            case Translate():
                return _translate(job)
            case Finish():
                return _finish(job)
    except ModelError as error:
        return Refused(str(error))


def _write(job: Write) -> Made:
    from summarizer.summary.abstractive.summarize import summarize

    return summarize(
        _loaded(job.spec),
        job.text,
        title=job.title,
        published=job.published,
        max_words=job.max_words,
        seconds=job.seconds,
    )


def _translate(job: Translate) -> Translated:
    from summarizer.models import load_models
    from summarizer.summary.abstractive.translating import translate
    from summarizer.translation import translation_fault

    try:
        written = translate(
            _loaded(job.spec), job.texts, source=job.source, target=job.target, seconds=job.seconds
        )
    except LanguageError as error:
        return Translated((None,) * len(job.texts), (str(error),) * len(job.texts))
    models = load_models()
    faults = [
        translation_fault(text, told, source=job.source, target=job.target, models=models)
        for text, told in zip(job.texts, written, strict=True)
    ]
    kept = (None if fault else told for told, fault in zip(written, faults, strict=True))
    return Translated(tuple(kept), tuple(faults))


def _finish(job: Finish) -> Made:
    from summarizer.summary.abstractive.finishing import finish

    return finish(
        job.draft,
        text=job.text,
        title=job.title,
        published=job.published,
        language=job.language,
        max_words=job.max_words,
    )


@lru_cache(maxsize=1)
def _loaded(spec: ModelSpec) -> "Loaded":
    """Load the one model of this process."""
    from summarizer.summary.abstractive.files import find_model
    from summarizer.summary.abstractive.loading import load

    _step_back()
    return load(find_model(spec.name, spec.models), converted=spec.models / CONVERTED)


def _step_back() -> None:
    """Let the bot go first: for the processor, and when the system runs out of memory."""
    with suppress(OSError):
        os.nice(_NICE)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")


def _facts(loaded: "Loaded") -> ModelFacts:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return ModelFacts(
        loaded.architecture,
        loaded.kind,
        loaded.parameters,
        loaded.place.device,
        loaded.place.numbers,
        loaded.place.batch,
        loaded.seconds,
        # macOS counts in bytes.
        most if sys.platform == "darwin" else most * 1024,
    )
