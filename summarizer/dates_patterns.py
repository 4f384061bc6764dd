"""How dates are written in Russian, English and Kazakh: patterns over a folded text."""

import re

from summarizer.dates_calendar import MONTH as MONTH_NAME
from summarizer.dates_calendar import WEEKDAY as WEEKDAY_NAME

DAYS_AWAY = {
    "сегодня": 0, "завтра": 1, "вчера": -1, "позавчера": -2, "послезавтра": 2, "накануне": -1,
    "today": 0, "tomorrow": 1, "yesterday": -1, "бүгін": 0, "ертең": 1, "кеше": -1,
}  # fmt: skip
"""Words for a day near that of the publication, and how many days it is away."""

_GAP = r"\s{1,3}"
_LINE = r"\s?[-–—]\s?"
_FREE = r"(?<![\d.,+-])"
_Y = r"(?:19|20|21)\d{2}"
_YEAR = rf"{_FREE}(?P<year>{_Y})"
_OF_YEAR = rf"(?:{_GAP}(?:года?|году|годом|годы|годов|годах|гг?\.|г(?![^\W_])))"
_SAID = r"(?:прошлого|этого|нынешнего|текущего|следующего|будущего)"
_THEN = (
    rf"(?:,?{_GAP}(?P<year>{_Y})(?!\d|{_LINE}\d){_OF_YEAR}?"
    rf"|{_GAP}(?P<said>{_SAID}){_GAP}(?:года|г\.))"
)
_PERHAPS = rf"{_THEN}?"
_DAY = r"(?<![\d.,:/№+-])(?P<day>\d{1,2})(?:-?(?:го|е|st|nd|rd|th))?"
_DAY2 = r"(?P<day2>\d{1,2})"
_MONTH = rf"(?P<month>{MONTH_NAME})"
_MONTH2 = rf"(?P<month2>{MONTH_NAME})"
_SCHOOL = rf"{_GAP}(?:учебн[а-я]+|финансов[а-я]+){_GAP}(?:года?|году|годах|годы)"
_KAZAKH = rf"(?P<year>{_Y}){_GAP}жыл[а-яғ]*"
_RELATIVE = r"(?P<said>прошл|минувш|эт|нынешн|текущ|следующ|будущ)[а-я]+"
_AHEAD = r"(?P<said>last|this|next|coming)"
_YEAR_ENDS = rf"(?=[,;:!?)]|\.(?!\d)|\s*$|{_GAP}(?:and|the|by|to|и|на)\s)"
_WHICH = r"прошл|минувш|эт|следующ|будущ|ближайш|last|next|this"


def _whole(text: str) -> re.Pattern[str]:
    """Compile a pattern that neither begins nor ends inside a word."""
    return re.compile(rf"(?<![^\W_]){text}(?![^\W_])")


FIGURES = _whole(
    r"(?<![\d./-])(?P<day>\d{1,2})([./-])(?P<month>\d{1,2})\2(?P<year>\d{4})(?![\d./-]\d)"
)
ISO = _whole(r"(?<![\d./-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])")

DAY = _whole(rf"{_DAY}{_GAP}(?:of{_GAP})?{_MONTH}{_PERHAPS}")
MONTH_DAY = _whole(rf"{_MONTH}{_GAP}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.:]\d){_PERHAPS}")
DAYS = _whole(rf"{_DAY}{_LINE}{_DAY2}{_GAP}{_MONTH2}{_PERHAPS}")
FROM_DAY_TO_DAY = _whole(rf"с{_GAP}{_DAY}{_GAP}по{_GAP}{_DAY2}{_GAP}{_MONTH2}{_PERHAPS}")
DAY_TO_DAY = _whole(
    rf"(?:с{_GAP})?{_DAY}{_GAP}{_MONTH}(?:{_GAP}по{_GAP}|{_LINE}){_DAY2}{_GAP}{_MONTH2}{_PERHAPS}"
)
KAZAKH_DAY = _whole(rf"{_KAZAKH}{_GAP}(?P<day>\d{{1,2}}){_GAP}{_MONTH}")

MONTH_OF_YEAR = _whole(rf"(?<!\d\s){_MONTH}{_THEN}")
MONTH_ALONE = _whole(rf"(?:во?|к|до|с|на|in|by|until|since){_GAP}{_MONTH}(?!{_GAP}\d)")
MONTHS = _whole(rf"{_MONTH}{_LINE}{_MONTH2}{_PERHAPS}")
KAZAKH_MONTH = _whole(rf"{_KAZAKH}{_GAP}{_MONTH}")

YEAR = _whole(rf"{_YEAR}(?:-?(?:й|го|м|му|ом))?{_OF_YEAR}")
YEAR_ALONE = _whole(rf"(?:in|by|since|until|during|в|к|до|с|после){_GAP}(?P<year>{_Y}){_YEAR_ENDS}")
YEARS = _whole(rf"{_YEAR}{_LINE}(?P<year2>\d{{4}}){_OF_YEAR}")
SCHOOL_YEAR = _whole(rf"{_YEAR}[/⁄–—-](?P<year2>\d{{4}}|\d{{2}}){_SCHOOL}")
KAZAKH_YEAR = _whole(rf"{_YEAR}{_GAP}жыл(?:ы|ға|дан|дың|ғы)?")

YEAR_AWAY = _whole(rf"в{_GAP}{_RELATIVE}{_GAP}году")
MONTH_AWAY = _whole(rf"в{_GAP}{_RELATIVE}{_GAP}месяце")
WEEK_AWAY = _whole(rf"на{_GAP}{_RELATIVE}{_GAP}неделе")
YEAR_AWAY_ENGLISH = _whole(rf"{_AHEAD}{_GAP}year")
MONTH_AWAY_ENGLISH = _whole(rf"{_AHEAD}{_GAP}month")
WEEK_AWAY_ENGLISH = _whole(rf"{_AHEAD}{_GAP}week")
DAY_AWAY = _whole(rf"(?P<said>{'|'.join(DAYS_AWAY)})")
WEEKDAY_SAID = _whole(
    rf"(?:во?|on){_GAP}(?:(?P<said>{_WHICH})[а-я]*{_GAP})?"
    rf"(?P<weekday>{WEEKDAY_NAME})(?!,?{_GAP}\d)"
)
