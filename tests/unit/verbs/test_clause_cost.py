"""Plants in the cost of a clause: paired by id, also where one of the runs has no such plant."""

from __future__ import annotations

from typing import Any, cast

import pytest

from coercivity.base.words import LANGS
from coercivity.market.results.run_answer import RunSums
from coercivity.papers.market.clause_text import clause_lines
from coercivity.papers.market.report_data import ClausePriceData
from coercivity.verbs.clause_cost import SHOWN, difference


def sums(*plants: tuple[str, str, float]) -> RunSums:
    """A run with so many plants: id, start, upkeep."""
    quotes = [{"good": good, "region": region, "usd_per_kg": 1.0} for good in SHOWN for region in ("CN", "XCN")]
    masses = ("shipped_t", "made_abroad_t", "less_t", "substituted_t", "without_t", "by_party_usd")
    empty: dict[str, Any] = {name: {} for name in masses}
    states = [{"plant_id": name, "region": "EUR", "start": start, "upkeep": upkeep} for name, start, upkeep in plants]
    return cast(RunSums, {**empty, "whole_usd": 0.0, "quotes": quotes, "restricted": [], "plants": states})


def test_a_plant_decided_in_one_run_only_has_no_start_in_the_other() -> None:
    """Of the three, one is the same in both, one is decided only with the clause, one only without it."""
    same = ("b-same", "2027-01", 1.0)
    found = difference(
        "", sums(("a-with", "2029-03", 1.0), same), sums(same, ("c-without", "2030-05", 0.9)), frozenset()
    )
    starts = [(row["plant_id"], row["start_without"], row["start_with"]) for row in found["plants"]]
    assert starts == [("a-with", "", "2029-03"), ("c-without", "2030-05", "")]
    assert [(row["upkeep_without"], row["upkeep_with"]) for row in found["plants"]] == [(1.0, 1.0), (0.9, 1.0)]


@pytest.mark.parametrize("lang", LANGS)
def test_a_missing_start_is_told_in_words(lang: Any) -> None:
    branch = difference("", sums(("a-with", "2029-03", 1.0)), sums(), frozenset())
    words = {"en": "clause", "zh": "条款"}
    body: Any = {
        "name": words, "provisions": ["x"], "from": "2027-01", "to": "2027-02", "hash": "0" * 64, "assumed": [],
        "general_licences": "with", "branches": [branch], "names": {"goods": {}, "regions": {}, "uses": {}},
        "draws": None,
    }  # fmt: skip
    (line,) = [line for line in clause_lines(cast(ClausePriceData, body), words, lang) if "a-with" in line]
    assert ("不投产 -> 2029-03" if lang == "zh" else "no start -> 2029-03") in line
