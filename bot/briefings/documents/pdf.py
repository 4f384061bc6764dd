"""An edition as a PDF: a Jinja2 template writes typst, typst sets the pages."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.briefings.documents.typst_text import Footnotes, TypstCode, literal, printed
from bot.briefings.edition_words import EditionWords
from bot.briefings.render import TEMPLATES, day_of
from bot.clock import Now


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a document: PNG, and a caption that says the same in words."""

    png: bytes
    caption: str

    @property
    def data_url(self) -> str:
        """The picture as an address that holds it whole."""
        return f"data:image/png;base64,{b64encode(self.png).decode()}"


@dataclass(frozen=True, slots=True)
class _Placed:
    name: str
    caption: str


@dataclass(frozen=True)
class PdfMaker:
    """Sets editions as PDF.

    templates_dir: the operator's; what it lacks is taken from the templates of the product.
    about: what the desk reads about, by interface language.
    """

    templates_dir: Path
    about: Mapping[str, str]
    now: Now

    def make(self, said: EditionWords, pictures: Sequence[Picture] = ()) -> bytes:
        """Set an edition; it takes about a second: not for the event loop."""
        made: bytes = self._set(said, pictures, format="pdf")
        return made

    def pages(
        self, said: EditionWords, pictures: Sequence[Picture] = (), *, ppi: float = 110
    ) -> list[bytes]:
        """Set an edition as pictures of its pages (PNG), so many pixels an inch."""
        made: bytes | list[bytes] = self._set(said, pictures, format="png", ppi=ppi)
        return [made] if isinstance(made, bytes) else list(made)

    def _set(self, said: EditionWords, pictures: Sequence[Picture], **how: Any) -> Any:
        import typst  # noqa: PLC0415 — 20 MB that a bot which makes no PDF does not hold

        placed = [
            _Placed(f"picture-{number}.png", picture.caption)
            for number, picture in enumerate(pictures)
        ]
        with TemporaryDirectory(prefix="vestnik-") as folder:
            root = Path(folder)
            for place, picture in zip(placed, pictures, strict=True):
                (root / place.name).write_bytes(picture.png)
            source = root / "edition.typ"
            source.write_text(self.source(said, placed), encoding="utf-8")
            return typst.compile(source, root=root, **how)

    def source(self, said: EditionWords, pictures: Sequence[Any] = ()) -> str:
        """Write the typst source of an edition."""
        reader, notes = said.reader, Footnotes()
        return (
            self._environment(said, notes)
            .get_template("document/edition.typ.j2")
            .render(
                said=said,
                zone=reader.time_zone,
                now=self.now(),
                about=self.about.get(reader.language, ""),
                pictures=pictures,
                noted=notes.seen,
            )
        )

    def _environment(self, said: EditionWords, notes: Footnotes) -> Environment:
        # No HTML here: what is printed becomes a typst string, which is its own escaping.
        environment = Environment(  # noqa: S701
            loader=FileSystemLoader([self.templates_dir, TEMPLATES]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=printed,
            extensions=["jinja2.ext.i18n"],
        )
        environment.install_gettext_translations(  # type: ignore[attr-defined]
            said.wording.translations, newstyle=True
        )
        environment.filters |= {
            "day": partial(day_of, said.wording),
            "lit": lambda value: TypstCode(literal(value)),
            "refs": notes.marks,
            "line": notes.line,
        }
        return environment
