"""The `vestnik` command: what an operator does."""

import asyncio
import io
import sys
import traceback
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, Never, TypeVar

import structlog
import typer
from rich.console import Console

from bot.errors import VestnikError
from bot.intake.source import SourceKind
from bot.logs import set_up_logs, without_secrets
from bot.settings import Language, Settings, load_settings

# The parts that need aiogram or SQLAlchemy are imported where they are used: `--help` is at once.
# ruff: noqa: PLC0415

FAILED = 1
"""Exit status when a file could not be read, or when something broke that no setting can mend."""
WRONG_SET_UP = 2
"""Exit status when something about the set-up is wrong; one sentence says what."""
INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""

Result = TypeVar("Result")

main = typer.Typer(
    name="vestnik",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
database = typer.Typer(help="The database.", no_args_is_help=True)
samples = typer.Typer(help="The invented articles of an empty archive.", no_args_is_help=True)
main.add_typer(database, name="db")
main.add_typer(samples, name="samples")
sources = typer.Typer(help="Where the news comes from.", no_args_is_help=True)
main.add_typer(sources, name="sources")
SourceId = Annotated[str, typer.Argument(help="As `vestnik sources list` shows it.")]

console = Console(highlight=False, soft_wrap=True)
complaints = Console(stderr=True, highlight=False, soft_wrap=True)
log = structlog.get_logger()


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
    settings = _settings()
    if settings.bot_token is None:
        _chat(settings)
        return
    from bot.operations import serve

    _carry_out(serve(settings, settings.bot_token.get_secret_value()))


@main.command()
def chat() -> None:
    """Chat with the bot in the terminal: no token, no Telegram."""
    _chat(_settings())


@main.command()
def sandbox(
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="The port on 127.0.0.1; 0: any free one.")
    ] = 8081,
    limits: Annotated[bool, typer.Option(help="Hold Telegram's own rate limits.")] = False,
) -> None:
    """Serve a Bot API on this machine, for a bot with BOT_API_URL=http://127.0.0.1:PORT."""
    from bot.operations import serve_sandbox

    _settings()
    _carry_out(serve_sandbox(port, limits=limits, console=console))


@main.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help=".txt, .html, .jsonl files, or folders.")],
) -> None:
    """Bring articles into the archive; what is there already is passed over.

    The exit status is 1 when something could not be read; all the rest is in.
    """
    from bot.operations import import_paths

    report = _carry_out(import_paths(_settings(), paths, complaints))
    for where, why in report.problems:
        complaints.print(_printable(f"{where}: {why}"), style="yellow", markup=False)
    revised = f", revised {report.revised}" if report.revised else ""
    console.print(
        f"Added {report.added}, known already {report.known}{revised}, "
        f"not readable {len(report.problems)}."
    )
    sys.exit(FAILED if report.problems else 0)


@main.command()
def digest(
    language: Annotated[Language | None, typer.Option(help="ru, en or kk.")] = None,
) -> None:
    """Print this week's briefing."""
    from bot.operations import print_digest

    settings = _settings()
    _carry_out(print_digest(settings, language or settings.default_language, console))


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
        people = known_people(load_beat(_settings().beat))
        for problem in analyze_paths(paths, lines=jsonl, out=sys.stdout, people=people):
            complaints.print(problem, style="yellow", markup=False)
            failed = True
    except VestnikError as error:
        _give_up(error)
    sys.exit(1 if failed else 0)


@main.command()
def person(
    name: Annotated[str, typer.Argument(help="A name in any form.")],
    json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
) -> None:
    """Print who somebody is, by what the articles say.

    The exit status is 1 when nobody answers to the name, or several people do.
    """
    from bot.operations import open_archive
    from bot.person_command import print_person

    settings = _settings()
    printing = print_person(
        settings,
        open_archive(settings),
        name,
        as_json=json,
        console=console,
        complaints=complaints,
    )
    sys.exit(0 if _carry_out(printing) else FAILED)


@database.command()
def upgrade() -> None:
    """Create the database, or bring its tables up to date."""
    from bot.operations import upgrade_database

    revision = _carry_out(upgrade_database(_settings()))
    console.print(f"The database is up to date (tables {revision}).")


@samples.command()
def load() -> None:
    """Fill an archive without articles with the samples, dated back from today."""
    from bot.operations import load_all_samples

    added = _carry_out(load_all_samples(_settings()))
    console.print(f"Added {added} sample articles.")


@samples.command()
def remove() -> None:
    """Remove the samples; articles of your own stay."""
    from bot.operations import remove_all_samples

    removed = _carry_out(remove_all_samples(_settings()))
    console.print(f"Removed {removed} sample articles.")


@sources.command("list")
def list_sources() -> None:
    """Show the sources and how each is doing."""
    from bot.source_console import show_list

    _carry_out(show_list(_settings(), console))


@sources.command("check")
def check_sources(
    ids: Annotated[list[str] | None, typer.Argument(help="Which; all when none is named.")] = None,
) -> None:
    """Try each source and say which answer; the exit status is 1 when one does not."""
    from bot.source_console import show_check

    sys.exit(0 if _carry_out(show_check(_settings(), ids or [], console)) else FAILED)


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
    if not _carry_out(show_add(_settings(), wish, console, force=force)):
        _complain("It is not added. To follow it all the same: --force.")
        sys.exit(FAILED)


@sources.command("pause")
def pause_source(source_id: SourceId) -> None:
    """Stop asking a source until it is resumed."""
    from bot.source_operations import pause

    _carry_out(pause(_settings(), source_id))
    console.print(f"{source_id} is paused.", markup=False)


@sources.command("resume")
def resume_source(source_id: SourceId) -> None:
    """Ask a paused or failing source again, at once."""
    from bot.source_operations import resume

    _carry_out(resume(_settings(), source_id))
    console.print(f"{source_id} is asked again.", markup=False)


@sources.command("remove")
def remove_source(source_id: SourceId) -> None:
    """Remove a source; its articles stay."""
    from bot.source_operations import remove

    _carry_out(remove(_settings(), source_id))
    console.print(f"{source_id} is removed; its articles stay.", markup=False)


def _chat(settings: Settings) -> None:
    from bot.operations import chat_in_terminal

    _carry_out(chat_in_terminal(settings))


def _settings() -> Settings:
    try:
        settings = load_settings()
    except VestnikError as error:
        _give_up(error)
    # At a terminal the operator reads what the command itself says; a service keeps a log.
    is_service = settings.bot_token is not None
    level = settings.log_level or ("info" if is_service else "warning")
    set_up_logs(level, secrets=settings.secrets())
    return settings


def _carry_out(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine; whatever the operator can mend ends in one sentence and status 2."""
    try:
        return asyncio.run(work)
    except VestnikError as error:
        log.debug("given_up", exc_info=True)
        _give_up(error)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has enough of it: what typer makes of that is right.
        raise
    except OSError as error:
        log.debug("refused_by_the_system", exc_info=True)
        _complain(f"The system refused something: {error.strerror or error}.")
        sys.exit(FAILED)
    except Exception:
        # Printed here and not by Python, which would let a secret in the traceback pass.
        _complain(f"Vestnik has a fault; please report it.\n{traceback.format_exc()}")
        sys.exit(FAILED)


def _give_up(error: VestnikError) -> Never:
    _complain(str(error))
    sys.exit(WRONG_SET_UP)


def _complain(text: str) -> None:
    complaints.print(without_secrets(f"vestnik: {text}"), style="bold red", markup=False)


def _printable(text: str) -> str:
    """Make the name of a file harmless: it may hold control characters, or no text at all."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
