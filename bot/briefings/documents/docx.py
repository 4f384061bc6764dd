"""An edition as a Word document: headings, a table and numbered notes, to be edited further."""

import io
import re
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Written
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from bot.briefings.documents.pdf import Picture
from bot.briefings.edition import Line, SourceView
from bot.briefings.edition_words import EditionWords

_ACCENT = RGBColor(0x0B, 0x4F, 0x8A)
_QUIET = RGBColor(0x5A, 0x5A, 0x5A)
# What XML 1.0 cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def docx_of(said: EditionWords, *, pictures: Sequence[Picture] = ()) -> bytes:
    """Write an edition as .docx.

    Sources are numbered notes at the end: the library writes no footnotes.
    """
    maker = _Maker(said)
    maker.write(pictures)
    written = io.BytesIO()
    maker.document.save(written)
    return written.getvalue()


class _Maker:
    """Writes one edition, section by section."""

    def __init__(self, said: EditionWords) -> None:
        self.said = said
        self.document: Written = Document()
        self._set_up()

    def write(self, pictures: Sequence[Picture]) -> None:
        words, edition = self.said.wording, self.said.edition
        self.document.add_heading(_clean(self.said.title), 0)
        if self.said.subject:
            self._paragraph(self.said.subject)
        self._quiet(self.said.size)
        if edition.is_quiet:
            self._paragraph(words.say("A quiet time: nothing new came in."))
            return
        self._brief()
        self._stories()
        self._meetings()
        self._quotes()
        self._differences()
        self._upcoming_and_figures()
        for picture in pictures:
            self.document.add_picture(io.BytesIO(picture.png), width=Cm(16))
            self._quiet(picture.caption)
        self._sources()
        self._quiet(
            words.say("Made by Vestnik from the articles listed; every sentence shows its source.")
        )

    def _set_up(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(11)
        for name in ("Title", "Heading 1", "Heading 2"):
            style = self.document.styles[name]
            style.font.name, style.font.color.rgb = "Times New Roman", _ACCENT
            # The theme's own font would win over the one that is named.
            style.element.rPr.rFonts.attrib.pop(qn("w:asciiTheme"), None)
            style.element.rPr.rFonts.attrib.pop(qn("w:hAnsiTheme"), None)
        self.document.core_properties.title = _clean(self.said.title)
        self.document.core_properties.author = "Вестник"
        self.document.core_properties.language = self.said.reader.language

    def _brief(self) -> None:
        if not self.said.edition.brief:
            return
        self._heading(self.said.brief_heading)
        for line in self.said.edition.brief:
            self._line(line, self._bullet())

    def _stories(self) -> None:
        words, edition = self.said.wording, self.said.edition
        self._heading(words.say("Main stories"))
        for number, story in enumerate(edition.stories, start=1):
            self.document.add_heading(_clean(f"{number}. {story.headline}"), 2)
            paragraph = self.document.add_paragraph()
            for line in story.lines:
                self._line(line, paragraph)
                paragraph.add_run(" ")
            about = self.said.about(story)
            self._quiet(" · ".join(filter(None, (self.said.outlets(story.sources), about))))
        if edition.left_out:
            self._quiet(
                words.count(
                    "And {number} more story of less weight",
                    "And {number} more stories of less weight",
                    edition.left_out,
                )
            )

    def _meetings(self) -> None:
        words, meetings = self.said.wording, self.said.edition.meetings
        if not meetings:
            return
        self._heading(words.say("Meetings and visits"))
        table = self.document.add_table(rows=1, cols=3, style="Light Grid Accent 1")
        titles = (words.say("When and where"), words.say("Who"), words.say("What"))
        for cell, title in zip(table.rows[0].cells, titles, strict=True):
            cell.text = title
        for meeting in meetings:
            cells = table.add_row().cells
            cells[0].text = _clean(self.said.when_and_where(meeting) or "—")
            cells[1].text = _clean(self.said.people(meeting.people) or "—")
            self._line(meeting.line, cells[2].paragraphs[0])

    def _quotes(self) -> None:
        words, quotes = self.said.wording, self.said.edition.quotes
        if not quotes:
            return
        self._heading(self.said.quotes_heading)
        for quote in quotes:
            self.document.add_paragraph(_clean(f"«{quote.text}»"), style="Intense Quote")
            speaker = (
                words.say("speaker not named")
                if quote.speaker is None
                else self.said.person(quote.speaker)
            )
            self._marks((quote.source,), self._quiet(f"— {speaker}"))

    def _differences(self) -> None:
        differences = self.said.edition.differences
        if not differences:
            return
        self._heading(self.said.wording.say("Where sources differ"))
        for difference in differences:
            story = self.said.story(difference.story_id)
            about = f"{story.headline} — " if story else ""
            self._paragraph(f"{about}{self.said.difference(difference.kind)}:")
            for statement in difference.statements:
                paragraph = self._bullet()
                paragraph.add_run(_clean(statement.value)).bold = True
                outlets = self.said.outlets(statement.line.sources)
                paragraph.add_run(_clean(f" — {outlets}: "))
                self._line(statement.line, paragraph)

    def _upcoming_and_figures(self) -> None:
        words, edition = self.said.wording, self.said.edition
        sections = (
            (
                words.say("What lies ahead"),
                [
                    (self.said.days_ahead(event.starts_on, event.ends_on), event)
                    for event in edition.upcoming
                ],
            ),
            (words.say("In figures"), [(figure.value, figure) for figure in edition.figures]),
        )
        for title, entries in sections:
            if entries:
                self._heading(title)
            for value, view in entries:
                paragraph = self._bullet()
                paragraph.add_run(_clean(value)).bold = True
                paragraph.add_run(" — ")
                self._line(view.line, paragraph)
                if headline := self.said.context(view):
                    paragraph.add_run(_clean(f" · {headline}")).italic = True

    def _sources(self) -> None:
        self._heading(self.said.wording.say("All sources"))
        for source in self.said.edition.sources:
            self._source(source)

    def _source(self, source: SourceView) -> None:
        words = self.said.wording
        outlet = source.outlet or words.say("outlet not stated")
        paragraph = self._paragraph(f"[{source.number}] {outlet}, {self.said.dated(source)} ")
        if source.url:
            _add_link(paragraph, _clean(source.url), _clean(source.title))
        else:
            paragraph.add_run(_clean(source.title))
        if source.is_sample:
            paragraph.add_run(f" · {words.say('sample')}")

    def _heading(self, text: str) -> None:
        self.document.add_heading(_clean(text), 1)

    def _paragraph(self, text: str) -> Paragraph:
        return self.document.add_paragraph(_clean(text))

    def _bullet(self) -> Paragraph:
        return self.document.add_paragraph(style="List Bullet")

    def _quiet(self, text: str) -> Paragraph:
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(_clean(text))
        run.font.size, run.font.color.rgb = Pt(9), _QUIET
        return paragraph

    def _line(self, line: Line, paragraph: Paragraph) -> None:
        paragraph.add_run(_clean(line.text))
        self._marks(line.sources, paragraph)

    def _marks(self, numbers: Sequence[int], paragraph: Paragraph) -> None:
        for number in numbers:
            paragraph.add_run(f"[{number}]").font.superscript = True


def _add_link(paragraph: Paragraph, url: str, text: str) -> None:
    """Add a link; the library reads links and has no call that writes one."""
    relation = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(text)
    run.font.color.rgb = _ACCENT
    link.append(run._r)
    paragraph._p.append(link)


def _clean(text: str) -> str:
    return _NOT_XML.sub(" ", text)
