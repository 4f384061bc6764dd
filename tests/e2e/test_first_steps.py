"""A newcomer's first conversation."""

import pytest

from tests.e2e.town import Town


async def test_start_introduces_the_bot_in_the_newcomers_language(town: Town) -> None:
    for code, word in (("ru", "Читаю новости"), ("en", "I read the news"), ("kk", "оқып")):
        reader = await town.reader(code)
        [introduction] = await reader.sends("/start")
        assert word in introduction.text
        assert {"✓ " + name for name in ("Русский", "English", "Қазақша")} & set(
            introduction.buttons
        )


async def test_a_client_in_another_language_gets_russian(town: Town) -> None:
    reader = await town.reader("de")
    [introduction] = await reader.sends("/start")
    assert "Читаю новости" in introduction.text


async def test_the_introduction_changes_its_language_in_place(town: Town) -> None:
    reader = await town.reader("ru")
    await reader.sends("/start")
    [changed] = await reader.presses("English")
    assert "I read the news" in changed.text
    assert "✓ English" in changed.buttons
    assert len(await reader.screen()) == 1


async def test_a_chosen_language_stays_and_reaches_the_menu(town: Town) -> None:
    reader = await town.reader("ru")
    await reader.sends("/language")
    [confirmed] = await reader.presses("Қазақша")
    assert "Қазақша" in confirmed.text
    [help_] = await reader.sends("/help")
    assert "Мен не істей аламын" in help_.text
    commands = {c["command"]: c["description"] for c in await town.client.commands("ru")}
    assert commands["latest"] == "Самые свежие статьи"


async def test_pressing_the_current_language_again_is_no_error(town: Town) -> None:
    reader = await town.reader("ru")
    await reader.sends("/start")
    assert await reader.presses("✓ Русский") == []


async def test_help_names_every_command_of_the_menu(town: Town) -> None:
    reader = await town.reader("en")
    [help_] = await reader.sends("/help")
    for command in await town.client.commands("en"):
        assert f"/{command['command']} — {command['description']}" in help_.text


@pytest.mark.parametrize("code", ["ru", "en", "kk"])
async def test_commands_are_registered_in_every_language(town: Town, code: str) -> None:
    names = [command["command"] for command in await town.client.commands(code)]
    assert names == [
        "latest",
        "digest",
        "person",
        "search",
        "ask",
        "subscribe",
        "settings",
        "alerts",
        "status",
        "stop",
        "groups",
        "mydata",
        "forgetme",
        "language",
        "help",
    ]


async def test_anything_else_gets_a_helpful_answer(town: Town) -> None:
    reader = await town.reader()
    [answer] = await reader.sends("что нового?")
    assert "Свежие новости" in answer.buttons
    [unknown] = await reader.sends("/wheather")
    assert "/wheather" in unknown.text
    assert "/help" in unknown.text


async def test_talk_in_a_group_is_none_of_the_bots_business(town: Town) -> None:
    member = await town.reader()
    await town.client.add_chat(id=-500, type="group", title="Отдел", members=[member.id])
    member.chat = -500
    assert await member.sends("коллеги, что по визиту?") == []


async def test_a_flood_is_answered_once_and_then_rests(town: Town) -> None:
    reader = await town.reader()
    for _ in range(20):
        await reader.sends("/help")
    [enough] = await reader.sends("/help")
    assert "десять секунд" in enough.text
    assert await reader.sends("/help") == []
    other = await town.reader()
    assert await other.sends("/help")
    town.clock.passes(seconds=11)
    [help_] = await reader.sends("/help")
    assert "Что я умею" in help_.text
