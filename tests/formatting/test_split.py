"""Splitting keeps everything: text, entities, words, links; each part fits."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.formatting import Entity, FormattedText, clip, parse, split, utf16_length

# Words, emoji beyond the BMP, markup characters, blank lines: what messages are made of.
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1,
    max_size=12,
)  # fmt: skip
gaps = st.sampled_from([" ", " ", " ", ". ", "\n", "\n\n"])


@st.composite
def messages(draw: st.DrawFn) -> FormattedText:
    """A message of words with nested and neighbouring entities on whole words."""
    text = ""
    entities: list[Entity] = []
    for word in draw(st.lists(words, min_size=1, max_size=60)):
        kind = draw(st.sampled_from(["", "", "bold", "italic", "text_link", "blockquote"]))
        start = utf16_length(text)
        text += word
        if kind:
            entity: Entity = {"type": kind, "offset": start, "length": utf16_length(word)}
            if kind == "text_link":
                entity["url"] = f"https://x.example/{start}"
            entities.append(entity)
        text += draw(gaps)
    text = text.rstrip()
    entities = [e for e in entities if e["offset"] + e["length"] <= utf16_length(text)]
    return FormattedText(text, tuple(entities))


def covered(message: FormattedText) -> list[tuple[str, str]]:
    units = message.text.encode("utf-16-le")
    return [
        (e["type"], units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"))
        for e in message.entities
    ]


@given(messages(), st.integers(min_value=40, max_value=300))
@settings(max_examples=200)
def test_parts_fit_and_together_hold_every_word_and_entity(
    message: FormattedText, limit: int
) -> None:
    parts = split(message, limit)
    assert all(0 < utf16_length(part.text) <= limit for part in parts)
    joined = re.sub(r"\s", "", "".join(part.text for part in parts))
    assert joined == re.sub(r"\s", "", message.text)
    assert [c for part in parts for c in covered(part)] == covered(message)


@given(messages(), st.integers(min_value=40, max_value=300))
@settings(max_examples=200)
def test_no_word_is_cut(message: FormattedText, limit: int) -> None:
    in_parts = [word for part in split(message, limit) for word in part.text.split()]
    assert in_parts == message.text.split()


@given(messages())
def test_what_fits_stays_whole(message: FormattedText) -> None:
    assert split(message, 4096) == (message,)


def test_a_cut_falls_between_blocks_where_it_can() -> None:
    blocks = ["Первый блок из слов. " * 5, "Второй блок из слов. " * 5, "Третий блок. " * 5]
    message = FormattedText("\n\n".join(block.strip() for block in blocks))
    parts = split(message, 230)
    assert all(part.text.startswith(("Первый", "Второй", "Третий")) for part in parts)


def test_a_heading_stays_with_what_it_is_over() -> None:
    message = parse("а" * 60 + "\n\n<b>Цитаты</b>\n\n" + "б" * 60)
    first, second = split(message, 80)
    assert first.text == "а" * 60
    assert second.text.startswith("Цитаты")


def test_a_heading_over_nothing_is_no_reason_to_cut() -> None:
    message = parse("а" * 60 + "\n\n<b>Конец</b>")
    assert [part.text for part in split(message, 66)] == ["а" * 60, "Конец"]


def test_a_link_of_many_words_is_not_cut() -> None:
    message = parse(
        "слово " * 10 + '<a href="https://x.example/1">ссылка из пяти слов тут</a> конец'
    )
    parts = split(message, 70)
    links = [c for part in parts for c in covered(part) if c[0] == "text_link"]
    assert links == [("text_link", "ссылка из пяти слов тут")]


def test_a_word_longer_than_a_message_is_cut_between_characters() -> None:
    message = FormattedText("😀" * 100)
    parts = split(message, 51)
    assert "".join(part.text for part in parts) == message.text
    assert all(utf16_length(part.text) <= 51 for part in parts)


def test_a_quote_goes_on_as_a_quote_in_the_next_part() -> None:
    message = parse("<blockquote expandable>" + "строка текста\n" * 20 + "</blockquote>")
    parts = split(message, 100)
    assert len(parts) > 1
    assert all(part.entities[0]["type"] == "expandable_blockquote" for part in parts)


@given(st.text(max_size=200), st.integers(min_value=2, max_value=50))
def test_clip_fits_and_shortens_only_what_is_too_long(text: str, limit: int) -> None:
    clipped = clip(text, limit)
    assert utf16_length(clipped) <= limit
    assert clipped == text or clipped.endswith("…")


@pytest.mark.parametrize(
    ("text", "clipped"),
    [("Короткий", "Короткий"), ("Посол прибыл в Астану", "Посол прибыл в…"), ("ы" * 30, None)],
)
def test_clip_ends_at_a_word(text: str, clipped: str | None) -> None:
    assert clip(text, 18) == (clipped or "ы" * 17 + "…")
