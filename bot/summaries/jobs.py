"""What the bot asks of the worker that holds a model, and what it answers."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """Which model: a hub name that was fetched, a folder, or a GGUF file.

    models: the folder of fetched models, and of what was unpacked of GGUF files.
    """

    name: str
    models: Path


@dataclass(frozen=True, slots=True)
class Load:
    """Get the model into memory; the answer is ModelFacts or Refused."""

    spec: ModelSpec


@dataclass(frozen=True, slots=True)
class Write:
    """Summarise an article with the model that was loaded; the answer is Made or Refused.

    seconds: how long writing may take.
    """

    spec: ModelSpec
    text: str
    title: str | None
    published: date | None
    max_words: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Finish:
    """Check what a model elsewhere wrote about an article; the answer is Made."""

    draft: str
    text: str
    title: str | None
    published: date | None
    language: str
    max_words: int


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What a model is and how it runs here."""

    architecture: str
    kind: str
    parameters: int
    device: str
    numbers: str
    batch: int
    load_seconds: float
    memory_bytes: int
    """The most that the worker has held so far."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The model cannot be used at all; `reason` is a sentence for the operator."""

    reason: str
