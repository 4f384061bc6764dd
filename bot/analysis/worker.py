"""The worker process: reads jobs from standard input, answers with what came of them."""

import os
import resource
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from bot.analysis.findings import find
from bot.analysis.jobs import HEADER_BYTES, Answer, Job, body_length, from_body, to_frame
from bot.analysis.story_parts import with_story_parts
from summarizer.findings import Findings

_PAGES = Path("/proc/self/statm")


def analyse(job: Job) -> Findings:
    """Analyse an article with the models, which are loaded at the first one."""
    from summarizer.analyze import analyze  # noqa: PLC0415 — numpy and the models come with it

    analysis = analyze(job.text, title=job.title, published=job.published, known=job.known)
    return with_story_parts(find(job.text, analysis, title=job.title), analysis, job)


def main(work: str) -> None:
    """Answer jobs until standard input ends.

    work: what to do with a job, as "module:function".
    """
    module, _, name = work.partition(":")
    function: Callable[[Any], Any] = getattr(import_module(module), name)
    # Whatever a library prints must not get between the frames.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while (job := _next_job(sys.stdin.buffer)) is not None:
        answers.write(to_frame(_answer(function, job)))
        answers.flush()


def _next_job(source: BinaryIO) -> Any:
    header = source.read(HEADER_BYTES)
    if len(header) < HEADER_BYTES:
        return None
    return from_body(source.read(body_length(header)))


def _answer(function: Callable[[Any], Any], job: object) -> Answer:
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
