"""Answers are sentences of the archive, or none."""

import pytest

from bot.archive import Archive
from summarizer.ask_question import Kind, read_question
from tests.search.asking import fill, questions, said
from tests.search.making import index, write

# By wording and whether they were kept apart: the least share of right answers and of silence.
# What is measured, and how far it is from the goal, stands in docs/benchmarks.md.
LEAST = {("near", False): (0.88, 0.90), ("free", False): (0.45, 0.80), ("free", True): (0.45, 0.75)}


@pytest.fixture
async def answers(sqlite_archive: Archive) -> dict[str, list[str]]:
    """What is said to each question; those over seeds are left out where there are none."""
    has_seeds = await fill(sqlite_archive)
    asked = [one for one in questions() if has_seeds or one.over == "samples"]
    return {one.text: await said(sqlite_archive, one.text) for one in asked}


async def test_the_right_sentence_is_among_three_and_silence_is_kept(
    answers: dict[str, list[str]],
) -> None:
    for group, (right, silent) in LEAST.items():
        asked = [
            one for one in questions() if (one.wording, one.held) == group and one.text in answers
        ]
        known = [one for one in asked if one.answers]
        wrong = [
            one.text
            for one in known
            if not any(part in text for text in answers[one.text] for part in one.answers)
        ]
        unknown = [one for one in asked if not one.answers]
        said_so = [one.text for one in unknown if answers[one.text]]
        assert len(wrong) <= (1 - right) * len(known), (group, wrong)
        assert len(said_so) <= (1 - silent) * len(unknown), (group, said_so)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Кто подписал соглашение?", Kind.WHO),
        ("Когда прибыл посол?", Kind.WHEN),
        ("Где прошла встреча?", Kind.WHERE),
        ("Сколько студентов поехали в США?", Kind.NUMBER),
        ("Во сколько обойдётся центр?", Kind.MONEY),
        ("Сколько лет послу?", Kind.AGE),
        ("Что сказал Токаев о визах?", Kind.SAID),
        ("How many visas were issued?", Kind.NUMBER),
        ("What did Windall say about the route?", Kind.SAID),
        ("Кездесу қашан өтті?", Kind.WHEN),
        ("О визах", Kind.ANY),
    ],
)
def test_the_kind_of_answer_is_read_from_the_question(text: str, kind: Kind) -> None:
    assert read_question(text).kind is kind


@pytest.mark.parametrize("text", ["", "???", "кто", "\u200b", "' OR 1=1 --", "x" * 5_000])
async def test_no_question_makes_an_answer_up(sqlite_archive: Archive, text: str) -> None:
    await write(sqlite_archive, "Посол Иван Петров прибыл в Астану 5 мая.")
    await index(sqlite_archive)
    assert await said(sqlite_archive, text) == []


async def test_an_answer_is_the_sentence_word_for_word(sqlite_archive: Archive) -> None:
    await write(sqlite_archive, "Было тепло. Посол Иван Петров прибыл в Астану 5 мая. Шёл дождь.")
    await index(sqlite_archive)
    assert await said(sqlite_archive, "Когда посол прибыл в Астану?") == [
        "Посол Иван Петров прибыл в Астану 5 мая."
    ]
    assert await said(sqlite_archive, "Сколько послов прибыло в Астану?") == []
    assert await said(sqlite_archive, "Когда посол прибыл в Алматы?") == []


async def test_a_quotation_is_given_whole(sqlite_archive: Archive) -> None:
    await write(
        sqlite_archive, "«Реки мелеют. Вода дороже нефти», — сказал Иван Петров. Потом уехал."
    )
    await index(sqlite_archive)
    assert await said(sqlite_archive, "Что сказал Петров о воде?") == [
        "«Реки мелеют. Вода дороже нефти», — сказал Иван Петров."
    ]
