"""The dry run of user-supplied notices: their effect on clauses and deals, without saving anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.days import Day
from coercivity.base.errors import Fault
from coercivity.cases.arguments import Law
from coercivity.data.vouch import VouchShown, vouch_shown
from coercivity.law.rules.check import check_rules, days_to_check
from coercivity.law.rules.model import Status
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs.replay import Progress, Replayed, replay


@dataclass(frozen=True, slots=True)
class Respan:
    """A clause whose status over time is changed by a user-supplied notice.

    Attributes:
        before: Its periods in the rulebook: first day and status.
        after: The same with the user-supplied notice.
    """

    provision: str
    instrument: str
    before: tuple[tuple[Day, Status], ...]
    after: tuple[tuple[Day, Status], ...]


@dataclass(frozen=True, slots=True)
class DryRun:
    """The effect of user-supplied notices.

    Attributes:
        faults: Errors found by `rules check`; if there are any, nothing else was evaluated.
        clauses: Clauses whose status changes on some date, including new clauses.
        decisions: Deals checked again with the notices; `past` contains the result without them.
        vouches: Statements in the notices of persons who looked for newer ones.
    """

    faults: tuple[Fault, ...]
    clauses: tuple[Respan, ...]
    decisions: tuple[tuple[Replayed, Replayed], ...]
    vouches: tuple[VouchShown, ...] = ()

    @property
    def changed(self) -> tuple[tuple[Replayed, Replayed], ...]:
        """Results that differ, each as a pair without and with the notices."""
        return tuple(pair for pair in self.decisions if _answer(pair[0]) != _answer(pair[1]))


def _answer(row: Replayed) -> tuple[object, ...]:
    return row.outcome, row.decision.finding, row.decision.may_become


def overlay_dry_run(
    overlays: Sequence[Path],
    *,
    deals: Path | None = None,
    on: Sequence[str] = (),
    standing: Path | None = None,
    pack: Path | None = None,
    progress: Progress | None = None,
) -> DryRun:
    """Returns the effect of user-supplied notices on the rules and on deals, without saving anything.

    Args:
        overlays: The user-supplied notices, in the order in which they are added.
        deals: File of deals, or of earlier results.
        on: Transaction dates. Default: the date of each deal.
        standing: YAML file with compliance declarations for every row of a table.
        pack: Folder of a rulebook. Default: the built-in rulebook.
        progress: Called with the number of clauses checked and the total.

    Raises:
        CoercivityError: With every error in the notices, arguments and files.
    """
    plain, laid = Law(pack), Law(pack, tuple(overlays))
    bare, book = plain.book(), laid.book()
    faults = check_rules(book, book.folder, progress=progress).faults
    if faults:
        return DryRun(faults, (), ())
    rows: list[tuple[Replayed, Replayed]] = []
    if deals is not None:
        pairs = [replay(deals, on, standing=standing, law=law) for law in (plain, laid)]
        rows = list(zip(*pairs, strict=True))
    vouches = tuple(vouch_shown(vouch) for vouch in book.vouches)
    return DryRun((), tuple(respanned(bare, book)), tuple(rows), vouches)


def respanned(bare: Rulebook, book: Rulebook) -> list[Respan]:
    """Returns the clauses whose status differs on some date, each date seen with what each rulebook knew of it.

    Args:
        bare: The rulebook without the notices.
        book: The same with them.
    """
    days = sorted({*days_to_check(bare), *days_to_check(book)})
    before, after = _runs(bare, days), _runs(book, days)
    found = []
    for rule in book.rules:
        pair = before.get(rule.id, ()), after[rule.id]
        if pair[0] != pair[1]:
            found.append(Respan(rule.id, rule.instrument.id, *pair))
    return found


def _runs(book: Rulebook, days: Sequence[Day]) -> dict[str, tuple[tuple[Day, Status], ...]]:
    """Returns the status of every clause with an effect, as periods: first day and status."""
    found: dict[str, list[tuple[Day, Status]]] = {rule.id: [] for rule in book.rules}
    for day in days:
        for rule, status in zip(book.rules, book.statuses(day, book.default_known(day), {}), strict=True):
            runs = found[rule.id]
            if not runs or runs[-1][1] is not status.status:
                runs.append((day, status.status))
    return {name: tuple(runs) for name, runs in found.items()}
