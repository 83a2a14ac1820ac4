"""The cost of a clause as data frames."""

from __future__ import annotations

from typing import Any

import pytest

from coercivity.verbs.clause_price import ClausePrice


def branch(whole_usd: float) -> dict[str, Any]:
    return {
        "branch": "lapsed",
        "held_back_t": {"oxides_and_metals": 50.0, "magnets": 0.0},
        "shipped_t": {"ox_Dy": -31.5},
        "made_abroad_t": {"mag_high": 20.0},
        "less_t": {},
        "substituted_t": {"EUR:wind": 1.5},
        "without_t": {},
        "kept_usd": {"maker:CN": 4.0, "tax": -1.0},
        "whole_usd": whole_usd,
        "payers": [{"who": "use:EUR:wind", "usd": 7.0}],
        "prices": [{"good": "ox_Dy", "region": "EUR", "with_usd_per_kg": 300.0, "without_usd_per_kg": 250.0}],
        "plants": [],
    }


@pytest.fixture
def cost() -> ClausePrice:
    ranges = [{"figure": "whole_usd", "unit": "USD", "usual": None, "mean": -4.0, "low": -9.0, "high": 1.0,
               "share_negative": 0.9, "draws": 8}]  # fmt: skip
    body: Any = {
        "general_licences": "both",
        "branches": [branch(-5.0)],
        "without_general_licences": [branch(-9.0)],
        "general_licences_worth": [branch(4.0)],
        "draws": {"prices": [{"branch": "lapsed", "general_licences": "with", "ranges": ranges}]},
    }
    return ClausePrice(body, {"en": "Rules as known"})


def test_the_cost_is_told_with_and_without_general_licences_and_what_they_are_worth(cost: ClausePrice) -> None:
    frame = cost.to_polars("cost")
    assert dict(zip(frame["general_licences"], frame["whole_usd"], strict=True)) == {
        "with": -5.0, "without": -9.0, "worth": 4.0
    }  # fmt: skip
    assert frame["held_back_oxides_and_metals_t"].to_list() == [50.0] * 3


def test_masses_parties_and_prices_are_long_tables(cost: ClausePrice) -> None:
    masses = cost.to_polars("masses").rows()
    assert masses[0] == ("with", "lapsed", "shipped", "ox_Dy", -31.5)
    assert len(masses) == 9
    assert cost.to_polars("kept").height == 6
    assert cost.to_polars("payers").row(0) == ("with", "lapsed", "use:EUR:wind", 7.0)
    assert cost.to_polars("prices").row(1) == ("without", "lapsed", "ox_Dy", "EUR", 300.0, 250.0)
    assert cost.to_polars("plants").is_empty()
    assert cost.to_pandas("plants").columns[2] == "plant_id"


def test_ranges_are_there_with_draws_only(cost: ClausePrice) -> None:
    assert cost.to_polars("ranges").row(0) == ("with", "lapsed", "whole_usd", "USD", None, -4.0, -9.0, 1.0, 0.9, 8.0)
    cost.body["draws"] = None
    assert "ranges" not in cost.tables
