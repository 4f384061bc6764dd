"""The `vestnik` command: what an operator does."""

import io
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.command_line import (
    FAILED,
    carry_out,
    complaints,
    console,
    give_up,
    printable,
    read_settings,
)
from bot.digest_command import digest
from bot.errors import VestnikError
from bot.model_command import model
from bot.settings import Language, Settings
from bot.sources_command import sources

# The parts that need aiogram or SQLAlchemy are imported where they are used: `--help` is at once.
# ruff: noqa: PLC0415

main = typer.Typer(
    name="vestnik",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
database = typer.Typer(help="The database.", no_args_is_help=True)
samples = typer.Typer(help="The invented articles of an empty archive.", no_args_is_help=True)
main.add_typer(database, name="db")
main.add_typer(samples, name="samples")
main.add_typer(sources, name="sources")
main.command()(digest)
main.add_typer(model, name="model")


@main.callback()
def prepare() -> None:
    """Vestnik reads the news on one beat and briefs people in Telegram."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal whose encoding lacks a letter shows "?"; it is no reason to end.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@main.command()
def run() -> None:
    """Run the bot on Telegram; without BOT_TOKEN, chat with it here in the terminal."""
    settings = read_settings()
    if settings.bot_token is None:
        _chat(settings)
        return
    from bot.operations import serve

    carry_out(serve(settings, settings.bot_token.get_secret_value()))


@main.command()
def chat() -> None:
    """Chat with the bot in the terminal: no token, no Telegram."""
    _chat(read_settings())


@main.command()
def sandbox(
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="The port on 127.0.0.1; 0: any free one.")
    ] = 8081,
    limits: Annotated[bool, typer.Option(help="Hold Telegram's own rate limits.")] = False,
) -> None:
    """Serve a Bot API on this machine, for a bot with BOT_API_URL=http://127.0.0.1:PORT."""
    from bot.operations import serve_sandbox

    read_settings()
    carry_out(serve_sandbox(port, limits=limits, console=console))


@main.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help=".txt, .html, .jsonl files, or folders.")],
) -> None:
    """Bring articles into the archive; what is there already is passed over.

    The exit status is 1 when something could not be read; all the rest is in.
    """
    from bot.operations import import_paths

    report = carry_out(import_paths(read_settings(), paths, complaints))
    for where, why in report.problems:
        complaints.print(printable(f"{where}: {why}"), style="yellow", markup=False)
    revised = f", revised {report.revised}" if report.revised else ""
    console.print(
        f"Added {report.added}, known already {report.known}{revised}, "
        f"not readable {len(report.problems)}."
    )
    sys.exit(FAILED if report.problems else 0)


@main.command()
def analyze(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders; - with --jsonl.")],
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read lines of {"id", "text"}, from files or from -.')
    ] = False,
) -> None:
    """Print who is in articles, what they said, and when: a line of JSON for each.

    The exit status is 1 when something could not be read; all the rest is printed.
    """
    from bot.analysis.beat_people import known_people
    from bot.analyze_command import analyze_paths
    from bot.beat import load_beat

    if isinstance(sys.stdout, io.TextIOWrapper):
        # Lone surrogates come out as JSON's own escapes.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    failed = False
    try:
        people = known_people(load_beat(read_settings().beat))
        for problem in analyze_paths(paths, lines=jsonl, out=sys.stdout, people=people):
            complaints.print(problem, style="yellow", markup=False)
            failed = True
    except VestnikError as error:
        give_up(error)
    sys.exit(1 if failed else 0)


@main.command()
def person(
    name: Annotated[str, typer.Argument(help="A name in any form.")],
    json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="A document to write; it ends with .pdf or .docx.")
    ] = None,
    language: Annotated[
        Language | None, typer.Option("--locale", "--language", help="Of a document: ru, en or kk.")
    ] = None,
) -> None:
    """Print who somebody is, by what the articles say, or write it as a document.

    The exit status is 1 when nobody answers to the name, or several people do.
    """
    from bot.operations import open_archive
    from bot.person_command import print_person, write_person

    settings = read_settings()
    if out is not None:
        if out.suffix.lower() not in (".pdf", ".docx"):
            raise typer.BadParameter("name a file that ends with .pdf or .docx", param_hint="--out")
        writing = write_person(
            settings,
            open_archive(settings),
            name,
            out,
            language=language or settings.default_language,
            complaints=complaints,
        )
        sys.exit(0 if carry_out(writing) else FAILED)
    printing = print_person(
        settings,
        open_archive(settings),
        name,
        as_json=json,
        console=console,
        complaints=complaints,
    )
    sys.exit(0 if carry_out(printing) else FAILED)


@database.command()
def upgrade() -> None:
    """Create the database, or bring its tables up to date."""
    from bot.operations import upgrade_database

    revision = carry_out(upgrade_database(read_settings()))
    console.print(f"The database is up to date (tables {revision}).")


@samples.command()
def load() -> None:
    """Fill an archive without articles with the samples, dated back from today."""
    from bot.operations import load_all_samples

    added = carry_out(load_all_samples(read_settings()))
    console.print(f"Added {added} sample articles.")


@samples.command()
def remove() -> None:
    """Remove the samples; articles of your own stay."""
    from bot.operations import remove_all_samples

    removed = carry_out(remove_all_samples(read_settings()))
    console.print(f"Removed {removed} sample articles.")


def _chat(settings: Settings) -> None:
    from bot.operations import chat_in_terminal

    carry_out(chat_in_terminal(settings))
