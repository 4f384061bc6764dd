"""A saved page gives its article without the menus, or says that there is none on it."""

from contextlib import suppress

import pytest

from bot.intake.article import Known, UnreadableError
from bot.intake.pages import read_page

SENTENCES = (
    "Министр иностранных дел Казахстана Ержан Пробный провёл переговоры в Вашингтоне.",
    "Стороны обсудили торговлю, инвестиции и поставки критических минералов.",
    "Следующая встреча намечена на осень, сообщили в ведомстве.",
)
MENU = "".join(f'<li><a href="/{number}">Раздел {number}</a></li>' for number in range(20))
HEADER = f'<header><a href="/">Учебный вестник</a><nav><ul>{MENU}</ul></nav></header>'
FOOTER = '<footer><p>© 2019 Учебный вестник. Все права защищены.</p><a href="/o">О нас</a></footer>'
HEAD = (
    '<meta charset="utf-8"><title>Министр провёл переговоры — Учебный вестник</title>'
    '<meta property="og:title" content="Министр провёл переговоры">'
    '<meta property="og:site_name" content="Учебный вестник">'
    '<link rel="canonical" href="https://news.example.org/world/talks">'
)
DATED = '<meta property="article:published_time" content="2026-03-04T23:15:00+05:00">'


def page(body: str, *, head: str = HEAD) -> str:
    aside = "<aside><h3>Популярное</h3><ul><li><a href='/p'>Погода на завтра</a></li></ul></aside>"
    return (
        f'<!doctype html><html lang="ru"><head>{head}</head>'
        f"<body>{HEADER}<main>{body}</main>{aside}{FOOTER}</body></html>"
    )


def article(*paragraphs: str) -> str:
    shown = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<article><h1>Министр провёл переговоры</h1>{shown}</article>"


def refusal(markup: str) -> str:
    with pytest.raises(UnreadableError) as refused:
        read_page(markup)
    return str(refused.value)


def test_the_article_comes_out_and_the_menus_stay_behind() -> None:
    text, known = read_page(page(article(*SENTENCES), head=HEAD + DATED))
    assert [line for line in text.splitlines() if line in SENTENCES] == list(SENTENCES)
    for clutter in ("Раздел", "Популярное", "Погода", "О нас", "©"):
        assert clutter not in text
    assert known == Known(
        title="Министр провёл переговоры",
        url="https://news.example.org/world/talks",
        outlet="Учебный вестник",
        published=known.published,
    )
    assert str(known.published).startswith("2026-03-04")


def test_a_year_in_the_footer_is_not_a_date() -> None:
    assert read_page(page(article(*SENTENCES)))[1].published is None


def test_a_report_of_one_sentence_is_not_filled_up_with_the_menu() -> None:
    text, _ = read_page(page(article(SENTENCES[0])))
    assert "Раздел" not in text
    assert SENTENCES[0] in text


def test_a_page_without_an_article() -> None:
    assert refusal(page("")) == "there is no article on this page"
    assert refusal("<html><body></body></html>") == "there is no article on this page"
    assert refusal("просто слова без разметки") == "there is no article on this page"


@pytest.mark.parametrize(
    "wall",
    [
        "<h1>Вход</h1><p>Войдите, чтобы продолжить чтение этой статьи.</p><button>Войти</button>"
        '<p>Нет учётной записи? <a href="/r">Зарегистрируйтесь</a>.</p>',
        "<h1>Subscribe to continue reading</h1><p>This article is for subscribers only. "
        "Sign in or subscribe to read the full story.</p>",
        "<h1>Мақала</h1><p>Мақаланы толық оқу үшін сайтқа кіріңіз немесе тіркеліңіз.</p>",
        "<h1>Проверка</h1><p>Подтвердите, что вы не робот, чтобы открыть страницу.</p>",
    ],
    ids=["ru", "en", "kk", "robot"],
)
def test_a_request_to_log_in_is_no_article(wall: str) -> None:
    assert refusal(page(f"<div>{wall}</div>")) == "there is no article on this page"


def test_what_stands_before_a_wall_is_kept() -> None:
    teaser = article(SENTENCES[0], "Чтобы прочитать статью полностью, оформите подписку.")
    assert SENTENCES[0] in read_page(page(teaser))[0]


PARAGRAPH = f"<p>{SENTENCES[0]}</p>"


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 200_000 + SENTENCES[0],
        "<article><p>" + "<b>" * 9_000 + SENTENCES[0],
        "<table><tr><td>" * 9_000 + SENTENCES[0],
        "<div><p>x</p></div>" * 9_500,
        "<article>" + PARAGRAPH * 2_000 + "</article>",
        f"<article>{PARAGRAPH}<p " + 'a="x" ' * 100_000 + ">",
        f"<!--{'-' * 1_000_000}<article>{PARAGRAPH}",
        "<script>" + "<" * 30_000 + SENTENCES[0],
        "&" * 1_000_000 + SENTENCES[0],
        f"<article><p>{SENTENCES[0]} {'слово ' * 1_000_000}</p></article>",
        "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'лол'><!ENTITY y '"
        + "&x;" * 1_000
        + f"'>]><html><body><p>{'&y;' * 1_000}</p>{PARAGRAPH}</body></html>",
    ],
    ids=[
        "deep",
        "bold",
        "tables",
        "flat",
        "long",
        "attributes",
        "comment",
        "script",
        "ampersands",
        "words",
        "entities",
    ],
)
def test_a_page_made_to_break_us_neither_hangs_nor_crashes(markup: str) -> None:
    # What the guard lets through takes seconds; what it keeps out would take many minutes.
    with suppress(UnreadableError):
        text, _ = read_page(markup)
        assert len(text) <= len(markup)
