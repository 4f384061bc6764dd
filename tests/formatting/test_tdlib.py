"""Telegram's own parser, as the bot hears it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from bot.formatting import FormattedText, MarkupError, find_entities, parse, utf16_length


def test_text_and_entities_come_out_in_utf16_units() -> None:
    parsed = parse('😀 <b>жирный</b> <a href="https://x.example/">тут</a>')
    assert parsed == FormattedText(
        "😀 жирный тут",
        (
            {"type": "bold", "offset": 3, "length": 6},
            {"type": "text_link", "offset": 10, "length": 3, "url": "https://x.example/"},
        ),
    )


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag"),
    ],
)
def test_refusals_are_in_telegrams_words(markup: str, words: str) -> None:
    with pytest.raises(MarkupError, match=re.escape(words)):
        parse(markup)


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
        ('<tg-time unix="1700000000">x</tg-time>', "date_time"),
        ('<pre><code class="language-py">x</code></pre>', "pre"),
        ('<a href="tg://user?id=5">x</a>', "text_mention"),
        ('<tg-emoji emoji-id="5">😀</tg-emoji>', "custom_emoji"),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
    ],
)
def test_every_kind_of_entity_has_its_bot_api_name(markup: str, kind: str) -> None:
    assert [entity["type"] for entity in parse(markup).entities] == [kind]


def test_plain_text_is_searched_for_commands_and_links() -> None:
    kinds = [entity["type"] for entity in find_entities("/start https://x.example @durov #тег")]
    assert kinds == ["bot_command", "url", "mention", "hashtag"]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")))
def test_escaped_text_comes_out_as_it_went_in(text: str) -> None:
    assert parse(str(escape(text))).text == text


@given(st.text())
def test_units_are_counted_as_utf16_counts_them(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2
