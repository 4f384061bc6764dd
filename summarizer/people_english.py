"""The people of an English article: a title or a known first name before a surname."""

import re
from collections.abc import Iterator, Sequence

from summarizer.analysis import Person, Role
from summarizer.lookalikes import fold
from summarizer.names_lexicon import listed
from summarizer.spans import Span

_WORD = r"(?:[A-ZÀ-Þ][a-zà-ÿ]+|O['’][A-Z][a-z]+|Mc[A-Z][a-z]+)(?:-[A-Z][a-zà-ÿ]+)*"
_INITIAL = r"[A-Z]\."
_PARTICLE = r"(?:al-|el-|(?:bin|ibn|al|el|de|da|del|van|von|der|la|le)\s)"
_NAME = re.compile(
    rf"\b{_WORD}(?:\s(?:{_INITIAL}|{_PARTICLE}*{_WORD})){{1,8}}|(?<![\w.]){_INITIAL}\s?{_PARTICLE}*{_WORD}"
)
_SHORTEST_NAME, _LONGEST_NAME = 2, 5
_COURTESY = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Amb|Sir|Prof)\.?$")
_SHORT_COURTESY = re.compile(rf"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Amb|Prof)\.?\s({_WORD})\b")
_KAZAKH_SURNAME = re.compile(r"(?:[eo]v|[iy]n|[eo]va|ina|bay|berdi|khan|uly|kyzy|sky|skaya)$")
_THINGS = """
    act administration agency agreement assembly association bank board center centre chamber
    city college commission committee company conference congress corporation council court
    department district forum foundation fund government group house institute international
    ministry museum nations network office organization park parliament party region republic
    river school senate service square state states street summit times treaty union university
    war week world monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december asia america kazakhstan
"""
_NO_SURNAME = frozenset(_THINGS.split())
_BEFORE = re.compile(r"((?:[\w.’'-]+\s){1,10})$")
_LINKING = frozenset({"of", "for", "to", "the", "and", "on", "in", "at"})
_AFTER = re.compile(r"^,\s(?:(?:the|a|an)\s)?([^,.;:()]{4,90})[,.]")


def find_english_people(text: str, sentences: Sequence[Span]) -> tuple[Person, ...]:
    """Find the people of an English text; a surname alone joins the full name that has it.

    Args:
        text: the original text.
        sentences: where its sentences stand.

    Returns:
        People by first mention, names as written.
    """
    found: dict[str, list[Span]] = {}
    roles: dict[str, dict[str, Role]] = {}
    for sentence in sentences:
        before = sentence.start
        for span in _full_names(text, sentence):
            name = " ".join(text[span.start : span.end].split())
            found.setdefault(name, []).append(span)
            for role in _roles(text, Span(before, sentence.end), span):
                roles.setdefault(name, {}).setdefault(fold(role.title), role)
            before = span.end
    _join_surnames(text, sentences, found)
    people = [
        Person(
            name=name,
            initials_only=bool(re.match(_INITIAL, name)),
            gender=None,
            surfaces=tuple(dict.fromkeys(text[span.start : span.end] for span in spans)),
            mentions=tuple(sorted(spans, key=lambda span: span.start)),
            roles=tuple(roles.get(name, {}).values()),
        )
        for name, spans in found.items()
    ]
    return tuple(sorted(people, key=lambda person: person.mentions[0].start))


def _full_names(text: str, sentence: Span) -> Iterator[Span]:
    for match in _NAME.finditer(text, sentence.start, sentence.end):
        start = match.start()
        words = match.group().split()
        # "Senate Foreign Relations Committee Chairman Jim Risch": the name follows the last title.
        titles = [at for at, word in enumerate(words[:-_SHORTEST_NAME]) if _is_title(word)]
        for _ in range(titles[-1] + 1 if titles else 0):
            start += text[start : match.end()].index(words[1], len(words[0]))
            words = words[1:]
        # So many words are a headline in capitals, or two names side by side.
        if not _SHORTEST_NAME <= len(words) <= _LONGEST_NAME:
            continue
        if _is_title(words[0]) or _is_title(words[-1]) or words[-1].endswith("."):
            continue
        begins = words[0].lower() in listed("first_names_en.txt") or re.match(_INITIAL, words[0])
        if begins or titles or _KAZAKH_SURNAME.search(words[-1]):
            yield Span(start, match.end())


def _is_title(word: str) -> bool:
    lowered = word.lower().rstrip(".")
    return (
        _COURTESY.match(word) is not None
        or lowered in listed("posts_en.txt")
        or lowered in ("prime", "vice", "foreign", "first", "former", "us", "american", "kazakh")
        or lowered in _NO_SURNAME
    )


def _join_surnames(text: str, sentences: Sequence[Span], found: dict[str, list[Span]]) -> None:
    """Give each lone surname to the one person who bears it."""
    bearers: dict[str, list[str]] = {}
    for name in found:
        bearers.setdefault(name.split()[-1], []).append(name)
    taken = {
        offset
        for spans in found.values()
        for span in spans
        for offset in range(span.start, span.end)
    }
    for sentence in sentences:
        courteous = {
            match.start(1) for match in _SHORT_COURTESY.finditer(text, sentence.start, sentence.end)
        }
        for match in re.finditer(rf"\b{_WORD}\b", text[sentence.start : sentence.end]):
            start = sentence.start + match.start()
            span = Span(start, start + len(match.group()))
            if start in taken:
                continue
            names = bearers.get(match.group(), [])
            if len(names) == 1:
                found[names[0]].append(span)
            elif not names and start in courteous:
                found[match.group()] = [span]
                bearers[match.group()] = [match.group()]


def _roles(text: str, sentence: Span, name: Span) -> Iterator[Role]:
    """Read "U.S. Secretary of State" before a name, and ", the envoy to Astana," after it."""
    if match := _BEFORE.search(text[sentence.start : name.start]):
        words = match.group(1).split()
        start = len(words)
        while start and (
            words[start - 1][:1].isupper()
            or words[start - 1] in _LINKING
            or words[start - 1].lower() in listed("posts_en.txt")
        ):
            start -= 1
        while start < len(words) and words[start].lower() in _LINKING:
            start += 1
        stated = words[start:]
        if any(word.lower() in listed("posts_en.txt") for word in stated):
            begin = _begin_of(text, sentence.start, name.start, stated)
            end = begin + len(text[begin : name.start].rstrip())
            yield Role(" ".join(stated), Span(begin, end))
    if match := _AFTER.match(text[name.end : sentence.end]):
        stated = match.group(1).split()
        if any(word.lower() in listed("posts_en.txt") for word in stated[:4]):
            begin = name.end + match.start(1)
            yield Role(" ".join(stated), Span(begin, name.end + match.end(1)))


def _begin_of(text: str, start: int, end: int, words: Sequence[str]) -> int:
    """Tell where the words that stand right before `end` begin."""
    pattern = r"\s+".join(map(re.escape, words)) + r"\s*$"
    match = re.search(pattern, text[start:end])
    return start + match.start() if match else start
