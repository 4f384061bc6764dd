"""Numbers and dates of a sentence exchanged for others, in the form that stood there."""

import re
from collections.abc import Iterator

from summarizer.evaluation import spoil_forms as forms
from summarizer.evaluation.spoil_words import Sample, Spoilt, pick, replaced
from summarizer.lookalikes import fold
from summarizer.summary.evidence_faults import FaultKind

_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь",
    "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_WEEKDAYS = ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье")
_SMALL = ("два", "три", "четыре")
_LARGE = ("пять", "шесть", "семь", "восемь", "девять", "десять")
_TOGETHER = ("двое", "трое", "четверо", "пятеро")
_DIGITS = re.compile(r"\d+")


def spoil_numbers(sample: Sample) -> Iterator[Spoilt]:
    """Exchange a number: for one near it, and for another number of the article."""
    seen = sample.seen
    told = {each.value for line in sample.source.quantities for each in line}
    for quantity in seen.quantities[:2]:
        word = sample.line.words[quantity.first].text
        if form := _changed(word, sample):
            text = replaced(sample, quantity.first, quantity.first, form)
            yield Spoilt(FaultKind.NUMBER, "foreign", text)
        if not word.isdigit():
            continue
        mine = {each.value for each in seen.quantities}
        options = [
            value
            for value in sorted(told - mine)
            if value == int(value)
            and value > 1
            and _ending(int(value)) == _ending(int(word))
            and len(str(int(value))) <= len(word) + 1
        ]
        if options:
            form = str(int(pick(options, sample.text, "number")))
            text = replaced(sample, quantity.first, quantity.first, form)
            yield Spoilt(FaultKind.NUMBER, "article", text)


def _changed(word: str, sample: Sample) -> str | None:
    """Make another number of the same form: "11" → "14", "три" → "четыре", "39-летний" …"""
    if match := _DIGITS.search(word):
        value = int(match.group())
        step = pick((2, 3, 4, 5, 6, 7), sample.text, "step") * 10 ** max(0, len(match.group()) - 2)
        options = [
            value + step * k for k in range(1, 12) if _ending(value + step * k) == _ending(value)
        ]
        if not options:
            return None
        return word[: match.start()] + str(options[0]) + word[match.end() :]
    for parse in sample.source.models.parse(fold(word)):
        for series in (_SMALL, _LARGE, _TOGETHER):
            if parse.lemma in series and "NUMR" in parse.marks:
                options_in_words = [each for each in series if each != parse.lemma]
                other = pick(options_in_words, sample.text, "word")
                return _inflected(other, parse.marks, sample, word)
    return None


def _inflected(other: str, marks: frozenset[str], sample: Sample, word: str) -> str | None:
    case = marks & set(forms.CASES.values())
    gender = marks & {"masc", "femn", "neut"} if other == "два" else set()
    for parse in sample.source.models.parse(other):
        if "NUMR" in parse.marks and (form := parse.raw.inflect({*case, *gender})):
            return forms.like(word, str(form.word))
    return None


def _ending(value: int) -> int:
    """Tell which form a noun takes after a number: 1 "год", 2 "года", 5 "лет"."""
    if value % 100 in range(11, 15):
        return 5
    last = value % 10
    return 1 if last == 1 else 2 if last in (2, 3, 4) else 5


def spoil_dates(sample: Sample) -> Iterator[Spoilt]:
    """Exchange a day, month, year or weekday."""
    for moment in sample.seen.moments[:2]:
        for place in range(moment.first, moment.last + 1):
            form = _other_date(sample, place)
            if form is None:
                continue
            first = place
            before = sample.line.words[place - 1].text.lower() if place else ""
            if before in ("в", "во") and fold(form) in _WEEKDAYS:
                first = place - 1
                form = ("во " if form == "вторник" else "в ") + form
                if sample.line.words[first].text[0].isupper():
                    form = form[0].upper() + form[1:]
            yield Spoilt(FaultKind.DATE, "part", replaced(sample, first, place, form))
            if place == moment.first:
                break


def _other_date(sample: Sample, place: int) -> str | None:
    word = sample.line.words[place].text
    folded = fold(word)
    if folded.isdigit():
        value = int(folded)
        if value > 1900:
            return str(value - pick((1, 2, 3, 4), sample.text, "year"))
        return str(pick([day for day in range(1, 29) if day != value], sample.text, "day"))
    if folded in _WEEKDAYS:
        return pick([day for day in _WEEKDAYS if day != folded], sample.text, "weekday")
    for parse in sample.source.models.parse(folded):
        if parse.lemma in _MONTHS:
            month = pick([each for each in _MONTHS if each != parse.lemma], sample.text, "month")
            case = parse.marks & set(forms.CASES.values())
            for other in sample.source.models.parse(month):
                if "NOUN" in other.marks and (form := other.raw.inflect({*case, "sing"})):
                    return str(form.word)
    return None
