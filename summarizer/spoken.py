"""Whether a sentence repeats what somebody said, word for word."""

import re

_QUOTED = re.compile(r"«([^»]*)»|“([^”]*)”|„([^“]*)“|\"([^\"]*)\"")
_SPOKEN_WORDS = 3


def holds_speech(text: str) -> bool:
    """Say whether a sentence has somebody's words in quotation marks, which are told verbatim.

    Args:
        text: a sentence; a short name in quotation marks is no speech.
    """
    return any(
        sum(len(group.split()) for group in match.groups() if group) >= _SPOKEN_WORDS
        for match in _QUOTED.finditer(text)
    )
