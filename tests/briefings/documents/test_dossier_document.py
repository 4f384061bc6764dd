"""A dossier on paper: whole, at most four pages, the same in PDF and Word, safe for any content."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.archive.people_rows import PersonRow
from bot.briefings.documents.dossier import (
    MOST_ABOUT,
    MOST_AHEAD,
    MOST_LATELY,
    MOST_MEETINGS,
    MOST_POSTS,
    MOST_QUOTES,
    MOST_STORIES,
    Ahead,
    Dossier,
    DossierWords,
    Met,
    Post,
    Told,
    Words,
)
from bot.briefings.documents.dossier_docx import dossier_docx
from bot.briefings.documents.pdf import PdfMaker
from bot.briefings.edition import Line, SourceView
from bot.briefings.render import Reader
from bot.settings import PROJECT

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
ABOUT = {"ru": "отношения Казахстана и США", "en": "Kazakhstan and the US", "kk": "Қазақстан"}
MAKER = PdfMaker(PROJECT / "templates", ABOUT, lambda: NOW)
FEW = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def person(name: str = "Ержан Тестов") -> PersonRow:
    first = datetime(2026, 10, 2, tzinfo=UTC)
    return PersonRow(7, name, "Yerzhan Testov", None, False, 12, first, NOW)


def source(number: int, title: str = "Посол прибыл в Чикаго", **known: object) -> SourceView:
    moment = NOW - timedelta(days=number)
    made = SourceView(
        number, number, "Проба", title, f"https://proba.example/{number}", "", moment, True, False
    )
    return replace(made, **known)  # type: ignore[arg-type]


def full(text: str = "Ержан Тестов прибыл в Чикаго и провёл переговоры с мэром города.") -> Dossier:
    """A dossier with as much in each section as is ever read."""
    numbers = iter(range(1, 100))

    def line() -> Line:
        return Line(text, (), (next(numbers),))

    day = NOW - timedelta(days=3)
    lately = tuple(line() for _ in range(MOST_LATELY))
    posts = tuple(
        Post(f"{text} {n}", day, NOW, (next(numbers), next(numbers))) for n in range(MOST_POSTS)
    )
    meetings = tuple(Met((text, "Саян Пробин"), line(), day) for _ in range(MOST_MEETINGS))
    quotes = tuple(Words(f"{text} " * 3, None, next(numbers), day) for _ in range(MOST_QUOTES))
    about = tuple(Words(text, "Иван Пробин", next(numbers), None) for _ in range(MOST_ABOUT))
    ahead = tuple(Ahead("15 декабря", line()) for _ in range(MOST_AHEAD))
    stories = tuple(
        Told(text, day, ("Проба", "Власть"), (next(numbers),)) for _ in range(MOST_STORIES)
    )
    return Dossier(
        person(),
        ("Е. Тестов", "Тестов Е."),
        Line("Посол Казахстана в США", (), (1,)),
        lately,
        posts,
        meetings,
        quotes,
        about,
        ahead,
        stories,
        tuple(source(number) for number in range(1, next(numbers))),
    )


def empty() -> Dossier:
    return Dossier(person(), (), None, (), (), (), (), (), (), (), ())


def said(dossier: Dossier, language: str = "ru") -> DossierWords:
    return DossierWords(dossier, Reader(language, "Asia/Almaty"), NOW)


def pages(dossier: Dossier, language: str = "ru") -> list[str]:
    made = MAKER.dossier(said(dossier, language))
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


def in_word(dossier: Dossier, language: str = "ru") -> str:
    document = Document(io.BytesIO(dossier_docx(said(dossier, language))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    links = "".join(
        node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")
    )
    return "\n".join([*(one.text for one in document.paragraphs), *cells, links])


def letters(text: str) -> str:
    # A hyphen at the end of a line parts a word only on paper.
    return re.sub(r"[\W_]", "", re.sub(r"-\n", "", text))


SECTIONS = {
    "ru": (
        *("Досье", "Последнее", "Должности по публикациям", "Встречи, звонки и визиты"),
        *("Дословно", "Другие об этом человеке, дословно", "Что впереди", "Сюжеты"),
        *("по состоянию на 22 ноября 2026", "Основано на 12 статьях"),
    ),
    "en": (
        *("Dossier", "Lately", "Posts as stated", "Meetings, calls and visits"),
        *("Said, verbatim", "Others about them, verbatim", "What lies ahead", "Stories"),
        *("as of November 22, 2026", "Rests on 12 articles"),
    ),
    "kk": ("Соңғы хабарлар", "Жарияланымдардағы лауазымдар", "Сөзбе-сөз", "Оқиғалар"),
}


@pytest.mark.parametrize("language", ["ru", "en", "kk"])
def test_every_section_stands_on_paper_in_every_language(language: str) -> None:
    printed = letters("".join(pages(full(), language))).casefold()
    for section in SECTIONS[language]:
        assert letters(section).casefold() in printed, section


def test_pdf_and_word_say_the_same() -> None:
    dossier = full()
    printed, written = letters("".join(pages(dossier))), letters(in_word(dossier))
    for words in (
        *(dossier.person.name, "Посол Казахстана в США", "Саян Пробин", "15 декабря", "Власть"),
        *(dossier.quotes[0].text, "Иван Пробин, дата не указана", "Е. Тестов, Тестов Е."),
        "Составлено «Вестником» по перечисленным статьям",
    ):
        assert letters(words) in printed, words
        assert letters(words) in written, words


def test_the_fullest_dossier_has_four_pages_at_most() -> None:
    assert len(pages(full("Ержан Тестов прибыл в Чикаго и провёл переговоры. " * 3))) <= 4


def test_every_source_is_a_footnote_with_its_link() -> None:
    dossier = full()
    made = PdfReader(io.BytesIO(MAKER.dossier(said(dossier))))
    uris = {
        str(note.get_object()["/A"]["/URI"])
        for page in made.pages
        for note in page.get("/Annots", ())
        if "/URI" in note.get_object().get("/A", {})
    }
    assert uris == {one.url for one in dossier.sources}


def test_what_is_not_stated_is_said_to_be_so() -> None:
    unknown = source(1, outlet=None, url=None, published_at=None)
    dossier = replace(
        empty(),
        posts=(Post("посол", None, None, (1,)),),
        quotes=(Words("Мы рады.", None, 1, None),),
        sources=(unknown,),
    )
    for text in ("".join(pages(dossier)), in_word(dossier)):
        assert letters("издание не указано, дата не указана") in letters(text)
        assert "22 ноября" not in text.replace("по состоянию на 22 ноября", "")


def test_an_invented_source_is_marked() -> None:
    dossier = replace(
        empty(), quotes=(Words("Мы рады.", None, 1, NOW),), sources=(source(1, is_sample=True),)
    )
    assert "образец" in "".join(pages(dossier)).lower()
    assert "образец" in in_word(dossier).lower()


def test_somebody_whom_no_article_names_has_a_page_too() -> None:
    for text in ("".join(pages(empty())), in_word(empty())):
        assert letters("В архиве пока нет статей") in letters(text)


@FEW
@given(text=st.text(min_size=1, max_size=120))
def test_no_content_becomes_code_or_breaks_a_document(text: str) -> None:
    line = Line(text, (), (1,))
    dossier = Dossier(
        replace(person(), name=text, latin=text),
        (text,),
        line,
        (line,),
        (Post(text, NOW, NOW, (1,)),),
        (Met((text,), line, NOW),),
        (Words(text, None, 1, NOW),),
        (Words(text, text, 1, NOW),),
        (Ahead(text, line),),
        (Told(text, NOW, (text,), (1,)),),
        (source(1, text, outlet=text, url=text),),
    )
    assert pages(dossier)
    assert in_word(dossier)


@pytest.mark.parametrize(
    "text", ["#panic()", "= Заголовок", "$x$", '"; #read("/etc/passwd")', "\\"]
)
def test_markup_is_printed_as_it_is(text: str) -> None:
    dossier = replace(empty(), quotes=(Words(text, None, 1, NOW),), sources=(source(1),))
    assert letters(text) in letters("".join(pages(dossier)))
