"""Page one of every example is one page in both languages, its headline is short, and no transaction is a bare id."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from functools import lru_cache

import pytest
from pypdf import PdfReader

from coercivity.base.words import Lang
from coercivity.papers.brief.output import case_paper
from coercivity.papers.brief.report_data import BriefReport
from coercivity.papers.printed.pdf import page_one_length, pdf_of
from coercivity.papers.shared.paper.document import PageOne, PrintedPaper
from coercivity.verbs.brief import brief
from tests.places import ROOT

DAYS = {
    "ev-motor": "2026-11-24",
    "wind": "2026-11-24",
    "smco-defence": "2026-11-24",
    "magnet-jv": "2026-11-24",
    "recycler": "2026-10-05",
}
MOST_WORDS, MOST_PAGES = 34, 8
BARE_ID = {"en": re.compile(r"\bt\d\d\b(?! \()"), "zh": re.compile(r"\bt\d\d\b(?! \S|（)")}

EACH = pytest.mark.parametrize("case", DAYS)
BOTH = pytest.mark.parametrize("lang", ["en", "zh"])


@lru_cache(maxsize=len(DAYS))
def _report(case: str) -> str:
    return json.dumps(brief(ROOT / "examples" / case, DAYS[case], supply=False).report)


@lru_cache(maxsize=2 * len(DAYS))
def _paper(case: str, lang: Lang) -> PrintedPaper:
    report: BriefReport = json.loads(_report(case))
    return case_paper(report, lang)


def _texts(page: PageOne) -> Iterator[str]:
    yield page.headline
    yield from (figure.note for figure in page.figures)
    for line in page.actions:
        yield from (line.what, line.by, line.cost, line.effect)
    for block in page.blocks:
        yield from block.sentences


@EACH
@BOTH
def test_page_one_is_one_page(case: str, lang: Lang) -> None:
    assert page_one_length(_paper(case, lang)) == 1


@EACH
def test_the_headline_is_said_in_one_breath(case: str) -> None:
    assert len(_paper(case, "en").first.headline.split()) <= MOST_WORDS


@EACH
@BOTH
def test_no_transaction_is_named_by_its_id_alone(case: str, lang: Lang) -> None:
    bare = [text for text in _texts(_paper(case, lang).first) if BARE_ID[lang].search(text)]
    assert bare == []


@EACH
@BOTH
def test_every_kind_of_answer_stays_on_a_page_that_was_cut(case: str, lang: Lang) -> None:
    """A block ends with how many more points there are; none is left out."""
    page = _paper(case, lang).first
    assert all(block.sentences for block in page.blocks)
    assert len(page.actions) == 3


@EACH
@BOTH
def test_the_report_has_eight_pages_at_most(case: str, lang: Lang) -> None:
    assert len(PdfReader(io.BytesIO(pdf_of(_paper(case, lang)))).pages) <= MOST_PAGES
