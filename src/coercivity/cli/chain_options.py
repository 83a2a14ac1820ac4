"""Options of `clock --sign`, with their help text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cyclopts import Parameter

from coercivity.cli.options import MaybeDay, Texts, Whole


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class ChainOptions:
    """What is asked of the stages of a workbook; what is given goes before its settings.

    Attributes:
        arrive_by: Day by which the goods are needed, YYYY-MM-DD.
        confidence: Share of cases in which they arrive in time, such as 0.9. Can be repeated.
        return_chance: Chance that a file is returned, in each round, in place of the workbook's.
        by_air_kg: Mass by air in kg, the rest going the slower way. Can be repeated.
        plant: Plant to which the goods go, for a general licence.
        to: Country code such as DE: the usual stages to it, where there is no workbook or it has no stages.
        draws: Draws of a simulation beside the exact result.
        out: Folder for the page, the workbook of results, the tables and the JSON.
    """

    arrive_by: MaybeDay = None
    confidence: Texts = None
    return_chance: str | None = None
    by_air_kg: Texts = None
    plant: str | None = None
    to: str | None = None
    draws: Whole = 0
    out: Path | None = None


NO_CHAIN = ChainOptions()
