"""Editions made by hand and by hypothesis, for the tests of what is made of them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from bot.archive.rows import EvidenceRow
from bot.briefings.edition import (
    DifferenceView,
    Edition,
    FigureView,
    Line,
    MeetingView,
    PersonView,
    QuoteView,
    Reason,
    SourceView,
    Statement,
    StoryView,
    UpcomingView,
)
from summarizer.differences import DifferenceKind

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
START = NOW - timedelta(days=7)
TOPICS = {"diplomacy": "Дипломатия", "trade": "Торговля и инвестиции"}

_ODD_URL = "https://x.example/?a=1&b=\"<2>'"
anything = st.text(max_size=120)
shown = st.text(min_size=1, max_size=120)


def line(text: str, *sources: int) -> Line:
    """A sentence that rests on articles of these numbers."""
    return Line(text, tuple(EvidenceRow(number, 0, 10) for number in sources), sources)


def source(number: int, outlet: str | None, title: str, url: str | None = None) -> SourceView:
    """A source from a day of the week."""
    moment = START + timedelta(days=number % 7, hours=3)
    return SourceView(number, number, outlet, title, url, "ru", moment, True, False)


TOBYLGIEV = PersonView(1, "Бекасыл Тобылгиев", "первый заместитель министра иностранных дел")
WINDALL = PersonView(2, "Джаспер Уиндалл", "заместитель помощника госсекретаря США")


def full_edition() -> Edition:
    """A week with everything in it; people and events are invented."""
    talk = StoryView(
        id=11,
        headline="Астана и Вашингтон обсудили подготовку встречи «С5+1»",
        lines=(
            line("Бекасыл Тобылгиев и Джаспер Уиндалл поговорили по телефону.", 1, 2),
            line("К подписанию готовятся девять документов.", 1),
        ),
        people=(TOBYLGIEV, WINDALL),
        places=("Астана",),
        happened_on="2026-11-20",
        sources=(1, 2, 3),
        outlets=3,
        importance=0.8,
        reasons=(Reason.OUTLETS, Reason.RANK),
        topic="diplomacy",
        is_new=True,
    )
    mine = StoryView(
        id=12,
        headline="Американская компания вложит 640 млн долларов в Каратамшу",
        lines=(line("Соглашение о разработке подписано в Астане.", 4),),
        people=(),
        places=(),
        happened_on=None,
        sources=(4, 5),
        outlets=2,
        importance=0.5,
        reasons=(Reason.NEW,),
        topic="trade",
        is_new=True,
    )
    return Edition(
        start=START,
        end=NOW,
        brief=(line(talk.headline, 1), line(mine.headline, 4)),
        stories=(talk, mine),
        left_out=3,
        meetings=(MeetingView(11, "2026-11-20", "Астана", (TOBYLGIEV, WINDALL), talk.lines[0]),),
        quotes=(QuoteView(7, "Мы прошли список пункт за пунктом", TOBYLGIEV, 1, 11),),
        differences=(
            DifferenceView(
                DifferenceKind.NUMBER,
                11,
                (
                    Statement("девять документов", line("Готовятся девять документов.", 1)),
                    Statement("11 документов", line("Готовят 11 документов.", 2)),
                ),
            ),
        ),
        upcoming=(
            UpcomingView(
                11, date(2026, 12, 11), date(2026, 12, 12), line("Встреча пройдёт в Астане.", 3)
            ),
        ),
        figures=(FigureView(12, "640 млн долларов", line("Вложат 640 млн долларов.", 4)),),
        sources=(
            source(1, "Полынь-информ", "Разговор о «С5+1»", "https://p.example/1"),
            source(2, "Степной курьер", "К «С5+1» готовят 11 документов", "https://s.example/2"),
            source(3, "The Steppe Post", "Talks on C5+1", "https://t.example/3"),
            source(4, "Полынь-информ", "640 млн в Каратамшу", "https://p.example/4"),
            source(5, None, "Без издания"),
        ),
        articles=9,
    )


@st.composite
def editions(draw: st.DrawFn, most_stories: int = 12) -> Edition:
    """Any edition: any text, any of its sections empty, any number of sources."""
    count = draw(st.integers(1, 8))
    sources = tuple(
        SourceView(
            number,
            number,
            draw(st.none() | anything),
            draw(shown),
            draw(st.sampled_from([None, _ODD_URL, "https://y.example/п?q=1"])),
            draw(st.sampled_from(["ru", "en", "kk"])),
            draw(st.none() | st.just(NOW)),
            draw(st.booleans()),
            draw(st.booleans()),
        )
        for number in range(1, count + 1)
    )
    numbers = st.lists(st.integers(1, count), min_size=1, max_size=3, unique=True).map(tuple)
    lines = st.builds(Line, shown, st.just((EvidenceRow(1, 0, 1),)), numbers)
    people = st.builds(PersonView, st.integers(1, 9), shown, st.none() | anything)
    stories = st.builds(
        StoryView,
        id=st.integers(1, 50),
        headline=shown,
        lines=st.lists(lines, max_size=3).map(tuple),
        people=st.lists(people, max_size=3).map(tuple),
        places=st.lists(anything, max_size=2).map(tuple),
        happened_on=st.sampled_from(
            [None, "2026-11-20", "2026-11", "2026", "2026-11-01/2026-11-03"]
        ),
        sources=numbers,
        outlets=st.integers(1, 5),
        importance=st.floats(0, 1),
        reasons=st.lists(st.sampled_from(list(Reason)), unique=True).map(tuple),
        topic=st.sampled_from([None, "trade", "unknown"]),
        is_new=st.booleans(),
    )
    ids = st.integers(1, 50)
    statements = st.builds(Statement, shown, lines)
    days = st.dates(date(2026, 11, 22), date(2030, 1, 1))
    return Edition(
        start=START,
        end=NOW,
        brief=tuple(draw(st.lists(lines, max_size=3))),
        stories=tuple(draw(st.lists(stories, max_size=most_stories))),
        left_out=draw(st.integers(0, 200)),
        meetings=tuple(
            draw(
                st.lists(
                    st.builds(
                        MeetingView,
                        ids,
                        st.sampled_from([None, "2026-11-20"]),
                        st.none() | anything,
                        st.lists(people, max_size=2).map(tuple),
                        lines,
                    ),
                    max_size=3,
                )
            )
        ),
        quotes=tuple(
            draw(
                st.lists(
                    st.builds(
                        QuoteView, ids, shown, st.none() | people, st.integers(1, count), ids
                    ),
                    max_size=3,
                )
            )
        ),
        differences=tuple(
            draw(
                st.lists(
                    st.builds(
                        DifferenceView,
                        st.sampled_from(list(DifferenceKind)),
                        ids,
                        st.lists(statements, min_size=2, max_size=3).map(tuple),
                    ),
                    max_size=2,
                )
            )
        ),
        upcoming=tuple(draw(st.lists(st.builds(UpcomingView, ids, days, days, lines), max_size=3))),
        figures=tuple(draw(st.lists(st.builds(FigureView, ids, shown, lines), max_size=3))),
        sources=sources,
        articles=draw(st.integers(0, 10_000)),
    )
