"""One person subscribes groups and channels from the private chat, and only of their own."""

from tests.e2e.town import Reader, Town

GROUP, CHANNEL = -700, -800


async def chief_and_member(town: Town) -> tuple[Reader, Reader]:
    chief, member = await town.reader(), await town.reader()
    people, chiefs = [chief.id, member.id], [chief.id]
    await town.client.add_chat(
        id=GROUP, type="supergroup", title="Отдел", members=people, admins=chiefs
    )
    await town.client.add_chat(
        id=CHANNEL, type="channel", title="Лента", members=people, admins=chiefs
    )
    return chief, member


async def chooses(town: Town, reader: Reader, request: int, chat: int) -> str:
    """Choose a chat by the button of the keyboard; give what the bot says."""
    before = await town.last_event()
    await town.client.share_chat(reader.id, request, chat)
    [answer] = await town.answers(reader.id, before)
    return answer.text


async def test_an_administrator_subscribes_and_ends_several_chats(town: Town) -> None:
    chief, _ = await chief_and_member(town)
    [asked] = await chief.sends("/groups")
    assert "Выберите группу или канал" in asked.text
    assert "«Отдел» получает сводку по понедельникам в 09:00" in await chooses(
        town, chief, 1, GROUP
    )
    assert "«Лента»" in await chooses(town, chief, 2, CHANNEL)
    [status] = await chief.sends("/status")
    assert "Отдел" in status.text
    assert "Лента" in status.text
    await chief.sends("/groups")
    await chief.presses("Группа «Отдел»")
    await chief.presses("Отписаться")
    archive = town.application.archive
    group = await archive.subscribers.find(GROUP, None)
    channel = await archive.subscribers.find(CHANNEL, None)
    assert group is not None
    assert channel is not None
    assert await archive.subscribers.subscription(group.id) is None
    assert await archive.subscribers.subscription(channel.id) is not None


async def test_who_is_not_in_charge_changes_nothing(town: Town) -> None:
    chief, member = await chief_and_member(town)
    assert "Только администратор" in await chooses(town, member, 1, GROUP)
    assert await town.application.archive.subscribers.find(GROUP, None) is None
    await chooses(town, chief, 1, GROUP)
    group = await town.application.archive.subscribers.find(GROUP, None)
    assert group is not None
    [screen] = await member.sends("/status")
    await member.forges(screen, f"go:{group.id}")
    assert "Только администратор" in await member.last_toast()
    assert await town.application.archive.subscribers.subscription(group.id) is not None
