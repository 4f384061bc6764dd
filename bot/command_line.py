"""What every `vestnik` command shares: its settings, its exit statuses, how it ends."""

import asyncio
import sys
import traceback
from collections.abc import Coroutine
from typing import Any, Never, TypeVar

import structlog
from rich.console import Console

from bot.errors import VestnikError
from bot.logs import set_up_logs, without_secrets
from bot.settings import Settings, load_settings

FAILED = 1
"""Exit status when a file could not be read, or when something broke that no setting can mend."""
WRONG_SET_UP = 2
"""Exit status when something about the set-up is wrong; one sentence says what."""
INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""

Result = TypeVar("Result")

console = Console(highlight=False, soft_wrap=True)
complaints = Console(stderr=True, highlight=False, soft_wrap=True)
log = structlog.get_logger()


def read_settings() -> Settings:
    """Read the settings and set up the log; a fault in them ends the command with status 2."""
    try:
        settings = load_settings()
    except VestnikError as error:
        give_up(error)
    # At a terminal the operator reads what the command itself says; a service keeps a log.
    is_service = settings.bot_token is not None
    level = settings.log_level or ("info" if is_service else "warning")
    set_up_logs(level, secrets=settings.secrets())
    return settings


def carry_out(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine; whatever the operator can mend ends in one sentence and status 2."""
    try:
        return asyncio.run(work)
    except VestnikError as error:
        log.debug("given_up", exc_info=True)
        give_up(error)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has enough of it: what typer makes of that is right.
        raise
    except OSError as error:
        log.debug("refused_by_the_system", exc_info=True)
        complain(f"The system refused something: {error.strerror or error}.")
        sys.exit(FAILED)
    except Exception:
        # Printed here and not by Python, which would let a secret in the traceback pass.
        complain(f"Vestnik has a fault; please report it.\n{traceback.format_exc()}")
        sys.exit(FAILED)


def give_up(error: VestnikError) -> Never:
    """Say what is wrong with the set-up, and end with status 2."""
    complain(str(error))
    sys.exit(WRONG_SET_UP)


def complain(text: str) -> None:
    """Write a sentence to the standard error, without secrets."""
    complaints.print(without_secrets(f"vestnik: {text}"), style="bold red", markup=False)


def printable(text: str) -> str:
    """Make the name of a file harmless: it may hold control characters, or no text at all."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
