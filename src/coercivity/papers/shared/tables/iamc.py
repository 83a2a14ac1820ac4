"""The long table of the Integrated Assessment Modeling Consortium (IAMC): a value a row, read by `pyam` and others."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import NamedTuple

MODEL = "coercivity"
LEVELS = "|"  # parts the levels of a variable


class IamcRow(NamedTuple):
    """One value.

    Attributes:
        model: Name of the model.
        scenario: Scenario and legal scenario.
        region: Region by its English name.
        variable: Levels of the variable, from general to particular.
        unit: Unit of the value.
        time: First day of the month, YYYY-MM-DD.
        value: The value; without one there is no row.
    """

    model: str
    scenario: str
    region: str
    variable: str
    unit: str
    time: str
    value: float


def iamc_bytes(rows: Iterable[IamcRow]) -> bytes:
    """Returns rows as a CSV file: UTF-8, a line feed after each row; the same rows give the same bytes.

    Args:
        rows: The rows.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(IamcRow._fields)
    writer.writerows(rows)
    return out.getvalue().encode()


def level(name: str) -> str:
    """Returns a name as a level of a variable: it begins with a capital and holds no bar or wildcard.

    Args:
        name: English name of a product, use or region.
    """
    clean = name.replace(LEVELS, "/").replace("*", "").strip()
    return clean[:1].upper() + clean[1:]
