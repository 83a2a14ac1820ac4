"""The impact of a draft notice as typed data, and as plain data for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from coercivity.batches.impact.licence_model import Licences, LicencesData
from coercivity.batches.impact.model import (
    ClauseMove,
    ClauseMoveData,
    ExemptionData,
    ExemptionImpact,
    Move,
    MoveData,
    MovedDeal,
    MovedDealData,
    Sums,
    SumsData,
)
from coercivity.verbs.overlay import Respan


class DraftData(TypedDict):
    """A file of the draft."""

    name: str
    hash: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A file of the draft.

    Attributes:
        hash: SHA-256 of its text.
    """

    name: str
    hash: str

    def as_dict(self) -> DraftData:
        """Returns the file as plain data."""
        return {"name": self.name, "hash": self.hash}


class PeriodsData(TypedDict):
    """A clause whose status over time changes: first day and status of each period."""

    clause: str
    instrument: str
    before: list[list[str]]
    after: list[list[str]]


class ScenarioData(TypedDict):
    """An open scenario of the law of the draft: its fact, and what may become of it."""

    name: str
    branches: list[str]


class ImpactData(TypedDict):
    """The impact of a draft, as plain data."""

    draft: bool
    drafts: list[DraftData]
    jurisdiction: str
    scenarios: list[ScenarioData]
    rulebook: str
    rulebook_hash: str
    draft_hash: str
    clauses: list[PeriodsData]
    source: str
    rows: int
    has_mass: bool
    has_value: bool
    moved: SumsData
    before: dict[str, SumsData]
    after: dict[str, SumsData]
    moves: list[MoveData]
    by_clause: list[ClauseMoveData]
    exemptions: list[ExemptionData]
    licences: LicencesData | None
    deals: list[MovedDealData]
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Impact:
    """What a draft notice would move. It is a draft: nothing was saved, and no decision changes.

    Attributes:
        drafts: The files of the draft, with their hashes.
        jurisdiction: Whose law the draft is about.
        name: Its name, by language.
        scenarios: What may have become of rules of this law and is not assumed, by fact: deals that depend on it stay
            UNKNOWN.
        rulebook: Version of the rulebook without the draft.
        rulebook_hash: SHA-256 over the rulebook.
        draft_hash: SHA-256 over the rulebook with the draft, as `batch --overlay` states it.
        clauses: Clauses whose status differs on some date, new ones included.
        source: Name of the table, case folder or file of deals.
        kind: `table` if it is a table whose rows `batch` reads, `deals` if its deals are read one by one.
        rows: All rows.
        has_mass: Whether the table has a column of mass.
        has_value: Whether the table has columns of quantity and price.
        moved: Deals whose outcome, finding or risk of refusal changes.
        before: Rows by outcome under the rulebook; rejected rows are under `REJECTED`.
        after: The same under the draft.
        moves: Deals by result before and after, those that move first.
        by_clause: Deals that move, by the clause that moves them.
        exemptions: What each exemption of the draft is worth.
        licences: The licences under which deals run; None without a table of licences.
        deals: The first deals that move.
        files: The files written, by kind.

    Examples:
        >>> draft = EXAMPLES / "overlays" / "extension-2027.yaml"
        >>> found = coercivity.rules_impact([draft], EXAMPLES / "magnet-jv", on="2026-11-12")
        >>> found.rows, found.moved.deals
        (22, 15)
    """

    drafts: tuple[Draft, ...]
    jurisdiction: str
    name: Mapping[str, str]
    scenarios: Mapping[str, tuple[str, ...]]
    rulebook: str
    rulebook_hash: str
    draft_hash: str
    clauses: tuple[Respan, ...]
    source: str
    kind: str
    rows: int
    has_mass: bool
    has_value: bool
    moved: Sums
    before: Mapping[str, Sums]
    after: Mapping[str, Sums]
    moves: tuple[Move, ...]
    by_clause: tuple[ClauseMove, ...]
    exemptions: tuple[ExemptionImpact, ...]
    licences: Licences | None
    deals: tuple[MovedDeal, ...]
    files: Mapping[str, Path] = field(default_factory=dict)

    def as_dict(self) -> ImpactData:
        """Returns the impact as plain data for JSON; `draft` is always true."""
        return {
            "draft": True,
            "drafts": [one.as_dict() for one in self.drafts],
            "jurisdiction": self.jurisdiction,
            "scenarios": [{"name": name, "branches": list(branches)} for name, branches in self.scenarios.items()],
            "rulebook": self.rulebook,
            "rulebook_hash": self.rulebook_hash,
            "draft_hash": self.draft_hash,
            "clauses": [_periods(one) for one in self.clauses],
            "source": self.source,
            "rows": self.rows,
            "has_mass": self.has_mass,
            "has_value": self.has_value,
            "moved": self.moved.as_dict(),
            "before": {name: sums.as_dict() for name, sums in self.before.items()},
            "after": {name: sums.as_dict() for name, sums in self.after.items()},
            "moves": [one.as_dict() for one in self.moves],
            "by_clause": [one.as_dict() for one in self.by_clause],
            "exemptions": [one.as_dict() for one in self.exemptions],
            "licences": None if self.licences is None else self.licences.as_dict(),
            "deals": [one.as_dict() for one in self.deals],
            "files": {name: path.as_posix() for name, path in self.files.items()},
        }


def _periods(one: Respan) -> PeriodsData:
    before, after = ([[str(day), status.value] for day, status in runs] for runs in (one.before, one.after))
    return {"clause": one.provision, "instrument": one.instrument, "before": before, "after": after}
