"""The whole way: a half-remembered word, a quote, a group, somebody else, a printed page."""

import pytest

from tests.e2e.conftest import AddArticle
from tests.e2e.newsroom import WORDS, Newsroom, link_back, shared_into
from tests.e2e.town import Reader, Town

GROUP = -600


@pytest.fixture
def newsroom(town: Town, add_article: AddArticle) -> Newsroom:
    return Newsroom(town, add_article)


async def test_a_half_remembered_quote_gets_from_one_person_to_another_on_paper(
    town: Town, newsroom: Newsroom
) -> None:
    await newsroom.tells()
    analyst, colleague = await town.reader(), await town.reader()
    await town.client.add_chat(
        id=GROUP, type="supergroup", title="Отдел", members=[analyst.id, colleague.id], bot="member"
    )

    # Something about borders, and water perhaps.
    [found] = await analyst.sends("/search граница")
    [quotes] = await analyst.presses("В цитатах", on=found)
    assert WORDS in quotes.text
    [card] = await analyst.presses("❝ 1", on=quotes)
    arrived = await shared_into(analyst, card, GROUP)
    assert WORDS in arrived.text
    assert "Ержан Тестов, посол Казахстана в США" in arrived.text

    # The colleague opens it in the group, by the link below the quote.
    in_group = Reader(town, colleague.id, GROUP)
    [opened] = await in_group.sends(f"/start@vestnik_sandbox_bot {link_back(arrived)}")
    assert opened.text == card.text

    # From the quote to its story, and the story on paper.
    [story] = await in_group.presses("Сюжет", on=opened)
    assert story.text.startswith("Посол выступил в Чикаго")
    [paper] = await in_group.presses("PDF", on=story)
    assert paper.message["document"]["file_name"].endswith(".pdf")
