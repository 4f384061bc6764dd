"""Summaries of an article: a few sentences, each with the place in the source it rests on."""

from summarizer.summary.lead import lead_summary
from summarizer.summary.model import Summary, SummarySentence

__all__ = ["Summary", "SummarySentence", "lead_summary"]
