"""A slide as SVG and PNG, 1600 x 900: the same picture and texts, with letters as shapes."""

from __future__ import annotations

import base64
import re
from html import escape
from xml.etree import ElementTree

from coercivity.base.words import Lang, plain
from coercivity.papers.printed.data import SlideData, as_json, picture_data
from coercivity.papers.printed.limits import check_slide
from coercivity.papers.printed.printable import printable
from coercivity.papers.printed.typesetting import typeset
from coercivity.papers.shared.paper.document import Slide

_PICTURE = re.compile(
    rb'<image(?P<moved> transform="translate\([-0-9. ]*\)")?'
    rb' xlink:href="data:image/svg\+xml;base64,(?P<data>[A-Za-z0-9+/=]*)"'
    rb' width="(?P<width>[0-9.]+)" height="(?P<height>[0-9.]+)" preserveAspectRatio="none"/>'
)


def slide_svg(slide: Slide, lang: Lang) -> bytes:
    """Returns a slide as SVG that needs no font and refers to nothing outside it.

    Args:
        slide: The slide.
        lang: Language of its texts.

    Raises:
        CoercivityError: If a text is too long (PDF-SIZE), the picture is refused (PDF-PICTURE), or Typst
            (PDF-TYPESETTER) or a font (PDF-FONT) is missing.
    """
    return _named(_in_one(typeset("slide.typ", "svg", _files(slide, lang))), slide)


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


def _in_one(svg: bytes) -> bytes:
    """Returns the slide with its picture as part of it; presentation programs do not show an SVG that is linked."""

    def shapes(found: re.Match[bytes]) -> bytes:
        moved = found["moved"] or b""
        root = ElementTree.fromstring(base64.b64decode(found["data"]))
        root.set("width", found["width"].decode())
        root.set("height", found["height"].decode())
        return b"<g%b>%b</g>" % (moved, ElementTree.tostring(root, encoding="unicode").encode())

    return _PICTURE.sub(shapes, svg)


def _named(svg: bytes, slide: Slide) -> bytes:
    """Returns the slide with its headline as its title, which screen readers speak."""
    title = f"<title>{escape(plain(slide.headline))}</title>"
    head, bracket, rest = svg.partition(b">")
    return head + b' role="img"' + bracket + title.encode() + rest
