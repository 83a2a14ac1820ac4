"""The reported numbers: rows of the pack and of a user's own files, as known on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coercivity.base.days import ONE_DAY, Day
from coercivity.data.packs import open_pack
from coercivity.data.tables import Table
from coercivity.observations.lines import PACK

NO_NUMBER = float("nan")


@dataclass(frozen=True, slots=True)
class Observation:
    """One reported number.

    Attributes:
        id: Its id, unique over the pack and the files of a user.
        kind: contract, demand, impact, licence, policy, price, price_ratio, production, quota, stock or trade.
        series: Plain name of what was observed.
        reporter: Who counted.
        partner: The other side; of prices, the market.
        flow: export or import; empty where it is not trade.
        element: Element, or group of elements.
        product: The product as reported.
        form: oxide, metal, alloy, magnet, concentrate, mixed, or oxide or metal.
        hs: Customs codes counted.
        basis: Scope of the number, or market of a price.
        vat: Value-added tax of a price.
        freq: day, month, quarter, year or span.
        first_on: First day observed.
        last_on: Last day observed.
        published_on: Day on which it was known; None if that is not known.
        value: The number, in `unit`; not a number where the row has none.
        low: Low end of the stated range, in `unit`.
        high: High end of the stated range, in `unit`.
        unit: Standard unit: t, USD/kg, fraction and others; empty where the row has no number.
        quality: measured, reported, estimated or assumed.
        retrieval: read, dataset, derived, recalled or assumed.
        source_id: Source in `sources.csv` of the pack, or as written in a user's file.
        used: Whether it is the row to use for what it observes.
        why_not: Why it is not.
        group: Rows of one group state the same thing.
        conflict: How it differs from the row of its group that is used.
        note: What the source says.
        file: The user's file with the row; empty for rows of the pack.
    """

    id: str
    kind: str
    series: str
    reporter: str
    partner: str
    flow: str
    element: str
    product: str
    form: str
    hs: str
    basis: str
    vat: str
    freq: str
    first_on: Day
    last_on: Day
    published_on: Day | None
    value: float
    low: float | None
    high: float | None
    unit: str
    quality: str
    retrieval: str
    source_id: str
    used: bool
    why_not: str
    group: str
    conflict: str
    note: str
    file: str = ""

    @property
    def known_on(self) -> Day:
        """The day from which it counts as known: of publication, or the day after its period where that is unknown."""
        return self.published_on or self.last_on + ONE_DAY


def load_observations(
    known: Day | None = None, files: Sequence[Path] = (), *, unused: bool = False
) -> tuple[Observation, ...]:
    """Returns the reported numbers that were known on a day, in order of id.

    Args:
        known: Information cut-off; None for all rows.
        files: Files of a user with further rows.
        unused: Also return rows that are not to be used.

    Raises:
        CoercivityError: If a row is invalid; every fault is given.
    """
    rows = _packed(open_pack(PACK).content_hash)
    return tuple(row for row in rows if (unused or row.used) and (known is None or row.known_on <= known))


@lru_cache(maxsize=4)
def _packed(_: str) -> tuple[Observation, ...]:
    pack = open_pack(PACK)
    factors = {row["unit"]: float(row["factor"] or 1.0) for row in _texts(pack.table("units"))}
    return tuple(sorted(observations_in(pack.table("observations"), factors), key=lambda row: row.id))


def _texts(table: Table) -> Iterator[dict[str, str]]:
    return (dict(zip(table.schema.names, texts, strict=True)) for texts in table.texts)


def observations_in(table: Table, factors: dict[str, float], file: str = "") -> Iterator[Observation]:
    """Yields the rows of a table.

    Args:
        table: The table, which was checked.
        factors: Factor to the standard unit, by unit.
        file: The user's file; empty for the pack.
    """
    for row in _texts(table):
        scale = factors[row["unit"]] if row["unit"] else 1.0
        yield Observation(
            row["id"],
            row["kind"],
            row["series"],
            row["reporter"],
            row["partner"],
            row["flow"],
            row["element"],
            row["product"],
            row["form"],
            row["hs"],
            row["basis"],
            row["vat"],
            row["freq"],
            Day.fromisoformat(row["period_start"]),
            Day.fromisoformat(row["period_end"]),
            Day.fromisoformat(row["published"]) if row["published"] else None,
            float(row["value_std"]) if row["value_std"] else NO_NUMBER,
            float(row["low"]) * scale if row["low"] else None,
            float(row["high"]) * scale if row["high"] else None,
            row["unit_std"],
            row["quality"],
            row["retrieval"],
            row["source_id"],
            row["use"] == "1",
            row["why_not"],
            row["group"],
            row["conflict"],
            row["note"],
            file,
        )
