"""A slide as SVG and PNG, 1600 x 900: the same picture and texts, with letters as shapes."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.papers.printed.data import SlideData, as_json, picture_data
from coercivity.papers.printed.limits import check_slide
from coercivity.papers.printed.printable import printable
from coercivity.papers.printed.typesetting import typeset
from coercivity.papers.shared.document import Slide


def slide_svg(slide: Slide, lang: Lang) -> bytes:
    """Returns a slide as SVG that needs no font and refers to nothing outside it.

    Args:
        slide: The slide.
        lang: Language of its texts.

    Raises:
        CoercivityError: If a text is too long (PDF-SIZE), the picture is refused (PDF-PICTURE), or Typst
            (PDF-TYPESETTER) or a font (PDF-FONT) is missing.
    """
    return typeset("slide.typ", "svg", _files(slide, lang))


def slide_png(slide: Slide, lang: Lang) -> bytes:
    """Returns a slide as PNG of 1600 x 900 pixels.

    Args:
        slide: The slide.
        lang: Language of its texts.

    Raises:
        CoercivityError: As `slide_svg`.
    """
    return typeset("slide.typ", "png", _files(slide, lang))


def _files(slide: Slide, lang: Lang) -> dict[str, bytes]:
    check_slide(slide)
    files: dict[str, bytes] = {}
    data: SlideData = {
        "lang": lang,
        "headline": printable(slide.headline),
        "picture": picture_data(slide.picture, "picture.svg", files),
        "lines": [printable(line) for line in slide.lines],
        "foot": printable(slide.foot),
    }
    return {**files, "data.json": as_json(data)}
