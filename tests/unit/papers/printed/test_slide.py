"""A slide as SVG and PNG: nothing is lost, nothing is needed beside it, the same bytes each time."""

from __future__ import annotations

import io
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from coercivity.base.errors import CoercivityError
from coercivity.base.words import Lang
from coercivity.papers.printed.slide import slide_png, slide_svg
from coercivity.papers.shared.paper.document import Slide
from tests.unit.papers.printed.samples import slide

LANGS = pytest.mark.parametrize("lang", ["en", "zh"])


@LANGS
def test_the_svg_needs_no_font_and_no_other_file(lang: Lang) -> None:
    made = slide_svg(slide(lang), lang)
    root = ElementTree.fromstring(made)
    names = {part.tag.rpartition("}")[2] for part in root.iter()}
    assert names.isdisjoint({"text", "tspan", "image", "style", "script", "font-face"})
    assert root.get("viewBox") == "0 0 1600 900"
    assert root[0].text == slide(lang).headline
    links = [value for part in root.iter() for name, value in part.attrib.items() if name.endswith("href")]
    assert links
    assert all(value.startswith("#") for value in links)


@LANGS
def test_the_picture_is_part_of_the_svg(lang: Lang) -> None:
    root = ElementTree.fromstring(slide_svg(slide(lang), lang))
    inner = root.findall(".//{http://www.w3.org/2000/svg}svg")
    assert [part.get("viewBox") for part in inner] == ["0 0 680 190"]


@LANGS
def test_the_png_has_1600_by_900_pixels(lang: Lang) -> None:
    assert Image.open(io.BytesIO(slide_png(slide(lang), lang))).size == (1600, 900)


@LANGS
def test_the_same_slide_gives_the_same_bytes(lang: Lang) -> None:
    assert slide_svg(slide(lang), lang) == slide_svg(slide(lang), lang)
    assert slide_png(slide(lang), lang) == slide_png(slide(lang), lang)


TALL = replace(
    slide("en").picture,
    svg='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 400"><rect width="300" height="400"/></svg>',
)
FULL = Slide(
    "headline of many words " * 17, slide("en").picture, ("line of many words " * 21,) * 3, "foot of many words " * 21
)


@pytest.mark.parametrize(
    "made", [slide("en"), FULL, replace(FULL, picture=TALL)], ids=["plain", "full", "full and tall"]
)
def test_nothing_runs_over_the_edge(made: Slide) -> None:
    page = np.asarray(Image.open(io.BytesIO(slide_png(made, "en"))).convert("L")) < 128
    inner = page.copy()
    inner[60:840, 60:1540] = False
    assert not inner.any()


@pytest.mark.parametrize("made", [FULL, replace(FULL, picture=TALL)], ids=["wide", "tall"])
def test_the_lines_end_above_the_foot(made: Slide) -> None:
    """Above the line of the foot there is white."""
    page = np.asarray(Image.open(io.BytesIO(slide_png(made, "en"))).convert("L"))
    rule = max(int(y) for y in np.flatnonzero((page[:, 80:1500] < 200).mean(axis=1) > 0.95))
    assert rule > 700
    assert (page[rule - 6 : rule - 1, 80:1500] > 200).all()


def test_a_slide_with_too_much_on_it_is_refused_with_all_faults() -> None:
    crowded = replace(slide("en"), headline="x" * 401, lines=("a", "b", "c", "d" * 500))
    with pytest.raises(CoercivityError) as caught:
        slide_svg(crowded, "en")
    assert [(fault.code, fault.where, fault.what) for fault in caught.value.faults] == [
        ("PDF-SIZE", "lines", "at most 3 lines can be printed, not 4"),
        ("PDF-SIZE", "headline", "at most 400 characters can be printed, not 401"),
        ("PDF-SIZE", "lines", "at most 400 characters can be printed, not 500"),
    ]
