"""Fingerprints of short texts, made as the worker makes them."""

from datetime import UTC, date, datetime

from summarizer.analysis import Analysis
from summarizer.analyze import analyze
from summarizer.models import load_models
from summarizer.stories import Timed
from summarizer.stories_material import Material
from summarizer.stories_print import Fingerprint
from summarizer.stories_reading import fingerprint
from summarizer.stories_telling import material
from summarizer.text import ArticleText, read_article

DAY = date(2026, 3, 10)


def read(title: str, text: str, day: date | None = DAY) -> tuple[ArticleText, Analysis]:
    """Read and analyse a text."""
    analysis = analyze(text, title=title, published=day, models=load_models())
    return read_article(text, title=title), analysis


def print_of(title: str, text: str, day: date | None = DAY) -> Fingerprint:
    """Make a fingerprint without embeddings."""
    article, analysis = read(title, text, day)
    return fingerprint(article, analysis, load_models(), published=day)


def timed(title: str, text: str, day: date | None = DAY) -> Timed:
    """Make a fingerprint with its time, noon."""
    moment = None if day is None else datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Timed(print_of(title, text, day), moment)


def material_of(title: str, text: str, day: date | None = DAY) -> Material:
    """Make what a story tells of a text."""
    article, analysis = read(title, text, day)
    return material(article, analysis, load_models(), published=day)
