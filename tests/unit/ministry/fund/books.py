"""The example workbook for public money, whole or with rows changed."""

from __future__ import annotations

from pathlib import Path

import pytest

import coercivity
from coercivity.base.errors import Fault
from coercivity.data.textyaml import load_text
from coercivity.ministry.fund.read import fund_book_of
from coercivity.ministry.fund.write import fund_yaml
from coercivity.verbs.fund import FundAnswer
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "ministry" / "fund"


def answer(*budgets: str, technology: str = "given") -> FundAnswer:
    """Returns the answer of the example."""
    return coercivity.fund(EXAMPLE, budget=budgets or None, technology=technology)


def changed(tmp_path: Path, *pairs: tuple[str, str]) -> Path:
    """Writes the example as YAML with parts of its text replaced, each once, and returns the path."""
    text = fund_yaml(fund_book_of(EXAMPLE))
    for old, new in pairs:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    load_text(text, name="changed.yaml", blanks=True)
    path = tmp_path / "changed.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def without(tmp_path: Path, name: str, *starts: str) -> Path:
    """Writes the example as CSV files without the rows of one of them that begin so, and returns the folder."""
    folder = tmp_path / "ministry"
    folder.mkdir()
    for path in EXAMPLE.glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if path.stem != name or not line.startswith(starts)]
        assert path.stem != name or len(kept) == len(lines) - len(starts)
        (folder / path.name).write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder


def rewritten(folder: Path, name: str, *pairs: tuple[str, str]) -> Path:
    """Replaces parts of a CSV file of a folder, each once, and returns the folder."""
    path = folder / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return folder


def faults_of(source: Path, **asked: object) -> list[Fault]:
    """Returns the faults of a question; fails if there is a result."""
    with pytest.raises(coercivity.CoercivityError) as caught:
        coercivity.fund(source, **asked)  # type: ignore[arg-type] # as a user may write it
    return list(caught.value.faults)


def told(faults: list[Fault]) -> list[str]:
    """Returns faults as `where: what`."""
    return [f"{fault.where}: {fault.what}" for fault in faults]
