"""Every check of a pack can fail: a tiny pack is broken in one place, and the check names it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from coercivity.data.check import PackReport, check_pack
from coercivity.data.packs import read_pack

ON = dt.date(2026, 3, 1)
COLUMNS = """table,column,type,unit,allowed,key,required,least,most,filled_least,meaning
mix,id,id,,,1,1,,,,Row.
mix,region,text,,,0,1,,,,Place as read.
mix,model_region,choice,,CN|EUR,0,1,,,,Place of the model.
mix,grade,text,,,0,1,,,,Grade.
mix,low,number,row,,0,0,,,,Low end.
mix,value,number,row,,0,1,0,5,,Figure.
mix,unit,unit,,,0,1,,,,Unit of the figure.
mix,unit_of,text,,,0,0,,,0.5,What of.
mix,rests_on,trail,,,0,0,,,,Rows it rests on.
mix,twin,ref,,mix.id,0,0,,,,Another row.
mix,in_use,flag,,,0,1,,,,Read or not.
mix,why_not,text,,,0,0,,,,Why not.
mix,source_id,source,,,0,1,,,,Source.
mix,quality,choice,,measured|reported|estimated|assumed,0,1,,,,How good.
mix,retrieval,choice,,read|recalled|assumed,0,1,,,,How it came.
regions,table,text,,,1,1,,,,Table.
regions,column,text,,,1,1,,,,Column.
regions,label,text,,,1,1,,,,Label.
regions,model_region,choice,,CN|EUR,0,1,,,,Place of the model.
sources,id,id,,,1,1,,,,Source.
sources,url,url,,,0,0,,,,Address.
units,unit,id,,,1,1,,,,Unit.
units,meaning,text,,,0,1,,,,In words.
"""
COMMON = """  least_rows: 1
  most_rows: 9
  last_checked: 2026-02-01
  check_every_days: 60
  look_for: new grades
"""
TABLES = f"""mix:
  title: Shares
  about: Shares of grades.
  kind: data
  key: [id]
{COMMON}  one_in_use: [region, grade]
  sums:
    - column: value
      by: [region]
      where:
        unit: fraction
      without:
        grade: total
      equals: 1
      tolerance: 0.001
  order:
    - columns: [low, value]
  needs:
    - where:
        unit: fraction
      column: unit_of
  ranges:
    - column: value
      where:
        unit: fraction
      least: 0
      most: 1
  applied:
    - map: regions
      column: region
      to: model_region
  known_by:
    dated:
      - where:
          id: M4
        on: 2026-01-01
        why: day of the edition
    kept:
      - where:
          quality: assumed
        why: ours
    undated: shares of all years
    instead:
      M4: [M3]
regions:
  title: Places
  about: Places of the model.
  kind: map
  key: [table, column, label]
{COMMON}  maps:
    to: model_region
    outside: [elsewhere]
  known_by:
    uncut: a mapping
sources:
  title: Sources
  about: Where from.
  kind: reference
  key: [id]
{COMMON}  known_by:
    uncut: addresses
units:
  title: Units
  about: Units.
  kind: reference
  key: [unit]
{COMMON}  known_by:
    uncut: words
"""
MIX = """id,region,model_region,grade,low,value,unit,unit_of,rests_on,twin,in_use,why_not,source_id,quality,retrieval
M1,China,CN,N,0.3,0.4,fraction,mass,,,1,,S1,measured,read
M2,China,CN,H,,0.6,fraction,mass,from mix:M1,M1,1,,S1,reported,read
M3,Europe,EUR,N,,1,fraction,mass,,,1,,S2,assumed,assumed
M4,Europe,EUR,N,,3,t,,,M3,0,second view,S2,estimated,recalled
"""
REGIONS = """table,column,label,model_region
mix,region,China,CN
mix,region,Europe,EUR
elsewhere,place,x,CN
"""
FILES = {
    "pack.yaml": "name: tiny\nversion: 2026-02-01\nlicence: CC-BY-4.0\nabout: A small pack.\n",
    "columns.csv": COLUMNS,
    "tables.yaml": TABLES,
    "mix.csv": MIX,
    "regions.csv": REGIONS,
    "sources.csv": "id,url\nS1,https://a.org/x\nS2,\n",
    "units.csv": "unit,meaning\nt,tonnes\nfraction,share\n",
}
Check = Callable[..., PackReport]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    def run(file: str = "", old: str = "", new: str = "", *, on: dt.date = ON) -> PackReport:
        root = tmp_path / "tiny"
        root.mkdir()
        for name, text in FILES.items():
            assert name != file or old in text, "the text to break is not there"
            (root / name).write_text(text.replace(old, new, 1) if name == file else text, encoding="utf-8")
        return check_pack(read_pack(root), on)

    return run


def test_the_tiny_pack_is_whole(check: Check) -> None:
    report = check()
    assert report.faults == ()
    assert report.warnings == ()
    assert report.ok
    assert report.age_days == 28
    assert report.by_quality == {"measured": 1, "reported": 1, "estimated": 1, "assumed": 1}
    assert report.by_retrieval == {"read": 2, "recalled": 1, "assumed": 1}
    mix = report.tables[0]
    assert (mix.name, mix.rows, mix.in_use, mix.age_days, mix.look_for) == ("mix", 4, 3, 28, "new grades")


BREAKS = [
    ("mix.csv", "region,model_region", "regoin,model_region", "TABLE-COLUMN", "tiny/mix.csv:1:2"),
    ("mix.csv", "1,fraction,mass,,,1,,S2", "1,fractoin,mass,,,1,,S2", "TABLE-UNIT", "tiny/mix.csv:4:7"),
    ("mix.csv", "0.6,", "0.5,", "PACK-SUM", "tiny/mix.csv:2:6"),
    ("mix.csv", "0.6,", "0.6011,", "PACK-SUM", "tiny/mix.csv:2:6"),
    ("mix.csv", ",S1,reported", ",S9,reported", "PACK-SOURCE", "tiny/mix.csv:3:13"),
    ("mix.csv", "M2,China", "M1,China", "TABLE-KEY", "tiny/mix.csv:3:1"),
    ("mix.csv", "0.4,fraction", "NaN,fraction", "TABLE-CELL", "tiny/mix.csv:2:6"),
    ("mix.csv", "0.4,fraction", "0.4,fraction" + ",x" * 10_000, "TABLE-ROW", "tiny/mix.csv:2:1"),
    ("mix.csv", ",3,t,", ",7,t,", "TABLE-RANGE", "tiny/mix.csv:5:6"),
    ("mix.csv", ",1,fraction", ",1.5,fraction", "PACK-RANGE", "tiny/mix.csv:4:6"),
    ("mix.csv", "0.3,0.4", "0.5,0.4", "PACK-ORDER", "tiny/mix.csv:2:5"),
    ("mix.csv", "0.4,fraction,mass", "0.4,fraction,", "PACK-NEED", "tiny/mix.csv:2:8"),
    ("mix.csv", "mix:M1", "mix:M77", "PACK-REF", "tiny/mix.csv:3:9"),
    ("mix.csv", "mix:M1", "mixes:M1", "PACK-REF", "tiny/mix.csv:3:9"),
    ("mix.csv", ",M3,0", ",M33,0", "PACK-REF", "tiny/mix.csv:5:10"),
    ("mix.csv", "China,CN,H", "China,EUR,H", "PACK-MAP", "tiny/mix.csv:3:3"),
    ("mix.csv", "M2,China", "M2,Chine", "PACK-MAP", "tiny/mix.csv:3:2"),
    ("mix.csv", "0,second view", "1,", "PACK-USE", "tiny/mix.csv:5:11"),
    ("mix.csv", "0,second view", "0,", "PACK-USE", "tiny/mix.csv:5:12"),
    ("mix.csv", "1,,S1,measured", "1,why,S1,measured", "PACK-USE", "tiny/mix.csv:2:12"),
    ("mix.csv", "estimated,recalled", "measured,recalled", "PACK-PROVENANCE", "tiny/mix.csv:5:14"),
    ("mix.csv", "assumed,assumed", "reported,assumed", "PACK-PROVENANCE", "tiny/mix.csv:4:14"),
    ("mix.csv", "mass,,,1,,S1,measured", "mass,,,1,,S1,mesured", "TABLE-VALUE", "tiny/mix.csv:2:14"),
    ("regions.csv", "mix,region,Europe,EUR\n", "", "PACK-MAP", "tiny/mix.csv:4:2"),
    ("regions.csv", "elsewhere,place,x,CN", "mix,region,Japan,CN", "PACK-MAP", "tiny/regions.csv:4:3"),
    ("regions.csv", "elsewhere,place", "nowhere,place", "PACK-MAP", "tiny/regions.csv:4:2"),
    ("sources.csv", "https://a.org/x", "a.org/x", "TABLE-CELL", "tiny/sources.csv:2:2"),
    ("tables.yaml", "least_rows: 1", "least_rows: 5", "PACK-ROWS", "tiny/mix.csv"),
    ("tables.yaml", "most_rows: 9", "most_rows: 3", "PACK-ROWS", "tiny/mix.csv"),
    ("tables.yaml", "key: [id]", "key: [region]", "PACK-SCHEMA", "tiny/tables.yaml"),
    ("tables.yaml", "columns: [low, value]", "columns: [lwo, value]", "PACK-SCHEMA", "tiny/mix.csv"),
    ("tables.yaml", "grade: total", "grad: total", "PACK-SCHEMA", "tiny/mix.csv"),
    ("tables.yaml", "unit: fraction", "unit: percent", "PACK-SUM", "tiny/mix.csv"),
    ("tables.yaml", "map: regions", "map: places", "PACK-SCHEMA", "tiny/mix.csv"),
    ("tables.yaml", "regions:\n  title", "region:\n  title", "PACK-SCHEMA", "tiny/tables.yaml"),
    ("tables.yaml", "tolerance: 0.001", "tolerence: 0.001", "KEY-UNKNOWN", "tiny/tables.yaml:20"),
    ("tables.yaml", "equals: 1", "equals: one", "VALUE", "tiny/tables.yaml:19"),
    ("tables.yaml", "  known_by:\n    uncut: a mapping\n", "", "PACK-KNOWN", "tiny/tables.yaml, regions"),
    ("tables.yaml", "uncut: words", "uncut: words\n    undated: none", "PACK-KNOWN", "tiny/tables.yaml, units"),
    ("tables.yaml", "    undated: shares of all years\n", "", "PACK-KNOWN", "tiny/tables.yaml, mix"),
    ("tables.yaml", "          quality: assumed", "          qualty: assumed", "PACK-KNOWN", "tiny/tables.yaml, mix"),
    ("tables.yaml", "          quality: assumed", "          quality: guessed", "PACK-KNOWN", "tiny/tables.yaml, mix"),
    ("tables.yaml", "M4: [M3]", "M1: [M3]", "PACK-KNOWN", "tiny/tables.yaml, mix"),
    ("tables.yaml", "M4: [M3]", "M4: [M9]", "PACK-KNOWN", "tiny/tables.yaml, mix"),
    (
        "tables.yaml",
        "    undated: shares",
        "    period: [grade]\n    undated: shares",
        "PACK-KNOWN",
        "tiny/tables.yaml, mix",
    ),
    (
        "tables.yaml",
        "    undated: shares",
        "    ends: [dy]\n    undated: shares",
        "PACK-KNOWN",
        "tiny/tables.yaml, mix",
    ),
    (
        "tables.yaml",
        "    undated: shares",
        "    with_row: mx.id\n    undated: shares",
        "PACK-KNOWN",
        "tiny/tables.yaml, mix",
    ),
    ("tables.yaml", "    undated: shares", "    held: low\n    undated: shares", "PACK-KNOWN", "tiny/tables.yaml, mix"),
    ("columns.csv", "mix,low,number", "mix,low,numbr", "TABLE-VALUE", "tiny/columns.csv:6:3"),
    ("columns.csv", "mix,low,number,row", "mix,low,number,kg", "TABLE-UNIT", "tiny/columns.csv"),
    ("columns.csv", ",mix.id,", ",mix.idd,", "PACK-SCHEMA", "tiny/mix.csv"),
    ("columns.csv", ",mix.id,", ",,", "PACK-SCHEMA", "tiny/columns.csv:11:5"),
    ("columns.csv", "0.5,What of.", "0.9,What of.", "PACK-FILLED", "tiny/mix.csv"),
    (
        "columns.csv",
        "units,unit,id,,,1,1,,,,Unit.\nunits,meaning,text,,,0,1,,,,In words.\n",
        "",
        "PACK-SCHEMA",
        "tiny/units.csv",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "code", "where"), BREAKS)
def test_a_break_is_found_and_placed(check: Check, file: str, old: str, new: str, code: str, where: str) -> None:
    report = check(file, old, new)
    assert not report.ok
    assert (code, where) in {(fault.code, fault.where) for fault in report.faults}, [f.lines() for f in report.faults]


def test_a_sum_inside_the_tolerance_passes(check: Check) -> None:
    assert check("mix.csv", "0.6,", "0.6009,").ok


def test_a_missing_table_file_is_a_fault(tmp_path: Path, check: Check) -> None:
    check()
    (tmp_path / "tiny" / "sources.csv").unlink()
    report = check_pack(read_pack(tmp_path / "tiny"), ON)
    assert {"FILE-MISSING", "PACK-SCHEMA"} <= {fault.code for fault in report.faults}


@pytest.mark.parametrize(
    ("days", "faults", "warnings"),
    [(60, 0, 0), (61, 0, 4), (120, 0, 4), (121, 4, 0), (-500, 0, 0)],
)
def test_late_is_a_warning_and_twice_late_a_fault(check: Check, days: int, faults: int, warnings: int) -> None:
    report = check(on=dt.date(2026, 2, 1) + dt.timedelta(days=days))
    assert (len(report.faults), len(report.warnings)) == (faults, warnings)
    assert {fault.code for fault in (*report.faults, *report.warnings)} <= {"PACK-LATE"}


def test_a_flood_of_one_kind_is_cut_short(check: Check) -> None:
    rows = "".join(f"X{n},Mars,CN,g{n},,1,t,mass,,,1,,S9,assumed,assumed\n" for n in range(300))
    report = check("mix.csv", "M4,", rows + "M4,")
    assert len(report.faults) < 60
    assert any("more of this kind" in fault.what for fault in report.faults)
