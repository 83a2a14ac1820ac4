"""Figures, interval of the median, and charts of the benchmark of draws."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from benchmarks._draws_causes import tornado
from benchmarks._draws_figures import FIGURES, median_half_width
from coercivity.ensemble.design import Design
from coercivity.ensemble.results.rows import CauseRow, SensitivityRow
from coercivity.ensemble.runs.keeping import AXIS, Block, Floats, KeptDraw
from coercivity.ensemble.runs.sets import DrawSet, set_of

MONTHS = ("2026-01", "2026-02")


def _set(*values: float) -> DrawSet:
    """Returns draws in which every series has one value in the first month and twice that in the second."""
    names: dict[Block, tuple[str, ...]] = dict.fromkeys(AXIS, ())
    names |= {
        "traded": ("ox_Dy:XCN", "ox_NdPr:XCN"),
        "gap": ("ox_Dy:XCN",),
        "out": ("mag_high:XCN", "mag_low:XCN", "ox_Dy:XCN"),
        "use": ("ev_traction:EUR:less_t", "ev_traction:EUR:without_t", "phosphors:EUR:without_t"),
    }
    drawn = []
    for point, value in enumerate(values):
        held: dict[Block, Floats] = {
            block: np.tile([value, 2 * value], (len(each), 1)) if each else np.zeros((0, 0))
            for block, each in names.items()
        }
        drawn.append(KeptDraw(point, MONTHS, ("2026",), names, held, {}))
    return set_of("made-up", Design(len(values)), drawn, {})


def test_figures_of_a_made_up_set() -> None:
    """Means of 1 and 2 are 1.5; two magnets leave, 3 t each; uses without magnets do not count as devices."""
    found = {name: float(figure(_set(1.0, 5.0))[0]) for name, figure in FIGURES.items()}
    assert found == {
        "dy_outside": 1.5,
        "dy_gap": 1.5,
        "magnets_exported": 6.0,
        "ndpr": 1.5,
        "devices_not_built": 3.0,
        "devices_less": 3.0,
    }


def test_a_month_without_a_price_is_left_out_of_a_mean() -> None:
    """A draw without any price has none."""
    assert FIGURES["dy_gap"](_set(1.0, float("nan"))).tolist() == pytest.approx([1.5, float("nan")], nan_ok=True)


def test_the_interval_of_a_median_by_hand() -> None:
    """Of ten draws fewer than three lie below the median with a chance of 0.055, fewer than two with 0.011.

    So the median lies between the second and the ninth draw at 90 % or more: half of 9 - 2.
    """
    assert median_half_width(np.arange(1.0, 11.0)) == pytest.approx(3.5)
    assert np.isnan(median_half_width(np.ones(1)))


def test_a_chart_is_valid_and_escapes_its_text() -> None:
    """One bar a cause, a key of four groups, and the line of the mean."""
    cause: CauseRow = {
        "row": "assumptions:AS042",
        "what": "return < inflation & growth",
        "group": "model",
        "index": 0.4,
        "noise": 0.05,
        "low": 3.0,
        "high": 1.0,
    }
    row: SensitivityRow = {
        "figure": "dy_gap",
        "unit": "USD/kg",
        "draws": 8,
        "groups": [],
        "causes": [cause],
        "learn_next": [],
    }
    read = ET.fromstring(tornado("dy_gap", row, 2.0))
    space = "{http://www.w3.org/2000/svg}"
    assert len(read.findall(f"{space}rect")) == 1 + 1 + 4
    assert len(read.findall(f"{space}line")) == 1
    assert any("return < inflation & growth" in (text.text or "") for text in read.findall(f"{space}text"))
    assert "nan" not in tornado("dy_gap", {**row, "causes": [{**cause, "low": 1.0, "high": 1.0}]}, 1.0)
