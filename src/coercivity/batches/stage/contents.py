"""The contents of many rows: open element lists that a declaration for the whole file closes."""

from __future__ import annotations

from coercivity.batches.stage.column import NOTHING, Column, Said, combined, distinct
from coercivity.cases.gather import closed
from coercivity.intake.composition.composition import LISTS_ALL


def close_elements(given: dict[str, Column], constants: dict[str, Said]) -> None:
    """Closes the element lists of the rows for which the composition is declared to be complete.

    Args:
        given: Facts that differ from row to row.
        constants: Facts that are the same in all rows; those that come to differ are moved to `given`.
    """
    names = ("elements", LISTS_ALL)
    fixed = {name: constants.get(name, NOTHING) for name in names if name not in given}
    answers = given[LISTS_ALL].values if LISTS_ALL in given else (fixed[LISTS_ALL][0],)
    if True not in answers or ("elements" in fixed and fixed["elements"][0] is None):
        return
    columns = [given[name] for name in names if name in given]
    if not columns:
        constants["elements"] = closed(fixed["elements"], fixed[LISTS_ALL])
        return
    codes, combinations = combined(columns)
    said = []
    for entry in combinations:
        row = fixed | {c.name: (c.values[v], c.said_by[v]) for c, v in zip(columns, entry, strict=True)}
        said.append(closed(row["elements"], row[LISTS_ALL]))
    constants.pop("elements", None)
    given["elements"] = distinct("elements", codes, said)
