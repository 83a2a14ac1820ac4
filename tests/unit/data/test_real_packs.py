"""The packs of this installation are consistent, and their counts add up."""

from __future__ import annotations

import datetime as dt

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.data.check import PackReport
from coercivity.data.packs import list_packs, open_pack
from coercivity.verbs.data import DataCheck, data_check, data_list, data_show

ON = dt.date(2026, 11, 24)
TEN = {"CN", "JP", "KR", "NAM", "EUR", "IN", "SEA", "MM-LA", "AU", "ROW"}


@pytest.fixture(scope="module")
def checked() -> DataCheck:
    return data_check(ON)


def report(checked: DataCheck, pack: str) -> PackReport:
    return next(entry for entry in checked.reports if entry.pack == pack)


def test_no_pack_has_a_fault(checked: DataCheck) -> None:
    assert [fault.lines() for entry in checked.reports for fault in entry.faults] == []
    assert checked.ok
    assert [entry.pack for entry in checked.reports] == list(list_packs())


def test_row_counts_lie_within_their_limits(checked: DataCheck) -> None:
    for entry in checked.reports:
        rules = open_pack(entry.pack).rules
        for table in entry.tables:
            assert rules[table.name].least_rows <= table.rows <= rules[table.name].most_rows
            assert 0 < table.in_use <= table.rows


def test_every_row_with_quality_is_counted_once(checked: DataCheck) -> None:
    for entry in checked.reports:
        for table in entry.tables:
            for counts in (table.by_quality, table.by_retrieval):
                assert not counts or sum(counts.values()) == table.rows
        marked = sum(table.rows for table in entry.tables if table.by_quality)
        assert sum(entry.by_quality.values()) == sum(entry.by_retrieval.values()) == marked


def test_every_data_table_of_the_world_says_how_good_its_rows_are(checked: DataCheck) -> None:
    for table in report(checked, "world").tables:
        if table.kind == "data":
            assert table.by_quality, table.name
            assert table.by_retrieval, table.name


def test_the_world_has_one_vocabulary_of_regions() -> None:
    world = open_pack("world")
    for name, table in world.tables.items():
        for column in table.schema.names:
            if column in ("model_region", "reporter_region", "partner_region"):
                assert set(table.text(column)) <= TEN | {"never_add", "all"}, name


def test_fractions_of_the_world_are_fractions_and_keep_what_was_read() -> None:
    for name, table in open_pack("world").tables.items():
        if not table.has("value_as_read"):
            continue
        cells = zip(table.values("value"), table.values("value_as_read"), table.text("unit_as_read"), strict=True)
        for value, read, unit in cells:
            assert "%" not in unit or value is None or isinstance(read, float), name
            if isinstance(read, float) and isinstance(value, float):
                assert value == pytest.approx(read / 100, rel=1e-12, abs=1e-15), name


def test_no_unit_of_the_world_is_a_percentage() -> None:
    assert not any("%" in unit or "pct" in unit for unit in open_pack("world").units)


def test_where_editions_disagree_one_row_is_in_use_and_the_other_says_why() -> None:
    view = data_show("mine_production", where={"country": "Australia", "year": "2024"})
    assert {row["output_t_reo"] for row in view.rows} == {"29000", "13000"}
    assert [row["output_t_reo"] for row in view.rows if row["in_use"] == "1"] == ["29000"]
    assert all(row["why_not"] for row in view.rows if row["in_use"] == "0")


def test_magnets_from_china_to_japan_in_september_2024_stand_once_in_use() -> None:
    where = {"reporter": "China", "partner": "Japan", "period": "2024-09", "model_good": "mag_NdFeB"}
    assert {(row["value"], row["in_use"]) for row in data_show("trade", where=where).rows} == {
        ("189", "1"),
        ("497", "0"),
    }


def test_a_percentage_says_of_what() -> None:
    world = open_pack("world")
    for name, table in world.tables.items():
        if table.has("unit") and table.has("unit_of"):
            for unit, of in zip(table.text("unit"), table.text("unit_of"), strict=True):
                assert unit != "fraction" or of, name


def test_dysprosium_thresholds_stay_out_of_use() -> None:
    """There is no floor for Dy or Tb in the law: the figure of practice must not look like one."""
    (row,) = data_show("intensity", where={"metric": "DyTb_threshold"}).rows
    assert row["in_use"] == "0"
    assert "not law" in row["why_not"]


def test_thresholds_of_items_are_exact() -> None:
    view = data_show("item_thresholds", where={"item_id": "2C902.b"})
    assert {(row["op"], row["value"], row["unit"]) for row in view.rows} == {
        ("above", "50", "um"),
        ("at_most", "500", "um"),
    }


def test_party_lists_are_complete() -> None:
    """A row is a party on a notice; its other names are in a table of their own."""
    rows = {"control_list": 153, "watch_list": 40, "unreliable_entity_list": 82 + 6, "countermeasures": 181}
    for name, number in rows.items():
        assert data_show("parties", where={"list": name}, limit=0).matched == number, name


def test_the_list_names_every_table_once() -> None:
    entries = data_list()
    names = [(entry.pack, entry.table) for entry in entries]
    assert names == sorted(set(names))
    assert all(entry.as_dict()["rows"] == entry.rows for entry in entries)


def test_a_table_is_shown_with_columns_counts_and_sources() -> None:
    view = data_show("prices", where={"product": "Dy2O3"}, limit=3)
    assert len(view.rows) == 3 < view.matched < view.total
    assert sum(view.by_quality.values()) == view.matched
    assert {row["source_id"] for row in view.rows} == set(view.sources)
    assert all(column["meaning"] for column in view.columns)


@pytest.mark.parametrize(
    ("table", "near"),
    [("price", "prices"), ("world/plant", "plants"), ("wrld/prices", "world"), ("sources", "world/sources")],
)
def test_a_wrong_table_gives_the_nearest_names(table: str, near: str) -> None:
    with pytest.raises(CoercivityError) as caught:
        data_show(table)
    assert near in caught.value.faults[0].nearest


def test_wrong_columns_and_words_are_told_together() -> None:
    with pytest.raises(CoercivityError) as caught:
        data_show("prices", where={"produkt": "x", "vat": "exluded"})
    assert [fault.code for fault in caught.value.faults] == ["TABLE-COLUMN", "TABLE-VALUE"]
    with pytest.raises(CoercivityError):
        data_show("prices", limit=-1)


def test_a_check_of_one_pack_and_its_plain_form() -> None:
    found = data_check(ON, packs=["practice"])
    plain = found.as_dict()
    assert plain["ok"] is True
    assert [entry.pack for entry in found.reports] == ["practice"]


def test_a_year_without_looking_is_a_fault() -> None:
    late = data_check(ON + dt.timedelta(days=365), packs=["world"])
    assert not late.ok
    assert {fault.code for entry in late.reports for fault in entry.faults} == {"PACK-LATE"}


def test_every_key_of_an_assumption_names_a_row_of_its_own() -> None:
    world = open_pack("world")
    rows = list(world.assumption_rows.values())
    assert set(rows) <= set(world.table("assumptions").text("id"))
    assert len(set(rows)) == len(rows)
