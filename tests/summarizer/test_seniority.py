"""How high a post is: a rough order of protocol."""

import pytest

from summarizer.seniority import seniority


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        ("Президент Казахстана", "премьер-министр"),
        ("президент США", "госсекретарь США"),
        ("госсекретарь США", "посол США в Казахстане"),
        ("министр иностранных дел", "первый заместитель министра иностранных дел"),
        ("глава МИД Казахстана", "директор департамента МИД"),
        ("вице-президент США", "вице-президент компании Chevron"),
        ("президент Республики Казахстан", "президент «Тернстоун Крик»"),
        ("президент США", "президент компании"),
        ("президент Узбекистана", "президент Chevron"),
        ("посол", "бывший посол"),
        ("президент", "пресс-секретарь президента"),
        ("Secretary of State", "Assistant Secretary of State"),
        ("President of Kazakhstan", "president of the company"),
        ("Қазақстан президенті", "елші"),
        ("журналист", None),
    ],
)
def test_one_post_stands_above_another(higher: str, lower: str | None) -> None:
    assert seniority(higher) > seniority(lower)


def test_a_post_in_any_case_ranks_the_same() -> None:
    assert len({seniority(f"{form} США") for form in ("посол", "посла", "послу", "послом")}) == 1
