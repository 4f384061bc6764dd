"""What a person can ask for: one file each."""

from bot import telegram_models  # noqa: F401 — before anything imports aiogram
