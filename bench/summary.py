"""How good the summaries are: reference scores beside other extractors, speed and memory."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.summary_model import Written, written_by_model
from bot.settings import PROJECT
from summarizer.evaluation.bootstrap import difference
from summarizer.evaluation.ceiling import ReferenceScorer
from summarizer.evaluation.peers import best_sentences, sumy_peers
from summarizer.evaluation.references import MEASURES, Reference, Scores, load_references
from summarizer.models import Models, load_models
from summarizer.ner import tag
from summarizer.summary import Summary, lead_summary
from summarizer.summary.choose import Scorer
from summarizer.summary.condense import READ_SENTENCES, condense
from summarizer.summary.evidence import check_all, read_source
from summarizer.summary.rules_worth import RulesScorer
from summarizer.text import ArticleText, read_article

SHARED = PROJECT.parent / "shared"
REFERENCES = SHARED / "data" / "briefs" / "dev.jsonl"
SCORES = SHARED / "eval" / "score.py"
DEFAULT = "condensed (the default)"
MAX_WORDS = 60
WORKERS = 2
GOALS = {"r1": 0.52, "r2": 0.28, "rl": 0.37, "facts": 0.65}


@dataclass(frozen=True, slots=True)
class Row:
    """A system's scores, an article each, and how many of its sentences fail the check."""

    name: str
    scores: tuple[Mapping[str, float], ...]
    words: float
    failed: int | None = None


async def summary(model: str | None = None, articles: int | None = None) -> None:
    """Print the table of systems with goals and intervals, then speed and memory.

    Args:
        model: one to measure too, instead of that of SUMMARIZER_MODEL, if any.
        articles: how many it writes about, from the first; all when not given.
    """
    if not REFERENCES.is_file() or not SCORES.is_file():
        print(f"skipped: no {REFERENCES} or no {SCORES}")
        return
    references = load_references(REFERENCES)
    scores = Scores(SCORES)
    models = load_models()
    read = [read_article(reference.text) for reference in references]
    rows = [*_peers(references, read, scores), *_ours(references, read, scores, models)]
    _print(rows)
    _speed()
    written = await written_by_model(references, model, articles)
    if written is not None:
        _tell_model(written, rows, references, scores)


def _peers(
    references: Sequence[Reference], articles: Sequence[ArticleText], scores: Scores
) -> list[Row]:
    rows = []
    for name, peer in sumy_peers(MAX_WORDS).items():
        rows.append(_row(name, [peer(article) for article in articles], references, scores))
    oracle = [
        best_sentences([s.text for s in article.sentences], reference, scores, MAX_WORDS)
        for article, reference in zip(articles, references, strict=True)
    ]
    rows.append(_row("best choice of whole sentences", oracle, references, scores))
    second = [
        scores.of(reference.summaries[1], reference, against=reference.summaries[:1])
        for reference in references
    ]
    words = [len(reference.summaries[1].split()) for reference in references]
    rows.append(Row("second reference against the first", tuple(second), _mean(words)))
    return rows


def _ours(
    references: Sequence[Reference],
    articles: Sequence[ArticleText],
    scores: Scores,
    models: Models,
) -> list[Row]:
    systems: dict[str, Callable[[ArticleText], Summary]] = {
        "lead": lambda article: lead_summary(article, max_words=MAX_WORDS),
        "condensed, worth by rule": lambda article: _condensed(
            article, models, scorer=RulesScorer(models)
        ),
        DEFAULT: lambda article: _condensed(article, models),
    }
    ceiling = [
        _condensed(article, models, scorer=ReferenceScorer(reference.summaries[0], models)).text
        for article, reference in zip(articles, references, strict=True)
    ]
    rows = [_row("best choice of sentences and cuts", ceiling, references, scores)]
    for name, system in systems.items():
        made = [system(article) for article in articles]
        row = _row(name, [one.text for one in made], references, scores)
        failed = sum(
            _failures(one, reference.text, models)
            for one, reference in zip(made, references, strict=True)
        )
        rows.append(Row(row.name, row.scores, row.words, failed))
    return rows


def _tell_model(
    written: Written, rows: Sequence[Row], references: Sequence[Reference], scores: Scores
) -> None:
    """Print what a model scores, with lead and the default on the same articles."""
    count = len(written.summaries)
    default = next(row for row in rows if row.name == DEFAULT)
    own = [
        default.scores[number] if made is None else scores.of(made.text, references[number])
        for number, made in enumerate(written.summaries)
    ]
    words = [len(made.text.split()) for made in written.summaries if made is not None]
    shown = [
        Row(row.name, row.scores[:count], row.words)
        for row in rows
        if row.name in ("lead", DEFAULT)
    ]
    shown.append(Row(written.name, tuple(own), _mean(words) if words else 0.0, 0))
    print()
    _print(shown)
    print(
        f"{written.name}: {len(words)} of {count} articles, the default for the others; "
        f"{written.refused} sentences refused and replaced; {written.seconds:.1f} s an article"
    )


def _condensed(article: ArticleText, models: Models, *, scorer: Scorer | None = None) -> Summary:
    tagged = tag(article.original, models, sentences=article.sentences[:READ_SENTENCES])
    return condense(article, tagged, models, max_words=MAX_WORDS, scorer=scorer)


def _failures(made: Summary, text: str, models: Models) -> int:
    source = read_source(text, models)
    return sum(bool(faults) for faults in check_all([s.text for s in made.sentences], source))


def _row(name: str, texts: Sequence[str], references: Sequence[Reference], scores: Scores) -> Row:
    found = [scores.of(text, ref) for text, ref in zip(texts, references, strict=True)]
    return Row(name, tuple(found), _mean([len(text.split()) for text in texts]))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _column(row: Row, measure: str) -> list[float]:
    return [found[measure] for found in row.scores if measure in found]


def _print(rows: Sequence[Row]) -> None:
    lead = next(row for row in rows if row.name == "lead")
    print(f"{len(lead.scores)} articles, at most {MAX_WORDS} words")
    print(f"{'':36}  ROUGE-1 ROUGE-2 ROUGE-L   facts  words  failed")
    for row in rows:
        means = "".join(f"{_mean(_column(row, measure)):8.3f}" for measure in MEASURES)
        failed = "" if row.failed is None else f"{row.failed:8}"
        print(f"{row.name:36}{means}{row.words:7.1f}{failed}")
    print(f"{'goal':36}" + "".join(f"{GOALS[measure]:8.3f}" for measure in MEASURES))
    for row in rows[rows.index(lead) + 1 :]:
        print(f"{row.name} less lead, with the 95 % interval of a paired bootstrap:")
        for measure in MEASURES:
            gain, low, high = difference(_column(row, measure), _column(lead, measure))
            print(f"  {measure:6} {gain:+.3f}  [{low:+.3f}, {high:+.3f}]")


def _speed() -> None:
    """Time reading, tagging and condensing in as many processes as there are cores."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "bench.summary", str(REFERENCES)]
    workers = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=PROJECT)
        for _ in range(WORKERS)
    ]
    answers = [worker.communicate()[0].split() for worker in workers]
    speed = sum(float(answer[0]) for answer in answers)
    memory = max(float(answer[1]) for answer in answers)
    processor = _mean([float(answer[2]) for answer in answers])
    print(f"articles a second, {WORKERS} processes   goal  20  {speed:6.1f}")
    print(f"processor time an article, ms             {processor:6.1f}")
    print(f"memory of a process, MB         goal 600  {memory:6.0f}")


def work(path: Path) -> None:
    """Condense the articles of a file; print articles a second, megabytes, milliseconds each."""
    references = load_references(path)
    models = load_models()
    _condensed(read_article(references[0].text), models)
    started, used = time.perf_counter(), time.process_time()
    for reference in references:
        _condensed(read_article(reference.text), models)
    took, used = time.perf_counter() - started, time.process_time() - used
    memory = psutil.Process().memory_info().rss / 1e6
    print(len(references) / took, memory, 1000 * used / len(references))


if __name__ == "__main__":
    work(Path(sys.argv[1]))
