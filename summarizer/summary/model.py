"""What every summariser gives back."""

from dataclasses import dataclass

from summarizer.spans import Span


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of a summary and its evidence: spans of the article's original text."""

    text: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary in reading order; `maker` names the method that made it."""

    sentences: tuple[SummarySentence, ...]
    maker: str

    @property
    def text(self) -> str:
        """The summary as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)
