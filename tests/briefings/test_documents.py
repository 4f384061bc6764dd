"""An edition as Word, HTML and JSON: all of it is there, nothing of it is markup."""

import io
import json
from html.parser import HTMLParser

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from hypothesis import HealthCheck, given, settings

from bot.briefings.documents.make import DocumentMaker, Format
from bot.briefings.edition import Edition
from bot.briefings.edition_words import EditionWords
from bot.briefings.render import Reader, Renderer
from bot.settings import PROJECT
from tests.briefings.editions import NOW, TOPICS, editions, full_edition

MAKER = DocumentMaker(Renderer(PROJECT / "templates", lambda: NOW), {"ru": "Казахстан и США"})


def made(edition: Edition, format_: Format, language: str = "ru") -> bytes:
    return MAKER.make(EditionWords(edition, Reader(language, "Asia/Almaty"), TOPICS), format_)


def word_text(written: bytes) -> str:
    document = Document(io.BytesIO(written))
    texts = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        texts += [cell.text for row in table.rows for cell in row.cells]
    return "\n".join(texts)


class Page(HTMLParser):
    """What a browser would show, and the tags it would obey."""

    def __init__(self, written: bytes) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.feed(written.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.shown.append(data)


def test_a_word_document_holds_the_edition_with_headings_and_links() -> None:
    written = made(full_edition(), Format.DOCX)
    document = Document(io.BytesIO(written))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings[:3] == ["Неделя в трёх строках", "Главное", "Встречи и визиты"]
    assert "• " not in word_text(written)
    assert "11 документов — Степной курьер: Готовят 11 документов.[2]" in word_text(written)
    targets = {
        relation.target_ref
        for relation in document.part.rels.values()
        if relation.reltype == RELATIONSHIP_TYPE.HYPERLINK
    }
    assert targets == {source.url for source in full_edition().sources if source.url}


def test_a_page_holds_the_edition_and_no_scripts() -> None:
    page = Page(made(full_edition(), Format.HTML))
    text = "".join(page.shown)
    assert "Где источники расходятся" in text
    assert "Мы прошли список пункт за пунктом" in text
    assert "script" not in page.tags


def test_json_says_what_each_sentence_rests_on() -> None:
    content = json.loads(made(full_edition(), Format.JSON))
    assert content["title"].startswith("Неделя")
    assert content["start"] == "2026-11-15T07:00:00+00:00"
    sentence = content["stories"][0]["lines"][0]
    assert sentence["evidence"][0] == {"article_id": 1, "start": 0, "end": 10}
    assert content["sources"][sentence["sources"][0] - 1]["outlet"] == "Полынь-информ"


@given(editions(most_stories=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_an_edition_holds_it_becomes_a_page(edition: Edition) -> None:
    page = Page(made(edition, Format.HTML))
    assert "script" not in page.tags
    assert all(link.startswith(("#source-", "http")) for link in page.links)
    json.loads(made(edition, Format.JSON))


@given(editions(most_stories=2))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_an_edition_holds_it_becomes_a_word_document(edition: Edition) -> None:
    assert word_text(made(edition, Format.DOCX))


@pytest.mark.parametrize("format_", list(Format))
def test_a_quiet_week_is_a_document_too(format_: Format) -> None:
    quiet = Edition(NOW, NOW, (), (), 0, (), (), (), (), (), (), 0)
    assert made(quiet, format_)
