"""What people read: complete in every language, plurals and dates as each language has them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from bot.locales.wording import LANGUAGES, choose_language, utc_offset, wording
from bot.settings import PROJECT

METHODS = [("bot/**.py", "python"), ("templates/**.j2", "jinja2")]
KEYWORDS = {
    "_": None, "say": None, "_say": None, "translate": None, "count": (1, 2), "ngettext": (1, 2),
}  # fmt: skip


@pytest.fixture(scope="module")
def used() -> set[str]:
    """Every message that code or a template asks for."""
    found = extract_from_dir(
        PROJECT, METHODS, {"**.j2": {"trimmed": "true", "encoding": "utf-8"}}, KEYWORDS
    )
    return {m if isinstance(m, str) else m[0] for _, _, m, _, _ in found}


def catalogue(language: str) -> dict[str, Message]:
    path = Path(PROJECT, "bot", "locales", language, "LC_MESSAGES", "vestnik.po")
    with path.open("rb") as file:
        messages = [m for m in read_po(file, locale=language) if m.id]
    return {m.id if isinstance(m.id, str) else m.id[0]: m for m in messages}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_there_and_none_too_many(language: str, used: set[str]) -> None:
    assert set(catalogue(language)) == used


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_is_whole_and_fills_the_same_fields(language: str) -> None:
    for message in catalogue(language).values():
        strings = [message.string] if isinstance(message.string, str) else message.string or [""]
        assert all(strings), message.id
        assert not message.fuzzy
        for error in message.check():
            raise error


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "И ещё 1 сюжет"),
        (2, "И ещё 2 сюжета"),
        (5, "И ещё 5 сюжетов"),
        (11, "И ещё 11 сюжетов"),
        (21, "И ещё 21 сюжет"),
        (112, "И ещё 112 сюжетов"),
    ],
)
def test_russian_counts_in_three_forms(number: int, said: str) -> None:
    translations = wording("ru").translations
    form = translations.ngettext("And %(num)s more story", "And %(num)s more stories", number)
    assert form % {"num": number} == said


def test_dates_are_written_as_each_language_writes_them() -> None:
    day, today = date(2026, 3, 5), date(2026, 11, 22)
    assert [wording(x).day(day, "UTC", today=today) for x in LANGUAGES] == [
        "5 марта",
        "March 5",
        "5 наурыз",
    ]
    assert wording("ru").day(day, "UTC", today=date(2027, 1, 1)) == "5 марта 2026\u202fг."


def test_a_moment_late_in_utc_is_the_next_day_in_almaty() -> None:
    moment = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
    words = wording("ru")
    assert words.day(moment, "Asia/Almaty", today=date(2026, 11, 22)) == "22 ноября"
    assert words.time(moment, "Asia/Almaty") == "01:30"


def test_a_period_names_the_month_once() -> None:
    assert (
        wording("ru").period(date(2026, 11, 16), date(2026, 11, 22)) == "16–22 нояб. 2026\u202fг."
    )
    assert "30 окт" in wording("ru").period(date(2026, 10, 30), date(2026, 11, 5))


@pytest.mark.parametrize(
    ("zone", "offset"),
    [("UTC", "UTC"), ("Asia/Almaty", "UTC+5"), ("America/St_Johns", "UTC−3:30")],
)
def test_the_offset_of_a_zone(zone: str, offset: str) -> None:
    assert utc_offset(zone, datetime(2026, 11, 22, tzinfo=UTC)) == offset


@given(st.one_of(st.none(), st.text(max_size=20)))
def test_any_language_code_leads_to_a_language(code: str | None) -> None:
    assert choose_language(code, "ru") in LANGUAGES
