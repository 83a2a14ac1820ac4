"""Typst as a function: a template of this folder and data in, bytes out; it reads no other file and no clock."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, cast

from coercivity.base.errors import CoercivityError
from coercivity.papers.printed.fonts import loaded_fonts

PDFStandard = Literal["a-2a", "ua-1"]
FOLDER = Path(__file__).parent
TEMPLATES = ("columns.typ", "look.typ", "paper.typ", "slide.typ")
PDF_STANDARDS: tuple[PDFStandard, ...] = ("a-2a", "ua-1")  # for archives and for screen readers
_NO_DATE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)  # not printed: the templates set the date

Template = Literal["paper.typ", "slide.typ"]
Format = Literal["pdf", "svg", "png"]


def typeset(template: Template, form: Format, files: Mapping[str, bytes], *, archive: bool = False) -> bytes:
    """Returns a template filled with data.

    Args:
        template: Name of the template.
        form: Kind of file; one page is one picture, 1 pt one pixel.
        files: What the template reads, by name; text in it is never read as markup.
        archive: Write PDF/A-2a and PDF/UA-1, which need a date.

    Raises:
        CoercivityError: If Typst (PDF-TYPESETTER) or a font (PDF-FONT) is missing, or Typst refuses the data (PDF-SET).
    """
    try:
        import typst
    except ImportError:
        raise CoercivityError.of(
            "PDF-TYPESETTER", "Typst is not installed", next="reinstall coercivity, or install the package typst"
        ) from None
    sources = {name: (FOLDER / name).read_bytes() for name in TEMPLATES if name != template}
    everything = {"main.typ": (FOLDER / template).read_bytes(), **sources, **files}
    try:
        return typst.compile(
            cast(Any, everything),  # its types lack the mapping of files, which its manual describes
            root=FOLDER,  # nothing else can be read
            format=form,
            ppi=72.0,
            font_paths=loaded_fonts(),
            ignore_system_fonts=True,
            pdf_standards=list(PDF_STANDARDS) if archive else [],
            timestamp=_NO_DATE,
        )
    except typst.TypstError as error:
        raise CoercivityError.of(
            "PDF-SET",
            f"the document could not be set: {error.message}",
            next="report the fault with the input",
        ) from None
