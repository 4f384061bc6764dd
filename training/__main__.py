"""Train what the summariser uses, or what it was compared with: `python -m training NAME`."""

import argparse
import sys
from pathlib import Path

from training.examples import DATA

# Each course needs its own libraries; who asks for one does not wait for the others'.
# ruff: noqa: PLC0415


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument(
        "name",
        choices=("worth", "compare", "generator", "generator-score", "ask"),
        help="worth: the weights that the package ships; compare: cross-validate the scorers; "
        "generator: fine-tune Gemma 3 270M; generator-score: score what it writes on dev; "
        "ask: fit how surely a sentence answers",
    )
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of train.jsonl")
    parser.add_argument("--out", type=Path, help="where weights go; the package, or the cache")
    parser.add_argument("--steps", type=int, default=640, help="of the generator, one article each")
    parser.add_argument("--articles", type=int, help="how many of dev the generator is scored on")
    chosen = parser.parse_args()
    if chosen.name == "ask":
        from training.ask import fit_ask

        fit_ask()
        return
    if not (chosen.data / "train.jsonl").is_file():
        sys.exit(f"There is no train.jsonl in {chosen.data}; name its folder with --data")
    if chosen.name.startswith("generator"):
        _generator(chosen)
    else:
        _scorer(chosen)


def _scorer(chosen: argparse.Namespace) -> None:
    import torch

    from summarizer.models import load_models
    from summarizer.summary.worth import WEIGHTS
    from training.compare import compare
    from training.encoder import Course, fit, save
    from training.examples import read_examples

    # On one thread sums come in the same order each time, and so do the weights.
    torch.set_num_threads(1)
    models = load_models()
    examples = read_examples(chosen.data / "train.jsonl", models)
    if chosen.name == "compare":
        dev = read_examples(chosen.data / "dev.jsonl", models)
        compare(examples, dev, models, chosen.data)
        return
    course = Course()
    path = chosen.out or WEIGHTS
    save(fit(examples, course), course, path)
    sys.stderr.write(f"{path}: {path.stat().st_size / 1e6:.2f} MB\n")


def _generator(chosen: argparse.Namespace) -> None:
    from training.gemma import cache_folder
    from training.generator import Course, train_generator
    from training.generator_score import score_generator

    out = chosen.out or cache_folder() / "generator"
    if chosen.name == "generator":
        train_generator(chosen.data / "train.jsonl", cache_folder(), out, Course(chosen.steps))
    else:
        score_generator(chosen.data / "dev.jsonl", cache_folder(), out, chosen.articles)


if __name__ == "__main__":
    main()
