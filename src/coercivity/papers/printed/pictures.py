"""Pictures before they are printed: well-formed, self-contained, of bounded size."""

from __future__ import annotations

from xml.etree import ElementTree

from coercivity.base.errors import CoercivityError
from coercivity.papers.printed.labels import DrawnPicture, drawn, local
from coercivity.papers.printed.transforms import PictureError
from coercivity.papers.shared.paper.sections import PaperFigure

LARGEST_PICTURE_BYTES = 2_000_000
_REFUSED = frozenset({"image", "feimage", "script", "style", "foreignobject", "iframe", "a"})


def read_picture(figure: PaperFigure) -> DrawnPicture:
    """Returns a picture with its texts apart.

    Raises:
        CoercivityError: If it is not SVG, is too large, refers to anything outside itself, or contains what cannot be
            printed (PDF-PICTURE).
    """
    try:
        return drawn(_checked(figure.svg))
    except PictureError as error:
        raise CoercivityError.of(
            "PDF-PICTURE",
            f"the picture cannot be printed: {error}",
            where=figure.id,
            next="draw it with shapes and plain texts only",
        ) from None


def _checked(svg: str) -> ElementTree.Element:
    if len(svg.encode("utf-8", "replace")) > LARGEST_PICTURE_BYTES:
        raise PictureError(f"it is larger than {LARGEST_PICTURE_BYTES:,} bytes")
    if "<!" in svg.replace("<!--", ""):
        raise PictureError("it declares a document type or entities")
    try:
        root = ElementTree.fromstring(svg)
    except (ElementTree.ParseError, ValueError):
        raise PictureError("it is not well-formed SVG") from None
    if local(root.tag) != "svg":
        raise PictureError("it is not well-formed SVG")
    for part in root.iter():
        if local(part.tag) in _REFUSED:
            raise PictureError(f"it contains the element {local(part.tag)}")
        for name, value in part.attrib.items():
            if _outside(local(name), value):
                raise PictureError(f"it refers to something outside it in {local(name)}")
    return root


def _outside(name: str, value: str) -> bool:
    if name in ("href", "src"):
        return not value.startswith("#")
    if name.startswith("on"):
        return True
    inner = value.lower().replace(" ", "").replace("'", "").replace('"', "")
    return "url(" in inner.replace("url(#", "") or "@import" in inner
