"""Pictures before they are printed: well-formed, self-contained, of bounded size."""

from __future__ import annotations

from xml.etree import ElementTree

from coercivity.base.errors import Faults
from coercivity.papers.shared.sections import PaperFigure

LARGEST_PICTURE_BYTES = 2_000_000
_REFUSED = frozenset({"image", "feimage", "script", "style", "foreignobject", "iframe", "a"})


def check_picture(figure: PaperFigure, faults: Faults) -> None:
    """Adds a fault if a picture is not SVG, is too large or refers to anything outside itself (PDF-PICTURE)."""
    wrong = _wrong(figure.svg)
    if wrong:
        faults.add("PDF-PICTURE", wrong, where=figure.id, next="draw it with shapes and texts only")


def _wrong(svg: str) -> str:
    if len(svg.encode("utf-8", "replace")) > LARGEST_PICTURE_BYTES:
        return f"the picture is larger than {LARGEST_PICTURE_BYTES:,} bytes"
    if "<!" in svg.replace("<!--", ""):
        return "the picture declares a document type or entities"
    try:
        root = ElementTree.fromstring(svg)
    except (ElementTree.ParseError, ValueError):
        return "the picture is not well-formed SVG"
    if _local(root.tag) != "svg":
        return "the picture is not well-formed SVG"
    for part in root.iter():
        if _local(part.tag) in _REFUSED:
            return f"the picture contains an element {_local(part.tag)}"
        for name, value in part.attrib.items():
            if _outside(_local(name), value):
                return f"the picture refers to something outside it in {_local(name)}"
    return ""


def _local(name: object) -> str:
    return str(name).rpartition("}")[2].lower()


def _outside(name: str, value: str) -> bool:
    if name in ("href", "src"):
        return not value.startswith("#")
    if name.startswith("on"):
        return True
    inner = value.lower().replace(" ", "").replace("'", "").replace('"', "")
    return "url(" in inner.replace("url(#", "") or "@import" in inner
