"""How many spoilt sentences the evidence check catches, and how many faithful ones it refuses."""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Iterator

from bench.evidence_data import BRIEFS, Case, cases
from bench.evidence_fit import Seen, changed, fit
from summarizer.evaluation.spoil import FIGURE, TUNING
from summarizer.models import load_models
from summarizer.summary.evidence import check_all
from summarizer.summary.evidence_compare import Comparison
from summarizer.summary.evidence_quotes import quote_faults
from summarizer.summary.evidence_verdict import observe
from summarizer.summary.evidence_words import read_lines

ARTICLES = 130
"""Articles of each half that are spoilt: dev first, then as many of train as fill it up."""


async def evidence() -> None:
    """Print for each kind of fault how much is caught in the half that nothing was tuned on."""
    if not BRIEFS.is_dir():
        print(f"evidence: skipped, the shared articles are not here ({BRIEFS})")
        return
    await asyncio.to_thread(_measure)


def _measure() -> None:
    models = load_models()
    caught: dict[tuple[str, str, str], list[tuple[bool, bool]]] = defaultdict(list)
    refused: dict[str, list[bool]] = defaultdict(list)
    articles = checks = 0
    spent = 0.0
    for case in cases(models, FIGURE, ARTICLES):
        articles += 1
        for example in case.examples:
            texts = [example.sample.text, *(each.text for each in example.spoilt)]
            started = time.process_time()
            found = check_all(texts, case.source)
            spent += time.process_time() - started
            checks += len(texts)
            refused[example.origin].append(bool(found[0]))
            for spoilt, faults in zip(example.spoilt, found[1:], strict=True):
                kinds = {fault.kind for fault in faults}
                caught[example.origin, spoilt.kind.value, spoilt.how].append(
                    (bool(kinds), spoilt.kind in kinds)
                )
    _tell(caught, refused)
    print(f"articles {articles}, sentences checked {checks}, a second of one core "
          f"{checks / max(spent, 1e-9):.0f}")  # fmt: skip


def _tell(
    caught: dict[tuple[str, str, str], list[tuple[bool, bool]]], refused: dict[str, list[bool]]
) -> None:
    print(f"{'spoilt: fault':<24} {'of references':>22} {'of own sentences':>22}   named so")
    for kind in sorted({kind for _, kind, _ in caught}):
        ways = sorted({how for _, each, how in caught if each == kind})
        for how in ["", *(ways if len(ways) > 1 else [])]:
            cells, named = [], []
            for origin in ("reference", "article"):
                hits = [
                    hit
                    for (where, each, way), rows in caught.items()
                    if where == origin and each == kind and how in ("", way)
                    for hit in rows
                ]
                cells.append(_share([hit for hit, _ in hits]))
                named += [right for _, right in hits]
            print(f"{f'  {how}' if how else kind:<24} {cells[0]:>22} {cells[1]:>22}   "
                  f"{_share(named)}")  # fmt: skip
    every = {
        origin: [
            hit for (where, _, _), hits in caught.items() if where == origin for hit, _ in hits
        ]
        for origin in ("reference", "article")
    }
    for label, found in (("all spoilt, caught", every), ("faithful, refused", refused)):
        references, own = found["reference"], found["article"]
        print(
            f"{label:<24} {_share(references):>22} {_share(own):>22}   "
            f"{_share([*references, *own])} of both"
        )


def _share(hits: list[bool]) -> str:
    return f"{sum(hits) / len(hits):.3f} of {len(hits):5}" if hits else "-"


async def evidence_weights() -> None:
    """Fit the weights on the tuning half and print them as weights/evidence.json has them."""
    if not BRIEFS.is_dir():
        print(f"evidence-weights: skipped, the shared articles are not here ({BRIEFS})")
        return
    models = load_models()
    seen = [each for case in cases(models, TUNING, ARTICLES) for each in _observed(case)]
    print(json.dumps(fit(seen), ensure_ascii=False, indent=1))


def _observed(case: Case) -> Iterator[Seen]:
    """Observe the faithful sentences of a case and their spoilt copies, as the check does."""
    for example in case.examples:
        whole = example.sample.text
        yield _seen(case, example.origin, None, "", whole, (0, 0))
        for spoilt in example.spoilt:
            if spoilt.how == "whole":
                continue  # What is foreign as a whole is caught by a rule, not by weights.
            place = changed(whole, spoilt.text)
            yield _seen(case, example.origin, spoilt.kind.value, spoilt.how, spoilt.text, place)


def _seen(
    case: Case, origin: str, kind: str | None, how: str, text: str, place: tuple[int, int]
) -> Seen:
    (line,) = read_lines([text], case.source.models)
    comparison = Comparison(text, line, case.source)
    words = line.words
    observed = [
        (found.value, words[min(a, b)].span.start, words[max(a, b)].span.end, features)
        for found, a, b, features in observe(comparison)
    ]
    quoted = any(True for _ in quote_faults(comparison))
    return Seen(case.id, origin, kind, how, place, tuple(observed), quoted)
