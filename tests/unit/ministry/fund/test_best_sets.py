"""The best sets of the example: values, interaction, regret, technology control and budgets."""

from __future__ import annotations

import pytest

from tests.unit.ministry.fund.books import answer
from tests.unit.ministry.fund.test_values import near

SETS = [
    ("F1 F4 F5", "price floor, price floor, stockpile", 192.35, 66.92, 142.0, 20.6),
    ("F1 F3 F5", "price floor, offtake, stockpile", 183.96, 73.91, 133.3, 89.6),
    ("F1 F2 F5", "price floor, loan, stockpile", 179.50, 76.06, 103.9, 60.2),
    ("F2 F4 F5", "loan, price floor, stockpile", 175.03, 80.20, 122.2, 60.2),
]
REGRETS = {"F1 F4 F5": (5.87, 0.00), "F1 F3 F5": (4.07, 23.67), "F1 F2 F5": (11.48, 23.71), "F2 F4 F5": (0.00, 52.11)}
TECHNOLOGY = {
    "none": ((74.97, 36.15, 48.13, 34.30, 102.07), "F1 F3 F5", 212.58, 8.39, "F5 F1 F4 F2 F3"),
    "given": ((74.97, 21.45, 19.52, 34.30, 102.07), "F1 F4 F5", 192.35, 4.36, "F5 F1 F4 F2 F3"),
    "refused": ((74.97, 8.49, 9.64, 34.30, 102.07), "F1 F4 F5", 192.35, 9.49, "F5 F1 F4 F3 F2"),
}
BUDGETS = {
    "100": ("F1 F5", 158.04),
    "120": ("F1 F2 F5", 179.50),
    "170": ("F1 F4 F5", 192.35),
    "200": ("F1 F2 F4 F5", 231.00),
}


def test_the_best_sets_with_their_instruments() -> None:
    found = answer("150").body["sets"]
    for row, (names, instruments, value, cost, extension, lapse) in zip(found, SETS, strict=True):
        assert " ".join(row["projects"]) == names
        assert ", ".join(row["instruments"]) == instruments
        assert float(row["mean_musd"]) == near(value)
        assert float(row["cost_musd"]) == near(cost)
        assert float(row["held_musd"]["extension"]) == near(extension, 1)
        assert float(row["held_musd"]["lapse"]) == near(lapse, 1)


def test_values_and_interaction_are_told_apart() -> None:
    best = answer("150").body["sets"][0]
    assert float(best["alone_musd"]) == near(211.35)
    assert float(best["interaction_musd"]) == near(-19.00)
    assert float(best["alone_musd"]) + float(best["interaction_musd"]) == pytest.approx(float(best["mean_musd"]))


def test_the_best_set_of_each_path() -> None:
    extension, lapse = answer("150").body["by_path"]
    assert (" ".join(extension["projects"]), " ".join(extension["next_projects"] or ())) == ("F2 F4 F5", "F1 F3 F5")
    assert float(extension["value_musd"]) == near(97.99)
    assert 100 * float(extension["next_less_share"] or 0) == near(4.16)
    assert (" ".join(lapse["projects"]), " ".join(lapse["next_projects"] or ())) == ("F1 F4 F5", "F1 F3 F5")
    assert float(lapse["value_musd"]) == near(342.70)
    assert 100 * float(lapse["next_less_share"] or 0) == near(6.91)


def test_the_regret_of_each_set() -> None:
    body = answer("150").body
    for row in body["sets"]:
        extension, lapse = REGRETS[" ".join(row["projects"])]
        assert float(row["regret_musd"]["extension"]) == near(extension)
        assert float(row["regret_musd"]["lapse"]) == near(lapse)
        assert float(row["greatest_regret_musd"]) == near(max(extension, lapse))
    assert body["least_regret"]["projects"] == ["F1", "F4", "F5"]


def test_technology_control_none_given_and_refused() -> None:
    found = {row["technology"]: row for row in answer("150").body["technology"]}
    assert list(found) == list(TECHNOLOGY)
    for name, (means, best, value, less, order) in TECHNOLOGY.items():
        row = found[name]
        assert [float(one) for one in row["means_musd"].values()] == [near(one) for one in means]
        assert " ".join(row["projects"]) == best
        assert float(row["value_musd"]) == near(value)
        assert 100 * float(row["next_less_share"] or 0) == near(less)
        assert " ".join(row["order"]) == order


@pytest.mark.parametrize("name", TECHNOLOGY)
def test_the_page_for_one_assumption_has_the_same_numbers_as_its_row(name: str) -> None:
    body = answer("150", technology=name).body
    assert body["sets"][0]["projects"] == TECHNOLOGY[name][1].split()
    assert float(body["sets"][0]["mean_musd"]) == near(TECHNOLOGY[name][2])


def test_other_budgets() -> None:
    found = {row["budget_musd"]: row for row in answer("150", *BUDGETS).body["budgets"]}
    assert list(found) == ["100", "120", "150", "170", "200"]
    for budget, (names, value) in BUDGETS.items():
        assert " ".join(found[budget]["projects"]) == names
        assert float(found[budget]["value_musd"]) == near(value)
    values = [float(row["value_musd"]) for row in found.values()]
    assert values == sorted(values)


def test_a_budget_that_buys_nothing_says_so() -> None:
    found = answer("1")
    assert found.body["sets"][0]["projects"] == []
    assert "  A budget of USD 1 million funds no project that is worth anything." in list(found.lines())
