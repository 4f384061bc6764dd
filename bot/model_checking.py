"""Trying a model out: what it needs, whether it loads, and what it writes about some samples."""

import time
from collections.abc import Sequence
from datetime import date, datetime

from rich.console import Console
from rich.table import Table

from bot.analysis.workshop import BrokenOffError
from bot.archive.people_rows import PendingArticle
from bot.clock import system_now
from bot.errors import VestnikError
from bot.intake.samples import read_samples
from bot.locales.wording import LANGUAGE_NAMES
from bot.settings import PROJECT, Settings
from bot.summaries.choice import chosen_writer
from bot.summaries.jobs import ModelSpec
from bot.summaries.local import LocalWriter
from bot.summaries.translating import LANGUAGES
from bot.summaries.translator import Translator
from bot.summaries.writing import MAX_WORDS, SummaryWriter, UnavailableError
from summarizer.summary.abstractive.errors import ModelError
from summarizer.summary.abstractive.files import ModelFiles, find_model
from summarizer.summary.abstractive.machine import (
    available_bytes,
    needed_bytes,
    needed_for_gguf,
)
from summarizer.text import read_article

SAMPLES = 4
"""How many invented articles a model is tried on."""


async def check_models(
    settings: Settings, name: str | None, console: Console, *, translates: bool
) -> bool:
    """Check the models of the settings, or one that is named; return whether each made something.

    name: another model than those of the settings. translates: whether it is one that translates.
    Raises VestnikError when one cannot be used.
    """
    translator = name if name is not None and translates else settings.translation_model
    if translates or (name is None and settings.summarizer_model is None and translator):
        return await check_translator(settings, translator, console)
    done = await check_model(settings, name, console)
    if name is None and translator is not None:
        done &= await check_translator(settings, translator, console)
    return done


async def check_translator(settings: Settings, name: str | None, console: Console) -> bool:
    """Show what a translation model needs and what it makes of a sample's summary.

    Raises VestnikError when it cannot be used.
    """
    if name is None:
        raise VestnikError("Name a model, or set TRANSLATION_MODEL: owner/model or a folder.")
    translator = Translator(ModelSpec(name, settings.models_dir))
    try:
        _show_files(find_model(name, settings.models_dir), console)
        await _show_loading(translator, console)
        shown = [
            await _show_translations(translator, language, console)
            for language in sorted(LANGUAGES)
        ]
    except (ModelError, UnavailableError) as error:
        raise VestnikError(str(error)) from None
    finally:
        await translator.close()
    return any(shown)


async def _show_translations(translator: Translator, language: str, console: Console) -> bool:
    """Let it translate the beginnings of the samples; show each, or why it stays as it is."""
    texts = [
        first.text
        for article, _ in _samples()
        if (first := next(iter(read_article(article.text).sentences), None)) is not None
    ]
    console.print(f"\n{LANGUAGE_NAMES[language]}", style="bold", markup=False)
    started = time.monotonic()
    try:
        answer = await translator.translate(texts, source="ru", target=language)
    except BrokenOffError as error:
        console.print(f"nothing: {error}", markup=False)
        return False
    for text, told, fault in zip(texts, answer.texts, answer.faults, strict=True):
        console.print(text, markup=False)
        console.print(f"→ {told}" if told else f"→ stays: {fault}", markup=False)
    took = (time.monotonic() - started) / max(1, len(texts))
    console.print(f"{took:.1f} s a sentence")
    return any(answer.texts)


async def check_model(settings: Settings, name: str | None, console: Console) -> bool:
    """Show what a model needs and what it writes; return whether any of it could be shown.

    name: another model than the one of the settings.
    Raises VestnikError when it cannot be used.
    """
    if name is not None:
        settings = settings.model_copy(update={"summarizer_model": name, "summarizer_url": None})
    writer = chosen_writer(settings)
    if writer is None:
        raise VestnikError("Name a model, or set SUMMARIZER_MODEL: owner/model, folder or .gguf.")
    try:
        if isinstance(writer, LocalWriter):
            _show_files(find_model(settings.summarizer_model or "", settings.models_dir), console)
            await _show_loading(writer, console)
        return await _show_writing(writer, console)
    except (ModelError, UnavailableError) as error:
        raise VestnikError(str(error)) from None
    finally:
        await writer.close()


def _show_files(files: ModelFiles, console: Console) -> None:
    if files.gguf is not None:
        needed = needed_for_gguf(files.size_bytes)
        needs = f"{needed / 1e9:.1f} GB to unpack it, once; less later"
    else:
        needs = f"{needed_bytes(files.parameters, 'float32') / 1e9:.1f} GB in float32, or half"
    free = available_bytes()
    count = f"{files.parameters / 1e6:,.0f} million" if files.parameters else "told by loading"
    _print_pairs(
        console,
        ("model", files.short_name),
        ("architecture", files.architecture or "told by loading"),
        ("licence", files.licence or "not stated in its files: look at its page"),
        ("on the disk", f"{files.size_bytes / 1e6:,.0f} MB in {files.folder}"),
        ("parameters", count),
        ("memory it needs", needs),
        ("memory free", f"{free / 1e9:.1f} GB" if free is not None else "not known"),
    )


async def _show_loading(writer: LocalWriter | Translator, console: Console) -> None:
    console.print("Loading …")
    facts = await writer.load()
    _print_pairs(
        console,
        ("architecture", f"{facts.architecture}, {facts.kind}"),
        ("parameters", f"{facts.parameters / 1e6:,.0f} million"),
        ("runs on", f"{facts.device}, {facts.numbers}, {facts.batch} at once"),
        ("loaded in", f"{facts.load_seconds:.0f} s, at most {facts.memory_bytes / 1e9:.1f} GB"),
    )


async def _show_writing(writer: SummaryWriter, console: Console) -> bool:
    """Let it write about the samples; show each text with its time, words and refused sentences."""
    shown = 0
    for article, published in _samples():
        console.print(f"\n{article.title}", style="bold", markup=False)
        started = time.monotonic()
        try:
            made = await writer.write(article, published)
        except BrokenOffError as error:
            console.print(f"nothing: {error}", markup=False)
            continue
        took = time.monotonic() - started
        if made.summary is None:
            console.print(f"nothing, after {took:.1f} s: {made.reason}", markup=False)
            continue
        shown += 1
        words = len(made.summary.text.split())
        console.print(made.summary.text, markup=False)
        console.print(f"{took:.1f} s · {words} words · {made.failed} sentences refused")
    console.print(f"\n{shown} of {SAMPLES} summaries could be shown; the others keep the default.")
    return shown > 0


def _samples() -> Sequence[tuple[PendingArticle, date | None]]:
    """Take the longest samples in Russian: short ones need no model."""
    found = [
        (sample.text, sample.known)
        for sample in read_samples(PROJECT / "samples", system_now().date())
        if sample.known.language == "ru" and len(sample.text.split()) > 2 * MAX_WORDS
    ]
    found.sort(key=lambda sample: -len(sample[0]))
    return [
        (PendingArticle(0, known.title, text, None, ""), _day(known.published))
        for text, known in found[:SAMPLES]
    ]


def _day(moment: date | datetime | str | None) -> date | None:
    if isinstance(moment, datetime):
        return moment.date()
    return moment if isinstance(moment, date) else None


def _print_pairs(console: Console, *pairs: tuple[str, str]) -> None:
    table = Table.grid(padding=(0, 2))
    for name, value in pairs:
        table.add_row(name, value)
    console.print(table, markup=False)
