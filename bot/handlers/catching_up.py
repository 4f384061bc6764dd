"""Waiting a moment for articles that have just come in, so that an answer knows of them."""

from aiogram import Bot
from aiogram.enums import ChatAction

from bot.analysis.analyst import Analyst
from bot.handlers.place import Place

WAIT_SECONDS = 5.0
"""How long an answer waits; what is not analysed by then is told as it came in."""


async def catch_up(analyst: Analyst, bot: Bot, place: Place) -> None:
    """Let the analysis catch up before an answer that rests on it; the chat shows "typing"."""
    if await analyst.is_settled():
        return
    await bot.send_chat_action(place.chat_id, ChatAction.TYPING, message_thread_id=place.thread_id)
    await analyst.wait(WAIT_SECONDS)
