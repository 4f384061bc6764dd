"""Rendering: a Jinja2 template in a reader's language and zone → text that Telegram accepts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.clock import Now
from bot.formatting import (
    MESSAGE_LIMIT,
    Entity,
    FormattedText,
    MarkupError,
    parse,
    split,
    utf16_length,
)
from bot.locales.wording import Wording, wording

log = structlog.get_logger()

# C0, C1 and the marks that turn the direction of text: a title must not rearrange a message.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_PARSED_AT_ONCE = 24_000
_LIMIT_WITH_MARK = MESSAGE_LIMIT - len("\n\n(99/99)")


@dataclass(frozen=True)
class Reader:
    """Whom a text is rendered for: the interface language and an IANA time zone."""

    language: str
    time_zone: str

    @property
    def wording(self) -> Wording:
        """The wording of the reader's language."""
        return wording(self.language)


@dataclass(frozen=True)
class Renderer:
    """Renders templates; each becomes messages of text and entities.

    templates_dir: the operator's; what it lacks is taken from the templates of the product.
    """

    templates_dir: Path
    now: Now
    _environments: dict[str, Environment] = field(default_factory=dict)

    def message(self, template: str, reader: Reader, **values: Any) -> FormattedText:
        """Render a template that makes one message.

        template: its path below the templates folder, such as "telegram/latest.html.j2".
        A result that Telegram would refuse is our bug: the reader gets it as plain text.
        """
        html = _squeeze(self.page(template, reader, **values))
        try:
            return _trimmed(_parse_long(html))
        except MarkupError as error:
            log.error("template_refused", template=template, reason=str(error))
            return FormattedText(Markup(html).striptags())  # noqa: S704 — to strip, not to trust

    def messages(self, template: str, reader: Reader, **values: Any) -> tuple[FormattedText, ...]:
        """Render a template that may be long, as numbered parts that each fit one message."""
        whole = self.message(template, reader, **values)
        parts = split(whole)
        if len(parts) < 2:
            return parts
        # Room for the mark "(2/3)" below the text.
        parts = split(whole, _LIMIT_WITH_MARK)
        return tuple(
            FormattedText(f"{part.text}\n\n({number}/{len(parts)})", part.entities)
            for number, part in enumerate(parts, start=1)
        )

    def rich(self, template: str, reader: Reader, **values: Any) -> str:
        """Render a template that makes a rich message: HTML with blocks (Bot API 10.1).

        Its limits (32,768 characters, 500 blocks) are kept by what is put into it.
        """
        return _squeeze(self.page(template, reader, **values))

    def page(self, template: str, reader: Reader, **values: Any) -> str:
        """Render a template as it comes: HTML, every value escaped."""
        made = self._environment(reader.language).get_template(template)
        return made.render(values, zone=reader.time_zone, now=self.now())

    def _environment(self, language: str) -> Environment:
        if language not in self._environments:
            self._environments[language] = self._make_environment(wording(language))
        return self._environments[language]

    def _make_environment(self, words: Wording) -> Environment:
        environment = Environment(
            loader=FileSystemLoader([self.templates_dir, TEMPLATES]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_printable,
            extensions=["jinja2.ext.i18n"],
        )
        environment.install_gettext_translations(words.translations, newstyle=True)  # type: ignore[attr-defined]
        environment.filters |= {
            "day": partial(day_of, words),
            "time": words.time,
            "local_date": _local_date,
        }
        environment.globals["words"] = words
        return environment


def _local_date(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def day_of(words: Wording, moment: datetime, zone: str, now: datetime) -> str:
    """Write the day of a moment in a zone, with the year when it is not the current one."""
    return words.day(moment, zone, today=_local_date(now, zone))


def _printable(value: Any) -> Any:
    """Clean what a template prints: no control characters and no bidirectional overrides."""
    if isinstance(value, str):
        cleaned = _UNPRINTABLE.sub(" ", value)
        # What was markup (a macro's output) stays markup; everything else is escaped here.
        return Markup(cleaned) if isinstance(value, Markup) else escape(cleaned)  # noqa: S704
    return value


def _squeeze(html: str) -> str:
    """Drop the empty lines that template statements leave: at most one stays between blocks."""
    lines = (line.strip() for line in html.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _parse_long(html: str) -> FormattedText:
    """Parse a text of any length, some blocks at a time: TDLib takes 32 KiB at once.

    No template lets a tag go on over an empty line.
    """
    if len(html.encode()) <= _PARSED_AT_ONCE:
        return parse(html)
    text = ""
    entities: list[Entity] = []
    for chunk in _chunks(html.split("\n\n")):
        parsed = parse(chunk)
        text += "\n\n" if text else ""
        shift = utf16_length(text)
        entities += [{**entity, "offset": entity["offset"] + shift} for entity in parsed.entities]
        text += parsed.text
    return FormattedText(text, tuple(entities))


def _chunks(blocks: list[str]) -> Iterator[str]:
    chunk: list[str] = []
    size = 0
    for block in blocks:
        length = len(block.encode())
        if chunk and size + length > _PARSED_AT_ONCE:
            yield "\n\n".join(chunk)
            chunk, size = [], 0
        chunk.append(block)
        size += length
    yield "\n\n".join(chunk)


def _trimmed(message: FormattedText) -> FormattedText:
    return FormattedText(message.text.rstrip(), message.entities)
