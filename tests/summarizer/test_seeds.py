"""The five real articles read like a desk officer's note."""

from summarizer.summary import lead_summary
from summarizer.text import read_article


def test_titles_are_read_once_and_only_where_there_is_one(seeds: dict[str, str]) -> None:
    titles = {name: read_article(text).title for name, text in seeds.items()}
    assert titles == {
        "000": "Америка заявила о готовности содействовать демократическим преобразованиям"
        " в Казахстане",
        "001": "Ержан Казыхан совершил рабочий визит в Вашингтон",
        "002": None,
        "003": "Маулен Ашимбаев встретился с сенатором Конгресса США",
        "004": None,
    }


def test_outlets_and_dates_are_as_stated_and_never_guessed(seeds: dict[str, str]) -> None:
    articles = {name: read_article(text) for name, text in seeds.items()}
    assert {name: article.outlet for name, article in articles.items()} == {
        "000": None,
        "001": "Казинформ",
        "002": "VRK.News",
        "003": "Kazpravda.kz",
        "004": None,
    }
    dated = {name: article.dated.isoformat() for name, article in articles.items() if article.dated}
    assert dated == {"003": "2024-03-26T06:02:00"}


def test_no_boilerplate_no_credit_no_look_alike_is_left(seeds: dict[str, str]) -> None:
    for text in seeds.values():
        article = read_article(text)
        body = " ".join(sentence.text for sentence in article.sentences)
        for unwanted in ("Читайте также", "ередает", "КАЗИНФОРМ", "Далай-лама", "06:02"):
            assert unwanted not in body
        assert article.title not in [sentence.text for sentence in article.sentences]
        for sentence in lead_summary(article).sentences:
            assert sentence.text.endswith((".", "!", "?", '"', "»"))


def test_the_special_envoy_is_in_cyrillic(seeds: dict[str, str]) -> None:
    summary = lead_summary(read_article(seeds["001"]))
    assert summary.text.startswith("Специальный представитель Президента")
    assert summary.sentences[0].text.endswith("совершил рабочий визит в Вашингтон.")


def test_summaries_hold_at_most_sixty_words(seeds: dict[str, str]) -> None:
    for text in seeds.values():
        assert 20 <= len(lead_summary(read_article(text)).text.split()) <= 60


def test_the_broken_paragraph_of_the_ambassador_is_whole(seeds: dict[str, str]) -> None:
    sentences = [sentence.text for sentence in read_article(seeds["004"]).sentences]
    assert any("с момента обретения Казахстаном независимости." in text for text in sentences)


def test_news_after_napomnim_stays(seeds: dict[str, str]) -> None:
    sentences = [sentence.text for sentence in read_article(seeds["002"]).sentences]
    assert "Напомним, вечером 1 февраля госсекретарь США Майк Помпео прибыл с визитом в" in (
        " ".join(sentences)
    )
    assert sentences[-1].endswith("посольства в Багдаде.")
