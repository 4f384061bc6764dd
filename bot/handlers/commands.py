"""The commands of the bot, as the menu of a Telegram client lists them."""

from aiogram import Bot
from aiogram.types import BotCommand

from bot.locales.wording import LANGUAGES, Wording, wording


def bot_commands(words: Wording) -> list[BotCommand]:
    """List the commands with one line each, in one language."""
    described = {
        "latest": words.say("The newest articles"),
        "digest": words.say("What happened this week"),
        "person": words.say("Who somebody is: posts, words, company"),
        "search": words.say("Find articles by their words"),
        "ask": words.say("Ask the archive a question"),
        "subscribe": words.say("The briefing by itself, at your hour"),
        "settings": words.say("What the briefing tells, and how it comes"),
        "alerts": words.say("What I tell of at once"),
        "status": words.say("What comes, and when"),
        "stop": words.say("No more briefings"),
        "groups": words.say("The briefing in your groups and channels"),
        "mydata": words.say("What I keep about you"),
        "forgetme": words.say("Erase what I keep about you"),
        "language": words.say("Русский, English, Қазақша"),
        "help": words.say("What I can do"),
    }
    return [BotCommand(command=name, description=text) for name, text in described.items()]


async def register_commands(bot: Bot, default_language: str) -> None:
    """Tell Telegram the commands: once for each language, and once for all others."""
    await bot.set_my_commands(bot_commands(wording(default_language)))
    for language in LANGUAGES:
        await bot.set_my_commands(bot_commands(wording(language)), language_code=language)
