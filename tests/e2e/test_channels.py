"""Channels that the bot is put into: whose posts are read, and who decides that."""

import pytest

from bot.archive import Archive
from bot.intake.source import SourceSpec
from tests.e2e.test_submitting import ARTICLE
from tests.e2e.town import Reader, Town

CHANNEL = -1001234567890
OTHER_NEWS = "Посольство сообщило о встрече в Вашингтоне. " + ARTICLE


async def puts_bot_in(
    person: Reader, *, title: str = "Канал посольства", username: str | None = None
) -> None:
    """Let somebody make the bot an administrator of their channel."""
    await person.town.client.add_chat(
        id=CHANNEL,
        type="channel",
        title=title,
        admins=[person.id],
        username=username,
        bot="left",
    )
    await person.town.client.set_bot(person.id, CHANNEL, "administrator")
    await person.town.settled()


async def posts(person: Reader, text: str) -> None:
    await person.town.client.say(person.id, text, chat=CHANNEL)
    await person.town.settled()


@pytest.mark.parametrize(
    ("username", "address"),
    [("posolstvo", "https://t.me/posolstvo/"), (None, "https://t.me/c/1234567890/")],
    ids=["public", "private"],
)
async def test_posts_of_an_operators_channel_come_in_and_edits_are_revisions(
    town: Town, archive: Archive, username: str | None, address: str
) -> None:
    operator = await town.operator()
    await puts_bot_in(operator, username=username)
    await posts(operator, ARTICLE)
    [article] = await archive.articles.latest(5)
    [post] = await town.client.messages(CHANNEL)
    assert article.outlet == "Канал посольства"
    assert article.url == f"{address}{post['message_id']}"
    assert article.published_at == town.clock()
    edited = ARTICLE.replace("два часа", "три часа")
    await town.client.edit(operator.id, post["message_id"], edited, chat=CHANNEL)
    await town.settled()
    assert await archive.articles.count() == 1
    assert "три часа" in (await archive.articles.text(article.id) or "")
    [revision] = await archive.arrivals.revisions(article.id)
    assert "два часа" in revision.text


async def test_a_channel_is_a_source_that_can_be_paused(town: Town, archive: Archive) -> None:
    operator = await town.operator()
    await puts_bot_in(operator)
    await posts(operator, ARTICLE)
    [screen] = await operator.sends("/sources")
    assert "✓ Канал посольства — последняя новая статья: 12:00" in screen.text
    await operator.presses("✓ Канал посольства")
    await operator.presses("Пауза")
    await posts(operator, OTHER_NEWS)
    assert await archive.articles.count() == 1


async def test_a_channel_hears_nothing_of_the_bot(town: Town) -> None:
    operator = await town.operator()
    await puts_bot_in(operator)
    operator.chat = CHANNEL
    assert await operator.sends(ARTICLE) == []
    assert await operator.sends("Доброе утро!") == []


async def test_a_strangers_channel_waits_until_an_operator_takes_it_in(
    town: Town, archive: Archive
) -> None:
    operator, stranger = await town.operator(), await town.reader()
    await operator.sends("/start")
    before = len(await operator.screen())
    await puts_bot_in(stranger, title="Слухи", username="sluhi")
    await posts(stranger, ARTICLE)
    await posts(stranger, OTHER_NEWS)
    assert await archive.articles.count() == 0
    [told] = (await operator.screen())[before:]
    assert "Бот состоит в канале «Слухи» (@sluhi)" in told.text
    [screen] = await operator.presses("Слухи", on=told)
    assert "! ждёт вашего решения" in screen.text
    [taken_in] = await operator.presses("Читать", on=screen)
    assert "Пауза" in taken_in.buttons
    await posts(stranger, "Ещё раз. " + ARTICLE)
    assert await archive.articles.count() == 1


async def test_a_strangers_channel_can_be_left_unread_for_good(
    town: Town, archive: Archive
) -> None:
    operator, stranger = await town.operator(), await town.reader()
    await operator.sends("/start")
    await puts_bot_in(stranger, title="Слухи")
    await operator.sends("/sources")
    [screen] = await operator.presses("! Слухи")
    await operator.presses("Не читать", on=screen)
    before = len(await operator.screen())
    await posts(stranger, ARTICLE)
    assert await archive.articles.count() == 0
    assert len(await operator.screen()) == before
    [screen] = await operator.sends("/sources")
    assert "⏸ Слухи — на паузе" in screen.text


async def test_a_channel_of_which_the_bot_has_left_is_not_asked_about_any_more(
    town: Town, archive: Archive
) -> None:
    stranger = await town.reader()
    await puts_bot_in(stranger)
    assert [source.held_since for source in await archive.sources.listed()] == [town.clock()]
    await town.client.set_bot(stranger.id, CHANNEL, "left")
    await town.settled()
    assert await archive.sources.listed() == []


async def test_an_operator_takes_a_waiting_channel_in_by_adding_the_bot_anew(
    town: Town, archive: Archive
) -> None:
    operator = await town.operator()
    channel = SourceSpec(f"channel{CHANNEL}", "Слухи", "ru", "channel", str(CHANNEL))
    assert await archive.sources.meet(channel, now=town.clock(), held=True)
    await puts_bot_in(operator)
    [source] = await archive.sources.listed()
    assert (source.paused, source.held_since) == (False, None)
    await posts(operator, ARTICLE)
    assert await archive.articles.count() == 1


async def test_a_channel_that_an_operator_removed_does_not_come_back_by_a_post(
    town: Town, archive: Archive
) -> None:
    operator = await town.operator()
    await puts_bot_in(operator)
    [source] = await archive.sources.listed()
    await archive.sources.remove(source.spec.id, now=town.clock())
    await posts(operator, ARTICLE)
    assert await archive.sources.listed() == []
    assert await archive.articles.count() == 0
