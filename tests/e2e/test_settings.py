"""What a briefing tells and how it comes is set on one screen, and done so."""

from datetime import UTC, datetime
from typing import Any

from bot.archive.rows import Length, Quiet, Wishes
from tests.e2e.conftest import AddArticle
from tests.e2e.town import Reader, Town

SATURDAY = "2026-11-21T10:00+05:00"
OIL = (
    "Нефтяники Казахстана и США встретились в Астане и подписали договор о добыче нефти. "
    "Стороны обсудили инвестиции на Тенгизе и поставки оборудования из Хьюстона."
)
BALL = (
    "Футболисты клуба «Кайрат» сыграли товарищеский матч в Чикаго и победили хозяев поля. "
    "Матч посетил посол Казахстана в США, который поздравил команду с победой."
)
MONDAY_NINE_IN_ALMATY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


async def subscribed(town: Town) -> Reader:
    reader = await town.reader()
    await reader.sends("/subscribe")
    await reader.presses("Подписаться")
    return reader


async def wishes(town: Town, reader: Reader) -> Wishes:
    subscriber = await town.application.archive.subscribers.find(reader.chat, reader.thread)
    assert subscriber is not None
    return await town.application.archive.wishes.of(subscriber.id)


async def monday(town: Town, reader: Reader) -> list[dict[str, Any]]:
    """Let Monday's edition come; give its messages."""
    before = len(await town.client.messages(reader.chat))
    town.clock.now = MONDAY_NINE_IN_ALMATY
    await town.application.ticks.deliver()
    return (await town.client.messages(reader.chat))[before:]


async def test_all_settings_stand_on_one_screen_that_is_edited_in_place(town: Town) -> None:
    reader = await subscribed(town)
    [screen] = await reader.sends("/settings")
    for said in ("Язык: Русский", "по понедельникам в 09:00", "Темы: все", "Тихие часы: нет"):
        assert said in screen.text
    before = len(await reader.screen())
    await reader.presses("Присылать кратко")
    await reader.presses("Темы")
    await reader.presses("Энергетика")
    await reader.presses("Безопасность")
    await reader.presses("✓ Безопасность")
    await reader.presses("‹ Настройки")
    await reader.presses("Важность")
    await reader.presses("Заметное")
    await reader.presses("Тихие часы")
    await reader.presses("22:00–07:00")
    await reader.presses("Без звука")
    await reader.presses("Прилагать PDF")
    [screen] = await reader.presses("Оформленное сообщение")
    assert len(await reader.screen()) == before
    for said in (
        "Объём: кратко, одним сообщением",
        "Темы: Энергетика",
        "Важность: заметное",
        "Тихие часы: 22:00–07:00",
        "Отправка: без звука, одним оформленным сообщением, с PDF",
    ):
        assert said in screen.text
    assert await wishes(town, reader) == Wishes(
        length=Length.SHORT,
        topics=frozenset({"energy"}),
        least_importance=0.45,
        quiet=Quiet(22, 7),
        is_rich=True,
        is_silent=True,
        has_pdf=True,
    )
    await reader.presses("Язык")
    [screen] = await reader.presses("English")
    assert "Length: short, one message" in screen.text


async def test_words_are_added_by_a_command_and_dropped_by_a_press(town: Town) -> None:
    reader = await town.reader()
    [screen] = await reader.sends("/include Нефть, атомные станции")
    await reader.sends("/exclude футбол")
    assert set(screen.buttons) == {"✕ нефть", "✕ атомные станции", "‹ Настройки"}
    await reader.presses("✕ атомные станции")
    stored = await wishes(town, reader)
    assert (stored.include, stored.exclude) == (("нефть",), ("футбол",))
    # What is left out cannot be asked for at once.
    await reader.sends("/exclude нефть")
    stored = await wishes(town, reader)
    assert (stored.include, stored.exclude) == ((), ("футбол", "нефть"))


async def test_bad_words_and_days_are_answered_with_a_sentence(town: Town) -> None:
    reader = await subscribed(town)
    for said, answer in (
        ("/include " + "я" * 4_000, "слишком длинное"),
        ("/include (a+)+$ 😀", "(a+)+$ 😀"),
        ("/include 😀, …", "Нужны слова из букв"),
        ("/include " + ", ".join(f"слово{n}" for n in range(21)), "Не больше 20 слов"),
        ("/pause вчера", "Нужен день"),
        ("/pause 2020-01-01", "Нужен день"),
        ("/pause 31.02", "Нужен день"),
        ("/pause 9999-12-31", "Нужен день"),
    ):
        [bubble] = await reader.sends(said)
        assert answer in bubble.text or any(answer in button for button in bubble.buttons), said


async def test_a_pause_lasts_until_its_day_and_is_shown(town: Town, samples: int) -> None:
    reader = await subscribed(town)
    [screen] = await reader.sends("/pause 01.12.2026")
    assert "Следующая: понедельник, 7 декабря, 09:00 (пауза до 1 декабря 2026" in screen.text
    assert await monday(town, reader) == []
    await reader.sends("/settings")
    await reader.presses("Пауза")
    [screen] = await reader.presses("Без паузы")
    assert "Следующая: понедельник, 30 ноября, 09:00" in screen.text


async def test_a_short_edition_is_one_message_without_a_sound(town: Town, samples: int) -> None:
    reader = await subscribed(town)
    await reader.sends("/settings")
    await reader.presses("Присылать кратко")
    await reader.presses("Без звука")
    [message] = await monday(town, reader)
    assert message["text"].startswith("Неделя: 16–23 нояб.")


async def test_a_rich_edition_comes_with_its_pdf(town: Town, add_article: AddArticle) -> None:
    await add_article(OIL, title="Нефтяники встретились в Астане", published=SATURDAY)
    reader = await subscribed(town)
    await reader.sends("/settings")
    await reader.presses("Оформленное сообщение")
    await reader.presses("Прилагать PDF")
    rich, document = await monday(town, reader)
    assert "rich_message" in rich
    assert document["document"]["file_name"] == "vestnik-2026-11-16-2026-11-23.pdf"
    assert "disable_notification" not in rich


async def test_an_edition_tells_what_its_reader_wants(town: Town, add_article: AddArticle) -> None:
    await add_article(OIL, title="Нефтяники встретились в Астане", published=SATURDAY)
    await add_article(BALL, title="Футболисты сыграли в Чикаго", published=SATURDAY)
    everything, without, only, preview = [await subscribed(town) for _ in range(4)]
    await without.sends("/exclude футболист")
    await only.sends("/include нефтяник")
    await preview.sends("/exclude нефтяник")
    [shown] = await preview.sends("/preview")
    assert "Футболисты" in shown.text
    assert "Нефтяники" not in shown.text
    told = {}
    for reader in (everything, without, only):
        messages = await monday(town, reader)
        if not messages:
            messages = [b.message for b in await reader.screen()][-1:]
        told[reader.id] = "\n".join(message["text"] for message in messages)
    assert "Нефтяники" in told[everything.id]
    assert "Футболисты" in told[everything.id]
    for reader in (without, only):
        assert "Нефтяники" in told[reader.id]
        assert "Футболисты" not in told[reader.id]


async def test_forged_settings_change_nothing(town: Town) -> None:
    reader = await subscribed(town)
    [screen] = await reader.sends("/settings")
    for data in (
        "w:topic:+nothing",
        "w:weight:9",
        "w:quiet:99-1",
        "w:pause:-5",
        "w:length:huge",
        "w:rich:maybe",
        "w:unfollow:1e9",
        "w:nothing:1",
    ):
        await reader.forges(screen, data)
        assert "кнопка устарела" in await reader.last_toast(), data
    assert await wishes(town, reader) == Wishes()


async def test_in_a_group_only_an_administrator_changes_settings(town: Town) -> None:
    chief, member = await town.reader(), await town.reader()
    await town.client.add_chat(
        id=-700, type="supergroup", title="Отдел", members=[chief.id, member.id], admins=[chief.id]
    )
    chief.chat = member.chat = -700
    [screen] = await chief.sends("/settings")
    await member.presses("Присылать кратко", on=screen)
    assert "только администратор" in await member.last_toast()
    for said in ("/settings", "/include нефть", "/zone Лондон", "/pause 01.12"):
        [refused] = await member.sends(said)
        assert "только администратор" in refused.text
    assert await wishes(town, chief) == Wishes()
