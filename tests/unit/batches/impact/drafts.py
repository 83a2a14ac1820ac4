"""Drafts and a table for the tests of `rules impact`; all of it invented."""

from __future__ import annotations

from pathlib import Path

import coercivity
from tests.places import ROOT

EXAMPLES = ROOT / "examples"
MAGNETS = EXAMPLES / "overlays" / "magnets-2027.yaml"
EXTENSION = EXAMPLES / "overlays" / "extension-2027.yaml"
LAPSE = EXAMPLES / "overlays" / "lapse-confirmed.yaml"
STANDING = EXAMPLES / "erp-extract" / "standing.yaml"
EXTRACT = EXAMPLES / "erp-extract" / "extract.csv"

HEAD = "id,date,material,composition,quantity,unit,price,currency,from,to,contract_on,licence_held,licence"
ND = '"Nd 30 %, no Dy, no Tb, Fe bal."'
ROWS = f"""\
a,2026-12-05,NdFeB magnets,{ND},300,kg,80,EUR,CN,DE,2026-09-01,none,L-1
b,2026-12-06,NdFeB magnets,{ND},400,kg,80,EUR,CN,DE,2026-11-01,none,L-1
c,2026-12-06,NdFeB magnets,{ND},800,kg,80,EUR,CN,DE,,none,L-1
d,2026-12-06,NdFeB magnets,{ND},100,kg,80,USD,CN,DE,2026-11-01,general,L-2
e,2026-12-06,NdFeB magnets,{ND},,kg,,,CN,DE,2026-11-01,,L-3
f,2027-01-06,ferrite magnets,,100,kg,8,EUR,CN,DE,2026-11-01,,
g,2026-12-06,dysprosium metal,Dy 99.9 %,100,kg,300,EUR,CN,DE,2026-11-01,none,L-2
h,2026-13-06,dysprosium metal,Dy 99.9 %,100,kg,300,EUR,CN,DE,2026-11-01,none,L-2
i,2026-11-30,NdFeB magnets,{ND},70,kg,80,EUR,CN,DE,2026-11-01,none,L-4
"""


def table(folder: Path, rows: str = ROWS, head: str = HEAD) -> Path:
    """Writes a table of deals and returns its path."""
    path = folder / "deals.csv"
    path.write_text(f"{head}\n{rows}", encoding="utf-8")
    return path


def impact(draft: Path, deals: Path, **more: object) -> coercivity.Impact:
    """Returns the impact of a draft on a table, with the declarations of the example, in this process."""
    return coercivity.rules_impact([draft], deals, **{"standing": STANDING, "workers": 1, **more})  # type: ignore[arg-type]
