"""The impact of a draft notice, as typed results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

REJECTED = "REJECTED"  # stands for the outcome of a row that has none


class SumsData(TypedDict):
    """Deals with their mass [kg] and their value by currency."""

    deals: int
    mass_kg: float
    without_mass: int
    values: dict[str, float]
    without_value: int


class ResultData(TypedDict):
    """A result: outcome, finding, and STOP if a licence may be refused."""

    outcome: str
    finding: str
    may_become: str


@dataclass(frozen=True, slots=True)
class Sums:
    """A number of deals, their mass and their value, as far as known.

    Attributes:
        deals: Number of rows.
        mass_kg: Their mass, as far as known [kg].
        without_mass: Rows whose mass is not known; they are not in `mass_kg`.
        values: Their value by currency, as far as known, in units of that currency.
        without_value: Rows whose value or currency is not known; they are in none of `values`.
    """

    deals: int = 0
    mass_kg: float = 0.0
    without_mass: int = 0
    values: Mapping[str, float] = field(default_factory=dict)
    without_value: int = 0

    @property
    def mass_t(self) -> float:
        """The mass, as far as known [t]."""
        return self.mass_kg / 1000.0

    def as_dict(self) -> SumsData:
        """Returns the sums as plain data."""
        return {
            "deals": self.deals,
            "mass_kg": self.mass_kg,
            "without_mass": self.without_mass,
            "values": dict(self.values),
            "without_value": self.without_value,
        }


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """What the rules say about a row.

    Attributes:
        outcome: One of the four outcomes; `REJECTED` for a row that cannot be decided.
        finding: The finding; for a rejected row `input_error` or `not_a_deal`.
        may_become: STOP, if a licence may still be refused; otherwise empty.
    """

    outcome: str
    finding: str
    may_become: str = ""

    def as_dict(self) -> ResultData:
        """Returns the result as plain data."""
        return {"outcome": self.outcome, "finding": self.finding, "may_become": self.may_become}


class MoveData(TypedDict):
    """Deals with one result before and one after."""

    before: ResultData
    after: ResultData
    moved: bool
    sums: SumsData


@dataclass(frozen=True, slots=True)
class Move:
    """The deals with one result under the rulebook and one under the draft; a deal moves if the two differ."""

    before: Result
    after: Result
    sums: Sums

    @property
    def moved(self) -> bool:
        """Whether the two results differ."""
        return self.before != self.after

    def as_dict(self) -> MoveData:
        """Returns the pair as plain data."""
        before, after = self.before.as_dict(), self.after.as_dict()
        return {"before": before, "after": after, "moved": self.moved, "sums": self.sums.as_dict()}


class ClauseMoveData(TypedDict):
    """The deals that a clause moves."""

    clause: str
    instrument: str
    sums: SumsData


@dataclass(frozen=True, slots=True)
class ClauseMove:
    """The deals that a clause moves; a deal moved by two clauses is counted under each.

    Attributes:
        clause: Id of the clause; empty for deals that move because of a statement of who looked for newer notices.
    """

    clause: str
    instrument: str
    sums: Sums

    def as_dict(self) -> ClauseMoveData:
        """Returns the deals of the clause as plain data."""
        return {"clause": self.clause, "instrument": self.instrument, "sums": self.sums.as_dict()}


class MissingData(TypedDict):
    """Deals in which the same facts are missing."""

    missing: list[str]
    sums: SumsData


@dataclass(frozen=True, slots=True)
class Missing:
    """The deals that an exemption may keep, once certain facts are known."""

    facts: tuple[str, ...]
    sums: Sums

    def as_dict(self) -> MissingData:
        """Returns the deals as plain data."""
        return {"missing": list(self.facts), "sums": self.sums.as_dict()}


class ExemptionData(TypedDict):
    """What an exemption of the draft is worth."""

    clause: str
    instrument: str
    effect: str
    begins: str
    kept: SumsData
    may_keep: SumsData
    may_keep_by: list[MissingData]
    rest: SumsData
    moves: SumsData


@dataclass(frozen=True, slots=True)
class ExemptionImpact:
    """What an exemption of the draft is worth, for the deals that would move without any exemption of the draft.

    Attributes:
        effect: `exempt`, `out_of_scope`, or another effect that replaces that of the clauses it excludes.
        begins: First day on which it applies, YYYY-MM-DD.
        kept: Deals that it keeps from moving on its own, for certain.
        may_keep: Deals that move, and that it would keep if certain facts were known to be met.
        may_keep_by: The same by missing facts, most deals first.
        rest: The other deals that would move without exemptions: it does not reach them, or does not suffice.
        moves: Deals that it moves itself: without exemptions they would not move.
    """

    clause: str
    instrument: str
    effect: str
    begins: str
    kept: Sums
    may_keep: Sums
    may_keep_by: tuple[Missing, ...]
    rest: Sums
    moves: Sums

    def as_dict(self) -> ExemptionData:
        """Returns the worth of the exemption as plain data."""
        return {
            "clause": self.clause,
            "instrument": self.instrument,
            "effect": self.effect,
            "begins": self.begins,
            "kept": self.kept.as_dict(),
            "may_keep": self.may_keep.as_dict(),
            "may_keep_by": [one.as_dict() for one in self.may_keep_by],
            "rest": self.rest.as_dict(),
            "moves": self.moves.as_dict(),
        }


class MovedDealData(TypedDict):
    """A deal that moves."""

    row: int
    id: str
    on: str
    before: ResultData
    after: ResultData
    clauses: list[str]
    kept_perhaps: list[str]
    missing: list[str]
    mass_kg: float | None
    value: float | None
    currency: str
    licence: str


@dataclass(frozen=True, slots=True)
class MovedDeal:
    """A deal that moves.

    Attributes:
        row: Number of the row in the table, from 1; `decide` and the screens open the deal by it.
        id: Id in the table; the row number if the table has none.
        on: Transaction date, YYYY-MM-DD.
        clauses: Clauses that move it.
        kept_perhaps: Exemptions of the draft that would keep it if the missing facts were known to be met.
        missing: Facts that would tell.
        mass_kg: Mass, None if not known [kg].
        value: Value in `currency`, None if not known.
        currency: Currency code; empty if not known.
        licence: Number of its licence, as in the table; empty without one.
    """

    row: int
    id: str
    on: str
    before: Result
    after: Result
    clauses: tuple[str, ...]
    kept_perhaps: tuple[str, ...]
    missing: tuple[str, ...]
    mass_kg: float | None
    value: float | None
    currency: str
    licence: str = ""

    def as_dict(self) -> MovedDealData:
        """Returns the deal as plain data."""
        return {
            "row": self.row,
            "id": self.id,
            "on": self.on,
            "before": self.before.as_dict(),
            "after": self.after.as_dict(),
            "clauses": list(self.clauses),
            "kept_perhaps": list(self.kept_perhaps),
            "missing": list(self.missing),
            "mass_kg": self.mass_kg,
            "value": self.value,
            "currency": self.currency,
            "licence": self.licence,
        }
