"""The tables of what is passed on: who a person became, and how often what was chosen."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.archive.tables import Table


class MovedPersonTable(Table):
    """A person who became a part of another one: links to the first lead to the second."""

    __tablename__ = "moved_people"

    # No foreign key: this person is no more.
    former_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)


class ShareTable(Table):
    """How many items of a kind were chosen in inline mode on a day (UTC); nobody's name is kept."""

    __tablename__ = "shares"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(1), primary_key=True)
    number: Mapped[int]
