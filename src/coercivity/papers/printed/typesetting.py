"""Typst as a function: a template of this folder and data in, bytes out; it reads no other file and no clock."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, cast

from coercivity.base.errors import CoercivityError
from coercivity.papers.printed.fonts import loaded_fonts

PDFStandard = Literal["a-2a", "ua-1"]
FOLDER = Path(__file__).parent
TEMPLATES = ("columns.typ", "look.typ", "paper.typ", "picture.typ", "slide.typ")
PDF_STANDARDS: tuple[PDFStandard, ...] = ("a-2a", "ua-1")  # for archives and for screen readers
_NO_DATE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)  # not printed: the templates set the date

Template = Literal["paper.typ", "picture.typ", "slide.typ"]
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
    with _told() as typst:
        made: bytes = typst.compile(
            cast(Any, _everything(template, files)),
            root=FOLDER,  # nothing else can be read
            format=form,
            ppi=72.0,
            font_paths=loaded_fonts(),
            ignore_system_fonts=True,
            pdf_standards=list(PDF_STANDARDS) if archive else [],
            timestamp=_NO_DATE,
        )
    return made


def marked(template: Template, files: Mapping[str, bytes], label: str) -> int:
    """Returns the number that a template marks with a label, such as that of a page.

    Args:
        template: Name of the template.
        files: What it reads, as for `typeset`.
        label: The label.

    Raises:
        CoercivityError: As `typeset`.
    """
    with _told() as typst:
        told = typst.query(
            cast(Any, _everything(template, files)),
            f"<{label}>",
            "value",
            True,
            root=FOLDER,
            font_paths=loaded_fonts(),
            ignore_system_fonts=True,
        )
    return int(told)


def _everything(template: Template, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Returns all files by name, which Typst takes although its types do not say so."""
    sources = {name: (FOLDER / name).read_bytes() for name in TEMPLATES if name != template}
    return {"main.typ": (FOLDER / template).read_bytes(), **sources, **files}


@contextmanager
def _told() -> Iterator[ModuleType]:
    """Gives Typst, and reports its errors and its absence as ours."""
    try:
        import typst
    except ImportError:
        raise CoercivityError.of(
            "PDF-TYPESETTER", "Typst is not installed", next="reinstall coercivity, or install the package typst"
        ) from None
    try:
        yield typst
    except typst.TypstError as error:
        raise CoercivityError.of(
            "PDF-SET", f"the document could not be set: {error.message}", next="report the fault with the input"
        ) from None
