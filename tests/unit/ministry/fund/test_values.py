"""What projects are worth and cost: each figure to 0.1 % or its last printed digit, the wider one."""

from __future__ import annotations

import pytest

from tests.unit.ministry.fund.books import answer

VALUES = {
    "F1": (33.01, 137.92, 74.97),
    "F2": (15.89, 29.81, 21.45),
    "F3": (15.29, 25.86, 19.52),
    "F4": (21.49, 53.52, 34.30),
    "F5": (46.61, 185.26, 102.07),
}
COSTS = {  # committed on extension and lapse, expected on extension and lapse
    ("F1", "grant"): (70.00, 70.00, 70.00, 70.00),
    ("F1", "price floor"): (59.45, 0.00, 43.86, 0.00),
    ("F2", "grant"): (52.00, 52.00, 52.00, 52.00),
    ("F2", "loan"): (39.60, 39.60, 39.60, 39.60),
    ("F3", "grant"): (95.00, 95.00, 95.00, 95.00),
    ("F3", "offtake"): (69.01, 69.01, 49.95, 18.70),
    ("F4", "grant"): (80.00, 80.00, 80.00, 80.00),
    ("F4", "price floor"): (77.72, 0.00, 50.76, 0.00),
    ("F5", "grant"): (24.00, 24.00, 24.00, 24.00),
    ("F5", "stockpile"): (4.88, 20.64, 4.40, 18.76),
}
RANKING = [
    ("F5", "stockpile", 102.07, 10.14, 10.063),
    ("F5", "grant", 102.07, 24.00, 4.253),
    ("F1", "price floor", 74.97, 26.32, 2.849),
    ("F4", "price floor", 34.30, 30.46, 1.126),
    ("F1", "grant", 74.97, 70.00, 1.071),
    ("F2", "loan", 21.45, 39.60, 0.542),
    ("F3", "offtake", 19.52, 37.45, 0.521),
    ("F4", "grant", 34.30, 80.00, 0.429),
    ("F2", "grant", 21.45, 52.00, 0.413),
    ("F3", "grant", 19.52, 95.00, 0.205),
]


def near(wanted: float, digits: int = 2) -> object:
    """Returns what a figure is compared with."""
    return pytest.approx(wanted, rel=1e-3, abs=0.5 * 10**-digits)


def test_the_value_of_each_project_on_each_path() -> None:
    found = {row["project"]: row for row in answer().body["projects"]}
    assert list(found) == list(VALUES)
    for name, (extension, lapse, mean) in VALUES.items():
        assert float(found[name]["value_musd"]["extension"]) == near(extension)
        assert float(found[name]["value_musd"]["lapse"]) == near(lapse)
        assert float(found[name]["mean_musd"]) == near(mean)


def test_the_cost_of_each_instrument_committed_and_expected() -> None:
    found = {(row["project"], row["instrument"]): row for row in answer().body["costs"]}
    assert list(found) == list(COSTS)
    for key, wanted in COSTS.items():
        row = found[key]
        amounts = [*row["committed_musd"].values(), *row["expected_musd"].values()]
        assert [float(one) for one in amounts] == [near(one) for one in wanted]


def test_the_ranking_by_value_per_dollar() -> None:
    found = answer().body["ranking"]
    assert [(row["project"], row["instrument"]) for row in found] == [row[:2] for row in RANKING]
    for row, (_, _, value, cost, per_dollar) in zip(found, RANKING, strict=True):
        assert float(row["value_musd"]) == near(value)
        assert float(row["cost_musd"]) == near(cost)
        assert float(row["per_dollar"] or 0) == near(per_dollar, 3)


def test_what_is_built_anyway_is_taken_off() -> None:
    """F3 is 60 % additional: its value is 60 % of what its whole capacity is worth."""
    row = answer().body["projects"][2]
    assert float(row["mean_musd"]) == pytest.approx(0.6 * float(row["whole_mean_musd"]))
    off = float(row["whole_mean_musd"]) - float(row["mean_musd"])
    assert float(row["not_additional_musd"]) == pytest.approx(off)


def test_expected_capacity_over_slips_and_refusals() -> None:
    """F2 on lapse in 2029: planned 0, 400 and 800 t; seven in ten are refused and two years later."""
    row = answer().body["projects"][1]
    kept = 0.3 * (0.6 * 800 + 0.3 * 400)
    assert float(row["expected_t"]["lapse"]["2029"]) == pytest.approx(kept)
    late = 0.3 * (0.6 * 1200 + 0.3 * 800 + 0.1 * 400) + 0.7 * 0.6 * 400
    assert float(row["expected_t"]["lapse"]["2030"]) == pytest.approx(late)
