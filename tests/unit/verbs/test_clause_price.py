"""`clause-price`: a clause or instrument removed; volumes and money of the two runs compared."""

from __future__ import annotations

from typing import Any

import pytest

from coercivity.base.canonical import sha256_of_text
from coercivity.base.errors import CoercivityError
from coercivity.law.rules.load import load_rulebook
from coercivity.papers.market.report_data import BranchPrice, ClausePriceData
from coercivity.verbs.clause_cost import HOLDERS
from coercivity.verbs.clause_price import clause_price
from coercivity.verbs.outlook import json_text

SPAN: dict[str, Any] = {"first": "2025-04", "last": "2025-06"}
DYSPROSIUM = ["mag_high", "mag_low", "met_Dy", "ox_Dy"]


def asked(clause: str) -> ClausePriceData:
    return clause_price(clause, "controls-back", **SPAN).body


@pytest.fixture(scope="module")
def dysprosium() -> ClausePriceData:
    return asked("a18-1c905")


@pytest.fixture(scope="module")
def instrument() -> ClausePriceData:
    return asked("18/2025")


@pytest.fixture(scope="module")
def idle() -> ClausePriceData:
    """62/2025 was published in October 2025: it does nothing before."""
    return clause_price("62/2025", "controls-back", first="2024-11", last="2024-12").body


def branch(body: ClausePriceData) -> BranchPrice:
    (only,) = body["branches"]
    return only


def test_a_clause_is_itself_and_an_instrument_all_of_its_provisions(
    dysprosium: ClausePriceData, instrument: ClausePriceData
) -> None:
    rules = load_rulebook().rules
    assert dysprosium["provisions"] == ["a18-1c905"]
    assert instrument["provisions"] == sorted(r.id for r in rules if r.instrument.id == "mofcom-gac-2025-18")
    assert len(instrument["provisions"]) > 5
    assert dysprosium["name"] == {"en": "18/2025 1C905", "zh": "第18号公告（2025）1C905"}
    assert "18/2025" in instrument["name"]["en"]


def test_goods_of_the_dysprosium_clause_hold_dysprosium(
    dysprosium: ClausePriceData, instrument: ClausePriceData
) -> None:
    assert branch(dysprosium)["goods_held"] == DYSPROSIUM
    assert set(DYSPROSIUM) < set(branch(instrument)["goods_held"])
    assert {"ox_Y", "ox_Tb", "mag_SmCo"} <= set(branch(instrument)["goods_held"])


@pytest.mark.parametrize("which", ["dysprosium", "instrument", "idle"])
def test_what_all_keep_is_the_whole(which: str, request: pytest.FixtureRequest) -> None:
    found = branch(request.getfixturevalue(which))
    size = max(sum(abs(usd) for usd in found["kept_usd"].values()), 1.0)
    assert sum(found["kept_usd"].values()) == pytest.approx(found["whole_usd"], abs=1e-8 * size)
    assert HOLDERS in found["kept_usd"]


@pytest.mark.parametrize("which", ["dysprosium", "instrument"])
def test_payers_are_those_who_keep_less_the_worst_first(which: str, request: pytest.FixtureRequest) -> None:
    found = branch(request.getfixturevalue(which))
    losses = {who: -usd for who, usd in found["kept_usd"].items() if usd < 0}
    assert {row["who"]: row["usd"] for row in found["payers"]} == losses
    usd = [row["usd"] for row in found["payers"]]
    assert usd == sorted(usd, reverse=True)
    assert len(usd) > 3


@pytest.mark.parametrize("which", ["dysprosium", "instrument"])
def test_held_back_is_what_its_goods_ship_less(which: str, request: pytest.FixtureRequest) -> None:
    found = branch(request.getfixturevalue(which))
    less = sum(found["shipped_t"].get(good, 0.0) for good in found["goods_held"])
    held = found["held_back_t"]
    assert held["oxides_and_metals"] + held["magnets"] == pytest.approx(-less, rel=1e-8)
    assert found["held_back_t"]["oxides_and_metals"] > 50


def test_dysprosium_is_dearer_outside_with_its_clause(dysprosium: ClausePriceData) -> None:
    rows = {(row["good"], row["region"]): row for row in branch(dysprosium)["prices"]}
    outside = rows["ox_Dy", "XCN"]
    assert outside["with_usd_per_kg"] > 1.1 * outside["without_usd_per_kg"]
    assert len(rows) == 20


def test_a_clause_that_does_nothing_in_the_span_gives_zeros(idle: ClausePriceData) -> None:
    found = branch(idle)
    assert idle["provisions"]
    assert found["goods_held"] == []
    assert found["held_back_t"] == {"oxides_and_metals": 0.0, "magnets": 0.0}
    assert found["whole_usd"] == 0.0
    assert found["kept_usd"] == {HOLDERS: 0.0}
    for name in ("shipped_t", "made_abroad_t", "less_t", "substituted_t", "without_t"):
        assert found[name] == {}
    assert found["payers"] == []
    assert all(row["with_usd_per_kg"] == row["without_usd_per_kg"] for row in found["prices"])


def test_the_same_question_gives_the_same_bytes(dysprosium: ClausePriceData, instrument: ClausePriceData) -> None:
    again = asked("a18-1c905")
    assert json_text(again) == json_text(dysprosium)
    assert again["hash"] == sha256_of_text(json_text({k: v for k, v in again.items() if k not in ("hash", "draws")}))
    assert instrument["hash"] != again["hash"]


def test_each_branch_of_what_is_unknown_has_its_price() -> None:
    """Seen from the middle of May 2025 the first pause was known, and its end within the window."""
    body = clause_price("a18-1c905", first="2025-05", last="2025-05").body
    assert [found["branch"] for found in body["branches"]] == ["lapsed", "extended:2026-08-11"]


def test_an_unknown_clause_names_the_nearest() -> None:
    with pytest.raises(CoercivityError) as caught:
        asked("a18-1c95")
    (fault,) = caught.value.faults
    assert fault.code == "CLAUSE-UNKNOWN"
    assert "a18-1c905" in fault.nearest
    assert fault.where
    assert "rules list" in fault.next


def test_both_bad_months_are_told_at_once() -> None:
    with pytest.raises(CoercivityError) as caught:
        clause_price("a18-1c905", first="2025", last="June")
    assert [fault.where for fault in caught.value.faults] == ["from", "to"]


def test_every_fault_of_the_question_is_told_at_once() -> None:
    with pytest.raises(CoercivityError) as caught:
        clause_price("a18-1c95", "contols-back", first="2025-13", last="2025-06")
    assert [fault.code for fault in caught.value.faults] == ["MONTH", "CLAUSE-UNKNOWN", "SCENARIO-UNKNOWN"]
