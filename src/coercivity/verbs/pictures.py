"""Charts of screens as files: their fonts, and PNG from SVG, the same on all computers."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.words import Lang
from coercivity.papers.printed.fonts import font_files
from coercivity.papers.printed.picture_png import picture_png
from coercivity.papers.shared.paper.sections import PaperFigure


def font_folders() -> tuple[Path, ...]:
    """Returns the folders of the fonts, from installed packages and never from the system, in order.

    Raises:
        CoercivityError: If a package or a file of it is missing (PDF-FONT).
    """
    return tuple(sorted({path.parent for path in font_files()}))


def png_of(svg: bytes, title: str, lang: Lang) -> bytes:
    """Returns an SVG as PNG on white, two pixels for each of its units.

    Args:
        svg: The picture: shapes and plain texts only.
        title: What it shows.
        lang: Language of its texts.

    Raises:
        CoercivityError: If the picture is refused (PDF-PICTURE), or Typst (PDF-TYPESETTER) or a font (PDF-FONT) is
            missing.
    """
    return picture_png(PaperFigure("picture", title, svg.decode()), lang)
