"""The page that Word documents share: its styles, headings, numbered notes and links."""

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

from bot.briefings.edition import Line, SourceView
from bot.locales.wording import Wording

_ACCENT = RGBColor(0x0B, 0x4F, 0x8A)
_QUIET = RGBColor(0x5A, 0x5A, 0x5A)
# What XML 1.0 cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Page:
    """A document that is being written; sources are numbered notes at its end.

    The library writes no footnotes.
    """

    def __init__(self, title: str, language: str) -> None:
        """Begin a document, and head it."""
        self.document: Written = Document()
        self._set_up()
        self.document.core_properties.title = clean(title)
        self.document.core_properties.author = "Вестник"
        self.document.core_properties.language = language

    def saved(self) -> bytes:
        """Give the document as a file."""
        written = io.BytesIO()
        self.document.save(written)
        return written.getvalue()

    def heading(self, text: str) -> None:
        """Begin a section."""
        self.document.add_heading(clean(text), 1)

    def paragraph(self, text: str) -> Paragraph:
        """Write a paragraph."""
        return self.document.add_paragraph(clean(text))

    def bullet(self) -> Paragraph:
        """Begin an entry of a list."""
        return self.document.add_paragraph(style="List Bullet")

    def quiet(self, text: str) -> Paragraph:
        """Write a line that stands back."""
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(clean(text))
        run.font.size, run.font.color.rgb = Pt(9), _QUIET
        return paragraph

    def line(self, line: Line, paragraph: Paragraph) -> None:
        """Write a sentence and the marks of its sources."""
        paragraph.add_run(clean(line.text))
        self.marks(line.sources, paragraph)

    def marks(self, numbers: Sequence[int], paragraph: Paragraph) -> None:
        """Write the marks of sources by their numbers."""
        for number in numbers:
            paragraph.add_run(f"[{number}]").font.superscript = True

    def source(self, source: SourceView, words: Wording, dated: str) -> None:
        """Write the note of a source; dated: when it appeared, in words."""
        outlet = source.outlet or words.say("outlet not stated")
        paragraph = self.paragraph(f"[{source.number}] {outlet}, {dated} ")
        if source.url:
            _add_link(paragraph, clean(source.url), clean(source.title))
        else:
            paragraph.add_run(clean(source.title))
        if source.is_sample:
            paragraph.add_run(f" · {words.say('sample')}")

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


def clean(text: str) -> str:
    """Take out what XML cannot hold."""
    return _NOT_XML.sub(" ", text)


def _add_link(paragraph: Paragraph, url: str, text: str) -> None:
    """Add a link; the library reads links and has no call that writes one."""
    relation = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(text)
    run.font.color.rgb = _ACCENT
    link.append(run._r)
    paragraph._p.append(link)
