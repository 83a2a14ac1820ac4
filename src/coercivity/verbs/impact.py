"""`rules impact`: what a draft notice would move, before it is made active: clauses, deals, licences, mass, money.

Nothing is saved in the rulebook, and every decision stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from coercivity.base.errors import Argument, CoercivityError
from coercivity.batches.impact.licence_model import LicenceImpact, Licences
from coercivity.batches.impact.licences import licence_table
from coercivity.batches.impact.model import (
    REJECTED,
    ClauseMove,
    ExemptionImpact,
    Missing,
    Move,
    MovedDeal,
    Result,
    Sums,
)
from coercivity.batches.impact.sides import exemptions_of, sides_of, undated
from coercivity.batches.impact.splits import clause_moves_of, exemption_impacts_of, licences_of, moves_of
from coercivity.batches.request import TableAsked, Times, at_least_one
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.input import Input
from coercivity.law.rules.check import check_rules
from coercivity.law.rules.overlay import OverlayFile, read_overlays
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs.batch_results import Progress
from coercivity.verbs.impact_law import DraftedLaw, drafted_law
from coercivity.verbs.impact_result import Draft, Impact
from coercivity.verbs.impact_runs import (
    DealsRun,
    ImpactAsked,
    inputs_of,
    moved_deals,
    over_few,
    over_table,
    refuse_inputs,
    room_of,
    write_impact,
)
from coercivity.verbs.overlay import Respan, respanned

__all__ = [
    "REJECTED", "ClauseMove", "Draft", "ExemptionImpact", "Impact", "LicenceImpact", "Licences", "Missing", "Move",
    "MovedDeal", "Result", "Sums", "rules_impact",
]  # fmt: skip

SHOWN = 20  # moved deals in a result, unless more are asked for
MOST_SHOWN = 10_000
BY_ONE = (".yaml", ".yml", ".json")  # files of deals that are read one by one; a case folder is another
TABLE, DEALS = "table", "deals"


def rules_impact(
    drafts: Sequence[Input | str],
    deals: Path | str | TableAsked,
    *,
    licences: Path | str | TableAsked | None = None,
    licence_column: str | None = None,
    on: str | None = None,
    known: str | None = None,
    assume: str | None = None,
    standing: Input | None = None,
    law: Law = PACKED,
    out: Path | str | None = None,
    shown: int = SHOWN,
    executor: Executor | None = None,
    workers: int | None = None,
    part_rows: int | None = None,
    progress: Progress = lambda label, done, total: None,
) -> Impact:
    r"""Returns what a draft notice would move: clauses, deals, licences, mass and money. It saves nothing.

    Args:
        drafts: The draft: one or more user-supplied notices about the law of one jurisdiction, in the order in which
            they are added. It need not be China: `jurisdiction:` in the notice says whose law it changes.
        deals: A table of any size that `batch` reads, a case folder, or a YAML or JSON file of deals.
        licences: Table of licences; the deals name them in a column or key `licence`. Default: `licences.csv` of a case
            folder, if there is one.
        licence_column: Column of a table of deals with the number of the licence. Default: found by its name.
        on: Transaction date for all deals. Default: the date of each.
        known: Information cut-off for all deals.
        assume: Planning assumption for suspensions, and for a draft about another jurisdiction its scenarios.
        standing: YAML file with compliance declarations for every row of a table.
        law: The rulebook to compare with.
        out: Folder for all deals that move, as `moved.csv` and `moved.parquet`, and for `impact.json`.
        shown: Number of deals that move in the result.
        executor: Executor for the parts of a table. Default: the processors of this computer.
        workers: Number of parts at a time. Default: the number of processors.
        part_rows: Rows of a table per part. Default: 200,000, up to 500,000 of a large table.
        progress: Called with the current step, the amount done and the total.

    Raises:
        CoercivityError: With every error in the draft, among them an exemption without a first day; then with every
            error in the arguments and tables.

    Examples:
        >>> draft = EXAMPLES / "overlays" / "extension-2027.yaml"
        >>> _ = Path("few.csv").write_text("id,material,from,to\na,NdFeB magnets with Dy,CN,DE\n")
        >>> found = coercivity.rules_impact([draft], "few.csv", on="2026-11-12", workers=1)
        >>> found.rows, found.has_mass
        (1, False)
    """
    at_least_one({"workers": workers, "part-rows": part_rows, "shown": shown})
    if shown > MOST_SHOWN:
        what = f"at most {MOST_SHOWN:,} moved deals are returned; all are written to the folder `out`"
        raise CoercivityError.of("ARGUMENT", what, where=Argument("shown"), next=f"write {MOST_SHOWN:,} or less")
    asked = deals if isinstance(deals, TableAsked) else TableAsked(Path(deals), standing)
    files = tuple(Path(one) if isinstance(one, str) else one for one in drafts)
    if not files:
        raise CoercivityError.of("OVERLAY", "no draft is given", next="name the file of a user-supplied notice")
    texts = read_overlays(files)
    drafted = drafted_law(files, law, Times(on, known, assume))
    bare, book = drafted.bare, drafted.book
    folder = None if out is None else Path(out)
    if folder is not None:
        refuse_inputs(folder, inputs_of(asked, licences, replace(law, overlays=(*law.overlays, *files))))
    _check(bare, book, lambda done, count: progress("rules check", done, count))
    clauses, sides = tuple(respanned(bare, book)), sides_of(bare, book)
    changed = frozenset(one.provision for one in clauses)
    table = licence_table(Path(licences) if isinstance(licences, str) else licences, asked.path)
    by_one = asked.path.is_dir() or asked.path.suffix.lower() in BY_ONE
    with room_of(folder) as room:
        run = ImpactAsked(
            asked, drafted.law, drafted.reading, drafted.base, drafted.abroad, sides, changed, drafted.times, table,
            licence_column, shown, room, folder is not None, progress,
        )  # fmt: skip
        done = over_few(run) if by_one else over_table(run, executor=executor, workers=workers, part_rows=part_rows)
        made = _impact(run, done, drafted, texts, clauses, DEALS if by_one else TABLE)
        if folder is None:
            return made
        return replace(made, files=write_impact(folder, room, done.parts, made.as_dict()))


def _impact(
    run: ImpactAsked,
    done: DealsRun,
    drafted: DraftedLaw,
    texts: Sequence[OverlayFile],
    clauses: tuple[Respan, ...],
    kind: str,
) -> Impact:
    ledger, bare, book = done.found.ledger, drafted.bare, drafted.book
    before = ledger.split(lambda key: [key.kind.before.outcome])
    after = ledger.split(lambda key: [key.kind.after.outcome])
    return Impact(
        drafts=tuple(Draft(file.name, file.hash) for file in texts),
        jurisdiction=drafted.jurisdiction,
        name=drafted.name,
        scenarios=drafted.scenarios,
        rulebook=bare.version,
        rulebook_hash=bare.content_hash,
        draft_hash=book.content_hash,
        clauses=clauses,
        source=run.asked.name,
        kind=kind,
        rows=ledger.rows,
        has_mass=done.has_mass,
        has_value=done.has_value,
        moved=ledger.sums(lambda key: key.kind.moved),
        before={name: before[name] for name in sorted(before)},
        after={name: after[name] for name in sorted(after)},
        moves=moves_of(ledger),
        by_clause=clause_moves_of(ledger, {rule.id: rule.instrument.id for rule in book.rules}),
        exemptions=exemption_impacts_of(ledger, run.sides.exemptions),
        licences=None if run.licences is None else licences_of(done.found, run.licences),
        deals=moved_deals(done.found.first),
    )


def _check(bare: Rulebook, book: Rulebook, progress: Callable[[int, int], None]) -> None:
    """Raises every error of the draft at once."""
    lacking = undated(exemptions_of(bare, book))
    told = {(fault.where, "EVENT-START") for fault in lacking}  # the same error, without what to do
    found = check_rules(book, book.folder, progress=progress).faults
    faults = (*lacking, *(fault for fault in found if (fault.where, fault.code) not in told))
    if faults:
        raise CoercivityError(faults)
