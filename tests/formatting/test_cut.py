"""Cutting the beginning off a message: its formatting stays on the same words."""

from hypothesis import given
from hypothesis import strategies as st

from bot.archive.rows import SubscriberRow
from bot.formatting import FormattedText, cut, utf16_length
from bot.handlers.managing import Managed

WORDS = st.text("аб 😀\n\t", min_size=1, max_size=20)


def covered(message: FormattedText) -> list[str]:
    """The stretches of text that the entities cover."""
    units = message.text.encode("utf-16-le")
    return [
        units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in message.entities
    ]


def bold_over(text: str, start: int, end: int) -> FormattedText:
    """A text that is bold between two of its characters."""
    offset, length = utf16_length(text[:start]), utf16_length(text[start:end])
    return FormattedText(text, ({"type": "bold", "offset": offset, "length": length},))


@given(WORDS, WORDS, WORDS, st.integers(0, 5))
def test_what_is_left_is_the_same_words_with_the_same_formatting(
    before: str, bold: str, after: str, start: int
) -> None:
    text = before + bold + after
    left = cut(bold_over(text, len(before), len(before + bold)), start)

    assert left.text == text[start:].strip()
    first = text.index(left.text, start) if left.text else len(text)
    wanted = text[max(first, len(before)) : min(first + len(left.text), len(before + bold))]
    assert covered(left) == ([wanted] if wanted else [])


@given(WORDS, WORDS, WORDS, st.text(max_size=60))
def test_below_the_name_of_a_chat_the_formatting_stays_on_its_words(
    before: str, bold: str, after: str, name: str
) -> None:
    chat = Managed(SubscriberRow(1, -5, None, "ru", "UTC"), f"«{name}»", "https://t.me/x")
    message = bold_over(before + bold + after, len(before), len(before + bold))

    assert covered(chat.head(message)) == [f"«{name}»", bold]
