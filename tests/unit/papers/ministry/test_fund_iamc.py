"""The long table of public money: columns, units, and the numbers of the JSON."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

import pytest

import coercivity
from coercivity.papers.ministry.fund.files import fund_paper
from coercivity.verbs.fund import FundAnswer
from tests.places import ROOT


@pytest.fixture(scope="module")
def found() -> FundAnswer:
    return coercivity.fund(ROOT / "examples" / "ministry" / "fund", budget=150)


@pytest.fixture(scope="module")
def rows(found: FundAnswer) -> dict[tuple[str, str], dict[str, str]]:
    text = fund_paper(found.body).csv["iamc.csv"].decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text)))
    assert list(table[0]) == ["Model", "Scenario", "Region", "Variable", "Unit", *map(str, range(2027, 2032))]
    by_name = {(row["Scenario"], row["Variable"]): row for row in table}
    assert len(by_name) == len(table)
    return by_name


def test_capacity_has_every_year_and_money_only_year_0(rows: dict[tuple[str, str], dict[str, str]]) -> None:
    capacity = rows["lapse", "Public Funding|F3|Expected Capacity"]
    assert [capacity[str(year)] for year in range(2027, 2032)] == ["0", "21", "69", "315", "765"]
    assert capacity["Unit"] == "t/yr"
    money = rows["extension", "Public Funding|F1|Price Floor|Public Money Committed"]
    assert money["Unit"] == "million USD, present value 2027"
    assert float(money["2027"]) == pytest.approx(59.45, abs=0.005)
    assert [money[str(year)] for year in range(2028, 2032)] == ["", "", "", ""]


def test_the_mean_is_that_over_the_paths(rows: dict[tuple[str, str], dict[str, str]], found: FundAnswer) -> None:
    value = rows["mean", "Public Funding|Chosen Set|Value"]["2027"]
    assert float(value) == pytest.approx(float(Fraction(found.body["sets"][0]["mean_musd"])), abs=1e-6)
    capacity = rows["mean", "Public Funding|Chosen Set|Expected Capacity"]["2031"]
    assert float(capacity) == 84 + 1500 + 45  # F1, F4 and F5


def test_readers_do_not_see_it(found: FundAnswer) -> None:
    assert "IAMC" not in fund_paper(found.body).page()
    assert "Public Funding|" not in "\n".join(found.lines())
