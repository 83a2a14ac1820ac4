"""Pictures are drawn with their own texts in our fonts; what refers to something outside is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.papers.printed.labels import LabelData
from coercivity.papers.printed.pdf import pdf_of
from coercivity.papers.printed.pictures import LARGEST_PICTURE_BYTES, read_picture
from coercivity.papers.shared.paper.sections import PaperFigure, PaperSection
from tests.unit.papers.printed.printed_pages import pages
from tests.unit.papers.printed.samples import english


def svg(inside: str, head: str = 'viewBox="0 0 100 50"') -> PaperFigure:
    """A picture."""
    return PaperFigure("made", "told", f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{inside}</svg>')


def labels(inside: str) -> list[LabelData]:
    """The texts of a picture."""
    return read_picture(svg(inside)).labels


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ('<image href="/etc/passwd"/>', "contains the element image"),
        ('<use href="other.svg#part"/>', "refers to something outside it in href"),
        ('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="file:///etc/passwd"/>', "something outside it in href"),
        ('<rect fill="url(http://example.org/a.svg#b)"/>', "something outside it in fill"),
        ("<rect style=\"fill: url( 'http://example.org/a.svg' )\"/>", "something outside it in style"),
        ("<style>@import url(a.css);</style>", "contains the element style"),
        ("<script>1</script>", "contains the element script"),
        ("<foreignObject/>", "contains the element foreignobject"),
        ('<rect onclick="x()"/>', "something outside it in onclick"),
        ("<rect>", "not well-formed"),
        ("<defs><text>x</text></defs>", "a text inside a definition"),
        ("<text>a<textPath>b</textPath></text>", "a textpath inside a text"),
        ('<text fill="chartreuse">a</text>', "the colour chartreuse"),
        ('<text font="12px serif">a</text>', "a font written in short"),
        ('<text x="5mm">a</text>', "a length 5mm"),
        ('<text transform="skewX(3)">a</text>', "a transform skewX(3)"),
    ],
)
def test_a_picture_that_cannot_be_printed_is_refused(inside: str, why: str) -> None:
    with pytest.raises(CoercivityError, match="PDF-PICTURE") as caught:
        read_picture(svg(inside))
    fault = caught.value.faults[0]
    assert why in fault.what
    assert (fault.where, fault.next) == ("made", "draw it with shapes and plain texts only")


@pytest.mark.parametrize(
    "told",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 1 1">&a;</svg>',
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '<svg viewBox="0 0 0 5"/>',
        "",
        f'<svg viewBox="0 0 1 1">{" " * LARGEST_PICTURE_BYTES}</svg>',
    ],
    ids=["entities", "page", "no size", "flat", "nothing", "large"],
)
def test_what_is_not_a_picture_is_refused(told: str) -> None:
    with pytest.raises(CoercivityError, match="PDF-PICTURE"):
        read_picture(PaperFigure("made", "told", told))


def test_all_pictures_that_are_refused_are_reported_at_once() -> None:
    figures = (replace(svg("<script/>"), id="one"), replace(svg("<a/>"), id="two"))
    with pytest.raises(CoercivityError) as caught:
        pdf_of(replace(english(), sections=(PaperSection("s", "S", figures=figures),)))
    assert [fault.where for fault in caught.value.faults] == ["one", "two"]


def test_a_text_keeps_its_place_size_and_angle() -> None:
    found = labels(
        '<g transform="translate(10 20) scale(2)" font-size="5" fill="#123456" text-anchor="end">'
        '<text x="3" y="4" font-weight="bold" transform="rotate(90 3 4)">up</text></g>'
    )
    assert found == [
        {
            "text": "up",
            "x": 16.0,
            "y": 28.0,
            "size": 10.0,
            "angle": 90.0,
            "weight": 700,
            "italic": False,
            "anchor": "end",
            "fill": "#123456",
        }
    ]


def test_lines_of_a_text_have_their_own_places() -> None:
    found = labels(
        '<text x="1" y="2" font-size="10">one <tspan font-weight="700">more</tspan><tspan x="1" dy="1.2em">two</tspan></text>'
    )
    assert [(label["text"], label["x"], label["y"]) for label in found] == [("one more", 1.0, 2.0), ("two", 1.0, 14.0)]


def test_the_shapes_have_no_text_left() -> None:
    picture = read_picture(svg('<g><text>gone</text><rect width="5" height="5"/></g>'))
    assert b"gone" not in picture.shapes
    assert b"rect" in picture.shapes


def test_a_tall_picture_stays_on_its_page() -> None:
    figure = svg('<text x="5" y="990">bottom</text>', 'viewBox="0 0 100 1000"')
    told = pages(pdf_of(replace(english(), sections=(PaperSection("s", "S", figures=(figure,)),))))
    assert len(told) == 2
    assert "bottom" in told[1]


def test_a_picture_without_a_caption_is_printed() -> None:
    figure = replace(svg('<text y="20">inside</text>'), told="")
    assert "inside" in pages(pdf_of(replace(english(), sections=(PaperSection("s", "S", figures=(figure,)),))))[1]
