"""A reader asks who somebody is."""

from collections.abc import Awaitable, Callable

import pytest

from bot.analysis.analyst import ANALYSIS_VERSION
from bot.archive import Archive
from bot.handlers.person_buttons import PersonButton
from summarizer.analysis import DateMention, Quote, Role
from summarizer.findings import (
    Findings,
    FoundDate,
    FoundMeeting,
    FoundPerson,
    FoundQuote,
    FoundSentence,
)
from summarizer.spans import Span
from tests.e2e.conftest import AddArticle
from tests.e2e.town import Bubble, Clock, Reader, Town

FIRST_NAMES = ("Али", "Бек", "Вера", "Гани", "Дана", "Ерик", "Жан", "Зия", "Ира")

Tell = Callable[..., Awaitable[None]]


@pytest.fixture
def tell(archive: Archive, add_article: AddArticle, clock: Clock) -> Tell:
    """Let an article name people: `await tell("Е. Тестов", posts=["посол"], published=…)`."""
    count = iter(range(1_000))

    async def tell(
        *names: str, posts: tuple[str, ...] = (), findings: Findings | None = None, **known: object
    ) -> None:
        number = next(count)
        known = {"url": f"https://proba.example/{number}", "outlet": "Проба"} | known
        await add_article(f"Статья {number}: {', '.join(names)} в Астане.", **known)
        article = await archive.analyses.next(ANALYSIS_VERSION)
        assert article is not None
        people = tuple(named(name, *posts) for name in names)
        findings = findings or Findings(people=people)
        await archive.analyses.keep(article, findings, version=ANALYSIS_VERSION, now=clock())

    return tell


def named(name: str, *posts: str) -> FoundPerson:
    sentence = FoundSentence(f"{name} прибыл в Астану.", Span(0, len(name)))
    roles = tuple(Role(post, Span(0, 1)) for post in posts)
    return FoundPerson(name, None, ((name, Span(0, len(name))),), roles, sentence)


async def pressed(reader: Reader, label: str) -> Bubble:
    [bubble] = await reader.presses(label)
    return bubble


async def test_a_dossier_at_a_glance(town: Town, tell: Tell) -> None:
    await tell(
        "Ержан Тестов", posts=("посол Казахстана в США",), title="Раз", published="2026-10-02"
    )
    await tell("Е. Тестов", posts=("министр торговли",), title="Два", published="2026-11-20")
    reader = await town.reader()
    [dossier] = await reader.sends("/person Тестов")
    assert dossier.text == (
        "Ержан Тестов\n"
        "также: Е. Тестов\n"
        "министр торговли — Проба, 20 ноября\n"
        "и ещё 1 указанная должность\n"
        "\n"
        "Последнее\n"
        "• Е. Тестов прибыл в Астану. — Проба, 20 ноября\n"
        "• Ержан Тестов прибыл в Астану. — Проба, 2 октября\n"
        "\n"
        "Внимание прессы\n"
        "█▁▁▁▁▁▁█ 1 статья за неделю; за четыре недели столько же, сколько за прошлые четыре\n"
        "\n"
        "Свежие статьи\n"
        "• Два\n"
        "Проба, 20 ноября\n"
        "• Раз\n"
        "Проба, 2 октября\n"
        "\n"
        "Цитат не найдено.\n"
        "Основано на 2 статьях: 2 окт. – 20 нояб. 2026\u202fг.; последняя получена: 22 ноября"
    )
    assert dossier.marked("bold")[0] == "Ержан Тестов"


@pytest.mark.parametrize(
    "asked", ["Тестов", "тестову", "testov", "Е. Тестов", "Yerzhan Testov", "Тестов Ержан"]
)
async def test_any_form_of_a_name_opens_the_dossier(town: Town, tell: Tell, asked: str) -> None:
    await tell("Ержан Тестов")
    reader = await town.reader()
    [dossier] = await reader.sends(f"/person {asked}")
    assert dossier.text.startswith("Ержан Тестов\n")


async def test_a_typo_opens_the_nearest_and_says_so(town: Town, tell: Tell) -> None:
    await tell("Ержан Тестов")
    reader = await town.reader()
    [dossier] = await reader.sends("/person Тостов")
    assert dossier.text.startswith("Имени «Тостов» нет; ближайшее к нему:\n\nЕржан Тестов")


async def test_several_bearers_are_a_choice(town: Town, tell: Tell) -> None:
    await tell("Ержан Тестов")
    await tell("Нурлан Тестов", "Ержан Тестов")
    reader = await town.reader()
    [choice] = await reader.sends("/person Тестов")
    assert choice.text == "Подходят несколько человек. Кто нужен?"
    assert list(choice.buttons) == ["Ержан Тестов · 2", "Нурлан Тестов · 1"]
    dossier = await pressed(reader, "Нурлан Тестов · 1")
    assert dossier.text.startswith("Нурлан Тестов\n")
    assert len(await reader.screen()) == 1


async def test_several_near_names_are_a_question(town: Town, tell: Tell) -> None:
    await tell("Ержан Тестов", "Нурлан Тестов")
    reader = await town.reader()
    [question] = await reader.sends("/person Тостов")
    assert question.text == "Возможно, вы имели в виду:"
    assert len(question.buttons) == 2


async def test_more_bearers_than_buttons_are_counted(town: Town, tell: Tell) -> None:
    await tell(*(f"{first} Тестов" for first in FIRST_NAMES))
    reader = await town.reader()
    [choice] = await reader.sends("/person Тестов")
    assert "И ещё 1: добавьте имя." in choice.text
    assert len(choice.buttons) == 8


async def test_nobody_of_that_name(town: Town, tell: Tell) -> None:
    await tell("Ержан Тестов")
    reader = await town.reader()
    [answer] = await reader.sends("/person Незнамов <b>")
    assert answer.text.startswith("В статьях нет имени «Незнамов <b>».")
    assert list(answer.buttons) == ["Ержан Тестов · 1"]


async def test_person_alone_asks_for_a_name(town: Town, tell: Tell) -> None:
    await tell("Ержан Тестов")
    reader = await town.reader()
    [answer] = await reader.sends("/person")
    assert answer.text.startswith("После /person напишите имя")
    assert "Ержан Тестов · 1" in answer.buttons


async def test_an_empty_archive_still_asks_for_a_name(town: Town) -> None:
    reader = await town.reader()
    [answer] = await reader.sends("/person")
    assert answer.text == "После /person напишите имя в любой форме, например: /person Токаев"
    [unknown] = await reader.sends("/person " + "Ы" * 3_000)
    assert "В статьях нет имени" in unknown.text


async def conversation(tell: Tell) -> None:
    """An article in which Тестов speaks of Пробин, whom he met, and of a day to come."""
    people = (named("Ержан Тестов", "посол"), named("Иван Пробин"))
    words = Quote("Пробин прав", Span(0, 11), "Ержан Тестов", "сказал", True)
    report = Quote("переговоры продолжатся", Span(12, 18), "Ержан Тестов", "сообщил", False)
    past, ahead = (
        DateMention("5 марта 2026 года", Span(0, 7), "2026-03-05"),
        DateMention("5 марта 2027 года", Span(0, 7), "2027-03-05"),
    )
    findings = Findings(
        people=people,
        quotes=(FoundQuote(words, 0, (1,)), FoundQuote(report, 0, ())),
        dates=(
            FoundDate(past, "Он прибыл 5 марта 2026 года.", (0,)),
            FoundDate(ahead, "Тестов прибудет 5 марта 2027 года.", (0,)),
        ),
        meetings=(FoundMeeting("Тестов встретился с Пробиным.", (0, 1)),),
    )
    await tell("Ержан Тестов", findings=findings, title="Встреча", published="2026-11-20")


async def test_the_pages_unfold_in_place(town: Town, tell: Tell) -> None:
    await conversation(tell)
    reader = await town.reader()
    [dossier] = await reader.sends("/person Тестов")
    assert "1 дословная цитата, 1 пересказ" in dossier.text
    posts = await pressed(reader, "Должности")
    assert posts.text == "Ержан Тестов · должности, как они указаны\n\nпосол\nПроба, 20 ноября"
    quotes = await pressed(reader, "Цитаты")
    assert quotes.marked("blockquote") == ["Пробин прав"]
    assert "В пересказе изданий, не дословно\n• сообщил: переговоры продолжатся" in quotes.text
    events = await pressed(reader, "События")
    assert events.text.index("Впереди\n5 марта 2027 года") < events.text.index("5 марта 2026 года")
    sources = await pressed(reader, "Источники")
    assert "Издания: Проба (1)" in sources.text
    assert "Ержан Тестов (1): впервые встретилось под этим именем" in sources.text
    assert (await pressed(reader, "Сейчас")).text == dossier.text
    assert len(await reader.screen()) == 1


async def test_quotes_about_somebody_name_the_speaker(town: Town, tell: Tell) -> None:
    await conversation(tell)
    reader = await town.reader()
    await reader.sends("/person Пробин")
    quotes = await pressed(reader, "Цитаты")
    assert quotes.text == (
        "Иван Пробин · слова\n\nЦитат не найдено.\n\n"
        "Другие об этом человеке, дословно\nПробин прав\n1 · Ержан Тестов · Проба, 20 ноября"
    )


async def test_a_tap_on_company_shows_the_shared_articles(town: Town, tell: Tell) -> None:
    await conversation(tell)
    reader = await town.reader()
    await reader.sends("/person Тестов")
    company = await pressed(reader, "С кем")
    assert "Иван Пробин — 1 статья\nО встрече: Тестов встретился с Пробиным." in company.text
    shared = await pressed(reader, "Иван Пробин")
    assert shared.text == (
        "Ержан Тестов · Иван Пробин\n\nО встрече: Тестов встретился с Пробиным.\n\n"
        "• Встреча\nПроба, 20 ноября"
    )
    other = await pressed(reader, "Иван Пробин")
    assert other.text.startswith("Иван Пробин\n")


async def test_long_pages_turn(town: Town, tell: Tell) -> None:
    for number in range(10):
        await tell("Ержан Тестов", title=f"Статья {number}", published=f"2026-11-{10 + number}")
    reader = await town.reader()
    await reader.sends("/person Тестов")
    first = await pressed(reader, "Источники")
    assert "Статья 9" in first.text
    assert "Статья 0" not in first.text
    last = await pressed(reader, "Дальше »")
    assert "Статья 0" in last.text
    assert (await pressed(reader, "« В начало")).text == first.text


async def test_long_quotes_stay_whole_and_within_a_message(town: Town, tell: Tell) -> None:
    texts = [f"Слово {number}. " + "Очень длинная речь. " * 90 for number in range(5)]
    quotes = tuple(
        FoundQuote(Quote(text, Span(n, n + 1), "Ержан Тестов", "сказал", True), 0, ())
        for n, text in enumerate(texts)
    )
    await tell("Ержан Тестов", findings=Findings((named("Ержан Тестов"),), quotes))
    reader = await town.reader()
    await reader.sends("/person Тестов")
    page = await pressed(reader, "Цитаты")
    shown = [page.text]
    while "Дальше »" in page.buttons:
        page = await pressed(reader, "Дальше »")
        shown.append(page.text)
    assert len(shown) > 1
    assert all(len(text) <= 4096 for text in shown)
    assert all(any(text.strip() in part for part in shown) for text in texts)


async def test_following_is_kept(town: Town, tell: Tell) -> None:
    await tell("Ержан Тестов")
    reader = await town.reader()
    await reader.sends("/person Тестов")
    followed = await pressed(reader, "Следить")
    assert "Не следить" in followed.buttons
    assert (await reader.last_toast()).startswith("Отмечено: вы следите за «Ержан Тестов». Сообщаю")
    [again] = await reader.sends("/person Тестов")
    assert "Не следить" in again.buttons
    assert "Следить" in (await pressed(reader, "Не следить")).buttons


async def test_a_button_of_somebody_who_was_merged_opens_whom_they_became(
    town: Town, tell: Tell, archive: Archive, clock: Clock
) -> None:
    await tell("Ержан Тестов")
    await tell("Иван Пробин")
    reader = await town.reader()
    await reader.sends("/person Тестов")
    one, other = [(await archive.people.find(n)).people[0].id for n in ("Тестов", "Пробин")]
    await archive.people.merge(one, other, by=1, now=clock())
    page = await pressed(reader, "Цитаты")
    assert page.text.startswith("Иван Пробин · ")


async def test_a_button_of_somebody_who_is_gone_says_so(town: Town, tell: Tell) -> None:
    await tell("Ержан Тестов")
    reader = await town.reader()
    [dossier] = await reader.sends("/person Тестов")
    await reader.forges(dossier, PersonButton(id=404).pack())
    assert "карточки больше нет" in await reader.last_toast()


async def test_an_operator_merges_two(town: Town, tell: Tell) -> None:
    await tell("Ержан Тестов")
    await tell("Нурлан Тестов")
    operator = await town.operator()
    await operator.sends("/person Нурлан Тестов")
    await operator.presses("Исправить")
    question = await pressed(operator, "Это Ержан Тестов (1)")
    assert question.text == "Объединить «Нурлан Тестов» (1 статья) с «Ержан Тестов»?"
    await operator.presses("Объединить")
    dossier = await pressed(operator, "Открыть досье")
    assert dossier.text.startswith("Ержан Тестов\n")
    assert "Основано на 2 статьях" in dossier.text


async def test_an_operator_splits_a_name_off(town: Town, tell: Tell) -> None:
    await tell("Стив Дэйнер")
    await tell("Стив Дейнер")
    operator = await town.operator()
    await operator.sends("/person Дэйнер")
    await operator.presses("Исправить")
    await operator.presses("Другой человек: Стив Дейнер (1)")
    await operator.presses("Отделить")
    dossier = await pressed(operator, "Открыть досье")
    assert dossier.text.startswith("Стив Дейнер\n")
    assert "Основано на 1 статье" in dossier.text


async def test_only_operators_correct(town: Town, tell: Tell, archive: Archive) -> None:
    await tell("Ержан Тестов")
    await tell("Нурлан Тестов")
    chief, stranger = await town.operator(), await town.reader()
    await town.client.add_chat(
        id=-700, type="supergroup", title="Отдел", members=[chief.id, stranger.id]
    )
    [private] = await stranger.sends("/person Ержан Тестов")
    assert "Исправить" not in private.buttons
    in_group = Reader(town, chief.id, -700)
    await in_group.sends("/person Ержан Тестов")
    other = Reader(town, stranger.id, -700)
    await other.presses("Исправить")
    assert "для операторов" in await other.last_toast()
    await in_group.presses("Исправить")
    await other.presses("Это Нурлан Тестов (1)")
    await in_group.presses("Это Нурлан Тестов (1)")
    await other.presses("Объединить")
    assert len((await archive.people.find("Тестов")).people) == 2


async def test_a_dossier_speaks_the_readers_language(town: Town, tell: Tell) -> None:
    await conversation(tell)
    for code, said in (("en", "1 verbatim quote"), ("kk", "1 сөзбе-сөз дәйексөз")):
        reader = await town.reader(code)
        [dossier] = await reader.sends("/person Testov")
        assert said in dossier.text


async def test_a_shared_dossier_arrives_in_another_chat_and_stands_by_itself(
    town: Town, tell: Tell
) -> None:
    await tell("Ержан Тестов", posts=("посол Казахстана в США",), published="2026-11-20")
    reader, colleague = await town.reader(), await town.reader()
    await town.client.add_chat(
        id=-600, type="group", title="Отдел", members=[reader.id, colleague.id]
    )
    [dossier] = await reader.sends("/person Тестов")
    share = dossier.buttons["Поделиться"]["switch_inline_query_chosen_chat"]
    asked = await town.client.type_inline(reader.id, share["query"], chat=-600)
    await town.settled()
    person = await town.application.archive.people.find("Ержан Тестов")
    await town.client.choose(reader.id, asked.inline_query_id, f"p{person.people[0].id}", chat=-600)
    [*_, arrived] = await town.client.messages(-600)
    assert "Ержан Тестов" in arrived["text"]
    assert "посол Казахстана в США" in arrived["text"]
    assert "reply_markup" not in arrived


async def test_typing_fast_after_the_bots_name_does_not_use_up_the_commands(
    town: Town, tell: Tell
) -> None:
    await tell("Ержан Тестов")
    reader = await town.reader()
    for letters in range(1, 26):
        await town.client.type_inline(reader.id, "Ержан Тестов Тестович Тест"[:letters])
    await town.settled()
    [dossier] = await reader.sends("/person Тестов")
    assert "Ержан Тестов" in dossier.text
