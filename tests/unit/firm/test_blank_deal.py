"""A flow without a row: a blank is not a name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.verbs.survive import survive
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "ev-motor"


def test_a_blank_deal_is_told_as_missing(tmp_path: Path) -> None:
    """It used to end in a trace: no row, and no facts of its own either."""
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "case"))
    text = (folder / "firm.yaml").read_text(encoding="utf-8")
    assert "deal: t01" in text
    (folder / "firm.yaml").write_text(text.replace("deal: t01", "deal: ''", 1), encoding="utf-8")
    with pytest.raises(CoercivityError) as found:
        survive(folder, "2026-11-24")
    assert [fault.code for fault in found.value.faults] == ["FIRM-FORM"]
