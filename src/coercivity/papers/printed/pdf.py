"""A paper as PDF: A4, tagged, with the same bytes each time."""

from __future__ import annotations

from coercivity.papers.printed.data import paper_files
from coercivity.papers.printed.limits import check_paper
from coercivity.papers.printed.typesetting import marked, typeset
from coercivity.papers.shared.paper.document import PrintedPaper


def pdf_of(paper: PrintedPaper) -> bytes:
    """Returns a paper as PDF; with a date it is PDF/A-2a and PDF/UA-1.

    Args:
        paper: The paper, in one language.

    Raises:
        CoercivityError: If it is too large (PDF-SIZE), a picture is refused (PDF-PICTURE), or Typst (PDF-TYPESETTER) or
            a font (PDF-FONT) is missing.
    """
    check_paper(paper)
    return typeset("paper.typ", "pdf", paper_files(paper), archive=paper.on is not None)


def page_one_length(paper: PrintedPaper) -> int:
    """Returns how many pages page one fills; it should be 1.

    Args:
        paper: The paper, in one language.

    Raises:
        CoercivityError: As `pdf_of`.
    """
    check_paper(paper)
    return marked("paper.typ", paper_files(paper), "last-of-page-one")
