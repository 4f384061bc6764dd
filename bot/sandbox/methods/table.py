"""The methods of the Bot API, by name in lower case."""

from bot.sandbox.methods import (
    answers,
    chats,
    delivery,
    edits,
    media,
    messages,
    profile,
    reactions,
    rich,
)
from bot.sandbox.methods.base import Method

METHODS: dict[str, Method] = {
    name.lower(): method
    for table in (
        answers.METHODS,
        chats.METHODS,
        delivery.METHODS,
        edits.METHODS,
        media.METHODS,
        messages.METHODS,
        profile.METHODS,
        reactions.METHODS,
        rich.METHODS,
    )
    for name, method in table.items()
}
