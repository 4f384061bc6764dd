"""The bot is mentioned in a chat that it never joined: it answers there, once."""

import pytest

from tests.e2e.conftest import AddArticle
from tests.e2e.newsroom import FIRST, Newsroom, link_back
from tests.e2e.town import Bubble, Reader, Town

CHAT = -800
BOT = "@vestnik_sandbox_bot"


@pytest.fixture
def newsroom(town: Town, add_article: AddArticle) -> Newsroom:
    return Newsroom(town, add_article)


async def somewhere(town: Town, language: str = "ru") -> Reader:
    """A person in a group that the bot was never in."""
    person = await town.reader(language)
    await town.client.add_chat(
        id=CHAT, type="group", title="Чужая", members=[person.id], bot="left"
    )
    return Reader(town, person.id, CHAT)


async def asks(reader: Reader, text: str) -> Bubble:
    [answer] = await reader.sends(text)
    return answer


@pytest.mark.parametrize("text", [f"{BOT} Тестов", f"кто такой Тестов, {BOT}?", f"{BOT}, Testov"])
async def test_a_name_is_answered_with_who_this_is_now(
    town: Town, newsroom: Newsroom, text: str
) -> None:
    news = await newsroom.tells()
    answer = await asks(await somewhere(town), text)
    assert answer.text.startswith("Ержан Тестов\nпосол Казахстана в США — Проба, 21 ноября")
    assert link_back(answer) == f"p{news.person}"
    assert answer.buttons == {}


async def test_words_are_answered_with_the_best_story(town: Town, newsroom: Newsroom) -> None:
    news = await newsroom.tells()
    answer = await asks(await somewhere(town), f"{BOT} студентам Чикаго")
    assert answer.text.startswith(f"Посол выступил в Чикаго\nПроба · 21 ноября, 15:00\n\n{FIRST}")
    assert link_back(answer) == f"s{news.story}"


@pytest.mark.parametrize("text", [BOT, f"{BOT} абракадабра", f'{BOT} "', f"{BOT} " + "ы " * 1_900])
async def test_what_is_not_understood_is_answered_with_how_to_ask(town: Town, text: str) -> None:
    answer = await asks(await somewhere(town), text)
    assert f"Например: {BOT} Токаев" in answer.text


async def test_an_answer_is_in_the_language_of_whoever_asks(town: Town, newsroom: Newsroom) -> None:
    await newsroom.tells()
    answer = await asks(await somewhere(town, "en"), f"{BOT} Тестов")
    assert "Rests on 1 article" in answer.text
    assert answer.text.endswith("The dossier in Vestnik")


async def test_a_flood_of_mentions_is_told_once_to_stop(town: Town, newsroom: Newsroom) -> None:
    await newsroom.tells()
    reader = await somewhere(town)
    for _ in range(25):
        await town.client.say(reader.id, f"{BOT} Тестов", chat=CHAT)
    await town.settled()
    said = [bubble.text for bubble in await reader.screen()]
    assert len(said) == 21
    assert sum(text.startswith("Слишком много сразу") for text in said) == 1
