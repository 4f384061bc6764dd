"""Why somebody is told of something, in their language."""

from collections.abc import Mapping

from bot.briefings.alert_views import AlertView
from bot.formatting import clip
from bot.locales.wording import Wording

_SEARCH_LIMIT = 60


def why(view: AlertView, *, words: Wording, topics: Mapping[str, str]) -> tuple[str, ...]:
    """Say why a reader is told of something, a line for each reason.

    topics: their names in the language of the words, by id.
    """
    said = []
    if view.people:
        said.append(words.say("You follow: {names}", names=", ".join(view.people)))
    if view.topics:
        named = ", ".join(topics.get(topic, topic) for topic in view.topics)
        said.append(words.say("Your topic: {topic}", topic=named))
    said += [
        words.say("Your search: {query}", query=clip(text, _SEARCH_LIMIT)) for text in view.searches
    ]
    return tuple(said)
