"""Editions and dossiers as PDF: a Jinja2 template writes typst, typst sets the pages."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.briefings.documents.dossier import DossierWords
from bot.briefings.documents.typst_text import Footnotes, TypstCode, literal, printed
from bot.briefings.edition_words import EditionWords
from bot.briefings.render import TEMPLATES, day_of
from bot.clock import Now
from bot.locales.wording import Wording


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
    """Sets editions and dossiers as PDF.

    templates_dir: the operator's; what it lacks is taken from the templates of the product.
    about: what the desk reads about, by interface language.
    """

    templates_dir: Path
    about: Mapping[str, str]
    now: Now

    def make(self, said: EditionWords, pictures: Sequence[Picture] = ()) -> bytes:
        """Set an edition; it takes about a second: not for the event loop."""
        made: bytes = self._set(self.source(said, _placed(pictures)), pictures, format="pdf")
        return made

    def dossier(self, said: DossierWords) -> bytes:
        """Set a dossier; it takes about a second: not for the event loop."""
        made: bytes = self._set(self.dossier_source(said), format="pdf")
        return made

    def pages(
        self, said: EditionWords, pictures: Sequence[Picture] = (), *, ppi: float = 110
    ) -> list[bytes]:
        """Set an edition as pictures of its pages (PNG), so many pixels an inch."""
        source = self.source(said, _placed(pictures))
        made: bytes | list[bytes] = self._set(source, pictures, format="png", ppi=ppi)
        return [made] if isinstance(made, bytes) else list(made)

    def dossier_pages(self, said: DossierWords, *, ppi: float = 110) -> list[bytes]:
        """Set a dossier as pictures of its pages (PNG), so many pixels an inch."""
        made: bytes | list[bytes] = self._set(self.dossier_source(said), format="png", ppi=ppi)
        return [made] if isinstance(made, bytes) else list(made)

    def _set(self, written: str, pictures: Sequence[Picture] = (), **how: Any) -> Any:
        import typst  # noqa: PLC0415 — 20 MB that a bot which makes no PDF does not hold

        with TemporaryDirectory(prefix="vestnik-") as folder:
            root = Path(folder)
            for place, picture in zip(_placed(pictures), pictures, strict=True):
                (root / place.name).write_bytes(picture.png)
            source = root / "document.typ"
            source.write_text(written, encoding="utf-8")
            return typst.compile(source, root=root, **how)

    def source(self, said: EditionWords, pictures: Sequence[Any] = ()) -> str:
        """Write the typst source of an edition."""
        return self._written("document/edition.typ.j2", said, pictures=pictures)

    def dossier_source(self, said: DossierWords) -> str:
        """Write the typst source of a dossier."""
        return self._written("document/dossier.typ.j2", said)

    def _written(self, template: str, said: EditionWords | DossierWords, **values: Any) -> str:
        reader, notes = said.reader, Footnotes()
        return (
            self._environment(said.wording, notes)
            .get_template(template)
            .render(
                said=said,
                zone=reader.time_zone,
                now=self.now(),
                about=self.about.get(reader.language, ""),
                noted=notes.seen,
                **values,
            )
        )

    def _environment(self, words: Wording, notes: Footnotes) -> Environment:
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
            words.translations, newstyle=True
        )
        environment.filters |= {
            "day": partial(day_of, words),
            "lit": lambda value: TypstCode(literal(value)),
            "refs": notes.marks,
            "line": notes.line,
        }
        return environment


def _placed(pictures: Sequence[Picture]) -> list[_Placed]:
    return [
        _Placed(f"picture-{number}.png", picture.caption) for number, picture in enumerate(pictures)
    ]
