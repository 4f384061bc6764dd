"""Does the source say so? Sentences that invented articles support, and sentences they do not."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.models import load_models
from summarizer.spans import Span
from summarizer.summary import Summary, SummarySentence
from summarizer.summary.evidence import FaultKind, Source, check, check_all, read_source, support
from summarizer.summary.evidence_repair import checked

VISIT = (
    "Министр транспорта Казахстана посетил Вашингтон\n\n"
    "Министр транспорта Казахстана Ерлан Абдиев 14 мая посетил Вашингтон, сообщила "
    "пресс-служба ведомства.\n\n"
    "Он встретился с министром торговли США Линдой Уилсон и обсудил с ней поставки "
    "локомотивов. "
    "Стороны договорились построить в Актау завод, который будет выпускать 120 "
    "локомотивов в год. "
    "Стоимость проекта составит 2,9 млрд долларов.\n\n"
    "«Мы открываем новую страницу в наших отношениях и рассчитываем на быстрый запуск "
    "завода», — сказал Абдиев. "
    "По словам Уилсон, американские компании готовы вложить в строительство 40 процентов "
    "средств.\n\n"
    "Посол США в Казахстане Роберт Миллс не участвовал в переговорах. "
    "Абдиев поблагодарил Уилсон за приглашение. "
    "Двое сотрудников делегации остались в Нью-Йорке до пятницы.\n\n"
)

COURT = (
    "Суд отправил банкира под арест\n\n"
    "Алматинский городской суд в среду арестовал бывшего главу банка «Восток» "
    "Тимура Сагинова, его обвиняют в хищении 17 миллионов тенге. "
    "Адвокат Марина Лебедева обжаловала решение.\n\n"
    "Прокуратура утверждает, что Сагинов вывел деньги через фирмы своего брата Данияра. "
    "Сам банкир вину не признал. "
    "Министерство иностранных дел отказалось выдать его Турции.\n\n"
    "Следствие началось в марте 2021 года. "
    "Свидетель Олег Кравцов опознал Сагинова. "
    "Суд не нашёл оснований для залога. "
    "Новый глава банка Павел Гринёв пообещал вернуть вкладчикам деньги до конца года.\n\n"
)

SUPPORTED = [
    (VISIT, "Министр транспорта Казахстана Ерлан Абдиев посетил Вашингтон."),
    (VISIT, "14 мая Вашингтон посетил министр транспорта Казахстана Ерлан Абдиев."),
    (VISIT, "Абдиев посетил Вашингтон 14 мая."),
    (VISIT, "Абдиев встретился с министром торговли США Линдой Уилсон."),
    (VISIT, "Абдиев провёл встречу с министром торговли США Линдой Уилсон."),
    (VISIT, "Стороны договорились построить в Актау завод."),
    (VISIT, "В Актау построят завод, который будет выпускать 120 локомотивов в год."),
    (VISIT, "Стоимость проекта составит 2,9 миллиарда долларов."),
    (VISIT, "Американские компании готовы вложить 40 процентов средств, сказала Уилсон."),
    (VISIT, "Посол США Роберт Миллс не участвовал в переговорах."),
    (VISIT, "2 сотрудника делегации остались в Нью-Йорке."),
    (VISIT, "Абдиев поблагодарил Уилсон."),
    (VISIT, "Абдиев сказал: «Мы открываем новую страницу в наших отношениях»."),
    (COURT, "Суд арестовал бывшего главу банка «Восток» Тимура Сагинова."),
    (COURT, "Бывший глава банка «Восток» Тимур Сагинов арестован судом."),
    (COURT, "Сагинова обвиняют в хищении 17 млн тенге."),
    (COURT, "Сагинов вину не признал."),
    (COURT, "МИД отказался выдать Сагинова Турции."),
    (COURT, "Адвокат Марина Лебедева обжаловала решение суда."),
    (COURT, "Следствие началось в марте 2021 года."),
    (COURT, "Свидетель Олег Кравцов опознал банкира."),
    (COURT, "Оснований для залога суд не нашёл."),
]

WRONG = [
    (VISIT, "Министр транспорта Казахстана Асхат Тлеубаев посетил Вашингтон.", FaultKind.NAME),
    (VISIT, "Министр транспорта Казахстана Роберт Миллс 14 мая посетил Вашингтон.", FaultKind.NAME),
    (VISIT, "Абдиев встретился с министром торговли США Анной Кларк.", FaultKind.NAME),
    (VISIT, "По словам Миллса, компании готовы вложить в строительство 40 процентов.", None),
    (COURT, "Суд арестовал бывшего главу банка «Восток» Аскара Беленова.", FaultKind.NAME),
    (COURT, "Адвокат Инна Морозова обжаловала решение.", FaultKind.NAME),
    (COURT, "Свидетель Виктор Степаненко опознал Сагинова.", FaultKind.NAME),
    (VISIT, "Министр транспорта Казахстана Ерлан Абдиев посетил Брюссель.", FaultKind.PLACE),
    (VISIT, "Стороны договорились построить в Атырау завод.", FaultKind.PLACE),
    (VISIT, "Двое сотрудников делегации остались в Чикаго до пятницы.", FaultKind.PLACE),
    (COURT, "Министерство иностранных дел отказалось выдать его Польше.", FaultKind.PLACE),
    (VISIT, "Завод будет выпускать 180 локомотивов в год.", FaultKind.NUMBER),
    (VISIT, "Стоимость проекта составит 3,4 млрд долларов.", FaultKind.NUMBER),
    (VISIT, "Американские компании готовы вложить в строительство 60 процентов.", FaultKind.NUMBER),
    (VISIT, "Пятеро сотрудников делегации остались в Нью-Йорке.", FaultKind.NUMBER),
    (COURT, "Его обвиняют в хищении 25 миллионов тенге.", FaultKind.NUMBER),
    (VISIT, "Ерлан Абдиев 19 мая посетил Вашингтон.", FaultKind.DATE),
    (VISIT, "Ерлан Абдиев 14 июня посетил Вашингтон.", FaultKind.DATE),
    (VISIT, "Двое сотрудников делегации остались в Нью-Йорке до вторника.", FaultKind.DATE),
    (COURT, "Следствие началось в апреле 2021 года.", FaultKind.DATE),
    (COURT, "Следствие началось в марте 2019 года.", FaultKind.DATE),
    (COURT, "Алматинский городской суд в пятницу арестовал Тимура Сагинова.", FaultKind.DATE),
    (VISIT, "Посол США в Казахстане Роберт Миллс участвовал в переговорах.", FaultKind.NEGATION),
    (VISIT, "Ерлан Абдиев 14 мая не посетил Вашингтон.", FaultKind.NEGATION),
    (VISIT, "Абдиев не поблагодарил Уилсон за приглашение.", FaultKind.NEGATION),
    (COURT, "Суд нашёл основания для залога.", FaultKind.NEGATION),
    (COURT, "Адвокат Марина Лебедева не обжаловала решение.", FaultKind.NEGATION),
    (COURT, "Сам банкир вину признал.", FaultKind.NEGATION),
    (VISIT, "Уилсон поблагодарила Абдиева за приглашение.", FaultKind.ROLES),
    (COURT, "Сагинов опознал свидетеля Олега Кравцова.", FaultKind.ROLES),
    (VISIT, "Абдиев сказал: «Мы закрываем старую страницу в наших отношениях».", FaultKind.QUOTE),
    (
        VISIT,
        "«Мы открываем новую страницу в наших отношениях», — сказала Уилсон.",
        FaultKind.QUOTE,
    ),
    (VISIT, "Генерал США в Казахстане Роберт Миллс не участвовал в переговорах.", FaultKind.POST),
    (COURT, "Режиссёр Марина Лебедева обжаловала решение.", FaultKind.POST),
    (
        VISIT,
        "Ерлан Абдиев 14 мая посетил Вашингтон, а шахтёры продолжили забастовку на руднике.",
        FaultKind.ADDED,
    ),
    (
        COURT,
        "Адвокат Марина Лебедева обжаловала решение, поскольку судья состоит в родстве с истцом.",
        FaultKind.ADDED,
    ),
    (VISIT, "Урожай пшеницы вырос благодаря дождям.", FaultKind.ADDED),
    (VISIT, "The minister of transport visited the capital of France.", FaultKind.ADDED),
    (VISIT, "<b>Ерлан Абдиев</b> посетил Вашингтон.", FaultKind.ADDED),
]


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    models = load_models()
    return {text: read_source(text, models) for text in (VISIT, COURT)}


@pytest.mark.parametrize(("article", "sentence"), SUPPORTED)
def test_a_faithful_sentence_passes(
    sources: dict[str, Source], article: str, sentence: str
) -> None:
    assert check(sentence, sources[article]) == ()


@pytest.mark.parametrize(("article", "sentence", "kind"), WRONG)
def test_a_sentence_with_a_fault_is_refused(
    sources: dict[str, Source], article: str, sentence: str, kind: FaultKind | None
) -> None:
    faults = check(sentence, sources[article])

    assert faults
    if kind is not None:
        assert kind in {fault.kind for fault in faults}
    for fault in faults:
        assert sentence[fault.span.start : fault.span.end] == fault.text


@pytest.mark.parametrize("article", [VISIT, COURT])
def test_every_sentence_of_an_article_passes_against_it(
    sources: dict[str, Source], article: str
) -> None:
    source = sources[article]

    found = check_all([each.text for each in source.article.sentences], source)

    assert found == [()] * len(source.article.sentences)


def test_the_title_passes(sources: dict[str, Source]) -> None:
    assert check("Суд отправил банкира под арест", sources[COURT]) == ()


def test_every_sentence_of_the_real_articles_passes(seeds: dict[str, str]) -> None:
    models = load_models()
    for text in seeds.values():
        source = read_source(text, models)
        sentences = [each.text for each in source.article.sentences]
        assert check_all(sentences, source) == [()] * len(sentences)


def test_nothing_said_is_no_fault(sources: dict[str, Source]) -> None:
    assert check_all(["", "  ", "…"], sources[VISIT]) == [(), (), ()]


def test_what_is_too_long_for_a_sentence_is_refused(sources: dict[str, Source]) -> None:
    (fault,) = check("Абдиев посетил Вашингтон " * 400, sources[VISIT])

    assert fault.kind is FaultKind.ADDED


@given(st.text(max_size=200))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_can_be_checked(sources: dict[str, Source], text: str) -> None:
    for fault in check(text, sources[COURT]):
        assert text[fault.span.start : fault.span.end] == fault.text


def test_a_sentence_rests_on_the_source_sentence_it_retells(sources: dict[str, Source]) -> None:
    source = sources[VISIT]

    spans = support("Завод в Актау выпустит 120 локомотивов в год.", source)

    told = [source.article.original[span.start : span.end] for span in spans]
    assert any("120 локомотивов" in each for each in told)


def test_a_wrong_sentence_is_replaced_by_the_sources_own(sources: dict[str, Source]) -> None:
    source = sources[VISIT]
    wrong = "Стоимость проекта составит 7 млрд долларов."
    summary = Summary((SummarySentence(wrong, ()),), maker="model")

    repaired = checked(summary, source)

    assert [text for text, _ in repaired.failed] == [wrong]
    assert [each.text for each in repaired.summary.sentences] == [
        "Стоимость проекта составит 2,9 млрд долларов."
    ]


def test_a_wrong_sentence_that_is_told_already_is_dropped(sources: dict[str, Source]) -> None:
    right = SummarySentence("Стоимость проекта составит 2,9 млрд долларов.", (Span(0, 1),))
    wrong = SummarySentence("Стоимость проекта составит 7 млрд долларов.", ())

    repaired = checked(Summary((right, wrong), "model"), sources[VISIT])

    assert repaired.summary.sentences == (right,)


def test_nothing_left_gives_the_fallback(sources: dict[str, Source]) -> None:
    fallback = Summary((SummarySentence("Стоимость.", (Span(0, 1),)),), "lead")
    nonsense = Summary((SummarySentence("Урожай пшеницы вырос втрое.", ()),), "model")

    assert checked(nonsense, sources[VISIT], fallback).summary == fallback


ENGLISH = (
    "Minister visits Washington\n\n"
    "Transport minister Yerlan Abdiyev visited Washington on May 14. "
    "He did not meet the president. "
    "The plant in Aktau will build 120 locomotives a year.\n\n"
)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Yerlan Abdiyev visited Washington.", None),
        ("The plant in Aktau will build 120 locomotives.", None),
        ("Transport minister Robert Miller visited Washington.", FaultKind.NAME),
        ("The plant will build 180 locomotives a year.", FaultKind.NUMBER),
        ("He met the president.", FaultKind.NEGATION),
        ("Farmers harvested record amounts of wheat yesterday.", FaultKind.ADDED),
    ],
)
def test_english_is_checked_by_its_words(sentence: str, kind: FaultKind | None) -> None:
    source = read_source(ENGLISH, load_models())

    kinds = {fault.kind for fault in check(sentence, source)}

    assert kinds == set() if kind is None else kind in kinds
