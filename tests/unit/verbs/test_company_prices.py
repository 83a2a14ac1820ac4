"""Prices of contracts from kept draws of the market: which are found, and that nothing is made."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coercivity.base.errors import CoercivityError
from coercivity.base.months import month_text, parse_month
from coercivity.cases.arguments import PACKED
from coercivity.ensemble.design import Design
from coercivity.ensemble.runs.folder import DrawsFolder
from coercivity.ensemble.runs.keeping import AXIS, KeptDraw, packed
from coercivity.ensemble.runs.manifest import file_names, manifest_of
from coercivity.ensemble.runs.task import DrawTask
from coercivity.files.kept.store import Store
from coercivity.market.run.runs import runs_of
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import capacities
from coercivity.verbs import AS_KNOWN
from coercivity.verbs.company_drawn import company_drawn
from coercivity.verbs.company_prices import draw_keys, kept_prices, region_of, runs_asked
from tests.places import ROOT

FIRM = ROOT / "examples" / "firms" / "alpenmotor.yaml"
MONTHS = [month_text(month) for month in range(parse_month("2026-12"), parse_month("2027-05") + 1)]
DESIGN = Design(4)


def kept(point: int, first: str, last: str) -> bytes:
    """Returns a draw in which NdPr costs 100 + the number of the point, and Dy nothing that is known."""
    months = tuple(month_text(month) for month in range(parse_month(first), parse_month(last) + 1))
    names = dict.fromkeys(AXIS, ()) | {"quote": ("ox_Dy:XCN", "ox_NdPr:XCN")}
    values = {block: np.zeros((0, 0)) for block in AXIS}
    values["quote"] = np.array([[float("nan")] * len(months), [100.0 + point] * len(months)])
    return packed(KeptDraw(point, months, (), names, values, {}))  # type: ignore[arg-type]


def fill(store: Store, first: str, last: str, design: Design = DESIGN) -> None:
    book = PACKED.book()
    for run in runs_asked(book, parse_month(last)):
        for point, key in enumerate(draw_keys(book, run, (parse_month(first), parse_month(last)), design)):
            store.put(key, kept(point, first, last))


def test_keys_are_those_of_the_draws() -> None:
    book, span = PACKED.book(), (parse_month("2026-12"), parse_month("2027-05"))
    for run in runs_asked(book, span[1]):
        usual = tuple(DrawTask(PACKED, run, *span, 0, point).key(book) for point in range(3))
        assert draw_keys(book, run, span, Design(4))[:3] == usual


def test_the_usual_scenario_is_that_of_the_outlook() -> None:
    """It is read here without the capacities of the market, of which it cuts none."""
    book, last = PACKED.book(), parse_month("2027-05")
    usual = read_scenario(AS_KNOWN, capacities(), book, seen_through(book, last))
    assert runs_asked(book, last) == runs_of(book, usual, last)


@pytest.mark.parametrize(("first", "last"), [("2026-12", "2027-05"), ("2026-01", "2028-12")])
def test_draws_of_these_months_or_of_longer_periods_are_found(tmp_path: Path, first: str, last: str) -> None:
    store = Store(tmp_path, 10**9)
    fill(store, first, last)
    found = kept_prices(PACKED.book(), PACKED, MONTHS, ["NdPr", "Dy", "Brent"], "XCN", DESIGN, store=store)
    assert found.series == {"NdPr": "ox_NdPr:XCN", "Dy": "ox_Dy:XCN"}
    assert [path.legal.partition(":")[0] for path in found.paths] == ["lapsed", "extended"]
    for path in found.paths:
        assert path.values == {"NdPr": {point: (100.0 + point,) * 6 for point in range(4)}}


def test_without_kept_draws_there_is_no_price_and_the_command_gives_each_legal_scenario_its_draws(
    tmp_path: Path,
) -> None:
    store = Store(tmp_path, 10**9)
    found = kept_prices(PACKED.book(), PACKED, MONTHS, ["NdPr"], "XCN", DESIGN, store=store)
    assert found.paths == ()
    assert found.command == "coercivity outlook --from 2026-12 --to 2027-05 --draws 8"
    assert not list(tmp_path.glob("**/*.kept"))


def test_a_contract_costs_by_legal_scenario_what_its_draws_cost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C1 costs 18 + 0.31 x (100 .. 103) = 49.00 to 49.93; C2 keeps the sheet, for Dy has no price in a month."""
    monkeypatch.setenv("COERCIVITY_CACHE", str(tmp_path))
    fill(Store(tmp_path, 10**9), "2026-12", "2027-05")
    found = company_drawn(FIRM, draws=4).body
    assert [paid["legal"].partition(":")[0] for paid in found["paid"]] == ["lapsed", "extended"]
    for paid in found["paid"]:
        assert paid["kept_prices"]
        prices = {(row["contract"], row["month"]): row["price_usd_per_kg"] for row in paid["prices"]}
        assert prices["C1", "2027-03"]["10"] == pytest.approx(49.0)
        assert prices["C1", "2027-03"]["90"] == pytest.approx(18 + 0.31 * 103)
        assert prices["C2", "2027-01"] == {"10": 83.2, "50": 83.2, "90": 83.2}


def folder_of(path: Path, design: Design) -> None:
    book, first, last = PACKED.book(), parse_month("2026-10"), parse_month("2027-06")
    runs = runs_asked(book, last)
    tasks = [DrawTask(PACKED, run, first, last, 0, point) for run in runs for point in range(design.points)]
    keys = [task.key(book) for task in tasks]
    made = DrawsFolder(path, manifest_of(book, design, tasks[:: design.points]), file_names(keys, tasks))
    for key, task in zip(keys, tasks, strict=True):
        made.put(key, kept(task.point, "2026-10", "2027-06"))


def test_a_folder_of_draws_is_read_and_left_as_it_is(tmp_path: Path) -> None:
    folder_of(tmp_path, DESIGN)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    found = kept_prices(PACKED.book(), PACKED, MONTHS, ["NdPr"], "XCN", DESIGN, folder=tmp_path)
    assert [len(path.values["NdPr"]) for path in found.paths] == [4, 4]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_damaged_draw_of_a_folder_is_told_and_left_out(tmp_path: Path) -> None:
    folder_of(tmp_path, DESIGN)
    damaged = min(tmp_path.glob("*.draw"))
    damaged.write_bytes(damaged.read_bytes()[:-1])
    found = kept_prices(PACKED.book(), PACKED, MONTHS, ["NdPr"], "XCN", DESIGN, folder=tmp_path)
    assert [len(path.values["NdPr"]) for path in found.paths] == [3, 4]
    assert "the draw was not used" in found.notices[0].what


def test_a_folder_of_another_scramble_is_told(tmp_path: Path) -> None:
    folder_of(tmp_path, DESIGN)
    with pytest.raises(CoercivityError, match="scramble"):
        kept_prices(PACKED.book(), PACKED, MONTHS, ["NdPr"], "XCN", Design(4, 1), folder=tmp_path)


def test_the_region_is_that_of_the_first_plant_with_a_country() -> None:
    europe = frozenset({"AT"})
    assert region_of(["", "AT", "JP"], europe) == "EUR"
    assert [region_of([code], europe) for code in ("JP", "US", "ZA", "")] == ["JP", "NAM", "ROW", "XCN"]
