"""Delivery: who is due, the outbox, the sender."""

from bot import telegram_models  # noqa: F401 — before anything imports aiogram
