"""The tables of what models have written: kept by text, so that nothing is written twice."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.archive.tables import Table


class WrittenTable(Table):
    """What a model made of one text with certain settings, or why it made nothing."""

    __tablename__ = "written"

    # Of an article's text (its fingerprint), or of a sentence that was translated.
    text_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    # Of everything that decides the outcome: the task, the model, the wording of the prompt.
    settings: Mapped[str] = mapped_column(String(64), primary_key=True)
    # Summaries: a list of {"text", "evidence": [[start, end], …]}; translations: a list of one.
    sentences: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    # Why it was given up; NULL while there is hope.
    failed_reason: Mapped[str | None] = mapped_column(String(500))
    written_at: Mapped[datetime]
