"""Who is told of what, once, and what is held back: on every database."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta

import pytest
from sqlalchemy import delete, event, insert, select, update

from bot.archive import Archive
from bot.archive.alert_audience import AudienceRow, Concerned
from bot.archive.alert_rows import AlertCounts, HeldRow, NewAlert, ToldRow, Why
from bot.archive.alert_tables import AlertTable
from bot.archive.rows import DeliveryState, PartRow, Quiet, Wishes
from bot.archive.story_tables import StoryTable
from bot.archive.tables import ArticleTable
from bot.errors import ArchiveError
from tests.archive.alert_making import (
    make_article,
    make_followers,
    make_person,
    make_story,
    put_into_story,
)
from tests.archive.making import (
    GROUP,
    MONDAY,
    SUPERGROUP,
    WEEK,
    claim,
    hand_over,
    subscribed,
    subscriber,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SINCE = MONDAY - DAY
PERSON = ((Why.PERSON, "7"),)


async def audience(archive: Archive, concerned: Concerned, **page: int) -> list[AudienceRow]:
    after, limit = page.get("after", 0), page.get("limit", 100)
    return await archive.alerts.audience(concerned, after=after, limit=limit, now=MONDAY)


async def message(archive: Archive, key: str = "alert") -> int:
    return (await archive.editions.keep(key, [PartRow(0, "🔔", "[]")], now=MONDAY)).id


async def tells(
    archive: Archive, subscriber_id: int, *subjects: int, held: Iterable[int] = ()
) -> None:
    told = ToldRow(
        subscriber_id,
        await message(archive) if subjects else None,
        tuple(NewAlert(one, PERSON) for one in subjects),
        tuple(NewAlert(one, PERSON) for one in held),
    )
    await archive.alerts.tell([told], moment=MONDAY, now=MONDAY)


async def held(archive: Archive) -> list[int | None]:
    query = select(AlertTable.story_id).where(AlertTable.delivery_id.is_(None))
    async with archive.database.reading() as connection:
        return list((await connection.execute(query.order_by(AlertTable.id))).scalars())


async def test_news_is_what_was_published_and_came_in_lately(archive: Archive) -> None:
    fresh = await make_story(archive)
    await make_story(archive, at=MONDAY - 2 * DAY)
    await make_story(archive, published_at=MONDAY - 900 * DAY)
    await make_story(archive, published_at=MONDAY + 3 * DAY)
    await make_story(archive, is_sample=True)
    undated = await make_story(archive)
    async with archive.database.writing() as connection:
        await connection.execute(
            update(ArticleTable).where(ArticleTable.id == 6).values(published_at=None)
        )
    news = await archive.alert_news.stories(SINCE, MONDAY)
    assert [row.story_id for row in news] == [fresh]
    async with archive.database.writing() as connection:
        await connection.execute(
            update(ArticleTable).where(ArticleTable.id == 6).values(source_id="vestnik")
        )
    news = await archive.alert_news.stories(SINCE, MONDAY)
    assert {row.story_id for row in news} == {fresh, undated}


async def test_a_story_with_another_article_bears_another_mark(archive: Archive) -> None:
    story = await make_story(archive)
    [before] = await archive.alert_news.stories(SINCE, MONDAY)
    later = MONDAY + HOUR
    await put_into_story(archive, await make_article(archive, at=later), story_id=story)
    [after] = await archive.alert_news.stories(SINCE, later)
    assert before.mark != after.mark
    assert (before.newest_at, after.newest_at) == (MONDAY, later)


async def test_the_news_of_a_story_names_people_not_its_past(archive: Archive) -> None:
    then, now = await make_person(archive, "Былой"), await make_person(archive)
    story = await make_story(archive, then, at=MONDAY - 3 * DAY)
    await put_into_story(archive, await make_article(archive), [now], story_id=story)
    named = await archive.alert_news.named([story], SINCE, MONDAY)
    assert [(row.story_id, row.person_id) for row in named] == [(story, now)]


async def test_an_article_belongs_to_its_story_or_stands_for_itself(archive: Archive) -> None:
    placed, alone = await make_article(archive), await make_article(archive)
    old = await make_article(archive, published_at=MONDAY - WEEK)
    story = await put_into_story(archive, placed)
    found = await archive.alert_news.subjects([placed, alone, old, 404], SINCE, MONDAY)
    assert found == {placed: story, alone: -alone}


async def test_whom_it_concerns_is_given_page_by_page(archive: Archive) -> None:
    person, other = await make_person(archive), await make_person(archive, "Другой")
    await make_followers(archive, range(1, 8), person, at=MONDAY - DAY)
    await make_followers(archive, [8], other, at=MONDAY - DAY)
    concerned = Concerned(people=frozenset({person}))
    pages, after = [], 0
    while page := await audience(archive, concerned, after=after, limit=3):
        pages.append([row.id for row in page])
        after = page[-1].id
    assert pages == [[1, 2, 3], [4, 5, 6], [7]]
    assert await audience(archive, Concerned()) == []


async def test_what_they_want_comes_along(archive: Archive) -> None:
    person = await make_person(archive)
    row = await subscribed(archive)
    await archive.people.follow(row.id, person, now=MONDAY - DAY)
    await archive.wishes.change(
        row.id,
        lambda _: Wishes(
            topics=frozenset({"energy"}),
            exclude=("футбол",),
            quiet=Quiet(22, 7),
            alerts_a_day=5,
            alert_importance=0.45,
            alert_topics=True,
            alerts_since=MONDAY - HOUR,
        ),
    )
    expected = AudienceRow(
        row.id,
        "ru",
        "Asia/Almaty",
        5,
        0.45,
        frozenset({"energy"}),
        MONDAY - HOUR,
        ("футбол",),
        Quiet(22, 7),
        None,
        {person: MONDAY - DAY},
    )
    assert await audience(archive, Concerned(people=frozenset({person}))) == [expected]
    by_topic = await audience(archive, Concerned(topics=frozenset({"energy", "trade"})))
    assert [one.id for one in by_topic] == [row.id]
    assert await audience(archive, Concerned(topics=frozenset({"trade"}))) == []
    by_search = await audience(archive, Concerned(searchers=frozenset({row.id, 404})))
    assert [one.id for one in by_search] == [row.id]


@pytest.mark.parametrize("reason", ["off", "gone"])
async def test_who_wants_none_or_is_gone_is_no_audience(archive: Archive, reason: str) -> None:
    person = await make_person(archive)
    row = await subscriber(archive)
    await archive.people.follow(row.id, person, now=MONDAY - DAY)
    if reason == "off":
        await archive.wishes.change(row.id, lambda _: Wishes(alerts_a_day=0))
    else:
        await archive.subscribers.mark_gone(row.chat_id, reason="blocked", now=MONDAY)
    assert await audience(archive, Concerned(people=frozenset({person}))) == []


async def test_what_was_told_is_known_under_every_name_it_had(archive: Archive) -> None:
    person = await make_person(archive)
    row = await subscriber(archive)
    await archive.people.follow(row.id, person, now=MONDAY - DAY)
    merged, story = await make_story(archive, person), await make_story(archive, person)
    alone = await make_article(archive)
    await tells(archive, row.id, merged, -alone)
    other = await put_into_story(archive, alone, [person])
    async with archive.database.writing() as connection:
        await connection.execute(
            update(StoryTable).where(StoryTable.id == merged).values(merged_into=story)
        )
    subjects = await archive.alert_news.aliases([story, other])
    [found] = await audience(archive, Concerned(people=frozenset({person}), subjects=subjects))
    assert found.told == {story, other}
    assert found.sent == (MONDAY,)


async def test_telling_makes_deliveries_of_their_own_that_go_first(archive: Archive) -> None:
    row = await subscribed(archive)
    story = await make_story(archive)
    await hand_over(archive)
    await tells(archive, row.id, story)
    first, second = await claim(archive)
    assert [part.text for part in (await _edition(archive, first.edition_id))] == ["🔔"]
    assert second.due_at == MONDAY
    assert second.edition_id is None
    assert await archive.alerts.counts(MONDAY) == AlertCounts(told=1, held=0)


async def _edition(archive: Archive, edition_id: int | None) -> tuple[PartRow, ...]:
    kept = await archive.editions.get(edition_id or 0)
    assert kept is not None
    return kept.parts


async def test_nobody_is_told_twice_even_by_two_processes(archive: Archive, other: Archive) -> None:
    row = await subscriber(archive)
    story = await make_story(archive)
    await tells(archive, row.id, story)
    again = ToldRow(row.id, await message(other, "other"), (NewAlert(story, PERSON),), ())
    with pytest.raises(ArchiveError):
        await other.alerts.tell([again], moment=MONDAY + HOUR, now=MONDAY + HOUR)
    assert await archive.deliveries.counts() == {DeliveryState.PENDING: 1}


async def test_what_is_held_back_goes_into_the_next_edition_once(archive: Archive) -> None:
    row = await subscribed(archive)
    await subscribed(archive, 200)
    story = await make_story(archive)
    await tells(archive, row.id, held=[story])
    assert await audience(archive, Concerned()) == [], "an edition is to come"
    await hand_over(archive)
    deliveries = {one.subscriber.id: one for one in await claim(archive)}
    assert [(one.subject, one.reasons) for one in deliveries[row.id].held] == [(story, PERSON)]
    assert [len(one.held) for one in deliveries.values()] == [1, 0]
    assert await held(archive) == []
    await hand_over(archive, now=MONDAY + WEEK)
    [*_, later] = await archive.deliveries.of_subscriber(row.id)
    assert later.held == ()


async def test_an_edition_that_waits_and_covers_a_week_more_tells_all_that_was_held(
    archive: Archive,
) -> None:
    row = await subscribed(archive)
    one, two = await make_story(archive), await make_story(archive)
    await tells(archive, row.id, held=[one])
    await hand_over(archive)
    await tells(archive, row.id, held=[two])
    await hand_over(archive, now=MONDAY + WEEK)
    [delivery] = await archive.deliveries.of_subscriber(row.id)
    assert [alert.subject for alert in delivery.held] == [one, two]


async def test_without_a_subscription_what_is_held_waits_for_its_hour(archive: Archive) -> None:
    row = await subscriber(archive)
    story = await make_story(archive)
    await tells(archive, row.id, held=[story])
    [found] = await audience(archive, Concerned())
    [waiting] = found.held
    assert waiting == HeldRow(waiting.id, story, PERSON)
    told = ToldRow(row.id, await message(archive), (), (), (waiting.id,))
    await archive.alerts.tell([told], moment=MONDAY, now=MONDAY)
    assert await audience(archive, Concerned()) == []


async def test_what_was_held_back_is_released_by_one_of_two_processes(
    archive: Archive, other: Archive
) -> None:
    row, next_ = await subscriber(archive), await subscriber(archive, 200)
    old, *new = [await make_story(archive) for _ in range(3)]
    await tells(archive, row.id, held=[old])
    [found] = await audience(archive, Concerned())
    released = tuple(one.id for one in found.held)
    edition = await message(archive)
    told = await asyncio.gather(
        *(
            process.alerts.tell(
                [
                    ToldRow(row.id, edition, (NewAlert(story, PERSON),), (), released),
                    ToldRow(next_.id, edition, (NewAlert(story, PERSON),), ()),
                ],
                moment=MONDAY + number * HOUR,
                now=MONDAY,
            )
            for number, (process, story) in enumerate(zip((archive, other), new, strict=True))
        )
    )
    assert sorted(told) == [1, 2]
    assert len(await archive.deliveries.of_subscriber(row.id)) == 1
    assert len(await archive.deliveries.of_subscriber(next_.id)) == 2
    # What was new to the slower one comes with the next message.
    [found] = await audience(archive, Concerned())
    [late] = found.held
    assert late.subject in new


async def test_what_waits_in_the_outbox_is_taken_back_unless_it_was_begun(
    archive: Archive,
) -> None:
    one, two = await subscriber(archive), await subscriber(archive, 200)
    for row in (one, two):
        await archive.wishes.change(row.id, lambda _: Wishes(quiet=Quiet(22, 7)))
        await archive.editions.keep("alert", [PartRow(0, "🔔", "[]")], now=MONDAY)
    story = await make_story(archive)
    await tells(archive, one.id, story)
    await claim(archive)
    await tells(archive, two.id, story)
    unsent = await archive.alerts.unsent(MONDAY)
    assert [row.quiet for row in unsent] == [Quiet(22, 7)]
    deliveries = [
        delivery.id
        for row in (one, two)
        for delivery in await archive.deliveries.of_subscriber(row.id)
    ]
    await archive.alerts.hold_back(deliveries)
    assert len(await archive.deliveries.of_subscriber(one.id)) == 1
    assert await archive.deliveries.of_subscriber(two.id) == []
    assert await held(archive) == [story]


async def test_a_reason_that_is_no_more_is_forgotten(archive: Archive) -> None:
    row = await subscriber(archive)
    one, two = await make_story(archive), await make_story(archive)
    search = (Why.SEARCH, "визы")
    both = NewAlert(one, (*PERSON, search))
    told = ToldRow(row.id, None, (), (both, NewAlert(two, PERSON)))
    await archive.alerts.tell([told], moment=MONDAY, now=MONDAY)
    await archive.alerts.drop(row.id, PERSON[0])
    [found] = await audience(archive, Concerned())
    assert [(alert.subject, alert.reasons) for alert in found.held] == [(one, (search,))]


async def test_old_alerts_are_dropped_and_go_with_stories_and_people(archive: Archive) -> None:
    row = await subscriber(archive)
    one, two = await make_story(archive), await make_story(archive)
    await tells(archive, row.id, held=[one, two])
    async with archive.database.writing() as connection:
        await connection.execute(delete(StoryTable).where(StoryTable.id == one))
    assert await held(archive) == [two]
    assert await archive.alerts.forget_old(MONDAY + 90 * DAY) == 0
    assert await archive.alerts.forget_old(MONDAY + 91 * DAY) == 1


async def test_old_alerts_are_dropped_a_few_at_a_time(archive: Archive) -> None:
    story = await make_story(archive)
    await make_followers(archive, range(1, 2_501), at=MONDAY)
    noticed = {"story_id": story, "reasons": "[]", "noticed_at": MONDAY}
    rows = [{"subscriber_id": one, **noticed} for one in range(1, 2_501)]
    async with archive.database.writing() as connection:
        await connection.execute(insert(AlertTable), rows)
    dropped: list[int] = []
    engine = archive.database.engine.sync_engine
    event.listen(engine, "after_cursor_execute", lambda *said: dropped.append(said[1].rowcount))
    ended: list[object] = []
    event.listen(engine, "commit", ended.append)
    assert await archive.alerts.forget_old(MONDAY + 91 * DAY) == 2_500
    assert max(dropped) == 1_000
    assert len(ended) == 3
    assert await held(archive) == []


async def test_a_group_that_moves_takes_what_it_was_told_along(archive: Archive) -> None:
    stays, goes = await subscriber(archive, GROUP), await subscriber(archive, SUPERGROUP)
    one, two = await make_story(archive), await make_story(archive)
    await tells(archive, stays.id, held=[one])
    await tells(archive, goes.id, held=[one, two])
    await archive.subscribers.migrate(GROUP, SUPERGROUP)
    [found] = await audience(archive, Concerned(subjects={one: one, two: two}))
    assert found.id == stays.id
    assert found.told == {one, two}
