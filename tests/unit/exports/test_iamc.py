"""IAMC long tables of the outlook and of strategies, read by pyam, which shares no code with the program."""

from __future__ import annotations

import math
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import coercivity
from coercivity.papers.outlook.iamc.rows import iamc_file, iamc_rows
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.verbs.strategy import write_strategy
from tests.places import ROOT
from tests.unit.papers.outlook.test_report_data import MONTHS, build

pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword")  # pyam 3.2 uses what pandas 3.1 calls old


@pytest.fixture(scope="module")
def pyam(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """pyam; what it warns of on import concerns the database behind it, which is not used."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pyam

    return pyam  # type: ignore[no-any-return] # it comes without types


@pytest.fixture(scope="module")
def report() -> OutlookReport:
    made: OutlookReport = build()
    return made


def read(pyam: ModuleType, path: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pyam.IamDataFrame(path)


@pytest.fixture(scope="module")
def frame(pyam: ModuleType, report: OutlookReport, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("iamc") / "iamc.csv"
    path.write_bytes(iamc_file(report))
    return read(pyam, path)


def test_pyam_reads_an_outlook_with_its_runs_months_and_units(frame: Any, report: OutlookReport) -> None:
    assert set(frame.scenario) == {run["id"] for run in report["runs"]}
    assert list(frame.model) == ["coercivity"]
    assert {moment.strftime("%Y-%m") for moment in frame.time} == set(MONTHS)
    assert set(frame.unit) == {"USD/kg", "t/month", "t"}
    assert {"China", "Europe", "Japan"} <= set(frame.region)


def test_pyam_finds_the_numbers_of_the_report(frame: Any, report: OutlookReport) -> None:
    """Every price of dysprosium oxide in Europe, by run and month."""
    for run in report["runs"]:
        (row,) = (row for row in run["prices"] if (row["good"], row["region"]) == ("ox_Dy", "EUR"))
        found = frame.filter(scenario=run["id"], region="Europe", variable="Price|Spot quote|Dysprosium oxide").data
        assert found["value"].tolist() == pytest.approx(row["quote"])
    assert len(frame.data) == sum(1 for _ in iamc_rows(report))


def test_a_price_without_a_market_is_not_in_the_table() -> None:
    report = build()
    for row in report["runs"][0]["prices"]:
        if (row["good"], row["region"]) == ("ox_Y", "XCN"):
            row["market"][3] = False
    told = [
        row.time
        for row in iamc_rows(report)
        if (row.scenario, row.variable) == (report["runs"][0]["id"], "Price|Spot quote|Yttrium oxide")
        and row.region not in ("China", "Europe")
    ]
    assert told == [f"{month}-01" for place, month in enumerate(MONTHS) if place != 3]


def test_the_same_report_gives_the_same_bytes(report: OutlookReport) -> None:
    assert iamc_file(report) == iamc_file(build())
    assert iamc_file(report).startswith(b"model,scenario,region,variable,unit,time,value\n")


def test_pyam_refuses_the_table_if_a_row_is_there_twice(
    pyam: ModuleType, report: OutlookReport, tmp_path: Path
) -> None:
    """So that reading it shows that no two rows are about the same."""
    path = tmp_path / "iamc.csv"
    path.write_bytes(iamc_file(report) + iamc_file(report).split(b"\n")[1] + b"\n")
    with pytest.raises(ValueError, match="uplicate"):
        read(pyam, path)


def test_pyam_reads_a_strategy(pyam: ModuleType, tmp_path: Path) -> None:
    answer = coercivity.strategy(ROOT / "examples/ministry/strategy")
    write_strategy(tmp_path / "out", answer)
    frame = read(pyam, tmp_path / "out" / "iamc.csv")
    assert set(frame.scenario) == {"open", "licence", "metal stop", "technology closed", "mean"}
    assert list(frame.year) == [answer.body["year"]]
    firm = answer.body["firms"][0]
    mean = firm["results"][-1]
    (cheapest,) = (one for one in mean["sets"] if one["on"] == mean["cheapest"])
    name = f"Supply Strategy|{firm['firm']}|{' + '.join(cheapest['on'])}|Cost"
    (value,) = frame.filter(scenario="mean", variable=name).data["value"]
    assert math.isclose(value, float(cheapest["cost_kusd"]), rel_tol=1e-9)
