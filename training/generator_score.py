"""What the fine-tuned generator is worth: its words alone, and after the evidence check."""

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from summarizer.evaluation.references import MEASURES, Reference, Scores, load_references
from summarizer.models import Models, load_models
from summarizer.sentences import split_sentences
from summarizer.summary.evidence import read_source
from summarizer.summary.evidence_repair import checked
from summarizer.summary.lead import lead_summary
from summarizer.summary.model import Summary, SummarySentence
from summarizer.text import read_article
from training.compare import MAX_WORDS, SCORES
from training.generator import load_generator

Told = Mapping[str, float]


def score_generator(path: Path, cache: Path, adapter: Path, articles: int | None) -> None:
    """Print what the generator writes, and how it scores, with and without the check.

    Args:
        path: dev.jsonl; eval/score.py is looked for beside its folder's parent.
        cache: where the model is kept.
        adapter: the folder that training wrote, or one of its checkpoints.
        articles: how many are scored, from the first; all when None.
    """
    scores = Scores(path.parents[2] / SCORES)
    generator, models = load_generator(cache, adapter), load_models()
    rows: dict[str, list[Told]] = {"lead": [], "generator": [], "generator, checked": []}
    failed = sentences = 0
    started = time.perf_counter()
    for reference in load_references(path)[:articles]:
        written = generator.write(reference.text)
        repaired, wrong = _repaired(written, reference, models)
        failed += wrong
        sentences += len(split_sentences(written))
        lead = lead_summary(read_article(reference.text), max_words=MAX_WORDS).text
        sys.stdout.write(f"{reference.name}\n  {written}\n  {repaired}\n")
        for name, text in zip(rows, (lead, written, repaired), strict=True):
            said = {**scores.of(text, reference), "words": float(len(text.split()))}
            rows[name].append(said)
        sys.stdout.flush()
    _print(rows)
    took = (time.perf_counter() - started) / max(1, len(rows["lead"]))
    sys.stdout.write(
        f"{failed} of {sentences} sentences failed the check; {took:.1f} s an article\n"
    )


def _repaired(written: str, reference: Reference, models: Models) -> tuple[str, int]:
    """Replace what the source does not say by extracts; tell how many sentences failed."""
    source = read_source(reference.text, models)
    parts = [written[start:end] for start, end in split_sentences(written)]
    summary = Summary(tuple(SummarySentence(part, ()) for part in parts), "generator")
    fallback = lead_summary(source.article, max_words=MAX_WORDS)
    result = checked(summary, source, fallback, max_words=MAX_WORDS)
    return result.summary.text, len(result.failed)


def _print(rows: Mapping[str, Sequence[Told]]) -> None:
    for name, told in rows.items():
        means = "  ".join(
            f"{np.mean([each[m] for each in told if m in each]):.3f}" for m in (*MEASURES, "words")
        )
        sys.stdout.write(f"{name:<20} {means}\n")
