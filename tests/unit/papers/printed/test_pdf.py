"""A paper as PDF: all of it, once, readable by people and machines, the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from coercivity.base.errors import CoercivityError
from coercivity.papers.printed.limits import texts_of
from coercivity.papers.printed.pdf import page_one_length, pdf_of
from coercivity.papers.shared.paper.document import ActionLine, Block, PageOne, PrintedPaper
from coercivity.papers.shared.paper.sections import PaperSection
from tests.places import ROOT
from tests.unit.papers.printed.printed_pages import pages, without_blanks
from tests.unit.papers.printed.samples import chinese, english

BOTH = pytest.mark.parametrize("paper", [english(), chinese()], ids=["en", "zh"])


@BOTH
def test_every_text_is_printed(paper: PrintedPaper) -> None:
    told = "".join(pages(pdf_of(paper)))
    assert [text for text in texts_of(paper) if without_blanks(text) not in told] == []


@BOTH
def test_the_texts_of_pictures_are_texts(paper: PrintedPaper) -> None:
    """They can be searched and read aloud."""
    assert "2027-01-18" in pages(pdf_of(paper))[1]


@BOTH
def test_page_one_is_one_page(paper: PrintedPaper) -> None:
    told = pages(pdf_of(paper))
    assert without_blanks(paper.first.blocks[-1].sentences[-1]) in told[0]
    assert without_blanks(paper.sections[0].heading) not in told[0]
    assert without_blanks(paper.sections[0].heading) in told[1]
    assert without_blanks(paper.label) in told[0]
    assert page_one_length(paper) == 1


def test_a_page_one_that_is_too_long_is_found_and_printed_whole() -> None:
    first = replace(english().first, blocks=(Block("Much to say", ("A sentence that fills one line. " * 9,) * 15),))
    paper = replace(english(), first=first)
    assert page_one_length(paper) == 2
    assert "".join(pages(pdf_of(paper))).count("Asentencethatfillsoneline.") == 135


def test_pages_are_numbered_and_each_has_its_foot() -> None:
    told = pages(pdf_of(english()))
    assert len(told) == 4
    assert [f"page{number}of4" in text for number, text in enumerate(told, start=1)] == [True] * 4
    assert all(without_blanks(english().foot) in text for text in told)
    assert "第1页，共2页" in pages(pdf_of(chinese()))[0]


def test_the_heads_of_a_long_table_are_repeated() -> None:
    told = pages(pdf_of(english()))
    assert [text.count("Use,kgStock,kgRemark") for text in told] == [0, 0, 1, 1]


@BOTH
def test_a_program_finds_title_language_date_and_tags(paper: PrintedPaper) -> None:
    found = PdfReader(io.BytesIO(pdf_of(paper)))
    root: Any = found.trailer["/Root"]
    assert found.metadata is not None
    assert found.metadata.title == paper.title
    assert str(found.metadata.creation_date_raw).startswith("D:20261124")
    assert root["/Lang"].startswith(paper.lang)
    assert root["/MarkInfo"]["/Marked"]
    assert [entry.title for entry in found.outline if not isinstance(entry, list)][-1] == paper.sections[-1].heading
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def test_only_our_fonts_are_in_it() -> None:
    found = PdfReader(io.BytesIO(pdf_of(chinese())))
    resources: list[Any] = [page["/Resources"] for page in found.pages]
    fonts = {str(font.get_object()["/BaseFont"]) for part in resources for font in part["/Font"].values()}
    assert fonts
    assert all("SourceSans3" in name or "NotoSansSC" in name for name in fonts)


def test_a_paper_without_a_date_has_none() -> None:
    """A date that nobody gave is not made up."""
    found = PdfReader(io.BytesIO(pdf_of(replace(english(), on=None)))).metadata
    assert found is not None
    assert found.creation_date_raw is None


@BOTH
def test_the_same_paper_gives_the_same_bytes(paper: PrintedPaper) -> None:
    """Also in another process."""
    code = (
        "import hashlib; from coercivity.papers.printed.pdf import pdf_of; "
        "from tests.unit.papers.printed.samples import chinese, english; "
        f"print(hashlib.sha256(pdf_of({'chinese' if paper.lang == 'zh' else 'english'}())).hexdigest())"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    first = pdf_of(paper)
    assert pdf_of(paper) == first
    assert told.strip() == hashlib.sha256(first).hexdigest()


@pytest.mark.parametrize(
    "text",
    [
        '#import "@preview/cetz:0.3.4": canvas',
        '#read("/etc/passwd")',
        "Smith & Sons ] #pagebreak() [ = Heading",
        "$ x^2 $ *bold* _soft_ `raw` <label> @ref // no comment /* none */ \\ \\u{41}",
        '"; } ] ) {{ page }} {0} %s',
        "稀土 日本語 한국어 Ω ≤ ½ Győr Škoda",
    ],
)
def test_texts_are_printed_as_written(text: str) -> None:
    """Nothing in a text is markup."""
    paper = replace(
        english(),
        title=text,
        first=replace(english().first, headline=text, blocks=(Block(text, (text,)),)),
        sections=(PaperSection("one", text, (text,)),),
    )
    told = pages(pdf_of(paper))
    assert len(told) == 2
    assert [page.count(without_blanks(text)) for page in told] == [4, 3]


def test_characters_without_a_glyph_are_printed_by_number() -> None:
    """And characters that steer the direction of text do not."""
    paper = replace(english(), sections=(PaperSection("one", "One", ("a\u202eb 😀 ش\ud800\x00 c\u1680d",)),))
    assert "a?b[U+1F600][U+0634]??cd" in pages(pdf_of(paper))[1]


def test_a_paper_of_page_one_alone_has_one_page() -> None:
    assert len(pages(pdf_of(replace(english(), sections=())))) == 1


def test_empty_texts_leave_no_trace() -> None:
    section = PaperSection("one", "", ("", "kept"), (), ("",))
    first = PageOne("", (), "", ("", "", "", ""), (ActionLine("", "", "", ""),), (Block("", ("",)),))
    told = pages(pdf_of(replace(english(), subtitle="", label="", foot="", first=first, sections=(section,))))
    assert without_blanks(english().title) + "kept" in told[1]


def test_a_paper_without_a_title_is_refused() -> None:
    with pytest.raises(CoercivityError, match="PDF-SET: the document has no title"):
        pdf_of(replace(english(), title=" "))
