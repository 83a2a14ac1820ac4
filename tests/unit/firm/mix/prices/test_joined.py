"""Prices by scenario beside grades that are taken as independent, and a workbook that is loaded again."""

from __future__ import annotations

from dataclasses import replace

import pytest

import coercivity
from coercivity.base.errors import CoercivityError
from coercivity.data.input import Content
from coercivity.firm.company.sources import company_of
from coercivity.firm.company.write.rows import company_hash
from coercivity.firm.company.write.workbook import company_book
from coercivity.firm.mix.build import build_mix
from coercivity.firm.mix.independent import independent
from tests.places import ROOT

FILE = ROOT / "examples" / "firms" / "indexed.yaml"


def test_grades_are_not_made_independent_where_prices_differ() -> None:
    case = build_mix(company_of(FILE))
    with pytest.raises(CoercivityError, match="prices differ between scenarios"):
        independent(case, ["M"])
    same = replace(case, scenarios=tuple(replace(one, index=case.scenarios[0].index) for one in case.scenarios))
    assert {tuple(one.index["Dy"]) for one in independent(same, ["M"]).scenarios} == {(120.0, 200.0)}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_workbook_loads_again_with_the_same_hash_and_result(lang: str) -> None:
    company = company_of(FILE)
    again = company_of(Content("firm.xlsx", company_book(company, lang)))  # type: ignore[arg-type] # one of two languages
    assert again == company
    assert company_hash(again) == company_hash(company)
    assert coercivity.best_mix(again).body == coercivity.best_mix(FILE).body


def test_the_result_names_prices_and_what_is_owed() -> None:
    body = coercivity.best_mix(FILE).body
    prices = body["prices"]
    assert prices is not None
    assert (prices["paths"], prices["usd_per_eur"]) == (2, "1.25")
    assert [(row["option"], row["low_usd"], row["high_usd"], row["take_share"]) for row in prices["rows"]] == [
        ("framework", "90", "150", "0.5"),
        ("spot", "120", "400", "0"),
    ]
    assert {row["column"] for row in body["knowing"] or ()} >= {"prices"}


def test_a_path_may_be_text() -> None:
    assert coercivity.best_mix(str(FILE)).body == coercivity.best_mix(FILE).body
