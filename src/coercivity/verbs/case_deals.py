"""The transactions of a case folder, which the rows of its company file may name."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.arguments import Law
from coercivity.cases.brief.brief import read_brief_case


def case_deals(folder: Path, law: Law, faults: Faults) -> frozenset[str] | None:
    """Returns the ids of the transactions of a case folder; None if they could not be read.

    Args:
        folder: Folder with `case.yaml` and `transactions.csv`.
        law: The rulebook that they are read with.
        faults: Receives every error of both files.
    """
    try:
        return frozenset(row.id for row in read_brief_case(law.book(), folder)[1].rows)
    except CoercivityError as error:
        faults.items += error.faults
        return None
