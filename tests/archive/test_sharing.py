"""What links and counts rest on: quotes that keep their numbers, people who were merged, shares."""

from datetime import timedelta

from bot.archive import Archive
from summarizer.analysis import Quote
from summarizer.findings import Findings, FoundQuote
from summarizer.spans import Span
from tests.archive.making import MONDAY
from tests.archive.people_making import article_with, keep, person

SPEAKER = person("Ержан Тестов", "посол")


def said(*texts: str, direct: bool = True) -> Findings:
    quotes = tuple(
        FoundQuote(Quote(text, Span(n, n + 1), "Ержан Тестов", "сказал", direct), 0, ())
        for n, text in enumerate(texts)
    )
    return Findings((SPEAKER,), quotes)


async def test_a_quote_tells_whose_words_it_is_in_which_post_and_where_they_stand(
    archive: Archive,
) -> None:
    article = await article_with(archive, findings=said("Вода не знает границ"))
    [listed] = await archive.quotes.of_articles([article.id])
    quote = await archive.quotes.get(listed.id)
    assert quote == listed
    assert (quote.text, quote.speaker, quote.post) == (
        "Вода не знает границ",
        "Ержан Тестов",
        "посол",
    )
    assert (quote.start, quote.end, quote.source.id) == (0, 1, article.id)
    assert await archive.quotes.are_in(article.id)


async def test_what_an_outlet_only_reports_is_no_quote(archive: Archive) -> None:
    article = await article_with(archive, findings=said("вода важна", direct=False))
    assert await archive.quotes.of_articles([article.id]) == ()
    assert await archive.quotes.get(1) is None
    assert not await archive.quotes.are_in(article.id)


async def test_quotes_come_in_the_order_of_the_articles_and_of_their_texts(
    archive: Archive,
) -> None:
    one = await article_with(archive, findings=said("Раз", "Два"))
    other = await article_with(archive, findings=said("Три"))
    found = await archive.quotes.of_articles([other.id, one.id])
    assert [quote.text for quote in found] == ["Три", "Раз", "Два"]


async def test_a_quote_keeps_its_number_when_its_article_is_analysed_again(
    archive: Archive,
) -> None:
    article = await article_with(archive, findings=said("Раз", "Два", "Два"))
    before = await archive.quotes.of_articles([article.id])
    await keep(archive, article, said("Два", "Новое", "Раз", "Два"))
    after = {quote.text: quote.id for quote in await archive.quotes.of_articles([article.id])}
    assert after["Раз"] == before[0].id
    ids = {quote.id for quote in await archive.quotes.of_articles([article.id])}
    assert {quote.id for quote in before} < ids


async def test_the_number_of_a_quote_that_is_gone_is_never_given_again(archive: Archive) -> None:
    article = await article_with(archive, findings=said("Раз"))
    [gone] = await archive.quotes.of_articles([article.id])
    await keep(archive, article, Findings((SPEAKER,)))
    await keep(archive, article, said("Другое"))
    assert await archive.quotes.get(gone.id) is None


async def test_whoever_was_merged_is_found_by_every_former_number(archive: Archive) -> None:
    for name in ("Ержан Тестов", "Нурлан Пробин", "Айгуль Третьякова"):
        await article_with(archive, person(name))
    one, two, three = [
        (await archive.people.find(name)).people[0].id
        for name in ("Тестов", "Пробин", "Третьякова")
    ]
    await archive.people.merge(one, two, by=1, now=MONDAY)
    await archive.people.merge(two, three, by=1, now=MONDAY)
    for former in (one, two):
        found = await archive.people.get(former)
        assert found is not None
        assert found.id == three


async def test_somebody_who_never_was_leads_to_nobody(archive: Archive) -> None:
    assert await archive.people.get(404) is None


async def test_the_stories_of_articles_are_given_by_article(archive: Archive) -> None:
    article = await article_with(archive, findings=said("Раз"))
    assert await archive.stories.of_articles([article.id, 404]) == {}
    assert await archive.stories.of_articles([]) == {}


async def test_shares_are_counted_by_kind_and_day(archive: Archive) -> None:
    for kind in ("s", "s", "q"):
        await archive.shares.count(kind, now=MONDAY)
    await archive.shares.count("s", now=MONDAY - timedelta(days=6))
    await archive.shares.count("e", now=MONDAY - timedelta(days=7))
    assert await archive.shares.counted(days=7, now=MONDAY) == {"s": 3, "q": 1}
    assert await archive.shares.counted(days=1, now=MONDAY) == {"s": 2, "q": 1}
