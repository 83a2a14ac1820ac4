"""The pairs of a screening as a person decides them: one decision clears every row that asks about the same pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from coercivity.base.sums import total
from coercivity.data.parties.judgement import Judgement, Seen
from coercivity.data.parties.listed import ListEntry
from coercivity.intake.parties.judgements.held import Judgements, seen_of, verdict_of
from coercivity.intake.parties.results import Asked, Finding, Verdict
from coercivity.verbs.parties.pairs import pair_of
from coercivity.verbs.parties.rows import ROW_VERDICTS, RowVerdict, State
from coercivity.verbs.parties.screen import ScreenReport

STATES: tuple[State, ...] = get_args(State)
_GRAVE: tuple[Verdict, ...] = ("match", "possible", "none")


@dataclass(frozen=True, slots=True)
class Pair:
    """A written party and a listed party, with all rows that ask about it.

    Attributes:
        id: Its id, the same in every screening of the same name, address, country and owner against the same entry.
        asked: The written party, as in the first of its rows.
        findings: The findings, as in that row: one, or one for each notice that describes the party in its own way.
        entries: Entries of the listed party, one for each notice that lists it.
        rows: Positions of its rows in the report, counted from 0.
        state: `open`; `changed` if it was judged and something changed since; `judged` if a judgement holds.
        history: Its judgements, the oldest first.
    """

    id: str
    asked: Asked
    findings: tuple[Finding, ...]
    entries: tuple[ListEntry, ...]
    rows: tuple[int, ...]
    state: State = "open"
    history: tuple[Judgement, ...] = ()

    @property
    def finding(self) -> Finding:
        """The first finding."""
        return self.findings[0]

    @property
    def verdict(self) -> Verdict:
        """The strongest verdict of its findings."""
        return min((one.verdict for one in self.findings), key=_GRAVE.index)

    @property
    def changed(self) -> tuple[str, ...]:
        """What changed since it was judged."""
        told = (one.judged.changed for one in self.findings if one.judged is not None)
        return tuple(dict.fromkeys(part for parts in told for part in parts))

    @property
    def seen(self) -> tuple[Seen, ...]:
        """What a judgement is based on: once, or once for each notice that describes the party otherwise."""
        return tuple(dict.fromkeys(seen_of(self.asked, one.written, one.entry) for one in self.findings))

    @property
    def last_at(self) -> str:
        """Time of its last judgement; blank without one."""
        return self.history[-1].at if self.history else ""

    @property
    def says(self) -> str:
        """What the judgement that counts says; blank without one."""
        judged = self.finding.judged
        return judged.judgement.says if judged is not None else ""

    @property
    def is_to_do(self) -> bool:
        """Whether it waits for a decision."""
        return self.state != "judged"


@dataclass(frozen=True, slots=True)
class Worked:
    """A screening with the judgements made so far.

    Attributes:
        report: The screening, as if nothing had been judged.
        pairs: All pairs, those to decide first, then by the rows that one decision clears.
        by_id: The pairs by id.
        counts: Rows by verdict, with the judgements.
        asked_rows: Rows with a pair.
        left: Number of pairs that wait for a decision, by row; rows without one are left out.
        unsure_rows: Other rows with a pair that was judged `unsure`.
        judgements: All judgements of the file, the oldest first.
    """

    report: ScreenReport
    pairs: tuple[Pair, ...]
    by_id: Mapping[str, Pair]
    counts: Mapping[RowVerdict, int]
    asked_rows: int
    left: Mapping[int, int]
    unsure_rows: int
    judgements: tuple[Judgement, ...]

    @property
    def cleared_rows(self) -> int:
        """Rows with a pair of which none waits for a decision."""
        return self.asked_rows - len(self.left)

    def clears(self, pair: Pair) -> int:
        """Returns the number of rows that a decision about a pair settles: those in which no other pair waits."""
        return sum(self.left.get(row, 1) == 1 for row in pair.rows)

    def cleared_by(self, pair: Pair) -> int:
        """Returns the number of rows of a pair in which no pair waits for a decision."""
        return sum(row not in self.left for row in pair.rows)

    def last_by(self, by: str) -> Pair | None:
        """Returns the pair that a person judged last, as far as that judgement counts; None if there is none."""
        counts = {
            one.finding.judged.judgement: one
            for one in self.pairs
            if one.finding.judged is not None and not one.finding.judged.changed
        }
        return next((counts[one] for one in reversed(self.judgements) if one.by == by and one in counts), None)

    def to_do(self) -> int:
        """Returns the number of pairs that wait for a decision."""
        return total(one.is_to_do for one in self.pairs)


def pairs_of(report: ScreenReport) -> tuple[Pair, ...]:
    """Returns the pairs of a report that was made without judgements, with all notices that list each party."""
    entries: dict[str, dict[tuple[str, str], ListEntry]] = {}
    for row in report.rows:
        for one in row.findings:
            notice = (one.entry.list_id, one.entry.party_set)
            entries.setdefault(pair_of(row.asked, one), {}).setdefault(notice, one.entry)
    return tuple(
        Pair(one.id, one.asked, one.findings, tuple(entries[one.id].values()), one.rows) for one in report.clusters
    )


def worked(
    report: ScreenReport, pairs: Sequence[Pair], judgements: tuple[Judgement, ...], by_pair: Judgements
) -> Worked:
    """Returns a screening with judgements.

    Args:
        report: The screening without judgements.
        pairs: Its pairs, from `pairs_of`.
        judgements: The judgements, the oldest first.
        by_pair: The same by pair.
    """
    found = sorted((_judged(one, by_pair) for one in pairs), key=_rank)
    grave: dict[int, int] = {}
    left: Counter[int] = Counter()
    unsure: set[int] = set()
    for one in found:
        verdict = _GRAVE.index(one.verdict)
        for row in one.rows:
            grave[row] = min(grave.get(row, verdict), verdict)
        if one.is_to_do:
            left.update(one.rows)
        elif one.says == "unsure":
            unsure.update(one.rows)
    seen = Counter(
        _verdict(report, place, grave[place]) if place in grave else row.verdict
        for place, row in enumerate(report.rows)
    )
    return Worked(
        report,
        tuple(found),
        {one.id: one for one in found},
        {verdict: seen[verdict] for verdict in ROW_VERDICTS},
        len(grave),
        left,
        len(unsure - left.keys()),
        judgements,
    )


def _judged(pair: Pair, judgements: Judgements) -> Pair:
    history = judgements.history(pair.finding.written, pair.finding.entry)
    found: list[Finding] = []
    for one in pair.findings:
        judged = judgements.of(pair.asked, one.written, one.entry)
        found.append(one if judged is None else replace(one, judged=judged, verdict=verdict_of(one, judged)))
        if judged is not None:
            history = history or (judged.judgement,)  # judged under another name, at the same address
    return replace(pair, findings=tuple(found), state=_state(found), history=history) if history else pair


def _state(findings: Sequence[Finding]) -> State:
    if any(one.judged is None for one in findings):
        return "open"
    return "changed" if any(one.judged is not None and one.judged.changed for one in findings) else "judged"


def _rank(pair: Pair) -> tuple[int, int, int, int]:
    return STATES.index(pair.state), -len(pair.rows), -pair.finding.points, pair.rows[0]


def _verdict(report: ScreenReport, place: int, gravest: int) -> RowVerdict:
    """The verdict of a row whose pairs are judged; a text that itself is a question stays one."""
    result = report.rows[place].result
    asks = result is not None and bool(result.unread or result.nobody or result.doubted)
    return "possible" if asks and gravest > 1 else _GRAVE[gravest]
