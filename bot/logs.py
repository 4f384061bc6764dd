"""Logs for the operator: events with ids, on standard error, and never the token."""

import logging
import re
import sys

import structlog

# What a bot token looks like, wherever it may turn up: in an address, an error, a traceback.
_TOKEN = re.compile(r"\b\d{5,}:[A-Za-z0-9_-]{20,}")


class _WithoutToken(logging.Formatter):
    """Formats a record and cuts out whatever looks like a token, tracebacks included."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """Format a record."""
        return without_token(self._inner.format(record))


def without_token(text: str) -> str:
    """Replace everything that looks like a bot token."""
    return _TOKEN.sub("<token>", text)


def set_up_logs(level: str) -> None:
    """Send our events and those of the libraries the same way, to standard error.

    level: "debug", "info", "warning" or "error".
    """
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
        _WithoutToken(
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
