"""`outlook` from the latest observed state: what it says, what it refuses, and that nothing changes without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.papers.outlook.observed.section import observed_section
from coercivity.verbs.law import PACKED
from coercivity.verbs.outlook import OutlookResult, outlook
from coercivity.verbs.outlook_kept import Question, outlook_key

SPAN: dict[str, Any] = {"first": "2024-11", "last": "2024-12"}


@pytest.fixture(autouse=True, scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    patch, found = pytest.MonkeyPatch(), tmp_path_factory.mktemp("cache")
    patch.setenv("COERCIVITY_CACHE", str(found))
    yield found
    patch.undo()


@pytest.fixture(scope="module")
def observed(folder: Path) -> OutlookResult:
    return outlook("controls-back", **SPAN, observed=True)


@pytest.fixture(scope="module")
def plain(folder: Path) -> OutlookResult:
    return outlook("controls-back", **SPAN)


def test_the_report_names_months_rows_and_the_wedge_of_each_run(observed: OutlookResult) -> None:
    held = observed.report["observed"]
    assert (held["months"], held["starts"]) == (["2024-10", "2024-11", "2024-12"], "2025-01")
    assert "OB0228" in {row["id"] for row in held["rows"]}
    assert held["runs"].keys() == {run["id"] for run in observed.report["runs"]}
    stock = next(row for row in held["series"] if (row["what"], row["region"]) == ("stock", "XCN"))
    assert all(
        low <= value <= high for low, value, high in zip(stock["low"], stock["estimate"], stock["high"], strict=True)
    )


def test_what_was_observed_is_near_the_estimate_and_one_sentence_says_where_it_starts(observed: OutlookResult) -> None:
    held = observed.report["observed"]
    world = next(
        row for row in held["series"] if (row["what"], row["group"], row["region"]) == ("shipped", "magnets", "XCN")
    )
    for seen, value in zip(world["observed"], world["estimate"], strict=True):
        assert seen is not None
        assert value == pytest.approx(seen, rel=0.1)
    assert len([line for line in observed.summary if "state observed through 2024-12" in line]) == 1


def test_months_of_the_outlook_that_are_observed_are_told(observed: OutlookResult) -> None:
    assert [notice.code for notice in observed.notices] == ["OBSERVED-MONTHS"]


def test_the_page_has_the_section_in_both_languages(observed: OutlookResult) -> None:
    assert 'id="out-observed"' in observed.html
    assert "起点：观测数据" in observed.html_zh
    section = observed_section(observed.report, "zh")
    assert section is not None
    words = [cell for table in section.tables for row in table.rows for cell in row]
    assert not [cell for cell in words if "CN>" in cell or "magnets" in cell]


def test_without_it_the_report_is_another_and_has_no_such_part(plain: OutlookResult, observed: OutlookResult) -> None:
    assert "observed" not in plain.report
    assert "out-observed" not in plain.html
    assert plain.json != observed.json
    first, second = (result.report["runs"][0]["stocks"] for result in (plain, observed))
    assert first != second  # November begins from the estimate of October


def test_the_key_has_the_observations_only_if_they_are_asked_for() -> None:
    question = Question(["controls-back"], "2024-11", "2024-12")
    seen = Question(["controls-back"], "2024-11", "2024-12", observed=True)
    earlier = Question(["controls-back"], "2024-11", "2024-12", "2025-01-31", observed=True)
    assert len({outlook_key(each, PACKED) for each in (question, seen, earlier)}) == 3
    assert question.key(PACKED) != seen.key(PACKED)


def test_a_day_before_any_observed_flow_is_refused() -> None:
    with pytest.raises(CoercivityError) as told:
        outlook("controls-back", **SPAN, observed=True, known="2024-11-01", cache=False)
    (fault,) = told.value.faults
    assert fault.code == "OBSERVED-NONE"
    assert "2024-11-01" in fault.what


def test_a_row_of_the_user_counts_in_place_of_ours_and_is_told(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(
        "id,kind,series,form,hs,basis,freq,period_start,period_end,published,value,unit,quality,use\n"
        "OWN1,trade,magnets CN>World,magnet,850511,,month,2024-11-01,2024-11-30,2024-12-20,5100,t,measured,1\n"
    )
    found = outlook("controls-back", **SPAN, observed=True, observations=[file])
    rows = {row["id"] for row in found.report["observed"]["rows"]}
    assert "OWN1" in rows
    assert "OB0228" not in rows
    assert {notice.code for notice in found.notices} == {"OBSERVED-REPLACED", "OBSERVED-MONTHS"}
    assert found.report["observed"]["files"] == ["own.csv"]


def test_files_without_the_switch_are_refused_with_other_errors() -> None:
    with pytest.raises(CoercivityError) as told:
        outlook("controls-bak", first="2024-1", last="2024-12", observations=[Path("mine.csv")], cache=False)
    assert {"ARGUMENT", "MONTH"} <= {fault.code for fault in told.value.faults}
