"""Documents to read in tests, written byte by byte or by python-docx."""

import io
import zipfile
from collections.abc import Sequence

import docx


def make_pdf(pages: Sequence[Sequence[str]], *, encrypt: str = "") -> bytes:
    """Write a PDF whose pages hold these lines; a page without lines shows nothing but a drawing.

    encrypt: the entry /Encrypt of the trailer.
    """
    letters = sorted({char for page in pages for line in page for char in line})
    codes = {char: number for number, char in enumerate(letters, start=1)}
    mapped = "".join(f"<{codes[char]:04X}> <{ord(char):04X}>\n" for char in letters)
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{mapped}endbfchar endcmap end end"
    )
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H "
        "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
    )
    descendant = (
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /DW 500 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    first = 6
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        font,
        descendant,
        _stream(to_unicode),
    ]
    for number, page in enumerate(pages):
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {first + 2 * number + 1} 0 R >>",
            _stream(_drawing(page, codes)),
        ]
    return _file(objects, encrypt)


def make_docx(paragraphs: Sequence[str], *, title: str | None = None) -> bytes:
    """Write a Word document; the title is styled as one."""
    document = docx.Document()
    if title is not None:
        document.add_heading(title, level=0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_zip(parts: dict[str, bytes]) -> bytes:
    """Write a ZIP archive, compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _drawing(page: Sequence[str], codes: dict[str, int]) -> str:
    shown = [
        f"<{''.join(f'{codes[char]:04X}' for char in line)}> Tj 0 -14 Td" for line in page if line
    ]
    return "0 0 100 100 re f\nBT /F1 12 Tf 50 790 Td\n" + "\n".join(shown) + "\nET"


def _file(objects: Sequence[str], encrypt: str) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    out_table = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    identity = "/ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]"
    trailer = f"trailer << /Size {size} /Root 1 0 R {identity} {encrypt} >>\n"
    end = f"startxref\n{len(out)}\n%%EOF"
    return out + (out_table + trailer + end).encode("latin-1")
