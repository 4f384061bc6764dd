"""Sentences spoilt on purpose: one fault each, in grammatical Russian."""

import pytest

from summarizer.analysis import Person
from summarizer.evaluation.spoil import FIGURE, TUNING, Pool, half_of, spoil
from summarizer.evaluation.spoil_words import Sample
from summarizer.models import load_models
from summarizer.ner import tag
from summarizer.spans import Span
from summarizer.summary.evidence import FaultKind, Source, read_source
from summarizer.summary.evidence_words import read_lines
from summarizer.text import Sentence
from tests.summarizer.test_evidence import COURT, VISIT


def _person(name: str, gender: str) -> Person:
    return Person(name, False, "f" if gender == "f" else "m", (), (), ())


POOL = Pool(
    people=(_person("Виктор Соколов", "m"), _person("Анна Белова", "f")),
    places=("Лондон", "Москва"),
    clauses=("шахтёры продолжили забастовку на руднике",),
    tails=("чтобы восстановить разрушенную плотину",),
)


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    models = load_models()
    return {text: read_source(text, models) for text in (VISIT, COURT)}


def _spoilt(source: Source, sentence: str, kind: FaultKind) -> set[str]:
    (line,) = read_lines([sentence], source.models)
    span = Span(0, len(sentence))
    tagged = tag(sentence, source.models, sentences=[Sentence(sentence, span)])
    sample = Sample(sentence, line, tagged, source)
    return {each.text for each in spoil(sample, POOL) if each.kind is kind}


@pytest.mark.parametrize(
    ("article", "sentence", "kind", "expected"),
    [
        (
            COURT,
            "Свидетель Олег Кравцов опознал Тимура Сагинова.",
            FaultKind.NAME,
            "Свидетель Олег Кравцов опознал Виктора Соколова.",
        ),
        (
            COURT,
            "Свидетель Олег Кравцов опознал Тимура Сагинова.",
            FaultKind.ROLES,
            "Свидетель Тимур Сагинов опознал Олега Кравцова.",
        ),
        (
            VISIT,
            "Ерлан Абдиев посетил Вашингтон 14 мая.",
            FaultKind.NEGATION,
            "Ерлан Абдиев не посетил Вашингтон 14 мая.",
        ),
        (
            VISIT,
            "Роберт Миллс не участвовал в переговорах.",
            FaultKind.NEGATION,
            "Роберт Миллс участвовал в переговорах.",
        ),
        (
            COURT,
            "Новый глава банка пообещал вернуть вкладчикам деньги.",
            FaultKind.MODALITY,
            "Новый глава банка вернул вкладчикам деньги.",
        ),
        (
            VISIT,
            "Ерлан Абдиев посетил Вашингтон.",
            FaultKind.ADDED,
            "Ерлан Абдиев посетил Вашингтон, чтобы восстановить разрушенную плотину.",
        ),
        (
            VISIT,
            "Ерлан Абдиев посетил Вашингтон.",
            FaultKind.ADDED,
            "Ерлан Абдиев посетил Вашингтон, а шахтёры продолжили забастовку на руднике.",
        ),
    ],
)
def test_a_fault_is_put_in(
    sources: dict[str, Source], article: str, sentence: str, kind: FaultKind, expected: str
) -> None:
    assert expected in _spoilt(sources[article], sentence, kind)


@pytest.mark.parametrize(
    ("article", "sentence", "kind", "kept"),
    [
        (VISIT, "Делегация осталась в Вашингтоне.", FaultKind.PLACE, "Делегация осталась в "),
        (VISIT, "Завод будет выпускать 120 локомотивов.", FaultKind.NUMBER, " локомотивов."),
        (VISIT, "Двое сотрудников остались до пятницы.", FaultKind.NUMBER, " сотрудников "),
        (COURT, "Суд в среду арестовал банкира.", FaultKind.DATE, " арестовал банкира."),
        (COURT, "Следствие началось в марте 2021 года.", FaultKind.DATE, " года."),
        (VISIT, "Абдиев посетил Вашингтон 14 мая.", FaultKind.DATE, "Абдиев посетил Вашингтон "),
        (VISIT, "Посол Роберт Миллс уехал.", FaultKind.POST, " Роберт Миллс уехал."),
        (VISIT, "Завод построят, сказал Абдиев.", FaultKind.QUOTE, "Завод построят, сказал "),
    ],
)
def test_the_rest_of_the_sentence_stays(
    sources: dict[str, Source], article: str, sentence: str, kind: FaultKind, kept: str
) -> None:
    found = _spoilt(sources[article], sentence, kind)

    assert found
    assert all(kept in each and each != sentence for each in found)


def test_who_meet_do_not_change_places(sources: dict[str, Source]) -> None:
    sentence = "Ерлан Абдиев встретил Роберта Миллса."

    assert not _spoilt(sources[VISIT], sentence, FaultKind.ROLES)


def test_an_article_is_always_in_the_same_half() -> None:
    assert half_of(VISIT) == half_of(VISIT)
    assert {half_of(f"{VISIT}{number}") for number in range(9)} == {TUNING, FIGURE}
