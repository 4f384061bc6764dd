"""What is kept of an analysis: sentences, quotes about others, dates, meetings."""

from bot.analysis.findings import find
from summarizer.analysis import Analysis, DateMention, Person, Quote
from summarizer.findings import Findings
from summarizer.spans import Span
from summarizer.summary import Summary


def span_of(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def all_of(text: str, part: str) -> tuple[Span, ...]:
    spans, start = [], text.find(part)
    while start >= 0:
        spans.append(Span(start, start + len(part)))
        start = text.find(part, start + 1)
    return tuple(spans)


def found(
    text: str,
    people: dict[str, str],
    quotes: tuple[Quote, ...] = (),
    dates: tuple[DateMention, ...] = (),
) -> Findings:
    """Find in a text whose people are given as name → the form in the text."""
    persons = tuple(
        Person(name, False, None, (form,), all_of(text, form), ()) for name, form in people.items()
    )
    analysis = Analysis(None, "ru", persons, quotes, (), (), dates, Summary((), "lead"))
    return find(text, analysis, title="Заголовок")


def test_the_first_sentence_in_the_outlets_own_words_is_kept() -> None:
    text = "«Тестов прав», — сказал Пробин. Тестов прибыл в Астану."
    quote = Quote("Тестов прав", span_of(text, "Тестов прав"), "Иван Пробин", "сказал", True)
    people = found(text, {"Ержан Тестов": "Тестов", "Иван Пробин": "Пробин"}, (quote,)).people
    first = people[0].first
    assert first is not None
    assert first.text == "Тестов прибыл в Астану."
    assert text[first.span.start : first.span.end] == first.text
    assert people[1].first is None


def test_a_quote_about_somebody_names_them() -> None:
    text = "«Тестов прав», — сказал Пробин. Тестов прибыл в Астану."
    quote = Quote("Тестов прав", span_of(text, "Тестов прав"), "Иван Пробин", "сказал", True)
    [kept] = found(text, {"Ержан Тестов": "Тестов", "Иван Пробин": "Пробин"}, (quote,)).quotes
    assert kept.speaker == 1
    assert kept.about == (0,)


def test_an_unknown_speaker_stays_unknown() -> None:
    text = "«Мы рады», — сказали в зале."
    quote = Quote("Мы рады", span_of(text, "Мы рады"), None, "сказали", True)
    [kept] = found(text, {}, (quote,)).quotes
    assert kept.speaker is None


def test_a_date_belongs_to_whom_its_sentence_names() -> None:
    text = "Тестов прибудет 5 марта 2027 года. Пробин ждёт его."
    date = DateMention("5 марта 2027 года", span_of(text, "5 марта 2027 года"), "2027-03-05")
    people = {"Ержан Тестов": "Тестов", "Иван Пробин": "Пробин"}
    [kept] = found(text, people, dates=(date,)).dates
    assert kept.people == (0,)
    assert kept.sentence == "Тестов прибудет 5 марта 2027 года."


def test_a_date_in_a_sentence_about_nobody_is_not_kept() -> None:
    text = "Саммит пройдёт 5 марта 2027 года."
    date = DateMention("5 марта 2027 года", span_of(text, "5 марта 2027 года"), "2027-03-05")
    assert found(text, {}, dates=(date,)).dates == ()


def meeting(text: str) -> bool:
    return bool(found(text, {"Ержан Тестов": "Тестов", "Иван Пробин": "Пробин"}).meetings)


def test_two_who_meet() -> None:
    assert meeting("Министр Тестов встретился с сенатором Пробиным. Конец.")
    assert meeting("Тестов провёл переговоры с послом Пробиным в Астане.")
    assert meeting("Министры Тестов и Пробин встретились в Астане.")
    assert meeting("Сегодня Тестов принял посла Пробина.")


def test_two_who_are_named_beside_a_meeting_have_not_met() -> None:
    assert not meeting("Тестов и Пробин входят в делегацию, которая проведёт встречи.")
    assert not meeting("Встреча прошла в Астане, сообщил Тестов, как и Пробин.")
    assert not meeting("Тестов прибыл с Пробиным в Астану.")


def test_a_meeting_of_three_tells_of_no_pair() -> None:
    text = "Тестов встретился с Пробиным и Опытовым."
    people = {"Ержан Тестов": "Тестов", "Иван Пробин": "Пробин", "Олег Опытов": "Опытов"}
    assert found(text, people).meetings == ()


def test_a_meeting_inside_a_quote_is_the_speakers_word() -> None:
    text = "«Тестов встретился с Пробиным», — сказали в зале."
    quote = Quote(
        "Тестов встретился с Пробиным",
        span_of(text, "Тестов встретился с Пробиным"),
        None,
        "сказали",
        True,
    )
    assert found(text, {"Е Тестов": "Тестов", "И Пробин": "Пробин"}, (quote,)).meetings == ()


def test_a_list_of_thousands_of_names_is_kept_within_bounds() -> None:
    names = [f"Тестов{number}" for number in range(2_000)]
    text = ", ".join(names) + "."
    assert len(found(text, {name: name for name in names}).people) == 200
