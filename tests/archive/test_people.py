"""What articles say of people, what follows from it, and what operators correct."""

from dataclasses import replace
from datetime import timedelta

from bot.archive import Archive
from bot.archive.people_rows import KnownPerson
from summarizer.analysis import DateMention, Quote
from summarizer.findings import Findings, FoundDate, FoundMeeting, FoundQuote
from summarizer.spans import Span
from tests.archive.making import MONDAY, WEEK, add, new_article, subscriber
from tests.archive.people_making import article_with, keep, person, stored, who

OPERATOR = 77


async def only(archive: Archive, name: str) -> int:
    """Give the id of the only one who answers to a name."""
    [row] = (await archive.people.find(name)).people
    return row.id


async def test_counts_and_dates_follow_the_articles(archive: Archive) -> None:
    await article_with(archive, person("Ержан Тестов"), days_ago=7)
    await article_with(archive, person("Е. Тестов"), days_ago=1)
    row = await archive.people.get(await only(archive, "Тестов"))
    assert row is not None
    assert row.articles == 2
    assert row.first_seen_at == MONDAY - WEEK
    assert row.last_seen_at == MONDAY - timedelta(days=1)


async def test_the_name_that_most_articles_give_is_the_name(archive: Archive) -> None:
    await article_with(archive, person("Стив Дейнер"))
    await article_with(archive, person("Стив Дэйнер"))
    await article_with(archive, person("Стив Дэйнер"))
    await article_with(archive, person("Stiv Deiner"))
    assert await who(archive, "Дейнер") == ["Стив Дэйнер"]


async def test_the_name_of_the_beat_stands(archive: Archive) -> None:
    await archive.people.take_over([KnownPerson("Стив Дейнер", "Steve Deiner", ("Стив Дэйнер",))])
    for _ in range(3):
        await article_with(archive, person("Стив Дэйнер"))
    assert await who(archive, "Дэйнер") == ["Стив Дейнер"]


async def test_the_beat_joins_who_was_two_until_now(archive: Archive) -> None:
    await article_with(archive, person("Серхио Горов"))
    await article_with(archive, person("Серджио Горов"))
    assert len(await who(archive, "Горов")) == 2
    beat = [KnownPerson("Серхио Горов", "Sergio Gorov", ("Серджио Горов",))]
    await archive.people.take_over(beat)
    assert await who(archive, "Горов") == ["Серхио Горов"]
    await archive.people.take_over(beat)
    assert await who(archive, "Gorov") == ["Серхио Горов"]


async def test_a_changed_beat_keeps_its_people_and_their_followers(archive: Archive) -> None:
    await archive.people.take_over([KnownPerson("Серхио Горов", None, ())])
    before = await only(archive, "Горов")
    reader = await subscriber(archive)
    await archive.people.follow(reader.id, before, now=MONDAY)
    changed = [
        KnownPerson("Серхио Горов", "Sergio Gorov", ()),
        KnownPerson("Олег Опытов", None, ()),
    ]
    await archive.people.take_over(changed)
    assert await only(archive, "Gorov") == before
    assert await archive.people.follows(reader.id, before)
    await archive.people.take_over(changed[:1])
    assert await who(archive, "Опытов") == []


async def test_who_leaves_the_beat_stays_as_found_in_articles(archive: Archive) -> None:
    await archive.people.take_over([KnownPerson("Серхио Горов", None, ("Серджио Горов",))])
    await article_with(archive, person("Серхио Горов"))
    await archive.people.take_over([])
    row = await archive.people.get(await only(archive, "Горов"))
    assert row is not None
    assert not row.is_beat


async def test_analysing_again_replaces_what_was_found(archive: Archive) -> None:
    article = await article_with(archive, person("Ержан Тестов", "посол в США"))
    await keep(archive, article, Findings(people=(person("Ержан Пробин"),)))
    assert await who(archive, "Тестов") == []
    assert await who(archive, "Пробин") == ["Ержан Пробин"]


async def test_analysing_again_keeps_the_persons_id(archive: Archive) -> None:
    article = await article_with(archive, person("Ержан Тестов"))
    before = await only(archive, "Тестов")
    await keep(archive, article, Findings(people=(person("Ержан Тестов", "посол в США"),)))
    assert await only(archive, "Тестов") == before


async def test_posts_go_from_the_first_article_to_the_last(archive: Archive) -> None:
    await article_with(archive, person("Ержан Тестов", "посол в США"), days_ago=30)
    await article_with(archive, person("Ержан Тестов", "Посол в США"), days_ago=20)
    await article_with(archive, person("Ержан Тестов", "министр иностранных дел"), days_ago=1)
    roles = await archive.dossiers.roles(await only(archive, "Тестов"))
    assert [(role.articles, role.first_seen_at, role.last_seen_at) for role in roles] == [
        (1, MONDAY - timedelta(days=1), MONDAY - timedelta(days=1)),
        (2, MONDAY - timedelta(days=30), MONDAY - timedelta(days=20)),
    ]
    assert roles[0].title == "министр иностранных дел"
    assert roles[1].first.published_at == MONDAY - timedelta(days=30)
    assert roles[1].last.published_at == MONDAY - timedelta(days=20)


async def conversation(archive: Archive) -> None:
    """Store an article in which Тестов speaks of Пробин, whom he met."""
    people = (person("Ержан Тестов"), person("Иван Пробин"), person("Олег Опытов"))
    words = Quote("Пробин прав", Span(0, 11), "Ержан Тестов", "сказал", True)
    report = Quote("он рад", Span(12, 18), "Ержан Тестов", "сообщил", False)
    nobody = Quote("Пробин рад", Span(20, 30), None, "сказали", True)
    findings = Findings(
        people=people,
        quotes=(
            FoundQuote(words, 0, (1,)),
            FoundQuote(report, 0, ()),
            FoundQuote(nobody, None, (1,)),
        ),
        dates=(FoundDate(DateMention("5 марта", Span(0, 7), "2027-03-05"), "5 марта.", (0,)),),
        meetings=(FoundMeeting("Тестов встретился с Пробиным.", (0, 1)),),
    )
    await article_with(archive, findings=findings)


async def test_quotes_by_and_about_and_reports_are_kept_apart(archive: Archive) -> None:
    await conversation(archive)
    speaker, other = await only(archive, "Тестов"), await only(archive, "Пробин")
    dossiers = archive.dossiers
    assert [q.text for q in await dossiers.quotes(speaker, direct=True, limit=9)] == ["Пробин прав"]
    assert [q.text for q in await dossiers.quotes(speaker, direct=False, limit=9)] == ["он рад"]
    about = await dossiers.quotes_about(other, limit=9)
    assert [(q.text, q.speaker) for q in about] == [
        ("Пробин прав", "Ержан Тестов"),
        ("Пробин рад", None),
    ]
    assert await dossiers.quotes_about(speaker, limit=9) == []
    glance = await dossiers.glance(speaker)
    assert (glance.quotes, glance.reports) == (1, 1)


async def test_dates_and_outlets_carry_their_source(archive: Archive) -> None:
    await conversation(archive)
    speaker = await only(archive, "Тестов")
    [event] = await archive.dossiers.events(speaker)
    assert (event.iso, event.source.outlet) == ("2027-03-05", "Вестник степи")
    [outlet] = await archive.dossiers.outlets(speaker)
    assert (outlet.outlet, outlet.articles) == ("Вестник степи", 1)
    assert await archive.dossiers.events(await only(archive, "Пробин")) == []


async def test_company_weighs_down_whom_every_article_names(archive: Archive) -> None:
    await conversation(archive)
    for _ in range(6):
        await article_with(archive, person("Олег Опытов"))
    speaker = await only(archive, "Тестов")
    company = await archive.companies.of(speaker, limit=9)
    assert [(other.name, other.shared) for other in company] == [
        ("Иван Пробин", 1),
        ("Олег Опытов", 1),
    ]
    assert [other.met for other in company] == ["Тестов встретился с Пробиным.", None]
    shared = await archive.dossiers.articles(speaker, limit=9, other=company[0].id)
    assert len(shared) == 1


async def test_a_merge_survives_analysing_again_and_holds_for_later_articles(
    archive: Archive,
) -> None:
    article = await article_with(archive, person("Мухтар Тилеубаев"))
    await article_with(archive, person("Мухтор Телебаев"))
    wrong, right = await only(archive, "Телебаев"), await only(archive, "Тилеубаев")
    assert await archive.people.merge(wrong, right, by=OPERATOR, now=MONDAY)
    merged = await archive.people.get(wrong)
    assert merged is not None
    assert merged.id == right
    await keep(archive, article, Findings(people=(person("Мухтор Телебаев"),)))
    await article_with(archive, person("Мухтор Телебаев"))
    assert await only(archive, "Телебаев") == right
    row = await archive.people.get(right)
    assert row is not None
    assert row.articles == 3


async def test_a_split_survives_analysing_again_and_holds_for_later_articles(
    archive: Archive,
) -> None:
    await article_with(archive, person("Стив Дэйнер"))
    article = await article_with(archive, person("Стив Дейнер"))
    both = await only(archive, "Дэйнер")
    new = await archive.people.split(both, "Стив Дейнер", by=OPERATOR, now=MONDAY)
    assert new is not None
    await keep(archive, article, Findings(people=(person("Стив Дейнер"),)))
    await article_with(archive, person("Стив Дейнер"))
    rows = [await archive.people.get(i) for i in (both, new)]
    assert [(row.name, row.articles) for row in rows if row] == [
        ("Стив Дэйнер", 1),
        ("Стив Дейнер", 2),
    ]


async def test_a_split_comes_before_the_beat(archive: Archive) -> None:
    await archive.people.take_over([KnownPerson("Стив Дэйнер", None, ("Стив Дейнер",))])
    await article_with(archive, person("Стив Дэйнер"), days_ago=1)
    await article_with(archive, person("Стив Дейнер"))
    beat = await only(archive, "Стив Дэйнер")
    new = await archive.people.split(beat, "Стив Дейнер", by=OPERATOR, now=MONDAY)
    changed = [KnownPerson("Стив Дэйнер", "Steve Deiner", ("Стив Дейнер",))]
    await archive.people.take_over(changed)
    await article_with(archive, person("Стив Дейнер"))
    row = await archive.people.get(new or 0)
    assert row is not None
    assert row.articles == 2


async def test_what_cannot_be_split_stays(archive: Archive) -> None:
    await article_with(archive, person("Ержан Тестов"))
    one = await only(archive, "Тестов")
    for name in ("Ержан Тестов", "Иван Пробин"):
        assert await archive.people.split(one, name, by=OPERATOR, now=MONDAY) is None
    assert not await archive.people.merge(one, one, by=OPERATOR, now=MONDAY)
    assert not await archive.people.merge(one, 999, by=OPERATOR, now=MONDAY)


async def test_followers_follow_through_a_merge(archive: Archive) -> None:
    await article_with(archive, person("Мухтар Тилеубаев"), person("Мухтор Телебаев"))
    wrong, right = await only(archive, "Телебаев"), await only(archive, "Тилеубаев")
    reader = await subscriber(archive)
    await archive.people.follow(reader.id, wrong, now=MONDAY)
    await archive.people.follow(reader.id, wrong, now=MONDAY)
    await archive.people.merge(wrong, right, by=OPERATOR, now=MONDAY)
    assert await archive.people.follows(reader.id, right)
    await archive.people.unfollow(reader.id, right)
    assert not await archive.people.follows(reader.id, right)


async def test_samples_that_move_take_their_people_along(archive: Archive) -> None:
    url = "https://sample.example/1"
    article_id = await add(
        archive, new_article(url=url, published_at=MONDAY - WEEK, is_sample=True), now=MONDAY
    )
    article = await stored(archive, article_id, MONDAY)
    await keep(archive, article, Findings(people=(person("Ержан Тестов"),)))
    await archive.articles.redate(url, MONDAY)
    await archive.analyses.follow_dates()
    row = await archive.people.get(await only(archive, "Тестов"))
    assert row is not None
    assert row.first_seen_at == row.last_seen_at == MONDAY


async def test_an_article_that_changed_meanwhile_is_analysed_again(archive: Archive) -> None:
    article = await article_with(archive, person("Ержан Тестов"))
    changed = replace(article, fingerprint="another")
    kept = await archive.analyses.keep(changed, Findings(), version=1, now=MONDAY)
    assert not kept
    assert await who(archive, "Тестов") == ["Ержан Тестов"]
