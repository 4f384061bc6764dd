"""Run the benchmarks by name, or all of them, and print what machine they ran on."""

import argparse
import asyncio
import os
import platform
import sys

from bench import (
    alerts,
    analysis,
    broadcast,
    delivery,
    dues,
    editions,
    evidence,
    inline,
    intake,
    kills,
    latest,
    people,
    person,
    pictures,
    relevance,
    screenshot,
    search,
    startup,
    stories,
    summary,
)

BENCHES = {
    "imports": startup.imports,
    "first-reply": startup.first_reply,
    "latest": latest.latest,
    "relevance": relevance.relevance,
    "people": people.people,
    "analysis": analysis.analysis,
    "intake": intake.intake,
    "person": person.person,
    "stories": stories.stories,
    "delivery": delivery.delivery,
    "alerts": alerts.alerts,
    "broadcast": broadcast.broadcast,
    "dues": dues.dues,
    "evidence": evidence.evidence,
    "editions": editions.editions,
    "search": search.search,
    "inline": inline.inline,
    "summary": summary.summary,
}
ON_REQUEST = {
    "kills": kills.kills,
    "relevance-weights": relevance.relevance_weights,
    "stories-weights": stories.stories_weights,
    "evidence-weights": evidence.evidence_weights,
    "screenshot": screenshot.screenshot,
    "pictures": pictures.pictures,
}


def main() -> None:
    """Run what the command line names; everything when it names nothing."""
    known = BENCHES | ON_REQUEST
    parser = argparse.ArgumentParser(prog="python -m bench", description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known))
    parser.add_argument("--model", help="summary: a model to measure beside SUMMARIZER_MODEL's")
    parser.add_argument("--articles", type=int, help="summary: how many the model writes about")
    asked = parser.parse_args()
    names = asked.names or list(BENCHES)
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"There is no bench {', '.join(unknown)}; there are: {', '.join(known)}")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    for name in names:
        if name == "summary":
            asyncio.run(summary.summary(asked.model, asked.articles))
        else:
            asyncio.run(known[name]())
        print()


main()
