"""What may be left out of a sentence, and what must not."""

from functools import lru_cache

import pytest

from summarizer.models import load_models
from summarizer.ner import tag
from summarizer.summary.cuts import Cut, bare_nouns, find_cuts, name_stem
from summarizer.summary.parsed import ParsedSentence, parse_article
from summarizer.summary.surface import written
from summarizer.text import read_article


@lru_cache(maxsize=512)
def parsed(text: str) -> ParsedSentence:
    models = load_models()
    whole = f"Заголовок о новостях недели\n\n{text}"
    article = read_article(whole)
    document = parse_article(article, tag(whole, models, sentences=article.sentences), models)
    (sentence,) = document.sentences
    return sentence


def shortened(text: str, kind: str) -> list[str]:
    """Make each cut of a kind by itself."""
    sentence = parsed(text)
    cuts = find_cuts(sentence, load_models(), named=(name_stem("Орлов"),))
    return [written(sentence, cut.words) for cut in cuts if cut.kind == kind]


CUTS = [
    (
        "parenthesis",
        "Президент Казахстана (он прилетел накануне) встретился с послом в Астане.",
        "Президент Казахстана встретился с послом в Астане.",
    ),
    (
        "introduction",
        "Напомним, что завод построили три года назад.",
        "Завод построили три года назад.",
    ),
    (
        "introduction",
        "Кроме того, стороны подписали соглашение о поставках зерна.",
        "Стороны подписали соглашение о поставках зерна.",
    ),
    (
        "relative",
        "Компания «Самрук», которая владеет заводом, купила новые станки.",
        "Компания «Самрук» купила новые станки.",
    ),
    (
        "relative",
        "Цены выросли на 5 процентов, что стало худшим результатом за год.",
        "Цены выросли на 5 процентов.",
    ),
    (
        "participle",
        "Завод «Алатау», построенный в 2010 году, выпустил тысячу тракторов.",
        "Завод «Алатау» выпустил тысячу тракторов.",
    ),
    (
        "converb",
        "Министр подписал соглашение, отметив важность торговли.",
        "Министр подписал соглашение.",
    ),
    (
        "apposition",
        "Сергей Орлов, председатель совета директоров, покинул пост.",
        "Сергей Орлов покинул пост.",
    ),
    (
        "subordinate",
        "Парламент принял закон, чтобы сократить расходы бюджета.",
        "Парламент принял закон.",
    ),
    (
        "subordinate",
        "Суд оправдал директора, поскольку свидетели отказались от показаний.",
        "Суд оправдал директора.",
    ),
    (
        "circumstance",
        "В ходе встречи министры обсудили поставки урана.",
        "Министры обсудили поставки урана.",
    ),
    (
        "circumstance",
        "Министр сообщил журналистам, что переговоры завершены.",
        "Министр сообщил, что переговоры завершены.",
    ),
    ("age", "39-летний Дмитрий Белов возглавил банк.", "Дмитрий Белов возглавил банк."),
    (
        "conjunct",
        "Делегация посетила завод и осмотрела новый цех.",
        "Делегация посетила завод.",
    ),
    (
        "padding",
        "Посол подчеркнул важность дальнейшего укрепления отношений.",
        "Посол подчеркнул важность укрепления отношений.",
    ),
    (
        "weekday",
        "Во вторник, 17 сентября 2019 года, в стране начались выборы.",
        "17 сентября 2019 года в стране начались выборы.",
    ),
    (
        "examples",
        "Страны договорились о поставках нефти, в том числе через порт Актау.",
        "Страны договорились о поставках нефти.",
    ),
    ("title", "Выборы выиграл лидер партии Сергей Орлов.", "Выборы выиграл Сергей Орлов."),
    (
        "credit",
        "По данным агентства «Интерфакс», на заводе погибли два человека.",
        "На заводе погибли два человека.",
    ),
]


@pytest.mark.parametrize(("kind", "whole", "rest"), CUTS)
def test_what_may_go(kind: str, whole: str, rest: str) -> None:
    assert rest in shortened(whole, kind)


KEPT = [
    (
        "Окна появятся в ближайшие шесть недель: 700 в Алматы и 500 в Астане.",
        "700 в Алматы и 500 в Астане",
    ),
    ("Если парламент отклонит закон, правительство уйдёт в отставку.", "Если парламент отклонит"),
    ("Министр не приедет в Астану в марте.", "в марте"),
    ("Студенты, которые не сдали экзамен, будут отчислены.", "которые не сдали экзамен"),
    ("Закон вступит в силу только после подписи президента.", "только после подписи"),
    ("По словам министра, завод закроют в мае.", "По словам министра"),
    ("По данным обвинения, директор похитил миллион тенге.", "По данным обвинения"),
    ("Компания якобы нарушила закон.", "якобы"),
    ("Посол заявил: «Мы, как и прежде, ждём ответа».", "«Мы, как и прежде, ждём ответа»"),
    ("Стороны могут подписать соглашение о торговле.", "могут подписать"),
    ("Переговоры между Казахстаном и США продолжатся.", "между Казахстаном и США"),
    ("Министр иностранных дел встретился с коллегой.", "иностранных дел"),
    ("Он проработал в банке 15 лет.", "15 лет"),
    ("Актёр скончался в возрасте 69 лет.", "в возрасте 69 лет"),
    ("Тот завод, который построили первым, закрыли.", "который построили первым"),
    ("Ожидается, что новый закон примут весной.", "Ожидается, что"),
    ("Президент и премьер встретились в столице.", "Президент и премьер встретились"),
    ("Бывший министр стал послом.", "Бывший министр"),
    ("Наказание может составить до трёх лет заключения.", "до трёх лет заключения"),
    ("Последний альбом певца вышел в 2009 году.", "в 2009 году"),
    ("В параде приняли участие ветераны и курсанты.", "В параде"),
    ("Директор обвиняется в причинении смерти по неосторожности.", "по неосторожности"),
    (
        "Орлов является сторонником и членом «Лиги Севера», которая требует закрыть границу.",
        "«Лиги Севера»",
    ),
    ("Выборы выиграла лидер движения Анна Седова.", "лидер движения Анна Седова"),
]


@pytest.mark.parametrize(("whole", "kept"), KEPT)
def test_what_must_stay(whole: str, kept: str) -> None:
    sentence = parsed(whole)
    cuts = find_cuts(sentence, load_models(), named=(name_stem("Орлов"),))
    for cut in cuts:
        assert kept.lower() in written(sentence, cut.words).lower(), cut


def test_any_set_of_cuts_may_be_made_together() -> None:
    sentence = parsed(
        "Кроме того, компания «Самрук» (она владеет заводом), построенная в 2010 году, купила"
        " станки и наняла рабочих, чтобы расширить выпуск."
    )
    cuts = find_cuts(sentence, load_models())
    everything = frozenset[int]().union(*(cut.words for cut in cuts))
    assert written(sentence, everything) == "Компания «Самрук» купила станки."


def test_cuts_are_nested_or_apart() -> None:
    for _, whole, _ in CUTS:
        cuts = find_cuts(parsed(whole), load_models())
        for number, left in enumerate(cuts):
            for right in cuts[number + 1 :]:
                assert right.start >= left.end or right.end <= left.end


def test_an_adjective_goes_where_the_article_does_without_it() -> None:
    models = load_models()
    text = "Парламентские выборы начались утром.\n\nВыборы продлятся до вечера."
    article = read_article(text, title="Утро")
    document = parse_article(article, tag(text, models, sentences=article.sentences), models)
    first = document.sentences[0]
    bare = bare_nouns(document.sentences, models)
    assert Cut(0, 1, next(iter(find_cuts(first, models, bare=bare))).kind) in find_cuts(
        first, models, bare=bare
    )
    assert not any(cut.start == 0 for cut in find_cuts(first, models))


def test_a_double_conjunction_goes_whole_or_not() -> None:
    sentence = parsed("Стороны обсудили торговлю, а также содействие стабилизации региона.")
    for cut in find_cuts(sentence, load_models()):
        assert "а содействие" not in written(sentence, cut.words), cut


def test_of_a_post_no_word_goes() -> None:
    sentence = parsed(
        "Заместитель госсекретаря США по вопросам гражданской безопасности Узра Зея"
        " приветствовала реформы."
    )
    bare = frozenset({"безопасность", "вопрос", "госсекретарь", "реформа"})
    for cut in find_cuts(sentence, load_models(), bare=bare):
        assert "по вопросам гражданской безопасности" in written(sentence, cut.words), cut


def test_a_sentence_without_words_has_no_cuts() -> None:
    whole = parsed("Завод построили три года назад.")
    assert find_cuts(ParsedSentence(whole.sentence, (), 0), load_models()) == ()
