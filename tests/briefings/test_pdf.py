"""An edition as a PDF: what it says is on its pages, and no text becomes typst code."""

import io
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.briefings.documents.pdf import PdfMaker
from bot.briefings.documents.typst_text import literal
from bot.briefings.edition import Edition
from bot.briefings.edition_words import EditionWords
from bot.briefings.render import Reader
from bot.settings import PROJECT
from tests.briefings.editions import NOW, TOPICS, editions, full_edition

ABOUT = {"ru": "отношения Казахстана и США", "en": "Kazakhstan and the US", "kk": "Қазақстан"}
MAKER = PdfMaker(PROJECT / "templates", ABOUT, lambda: NOW)


def pages(edition: Edition, language: str = "ru") -> list[str]:
    made = MAKER.make(EditionWords(edition, Reader(language, "Asia/Almaty"), TOPICS))
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


def letters(text: str) -> str:
    # A hyphen at the end of a line parts a word only on paper.
    return re.sub(r"[\W_]", "", re.sub(r"-\n", "", text))


def test_a_full_week_stands_on_its_pages_with_its_sources() -> None:
    text = letters("".join(pages(full_edition())))
    for said in (
        *("Неделя в трёх строках", "Встречи и визиты", "Где источники расходятся", "Что впереди"),
        *("Мы прошли список пункт за пунктом", "640 млн долларов", "11 документов"),
        *("Степной курьер, 17 ноября", "Об этом писали также", "Без издания"),
        "Составлено «Вестником» по перечисленным статьям",
    ):
        assert letters(said) in text


def test_links_lead_to_the_articles() -> None:
    made = MAKER.make(EditionWords(full_edition(), Reader("ru", "UTC"), TOPICS))
    uris = {
        str(note.get_object()["/A"]["/URI"])
        for page in PdfReader(io.BytesIO(made)).pages
        for note in page.get("/Annots", ())
        if "/URI" in note.get_object().get("/A", {})
    }
    assert uris == {source.url for source in full_edition().sources if source.url}


@pytest.mark.parametrize("language", ["ru", "en", "kk"])
def test_every_language_has_its_page(language: str) -> None:
    assert ABOUT[language] in "".join(pages(full_edition(), language))


@given(st.text(max_size=200))
def test_a_literal_ends_where_it_should(text: str) -> None:
    written = literal(text)
    inner = written[1:-1]
    assert written[0] == written[-1] == '"'
    # Every quotation mark and backslash inside is escaped.
    assert not re.search(r'"', re.sub(r"\\.", "", inner))
    assert not re.sub(r"\\.", "", inner).endswith("\\")


@given(editions(most_stories=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_an_edition_holds_it_can_be_set(edition: Edition) -> None:
    assert pages(edition)


@pytest.mark.parametrize(
    "hostile",
    ['#panic("x")', '"; #read("/etc/passwd") "', "$x^2$ *bold* _it_ `raw` @ref <label>", "\\#[x]"],
)
def test_typst_code_in_a_headline_is_printed(hostile: str) -> None:
    edition = full_edition()
    story = edition.stories[0]
    changed = replace(edition, stories=(replace(story, headline=hostile),))
    assert letters(hostile) in letters("".join(pages(changed)))
