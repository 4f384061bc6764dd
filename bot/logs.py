"""Logs for the operator: events with ids, on standard error, and never a secret."""

import logging
import re
import sys
from collections.abc import Iterable

import structlog

# What a bot token looks like, wherever it may turn up: in an address ("/bot123:AA…/getMe"), an
# error, a traceback.
_TOKEN = re.compile(r"\d{5,}(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
_PASSWORD = re.compile(r"(://[^\s/:@]*:)\S+@")
_SHORTEST = 8
"""A shorter secret may be an ordinary word: cutting it out everywhere would spoil the log."""

_known: set[str] = set()


class _WithoutSecrets(logging.Formatter):
    """Formats a record and cuts out whatever is or looks like a secret, tracebacks included."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """Format a record."""
        return without_secrets(self._inner.format(record))


def without_secrets(text: str) -> str:
    """Replace the secrets of this process, bot tokens, and passwords in addresses."""
    for secret in _known:
        text = text.replace(secret, "<secret>")
    return _PASSWORD.sub(r"\1<secret>@", _TOKEN.sub("<token>", text))


def set_up_logs(level: str, *, secrets: Iterable[str] = ()) -> None:
    """Send our events and those of the libraries the same way, to standard error.

    level: "debug", "info", "warning" or "error".
    secrets: what never passes, even where it does not look like a secret.
    """
    _known.clear()
    _known.update(secret for secret in secrets if len(secret) >= _SHORTEST)
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer = structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"])
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        _WithoutSecrets(
            structlog.stdlib.ProcessorFormatter(
                foreign_pre_chain=shared,
                processors=[
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    renderer,
                ],
            )
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # Their "info" tells of every update and every tick.
    for talkative in ("aiogram.event", "apscheduler", "aiohttp.access", "alembic"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    # It calls a page without an article an error; the import's own report says that better.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
