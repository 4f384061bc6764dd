"""Stories in the archive: joined as articles arrive, corrected for good, and found again."""

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import delete, select

from bot.archive import Archive
from bot.archive.relevance import RelevanceRow
from bot.archive.story_tables import Placed, StoryTable
from bot.archive.tables import ArticleTable
from summarizer.findings import Findings, FoundPerson
from summarizer.spans import Span
from summarizer.stories_material import Material, Said
from summarizer.stories_print import Fingerprint
from tests.archive.making import MONDAY, WEEK, add, new_article
from tests.archive.people_making import keep, person, stored

HOUR = timedelta(hours=1)
OPERATOR = 42
_numbers = count()


def print_about(*words: str) -> Fingerprint:
    """Make a fingerprint of so many words of equal weight; the first one is a name."""
    weight = (1 / len(words)) ** 0.5
    name = f"~{words[0]}"
    terms = {name: weight, **dict.fromkeys(words[1:], weight)}
    return Fingerprint("ru", terms, {name: 0.6}, frozenset({name}), frozenset({words[0]}))


WHEAT = print_about("satpaev", "пшеница", "элеватор", "урожай", "зерно")
FIRE = print_about("mergenov", "пожар", "завод", "цех", "огонь")


async def arrives(
    archive: Archive,
    about: Fingerprint,
    *,
    hours_ago: float = 0,
    is_sample: bool = False,
    people: tuple[FoundPerson, ...] = (),
) -> int:
    """Let an article come in, be analysed and placed; give its id."""
    moment = MONDAY - timedelta(hours=hours_ago)
    number = next(_numbers)
    text = f"Сообщение {number} говорит о событии дня {number}."
    article = new_article(text, published_at=moment, is_sample=is_sample)
    article_id = await add(archive, article, now=moment)
    material = Material("ru", f"Событие {number}", (Said(text, (Span(0, len(text)),)),))
    findings = Findings(people=people, fingerprint=about, material=material)
    await keep(archive, await stored(archive, article_id, moment), findings)
    await archive.stories.place(article_id)
    return article_id


async def story_id(archive: Archive, article_id: int) -> int:
    story = await archive.stories.of_article(article_id)
    assert story is not None
    return story.id


async def members(archive: Archive, of: int) -> list[int]:
    story = await archive.stories.get(of)
    return [] if story is None else [row.id for row in story.articles]


async def analysed_again(archive: Archive, article_id: int, about: Fingerprint) -> None:
    """Let another version of the analysis find something else in an article."""
    pending = await archive.analyses.next(2)
    while pending is not None and pending.id != article_id:
        await archive.analyses.keep(pending, Findings(), version=2, now=MONDAY)
        pending = await archive.analyses.next(2)
    assert pending is not None
    findings = Findings(fingerprint=about, material=Material("ru", "Другое"))
    assert await archive.analyses.keep(pending, findings, version=2, now=MONDAY)
    await archive.stories.place(article_id)


async def test_articles_about_one_event_are_one_story_in_order_of_publication(
    archive: Archive,
) -> None:
    late = await arrives(archive, WHEAT, hours_ago=1)
    first = await arrives(archive, WHEAT, hours_ago=5)
    fire = await arrives(archive, FIRE)
    story = await archive.stories.of_article(late)
    assert story is not None
    assert [row.id for row in story.articles] == [first, late]
    assert (story.first_at, story.last_at) == (MONDAY - 5 * HOUR, MONDAY - HOUR)
    assert [row.reason for row in story.articles] == [Placed.SAME_EVENT, Placed.FIRST]
    assert story.headline
    assert {e.article_id for line in story.lines for e in line.evidence} <= {first, late}
    assert await story_id(archive, fire) != story.id


async def test_stories_of_a_period_have_an_article_in_it(archive: Archive) -> None:
    await arrives(archive, WHEAT, hours_ago=24 * 10)
    fire = await arrives(archive, FIRE, hours_ago=2)
    rows = await archive.stories.between(MONDAY - WEEK, MONDAY)
    assert [row.id for row in rows] == [await story_id(archive, fire)]
    assert await archive.stories.between(MONDAY, MONDAY + WEEK) == []


async def test_a_reprint_stands_where_its_original_stands(archive: Archive) -> None:
    original = await arrives(archive, WHEAT, hours_ago=3)
    copy = await arrives(archive, FIRE)
    async with archive.database.writing() as connection:
        await connection.execute(
            ArticleTable.__table__.update()  # type: ignore[attr-defined]
            .where(ArticleTable.id == copy)
            .values(original_id=original)
        )
    old = await story_id(archive, copy)
    await archive.stories.place(copy)
    assert await members(archive, await story_id(archive, original)) == [original, copy]
    # A link to the story that it was alone in leads there.
    assert await members(archive, old) == [original, copy]


async def test_an_article_that_fits_two_stories_makes_them_one(archive: Archive) -> None:
    one = print_about("satpaev", "пшеница", "элеватор", "урожай", "зерно", "поле")
    two = print_about("satpaev", "поле", "зерно", "семена", "канзас", "урожай")
    first, second = await arrives(archive, one), await arrives(archive, two)
    if await story_id(archive, first) != await story_id(archive, second):
        bridge = print_about("satpaev", "поле", "зерно", "урожай", "пшеница", "семена")
        await arrives(archive, bridge)
    assert await story_id(archive, first) == await story_id(archive, second)


async def test_samples_and_news_never_share_a_story(archive: Archive) -> None:
    sample = await arrives(archive, WHEAT, is_sample=True)
    news = await arrives(archive, WHEAT)
    assert await story_id(archive, sample) != await story_id(archive, news)


async def test_what_is_split_stays_out(archive: Archive) -> None:
    first, second = await arrives(archive, WHEAT, hours_ago=2), await arrives(archive, WHEAT)
    old = await story_id(archive, first)
    new = await archive.stories.split(second, by=OPERATOR, now=MONDAY)
    assert new not in (None, old)
    await analysed_again(archive, second, WHEAT)
    assert await story_id(archive, second) == new
    # Whoever fits both does not join them again.
    await arrives(archive, WHEAT)
    assert await story_id(archive, first) != await story_id(archive, second)


async def test_an_article_alone_cannot_be_split(archive: Archive) -> None:
    alone = await arrives(archive, WHEAT)
    assert await archive.stories.split(alone, by=OPERATOR, now=MONDAY) is None
    assert await archive.stories.split(12345, by=OPERATOR, now=MONDAY) is None


async def test_what_is_merged_stays_one_and_old_links_lead_there(archive: Archive) -> None:
    wheat, fire = await arrives(archive, WHEAT, hours_ago=2), await arrives(archive, FIRE)
    old, into = await story_id(archive, fire), await story_id(archive, wheat)
    assert await archive.stories.merge(old, into, by=OPERATOR, now=MONDAY)
    await analysed_again(archive, fire, FIRE)
    assert await members(archive, old) == await members(archive, into) == [wheat, fire]
    assert not await archive.stories.merge(old, into, by=OPERATOR, now=MONDAY)
    assert not await archive.stories.merge(999, into, by=OPERATOR, now=MONDAY)


async def test_links_hold_over_several_merges(archive: Archive) -> None:
    abouts = (WHEAT, FIRE, print_about("suleimenova", "золото", "музей", "курган"))
    articles = [await arrives(archive, about) for about in abouts]
    ids = [await story_id(archive, one) for one in articles]
    assert await archive.stories.merge(ids[0], ids[1], by=OPERATOR, now=MONDAY)
    assert await archive.stories.merge(ids[1], ids[2], by=OPERATOR, now=MONDAY)
    for one in ids:
        story = await archive.stories.get(one)
        assert story is not None
        assert story.id == ids[2]


async def test_a_merge_takes_a_split_back(archive: Archive) -> None:
    first, second = await arrives(archive, WHEAT, hours_ago=2), await arrives(archive, WHEAT)
    new = await archive.stories.split(second, by=OPERATOR, now=MONDAY)
    assert new is not None
    assert await archive.stories.merge(new, await story_id(archive, first), by=OPERATOR, now=MONDAY)
    assert await story_id(archive, first) == await story_id(archive, second)


async def test_an_article_that_is_another_one_now_moves(archive: Archive) -> None:
    first, second = await arrives(archive, WHEAT, hours_ago=2), await arrives(archive, WHEAT)
    fire = await arrives(archive, FIRE)
    await analysed_again(archive, second, FIRE)
    assert await story_id(archive, second) == await story_id(archive, fire)
    assert await members(archive, await story_id(archive, first)) == [first]


async def test_what_is_judged_beside_the_beat_leaves_its_story_and_may_come_back(
    archive: Archive,
) -> None:
    first, second = await arrives(archive, WHEAT, hours_ago=2), await arrives(archive, WHEAT)
    await archive.relevance.keep([RelevanceRow(second, 0.1, False, ())], now=MONDAY)
    assert await archive.stories.settle() == 1
    assert await archive.stories.of_article(second) is None
    assert await members(archive, await story_id(archive, first)) == [first]
    await archive.relevance.decide(second, on_beat=True)
    assert await archive.stories.settle() == 1
    assert await story_id(archive, second) == await story_id(archive, first)
    assert await archive.stories.settle() == 0


async def test_stories_of_removed_articles_go_and_their_ids_are_not_given_again(
    archive: Archive,
) -> None:
    gone = await story_id(archive, await arrives(archive, WHEAT, is_sample=True))
    await archive.articles.remove_samples()
    await archive.stories.settle()
    assert await archive.stories.get(gone) is None
    async with archive.database.reading() as connection:
        assert (await connection.execute(select(StoryTable.id))).scalars().all() == []
    assert await story_id(archive, await arrives(archive, FIRE)) > gone


async def test_a_story_does_not_quote_an_article_that_is_gone(archive: Archive) -> None:
    first, second = await arrives(archive, WHEAT, hours_ago=2), await arrives(archive, WHEAT)
    async with archive.database.writing() as connection:
        await connection.execute(delete(ArticleTable).where(ArticleTable.id == first))
    story = await archive.stories.of_article(second)
    assert story is not None
    assert {e.article_id for line in story.lines for e in line.evidence} <= {second}


async def test_news_is_what_came_in_since(archive: Archive) -> None:
    first = await arrives(archive, WHEAT, hours_ago=30)
    second = await arrives(archive, WHEAT)
    news = await archive.stories.news(await story_id(archive, first), MONDAY - 10 * HOUR)
    assert news is not None
    assert [row.id for row in news.articles] == [second]
    assert {e.article_id for line in news.lines for e in line.evidence} <= {second}
    assert await archive.stories.news(999, MONDAY) is None


async def test_people_of_a_story_come_with_their_posts(archive: Archive) -> None:
    minister = person("Ерлан Сатпаев", "министр сельского хозяйства")
    guest = person("Джон Харт")
    first = await arrives(archive, WHEAT, hours_ago=2, people=(minister, guest))
    await arrives(archive, WHEAT, people=(person("Ерлан Сатпаев"),))
    one = await story_id(archive, first)
    people = (await archive.stories.details([one]))[one].people
    assert [(row.name, row.post, row.articles) for row in people] == [
        ("Ерлан Сатпаев", "министр сельского хозяйства", 2),
        ("Джон Харт", None, 1),
    ]
    assert [row.id for row in await archive.stories.of_person(people[1].id)] == [one]


@pytest.mark.parametrize("ask", ["get", "of_article"])
async def test_what_is_not_there_is_none(archive: Archive, ask: str) -> None:
    assert await getattr(archive.stories, ask)(999) is None
