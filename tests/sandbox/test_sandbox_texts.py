"""What Telegram makes of a text, and which it refuses."""

from typing import Any

import pytest
from aiogram.enums import ParseMode
from hypothesis import given
from hypothesis import strategies as st

from bot.formatting.tdlib import utf16_length
from bot.sandbox.judge import formatted
from tests.sandbox.stage import READER, Stage


async def test_a_text_comes_back_with_its_entities(stage: Stage) -> None:
    text = '<b>Главное</b> <a href="https://example.org/news">тут</a>'
    sent = await stage.bot.send_message(READER, text, parse_mode=ParseMode.HTML)
    assert sent.text == "Главное тут"
    kinds = [(item.type, item.offset, item.length) for item in sent.entities or ()]
    assert kinds == [("bold", 0, 7), ("text_link", 8, 3)]


async def test_the_limit_is_counted_after_parsing(stage: Stage) -> None:
    whole = f"<b>{'x' * 4096}</b>"
    assert len((await stage.sends(whole, parse_mode="HTML"))["text"]) == 4096
    longer = f"<b>{'x' * 4097}</b>"
    refusal = await stage.refusal("sendMessage", chat_id=READER, text=longer, parse_mode="HTML")
    assert refusal == "Bad Request: message is too long"


async def test_twenty_kilobytes_of_markup_are_legal(stage: Stage) -> None:
    link = '<a href="https://example.org/a/long/address/of/an/article">с</a> '
    assert len(link.encode()) * 300 > 19_000
    sent = await stage.sends(link * 300, parse_mode="HTML")
    assert len(sent["entities"]) == 300


async def test_more_than_32_kilobytes_of_markup_are_not(stage: Stage) -> None:
    text = "<b></b>" * 5000 + "x"
    refusal = await stage.refusal("sendMessage", chat_id=READER, text=text, parse_mode="HTML")
    assert refusal == "Bad Request: text is too long"


async def test_an_emoji_counts_twice(stage: Stage) -> None:
    assert (await stage.sends("😀" * 2048))["text"] == "😀" * 2048
    refusal = await stage.refusal("sendMessage", chat_id=READER, text="😀" * 2048 + "x")
    assert refusal == "Bad Request: message is too long"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "message text is empty"),
        ("  \n ", "text must be non-empty"),
        ("<b> </b>", "text must be non-empty"),
        ("<p>x</p>", 'can\'t parse entities: Unsupported start tag "p" at byte offset 0'),
        ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("</b>", "can't parse entities: Unexpected end tag at byte offset 0"),
        (
            "<b><i>x</b></i>",
            "can't parse entities: Unmatched end tag at byte offset 7, "
            'expected "</i>", found "</b>"',
        ),
    ],
)
async def test_bad_texts_are_refused_in_telegrams_words(
    stage: Stage, text: str, words: str
) -> None:
    refusal = await stage.refusal("sendMessage", chat_id=READER, text=text, parse_mode="HTML")
    assert refusal == f"Bad Request: {words}"


async def test_an_unknown_parse_mode_is_refused(stage: Stage) -> None:
    refusal = await stage.refusal("sendMessage", chat_id=READER, text="x", parse_mode="BBCode")
    assert refusal == "Bad Request: unsupported parse_mode"


async def test_markdown_is_parsed_too(stage: Stage) -> None:
    sent = await stage.sends("*жирно*", parse_mode="MarkdownV2")
    assert (sent["text"], sent["entities"][0]["type"]) == ("жирно", "bold")


async def test_spaces_around_a_text_go_and_entities_move_along(stage: Stage) -> None:
    sent = await stage.sends("\n  Итог: <b>да</b> \n", parse_mode="HTML")
    assert sent["text"] == "Итог: да"
    assert sent["entities"] == [{"type": "bold", "offset": 6, "length": 2}]


async def test_control_characters_go(stage: Stage) -> None:
    bold = [{"type": "bold", "offset": 2, "length": 2}]
    sent = await stage.sends("\r😀\u202eб\x07", entities=[{**bold[0], "offset": 3, "length": 2}])
    assert sent["text"] == "😀б"
    assert sent["entities"] == [{"type": "bold", "offset": 2, "length": 1}]


async def test_commands_links_and_mentions_are_found(stage: Stage) -> None:
    sent = await stage.sends("/latest от @vestnik на https://example.org #итоги")
    kinds = [item["type"] for item in sent["entities"]]
    assert kinds == ["bot_command", "mention", "url", "hashtag"]


async def test_what_is_code_or_a_link_already_is_not_searched(stage: Stage) -> None:
    text = '<code>/latest</code> <a href="https://a.org/">https://b.org</a>'
    sent = await stage.sends(text, parse_mode="HTML")
    assert [item["type"] for item in sent["entities"]] == ["code", "text_link"]


async def test_a_style_that_a_found_link_crosses_is_cut_in_two(stage: Stage) -> None:
    sent = await stage.sends("<b>см. https://a</b>.org", parse_mode="HTML")
    spans = [(item["type"], item["offset"], item["length"]) for item in sent["entities"]]
    assert spans == [("bold", 0, 4), ("url", 4, 13), ("bold", 4, 9)]


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        ({"offset": -1, "length": 1}, "receive an entity with incorrect offset -1"),
        ({"offset": 9, "length": 1}, "entity begins after the end of the text at UTF-16 offset 9"),
        (
            {"offset": 0, "length": 9},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9",
        ),
        ({"offset": 1, "length": 1}, "entity begins in a middle of a UTF-16 symbol"),
        (
            {"offset": 0, "length": 1},
            "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol",
        ),
        (
            {"offset": 0, "length": 2, "type": "huge"},
            "can't parse MessageEntity: Unsupported type specified",
        ),
        (
            {"offset": 0, "length": 2, "type": "text_link"},
            "can't parse MessageEntity: Can't find field \"url\"",
        ),
        (
            {"offset": 0, "length": 2, "type": "text_link", "url": "nowhere"},
            "entity URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        (
            {"offset": 0, "length": 2, "type": "text_link", "url": ""},
            "entity URL '' is invalid: URL host is empty",
        ),
    ],
)
async def test_given_entities_are_checked(stage: Stage, entity: dict[str, Any], words: str) -> None:
    entities = [{"type": "bold", **entity}]
    refusal = await stage.refusal("sendMessage", chat_id=READER, text="😀 да", entities=entities)
    assert refusal.startswith(f"Bad Request: {words}")


async def test_the_preview_is_kept_with_the_message(stage: Stage) -> None:
    preview = {"url": "https://example.org/a", "prefer_small_media": True}
    sent = await stage.sends("Новость", link_preview_options=preview)
    assert sent["link_preview_options"] == preview
    refusal = await stage.refusal(
        "sendMessage", chat_id=READER, text="x", link_preview_options={"url": "nowhere"}
    )
    assert refusal == "Bad Request: WEBPAGE_URL_INVALID"


@given(st.text(alphabet="аб 😀\n\r\u202e\x01/@.<&", max_size=60))
def test_entities_always_lie_inside_the_text(text: str) -> None:
    judged = formatted(text, "")
    length = utf16_length(judged.text)
    assert judged.text == judged.text.strip(" \n")
    for entity in judged.entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= length


@given(st.text(alphabet="аб 😀\n\r\u202e.", min_size=1, max_size=40), st.data())
def test_a_given_entity_still_covers_the_same_characters(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    offset, length = utf16_length(text[:start]), utf16_length(text[start:end])
    judged = formatted(text, "", [{"type": "bold", "offset": offset, "length": length}])
    bold = [item for item in judged.entities if item["type"] == "bold"]
    covered = judged.text.encode("utf-16-le")
    kept = "".join(
        covered[2 * item["offset"] : 2 * (item["offset"] + item["length"])].decode("utf-16-le")
        for item in bold
    )
    visible = [char for char in text[start:end] if char in "аб😀."]
    assert [char for char in kept if char in "аб😀."] == visible
