"""Rows of a form on the steps of a chain, as `--steps` reads them from a file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from coercivity.base.errors import CoercivityError, Fault
from coercivity.cases.arguments import PACKED, Law
from coercivity.cases.steps.rows import ALL, EVIDENCE, KEYS, STEPS
from coercivity.data.catalogue import FactCatalogue
from coercivity.intake.cells.stated import stated_value
from coercivity.law.engine.derived_facts import RARE_EARTHS
from coercivity.verbs.decide import cell_value
from coercivity.verbs.written_day import written_day

__all__ = ["ELEMENTS", "EVIDENCE", "KEYS", "STEPS", "fault_key", "fault_row", "steps_from_form"]

ELEMENTS = (ALL, "Nd", "Pr", "Dy", "Tb", "Sm", "Fe", "B", "Co", *sorted(RARE_EARTHS - {"Nd", "Pr", "Dy", "Tb", "Sm"}))
_COUNTRIES, _SHARES = ("country", "technology"), ("share", "part1_value_share")
_ROW = re.compile(r"steps, step (\d+)(?:, (\w+))?", re.ASCII)


def steps_from_form(rows: Sequence[Mapping[str, str]], law: Law = PACKED) -> list[dict[str, object]]:
    """Returns rows as a file writes them: codes of countries for their names, shares for per cent and ranges, days.

    Args:
        rows: Text by key, without blanks.
        law: The rulebook, for its countries.
    """
    catalogue = law.book().catalogue
    return [{key: _raw(catalogue, key, text) for key, text in row.items()} for row in rows]


def fault_row(fault: Fault) -> int:
    """Returns the number of the row that a fault is about, from 1; 0 if it is about several."""
    found = _ROW.match(fault.where)
    return int(found[1]) if found else 0


def fault_key(fault: Fault) -> str:
    """Returns the key of a row that a fault is about; blank if it is about none or several."""
    found = _ROW.match(fault.where)
    return (found[2] or "") if found else ""


def _raw(catalogue: FactCatalogue, key: str, text: str) -> object:
    if key in _COUNTRIES:
        return stated_value(catalogue, "to", text)
    if key in _SHARES:
        return stated_value(catalogue, "listed_owner_share", cell_value(catalogue, "listed_owner_share", text))
    if key == "on":
        try:
            return written_day(text)
        except CoercivityError:
            return text  # the reader of the rows reports it at its place
    return text
