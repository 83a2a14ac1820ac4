"""Tables of the licensing desk, from months written by hand: queues, countries, what leaves China."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
import pytest

from coercivity.data.packs import open_pack
from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.inputs.figures import Figures
from coercivity.market.results.desk_tables import DAYS_A_MONTH, country_rows, out_rows, queue_rows
from coercivity.market.results.withheld import NOTHING, Withheld, divided, withheld
from coercivity.permission.desk.cells import Cells, cells_of
from coercivity.permission.desk.figures import DeskTerms
from coercivity.permission.desk.state import DeskMonth, empty_desk

MEMBERS = {"EUR": (("DE", 0.75), ("FR", 0.25)), "JP": (("JP", 1.0),)}
MAG, OX = ("mag_high", "CN", "EUR", "civil"), ("ox_Dy", "CN", "JP", "civil")
ABROAD_MAG = ("mag_high", "SEA", "EUR", "civil")
# In the order of the cells: magnets to Germany and France, oxide to Japan.
SIZE_T = np.array([2.0, 2.0, 5.0])


@pytest.fixture(scope="module")
def cells() -> Cells:
    return cells_of([(MAG, 100.0), (OX, 20.0)], MEMBERS)


def month(count: int = 3, **columns: Sequence[float]) -> DeskMonth:
    """A month of the desk; columns that are not given are zero."""
    held = {each.name: np.zeros(count) for each in fields(DeskMonth)}
    return DeskMonth(**{**held, **{name: np.array(values) for name, values in columns.items()}})


def test_a_queue_has_its_files_times_and_licences_by_month(cells: Cells) -> None:
    span = [
        month(new=[9.0, 3.0, 0.0], returned=[1.0, 0.0, 0.0], pending=[8.0, 3.0, 0.0], waiting=[6.0, 2.0, 0.0]),
        month(
            again=[1.0, 0.0, 0.0],
            taken=[5.0, 3.0, 0.0],
            granted=[4.0, 2.0, 0.0],
            refused=[0.0, 1.0, 0.0],
            pending=[5.0, 0.0, 0.0],
            halted=[2.0, 0.0, 0.0],
            decided_months=[8.0, 3.0, 0.0],
            lead_months=[1.5, 2.5, np.inf],
            granted_t=[8.0, 4.0, 0.0],
            general_t=[0.5, 0.0, 0.0],
            used_t=[1.0, 0.0, 0.0],
            idle_t=[3.0, 0.0, 0.0],
            expired_t=[0.25, 0.0, 0.0],
            licences_t=[7.0, 4.0, 0.0],
        ),
    ]
    german, french = queue_rows(cells, span)
    assert (german["form"], german["country"], german["user"]) == ("magnet", "DE", "civil")
    assert (german["new"], german["again"], german["returned"]) == ([9.0, 0.0], [0.0, 1.0], [1.0, 0.0])
    assert (german["granted"], german["refused"], german["taken"]) == ([0.0, 4.0], [0.0, 0.0], [0.0, 5.0])
    assert (german["pending"], german["waiting"], german["halted"]) == ([8.0, 5.0], [6.0, 0.0], [0.0, 2.0])
    assert german["decision_days"] == [None, pytest.approx(2 * DAYS_A_MONTH, rel=1e-9)]
    assert french["decision_days"] == [None, pytest.approx(DAYS_A_MONTH, rel=1e-9)]
    assert (german["lead_months"], french["lead_months"]) == ([0.0, 1.5], [0.0, 2.5])
    tonnes = [german[name] for name in ("granted_t", "general_t", "used_t", "idle_t", "expired_t", "licences_t")]
    assert tonnes == [[0.0, 8.0], [0.0, 0.5], [0.0, 1.0], [0.0, 3.0], [0.0, 0.25], [0.0, 7.0]]


def test_a_file_decided_in_the_month_in_which_it_came_in_took_no_days(cells: Cells) -> None:
    """The months are a difference of two large numbers, so that they can be a little below zero."""
    (row,) = queue_rows(cells, [month(granted=[3.0, 0.0, 0.0], decided_months=[-7e-12, 0.0, 0.0])])
    assert row["decision_days"] == [0.0]


def test_a_queue_joins_its_buckets_and_weighs_their_lead_by_usual_shipments() -> None:
    both = cells_of([(("mag_high", "CN", "JP", "civil"), 30.0), (("mag_low", "CN", "JP", "civil"), 10.0)], MEMBERS)
    (row,) = queue_rows(both, [month(2, new=[1.0, 2.0], lead_months=[1.0, 5.0])])
    assert (row["new"], row["lead_months"]) == ([3.0], [2.0])
    (never,) = queue_rows(both, [month(2, new=[1.0, 2.0], lead_months=[1.0, np.inf])])
    assert never["lead_months"] == [None]


@pytest.mark.parametrize(
    "column", ["new", "again", "pending", "granted", "refused", "licences_t", "general_t", "used_t"]
)
def test_a_queue_is_listed_once_it_had_a_file_or_a_licence(cells: Cells, column: str) -> None:
    quiet = month(idle_t=[1.0, 1.0, 1.0], lead_months=[3.0, 3.0, 3.0])
    assert queue_rows(cells, [quiet]) == []
    (row,) = queue_rows(cells, [quiet, replace(month(), **{column: np.array([0.0, 0.0, 1.0])})])
    assert (row["form"], row["country"]) == ("oxide", "JP")


def test_licensed_goods_go_where_their_licences_were_issued_and_free_ones_by_shares(cells: Cells) -> None:
    span = [month(general_t=[1.0, 0.0, 0.0], used_t=[4.0, 15.0, 2.0]), month()]
    cleared = [{("mag_high", "EUR"): 24.0, ("ox_Dy", "JP"): 2.0}, {("mag_none", "EUR"): 8.0, ("mag_none", "KR"): 3.0}]
    rows = {(row["good"], row["country"]): row for row in country_rows(cells, span, cleared)}
    assert rows["mag_high", "DE"]["licensed_t"] == [5.0, 0.0]
    assert rows["mag_high", "DE"]["free_t"] == [3.0, 0.0]
    assert rows["mag_high", "FR"]["licensed_t"] == [15.0, 0.0]
    assert rows["mag_high", "FR"]["free_t"] == [1.0, 0.0]
    assert rows["ox_Dy", "JP"] == {"good": "ox_Dy", "country": "JP", "licensed_t": [2.0, 0.0], "free_t": [0.0, 0.0]}
    assert (rows["mag_none", "DE"]["free_t"], rows["mag_none", "FR"]["free_t"]) == ([0.0, 6.0], [0.0, 2.0])
    # South Korea has no bucket here: the region counts as one country.
    assert rows["mag_none", "KR"]["free_t"] == [0.0, 3.0]
    every = sum(sum(row["licensed_t"]) + sum(row["free_t"]) for row in rows.values())
    assert every == pytest.approx(sum(sum(places.values()) for places in cleared))


def test_licences_for_goods_of_another_origin_are_no_exports_of_china() -> None:
    cells = cells_of([(ABROAD_MAG, 10.0)], MEMBERS)
    assert country_rows(cells, [month(2, used_t=[3.0, 1.0])], [{}]) == []


def test_know_how_and_services_have_files_and_no_tonnes() -> None:
    cells = cells_of([(("technology", "CN", "JP", "civil"), 2.0), (("service", "CN", "JP", "civil"), 4.0)], MEMBERS)
    span = [
        month(2, new=[1.0, 2.0], granted_t=[3.0, 3.0], used_t=[1.0, 1.0], expired_t=[1.0, 0.0], licences_t=[2.0, 2.0])
    ]
    rows = queue_rows(cells, span)
    assert [(row["form"], row["new"]) for row in rows] == [("service", [2.0]), ("technology", [1.0])]
    assert {row[name][0] for row in rows for name in ("granted_t", "used_t", "expired_t", "licences_t")} == {0.0}
    assert country_rows(cells, span, [{}]) == []


def test_dysprosium_terbium_and_magnets_out_of_china(cells: Cells) -> None:
    span = [month(general_t=[1.0, 0.0, 0.0], used_t=[4.0, 15.0, 2.0])]
    cleared = [{("mag_high", "EUR"): 24.0, ("mag_none", "EUR"): 76.0, ("ox_Dy", "JP"): 2.0, ("met_Tb", "JP"): 3.0}]
    contents = {"mag_high": {"Dy": 0.05, "Tb": 0.01}, "ox_Dy": {"Dy": 0.8}, "met_Tb": {"Tb": 1.0}}
    rows = {(row["what"], row["to_region"]): row["mass_t"][0] for row in out_rows(cells, span, cleared, contents)}
    assert rows["Dy", "EUR"] == pytest.approx(1.2)
    assert rows["Dy", "JP"] == pytest.approx(1.6)
    assert rows["Dy", "XCN"] == pytest.approx(2.8)
    assert rows["Tb", "XCN"] == pytest.approx(3.24)
    assert (rows["magnets", "EUR"], rows["magnets", "XCN"]) == (100.0, 100.0)
    assert (rows["magnets_controlled", "EUR"], rows["magnets_not_controlled", "EUR"]) == (20.0, 80.0)
    assert ("magnets", "JP") not in rows
    assert ("magnets_controlled", "XCN") in rows


def test_contents_of_elements_are_those_of_the_network() -> None:
    coefficients = Coefficients(Figures(open_pack("world")))
    assert coefficients.element_share("ox_Dy", "Dy") == pytest.approx(2 * 162.5 / (2 * 162.5 + 3 * 15.999), rel=1e-5)
    assert coefficients.element_share("met_Tb", "Tb") == 1.0
    assert coefficients.element_share("mag_high", "Dy") == coefficients.content["mag_high"]["Dy"] > 0
    assert [coefficients.element_share(name, "Dy") for name in ("ox_Tb", "met_NdPr", "mag_none", "ox_La")] == [0.0] * 4


def test_what_each_cause_keeps_from_use(cells: Cells) -> None:
    desk = month(pending=[4.0, 1.0, 3.0], halted=[1.0, 0.0, 3.0], barred=[0.5, 0.5, 0.0], idle_t=[6.0, 0.0, 1.0])
    before = empty_desk(DeskTerms(SIZE_T, np.full(3, 6), np.ones((1, 3)), np.ones(3, dtype=np.int64)))
    found = withheld(cells, SIZE_T, desk, before, {MAG: 2.0})
    assert found[MAG] == Withheld(waiting_t=8.0, refusal_t=2.0, halt_t=8.0, preparing=True)
    assert found[OX] == Withheld(waiting_t=0.0, refusal_t=0.0, halt_t=16.0, preparing=False)
    for column in ("preparing", "again"):
        for due, preparing in ((0, False), (1, True), (5, True)):
            files = np.zeros_like(before.preparing)
            files[due, 2] = 1.0
            after = replace(before, **{column: files})  # type: ignore[arg-type] # both are tables of files
            late = withheld(cells, SIZE_T, desk, after, {})
            assert [late[name].preparing for name in (MAG, OX)] == [False, preparing]


def test_a_shadow_value_is_divided_by_tonnes_and_its_parts_add_up_to_it() -> None:
    found = dict(divided(47.7, Withheld(312.0, 40.0, 125.0)))
    assert found == pytest.approx({"waiting": 31.2, "refusal": 4.0, "halt": 12.5})
    for worth in (1 / 3, 1e-9, 12345.678901234567, -2.7):
        parts = divided(worth, Withheld(0.1, 0.7, 1 / 7))
        assert worth - (parts[0][1] + parts[1][1]) == parts[2][1]
        assert sum(usd for _, usd in parts) == pytest.approx(worth, rel=1e-15)
    assert divided(9.0, Withheld(refusal_t=3.0, preparing=True)) == [("refusal", 9.0)]


def test_without_tonnes_the_cause_is_waiting_only_if_documents_are_in_preparation() -> None:
    assert divided(9.0, NOTHING) == [("", 9.0)]
    assert divided(9.0, Withheld(preparing=True)) == [("waiting", 9.0)]
