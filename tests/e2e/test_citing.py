"""What a reader makes of an item: a citation, a document, a letter."""

import io
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.archive import Archive
from bot.briefings.edition_key import EditionKey
from bot.briefings.periods import last_days
from bot.handlers.pass_on_buttons import CiteButton, LetterButton, PaperButton
from bot.items import Item, Kind
from bot.person_command import write_person
from bot.settings import load_settings
from tests.e2e.conftest import AddArticle
from tests.e2e.test_person import Tell, tell  # noqa: F401 — a fixture
from tests.e2e.town import Bubble, Clock, Reader, Town

URL = "https://proba.example/visit"
GOST = (
    "Посол прибыл в Чикаго [Электронный ресурс] // Проба. 20.11.2026. "
    f"URL: {URL} (дата обращения: 22.11.2026)."
)
CHICAGO = f"“Посол прибыл в Чикаго,” Проба, November 20, 2026, {URL}."


@pytest.fixture
async def article(add_article: AddArticle) -> int:
    return await add_article(
        "Посол Казахстана в США прибыл в Чикаго. Переговоры длились два часа.",
        title="Посол прибыл в Чикаго",
        url=URL,
        outlet="Проба",
        published="2026-11-20",
    )


async def opened(reader: Reader, item: Item | str) -> Bubble:
    """Press "Cite…" of an item, wherever the button stands."""
    [help_] = await reader.sends("/help")
    [bubble] = await reader.forges(help_, CiteButton(item=str(item)).pack())
    return bubble


async def files(town: Town, chat: int, after: int) -> list[dict[str, Any]]:
    """The documents that the bot sent into a chat."""
    await town.settled()
    return [
        event.body["document"]
        for event in await town.client.events(after, chat=chat)
        if event.kind == "message" and "document" in event.body
    ]


async def test_an_article_is_cited_in_two_ways_a_tap_away(town: Town, article: int) -> None:
    reader = await town.reader()
    await reader.sends("/latest")
    [bubble] = await reader.presses("Цитировать…")
    assert bubble.text.startswith("Посол прибыл в Чикаго\n")
    # Where a button cannot copy it, a tap on the words does.
    assert bubble.marked("code") == [GOST, CHICAGO]
    copied = [button["copy_text"]["text"] for button in list(bubble.buttons.values())[:2]]
    assert copied == [GOST, CHICAGO]
    assert list(bubble.buttons) == [
        "Копировать: ГОСТ Р 7.0.5",
        "Копировать: Chicago",
        "Текст для письма",
    ]


async def test_the_text_for_a_letter_is_plain_and_names_its_source(
    town: Town, article: int
) -> None:
    reader = await town.reader()
    await opened(reader, Item.of(Kind.ARTICLE, article))
    [letter] = await reader.presses("Текст для письма")
    assert letter.text == (
        "Посол прибыл в Чикаго\n\n"
        "Посол Казахстана в США прибыл в Чикаго. Переговоры длились два часа.\n\n"
        f"Проба, 20 ноября 2026\u202fг.\n{URL}"
    )
    assert all(entity["type"] == "url" for entity in letter.message.get("entities", []))
    assert letter.buttons == {}


async def test_an_address_too_long_to_copy_can_still_be_tapped(
    town: Town, add_article: AddArticle
) -> None:
    url = "https://proba.example/" + "a" * 300
    number = await add_article("Посол прибыл в Чикаго, и переговоры длились.", url=url)
    bubble = await opened(await town.reader(), Item.of(Kind.ARTICLE, number))
    assert list(bubble.buttons) == ["Текст для письма"]
    assert len(bubble.marked("code")) == 2
    assert all(url in citation for citation in bubble.marked("code"))


async def test_a_person_becomes_a_document_and_a_letter(
    town: Town,
    tell: Tell,  # noqa: F811
    archive: Archive,
) -> None:
    await tell("Ержан Тестов", posts=("посол в США",), title="Визит", published="2026-11-20")
    reader = await town.reader()
    await reader.sends("/person Тестов")
    [bubble] = await reader.presses("Цитировать…")
    assert list(bubble.buttons) == ["PDF", "Word", "Текст для письма"]
    person = (await archive.people.find("Тестов")).people[0]
    for label, ending in (("PDF", "pdf"), ("Word", "docx")):
        before = await town.last_event()
        await reader.presses(label, on=bubble)
        [document] = await files(town, reader.chat, before)
        assert document["file_name"] == f"vestnik-person-{person.id}.{ending}"
        assert document["file_size"] > 1_000
    [letter] = await reader.presses("Текст для письма", on=bubble)
    assert letter.text.startswith("Ержан Тестов\nПосол в США [1]\n")
    assert "[1] Проба, 20 ноября 2026\u202fг. Визит\nhttps://proba.example/0" in letter.text


@pytest.mark.parametrize(("name", "start"), [("t.pdf", b"%PDF-"), ("t.DOCX", b"PK")])
async def test_the_command_writes_the_same_dossier_for_one_who_is_known(
    archive: Archive,
    tell: Tell,  # noqa: F811
    tmp_path: Path,
    name: str,
    start: bytes,
) -> None:
    await tell("Ержан Тестов", posts=("посол в США",), title="Визит", published="2026-11-20")
    console, path = Console(file=io.StringIO()), tmp_path / name
    settings = load_settings(None)
    for asked, is_known in (("Пробин", False), ("Тестов", True)):
        written = await write_person(
            settings, nullcontext(archive), asked, path, language="en", complaints=console
        )
        assert written is path.exists() is is_known
    assert path.read_bytes().startswith(start)


async def test_an_edition_becomes_a_letter(town: Town, article: int, clock: Clock) -> None:
    item = Item.edition(EditionKey.of(last_days(7, clock())))
    reader = await town.reader()
    bubble = await opened(reader, item)
    assert list(bubble.buttons) == ["PDF", "Word", "Текст для письма"]
    [letter] = await reader.presses("Текст для письма", on=bubble)
    assert letter.text.startswith("Неделя: 15–22 нояб. 2026")
    assert f"[1] Проба, 20 ноября. Посол прибыл в Чикаго\n{URL}" in letter.text


async def test_a_long_letter_comes_as_a_file(
    town: Town, add_article: AddArticle, clock: Clock
) -> None:
    for number in range(40):
        await add_article(
            f"Встреча номер {number} прошла в Астане. " + f"Слова{number} о торговле. " * 20,
            title=f"Встреча номер {number} прошла в Астане",
            url=f"https://proba.example/{number}" + "a" * 400,
            outlet=f"Издание {number}",
            published="2026-11-20",
        )
    reader = await town.reader()
    bubble = await opened(reader, Item.edition(EditionKey.of(last_days(7, clock()))))
    before = await town.last_event()
    await reader.presses("Текст для письма", on=bubble)
    [document] = await files(town, reader.chat, before)
    assert document["file_name"].endswith(".txt")


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("s999", "Этого сюжета больше нет"),
        ("a999", "статьи здесь больше нет"),
        ("p999", "карточки больше нет"),
        ("q999", "больше нет"),
        ("e2-1", "Запросите сводку заново"),
        ("e0-zzzzzz", "Запросите сводку заново"),
        ("e1-2-p9999999999", "Запросите сводку заново"),
        ("s9999999999", "Этого сюжета больше нет"),
        ("x1", "Запросите сводку заново"),
        ("a-5", "Запросите сводку заново"),
        ("", "Запросите сводку заново"),
    ],
)
@pytest.mark.parametrize("kind", [CiteButton, LetterButton])
async def test_what_is_gone_says_so_with_a_next_step(
    town: Town, kind: type[CiteButton | LetterButton], item: str, said: str
) -> None:
    reader = await town.reader()
    [help_] = await reader.sends("/help")
    assert await reader.forges(help_, kind(item=item).pack()) == []
    toast = await reader.last_toast()
    assert said in toast
    assert "/" in toast


@pytest.mark.parametrize(
    "forged", ["xd:e0-zzzzzz:pdf", "ed:e0-zzzzzz:pdf", "ed:e1-2-p9999999999:pdf"]
)
async def test_no_document_is_made_of_a_period_without_end(town: Town, forged: str) -> None:
    reader = await town.reader()
    [help_] = await reader.sends("/help")
    before = await town.last_event()
    said = [bubble.text for bubble in await reader.forges(help_, forged)]
    assert "Запросите сводку заново" in " ".join([*said, await reader.last_toast()])
    assert await files(town, reader.chat, before) == []


@pytest.mark.parametrize(
    "forged", ["e:e0-zzzzzz:s:0", "ew:e0-zzzzzz", "ei:e0-zzzzzz", "eg:e0-zzzzzz"]
)
async def test_no_edition_is_turned_to_whose_period_has_no_end(town: Town, forged: str) -> None:
    reader = await town.reader()
    [help_] = await reader.sends("/help")
    assert await reader.forges(help_, forged) == []
    assert "Запросите сводку заново" in await reader.last_toast()


@pytest.mark.parametrize(
    "forged",
    ["t:9999999999", "u:-9999999999", "ua:2147483648", "go:9999999999", "p:99999999999:n:0"],
)
async def test_a_forged_number_is_answered_as_a_button_that_no_longer_works(
    town: Town, forged: str
) -> None:
    reader = await town.reader()
    [help_] = await reader.sends("/help")
    assert await reader.forges(help_, forged) == []
    assert "больше не действует" in await reader.last_toast()


async def test_a_link_with_a_number_beyond_all_leads_nowhere(town: Town) -> None:
    [answer] = await (await town.reader()).sends("/start e1-2-p9999999999")
    assert answer.text.startswith("Ссылка никуда не ведёт")


@pytest.mark.parametrize("format_", ["html", "json", "exe", ""])
async def test_only_paper_is_made(town: Town, format_: str) -> None:
    reader = await town.reader()
    [help_] = await reader.sends("/help")
    forged = PaperButton(item="p1", format=format_).pack()
    assert await reader.forges(help_, forged) == []
    assert "/digest" in await reader.last_toast()
