"""The first summary and the headline: whole sentences from the top, each with its evidence."""

from summarizer.headline import headline
from summarizer.spans import Span
from summarizer.summary import lead_summary
from summarizer.text import read_article

FIRST = "Сенат одобрил поправки к закону о торговле и направил их главе государства."
SECOND = "За поправки голосовали все депутаты."
THIRD = "Закон вступит в силу осенью после подписания и опубликования в печати."


def test_sentences_are_taken_whole_while_they_fit() -> None:
    article = read_article(f"Заголовок\n\n{FIRST} {SECOND}\n\n{THIRD}")
    summary = lead_summary(article, max_words=20)
    assert summary.text == f"{FIRST} {SECOND}"
    assert summary.maker == "lead"


def test_each_sentence_rests_on_its_place_in_the_original() -> None:
    source = f"Заголовок\n\n{FIRST}  {SECOND}"
    summary = lead_summary(read_article(source))
    for sentence in summary.sentences:
        (span,) = sentence.evidence
        assert source[span.start : span.end] == sentence.text


def test_the_number_of_sentences_can_be_limited() -> None:
    article = read_article(f"Заголовок\n\n{FIRST} {SECOND} {THIRD}")
    assert len(lead_summary(article, max_sentences=2).sentences) == 2


def test_a_sentence_that_repeats_the_title_is_passed_over() -> None:
    article = read_article(f"Сенат одобрил поправки\n\nСенат одобрил поправки. {SECOND}")
    assert lead_summary(article).text == SECOND


def test_a_first_sentence_longer_than_the_limit_is_kept_whole() -> None:
    assert lead_summary(read_article(FIRST), max_words=5).text == FIRST


def test_a_text_without_full_stops_is_cut_at_a_word() -> None:
    summary = lead_summary(read_article("слово " * 5_000))
    assert summary.text == "слово " * 59 + "слово…"


def test_a_word_without_end_is_cut() -> None:
    assert len(lead_summary(read_article("а" * 1_000_000)).text) <= 1_001


def test_a_quotation_is_not_torn_from_its_speaker() -> None:
    quotation = (
        '"Мы рады. '
        + "Торговля растёт. Встречи полезны всем нам. Визиты будут чаще. "
        + '", — сказал посол.'
    )
    article = read_article(f"{FIRST}\n{quotation}\n{SECOND}")
    assert lead_summary(article, max_words=22).text == f"{FIRST} {SECOND}"


def test_a_colon_is_not_left_without_what_it_announces() -> None:
    article = read_article(f"{FIRST}\nПосол заявила:\n{THIRD}")
    assert lead_summary(article, max_words=14).text == FIRST


def test_an_article_of_one_word_is_its_own_summary() -> None:
    assert lead_summary(read_article("Привет")).text == "Привет"
    assert headline(read_article("Привет")).text == "Привет"


def test_an_empty_text_has_an_empty_summary_and_headline() -> None:
    article = read_article(" \n\u00a0")
    assert lead_summary(article).sentences == ()
    assert headline(article).text == ""


def test_the_headline_is_the_title() -> None:
    line = headline(read_article(f"Сенат одобрил поправки\n\n{FIRST}"))
    assert (line.text, line.from_body, line.shortened) == ("Сенат одобрил поправки", False, False)


def test_without_a_title_the_first_sentence_is_the_headline_and_not_repeated() -> None:
    article = read_article(f"Сенат одобрил поправки, передает Kazpravda.kz.\n{FIRST}")
    line = headline(article)
    assert (line.text, line.from_body) == ("Сенат одобрил поправки", True)
    assert lead_summary(article, skip_headline=True).text == FIRST


def test_a_first_sentence_that_the_headline_had_to_cut_stays_in_the_summary() -> None:
    long = "Сенат " + "очень подробно рассмотрел " * 12 + "поправки."
    article = read_article(f"{long}\n{FIRST}")
    assert headline(article).shortened
    assert lead_summary(article, skip_headline=True).sentences[0].text == long


def test_a_long_headline_is_cut_where_a_clause_begins() -> None:
    title = (
        "Председатель Сената провёл встречу с послом, в ходе которой обсудил торговлю и культуру"
    )
    assert (
        headline(read_article("", title=title), words=10).text
        == "Председатель Сената провёл встречу с послом…"
    )


def test_a_cut_headline_does_not_end_in_a_preposition_or_an_open_quotation() -> None:
    title = "Сенат принял закон о"
    assert headline(read_article("", title=title + " торговле"), words=4).text == (
        "Сенат принял закон…"
    )
    book = "Посол представила в Астане новую книгу «История дружбы двух стран»"
    assert headline(read_article("", title=book), words=8).text == (
        "Посол представила в Астане новую книгу…"
    )


def test_paragraphs_group_the_sentences() -> None:
    article = read_article(f"Заголовок\n\n{FIRST} {SECOND}\n\n{THIRD}")
    assert [len(paragraph) for paragraph in article.paragraphs] == [2, 1]
    assert isinstance(article.sentences[0].span, Span)
