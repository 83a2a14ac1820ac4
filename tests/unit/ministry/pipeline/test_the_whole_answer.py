"""The whole answer from made-up draws of real plants: ranking, sets solved in the market, pages and files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import coercivity
from coercivity.base.months import parse_month
from coercivity.ensemble.design import Design
from coercivity.ensemble.runs.keeping import AXIS, Block
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.verbs import pipeline as verb
from coercivity.verbs.draws import DrawsAsked
from coercivity.verbs.pipeline import PipelineAnswer, fund_pipeline, write_pipeline

YEARS = range(2026, 2032)
MONTHS = tuple(f"{year}-{month:02d}" for year in YEARS for month in range(1, 13))
METAL, LIGHT, OUT_OF_REACH = "vulcan-benson-metal", "white-mesa-2-light", "wicheeda"
GAIN_MUSD = 100.0
NAN = float("nan")


def drawn(asked: DrawsAsked, run: int) -> DrawSet:
    """Returns draws of a run: metal is scarce, in half of the draws the price builds neither plant."""
    points = asked.design.points
    funded = "+funded" in asked.runs[run].scenario.id
    start = float(parse_month("2028-07"))
    built = [start if funded or point % 2 else NAN for point in range(points)]
    rows: dict[Block, dict[str, list[list[float]]]] = {block: {} for block in AXIS}
    for plant, charge in ((METAL, 3.0), (LIGHT, 7.0), (OUT_OF_REACH, 20.0)):
        margins = [charge + 1 if point % 2 else charge / 2 for point in range(points)]
        if plant == OUT_OF_REACH:
            margins = [-50.0] * points
        rows["plants"] |= {
            f"{plant}:start": [[NAN if plant == OUT_OF_REACH else each] for each in built],
            f"{plant}:delay_months": [[0.0]] * points,
            f"{plant}:margin_usd_per_kg": [[each] for each in margins],
            f"{plant}:charge_usd_per_kg": [[charge]] * points,
        }
    usd = 6.0 if funded else 10.0
    rows["capacity_value"] = {
        "metal:NAM": [[usd] * 6] * points,
        "sep_light:NAM": [[1.0] * 6] * points,
        "mine:MOUNTAIN_PASS:NAM": [[5.0] * 6] * points,
        "heavy_metal:EUR": [[500.0] * 6] * points,
    }
    rows["traded"] = {"ox_NdPr:XCN": [[90.0] * 72] * points, "met_NdPr:XCN": [[120.0] * 72] * points}
    rows["flows"] = {
        "metal|met_NdPr||NAM|NAM|": [[10.0] * 6] * points,
        "ship|ox_NdPr||NAM|EUR|free": [[5.0] * 6] * points,
    }
    gain = GAIN_MUSD * 1e6 if funded else 0.0
    rows["benefit"] = {
        "whole": [[1e9, 1e9 + gain * (point + 1), *([1e9] * 4)] for point in range(points)],
        "outside": [[1e8] * 6] * points,
    }
    names = {block: tuple(sorted(each)) for block, each in rows.items()}
    values = {
        block: np.array([[rows[block][name][point] for name in names[block]] for point in range(points)])
        if names[block]
        else np.zeros((points, 0, 1))
        for block in rows
    }
    years = tuple(map(str, YEARS))
    return DrawSet(asked.runs[run].id, Design(points), np.arange(points), MONTHS, years, names, values, {}, {})


@pytest.fixture(name="market")
def _market(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Puts the draws in place of the market; returns the runs that are asked for."""
    asked_for: list[str] = []

    def sets(_book: object, _law: object, asked: DrawsAsked, **_more: object) -> list[DrawSet]:
        asked_for.extend(f"{run.id} x{asked.design.points}" for run in asked.runs)
        return [drawn(asked, place) for place in range(len(asked.runs))]

    monkeypatch.setattr(verb, "draw_sets", sets)
    return asked_for


def answer(budget: Sequence[Any] = (500,), **words: Any) -> PipelineAnswer:
    """Returns the answer from eight draws a path."""
    return fund_pipeline(budget=list(budget), draws=8, solve=2, **words)


def test_three_legal_paths_are_drawn_and_each_set_is_solved_on_few_draws(market: list[str]) -> None:
    answer()
    assert market[:3] == ["as-known/lapsed x8", "as-known/extended:2027-11-10 x8", "technology-only x8"]
    assert all(
        "+funded-" in run and run.endswith(" x8") for run in market[3:6]
    )  # every project, to see what comes of it
    assert all("+funded-" in run and run.endswith(" x2") for run in market[6:])
    assert len(market) <= 6 + 2 * 3  # the best set and the next one


def test_scarce_metal_comes_first_and_what_no_money_reaches_is_told(market: list[str]) -> None:
    body = answer().body
    assert market
    assert body["ranking"][0]["project"] == METAL
    assert {row["project"]: row["reason"] for row in body["without"]} == {OUT_OF_REACH: "no_instrument"}
    assert body["scarce"][0]["capacity"] == "heavy_metal:EUR"


def test_half_of_the_draws_build_it_anyway_and_the_others_later_than_planned(market: list[str]) -> None:
    (row,) = (row for row in answer().body["ranking"] if row["project"] == METAL)
    assert market
    assert 0.4 < row["additional_share"] < 0.5


def test_a_set_is_worth_what_the_two_runs_differ_by(market: list[str]) -> None:
    (budget,) = answer().body["budgets"]
    assert market
    best = budget["sets"][0]
    # Points 0 and 1 gain USD 100 and 200 million in 2027, which is not discounted.
    assert best["solved_musd"] == pytest.approx(150.0)
    assert best["solved"]["lapse"]["whole"]["draws"] == 2
    assert best["solved"]["lapse"]["outside"]["mean"] == 0.0
    assert best["starts"][METAL] == [1.0, 0.5]


def test_without_a_budget_no_set_is_solved(market: list[str]) -> None:
    body = answer(()).body
    assert body["budgets"] == []
    assert body["draws_solved"] == 0
    assert len(market) == 3 + 3


def test_the_answer_is_the_same_each_time(market: list[str]) -> None:
    assert answer().body["hash"] == answer().body["hash"]
    assert market


def test_the_workbook_loads_again(market: list[str], tmp_path: Path) -> None:
    made = answer()
    written = write_pipeline(tmp_path / "out", made)
    assert market
    assert {"ministry.xlsx", "ministry.yaml", "pipeline.html", "pipeline.zh.html", "ranking.csv"} <= {
        path.name for path in written
    }
    for name in ("ministry.xlsx", "ministry.yaml"):
        again = coercivity.fund(tmp_path / "out" / name, budget=500)
        assert again.body["sets"][0]["projects"] == made.body["budgets"][0]["sets"][0]["projects"]


def test_both_languages_say_the_same_numbers(market: list[str]) -> None:
    made = answer()
    assert market
    english, chinese = (" ".join(" ".join(made.lines(lang)).split()) for lang in ("en", "zh"))
    assert "USD 150 million" in english
    assert "150百万美元" in chinese.replace(" ", "")
    assert "None" not in english + chinese
    assert "nan" not in english


def test_a_file_is_no_folder(market: list[str], tmp_path: Path) -> None:
    made = answer()
    assert market
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(coercivity.CoercivityError, match="a file, not a folder"):
        write_pipeline(tmp_path / "out", made)


def test_two_guesses_bracket_the_answer_and_the_market_decides(market: list[str]) -> None:
    (budget,) = answer().body["budgets"]
    assert market
    guesses = [each["guess"] for each in budget["sets"]]
    assert len(guesses) == 2
    values = [each["solved_musd"] or 0.0 for each in budget["sets"]]
    assert values == sorted(values, reverse=True)
    sets = {tuple(zip(each["projects"], each["instruments"], strict=True)) for each in budget["sets"]}
    assert len(sets) == 2  # where both guesses agree, the next best set is solved
