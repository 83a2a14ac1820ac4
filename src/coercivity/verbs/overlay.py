"""The dry run of overlays: what they would do to clauses and deals, without keeping anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.days import Day
from coercivity.base.errors import Fault
from coercivity.cases.arguments import Law
from coercivity.law.rules.check import check_rules, days_to_check
from coercivity.law.rules.model import Status
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs.replay import Progress, Replayed, replay


@dataclass(frozen=True, slots=True)
class Respan:
    """A clause whose run of days an overlay changes.

    Attributes:
        before: Its runs of days in the pack: first day and status.
        after: The same with the overlay.
    """

    provision: str
    instrument: str
    before: tuple[tuple[Day, Status], ...]
    after: tuple[tuple[Day, Status], ...]


@dataclass(frozen=True, slots=True)
class DryRun:
    """What overlays would do.

    Attributes:
        faults: What `rules check` finds; with any, nothing else was looked at.
        clauses: Clauses that get other days, new ones included.
        decisions: Deals replayed with the overlays; `past` holds the answer without them.
    """

    faults: tuple[Fault, ...]
    clauses: tuple[Respan, ...]
    decisions: tuple[tuple[Replayed, Replayed], ...]

    @property
    def changed(self) -> tuple[tuple[Replayed, Replayed], ...]:
        """Answers that differ, each as a pair without and with the overlays."""
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
    """Returns what overlays would do to the rules and to deals, without keeping anything.

    Args:
        overlays: The overlays, in the order in which they are laid over.
        deals: File of deals, or of answers given before.
        on: Days on which the deals are answered; without any, each deal's own.
        standing: YAML file whose standing block holds for every row of a table.
        pack: Folder of a law pack; by default the one that is part of the program.
        progress: Called with (provisions checked, all).

    Raises:
        CoercivityError: With every fault of the form of overlays, arguments and files.
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
    return DryRun((), tuple(_respanned(bare, book)), tuple(rows))


def _respanned(bare: Rulebook, book: Rulebook) -> list[Respan]:
    """The clauses that have another status on some day, each day seen by what is known of it in either law."""
    days = sorted({*days_to_check(bare), *days_to_check(book)})
    before, after = _runs(bare, days), _runs(book, days)
    found = []
    for rule in book.rules:
        pair = before.get(rule.id, ()), after[rule.id]
        if pair[0] != pair[1]:
            found.append(Respan(rule.id, rule.instrument.id, *pair))
    return found


def _runs(book: Rulebook, days: Sequence[Day]) -> dict[str, tuple[tuple[Day, Status], ...]]:
    """The status of every clause with an effect, as runs: first day and status."""
    found: dict[str, list[tuple[Day, Status]]] = {rule.id: [] for rule in book.rules}
    for day in days:
        for rule, status in zip(book.rules, book.statuses(day, book.default_known(day), {}), strict=True):
            runs = found[rule.id]
            if not runs or runs[-1][1] is not status.status:
                runs.append((day, status.status))
    return {name: tuple(runs) for name, runs in found.items()}
