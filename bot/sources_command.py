"""The `vestnik sources` commands: what is typed."""

import sys
from typing import Annotated

import typer

from bot.command_line import FAILED, carry_out, complain, console, read_settings
from bot.intake.source import SourceKind

# The parts that need SQLAlchemy are imported where they are used: `--help` is at once.
# ruff: noqa: PLC0415

SourceId = Annotated[str, typer.Argument(help="As `vestnik sources list` shows it.")]

sources = typer.Typer(help="Where the news comes from.", no_args_is_help=True)


@sources.command("list")
def list_sources() -> None:
    """Show the sources and how each is doing."""
    from bot.source_console import show_list

    carry_out(show_list(read_settings(), console))


@sources.command("check")
def check_sources(
    ids: Annotated[list[str] | None, typer.Argument(help="Which; all when none is named.")] = None,
) -> None:
    """Try each source and say which answer; the exit status is 1 when one does not."""
    from bot.source_console import show_check

    sys.exit(0 if carry_out(show_check(read_settings(), ids or [], console)) else FAILED)


@sources.command("add")
def add_source(
    url: Annotated[str, typer.Argument(help="A feed, or a page that names its feed.")],
    kind: Annotated[SourceKind, typer.Option(help="What is at the address.")] = "feed",
    selector: Annotated[str | None, typer.Option(help="CSS, for a listing.")] = None,
    source_id: Annotated[str | None, typer.Option("--id", help="A short name.")] = None,
    outlet: Annotated[str | None, typer.Option(help="As people know it.")] = None,
    language: Annotated[str | None, typer.Option(help="ISO 639-1, such as ru.")] = None,
    time_zone: Annotated[str | None, typer.Option(help="IANA, of its local times.")] = None,
    force: Annotated[bool, typer.Option(help="Add it although it does not answer.")] = False,
) -> None:
    """Try a source, show what it gives, and follow it when it answers."""
    from bot.source_console import show_add
    from bot.source_operations import Wish

    wish = Wish(url, kind, source_id, outlet, language, selector, time_zone)
    if not carry_out(show_add(read_settings(), wish, console, force=force)):
        complain("It is not added. To follow it all the same: --force.")
        sys.exit(FAILED)


@sources.command("pause")
def pause_source(source_id: SourceId) -> None:
    """Stop asking a source until it is resumed."""
    from bot.source_operations import pause

    carry_out(pause(read_settings(), source_id))
    console.print(f"{source_id} is paused.", markup=False)


@sources.command("resume")
def resume_source(source_id: SourceId) -> None:
    """Ask a paused or failing source again, at once."""
    from bot.source_operations import resume

    carry_out(resume(read_settings(), source_id))
    console.print(f"{source_id} is asked again.", markup=False)


@sources.command("remove")
def remove_source(source_id: SourceId) -> None:
    """Remove a source; its articles stay."""
    from bot.source_operations import remove

    carry_out(remove(read_settings(), source_id))
    console.print(f"{source_id} is removed; its articles stay.", markup=False)
