"""`coercivity cases`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from coercivity.cli.progress import progress_bar
from coercivity.verbs.cases import run_cases


def run(file: Path | None = None, *, json_: Annotated[bool, Parameter(name="--json", negative=())] = False) -> int:
    """Run worked cases; exit code 1 when one differs.

    Args:
        file: File of cases; without it all cases beside the packed instruments.
        json_: Print a list of {id, expected, finding, outcome, agree}.
    """
    results = run_cases(file, progress=progress_bar("cases"))
    differing = [found for found in results if not found.agree]
    if json_:
        print(json.dumps([found.as_dict() for found in results], ensure_ascii=False, indent=2))
    else:
        for found in results:
            mark = "agrees " if found.agree else "DIFFERS"
            wanted = "" if found.agree else f"   expected {found.expected_finding} {found.expected_outcome}"
            print(f"{mark} {found.id:12} {found.finding:18} {found.outcome:8} {found.title[:60]}{wanted}")
        print(f"{len(results) - len(differing)} of {len(results)} agree")
    return 1 if differing else 0
