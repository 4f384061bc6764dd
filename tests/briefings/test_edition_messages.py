"""An edition as messages: whatever it holds, Telegram accepts them and nothing is lost or cut."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.briefings.edition import Edition
from bot.briefings.edition_words import EditionWords
from bot.briefings.render import Reader, Renderer
from bot.formatting import FormattedText, utf16_length
from bot.settings import PROJECT
from tests.briefings.editions import NOW, TOPICS, editions, full_edition

RENDERER = Renderer(PROJECT / "templates", lambda: NOW)
readers = st.builds(
    Reader,
    st.sampled_from(["ru", "en", "kk"]),
    st.sampled_from(["Asia/Almaty", "America/New_York", "UTC"]),
)


def messages(edition: Edition, reader: Reader, form: str = "edition") -> tuple[FormattedText, ...]:
    said = EditionWords(edition, reader, TOPICS)
    return RENDERER.messages(f"telegram/{form}.html.j2", reader, said=said, note=None, shown=10)


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@given(editions(), readers)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_in_an_edition_is_in_its_messages(edition: Edition, reader: Reader) -> None:
    parts = messages(edition, reader)
    assert all(0 < utf16_length(part.text) <= 4096 for part in parts)
    if len(parts) > 1:
        marks = [f"({number}/{len(parts)})" for number in range(1, len(parts) + 1)]
        assert all(part.text.endswith(mark) for part, mark in zip(parts, marks, strict=True))
    whole = letters("".join(re.sub(r"\(\d+/\d+\)$", "", part.text) for part in parts))
    told = [] if edition.is_quiet else [story.headline for story in edition.stories]
    told += [] if edition.is_quiet else [quote.text for quote in edition.quotes]
    told += [] if edition.is_quiet else [event.line.text for event in edition.upcoming]
    for text in told:
        assert letters(text) in whole


@given(editions(most_stories=40), readers)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_links_are_whole_in_every_part(edition: Edition, reader: Reader) -> None:
    urls = {source.url for source in edition.sources}
    for part in messages(edition, reader):
        for entity in part.entities:
            assert entity["length"] > 0
            if entity["type"] == "text_link":
                assert any(url and entity["url"].startswith(url[:16]) for url in urls)


@pytest.mark.parametrize("language", ["ru", "en", "kk"])
def test_the_short_form_is_one_message(language: str) -> None:
    assert len(messages(full_edition(), Reader(language, "UTC"), "edition_short")) == 1


def test_every_section_of_a_full_week_is_told_with_its_sources() -> None:
    [edition] = messages(full_edition(), Reader("ru", "Asia/Almaty"))
    headings = [
        "Неделя: 15–22 нояб. 2026\u202fг.",
        *("5 сюжетов из 9 статей", "Неделя в трёх строках", "Главное", "Встречи и визиты"),
        *("Цитаты недели", "Где источники расходятся", "Что впереди", "В цифрах", "Все источники"),
    ]
    lines = edition.text.split("\n")
    places = [lines.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "• 11 документов — Степной курьер [2]" in lines
    assert "— Бекасыл Тобылгиев (первый заместитель министра иностранных дел) [1]" in lines
    links = {entity["url"] for entity in edition.entities if entity["type"] == "text_link"}
    assert links == {source.url for source in full_edition().sources if source.url}


def test_a_quiet_week_is_said_in_one_line() -> None:
    quiet = Edition(NOW, NOW, (), (), 0, (), (), (), (), (), (), 0)
    [message] = messages(quiet, Reader("ru", "UTC"))
    assert message.text.endswith("Самые свежие статьи прежних недель: /latest")
    assert len(message.text.split("\n\n")) == 2


def test_two_hundred_stories_fit_their_messages_and_none_is_lost() -> None:
    one = full_edition()
    stories = tuple(
        replace(one.stories[0], id=number, headline=f"Сюжет номер {number}")
        for number in range(1, 201)
    )
    parts = messages(replace(one, stories=stories), Reader("ru", "UTC"))
    assert all(utf16_length(part.text) <= 4096 for part in parts)
    whole = "\n".join(part.text for part in parts)
    assert all(f"{number}. Сюжет номер {number}\n" in whole for number in range(1, 201))


def test_an_operator_overrides_one_template_and_keeps_the_others(tmp_path: Path) -> None:
    (tmp_path / "telegram").mkdir()
    (tmp_path / "telegram" / "edition_short.html.j2").write_text(
        "<b>Наша сводка</b> {{ said.size }}", encoding="utf-8"
    )
    renderer = Renderer(tmp_path, lambda: NOW)
    reader = Reader("ru", "UTC")
    said = EditionWords(full_edition(), reader, TOPICS)
    short = renderer.message("telegram/edition_short.html.j2", reader, said=said, note=None)
    assert short.text == "Наша сводка 5 сюжетов из 9 статей"
    whole = renderer.messages("telegram/edition.html.j2", reader, said=said, note=None)
    assert "Где источники расходятся" in whole[0].text
