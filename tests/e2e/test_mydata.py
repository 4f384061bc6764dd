"""A person sees what is subscribed, gets what is kept about them, and can have it erased."""

from tests.e2e.town import Reader, Town


async def manager(town: Town) -> Reader:
    """A person with a subscription, wishes, a search, and a group they subscribed."""
    person = await town.reader()
    await person.sends("/subscribe")
    await person.presses("Подписаться")
    await person.sends("/exclude футбол")
    await person.sends("/search посол")
    await town.client.add_chat(
        id=-700, type="supergroup", title="Отдел", members=[person.id], admins=[person.id]
    )
    person.chat = -700
    await person.sends("/subscribe")
    await person.presses("По рабочим дням")
    await person.presses("18:00")
    await person.presses("Лондон, UTC")
    person.chat = person.id
    return person


async def test_status_tells_of_the_own_and_of_managed_chats(town: Town) -> None:
    person = await manager(town)
    [status] = await person.sends("/status")
    own, group = status.text.split("Отдел")
    assert "по понедельникам в 09:00 (Алматы, UTC+5)" in own
    assert "по рабочим дням в 18:00 (Лондон, UTC)" in group
    stranger = await town.reader()
    [status] = await stranger.sends("/status")
    assert "Подписки здесь нет" in status.text
    assert "Отдел" not in status.text


async def test_stop_ends_the_subscription(town: Town) -> None:
    person = await manager(town)
    [ended] = await person.sends("/stop")
    assert "больше не придёт" in ended.text
    [status] = await person.sends("/status")
    assert "Подписки здесь нет" in status.text


async def test_everything_is_erased_after_a_question(town: Town) -> None:
    person = await manager(town)
    archive = town.application.archive
    kept = await archive.personal.export(person.id)
    assert [wishes["exclude"] for wishes in kept["wishes"]] == [["футбол"]]
    assert [search["text"] for search in kept["searches"]] == ["посол"]
    assert [chat["chat_id"] for chat in kept["managed_chats"]] == [-700]
    [sent] = await person.sends("/mydata")
    assert sent.message["document"]["file_name"] == "vestnik-my-data.json"

    await person.sends("/forgetme")
    await person.presses("Оставить")
    assert (await archive.personal.export(person.id))["subscriptions"]
    await person.sends("/forgetme")
    [done] = await person.presses("Удалить всё")
    assert "больше ничего о вас не храню" in done.text
    left = await archive.personal.export(person.id)
    assert not any(value for name, value in left.items() if name != "telegram_user_id")
    group = await archive.subscribers.find(-700, None)
    assert group is not None
    assert group.set_up_by is None
    assert await archive.subscribers.subscription(group.id) is not None


async def test_a_group_has_no_data_of_a_person(town: Town) -> None:
    person = await manager(town)
    person.chat = -700
    for command in ("/mydata", "/forgetme"):
        [answer] = await person.sends(command)
        assert "в личном чате" in answer.text
    [refused] = await person.sends("/status")
    await person.forges(refused, "fg:1")
    assert await town.application.archive.subscribers.find(person.id, None) is not None
