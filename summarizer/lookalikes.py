"""Letters of two scripts that look the same, repaired for the eye and folded for comparing."""

import re

_LATIN = "ABCEHKMOPTXYaceikopxyëËïÏ"
_CYRILLIC = "АВСЕНКМОРТХУасеікорхуёЁїЇ"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)

_LATIN_LETTER = "A-Za-zÀ-ÖØ-öø-ɏ"
_CYRILLIC_LETTER = "Ѐ-ӿ"
_SEAM = re.compile(
    f"[{_LATIN_LETTER}][{_CYRILLIC_LETTER}]|[{_CYRILLIC_LETTER}][{_LATIN_LETTER}]",
)
_RUN = re.compile(r"[^\W\d_]+")
_LATIN_ONLY = re.compile(f"(?![{_LATIN}])[{_LATIN_LETTER}]")
_CYRILLIC_ONLY = re.compile(f"(?![{_CYRILLIC}])[{_CYRILLIC_LETTER}]")
_C5_LATIN = re.compile(r"(?<![^\W_])[Cc](?=5\s?\+\s?1)")
_WORD = re.compile(r"[^\W_]+(?:[-+][^\W_]+)*")


def repair(text: str) -> str:
    """Give every word that mixes Latin and Cyrillic look-alikes one script: "Cпец" → "Спец".

    A word in one script is never touched, nor one that holds letters only Latin and letters only
    Cyrillic has ("BMWшный"). A word of look-alikes alone becomes Cyrillic.

    Args:
        text: any text.

    Returns:
        A text of the same length, so that offsets stay valid.
    """
    if not _SEAM.search(text):
        return text
    return _RUN.sub(lambda match: _one_script(match.group()), text)


def _one_script(word: str) -> str:
    if not _SEAM.search(word):
        return word
    if not _LATIN_ONLY.search(word):
        return word.translate(_TO_CYRILLIC)
    return word if _CYRILLIC_ONLY.search(word) else word.translate(_TO_LATIN)


def fold(text: str) -> str:
    """Make texts comparable: lower case, ё as е, look-alikes repaired, C5+1 in Cyrillic.

    Args:
        text: any text.

    Returns:
        A text of the same length: the character at an offset answers to the original's there.
        A letter whose lower case takes two characters ("İ") is kept as it is.
    """
    text = _C5_LATIN.sub(lambda match: "С" if match.group() == "C" else "с", repair(text))
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.replace("ё", "е")


def words(text: str) -> tuple[str, ...]:
    """List the words of a text, folded, without punctuation; hyphens hold a word together."""
    return tuple(_WORD.findall(fold(text)))
