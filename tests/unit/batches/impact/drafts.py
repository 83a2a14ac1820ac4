"""Drafts and a table for the tests of `rules impact`; all of it invented."""

from __future__ import annotations

from pathlib import Path

import coercivity
from tests.places import ROOT

EXAMPLES = ROOT / "examples"
MAGNETS = EXAMPLES / "overlays" / "magnets-2027.yaml"
EXTENSION = EXAMPLES / "overlays" / "extension-2027.yaml"
LAPSE = EXAMPLES / "overlays" / "lapse-confirmed.yaml"
STANDING = EXAMPLES / "impact" / "standing.yaml"
EXTRACT = EXAMPLES / "erp-extract" / "extract.csv"

ND = '"Nd 30 %, no Dy, no Tb, Fe bal."'
HEAD, _, ROWS = (EXAMPLES / "impact" / "deals.csv").read_text(encoding="utf-8").partition("\n")


def table(folder: Path, rows: str = ROWS, head: str = HEAD) -> Path:
    """Writes a table of deals and returns its path."""
    path = folder / "deals.csv"
    path.write_text(f"{head}\n{rows}", encoding="utf-8")
    return path


def impact(draft: Path, deals: Path, **more: object) -> coercivity.Impact:
    """Returns the impact of a draft on a table, with the declarations of the example, in this process."""
    return coercivity.rules_impact([draft], deals, **{"standing": STANDING, "workers": 1, **more})  # type: ignore[arg-type]
