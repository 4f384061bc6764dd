"""Documents that people send: what comes out of each kind, and why nothing does."""

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from bot.intake.document_problem import DocumentError, DocumentProblem
from bot.intake.documents import article_of_document, read_document
from bot.intake.pdf import join_lines, without_running_heads
from bot.intake.worker import Worker
from tests.intake.documents import make_docx, make_pdf, make_zip

TEXT = (
    "Посол Казахстана в США Ержан Тестов прибыл в Чикаго. Он встретился с мэром города и обсудил "
    "прямые рейсы. Переговоры длились два часа."
)
PAGE = [
    "Посол Казахстана в США Ержан Тестов прибыл в Чикаго и обсудил с мэ-",
    "ром города прямые рейсы. Переговоры длились два часа, сообщила пресс-",
    "служба посольства.",
    "Следующая встреча пройдёт в Астане. Стороны договорились о казахстанско-",
    "американском форуме.",
]


def problem_of(name: str, content: bytes) -> DocumentProblem:
    with pytest.raises(DocumentError) as caught:
        read_document(name, content)
    return caught.value.problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_a_text_file_is_read_in_the_encoding_it_came_in(encoding: str) -> None:
    text, _ = read_document("note.txt", TEXT.encode(encoding))
    assert text == TEXT


def test_a_page_gives_its_article_and_title_without_its_menu() -> None:
    page = (
        "<html><head><title>Визит посла</title></head><body><nav><a href='/'>Погода</a></nav>"
        f"<article><h1>Визит посла</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
    )
    text, known = read_document("page.html", page.encode())
    assert "Переговоры длились два часа." in text
    assert "Погода" not in text
    assert known.title == "Визит посла"


def test_a_word_document_gives_its_title_and_paragraphs() -> None:
    text, known = read_document("note.docx", make_docx([TEXT, "Второй абзац."], title="Визит"))
    assert text == f"Визит\n{TEXT}\nВторой абзац."
    assert known.title == "Визит"


def test_the_tables_of_a_word_document_stand_where_they_stood() -> None:
    document = docx.Document()
    document.add_paragraph("Участники встречи:")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ержан Тестов", "посол"
    document.add_paragraph("Встреча прошла в Чикаго.")
    out = io.BytesIO()
    document.save(out)
    text, _ = read_document("note.docx", out.getvalue())
    assert text == "Участники встречи:\nЕржан Тестов | посол\nВстреча прошла в Чикаго."


def test_the_lines_of_a_pdf_become_paragraphs_and_cut_words_whole() -> None:
    text, _ = read_document("note.pdf", make_pdf([PAGE]))
    assert text == (
        "Посол Казахстана в США Ержан Тестов прибыл в Чикаго и обсудил с мэром города прямые "
        "рейсы. Переговоры длились два часа, сообщила пресс-служба посольства.\n"
        "Следующая встреча пройдёт в Астане. Стороны договорились о казахстанско-американском "
        "форуме."
    )


def test_running_heads_and_page_numbers_of_a_pdf_are_left_out() -> None:
    pages = [["Вестник посольства", f"Текст страницы {n}.", f"- {n} -"] for n in "абв"]
    numbered = [[*page[:2], str(number)] for number, page in enumerate(pages, start=1)]
    assert without_running_heads(numbered) == [
        "Текст страницы а.",
        "Текст страницы б.",
        "Текст страницы в.",
    ]


def test_a_heading_in_a_pdf_stays_a_line_of_its_own() -> None:
    lines = ["Визит посла", "Посол прибыл в Чикаго и встретился", "с мэром города."]
    assert join_lines(lines) == ("Визит посла\nПосол прибыл в Чикаго и встретился с мэром города.")


def test_what_it_is_is_told_by_its_bytes_not_by_its_name() -> None:
    text, _ = read_document("note.txt", make_pdf([PAGE]))
    assert text.startswith("Посол Казахстана")


def test_a_pdf_locked_against_changes_only_is_read() -> None:
    text, _ = read_document("note.pdf", _locked("", "owner"))
    assert text.startswith("Посол Казахстана")


def _locked(user: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([PAGE]))))
    writer.encrypt(user, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.pdf", _locked("secret", "owner"), DocumentProblem.PROTECTED),
        ("a.pdf", make_pdf([[], []]), DocumentProblem.SCANNED),
        ("a.pdf", make_pdf([["Текст."]] * 151), DocumentProblem.TOO_LONG),
        ("a.pdf", make_pdf([PAGE])[:300], DocumentProblem.BROKEN),
        ("a.pdf", b"%PDF-1.7\n%%EOF", DocumentProblem.BROKEN),
        ("a.pdf", b"hello", DocumentProblem.BROKEN),
        ("a.pdf", b"", DocumentProblem.EMPTY),
        ("a.docx", make_docx([]), DocumentProblem.EMPTY),
        ("a.docx", make_docx([TEXT])[:2000], DocumentProblem.BROKEN),
        ("a.docx", make_zip({"a.txt": b"hello"}), DocumentProblem.BROKEN),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, DocumentProblem.OLD_WORD),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, DocumentProblem.OLD_WORD),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            DocumentProblem.PROTECTED,
        ),
        ("a.txt", b" \n", DocumentProblem.EMPTY),
        ("a.txt", bytes(5_000), DocumentProblem.EMPTY),
        ("a.html", b"<html><body></body></html>", DocumentProblem.EMPTY),
        ("a.xlsx", make_zip({"xl/workbook.xml": b"<x/>"}), DocumentProblem.UNKNOWN_KIND),
        ("photo.jpg", b"\xff\xd8\xff", DocumentProblem.UNKNOWN_KIND),
        ("", b"hello", DocumentProblem.UNKNOWN_KIND),
    ],
)
def test_what_cannot_be_read_says_why(name: str, content: bytes, problem: DocumentProblem) -> None:
    assert problem_of(name, content) is problem


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = make_zip({"word/document.xml": bytes(200_000_000)})
    assert len(bomb) < 1_000_000
    assert problem_of("a.docx", bomb) is DocumentProblem.TOO_LONG
    many = make_zip({f"word/{number}.xml": b"<a/>" for number in range(4_000)})
    assert problem_of("a.docx", many) is DocumentProblem.TOO_LONG


def test_an_entity_bomb_does_not_go_off() -> None:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    body = (
        f"<!DOCTYPE w [{entities}]>"
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"
    )
    parts = _parts(make_docx([TEXT])) | {"word/document.xml": body.encode()}
    assert problem_of("a.docx", make_zip(parts)) in {DocumentProblem.EMPTY, DocumentProblem.BROKEN}


def _parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_a_document_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.intake.documents.MOST_SECONDS", -1.0)
    assert problem_of("a.pdf", make_pdf([PAGE])) is DocumentProblem.TOO_SLOW
    assert problem_of("a.docx", make_docx([TEXT])) is DocumentProblem.TOO_SLOW


async def test_a_document_is_read_in_a_process_of_its_own() -> None:
    worker = Worker()
    now = datetime(2026, 11, 22, 7, tzinfo=UTC)
    arrival = await worker.run(
        article_of_document, "note.pdf", make_pdf([PAGE]), now, "Asia/Almaty"
    )
    assert "прямые рейсы" in arrival.article.text
    with pytest.raises(DocumentError) as caught:
        await worker.run(article_of_document, "note.pdf", b"%PDF-", now, "Asia/Almaty")
    assert caught.value.problem is DocumentProblem.BROKEN
    worker.close()


def test_the_address_that_a_saved_page_states_is_not_believed() -> None:
    page = (
        '<html><head><link rel="canonical" href="https://akorda.kz/1"></head>'
        f"<body><article><p>{TEXT}</p></article></body></html>"
    )
    now = datetime(2026, 11, 22, 7, tzinfo=UTC)
    assert article_of_document("a.html", page.encode(), now, "UTC").article.url is None


@given(st.sampled_from(["a.pdf", "a.docx", "a.txt", "a.html"]), st.data())
def test_a_damaged_document_is_read_or_refused_but_never_fails(
    name: str, data: st.DataObject
) -> None:
    whole = {"a.pdf": make_pdf([PAGE]), "a.docx": make_docx([TEXT])}.get(name, TEXT.encode())
    start = data.draw(st.integers(0, len(whole)))
    damage = data.draw(st.binary(max_size=40))
    damaged = whole[:start] + damage + whole[start + len(damage) :]
    try:
        text, _ = read_document(name, damaged)
    except DocumentError:
        return
    assert text.strip()


@given(st.lists(st.text(max_size=60), max_size=30))
def test_joining_lines_loses_no_letter(lines: list[str]) -> None:
    stripped = [line.strip() for line in lines]
    joined = join_lines(stripped)
    letters = [char for char in "".join(stripped) if char.isalnum()]
    assert [char for char in joined if char.isalnum()] == letters
