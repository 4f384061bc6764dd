"""The worker process: reads articles from standard input, answers with what was found in them."""

import os
import resource
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from bot.analysis.findings import find
from bot.analysis.jobs import HEADER_BYTES, Answer, Job, body_length, from_body, to_frame
from summarizer.findings import Findings

Analyser = Callable[[Job], Findings]

_PAGES = Path("/proc/self/statm")


def analyse(job: Job) -> Findings:
    """Analyse an article with the models, which are loaded at the first one."""
    from summarizer.analyze import analyze  # noqa: PLC0415 — numpy and the models come with it

    analysis = analyze(job.text, title=job.title, published=job.published, known=job.known)
    return find(job.text, analysis, title=job.title)


def main(analyser: str) -> None:
    """Answer jobs until standard input ends.

    analyser: what to do with a job, as "module:function".
    """
    module, _, name = analyser.partition(":")
    function: Analyser = getattr(import_module(module), name)
    # Whatever a library prints must not get between the frames.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while (job := _next_job(sys.stdin.buffer)) is not None:
        answers.write(to_frame(_answer(function, job)))
        answers.flush()


def _next_job(source: BinaryIO) -> Job | None:
    header = source.read(HEADER_BYTES)
    if len(header) < HEADER_BYTES:
        return None
    job: Job = from_body(source.read(body_length(header)))
    return job


def _answer(function: Analyser, job: Job) -> Answer:
    try:
        return Answer(function(job), None, _memory_bytes())
    except Exception as error:
        # Whatever it is, the next article is another one.
        return Answer(None, f"{type(error).__name__}: {error}", _memory_bytes())


def _memory_bytes() -> int:
    """Measure the memory held now, or, where the system does not tell, at the most so far."""
    try:
        return int(_PAGES.read_text().split()[1]) * resource.getpagesize()
    except OSError:
        # macOS counts in bytes.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(sys.argv[1])
