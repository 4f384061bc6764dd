"""One way to make a document of an edition or a person, whatever the format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.briefings.documents.dossier import DossierWords
from bot.briefings.documents.pdf import PdfMaker, Picture
from bot.briefings.edition_words import EditionWords
from bot.briefings.render import Renderer


class Format(StrEnum):
    """The formats of a document; each is the ending of its file."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    JSON = "json"


PaperFormat = Literal[Format.PDF, Format.DOCX]


@dataclass(frozen=True)
class DocumentMaker:
    """Makes documents. All of it is work for a thread or a process, not for the event loop.

    about: what the desk reads about, by interface language.
    """

    renderer: Renderer
    about: Mapping[str, str]

    def make(self, said: EditionWords, format_: Format, pictures: Sequence[Picture] = ()) -> bytes:
        """Write an edition in a format; JSON holds no pictures."""
        # Each format's library is loaded when it is first asked for.
        if format_ is Format.PDF:
            maker = PdfMaker(self.renderer.templates_dir, self.about, self.renderer.now)
            return maker.make(said, pictures)
        if format_ is Format.DOCX:
            from bot.briefings.documents.docx import docx_of  # noqa: PLC0415

            return docx_of(said, pictures=pictures)
        if format_ is Format.JSON:
            from bot.briefings.documents.data import json_of  # noqa: PLC0415

            return json_of(said)
        page = self.renderer.page(
            "document/edition.html.j2", said.reader, said=said, pictures=pictures
        )
        return page.encode("utf-8", "replace")

    def dossier(self, said: DossierWords, format_: PaperFormat) -> bytes:
        """Write a dossier in a format that can be handed over on paper."""
        if format_ is Format.PDF:
            return PdfMaker(self.renderer.templates_dir, self.about, self.renderer.now).dossier(
                said
            )
        from bot.briefings.documents.dossier_docx import dossier_docx  # noqa: PLC0415

        return dossier_docx(said)
