"""Values of drawn rows in place of those of the design: in a draw, in its key, and as a file."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import Law
from coercivity.ensemble.draw import drawn_at, figures_at, point_of
from coercivity.ensemble.parameters import ParameterDraws, parameter_draws, parameters_of, read_parameters
from coercivity.ensemble.rows import drawn_rows
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.result_key import DRAWS, key_of
from coercivity.practice.desk_tables import load_desk
from tests.unit.ensemble.runs import made_up

KNOWN = dt.date(2025, 4, 30)
NAMES = ("desk_figures:LD014", "assumptions:AS267")
VALUES = ((0.11, 2.5), (1 / 3, 1e-12), (0.7, 6.0))


@pytest.fixture
def given() -> ParameterDraws:
    return parameter_draws("posterior", KNOWN, NAMES, VALUES)


def codes(path: Path, points: int = 1, known: dt.date | None = None) -> list[str]:
    with pytest.raises(CoercivityError) as caught:
        read_parameters(path, points=points, known=known)
    return [fault.code for fault in caught.value.faults]


def test_a_draw_takes_the_values_of_its_point_and_leaves_all_else() -> None:
    """A row of practice and one of the market; the other rows are those of the design."""
    given = parameter_draws("prior", None, ("desk_figures:LD014", "assumptions:AS226"), ((0.5, 0.2), (0.25, 0.625)))
    plain, first = figures_at(point_of(0, 1)), made_up.FIRST
    practice = drawn_at(0, 1, first, parameters=given).practice(load_desk())
    without = drawn_at(0, 1, first).practice(load_desk())
    assert {row.id: row.value for row in practice.rows} == {row.id: row.value for row in without.rows} | {"LD014": 0.25}
    figures = drawn_at(0, 1, first, parameters=given).world(True, True).figures
    assert figures.value("assumptions", "AS226") == 0.625
    assert figures.value("assumptions", "AS228") == plain["assumptions:AS228"]


def test_without_values_the_keys_are_those_of_before() -> None:
    """The key of a draw has the hash of run and place alone; with values it depends on those of its own point."""
    book, task = Law().book(), made_up.task(1)
    question = RunQuestion(task.run, task.first, task.last, task.known, task.lifted)
    plain = key_of("draw", {"run": question.key(book), "place": [0, 1, version("scipy")]}, *DRAWS)
    assert task.key(book) == plain
    one = replace(task, parameters=parameter_draws("prior", None, NAMES, VALUES))
    longer = replace(task, parameters=parameter_draws("posterior", KNOWN, NAMES, VALUES[:2]))
    other = replace(task, parameters=parameter_draws("prior", None, NAMES, ((0.11, 2.5), (0.4, 1.0))))
    assert one.key(book) == longer.key(book)
    assert len({plain, one.key(book), other.key(book)}) == 3
    assert one.shared_key(book) == task.shared_key(book)


def test_a_file_is_read_as_it_was_written(given: ParameterDraws, tmp_path: Path) -> None:
    path = tmp_path / "posterior.yaml"
    path.write_text(given.text(), encoding="utf-8")
    found = read_parameters(path, points=3)
    assert found.text() == given.text()
    assert found.at(1) == {"desk_figures:LD014": 0.333333333, "assumptions:AS267": 1e-12}
    assert (found.kind, found.known, found.hash) == ("posterior", KNOWN, given.hash)


def test_a_changed_file_is_refused(given: ParameterDraws, tmp_path: Path) -> None:
    path = tmp_path / "posterior.yaml"
    path.write_text(given.text().replace("0.11", "0.12"), encoding="utf-8")
    assert codes(path) == ["PARAMETERS"]


def test_every_fault_is_told_at_once(given: ParameterDraws, tmp_path: Path) -> None:
    """Another program, another pack, a row that is not drawn, too few points, and a later cut-off."""
    packs = {**given.packs, "world": "0" * 64}
    bad = replace(given, engine="f" * 64, packs=packs, names=("desk_figures:LD014", "assumptions:AS9999"))
    path = tmp_path / "posterior.yaml"
    path.write_text(bad.text(), encoding="utf-8")
    found = codes(path, 4, dt.date(2025, 4, 29))
    assert found == ["PARAMETERS-OTHER"] * 2 + ["PARAMETERS-ROWS", "PARAMETERS-POINTS", "PARAMETERS-OTHER"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: posterior", "kind: guess"),
        ("known: 2025-04-30", "known: 2025-02-30"),
        ("schema: coercivity/parameters/1", "schema: other"),
        ("- [0.7, 6.0]", "- [0.7]"),
        ("- [0.7, 6.0]", "- [0.7, nan]"),
        ("- assumptions:AS267", "- desk_figures:LD014"),
    ],
)
def test_bad_form_is_a_fault_and_not_a_trace(given: ParameterDraws, old: str, new: str) -> None:
    with pytest.raises(CoercivityError):
        parameters_of(given.text().replace(old, new))


def test_json_of_something_else_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(json.dumps({"kind": "posterior"}), encoding="utf-8")
    assert codes(path) == ["PARAMETERS"]


def test_the_eight_parameters_are_drawn_rows_of_their_own() -> None:
    """Each has a coordinate; no other row follows one of them, so a draw changes nothing else."""
    eight = {f"desk_figures:LD01{at}" for at in (4, 5, 6, 7)} | {"economics:E069"}
    eight |= {f"assumptions:{name}" for name in ("AS226", "AS228", "AS267")}
    rows = {row.name: row for row in drawn_rows()}
    assert all(rows[name].free and not rows[name].adds_up for name in eight)
    assert not eight & {row.leader for row in rows.values()}
