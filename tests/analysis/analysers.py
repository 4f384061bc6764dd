"""What the worker of a test does with an article, by the first word of its text."""

import os
import time

from bot.analysis.jobs import Job
from summarizer.findings import Findings, FoundPerson

HELD: list[bytes] = []


def obey(job: Job) -> Findings:
    """Do what the text says: die, hang, fail, speak, swell; else find one person."""
    match job.text.split()[0]:
        case "die":
            os._exit(7)
        case "hang":
            time.sleep(600)
        case "fail":
            raise ValueError("nothing in it")
        case "speak":
            print("a library that prints", flush=True)  # noqa: T201
        case "swell":
            HELD.append(os.urandom(50_000_000))
    return Findings(people=(FoundPerson(str(os.getpid()), None, (), (), None),))
