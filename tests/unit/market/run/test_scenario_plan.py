"""Planning grid and cover in a scenario file: read, inherited, and every error at once with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError, Fault
from coercivity.market.run.scenarios.scenario import Scenario, read_scenario
from coercivity.market.run.simulate import capacities

HEAD = "id: own\ntitle: {en: t, zh: 题}\nabout: {en: a, zh: 说}\n"
PERIODS = "['1', '1', '1', '3', '6']"


def read(folder: Path, body: str) -> Scenario:
    path = folder / "own.yaml"
    path.write_text(HEAD + body, encoding="utf-8")
    return read_scenario(path.as_posix(), capacities())


def faults(folder: Path, body: str) -> list[Fault]:
    with pytest.raises(CoercivityError) as caught:
        read(folder, body)
    return list(caught.value.faults)


def test_a_grid_and_a_cover_are_read(tmp_path: Path) -> None:
    found = read(tmp_path, f"behaviour:\n  cover: '0.5'\n  planning_grid: {{months: '12', periods: {PERIODS}}}\n")
    assert found.behaviour.cover == 0.5
    assert found.behaviour.planning_grid is not None
    assert found.behaviour.planning_grid.periods == (1, 1, 1, 3, 6)
    assert found.behaviour.stocks


def test_without_them_the_built_in_grid_and_normal_cover_apply(tmp_path: Path) -> None:
    for body in ("", "behaviour: {stocks: 'false'}\n"):
        found = read(tmp_path, body)
        assert found.behaviour.cover == 1.0
        assert found.behaviour.planning_grid is None


@pytest.mark.parametrize("cover", ["0", "1", "2.5", "10"])
def test_a_cover_from_none_to_ten_times_is_read(tmp_path: Path, cover: str) -> None:
    assert read(tmp_path, f"behaviour: {{cover: '{cover}'}}\n").behaviour.cover == float(cover)


@pytest.mark.parametrize("cover", ["-0.5", "-1e-9", "10.5", "1e300"])
def test_a_cover_below_zero_or_beyond_reason_is_refused_with_its_line(tmp_path: Path, cover: str) -> None:
    (fault,) = faults(tmp_path, f"behaviour:\n  stocks: 'true'\n  cover: '{cover}'\n")
    assert (fault.code, fault.where) == ("SHARE", "own.yaml:6")
    assert fault.what.startswith("cover ")
    assert "between 0 and 10" in fault.what


@pytest.mark.parametrize("cover", ["half", "nan", "inf", "-inf", "''", "[]", "{}", "0,5", "1" * 400])
def test_a_cover_that_is_no_number_is_refused_once(tmp_path: Path, cover: str) -> None:
    (fault,) = faults(tmp_path, f"behaviour:\n  cover: {cover}\n")
    assert fault.where == "own.yaml:5"
    assert fault.code in ("VALUE", "SHARE")


def test_a_grid_that_does_not_add_up_is_refused_with_its_line(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, f"behaviour:\n  cover: '1'\n  planning_grid: {{months: '42', periods: {PERIODS}}}\n")
    assert (fault.code, fault.where) == ("GRID", "own.yaml:6")
    assert "12 months" in fault.what


@pytest.mark.parametrize(
    ("grid", "code"),
    [
        ("{months: '3', periods: []}", "GRID"),
        ("{months: '4', periods: ['2', '1', '1']}", "GRID"),
        ("{months: '3', periods: ['1', '1', one]}", "GRID"),
        ("{months: 'true', periods: ['1', '1', '1']}", "GRID"),
        ("{months: '99999999999999999999', periods: ['1', '1', '1']}", "GRID"),
        ("{periods: ['1', '1', '1']}", "KEY-MISSING"),
        ("{months: '42'}", "KEY-MISSING"),
        ("{months: '42', periods: '1 1 1'}", "VALUE"),
        ("{months: '42', period: ['1']}", "KEY-UNKNOWN"),
        ("'42'", "VALUE"),
        ("[1, 1, 1]", "VALUE"),
    ],
)
def test_a_grid_of_another_form_is_refused_with_its_line(tmp_path: Path, grid: str, code: str) -> None:
    found = faults(tmp_path, f"behaviour:\n  planning_grid: {grid}\n")
    assert code in {fault.code for fault in found}
    assert {fault.where for fault in found} == {"own.yaml:5"}


def test_all_errors_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    body = (
        "behaviour:\n"  # line 4
        "  stocks: maybe\n"
        "  cover: '-1'\n"
        "  planning_grid: {months: '42', periods: ['1', '0', '1', x]}\n"
        "duties:\n"
        "- {goods: [mag_hihg], share: '25', clause: c}\n"
    )
    found = sorted((fault.code, fault.where) for fault in faults(tmp_path, body))
    assert found == [
        ("GRID", "own.yaml:7"),
        ("GRID", "own.yaml:7"),
        ("GRID", "own.yaml:7"),
        ("SCENARIO-NAME", "own.yaml:9"),
        ("SHARE", "own.yaml:6"),
        ("SHARE", "own.yaml:9"),
        ("VALUE", "own.yaml:5"),
    ]


def test_a_behaviour_of_another_form_is_refused_once(tmp_path: Path) -> None:
    for body in ("behaviour: slow\n", "behaviour: [cover]\n"):
        (fault,) = faults(tmp_path, body)
        assert (fault.code, fault.where) == ("VALUE", "own.yaml:4")
