"""Run the benchmarks by name, or all of them, and print what machine they ran on."""

import asyncio
import os
import platform
import sys

from bench import latest, screenshot, startup

BENCHES = {
    "imports": startup.imports,
    "first-reply": startup.first_reply,
    "latest": latest.latest,
}


def main() -> None:
    """Run what the command line names; everything when it names nothing."""
    if sys.argv[1:] == ["screenshot"]:
        asyncio.run(screenshot.screenshot())
        return
    names = sys.argv[1:] or list(BENCHES)
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        sys.exit(f"There is no bench {', '.join(unknown)}; there are: {', '.join(BENCHES)}")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    for name in names:
        asyncio.run(BENCHES[name]())
        print()


main()
