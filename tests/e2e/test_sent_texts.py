"""What somebody sent by hand is theirs: no number in a forged button opens it to another."""

import pytest

from bot.archive import Archive
from bot.handlers.buttons import ArticleButton
from bot.handlers.edition_buttons import StoryButton, StoryDocumentButton
from bot.handlers.pass_on_buttons import CiteButton, LetterButton
from bot.handlers.search_buttons import OpenButton, SimilarButton
from bot.handlers.share_buttons import ArticleQuotesButton
from tests.e2e.conftest import AddArticle
from tests.e2e.site import Site, article_page
from tests.e2e.test_submitting import ARTICLE, PARAGRAPHS, TITLE
from tests.e2e.town import Bubble, Reader, Town

SECRET = "два часа"


async def sent(reader: Reader, archive: Archive) -> int:
    """Let a reader send a text; returns the id of its article."""
    await reader.sends(ARTICLE)
    kept = await archive.personal.export(reader.id)
    assert len(kept["sent_texts"]) == 1
    async with archive.database.reading() as connection:
        rows = await connection.exec_driver_sql("SELECT article_id FROM senders")
        return int(rows.scalars().one())


async def forged(reader: Reader, data: str) -> list[Bubble]:
    [help_] = await reader.sends("/help")
    return await reader.forges(help_, data)


def buttons_of(number: int) -> dict[str, str]:
    """Every button that opens an article by its number."""
    return {
        "unfold": ArticleButton(id=number, unfold=True).pack(),
        "fold": ArticleButton(id=number, unfold=False).pack(),
        "result": OpenButton(id=number).pack(),
        "similar": SimilarButton(id=number).pack(),
        "waiting story": StoryButton(id=-number).pack(),
        "story on paper": StoryDocumentButton(id=-number, format="pdf").pack(),
        "quotes": ArticleQuotesButton(id=number).pack(),
        "cite": CiteButton(item=f"a{number}").pack(),
        "letter": LetterButton(item=f"a{number}").pack(),
    }


@pytest.mark.parametrize("button", sorted(buttons_of(1)))
async def test_a_guessed_number_opens_nothing_to_another(
    town: Town, archive: Archive, button: str
) -> None:
    owner, other = await town.reader(), await town.reader()
    number = await sent(owner, archive)
    shown = await forged(other, buttons_of(number)[button])
    assert all(SECRET not in bubble.text for bubble in shown)
    assert all(PARAGRAPHS[0] not in bubble.text for bubble in await other.screen())


async def test_nor_does_a_link(town: Town, archive: Archive) -> None:
    owner, other = await town.reader(), await town.reader()
    number = await sent(owner, archive)
    [answer] = await other.sends(f"/start a{number}")
    assert "больше нет" in answer.text


async def test_who_sent_it_goes_on_to_read_cite_and_take_it_along(
    town: Town, archive: Archive
) -> None:
    owner = await town.reader()
    number = await sent(owner, archive)
    [unfolded] = await forged(owner, buttons_of(number)["unfold"])
    assert SECRET in unfolded.text
    [letter] = await forged(owner, buttons_of(number)["letter"])
    assert PARAGRAPHS[1] in letter.text


async def test_in_a_group_it_is_not_shown_even_to_who_sent_it(town: Town, archive: Archive) -> None:
    owner, other = await town.reader(), await town.reader()
    number = await sent(owner, archive)
    await town.client.add_chat(
        id=-700, type="supergroup", title="Отдел", members=[owner.id, other.id]
    )
    there = Reader(town, owner.id, -700)
    for button in ("cite", "letter", "unfold", "result", "waiting story"):
        shown = await forged(there, buttons_of(number)[button])
        assert all(PARAGRAPHS[0] not in bubble.text for bubble in shown), button


async def test_two_who_sent_the_same_both_read_it(town: Town, archive: Archive, site: Site) -> None:
    site.pages["/visit"] = article_page(TITLE, *PARAGRAPHS)
    first, second = await town.reader(), await town.reader()
    for reader in (first, second):
        *_, card = await reader.sends(f"{site.url}/visit")
        assert PARAGRAPHS[0] in card.text
    for reader in (first, second):
        [unfolded] = await reader.presses("Подробнее")
        assert PARAGRAPHS[2] in unfolded.text


async def test_forgetting_who_alone_sent_it_erases_the_text(town: Town, archive: Archive) -> None:
    owner = await town.reader()
    number = await sent(owner, archive)
    await archive.personal.erase(owner.id)
    assert await archive.articles.get(number) is None


async def test_forgetting_one_of_two_leaves_it_to_the_other(town: Town, archive: Archive) -> None:
    first, second = await town.reader(), await town.reader()
    number = await sent(first, archive)
    await second.sends(ARTICLE)
    await archive.personal.erase(first.id)
    assert not await archive.articles.visible_to(number, first.id)
    assert await archive.articles.visible_to(number, second.id)


async def test_what_all_read_is_noted_of_nobody_and_outlives_them(
    town: Town, archive: Archive, add_article: AddArticle
) -> None:
    number = await add_article(ARTICLE)
    reader = await town.reader()
    await reader.sends(ARTICLE)
    assert (await archive.personal.export(reader.id))["sent_texts"] == []
    await archive.personal.erase(reader.id)
    assert await archive.articles.visible_to(number, reader.id)


async def test_once_the_desk_has_it_nobody_is_known_to_have_sent_it(
    town: Town, archive: Archive
) -> None:
    reader, operator = await town.reader(), await town.operator()
    number = await sent(reader, archive)
    await operator.sends(ARTICLE)
    assert (await archive.personal.export(reader.id))["sent_texts"] == []
    assert await archive.articles.visible_to(number, operator.id)
