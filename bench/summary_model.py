"""A model of the operator's in the table of summaries: what it writes, checked, and how long."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.analysis.workshop import BrokenOffError
from bot.archive.people_rows import PendingArticle
from bot.settings import Settings, load_settings
from bot.summaries.choice import chosen_writer
from bot.summaries.writing import UnavailableError
from summarizer.evaluation.references import Reference
from summarizer.summary import Summary


@dataclass(frozen=True, slots=True)
class Written:
    """What a model made of some articles: None where the default would be shown."""

    name: str
    summaries: tuple[Summary | None, ...]
    refused: int
    """Sentences that the evidence check refused."""
    seconds: float
    """An article, on the average, loading left out."""


async def written_by_model(
    references: Sequence[Reference], model: str | None, articles: int | None
) -> Written | None:
    """Let the model of the settings, or one that is named, write about articles.

    Args:
        references: the articles.
        model: another model than that of the settings.
        articles: at most so many of them, from the first; all when not given.

    Returns:
        What it wrote; None when no model is named, or it cannot be used (the reason is printed).
    """
    settings: Settings = load_settings()
    if model is not None:
        settings = settings.model_copy(update={"summarizer_model": model, "summarizer_url": None})
    writer = chosen_writer(settings)
    if writer is None:
        return None
    made: list[Summary | None] = []
    refused, spent = 0, 0.0
    try:
        for number, reference in enumerate(references[:articles]):
            if number == 0:
                # Loading is not writing.
                await writer.write(_pending(reference), None)
            started = time.monotonic()
            try:
                answer = await writer.write(_pending(reference), None)
            except BrokenOffError as error:
                print(f"{writer.name}, article {reference.name}: {error}")
                made.append(None)
            else:
                refused += answer.failed
                made.append(answer.summary)
            spent += time.monotonic() - started
    except (BrokenOffError, UnavailableError) as error:
        print(f"skipped {writer.name}: {error}")
        return None
    finally:
        await writer.close()
    return Written(writer.name, tuple(made), refused, spent / max(1, len(made)))


def _pending(reference: Reference) -> PendingArticle:
    return PendingArticle(0, None, reference.text, None, "")
