"""Around every update: who is speaking, and how much is too much."""

from bot import telegram_models  # noqa: F401 — before anything imports aiogram
