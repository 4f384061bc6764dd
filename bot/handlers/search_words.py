"""What is said about a query that cannot be read."""

from bot.formatting import clip
from bot.locales.wording import Wording
from bot.search.operators import Problem, QuerySyntaxError

_PART_LIMIT = 60


def say_problem(error: QuerySyntaxError, words: Wording) -> str:
    """Say what is wrong with a query, where, and what to do."""
    part = clip(error.part, _PART_LIMIT)
    said = {
        Problem.EMPTY: lambda: words.say(
            "There is no word to look for. Write one, such as: /search visas"
        ),
        Problem.ONLY_EXCLUDED: lambda: words.say(
            "“{part}” only says what to leave out. "
            "Add what to look for: a word, a name, an outlet.",
            part=part,
        ),
        Problem.UNCLOSED: lambda: words.say(
            "The quotation mark has no second one: {part}. Close it, or search without it.",
            part=part,
        ),
        Problem.UNKNOWN_OPERATOR: lambda: words.say(
            "I do not know “{part}”. I know person:, from:, after:, before: and lang:.", part=part
        ),
        Problem.NO_VALUE: lambda: words.say(
            "Something is missing after “{part}”. Like this: person:Tokayev from:Kazinform",
            part=part,
        ),
        Problem.NO_DATE: lambda: words.say(
            "“{part}” is not a date that I can read. Like this: after:2026-11-01 or after:2026-11",
            part=part,
        ),
        Problem.CROSSED_DATES: lambda: words.say(
            "No day is after the first of these dates and before the second: {part}. Swap them.",
            part=part,
        ),
        Problem.UNKNOWN_LANGUAGE: lambda: words.say(
            "“{part}” is not a language of the articles. There are lang:ru, lang:en and lang:kk.",
            part=part,
        ),
        Problem.TOO_MANY: lambda: words.say(
            "That is more than I can look for at once: at most {part} words. Leave some out.",
            part=part,
        ),
        Problem.TOO_LONG: lambda: words.say(
            "The query is too long. A few words are enough: /search visas for students"
        ),
    }
    return said[error.problem]()
