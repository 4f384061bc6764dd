"""An edition as a Word document: headings, a table and numbered notes, to be edited further."""

import io
from collections.abc import Sequence

from docx.shared import Cm

from bot.briefings.documents.docx_page import Page, clean
from bot.briefings.documents.pdf import Picture
from bot.briefings.edition_words import EditionWords


def docx_of(said: EditionWords, *, pictures: Sequence[Picture] = ()) -> bytes:
    """Write an edition as .docx.

    Sources are numbered notes at the end: the library writes no footnotes.
    """
    maker = _Maker(said)
    maker.write(pictures)
    return maker.saved()


class _Maker(Page):
    """Writes one edition, section by section."""

    def __init__(self, said: EditionWords) -> None:
        super().__init__(said.title, said.reader.language)
        self.said = said

    def write(self, pictures: Sequence[Picture]) -> None:
        words, edition = self.said.wording, self.said.edition
        self.document.add_heading(clean(self.said.title), 0)
        if self.said.subject:
            self.paragraph(self.said.subject)
        self.quiet(self.said.size)
        if edition.is_quiet:
            self.paragraph(words.say("A quiet time: nothing new came in."))
            return
        self._brief()
        self._stories()
        self._meetings()
        self._quotes()
        self._differences()
        self._upcoming_and_figures()
        for picture in pictures:
            self.document.add_picture(io.BytesIO(picture.png), width=Cm(16))
            self.quiet(picture.caption)
        self._sources()
        self.quiet(
            words.say("Made by Vestnik from the articles listed; every sentence shows its source.")
        )

    def _brief(self) -> None:
        if not self.said.edition.brief:
            return
        self.heading(self.said.brief_heading)
        for line in self.said.edition.brief:
            self.line(line, self.bullet())

    def _stories(self) -> None:
        words, edition = self.said.wording, self.said.edition
        self.heading(words.say("Main stories"))
        for number, story in enumerate(edition.stories, start=1):
            self.document.add_heading(clean(f"{number}. {story.headline}"), 2)
            paragraph = self.document.add_paragraph()
            for line in story.lines:
                self.line(line, paragraph)
                paragraph.add_run(" ")
            about = self.said.about(story)
            self.quiet(" · ".join(filter(None, (self.said.outlets(story.sources), about))))
        if edition.left_out:
            self.quiet(
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
        self.heading(words.say("Meetings and visits"))
        table = self.document.add_table(rows=1, cols=3, style="Light Grid Accent 1")
        titles = (words.say("When and where"), words.say("Who"), words.say("What"))
        for cell, title in zip(table.rows[0].cells, titles, strict=True):
            cell.text = title
        for meeting in meetings:
            cells = table.add_row().cells
            cells[0].text = clean(self.said.when_and_where(meeting) or "—")
            cells[1].text = clean(self.said.people(meeting.people) or "—")
            self.line(meeting.line, cells[2].paragraphs[0])

    def _quotes(self) -> None:
        words, quotes = self.said.wording, self.said.edition.quotes
        if not quotes:
            return
        self.heading(self.said.quotes_heading)
        for quote in quotes:
            self.document.add_paragraph(clean(f"«{quote.text}»"), style="Intense Quote")
            speaker = (
                words.say("speaker not named")
                if quote.speaker is None
                else self.said.person(quote.speaker)
            )
            self.marks((quote.source,), self.quiet(f"— {speaker}"))

    def _differences(self) -> None:
        differences = self.said.edition.differences
        if not differences:
            return
        self.heading(self.said.wording.say("Where sources differ"))
        for difference in differences:
            story = self.said.story(difference.story_id)
            about = f"{story.headline} — " if story else ""
            self.paragraph(f"{about}{self.said.difference(difference.kind)}:")
            for statement in difference.statements:
                paragraph = self.bullet()
                paragraph.add_run(clean(statement.value)).bold = True
                outlets = self.said.outlets(statement.line.sources)
                paragraph.add_run(clean(f" — {outlets}: "))
                self.line(statement.line, paragraph)

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
                self.heading(title)
            for value, view in entries:
                paragraph = self.bullet()
                paragraph.add_run(clean(value)).bold = True
                paragraph.add_run(" — ")
                self.line(view.line, paragraph)
                if headline := self.said.context(view):
                    paragraph.add_run(clean(f" · {headline}")).italic = True

    def _sources(self) -> None:
        self.heading(self.said.wording.say("All sources"))
        for source in self.said.edition.sources:
            self.source(source, self.said.wording, self.said.dated(source))
        if (note := self.said.translation) is not None:
            self.paragraph(note)
