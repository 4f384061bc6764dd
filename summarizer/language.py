"""Which of the product's languages a text is written in."""

import re

_CYRILLIC = re.compile("[а-яёәғқңөұүһі]")
_LATIN = re.compile("[a-z]")
_KAZAKH = re.compile("[әғқңөұүһі]")

_READ = 4_000
# In Kazakh prose every seventh letter or so is one of these; a Russian text that quotes a Kazakh
# name has a few in a thousand.
_KAZAKH_SHARE = 0.03
# A short Russian text may be half made of the names of companies; an English one quotes hardly a
# word in Cyrillic.
_LATIN_TO_CYRILLIC = 2


def detect_language(text: str) -> str:
    """Tell "ru", "kk" or "en" from the letters of a text; "ru" where there are none to tell by."""
    sample = text[:_READ].lower()
    cyrillic = len(_CYRILLIC.findall(sample))
    if len(_LATIN.findall(sample)) > _LATIN_TO_CYRILLIC * cyrillic:
        return "en"
    if cyrillic and len(_KAZAKH.findall(sample)) / cyrillic > _KAZAKH_SHARE:
        return "kk"
    return "ru"
