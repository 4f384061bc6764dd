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

    @property
    def short_name(self) -> str:
        """The name as readers see it: without folders and endings."""
        return self.name.rstrip("/").rsplit("/", 1)[-1].removesuffix(".gguf")


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
class Translate:
    """Translate sentences with the model that was loaded; the answer is Translated or Refused.

    source, target: of "ru", "en", "kk". seconds: how long all of them may take.
    """

    spec: ModelSpec
    texts: tuple[str, ...]
    source: str
    target: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Translated:
    """What came of each sentence: its translation, or None with a reason at the same place."""

    texts: tuple[str | None, ...]
    faults: tuple[str | None, ...]


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
