"""A text comes in whatever encoding its editor had; it must not come out as gibberish."""

import random
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.article import UnreadableError
from bot.intake.decoding import decode

NEWS = (
    "Министр иностранных дел Казахстана провёл переговоры в Вашингтоне. "
    "Стороны обсудили торговлю — и договорились о встрече осенью.\n"
)
SHORT = "Посол прибыл в Астану."


@pytest.mark.parametrize("text", [NEWS, NEWS * 50, SHORT], ids=["news", "long", "short"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1251", "koi8-r"]
)
def test_russian_news_in_the_encodings_that_are_met(text: str, encoding: str) -> None:
    text = text.replace("—", "-") if encoding == "koi8-r" else text
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_of_either_byte_order(mark: bytes) -> None:
    order = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert decode(mark + NEWS.encode(order)) == NEWS


@given(st.text(min_size=1).filter(lambda text: text.strip("\0 \t\r\n") and "\0" not in text))
def test_any_text_in_utf_8_comes_out_as_it_is(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary(max_size=3_000))
def test_no_bytes_break_it(raw: bytes) -> None:
    with suppress(UnreadableError):
        assert isinstance(decode(raw), str)


def test_a_text_cut_in_the_middle_of_a_letter_stays_readable() -> None:
    assert decode((NEWS + "конец").encode()[:-1]) == NEWS + "коне\ufffd"


def test_a_dash_of_windows_in_an_english_text_is_a_dash() -> None:
    assert decode(b"Trade talks \x96 the ambassador left Astana") == (
        "Trade talks – the ambassador left Astana"
    )


def test_a_page_that_declares_its_encoding_is_believed() -> None:
    page = '<html><head><meta charset="koi8-r"><title>Да</title></head><body>Мир</body></html>'
    assert decode(page.encode("koi8-r")) == page


def test_a_page_that_declares_what_it_is_not_is_looked_at() -> None:
    page = f'<html><head><meta charset="utf-8"></head><body>{NEWS}</body></html>'
    assert decode(page.encode("windows-1251")) == page


def test_an_encoding_that_does_not_exist_is_no_reason_to_fail() -> None:
    page = f'<meta charset="no-such-thing"><p>{NEWS}</p>'
    assert decode(page.encode("windows-1251")) == page


@pytest.mark.parametrize("raw", [b"", b" \r\n\t ", b"\n" * 1_000])
def test_nothing_is_empty(raw: bytes) -> None:
    with pytest.raises(UnreadableError, match="it is empty"):
        decode(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"\0" * 5_000,
        b"\x7fELF" + b"\0" * 200,
        random.Random(1).randbytes(5_000),
        zlib.compress(NEWS.encode() + random.Random(2).randbytes(3_000)),
    ],
    ids=["zeros", "program", "noise", "compressed"],
)
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"it is not text|its encoding is unknown"):
        decode(raw)
