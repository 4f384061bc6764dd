"""Buttons in a channel: whoever presses them never makes the bot post there."""

from datetime import UTC, datetime

import pytest

from bot.handlers.pass_on_buttons import CiteButton, LetterButton, PaperButton
from bot.items import Kind
from tests.e2e.conftest import AddArticle
from tests.e2e.newsroom import News, Newsroom
from tests.e2e.test_groups import CHANNEL, GROUP, chief_and_member, chooses
from tests.e2e.town import Bubble, Reader, Town

LINK = "https://t.me/vestnik_sandbox_bot?start="
MONDAY_NINE = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def newsroom(town: Town, add_article: AddArticle) -> Newsroom:
    return Newsroom(town, add_article)


@pytest.fixture
async def people(town: Town) -> tuple[Reader, Reader]:
    """Who manages a channel and a group, and who reads both; each as they press there."""
    chief, member = await chief_and_member(town)
    await town.client.set_bot(chief.id, CHANNEL, "administrator")
    await chief.sends("/groups")
    await chooses(town, chief, 2, CHANNEL)
    await chooses(town, chief, 1, GROUP)
    chief.chat = member.chat = CHANNEL
    return chief, member


async def delivered(town: Town, chat: int = CHANNEL) -> Bubble:
    """Let the briefing come; give its message with the buttons."""
    town.clock.now = MONDAY_NINE
    await town.application.ticks.deliver()
    [message] = [b for b in map(Bubble, await town.client.messages(chat)) if b.buttons]
    return message


async def opens(reader: Reader, bubble: Bubble, data: str) -> str:
    """Press a button that posts and edits nothing; give the address that it opens."""
    assert await reader.forges(bubble, data) == []
    return await last_answer(reader, "url")


async def last_answer(reader: Reader, part: str) -> str:
    events = await reader.town.client.events(chat=reader.chat)
    return [str(e.body[part]) for e in events if e.kind == "callback_answer"][-1]


@pytest.mark.parametrize("who", [0, 1])
async def test_a_story_of_a_briefing_opens_in_the_private_chat(
    town: Town, newsroom: Newsroom, people: tuple[Reader, Reader], who: int
) -> None:
    news, presser = await newsroom.tells(), people[who]
    briefing = await delivered(town)
    assert await presser.presses("1", on=briefing) == []
    assert await last_answer(presser, "url") == f"{LINK}s{news.story}"
    assert await presser.presses("Цитировать…", on=briefing) == []
    assert (await last_answer(presser, "url")).startswith(f"{LINK}e")


def every_item(news: News) -> list[tuple[str, str]]:
    story, article = news.item(Kind.STORY), news.item(Kind.ARTICLE)
    return [
        (f"a:{news.article}:1:0", str(article)),
        (f"u:{news.quote}", f"q{news.quote}"),
        (f"ua:{news.article}", str(article)),
        (f"p:{news.person}:n:0", f"p{news.person}"),
        (f"td:{news.story}:pdf", str(story)),
        (CiteButton(item=str(story)).pack(), str(story)),
        (PaperButton(item=str(story), format="pdf").pack(), str(story)),
        (LetterButton(item=str(article)).pack(), str(article)),
        ("ew:egx2k9v-gx3hb7", "egx2k9v-gx3hb7"),
        ("eg:egx2k9v-gx3hb7", "egx2k9v-gx3hb7"),
    ]


async def test_whatever_is_pressed_in_a_channel_is_opened_elsewhere(
    town: Town, newsroom: Newsroom, people: tuple[Reader, Reader]
) -> None:
    news = await newsroom.tells()
    briefing = await delivered(town)
    for data, name in every_item(news):
        for presser in people:
            assert await opens(presser, briefing, data) == LINK + name


@pytest.mark.parametrize("data", ["c:alerts", "c:latest", "m:1", "q:1:newest:0", "w:main:", "b:x"])
async def test_what_is_about_no_item_is_only_for_those_in_charge(
    town: Town, newsroom: Newsroom, people: tuple[Reader, Reader], data: str
) -> None:
    chief, member = people
    await newsroom.tells()
    briefing = await delivered(town)
    assert await member.forges(briefing, data) == []
    assert "только для его администраторов" in await member.last_toast()
    channel = await town.application.archive.subscribers.find(CHANNEL, None)
    assert channel is not None
    link = await opens(chief, briefing, data)
    assert link == f"{LINK}chat-{channel.id}"
    chief.chat = chief.id
    [settings] = await chief.sends(f"/start {link.removeprefix(LINK)}")
    assert settings.text.startswith("Канал «Лента»")


async def test_in_a_group_a_story_opens_on_the_spot(
    town: Town, newsroom: Newsroom, people: tuple[Reader, Reader]
) -> None:
    await newsroom.tells()
    _, member = people
    member.chat = GROUP
    [story] = await member.presses("1", on=await delivered(town, GROUP))
    assert "Посол выступил в Чикаго" in story.text
