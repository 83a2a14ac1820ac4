"""The report of a screening: a row for each name, the lists used, and the pairs to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypedDict

from coercivity.base.days import Day
from coercivity.base.errors import Fault
from coercivity.data.parties.judgement import Judgement
from coercivity.data.parties.listed import Completeness
from coercivity.intake.parties.results import Asked, Feature, Finding, PartyResult, Span, Verdict
from coercivity.verbs.parties.pairs import finding_as_dict

__all__ = [
    "ROLES", "Asked", "Cluster", "Feature", "Finding", "ListUsed", "PartyResult", "Role", "RowData", "RowVerdict",
    "ScreenReport", "ScreenRow", "Span", "State", "Verdict",
]  # fmt: skip

Role = Literal["", "exporter", "consignee", "end_user", "intermediary", "owner"]
ROLES: tuple[Role, ...] = ("exporter", "consignee", "end_user", "intermediary", "owner")
RowVerdict = Literal["match", "possible", "none", "error"]
ROW_VERDICTS: tuple[RowVerdict, ...] = ("match", "possible", "error", "none")
State = Literal["open", "changed", "judged"]


class RowData(TypedDict):
    """One row as plain data: a line of JSON of the command, of HTTP and of a file."""

    id: str
    query: str
    verdict: RowVerdict
    party_id: list[str]
    reason: str
    place: str
    role: str
    findings: list[dict[str, Any]]
    fault: dict[str, str | list[str]] | None


@dataclass(frozen=True, slots=True)
class ScreenRow:
    """One screened name.

    Attributes:
        place: Where it stands: `name 2`, `row 7`, `line 3`.
        id: Id of the row in the input; its number if it has none.
        role: Role of the party in a deal; blank if the input does not say.
        asked: The party.
        result: The result; None if the row has an input error.
        fault: The input error.
        reason: Why, in English; for a row with an error what is wrong.
    """

    place: str
    id: str
    role: Role
    asked: Asked
    result: PartyResult | None
    fault: Fault | None = None
    reason: str = ""

    @property
    def verdict(self) -> RowVerdict:
        """The verdict; `error` if the row could not be screened."""
        return "error" if self.result is None else self.result.verdict

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The entries that it is or may be."""
        return () if self.result is None else self.result.findings

    def as_dict(self) -> RowData:
        """Returns the row as plain data for JSON."""
        held = [one for one in self.findings if one.verdict != "none"]
        return {
            "id": self.id,
            "query": self.asked.name,
            "verdict": self.verdict,
            "party_id": list(dict.fromkeys(one.entry.entry_id for one in held)),
            "reason": self.reason,
            "place": self.place,
            "role": self.role,
            "findings": [finding_as_dict(self.asked, one) for one in self.findings],
            "fault": None if self.fault is None else self.fault.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class ListUsed:
    """A list that the names were compared with.

    Attributes:
        list_id: Its name.
        version: Version as stated by the file, or the rulebook's.
        as_of_on: Day of its content; None if not stated.
        completeness: Whether it contains every entry.
        sha256: Hash of its file.
        entries: Number of entries.
        effect: `law` for a list of the law; `ask` for a user's list, which only raises questions.
    """

    list_id: str
    version: str
    as_of_on: Day | None
    completeness: Completeness
    sha256: str
    entries: int
    effect: Literal["law", "ask"]

    def as_dict(self) -> dict[str, Any]:
        """Returns the list as plain data for JSON."""
        return {
            "list": self.list_id,
            "version": self.version,
            "as_of": "" if self.as_of_on is None else str(self.as_of_on),
            "completeness": self.completeness,
            "sha256": self.sha256,
            "entries": self.entries,
            "effect": self.effect,
        }


@dataclass(frozen=True, slots=True)
class Cluster:
    """One pair of a written party and a listed entry, with all rows that ask about it: one decision clears them all.

    Attributes:
        number: Its number in the report, from 1.
        id: Its id, the same in every report about the same name, address, country, owner and entry.
        asked: The party, as in the first of its rows.
        findings: The finding, as in that row: one, or one for each notice that names the party.
        rows: Positions of its rows in the report, counted from 0.
        state: `open`; `changed` if it was judged before and something changed since; `judged` if a judgement holds.
    """

    number: int
    id: str
    asked: Asked
    findings: tuple[Finding, ...]
    rows: tuple[int, ...]
    state: State

    @property
    def finding(self) -> Finding:
        """The first finding."""
        return self.findings[0]

    @property
    def changed(self) -> tuple[str, ...]:
        """What changed since the pair was judged."""
        told = (one.judged.changed for one in self.findings if one.judged is not None)
        return tuple(dict.fromkeys(part for parts in told for part in parts))

    @property
    def clears(self) -> int:
        """Number of rows that one decision settles."""
        return len(self.rows)

    def as_dict(self) -> dict[str, Any]:
        """Returns the pair as plain data for JSON."""
        return {
            "number": self.number,
            "pair": self.id,
            "query": self.asked.name,
            "state": self.state,
            "rows": self.clears,
            "changed": list(self.changed),
            "finding": finding_as_dict(self.asked, self.finding),
        }


@dataclass(frozen=True)
class ScreenReport:
    """The result of a screening.

    Attributes:
        rows: A row for each name, in the order of the input.
        lists: The lists used.
        clusters: The pairs to decide, those that clear most rows first; then those that changed since they were
            judged; then those whose judgement holds.
        on: Date for which entries are shown as listed or not; None if not given.
        notices: Status of the notices found on that date, by party set: `in_force`, `suspended`, `ended`, `not_yet`
            or `unknown`; empty without a date.
        source: Name of the input; blank for names given one by one.
        notes: What was detected in the input, and what was left out.
        pack_hash: Hash of the rulebook.
        judgements_sha256: Hash of the judgements used; blank without any.
        judgements: The judgements used, by time.

    Examples:
        >>> report = coercivity.screen(["Lockheed Martin Corp.", "Muster Magnettechnik GmbH"])
        >>> report.counts["match"], report.counts["none"]
        (1, 1)
    """

    rows: tuple[ScreenRow, ...]
    lists: tuple[ListUsed, ...]
    clusters: tuple[Cluster, ...]
    on: Day | None = None
    notices: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    notes: tuple[str, ...] = ()
    pack_hash: str = ""
    judgements_sha256: str = ""
    judgements: tuple[Judgement, ...] = field(default=(), repr=False)

    @cached_property
    def counts(self) -> dict[RowVerdict, int]:
        """Number of rows by verdict."""
        seen = Counter(row.verdict for row in self.rows)
        return {verdict: seen[verdict] for verdict in ROW_VERDICTS}

    @cached_property
    def by_id(self) -> Mapping[str, Cluster]:
        """The pairs by id."""
        return {one.id: one for one in self.clusters}

    @property
    def verdict(self) -> RowVerdict:
        """The most serious verdict: `match`, `possible`, then `error`, then `none`."""
        return next((verdict for verdict in ROW_VERDICTS if self.counts[verdict]), "none")

    @property
    def open(self) -> tuple[Cluster, ...]:
        """The pairs to decide: never judged, or changed since."""
        return tuple(one for one in self.clusters if one.state != "judged")

    def as_dict(self) -> dict[str, Any]:
        """Returns the report as plain data for JSON."""
        return {**self.summary(len(self.clusters)), "rows": [row.as_dict() for row in self.rows]}

    def summary(self, most_pairs: int) -> dict[str, Any]:
        """Returns the report without its rows as plain data for JSON.

        Args:
            most_pairs: Number of pairs to give.
        """
        return {
            "source": self.source,
            "on": "" if self.on is None else str(self.on),
            "notices": dict(self.notices),
            "counts": dict(self.counts),
            "lists": [one.as_dict() for one in self.lists],
            "pairs": [one.as_dict() for one in self.clusters[:most_pairs]],
            "pair_count": len(self.clusters),
            "notes": list(self.notes),
            "pack_hash": self.pack_hash,
            "judgements_sha256": self.judgements_sha256,
        }
