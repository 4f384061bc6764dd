"""What the bot and its worker process say to each other: pickled frames on two pipes."""

import pickle
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

_LENGTH = struct.Struct(">Q")
HEADER_BYTES = _LENGTH.size


@dataclass(frozen=True, slots=True)
class Job:
    """An article to analyse.

    `known` maps folded names of the beat to canonical ones, `common` are the words, in dictionary
    form and folded, that every article of the beat is full of.
    """

    text: str
    title: str | None
    published: date | None
    known: Mapping[str, str]
    common: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job, or the error that it ended with; and the worker's memory."""

    result: Any
    error: str | None
    memory_bytes: int


def to_frame(message: object) -> bytes:
    """Write a message with its length before it."""
    body = pickle.dumps(message)
    return _LENGTH.pack(len(body)) + body


def body_length(header: bytes) -> int:
    """Read how many bytes follow a header."""
    length: int = _LENGTH.unpack(header)[0]
    return length


def from_body(body: bytes) -> Any:
    """Read a message. Only the two halves of one Vestnik ever write such frames."""
    return pickle.loads(body)  # noqa: S301
