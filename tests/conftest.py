"""What all tests share."""

import bot.telegram_models  # noqa: F401 — before anything imports aiogram
