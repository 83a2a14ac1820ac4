"""The cost of a clause as data frames: a row for each legal scenario and subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from coercivity.papers.market.report_data import BranchPrice, ClausePriceData, LicencesWorth
from coercivity.papers.shared.tables.frames import Frames, frame_of

if TYPE_CHECKING:
    import polars as pl

Row = tuple[object, ...]
Told = Sequence[tuple[str, BranchPrice]]  # whether general licences go as practised, and the cost in a legal scenario
All = Sequence[tuple[str, BranchPrice | LicencesWorth]]  # the same, and what general licences are worth
_BOTH = ("with_usd_per_kg", "without_usd_per_kg")
_UPKEEP = ("upkeep_share_with", "upkeep_share_without")
_RANGE = ("usual", "mean", "low", "high", "share_negative", "draws")


def clause_frames(body: ClausePriceData) -> Frames:
    """Returns the tables by name: cost, kept, payers, masses, prices, plants, and ranges if there are draws.

    `general_licences` is `with` as practised, `without` them, or `worth`: the first minus the second.

    Args:
        body: The cost of a clause as plain data.
    """
    first = "without" if body["general_licences"] == "without" else "with"
    told: Told = [
        *((first, branch) for branch in body["branches"]),
        *(("without", branch) for branch in body["without_general_licences"]),
    ]
    every: All = [*told, *(("worth", branch) for branch in body["general_licences_worth"])]
    found: dict[str, partial[pl.DataFrame]] = {
        "cost": _table((), ("whole_usd", "held_back_oxides_and_metals_t", "held_back_magnets_t"), _cost(every)),
        "kept": _table(("party",), ("usd",), _kept(every)),
        "payers": _table(("who",), ("usd",), _payers(told)),
        "masses": _table(("figure", "subject"), ("mass_t",), _masses(every)),
        "prices": _table(("good", "region"), _BOTH, _prices(told)),
        "plants": _table(("plant_id", "region", "start_with", "start_without"), _UPKEEP, _plants(told)),
    }
    if body["draws"] is not None:
        found["ranges"] = _table(("figure", "unit"), _RANGE, _ranges(body))
    return found


def _table(texts: Sequence[str], numbers: Sequence[str], rows: Iterator[Row]) -> partial[pl.DataFrame]:
    return partial(frame_of, ("general_licences", "branch", *texts, *numbers), list(rows), numbers)


def _cost(every: All) -> Iterator[Row]:
    for general, branch in every:
        held = branch["held_back_t"]
        yield general, branch["branch"], branch["whole_usd"], held["oxides_and_metals"], held["magnets"]


def _kept(every: All) -> Iterator[Row]:
    for general, branch in every:
        for party, usd in branch["kept_usd"].items():
            yield general, branch["branch"], party, usd


def _payers(told: Told) -> Iterator[Row]:
    for general, branch in told:
        for payer in branch["payers"]:
            yield general, branch["branch"], payer["who"], payer["usd"]


def _masses(every: All) -> Iterator[Row]:
    """Yields masses by good, and those of demand by region and use."""
    for general, branch in every:
        figures: tuple[tuple[str, Mapping[str, float]], ...] = (
            ("shipped", branch["shipped_t"]),
            ("made_abroad", branch["made_abroad_t"]),
            ("less", branch["less_t"]),
            ("substituted", branch["substituted_t"]),
            ("without", branch["without_t"]),
        )
        for figure, masses in figures:
            for subject, mass_t in masses.items():
                yield general, branch["branch"], figure, subject, mass_t


def _prices(told: Told) -> Iterator[Row]:
    for general, branch in told:
        for row in branch["prices"]:
            yield (
                general,
                branch["branch"],
                row["good"],
                row["region"],
                row["with_usd_per_kg"],
                row["without_usd_per_kg"],
            )


def _plants(told: Told) -> Iterator[Row]:
    for general, branch in told:
        for row in branch["plants"]:
            start = (row["start_with"] or None, row["start_without"] or None)
            upkeep = (row["upkeep_with"], row["upkeep_without"])
            yield general, branch["branch"], row["plant_id"], row["region"], *start, *upkeep


def _ranges(body: ClausePriceData) -> Iterator[Row]:
    assert body["draws"] is not None
    for price in body["draws"]["prices"]:
        for row in price["ranges"]:
            ends = (row["usual"], row["mean"], row["low"], row["high"])
            about = (price["general_licences"], price["branch"], row["figure"], row["unit"])
            yield *about, *ends, row["share_negative"], row["draws"]
