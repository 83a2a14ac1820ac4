"""A picture of a paper as PNG, for programs that cannot show SVG."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.papers.printed.data import as_json, picture_data
from coercivity.papers.printed.typesetting import typeset
from coercivity.papers.shared.paper.sections import PaperFigure


def picture_png(figure: PaperFigure, lang: Lang) -> bytes:
    """Returns a picture as PNG on white, two pixels for each unit of the picture.

    Args:
        figure: The picture.
        lang: Language of its texts.

    Raises:
        CoercivityError: If the picture is refused (PDF-PICTURE), or Typst (PDF-TYPESETTER) or a font (PDF-FONT) is
            missing.
    """
    files: dict[str, bytes] = {}
    picture = picture_data(figure, "picture.svg", files)
    return typeset("picture.typ", "png", {**files, "data.json": as_json({"lang": lang, "picture": picture})})
