"""`vestnik digest`: an edition outside Telegram, on the terminal or as a document."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.command_line import carry_out, console, read_settings
from bot.settings import Language

As = Literal["telegram", "html", "pdf", "docx", "json"]


def digest(
    period: Annotated[
        str, typer.Option(help='Such as 7, 2026-W12, "март 2026" or 2026-03-01..2026-03-15.')
    ] = "7",
    language: Annotated[
        Language | None, typer.Option("--locale", "--language", help="ru, en or kk.")
    ] = None,
    format_: Annotated[
        As, typer.Option("--format", help="telegram prints messages; the others are documents.")
    ] = "telegram",
    about: Annotated[
        str | None, typer.Option(help="A topic of the beat or a person, in any form of the name.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="The file to write; else the standard output.")
    ] = None,
) -> None:
    """Print or write the edition of a period: the last seven days, unless said otherwise."""
    # It needs SQLAlchemy: `--help` is at once.
    from bot.digest_operations import AskedFor, print_edition, write_edition  # noqa: PLC0415

    settings = read_settings()
    asked = AskedFor(period, about, language or settings.default_language)
    if format_ == "telegram" and out is None:
        carry_out(print_edition(settings, asked, console))
        return
    written = carry_out(write_edition(settings, asked, format_))
    if out is None:
        sys.stdout.buffer.write(written)
    else:
        out.write_bytes(written)
        console.print(f"Wrote {out}", markup=False)
