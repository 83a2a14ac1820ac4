"""The tables of the pack beside its rows: checks of the packed rows, ranges to fit, reasons in Chinese."""

from __future__ import annotations

import csv
import shutil
from importlib import resources
from pathlib import Path

import pytest

from coercivity.base.days import Day
from coercivity.data.check import check_pack
from coercivity.data.packs import Pack, open_pack, read_pack
from coercivity.observations import series
from coercivity.observations.error_kinds import error_kinds, measurement_sds
from coercivity.observations.lines import lines_of, series_lines
from coercivity.observations.row_checks import pack_faults
from coercivity.papers.shared.words import observation_reasons, reason_in
from coercivity.verbs.data import data_check

ON = Day(2026, 11, 29)


def changed_pack(folder: Path, row_id: str, **cells: str) -> Pack:
    """A copy of the pack with other cells in one row of the observations."""
    root = folder / "observations"
    shutil.copytree(str(resources.files("coercivity").joinpath("packs", "observations")), root)
    path = root / "observations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    next(row for row in rows if row["id"] == row_id).update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return read_pack(root)


def test_the_packed_rows_have_no_fault() -> None:
    [report] = data_check(ON, packs=["observations"]).reports
    assert (report.faults, report.warnings) == ((), ())
    assert pack_faults(open_pack("observations"), series_lines()) == []


@pytest.mark.parametrize(
    ("row_id", "cells", "code", "column"),
    [
        ("B063", {"series": "magnets CN>Mars"}, "OBS-SERIES", 6),
        ("B063", {"hs": "2846 / 280530"}, "OBS-SCOPE", 13),
        ("B063", {"basis": "Bloomberg group"}, "OBS-SCOPE", 14),
        ("B063", {"unit": "M units", "unit_std": "M units"}, "OBS-UNIT", 26),
        ("B063", {"unit": "kg"}, "OBS-VALUE", 25),
        ("B063", {"published": "2025-09-29"}, "OBS-EARLY", 19),
        ("B063", {"high": "5000"}, "OBS-VALUE", 21),
        ("B063", {"period_end": "2025-09-29"}, "OBS-PERIOD", 18),
        ("B063", {"period_start": "2025-10-01", "published": ""}, "OBS-PERIOD", 17),
        ("B063", {"period_start": "2025-08-01", "period_end": "2025-08-31"}, "OBS-TWICE", 32),
        ("B063", {"use": "0"}, "OBS-USE", 33),
        ("B063", {"value": "", "value_std": ""}, "OBS-VALUE", 21),
        ("PR0791", {"vat": "included"}, "OBS-VAT", 15),
        ("PR0791", {"basis": "FOB China [border_fob]", "series": "Dy Dy2O3 China FOB"}, "", 0),
    ],
)
def test_a_wrong_row_is_found(tmp_path: Path, row_id: str, cells: dict[str, str], code: str, column: int) -> None:
    """Each change alone makes one fault, in the column that it concerns; the last one none."""
    pack = changed_pack(tmp_path, row_id, **cells)
    assert check_pack(pack, ON).ok
    found = [(fault.code, int(fault.where.split(":")[2])) for fault in pack_faults(pack, tuple(lines_of(pack)))]
    assert found == ([(code, column)] if code else [])


def test_a_quote_at_the_border_after_3_april_2025_is_another_market(tmp_path: Path) -> None:
    late = {"period_start": "2025-05-30", "period_end": "2025-05-30", "published": "2025-05-30"}
    cells = {**late, "basis": "FOB China [border_fob]", "series": "Dy Dy2O3 China FOB"}
    pack = changed_pack(tmp_path, "PR0791", **cells)
    [fault] = pack_faults(pack, tuple(lines_of(pack)))
    assert (fault.code, "another market" in fault.what) == ("OBS-SCOPE", True)


def test_ranges_to_fit_are_those_of_rows_that_exist() -> None:
    """A range marked as packed is that of the row; the others were judged with later reports and are other ranges."""
    table = open_pack("observations").table("priors")
    fitted = [dict(zip(table.schema.names, texts, strict=True)) for texts in table.texts]
    assert len(fitted) == 8
    for row in fitted:
        pack, _, name = row["row"].partition("/")
        where, _, key = name.partition(":")
        held = open_pack(pack).table(where)
        packed = next(dict(zip(held.schema.names, texts, strict=True)) for texts in held.texts if texts[0] == key)
        own = [float(row[name]) for name in ("low", "mode", "high")]
        theirs = [float(packed[name]) for name in ("low", "value", "high")]
        assert (own == theirs) == (row["packed"] == "1"), row["id"]
        assert packed["unit"] == row["unit"]
        assert own == sorted(own)


def test_quantities_are_fitted_before_prices() -> None:
    table = open_pack("observations").table("priors")
    assert table.text("stage") == ("quantity",) * 6 + ("price",) * 2


def test_errors_are_as_stated_before_any_comparison() -> None:
    """Level, part that passes, correlation from month to month."""
    told = {name: (kind.level_sd, kind.transient_sd, kind.rho) for name, kind in error_kinds().items()}
    assert told == {
        "exports": (0.2, 0.2, 0.7),
        "exports_part_region": (0.5, 0.3, 0.7),
        "exports_single": (0.7, 0.7, 0.5),
        "price_home": (0.25, 0.15, 0.85),
        "price_border": (0.4, 0.25, 0.85),
        "price_abroad": (0.5, 0.35, 0.85),
        "licences": (0.3, 0.5, 0.7),
        "production": (0.15, 0.1, 0.7),
        "feed": (0.4, 0.3, 0.6),
    }
    assert measurement_sds() == {"measured": 0.01, "reported": 0.03, "estimated": 0.08, "assumed": 0.2}


def test_every_reason_has_its_chinese() -> None:
    told = {line.why_not for line in series_lines() if line.why_not}
    told |= {series.NO_NUMBER, series.NIL, series.MONTHLY, series.TWICE, series.UNKNOWN}
    assert told == set(observation_reasons())
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in reason_in(text, "zh")) for text in told)
    assert reason_in("not a figure of the model", "en") == "not a figure of the model"
