"""Public names of `import coercivity`, and the cost of importing it."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from pathlib import Path

import pytest

import coercivity
from coercivity.base.version import ENGINE_VERSION
from coercivity.data.textyaml import load_file
from coercivity.law.rules.model import Outcome
from tests.places import ROOT

STANDING = ROOT / "examples/erp-extract/standing.yaml"
MARKET = (
    "BacktestAnswer", "BottleneckAnswer", "CalibrationResult", "ForecastAnswer", "OutlookResult", "StrategyMarket",
    "backtest", "bottleneck", "calibrate", "clause_price", "desk_check", "forecast", "outlook", "strategy_market",
)  # fmt: skip
ROWS = {"id": ["a"], "material": ["ferrite magnets"], "from": ["CN"], "to": ["DE"]}


def test_every_name_is_there_and_no_other() -> None:
    assert all(getattr(coercivity, name) is not None for name in coercivity.__all__)
    assert set(coercivity.__all__) <= set(dir(coercivity))
    assert coercivity.__version__ == ENGINE_VERSION
    with pytest.raises(AttributeError, match="no attribute 'decides'"):
        _ = coercivity.decides


def test_no_name_hides_a_room() -> None:
    rooms = {path.name for path in Path(coercivity.__path__[0]).iterdir()}
    assert not rooms & set(coercivity.__all__)


@pytest.mark.parametrize("name", ["", *(name for name in coercivity.__all__ if name != "__version__")])
def test_every_name_has_an_example_that_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder of its own, with the examples of the repository at hand; what is skipped runs the market."""
    monkeypatch.chdir(tmp_path)
    what = getattr(coercivity, name) if name else coercivity
    names = {"coercivity": coercivity, "json": json, "Path": Path, "EXAMPLES": ROOT / "examples"}
    (found,) = doctest.DocTestFinder(recurse=False).find(what, name or "coercivity", globs=names)
    assert found.examples
    assert all(doctest.SKIP not in example.options or name in MARKET for example in found.examples)
    told: list[str] = []
    assert not doctest.DocTestRunner().run(found, out=told.append).failed, "".join(told)


def test_importing_the_package_loads_nothing_that_takes_long() -> None:
    code = "import sys, coercivity; sys.exit(bool({'polars', 'pydantic', 'yaml', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_package_decides_a_file_into_a_folder(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("id,date,material,from,to\na,2025-08-15,ferrite magnets,CN,DE\n", encoding="utf-8")
    by_path = coercivity.batch(str(table), out=str(tmp_path / "out"), on_column="date")
    by_asking = coercivity.batch(coercivity.TableAsked(table), out=tmp_path / "again")
    assert by_path.tally.rows == by_asking.tally.rows == 1
    assert by_path.files["decisions"].read_bytes() == by_asking.files["decisions"].read_bytes()


def test_standing_answers_reach_a_file_and_a_frame(tmp_path: Path) -> None:
    """The same answers to the standing questions, and the same decision; without them it is open."""
    table = tmp_path / "table.csv"
    table.write_text("id,material,from,to\na,ferrite magnets,CN,DE\n", encoding="utf-8")
    found = coercivity.batch(table, out=tmp_path / "out", standing=str(STANDING), on="2025-08-15")
    block = load_file(STANDING)["standing"]
    frame = coercivity.batch(
        ROWS, standing=block["facts"], said_by=block["said_by"], said_on=block["said_on"], on="2025-08-15"
    )
    assert frame["outcome"].to_list() == ["PROCEED"]
    assert found.tally.outcomes == {"PROCEED": 1}
    assert coercivity.batch(ROWS, on="2025-08-15")["outcome"].to_list() == ["UNKNOWN"]


@pytest.mark.parametrize(
    ("table", "out", "told"),
    [
        ("table.csv", None, "`out` is missing"),
        (ROWS, "out", "`out` applies to files only"),
        (3, None, "int is not a path or a data frame"),
        ({"id": ["a", "b"], "on": ["2025-01-01"]}, None, "cannot be converted to a data frame"),
        ({**ROWS, "elements": [["Nd"]]}, None, "'elements' contains lists|elements contains lists"),
    ],
)
def test_what_cannot_be_a_table_is_refused(table: object, out: str | None, told: str) -> None:
    with pytest.raises(coercivity.CoercivityError, match=told):
        coercivity.batch(table, out=out)  # type: ignore[arg-type]


def test_an_answer_is_one_of_four() -> None:
    assert coercivity.decide({"act": "goods"}, on="2025-08-15").outcome is Outcome.UNKNOWN
