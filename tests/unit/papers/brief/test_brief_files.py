"""The files of a report: the set is whole, the workbook has a row for each deal, the calendar has both kinds of dates."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import openpyxl  # type: ignore[import-untyped] # it comes without types
import pytest

from coercivity.papers.brief.report_data import FILES
from coercivity.verbs.brief import BriefResult, brief
from tests.places import ROOT

CASE = ROOT / "examples" / "ev-motor"
ON = "2026-11-24"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> BriefResult:
    return brief(CASE, ON, supply=False, out=tmp_path_factory.mktemp("made") / "out", cache=False)


def test_how_many_files_are_made_is_told_up_to_the_last(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    brief(
        ROOT / "examples" / "motor-reexport", ON, supply=False, cache=False, files_progress=lambda *at: told.append(at)
    )
    done = [number for number, _ in told]
    assert done == sorted(set(done))
    assert told[-1] == (len(FILES), len(FILES))


def test_every_file_is_written_and_nothing_else(made: BriefResult) -> None:
    assert [path.name for path in made.written] == list(FILES) == list(made.files)
    assert {path.name for path in made.written[0].parent.iterdir()} == set(FILES)


def test_made_again_and_taken_from_the_cache_they_have_the_same_bytes(
    made: BriefResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COERCIVITY_CACHE", str(tmp_path / "cache"))
    again = brief(CASE, ON, supply=False)
    kept = brief(CASE, ON, supply=False)
    assert dict(again.files) == dict(made.files) == dict(kept.files)


@pytest.mark.parametrize(("name", "head"), [("brief.xlsx", "Transaction"), ("brief.zh.xlsx", "交易")])
def test_the_workbook_has_a_row_for_each_transaction_and_no_formula(made: BriefResult, name: str, head: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made.files[name]))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    first = next(number for number, row in enumerate(rows) if row[0] == head)
    ids = [row["id"] for row in made.report["transactions"]]
    assert [row[0] for row in rows[first + 1 : first + 1 + len(ids)]] == ids
    assert rows[first + 1][3] == 612
    assert all(cell.data_type != "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)


def test_the_calendar_has_the_dates_of_the_law_and_those_of_the_company(made: BriefResult) -> None:
    text = made.files["brief.ics"].decode().replace("\r\n ", "")
    assert "SUMMARY:MOFCOM 46/2024: first day after the suspension ends on its terms" in text
    assert "SUMMARY:Beispiel Elektroantriebe: Licence G-S1 expires" in text
    days = re.findall(r"DTSTART;VALUE=DATE:(\d{8})", text)
    assert days
    assert min(days) > "20261124"
    uids = re.findall(r"UID:(\S+)", text)
    assert len(set(uids)) == len(uids)


def test_the_terminal_begins_with_page_one(made: BriefResult) -> None:
    text = "\n".join(made.summary)
    headline = made.summary.index("") + 1
    assert "SUED stops" in " ".join(made.summary[headline : headline + 4])
    places = [
        text.index(word) for word in ("First line stop", "Actions", "Must not be shipped", "Licences and filings")
    ]
    assert places == sorted(places)
    assert all(len(line) <= 100 for line in made.summary)


def test_the_page_says_what_page_one_says_and_prints_whole(made: BriefResult) -> None:
    for html in (made.html, made.html_zh):
        assert "<details" not in html
        assert "<script" not in html
        assert html.count("<svg") >= 2


@pytest.mark.parametrize("name", ["slide.svg", "slide.zh.svg"])
def test_the_chart_of_a_slide_is_part_of_it_and_no_picture_in_it(made: BriefResult, name: str) -> None:
    """Presentation programs do not show an SVG inside an SVG as a picture."""
    text = made.files[name].decode()
    assert "<image" not in text
    assert "data:" not in text
    assert ElementTree.fromstring(text).tag.endswith("svg")
