"""The `vestnik` command: what an operator does."""

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, Never, TypeVar

import typer
from rich.console import Console

from bot.errors import VestnikError
from bot.logs import set_up_logs, without_token
from bot.settings import Language, Settings, load_settings

# The parts that need aiogram or SQLAlchemy are imported where they are used: `--help` is at once.
# ruff: noqa: PLC0415

WRONG_SET_UP = 2
"""Exit status when something about the set-up is wrong; one sentence says what."""

Result = TypeVar("Result")

main = typer.Typer(
    name="vestnik",
    help="Vestnik reads the news on one beat and briefs people in Telegram.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
database = typer.Typer(help="The database.", no_args_is_help=True)
samples = typer.Typer(help="The invented articles of an empty archive.", no_args_is_help=True)
main.add_typer(database, name="db")
main.add_typer(samples, name="samples")

console = Console(highlight=False, soft_wrap=True)
complaints = Console(stderr=True, highlight=False, soft_wrap=True)


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
    port: Annotated[int, typer.Option(help="The port on 127.0.0.1.")] = 8081,
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
        complaints.print(f"{where}: {why}", style="yellow", markup=False)
    console.print(
        f"Added {report.added}, known already {report.known}, not readable {len(report.problems)}."
    )
    sys.exit(1 if report.problems else 0)


@main.command()
def digest(
    language: Annotated[Language | None, typer.Option(help="ru, en or kk.")] = None,
) -> None:
    """Print this week's briefing."""
    from bot.operations import print_digest

    settings = _settings()
    _carry_out(print_digest(settings, language or settings.default_language, console))


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
    set_up_logs(settings.log_level or ("info" if is_service else "warning"))
    return settings


def _carry_out(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine; whatever the operator can mend ends in one sentence and status 2."""
    try:
        return asyncio.run(work)
    except VestnikError as error:
        _give_up(error)
    except KeyboardInterrupt:
        sys.exit(130)


def _give_up(error: VestnikError) -> Never:
    text = f"vestnik: {without_token(str(error))}"
    complaints.print(text, style="bold red", markup=False)
    sys.exit(WRONG_SET_UP)
