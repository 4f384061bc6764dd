"""A page is read as a person reads it: title, date, paragraphs; never its links and calls."""

import pytest

from summarizer.text import ArticleText, read_article

LEAD = "Председатель Сената встретился с послом и обсудил с ней развитие торговли двух стран."
MORE = "Стороны договорились о новой встрече осенью."


def texts(article: ArticleText) -> list[str]:
    return [sentence.text for sentence in article.sentences]


def body_of(*lines: str) -> list[str]:
    return texts(read_article("\n\n".join(lines)))


def test_the_first_line_without_a_full_stop_is_the_title() -> None:
    article = read_article(f"Сенат принял посла\n\n{LEAD}\n")
    assert article.title == "Сенат принял посла"
    assert article.title_span is not None
    assert (article.title_span.start, article.title_span.end) == (0, 18)
    assert texts(article) == [LEAD]


def test_a_doubled_title_is_read_once() -> None:
    article = read_article(f"Сенат принял посла\n\nСенат принял посла\n\n{LEAD}")
    assert article.title == "Сенат принял посла"
    assert texts(article) == [LEAD]


def test_a_text_that_begins_with_a_sentence_has_no_title() -> None:
    article = read_article(f"{LEAD}\n{MORE}")
    assert article.title is None
    assert texts(article) == [LEAD, MORE]


def test_a_lead_without_a_full_stop_that_carries_a_credit_is_no_title() -> None:
    article = read_article(f"Сенатор приехал в Астану, передает Kazpravda.kz\n\n{LEAD}")
    assert article.title is None
    assert texts(article) == ["Сенатор приехал в Астану.", LEAD]


def test_a_title_from_the_feed_is_not_repeated_in_the_body() -> None:
    article = read_article(
        f"Сенат принял посла\n\n{LEAD}", title="Сенат  принял посла | Kazpravda.kz"
    )
    assert article.title == "Сенат принял посла"
    assert texts(article) == [LEAD]


def test_a_title_with_a_full_stop_is_known_by_the_dateline_below_it() -> None:
    article = read_article(f"Сенат принял посла.\n\nАСТАНА, 3 марта — Sputnik. {LEAD}")
    assert article.title == "Сенат принял посла."
    assert texts(article) == [LEAD]


def test_a_title_broken_over_two_lines_is_one() -> None:
    article = read_article(f"Сенат принял посла\nпосле долгого перерыва\n\n{LEAD}")
    assert article.title == "Сенат принял посла после долгого перерыва"


@pytest.mark.parametrize(
    ("stamp", "moment", "has_time"),
    [
        ("26.03.2024 06:02 Общество", "2024-03-26T06:02:00", True),
        ("Политика | 12 мая 2023 года", "2023-05-12T00:00:00", False),
        ("Опубликовано: 5 января 2022, 12:30", "2022-01-05T12:30:00", True),
        ("2024-03-26", "2024-03-26T00:00:00", False),
        ("March 3, 2024", "2024-03-03T00:00:00", False),
        ("2024 жылғы 26 наурыз", "2024-03-26T00:00:00", False),
    ],
)
def test_a_stamp_is_read_and_not_shown(stamp: str, moment: str, has_time: bool) -> None:
    article = read_article(f"Сенат принял посла\n\n{stamp}\n\n{LEAD}")
    assert article.dated is not None
    assert (article.dated.isoformat(), article.dated_has_time) == (moment, has_time)
    assert texts(article) == [LEAD]


@pytest.mark.parametrize("stamp", ["31.02.2024", "12 мая, 10:00", "Вчера, 12:40", "Общество"])
def test_a_stamp_without_a_real_date_and_year_gives_none(stamp: str) -> None:
    article = read_article(f"Сенат принял посла\n\n{stamp}\n\n{LEAD}")
    assert article.dated is None
    assert texts(article) == [LEAD]


def test_a_stamp_may_stand_above_the_title() -> None:
    article = read_article(f"Общество\n26.03.2024 06:02\nСенат принял посла\n\n{LEAD}")
    assert article.title == "Сенат принял посла"
    assert article.dated is not None
    assert article.dated.isoformat() == "2024-03-26T06:02:00"


def test_a_dateline_states_the_date_too() -> None:
    article = read_article("МОСКВА, 12 мая 2023 года. /ТАСС/. Сенат принял посла и делегацию.")
    assert article.dated is not None
    assert article.dated.isoformat() == "2023-05-12T00:00:00"
    assert texts(article) == ["Сенат принял посла и делегацию."]


def test_a_date_in_the_prose_is_never_taken_for_the_article_s() -> None:
    assert read_article(f"Визит\n\n12 марта 2011 года прошла встреча.\n\n{LEAD}").dated is None


def test_links_below_an_article_are_left_out() -> None:
    tail = ["Читайте также:", "Казахстанец отрубил палец", "«Приятно посетить» — гость", "Кто он?"]
    assert body_of(LEAD, MORE, *tail) == [LEAD, MORE]


def test_links_inside_an_article_do_not_end_it() -> None:
    inset = ["Читайте также: Посол дала интервью", "Ещё один заголовок"]
    assert body_of(LEAD, *inset, MORE) == [LEAD, MORE]


@pytest.mark.parametrize(
    "line",
    [
        "Подписывайтесь на наш Telegram-канал!",
        "Будь в курсе самых интересных новостей, подписывайся на наш Instagram.",
        "Фото: Акорда",
        "Автор: Асель Ким",
        "left|Президент на саммите",
        "thumb|Памятник",
        "Теги: сенат, посол",
        "Поделиться:",
        "© 2024, Все права защищены.",
        "Нашли ошибку? Выделите её и нажмите Ctrl+Enter",
        "При использовании материалов ссылка на сайт обязательна.",
        "Главная / Новости / Политика",
        "https://example.kz/novosti/1",
        "#сенат #посол",
        "Тағы оқыңыз:",
        "Telegram арнамызға жазылыңыз!",
        "Subscribe to our newsletter.",
        "== Примечания ==",
        "Источник: пресс-служба Сената",
    ],
)
def test_calls_signatures_and_labels_are_left_out(line: str) -> None:
    assert body_of("Сенат принял посла", LEAD, MORE, line) == [LEAD, MORE]


def test_calls_glued_to_the_last_paragraph_are_left_out() -> None:
    assert body_of(f"{LEAD} {MORE} Подписывайтесь на наш канал. Фото: Акорда") == [LEAD, MORE]


def test_background_after_napomnim_is_content() -> None:
    reminder = "Напомним, визит начался 1 февраля."
    assert body_of(LEAD, reminder) == [LEAD, reminder]


@pytest.mark.parametrize(
    "caption",
    [
        "Маулен Ашимбаев",
        "Уго Чавес.",
        "Гана на карте Африки.",
        "Здание Сената вечером.",
        "Флаг США",
    ],
)
def test_captions_above_the_first_paragraph_are_left_out(caption: str) -> None:
    assert body_of("Сенат принял посла", caption, LEAD, MORE) == [LEAD, MORE]


def test_headings_between_paragraphs_are_left_out() -> None:
    assert body_of("Сенат принял посла", LEAD, "Что было раньше", MORE) == [LEAD, MORE]


def test_what_a_colon_announces_stays() -> None:
    lines = ["Сенат принял посла", LEAD, "В делегацию вошли:", "Джон Смит, посол", MORE]
    assert body_of(*lines) == lines[1:]


def test_a_text_without_full_stops_keeps_its_lines() -> None:
    assert body_of("Сенат принял посла", "Встреча прошла в Астане", "Говорили о торговле") == [
        "Встреча прошла в Астане",
        "Говорили о торговле",
    ]


def test_a_paragraph_broken_in_a_sentence_is_put_together() -> None:
    first = "Мы гордимся прогрессом, которого достигли вместе за эти годы с момента обретения"
    article = read_article(f"{LEAD} {first}\n\nКазахстаном независимости.\n\n{MORE}")
    assert texts(article)[1] == f"{first} Казахстаном независимости."
    assert article.paragraph_starts == (0, 2)


def test_lines_wrapped_at_a_width_are_put_together() -> None:
    wrapped = (
        "Председатель Сената встретился с послом и обсудил с ней\n"
        "развитие торговли двух стран. Участники встречи также\n"
        "говорили о культуре."
    )
    assert texts(read_article(wrapped)) == [
        "Председатель Сената встретился с послом и обсудил с ней развитие торговли двух стран.",
        "Участники встречи также говорили о культуре.",
    ]


def test_look_alikes_are_repaired_and_spans_stay() -> None:
    article = read_article(f"Визит\n\nCпециальный представитель прибыл.\n\n{LEAD}")
    first = article.sentences[0]
    assert first.text == "Специальный представитель прибыл."
    assert article.original[first.span.start : first.span.end].startswith("Cпец")


def test_wiki_links_show_their_words_and_footnotes_vanish() -> None:
    assert body_of(
        "Визит", "Об этом [https://example.org/a сообщил] министр[https://example.org/b Сноска][2]."
    ) == ["Об этом сообщил министр."]


def test_a_cell_of_a_table_loses_the_table_s_quotation_marks() -> None:
    assert body_of('"ПЕРМЬ, 17 мая. /ТАСС/. Газета ""Время"" вышла."') == ['Газета "Время" вышла.']


def test_a_page_of_nothing_but_a_title_gives_that_title_as_text() -> None:
    article = read_article("Сенат принял посла\n\nЧитайте также:\nЕщё заголовок")
    assert texts(article) == ["Сенат принял посла"]


def test_a_long_text_is_read_in_part() -> None:
    article = read_article("Он сказал нам. " * 70_000)
    assert 13_000 < len(article.sentences) < 14_000
