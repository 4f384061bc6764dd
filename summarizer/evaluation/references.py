"""Articles with reference summaries, and the scores that are computed from them."""

import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MEASURES = ("r1", "r2", "rl", "facts")
"""ROUGE-1, ROUGE-2, ROUGE-L (F1) and the share of key facts told."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An article with what a good summary of it says.

    `facts` are as the scorer takes them; a measure of facts is None where there are none.
    """

    name: str
    text: str
    summaries: tuple[str, ...]
    facts: tuple[Mapping[str, Any], ...]


def load_references(path: Path) -> list[Reference]:
    """Read references, one JSON object a line.

    Args:
        path: a file whose lines have "id", "text", "summary" or "summaries", and perhaps "facts".

    Raises:
        OSError: the file cannot be read.
        ValueError: a line is not of this kind.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            summaries = row.get("summaries") or [row["summary"]]
            facts = tuple(row.get("facts", ()))
            found.append(Reference(str(row["id"]), row["text"], tuple(summaries), facts))
        except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
            raise ValueError(f"{path}, line {number}: no article with a summary") from error
    return found


class Scores:
    """Scores summaries one by one with a given scoring module.

    Args:
        path: a Python file with a function `score(candidates, references, facts)`, all of them by
            the article's name, that gives the mean of each measure.
    """

    def __init__(self, path: Path) -> None:
        spec = importlib.util.spec_from_file_location("summary_scores", path)
        if spec is None or spec.loader is None:
            raise ImportError(f"no module in {path}")
        self._module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self._module)

    def of(
        self, summary: str, reference: Reference, *, against: tuple[str, ...] | None = None
    ) -> dict[str, float]:
        """Score one summary.

        Args:
            summary: the candidate.
            reference: its article.
            against: the summaries to compare with; all of the reference's when not given.

        Returns:
            Each of MEASURES, "facts" only where the reference has some.
        """
        name = reference.name
        facts = {name: reference.facts} if reference.facts else {}
        found = self._module.score({name: summary}, {name: against or reference.summaries}, facts)
        return {
            measure: float(found[measure])
            for measure in MEASURES
            if measure != "facts" or reference.facts
        }
