"""Telling a sentence apart from its neighbours: names for pronouns, dates for weekdays."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from summarizer.dates import find_dates
from summarizer.ner import Named, Tagged
from summarizer.spans import Span
from summarizer.summary.cuts_members import name_stem
from summarizer.summary.leaning import is_open_pronoun, is_subjectless, points_back
from summarizer.summary.parsed import ParsedSentence
from summarizer.summary.syntax import Syntax

_GENDERS = {"он": "Masc", "она": "Fem"}
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)  # fmt: skip
_RELATIVE = re.compile(
    r"(?<![\w«])(?:во? (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)"
    r"|вчера|завтра)(?!\w)(?!,? \d)",
    re.IGNORECASE,
)
_YEARS_AWAY = {
    "прошл": -1,
    "этого": 0,
    "этом": 0,
    "нынешн": 0,
    "текущ": 0,
    "следующ": 1,
    "будущ": 1,
}
_YEAR_SAID = re.compile(
    r"(?<![\w«])(?P<which>прошл|этого|этом|нынешн|текущ|следующ|будущ)(?:ого|его|ом|ем)? "
    r"(?=(?:года|году)(?!\w))"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CHAIN = 3
"""Sentences back, at most, to the one that names whom a pronoun means."""

_BEFORE = re.compile(r"(?:каждый|каждую|каждое|ночь на|по|с|до|к|на|или|и)\s*$", re.IGNORECASE)


def named_subject(sentence: ParsedSentence, tagged: Tagged) -> tuple[str, str | None] | None:
    """Name the one person of a sentence when that person is its subject.

    Args:
        sentence: a parsed sentence.
        tagged: its article, tagged.

    Returns:
        The name as it stands, in the nominative, and the gender of its form; None when there is
        no such person, or another one is named as well, so that "он" might mean either.
    """
    syntax = Syntax(sentence.words)
    span = sentence.sentence.span
    names = [name for name in tagged.named("PER") if span.start <= name.span.start < span.end]
    if len(names) != 1:
        return None
    places = _places(sentence, names[0])
    if not places or any(syntax.depth[place] for place in places):
        return None
    first = sentence.words[places[0]]
    head = syntax.words[first.head] if 0 <= first.head < len(syntax.words) else first
    subject = first.relation.startswith("nsubj") or (
        first.relation == "appos" and head.relation.startswith("nsubj")
    )
    others = any(
        word.feats.get("Animacy") == "Anim"
        and word.relation.startswith("nsubj")
        and word is not head
        and place not in places
        for place, word in enumerate(syntax.words)
    )
    if not subject or others or first.feats.get("Case") != "Nom":
        return None
    shown = sentence.words[places[0]].span.start, sentence.words[places[-1]].span.end
    return " ".join(tagged.original[slice(*shown)].split()), first.feats.get("Gender")


def _places(sentence: ParsedSentence, name: Named) -> list[int]:
    return [
        place
        for place, word in enumerate(sentence.words)
        if name.span.start <= word.span.start < name.span.end
    ]


def with_name(
    sentences: Sequence[ParsedSentence], number: int, tagged: Tagged
) -> dict[int, str] | None:
    """Say which word of a sentence gives way to a name, so that it can stand by itself.

    Only where it is certain: "он" or "она" is the subject, and nothing else points back; the
    sentence before, or the one before some that have the same pronoun alone, is about one person,
    who is its subject and of that gender.

    Args:
        sentences: of the article, parsed.
        number: of a sentence that leans on the one before.
        tagged: the article, tagged.

    Returns:
        The pronoun's place and the name; None where it is not certain.
    """
    told = _pronoun_subject(sentences[number], tagged)
    if told is None:
        return None
    place, pronoun = told
    for before in reversed(sentences[max(0, number - _CHAIN) : number]):
        found = named_subject(before, tagged)
        if found is not None:
            return {place: found[0]} if found[1] == _GENDERS[pronoun] else None
        same = _pronoun_subject(before, tagged)
        if same is None or same[1] != pronoun:
            return None
    return None


def _pronoun_subject(sentence: ParsedSentence, tagged: Tagged) -> tuple[int, str] | None:
    """Find "он" or "она" that is the subject of a sentence in which nothing else points back."""
    syntax = Syntax(sentence.words)
    places = range(len(sentence.words))
    pronouns = [place for place in places if is_open_pronoun(syntax, place)]
    if not pronouns or is_subjectless(syntax):
        return None
    first = pronouns[0]
    word = syntax.words[first]
    if syntax.lower[first] not in _GENDERS or not word.relation.startswith("nsubj"):
        return None
    if any(points_back(syntax, place) for place in places) or _names_a_person(sentence, tagged):
        return None
    return first, syntax.lower[first]


def _names_a_person(sentence: ParsedSentence, tagged: Tagged) -> bool:
    span = sentence.sentence.span
    return any(span.start <= name.span.start < span.end for name in tagged.named("PER"))


def dated(text: str, published: date) -> str:
    """Make "во вторник" and "вчера" absolute, and "прошлого года": "26 марта", "2023 года".

    Args:
        text: a sentence in Russian.
        published: the day on which the article came out.

    Returns:
        The sentence; what stands in quotation marks, and what is not certain, is left as it is.
    """
    text = _with_years(text, published)
    found = {mention.span.start: mention.iso for mention in find_dates(text, published=published)}
    pieces, end = [], 0
    for match in _RELATIVE.finditer(text):
        start = match.start() + (len(match.group().split()[0]) + 1) * (" " in match.group())
        iso = found.get(start) or found.get(match.start())
        if (
            _is_quoted(text, match.start())
            or _BEFORE.search(text[: match.start()])
            or iso is None
            or len(iso) != 10
        ):
            continue
        day = date.fromisoformat(iso)
        pieces += [text[end : match.start()], f"{day.day} {_MONTHS[day.month - 1]}"]
        end = match.end()
    return "".join((*pieces, text[end:]))


def _with_years(text: str, published: date) -> str:
    """Put numbers for "прошлого года" and "в этом году", where no other year is spoken of."""
    if _YEAR.search(text):
        return text
    return _YEAR_SAID.sub(
        lambda said: (
            said.group()
            if _is_quoted(text, said.start())
            else f"{published.year + _YEARS_AWAY[said['which']]} "
        ),
        text,
    )


def _is_quoted(text: str, place: int) -> bool:
    before = text[:place]
    return before.count("«") > before.count("»") or before.count('"') % 2 == 1


def shortened_names(
    sentences: Sequence[ParsedSentence], tagged: Tagged
) -> dict[int, tuple[int, str]]:
    """Find the given names that may go once a person has been named in full.

    That a surname is enough the article shows itself: it has it alone elsewhere, and nobody else
    bears it there.

    Args:
        sentences: of the article, parsed.
        tagged: the article, tagged.

    Returns:
        For the start of each such given name: its end, and the person (the surname's stem).
    """
    names = tagged.named("PER")
    alone = {name_stem(_text(tagged, name.span)) for name in names if name.first == name.last}
    found, bearers = {}, defaultdict(set)
    for name in names:
        row = tagged.sentences[name.sentence][name.first : name.last + 1]
        surname = name_stem(row[-1].text)
        if len(row) > 1:
            bearers[surname].add(name_stem(row[0].text)[:4])
        if len(row) == 2 and surname in alone and len(row[0].text) > 2 and row[0].text.isalpha():
            found[row[0].span.start] = (row[0].span.end, surname)
    inside = [each.sentence.span for each in sentences]
    return {
        start: (end, person)
        for start, (end, person) in found.items()
        if len(bearers[person]) == 1 and any(span.start <= start < span.end for span in inside)
    }


def _text(tagged: Tagged, span: Span) -> str:
    return tagged.original[span.start : span.end]
