"""Run the benchmarks by name, or all of them, and print what machine they ran on."""

import asyncio
import os
import platform
import sys

from bench import (
    analysis,
    delivery,
    dues,
    editions,
    evidence,
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
    "dues": dues.dues,
    "evidence": evidence.evidence,
    "editions": editions.editions,
    "search": search.search,
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
    names = sys.argv[1:] or list(BENCHES)
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"There is no bench {', '.join(unknown)}; there are: {', '.join(known)}")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    for name in names:
        asyncio.run(known[name]())
        print()


main()
