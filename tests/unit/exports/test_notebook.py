"""The example notebook: its code cells run in order in one namespace, as a kernel would run them, without one."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest

from tests.places import ROOT

NOTEBOOK = ROOT / "examples" / "notebooks" / "policy-analyst.ipynb"


def cells(kind: str) -> list[dict[str, Any]]:
    return [cell for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def test_the_notebook_is_kept_without_outputs() -> None:
    assert len(cells("code")) >= 8
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells("code"))


def run(source: str, names: dict[str, Any]) -> object:
    """Runs a cell and returns the value of its last line, if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None


def test_every_cell_runs_and_shows_what_the_text_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder of the notebook, where Jupyter starts it."""
    monkeypatch.chdir(NOTEBOOK.parent)
    names: dict[str, Any] = {"__name__": "__main__"}
    first, *shown = [run("".join(cell["source"]), names) for cell in cells("code")]
    assert first is None
    *tables, told = shown
    assert all(hasattr(value, "_repr_html_") for value in tables)
    assert str(told).startswith("choose one of: prices, ")
    assert names["money"].to_polars("sets")["projects"][0] == "F1 + F4 + F5"
    prices, iamc = tables[-2:]
    assert set(prices.columns) == {"CN", "EUR"}  # type: ignore[attr-defined] # a data frame
    assert iamc.height > 0  # type: ignore[attr-defined]
