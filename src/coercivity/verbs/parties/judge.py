"""`judge`: records whether names are listed parties, and shows the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from coercivity.base.errors import Argument, Faults, brief_value, nearest
from coercivity.base.words import steers
from coercivity.data.input import Input
from coercivity.data.parties.judgement import Judgement, Says
from coercivity.intake.parties.judgements.file import append, read_judgements
from coercivity.intake.parties.judgements.file import pair_of as kept_pair
from coercivity.intake.parties.judgements.held import list_of, seen_of
from coercivity.verbs.parties.pairs import judgement_as_dict, pair_id
from coercivity.verbs.parties.rows import Cluster, ScreenReport

__all__ = ["SAYS", "Judged", "PairHistory", "histories_in", "judge", "judgement_history", "withdraw"]

SAYS: tuple[Says, ...] = get_args(Says)
MOST_WRITTEN = 1_000
OF_ROW = "row:"
_PAIRS = "pairs"


@dataclass(frozen=True, slots=True)
class Judged:
    """What was recorded.

    Attributes:
        judgements: The lines added to the file.
        pairs: Number of pairs decided.
        rows: Number of rows that they settle.
        held: All judgements of the file.
    """

    judgements: tuple[Judgement, ...]
    pairs: int
    rows: int
    held: tuple[Judgement, ...]

    def as_dict(self) -> dict[str, Any]:
        """Returns it as plain data for JSON."""
        return {"pairs": self.pairs, "rows": self.rows, "judgements": list(map(judgement_as_dict, self.judgements))}


@dataclass(frozen=True, slots=True)
class PairHistory:
    """All judgements of one pair.

    Attributes:
        pair: Its id.
        judgements: The oldest first; the last one counts.
    """

    pair: str
    judgements: tuple[Judgement, ...]

    @property
    def stands(self) -> Says | Literal[""]:
        """The judgement that counts: the last one; blank if it was withdrawn."""
        last = self.judgements[-1].says
        return "" if last == "withdrawn" else last

    def as_dict(self) -> dict[str, Any]:
        """Returns it as plain data for JSON."""
        return {"pair": self.pair, "stands": self.stands, "judgements": list(map(judgement_as_dict, self.judgements))}


def judge(
    report: ScreenReport, pairs: Sequence[str | int], says: str, *, by: str, why: str, path: Path, at: str
) -> Judged:
    """Records one decision about pairs of a screening, in a file to which lines are only ever added.

    Args:
        report: The screening; made with the same file of judgements if it exists, so that nobody is overruled unawares.
        pairs: Numbers or ids of pairs in it, or `row:` and the id of a row for all pairs of that row.
        says: `same`, `different`, `unsure`, or `withdrawn` to undo.
        by: Person or department.
        why: The reason, in a sentence.
        path: File of judgements; created if it is missing.
        at: Time in UTC, as 2026-11-24T09:30:00Z.

    Raises:
        CoercivityError: With every pair that does not exist or has nothing to withdraw, and every error in the
            arguments; if the file has errors; or if somebody judged a pair since the screening.

    Examples:
        >>> law = coercivity.Law(judgements=Path("judgements.jsonl"))
        >>> report = coercivity.screen("Lokheed Martin Corp.")  # with `law=law` once the file exists
        >>> said = {"by": "export control desk", "why": "the register number is that of the listed company"}
        >>> done = coercivity.judge(report, [1], "same", **said, path=law.judgements, at="2026-11-24T09:30:00Z")
        >>> done.rows, coercivity.screen("Lokheed Martin Corp.", law=law).verdict
        (1, 'match')
    """
    faults = Faults()
    chosen = [one for name in dict.fromkeys(map(str, pairs)) for one in _pairs(report, name, faults)]
    if not pairs:
        faults.add("JUDGE-PAIR", "no pair was given", where=_PAIRS, next="name pairs by number or id")
    said = _said(says, faults)
    if said == "withdrawn":
        for one in chosen:
            if all(finding.judged is None for finding in one.findings):
                faults.add("JUDGE-PAIR", f"pair {one.id} has no judgement to withdraw", where=_PAIRS)
    faults.raise_if_any()
    lines = [line for one in dict.fromkeys(chosen) for line in _lines(one, said, by, at, why)]
    last = {kept_pair(one): one.at for one in report.judgements}
    seen = {kept_pair(line): last.get(kept_pair(line), "") for line in lines}
    held = append(path, lines, last_seen=seen)
    rows = {place for one in chosen for place in one.rows}
    return Judged(tuple(lines), len(set(chosen)), len(rows), held)


def withdraw(path: Path, pairs: Sequence[str], *, by: str, why: str, at: str) -> Judged:
    """Undoes the judgements of pairs by later lines, from the file of judgements alone.

    Args:
        path: File of judgements.
        pairs: Ids of the pairs.
        by: Person or department.
        why: The reason, in a sentence.
        at: Time in UTC, as 2026-11-24T09:30:00Z.

    Raises:
        CoercivityError: With every pair that has no judgement, and every error in the file or the arguments.
    """
    held = {one.pair: one for one in judgement_history(path)}
    faults, lines = Faults(), list[Judgement]()
    for pair in dict.fromkeys(pairs):
        if pair not in held or not held[pair].stands:
            what = f"pair {brief_value(pair)!r} has no judgement to withdraw"
            faults.add("JUDGE-PAIR", what, where=_PAIRS, nearest=nearest(pair[:20], held))
            continue
        lines.append(replace(held[pair].judgements[-1], says="withdrawn", by=by, at=at, why=why))
    faults.raise_if_any()
    last = {kept_pair(one): one.at for history in held.values() for one in history.judgements}
    found = append(path, lines, last_seen={kept_pair(line): last[kept_pair(line)] for line in lines})
    return Judged(tuple(lines), len(lines), 0, found)


def histories_in(report: ScreenReport, pairs: Sequence[str | int] = ()) -> tuple[PairHistory, ...]:
    """Returns the judgements of pairs of a screening, as far as there are any.

    Args:
        report: The screening.
        pairs: Numbers or ids of pairs in it, or `row:` and the id of a row. Default: all.

    Raises:
        CoercivityError: With every pair that it does not have.
    """
    faults = Faults()
    chosen = [one for name in map(str, pairs) for one in _pairs(report, name, faults)]
    faults.raise_if_any()
    wanted = {one.id for one in chosen or report.clusters}
    return tuple(one for one in _histories(report.judgements) if one.pair in wanted)


def judgement_history(source: Input, pairs: Iterable[str] = ()) -> tuple[PairHistory, ...]:
    """Returns the judgements of pairs, the pair judged last first.

    Args:
        source: File of judgements.
        pairs: Ids of pairs. Default: all.

    Raises:
        CoercivityError: With every error in the file, and every pair that it does not have.

    Examples:
        >>> law = coercivity.Law(judgements=Path("judgements.jsonl"))
        >>> report = coercivity.screen("Lokheed Martin Corp.")  # with `law=law` once the file exists
        >>> said = {"by": "export control desk", "why": "another company, by its address", "path": law.judgements}
        >>> _ = coercivity.judge(report, [1], "different", **said, at="2026-11-24T09:30:00Z")
        >>> [history.stands for history in coercivity.judgement_history(law.judgements)]
        ['different']
    """
    faults = Faults()
    lines, _ = read_judgements(source, faults)
    found = {one.pair: one for one in _histories(lines)}
    wanted = tuple(dict.fromkeys(pairs))
    for pair in wanted:
        if pair not in found and not faults.items:
            what = f"pair {brief_value(pair)!r} was never judged"
            faults.add("JUDGE-PAIR", what, where=_PAIRS, nearest=nearest(pair[:20], found))
    faults.raise_if_any()
    return tuple(one for one in found.values() if not wanted or one.pair in wanted)


def _histories(lines: Iterable[Judgement]) -> Iterator[PairHistory]:
    """Yields the judgements of every pair, the pair judged last first."""
    found: dict[str, list[Judgement]] = {}
    for line in lines:
        key = pair_id(line.list_id, line.entry_id, line.seen)
        found[key] = [*found.pop(key, ()), line]
    yield from (PairHistory(key, tuple(ones)) for key, ones in reversed(found.items()))


def _pairs(report: ScreenReport, name: str, faults: Faults) -> Iterator[Cluster]:
    """Yields a pair by its number or id, or all pairs of a row."""
    if name.startswith(OF_ROW):
        places = {place for place, row in enumerate(report.rows) if row.id == name.removeprefix(OF_ROW)}
        found = [one for one in report.clusters if not places.isdisjoint(one.rows)]
        if not found:
            what = f"row {brief_value(name.removeprefix(OF_ROW))!r} has no pair in this screening"
            near = nearest(name.removeprefix(OF_ROW)[:40], [row.id for row in report.rows if row.findings][:10_000])
            faults.add("JUDGE-PAIR", what, where=_PAIRS, nearest=near, next="use the id of a row with a finding")
        yield from found
    elif (one := _pair(report, name, faults)) is not None:
        yield one


def _pair(report: ScreenReport, name: str, faults: Faults) -> Cluster | None:
    """Returns a pair by its number or id."""
    number = int(name) if name.isascii() and name.isdigit() and len(name) < 8 else 0
    if 0 < number <= len(report.clusters):
        return report.clusters[number - 1]
    if name not in report.by_id:
        what = f"there is no pair {brief_value(name)!r} in this screening, which has {len(report.clusters):,}"
        near = nearest(name[:20], report.by_id)
        faults.add("JUDGE-PAIR", what, where=_PAIRS, nearest=near, next="screen again, and use the number or id shown")
    return report.by_id.get(name)


def _said(says: str, faults: Faults) -> Says:
    for one in SAYS:
        if one == says:
            return one
    what = f"{brief_value(says)!r} is not one of {', '.join(SAYS)}"
    faults.add("JUDGE-SAYS", what, where=Argument("says"), nearest=nearest(says[:20], SAYS), next="choose one")
    return "unsure"


def _lines(pair: Cluster, says: Says, by: str, at: str, why: str) -> Iterable[Judgement]:
    """Yields a line for each state of the entry that the pair is about; notices of one party share it."""
    for one in {finding.entry.digest: finding for finding in pair.findings}.values():
        written = "".join("" if steers(sign) else sign for sign in one.written)[:MOST_WRITTEN]
        seen = seen_of(pair.asked, one.written, one.entry)
        yield Judgement(list_of(one.entry), one.entry.entry_id, written, says, by, at, why, seen)
