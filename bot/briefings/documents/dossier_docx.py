"""A person's dossier as a Word document, to be edited further."""

from collections.abc import Sequence

from bot.briefings.documents.docx_page import Page, clean
from bot.briefings.documents.dossier import DossierWords, Words


def dossier_docx(said: DossierWords) -> bytes:
    """Write a dossier as .docx; sources are numbered notes at the end."""
    maker = _Maker(said)
    maker.write()
    return maker.saved()


class _Maker(Page):
    """Writes one dossier, section by section."""

    def __init__(self, said: DossierWords) -> None:
        super().__init__(said.title, said.reader.language)
        self.said = said

    def write(self) -> None:
        words, dossier = self.said.wording, self.said.dossier
        self._head()
        if not dossier.sources:
            self.paragraph(words.say("No article in the archive names this person yet."))
            return
        if dossier.lately:
            self.heading(words.say("Lately"))
        for told in dossier.lately:
            self.line(told, self.bullet())
        self._posts()
        self._meetings()
        self._quotes(words.say("Said, verbatim"), dossier.quotes, is_own=True)
        self._quotes(words.say("Others about them, verbatim"), dossier.about, is_own=False)
        self._ahead_and_stories()
        self.heading(words.say("All sources"))
        for source in dossier.sources:
            self.source(source, words, self.said.dated(source))
        self.quiet(
            words.say("Made by Vestnik from the articles listed; every sentence shows its source.")
        )

    def _head(self) -> None:
        words, dossier = self.said.wording, self.said.dossier
        self.document.add_heading(clean(self.said.title), 0)
        if dossier.person.latin and dossier.person.latin != self.said.title:
            self.paragraph(dossier.person.latin)
        if dossier.post is not None:
            paragraph = self.document.add_paragraph()
            self.line(dossier.post, paragraph)
        if dossier.forms:
            self.quiet(f"{words.say('also:')} {', '.join(dossier.forms)}")
        self.quiet(" · ".join(filter(None, (self.said.size, self.said.as_of))))

    def _posts(self) -> None:
        posts = self.said.dossier.posts
        if not posts:
            return
        self.heading(self.said.wording.say("Posts as stated"))
        table = self.document.add_table(rows=0, cols=2, style="Light Grid Accent 1")
        for post in posts:
            cells = table.add_row().cells
            cells[0].paragraphs[0].add_run(clean(post.title))
            self.marks(post.sources, cells[0].paragraphs[0])
            cells[1].text = clean(self.said.held(post))

    def _meetings(self) -> None:
        meetings = self.said.dossier.meetings
        if meetings:
            self.heading(self.said.wording.say("Meetings, calls and visits"))
        for met in meetings:
            paragraph = self.bullet()
            paragraph.add_run(clean(self.said.names(met.others))).bold = True
            paragraph.add_run(clean(f", {self.said.reported(met.at)}: "))
            self.line(met.line, paragraph)

    def _quotes(self, title: str, quotes: Sequence[Words], *, is_own: bool) -> None:
        if quotes:
            self.heading(title)
        nobody = self.said.wording.say("speaker not named")
        for quote in quotes:
            self.document.add_paragraph(clean(f"«{quote.text}»"), style="Intense Quote")
            day = self.said.day(quote.at)
            said = day if is_own else f"— {quote.speaker or nobody}, {day}"
            self.marks((quote.source,), self.quiet(said))

    def _ahead_and_stories(self) -> None:
        words, dossier = self.said.wording, self.said.dossier
        if dossier.ahead:
            self.heading(words.say("What lies ahead"))
        for event in dossier.ahead:
            paragraph = self.bullet()
            paragraph.add_run(clean(event.text)).bold = True
            paragraph.add_run(" — ")
            self.line(event.line, paragraph)
        if dossier.stories:
            self.heading(words.say("Stories"))
        for story in dossier.stories:
            paragraph = self.bullet()
            paragraph.add_run(clean(story.headline))
            self.marks(story.sources, paragraph)
            outlets = ", ".join(story.outlets) or words.say("outlet not stated")
            paragraph.add_run(clean(f" — {self.said.day(story.at)}, {outlets}"))
