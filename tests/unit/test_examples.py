"""The line that `make examples` prints for a case, and the day on which it reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfWriter

from coercivity.verbs.company import company_stops
from tests.places import ROOT
from tools.examples import DAYS, pages_of, summary_of


@pytest.mark.parametrize("case", sorted(DAYS))
def test_a_case_is_reported_on_the_day_of_its_readme(case: str) -> None:
    folder = ROOT / "examples" / case
    assert f"coercivity brief examples/{case} --on {DAYS[case]} --out out/{case}\n" in (folder / "README.md").read_text(
        "utf-8"
    )


def test_outcomes_are_counted_in_their_order() -> None:
    deals = [{"outcome": outcome} for outcome in ("STOP", "LICENCE", "UNKNOWN", "LICENCE")]
    assert summary_of({"transactions": deals}) == "LICENCE 2, STOP 1, UNKNOWN 1; no company file"


def test_the_first_stop_is_that_of_the_plant_that_stops_first() -> None:
    stops = company_stops(ROOT / "examples" / "wind" / "company.yaml").body
    assert summary_of({"transactions": [], "stops": stops}) == "; first stop 2027-03-12 (ES)"


def test_pages_are_counted_in_both_languages(tmp_path: Path) -> None:
    assert pages_of(tmp_path) == "no PDF"
    for name, count in (("brief.pdf", 8), ("brief.zh.pdf", 7)):
        made = PdfWriter()
        for _ in range(count):
            made.add_blank_page(595, 842)
        made.write(tmp_path / name)
    assert pages_of(tmp_path) == "8 and 7 pages"
