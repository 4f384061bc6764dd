"""Pictures of what an edition tells: over the weeks, by day, and who met whom.

Every picture has a caption that says the same in words. Drawing takes about half a second: it is
work for a thread, not for the event loop.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.formatting import clip
from bot.locales.wording import Wording

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, DPI = 7.2, 150
"""1,080 pixels: a phone shows it without making it smaller."""

MOST_VISITS = 10
MOST_ENCOUNTERS = 14
_NAME_LENGTH = 26
_LABEL_LENGTH = 84
_LINE_LENGTH = 44


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a picture; both pairs are told apart by the colour-blind (Okabe and Ito)."""

    paper: str
    ink: str
    quiet: str
    first: str
    second: str
    pale: str
    """Of the first, for what stands beside it and weighs less."""


LIGHT = Palette("#ffffff", "#1a1a1a", "#6b6b6b", "#0072b2", "#b84f00", "#b9d9ec")
DARK = Palette("#17212b", "#f2f2f2", "#9fb0bf", "#56b4e9", "#e69f00", "#37566f")


@dataclass(frozen=True, slots=True)
class WeekCount:
    """How much there was in the seven days from a day on."""

    first_day: date
    stories: int
    articles: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A meeting, call or visit on a day."""

    day: date
    headline: str


@dataclass(frozen=True, slots=True)
class Encounter:
    """Two people who met, and how many stories tell of it."""

    one: str
    other: str
    stories: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as PNG, and the same in words."""

    png: bytes
    caption: str


def weeks_chart(weeks: Sequence[WeekCount], words: Wording, palette: Palette) -> Chart:
    """Draw stories and articles over the weeks, the oldest first; at least one week."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 — as the rest of it, when drawn

    figure, axes = _paper(palette, height=5.4, head=0.35)
    places = range(len(weeks))
    pairs = (
        (-0.21, palette.first, words.say("stories"), [week.stories for week in weeks]),
        (0.21, palette.pale, words.say("articles"), [week.articles for week in weeks]),
    )
    for shift, color, label, counts in pairs:
        bars = axes.bar(
            [place + shift for place in places], counts, color=color, width=0.4, label=label
        )
        axes.bar_label(bars, color=palette.ink, fontsize=12.5, padding=2)
    step = max(1, len(weeks) // 6)
    axes.set_xticks(list(places)[::step])
    axes.set_xticklabels([words.short_day(week.first_day) for week in weeks][::step])
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y", color=palette.quiet, alpha=0.25)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=2,
        frameon=False,
        fontsize=14,
        labelcolor=palette.ink,
    )
    _title(figure, words.say("Stories and articles by week"), palette)
    last, most = weeks[-1], max(weeks, key=lambda week: week.stories)
    caption = words.say(
        "By week: {stories} and {articles} in the latest; most stories, {most}, in the week "
        "of {day}.",
        stories=words.count("{number} story", "{number} stories", last.stories),
        articles=words.count("{number} article", "{number} articles", last.articles),
        most=most.stories,
        day=words.day(most.first_day, "UTC", today=last.first_day),
    )
    return Chart(_png(figure), caption)


def visits_chart(visits: Sequence[Visit], words: Wording, palette: Palette) -> Chart:
    """Draw a timeline of meetings and visits, the earliest on top; at least one."""
    shown = sorted(visits, key=lambda visit: visit.day)[-MOST_VISITS:]
    figure, axes = _paper(palette, height=1.2 + 0.78 * len(shown))
    axes.axis("off")
    axes.set_xlim(0, 10)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.plot([2.35, 2.35], [0, len(shown) - 1], color=palette.quiet, linewidth=2, zorder=1)
    for row, visit in enumerate(shown):
        axes.scatter([2.35], [row], s=110, color=palette.first, zorder=2)
        axes.text(
            2.1,
            row,
            words.short_day(visit.day),
            ha="right",
            va="center",
            fontsize=14,
            color=palette.second,
            weight="bold",
        )
        axes.text(
            2.7,
            row,
            _wrapped(visit.headline, _LABEL_LENGTH),
            va="center",
            fontsize=13.5,
            color=palette.ink,
            linespacing=1.15,
            parse_math=False,
        )
    _title(figure, words.say("Meetings and visits"), palette)
    first = shown[0].day
    caption = words.say(
        "{meetings}, from {first} to {last}.",
        meetings=words.count(
            "{number} meeting or visit", "{number} meetings and visits", len(shown)
        ),
        first=words.day(first, "UTC", today=shown[-1].day),
        last=words.day(shown[-1].day, "UTC", today=shown[-1].day),
    )
    return Chart(_png(figure), caption)


def encounters_chart(encounters: Sequence[Encounter], words: Wording, palette: Palette) -> Chart:
    """Draw who met whom as lines between two columns of names; at least one pair."""
    shown = sorted(encounters, key=lambda pair: -pair.stories)[:MOST_ENCOUNTERS]
    left, right = _columns(shown)
    rows = max(len(left), len(right))
    figure, axes = _paper(palette, height=1.2 + 0.62 * rows)
    axes.axis("off")
    axes.set_xlim(0, 10)
    axes.set_ylim(rows - 0.5, -0.5)
    heights = _heights(left, rows) | _heights(right, rows)
    for pair in shown:
        ends = [heights[pair.one], heights[pair.other]]
        if pair.one in right:
            ends.reverse()
        axes.plot(
            [3.75, 6.25], ends, color=palette.first, alpha=0.75, linewidth=1.5 + 1.5 * pair.stories
        )
    for names, x, align in ((left, 3.6, "right"), (right, 6.4, "left")):
        for name in names:
            axes.text(
                x,
                heights[name],
                clip(_drawable(name), _NAME_LENGTH),
                ha=align,
                va="center",
                fontsize=13.5,
                color=palette.ink,
                parse_math=False,
            )
    _title(figure, words.say("Who met whom"), palette)
    most = shown[0]
    caption = words.say(
        "{pairs}; most often {one} and {other}: {stories}.",
        pairs=words.count("{number} pair of people", "{number} pairs of people", len(shown)),
        one=most.one,
        other=most.other,
        stories=words.count("{number} story", "{number} stories", most.stories),
    )
    return Chart(_png(figure), caption)


def _columns(pairs: Sequence[Encounter]) -> tuple[list[str], list[str]]:
    """Part people into two columns so that as many pairs as can be stand across."""
    side: dict[str, int] = {}
    for pair in pairs:
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            if one in side and other not in side:
                side[other] = 1 - side[one]
        if pair.one not in side:
            side[pair.one], side[pair.other] = 0, 1
    columns: tuple[list[str], list[str]] = ([], [])
    for name, place in side.items():
        columns[place].append(name)
    return columns


def _heights(names: Sequence[str], rows: int) -> dict[str, float]:
    gap = rows / max(1, len(names))
    return {name: (place + 0.5) * gap - 0.5 for place, name in enumerate(names)}


def _paper(palette: Palette, *, height: float, head: float = 0.0) -> "tuple[Figure, Axes]":
    """Make an empty picture; `head` inches below the title stay free."""
    # The state that pyplot keeps would be shared by all threads.
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=palette.paper)
    FigureCanvasAgg(figure)
    top = 1 - 0.75 / height
    axes = figure.add_axes((0.07, 0.42 / height, 0.9, top - (0.42 + head) / height))
    axes.set_facecolor(palette.paper)
    axes.tick_params(colors=palette.ink, labelsize=13, length=0)
    for name, spine in axes.spines.items():
        spine.set_visible(name == "bottom")
        spine.set_color(palette.quiet)
    return figure, axes


def _title(figure: "Figure", text: str, palette: Palette) -> None:
    height = figure.get_figheight()
    figure.text(
        0.04, 1 - 0.42 / height, text, fontsize=19, weight="bold", color=palette.ink, va="center"
    )


def _png(figure: "Figure") -> bytes:
    written = io.BytesIO()
    figure.savefig(written, format="png", dpi=DPI, facecolor=figure.get_facecolor())
    return written.getvalue()


def _wrapped(text: str, limit: int) -> str:
    """Break a text into two lines at most."""
    text = clip(_drawable(text), limit)
    if len(text) <= _LINE_LENGTH:
        return text
    at = text.rfind(" ", 0, _LINE_LENGTH)
    return text if at < 0 else f"{text[:at]}\n{text[at + 1 :]}"


def _drawable(text: str) -> str:
    """Leave out what the font has no picture of, an emoji say: it would be an empty box."""
    return " ".join("".join(char for char in text if ord(char) in _glyphs()).split())


@lru_cache(maxsize=1)
def _glyphs() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont, get_font  # noqa: PLC0415

    return frozenset(get_font(findfont(FontProperties())).get_charmap())
