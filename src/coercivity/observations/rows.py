"""The reported numbers: rows of the pack and of a user's own files, as known on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from coercivity.base.days import Day
from coercivity.base.errors import Faults, brief_value
from coercivity.data.packs import Pack, open_pack
from coercivity.observations.lines import PACK, line_for, series_lines
from coercivity.observations.own_checks import own_faults
from coercivity.observations.own_files import OwnFile, read_own
from coercivity.observations.row_checks import cells_of, row_faults, units_of

Same = tuple[str, ...]

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
        """The day from which it counts as known: of publication, or the last of its period where that is unknown."""
        return self.published_on or self.last_on

    @property
    def scope(self) -> Mapping[str, str]:
        """The cells that say what the number counts, by column."""
        return {
            "form": self.form,
            "hs": self.hs,
            "basis": self.basis,
            "unit_std": self.unit,
            "vat": self.vat,
            "freq": self.freq,
        }


@dataclass(frozen=True, slots=True)
class Replaced:
    """A row of the pack in whose place a user's row is used.

    Attributes:
        id: The row of the pack.
        by: The user's row.
        file: The user's file.
    """

    id: str
    by: str
    file: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """Observations known on a day.

    Attributes:
        rows: All rows, in order of id, also those not to be used.
        replaced: Rows of the pack in whose place rows of a user are used.
    """

    rows: tuple[Observation, ...]
    replaced: tuple[Replaced, ...] = ()

    @property
    def used(self) -> tuple[Observation, ...]:
        """The rows to use."""
        return tuple(row for row in self.rows if row.used)


def load_observations(
    known: Day | None = None, files: Sequence[Path] = (), *, unused: bool = False
) -> tuple[Observation, ...]:
    """Returns the reported numbers that were known on a day, in order of id.

    A user's row in use replaces the row of the pack for the same series, form, partner and period, which then counts as
    not used.

    Args:
        known: Information cut-off; None for all rows.
        files: Files of a user with further rows.
        unused: Also return rows that are not to be used.

    Raises:
        CoercivityError: If a row is invalid; every fault of every file is given.
    """
    loaded = load_all(known, files)
    return loaded.rows if unused else loaded.used


def load_all(known: Day | None = None, files: Sequence[Path] = ()) -> Loaded:
    """Returns all reported numbers that were known on a day, and which of the pack a user's rows replace.

    Args:
        known: Information cut-off; None for all rows.
        files: Files of a user with further rows.

    Raises:
        CoercivityError: If a row is invalid; every fault of every file is given.
    """
    pack = open_pack(PACK)
    packed = _packed(pack.content_hash)
    own = _own(files, pack, {row.id for row in packed}) if files else []
    rows = [row for row in packed if known is None or row.known_on <= known]
    theirs = [row for row in own if known is None or row.known_on <= known]
    by = {same: row for row in theirs if row.used and (same := observed(row)) is not None}
    replaced, found = [], list[Observation](theirs)
    for row in rows:
        same = observed(row) if row.used and by else None
        other = by.get(same) if same is not None else None
        if other is None:
            found.append(row)
        else:
            why = f"replaced by {other.id} of {Path(other.file).name}"
            found.append(replace(row, used=False, why_not=why))
            replaced.append(Replaced(row.id, other.id, other.file))
    return Loaded(tuple(sorted(found, key=lambda row: row.id)), tuple(replaced))


def observed(row: Observation) -> Same | None:
    """Returns what two rows have in common that state the same observation; None if no line of the pack fits."""
    line = line_for(row.kind, row.series, row.scope)
    if line is None:
        return None
    scope = (row.reporter, row.product, row.basis) if line.why_not else ()
    period = (row.first_on.isoformat(), row.last_on.isoformat())
    return (line.id, row.series, row.form, row.partner, *period, *scope)


def _own(files: Sequence[Path], pack: Pack, packed: set[str]) -> list[Observation]:
    faults = Faults()
    owns: list[OwnFile] = []
    for path in files:
        with faults.kept():
            owns.append(read_own(Path(path), pack, faults))
    together = [(own, at) for own in owns for at in range(len(own.rows))]
    rows = [own.rows[at] for own, at in together]

    def place(at: int, column: str) -> str:
        own, line = together[at]
        return own.place(line, column)

    first: dict[str, int] = {}
    for at, row in enumerate(rows):
        if row["id"] in packed or row["id"] in first:
            held = "the packed observations" if row["id"] in packed else place(first[row["id"]], "id")
            what = f"id {brief_value(row['id'])!r} is also in {held}"
            faults.add("OBS-ID", what, where=place(at, "id"), next="give the row an id of its own, such as OWN1")
        first.setdefault(row["id"], at)
    units = units_of(pack)
    broken = {at for at, (own, line) in enumerate(together) if line in own.broken}
    faults.items += row_faults(rows, place, series_lines(), units, broken=broken)
    faults.items += own_faults(rows, place, _packed(pack.content_hash), broken=broken)
    faults.raise_if_any()
    factors = {unit: factor for unit, (_, factor) in units.items()}
    return [_observation(own.rows[at], factors, own.path.as_posix()) for own, at in together]


@lru_cache(maxsize=4)
def _packed(_: str) -> tuple[Observation, ...]:
    pack = open_pack(PACK)
    factors = {unit: factor for unit, (_, factor) in units_of(pack).items()}
    rows = (_observation(row, factors) for row in cells_of(pack.table("observations")))
    return tuple(sorted(rows, key=lambda row: row.id))


def _observation(row: Mapping[str, str], factors: Mapping[str, float], file: str = "") -> Observation:
    """Returns the row of some cells, which were checked."""
    scale = factors[row["unit"]] if row["unit"] else 1.0
    return Observation(
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
