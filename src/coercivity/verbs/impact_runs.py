"""The runs of `rules impact`: over a table, part by part, or over deals that are read one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING

from coercivity.base.errors import Argument, CoercivityError, Faults, brief_value
from coercivity.batches.impact.few import judge_few
from coercivity.batches.impact.licences import LicenceTable, licence_column, licence_number
from coercivity.batches.impact.model import MovedDeal, Result
from coercivity.batches.impact.part import JOINT, MOVED_COLUMNS, LicenceLink, moved_schema
from coercivity.batches.impact.run import Found, ImpactWork, judge_parts, moved_parts
from coercivity.batches.impact.sides import DRAFT, Sides
from coercivity.batches.request import TableAsked, Times, opened, plan_of
from coercivity.batches.stage.money import NEEDED
from coercivity.batches.stage.staging import Stamp, source_of
from coercivity.batches.write.outputs import write_csv
from coercivity.cases.arguments import Law
from coercivity.cases.sources import NamedDeal
from coercivity.data.input import Input
from coercivity.files.bounds import MOST_TEXT, text_bytes
from coercivity.files.chunk import TableFile
from coercivity.files.write.lock import held
from coercivity.files.write.whole import PART, writing
from coercivity.files.write.whole_set import write_set
from coercivity.law.engine.jurisdictions import Abroad, deal_abroad
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs import PART_ROWS
from coercivity.verbs.batch_results import Progress
from coercivity.verbs.batch_workers import executor_of
from coercivity.verbs.replay import named_deals

if TYPE_CHECKING:
    import polars as pl

LARGE = 8 << 20  # bytes of a file whose rows are looked at before it is cut into parts
SAMPLE_ROWS, MOST_PART_ROWS = 10_000, 500_000
GROUP_ROWS = 250_000  # of the rows that move; without it, the groups would show how the table was cut into parts
CSV, PARQUET, JSON = "moved.csv", "moved.parquet", "impact.json"


@dataclass(frozen=True, slots=True)
class DealsRun:
    """What was found in a table or a file of deals.

    Attributes:
        found: The sums.
        has_mass: Whether there is a column of mass.
        has_value: Whether there are columns of quantity and price.
        parts: Files of the rows that move, in the order of the table.
    """

    found: Found
    has_mass: bool
    has_value: bool
    parts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class ImpactAsked:
    """What is asked of a run.

    Attributes:
        asked: The table, case folder or file of deals.
        law: The rulebook that the rows of a table are read with.
        reading: The rulebook that deals are read with one by one.
        base: The user-supplied notices that both rulebooks contain.
        abroad: The law of the draft with it, if it is that of another jurisdiction.
        sides: The rulebooks that each row is judged under.
        changed: Ids of the clauses that are new in the draft, or whose status differs on some date.
        licences: The licences; None without a table of licences.
        licence_column: Column of the table of deals with the number of the licence, as asked.
        most: Number of moved deals in the result.
        room: Folder for intermediate files.
        keep: Whether all rows that move are kept in files.
    """

    asked: TableAsked
    law: Law
    reading: Rulebook
    base: tuple[Input, ...]
    abroad: Abroad | None
    sides: Sides
    changed: frozenset[str]
    times: Times
    licences: LicenceTable | None
    licence_column: str | None
    most: int
    room: Path
    keep: bool
    progress: Progress


def over_table(run: ImpactAsked, *, executor: Executor | None, workers: int | None, part_rows: int | None) -> DealsRun:
    """Judges a table, whose rows are read once.

    Raises:
        CoercivityError: With every error in the header, column mapping and compliance declarations, before the first
            row is read; and if the table changes in the meantime, or a file cannot be written.
    """
    asked, progress = run.asked, run.progress
    table = opened(asked)
    stamp = Stamp.of(asked.path)
    plan, _, _ = plan_of(asked, table, run.law, run.times, abroad=(run.abroad,) if run.abroad else ())
    link = _link(run, table.columns)
    roles = frozenset(plan.columns.columns.values())
    columns = tuple(plan.columns.columns)
    if link is not None and link.column not in columns:
        columns = (*columns, link.column)
    source = source_of(
        table, stamp, columns, part_rows=part_rows or rows_of_a_part(table, columns), folder=run.room / "rows",
        progress=lambda done, total: progress("rows read", done, total),
    )  # fmt: skip
    parts = run.room / "parts" if run.keep else None
    if parts is not None:
        with writing(parts):
            parts.mkdir(parents=True, exist_ok=True)
    work = ImpactWork(source, plan, run.base, run.changed, link, parts, run.most)
    with executor_of(executor, workers, source) as (chosen, count):
        found = judge_parts(work, chosen, count, lambda done, total: progress("parts judged", done, total))
    source.check()
    return DealsRun(found, "quantity" in roles, roles >= NEEDED, tuple(moved_parts(work)))


def rows_of_a_part(table: TableFile, columns: Sequence[str]) -> int:
    """Returns how many rows are judged together, if the caller does not say.

    Larger parts of a large table save work; a part with four times the text of the first rows still fits in memory, and
    eight parts or more share the work among processors.
    """
    size = table.path.stat().st_size
    if size < LARGE:
        return PART_ROWS
    first = next(iter(table.chunks(SAMPLE_ROWS, columns=columns)), None)
    text = 0 if first is None else text_bytes(first.frame)
    if first is None or not text:
        return PART_ROWS
    each = text / first.frame.height
    rows = table.rows or int(size / each)
    return max(PART_ROWS, min(MOST_PART_ROWS, rows // 8, int(MOST_TEXT / 4 / each)))


def _link(run: ImpactAsked, columns: Sequence[str]) -> LicenceLink | None:
    """Returns how deals and licences are linked; an error if licences are given and the deals name none."""
    if run.licences is None and run.licence_column is None:
        return None
    column = licence_column(columns, run.licence_column, run.asked.name)
    if column is None:
        what = "the table of deals has no column that names the licence of each deal"
        step = "add a column `licence`, or name it with --licence-column"
        raise CoercivityError.of("LICENCE-COLUMN", what, where=run.asked.name, next=step)
    return LicenceLink(column, {} if run.licences is None else run.licences.valid)


def over_few(run: ImpactAsked) -> DealsRun:
    """Judges the deals of a case folder, a YAML file or earlier results, one by one.

    Raises:
        CoercivityError: With every error in the arguments and the file.
    """
    faults = Faults()
    clocks = run.times.read(run.reading, faults)
    deals = named_deals(run.reading, run.asked.path, run.asked.standing, faults)
    _no_table(run.asked, faults)
    _licences_named(run, deals, faults)
    faults.raise_if_any()
    valid = None if run.licences is None else run.licences.valid
    assume = clocks.assume
    if run.abroad is not None:
        book, scenarios, assume = run.sides.books[DRAFT], run.abroad.scenarios, run.abroad.assume
        deals = [replace(one, deal=deal_abroad(one.deal, book, scenarios)) for one in deals]
    found, part = judge_few(
        run.sides, deals, run.changed, on=clocks.on, known=clocks.known, assume=assume, most=run.most,
        progress=lambda done, total: run.progress("deals judged", done, total), valid=valid,
    )  # fmt: skip
    parts: tuple[Path, ...] = ()
    if run.keep:
        parts = (run.room / "part.parquet",)
        with writing(run.room):
            part.first.write_parquet(parts[0])
    return DealsRun(found, any(d.mass_kg is not None for d in deals), any(d.value is not None for d in deals), parts)


def _no_table(asked: TableAsked, faults: Faults) -> None:
    """Adds an error for each option that says how to read a table."""
    for name in ("mapping", "on_column", "sheet", "encoding", "delimiter", "header_rows"):
        if getattr(asked, name) is not None:
            option = Argument("map" if name == "mapping" else name.replace("_", "-"))
            what = f"--{option} applies to a table of deals; {brief_value(asked.name)} is none"
            faults.add("ARGUMENT", what, where=option, next="omit it, or name another file")
    if asked.standing is not None and not asked.path.is_dir():
        what = "--standing applies to a table or a case folder; a file of deals states its own"
        faults.add(
            "ARGUMENT", what, where=Argument("standing"), next="write it into the file as `standing:`, and omit it"
        )


def _licences_named(run: ImpactAsked, deals: Sequence[NamedDeal], faults: Faults) -> None:
    """Adds an error if a column is asked for, or if licences are given and no deal names one."""
    where = run.asked.name
    if run.licence_column is not None:
        what = f"--licence-column {brief_value(run.licence_column)!r} applies to a table of deals only"
        step = "omit it: a case folder has the column `licence`, a deal of a YAML file the key `licence`"
        faults.add("LICENCE-COLUMN", what, where=where, next=step)
    given = run.licences is not None and not run.licences.found
    if given and deals and not any(licence_number(entry.licence) for entry in deals):
        step = "fill in the column `licence` of transactions.csv, or the key `licence` of deals; JSON results hold none"
        faults.add("LICENCE-COLUMN", "no deal names a licence", where=where, next=step)


def moved_deals(frames: Sequence[pl.DataFrame]) -> tuple[MovedDeal, ...]:
    """Returns rows that move as typed deals."""
    return tuple(_deal(row) for frame in frames for row in frame.iter_rows(named=True))


def _deal(row: dict[str, object]) -> MovedDeal:
    def names(column: str) -> tuple[str, ...]:
        return tuple(filter(None, str(row[column]).split(JOINT)))

    def number(column: str) -> float | None:
        found = row[column]
        return found if isinstance(found, float) else None

    before, after = (
        Result(str(row[side]), str(row[f"finding_{side}"]), str(row[f"may_become_{side}"]))
        for side in ("before", "after")
    )
    return MovedDeal(
        int(str(row["row"])), str(row["id"]), str(row["on"]), before, after, names("clause"), names("exemption"),
        names("missing"), number("mass_kg"), number("value"), str(row["currency"]), str(row["licence"]),
    )  # fmt: skip


@contextmanager
def room_of(out: Path | None) -> Iterator[Path]:
    """Yields a folder for intermediate files, removed at the end: next to the output folder, if there is one.

    What a killed run left next to an output folder is removed by the next run into it.

    Args:
        out: Output folder; None if nothing is written.

    Raises:
        CoercivityError: If it cannot be made, or another run writes to the output folder.
    """
    if out is None:
        with writing(Path(gettempdir())):
            made = TemporaryDirectory(prefix="coercivity-", suffix=PART)
        with made as room:
            yield Path(room)
        return
    whole = Path(out).absolute()
    own = whole.with_name(f".{whole.name}.rows{PART}")
    with held(own):
        with writing(own):
            if own.is_dir() and not own.is_symlink():
                rmtree(own)
            own.mkdir(parents=True)
        try:
            yield own
        finally:
            rmtree(own, ignore_errors=True)


def inputs_of(asked: TableAsked, licences: Path | str | TableAsked | None, law: Law) -> list[Path]:
    """Returns the files that a run reads, as far as they are files of the user."""
    table = licences.path if isinstance(licences, TableAsked) else licences
    given = (asked.path, asked.standing, asked.mapping, table, *law.overlays)
    return [Path(one) for one in given if isinstance(one, Path | str)]


def refuse_inputs(out: Path, inputs: Sequence[Path]) -> None:
    """Rejects a run that would overwrite its own input.

    Raises:
        CoercivityError: With an error for every such file, and if the output folder is a file.
    """
    faults = Faults()
    if out.exists() and not out.is_dir():
        faults.add("OUT", "it is a file, not a folder", where=out.as_posix(), next="give a folder after --out")
    places = {(out / name).resolve() for name in (CSV, PARQUET, JSON)}
    for path in inputs:
        if path.resolve() in places:
            what = "this input is in the output folder and would be overwritten"
            faults.add("OUT", what, where=path.as_posix(), next="choose another --out folder")
    faults.raise_if_any()


def write_impact(out: Path, room: Path, parts: Sequence[Path], plain: Mapping[str, object]) -> dict[str, Path]:
    """Writes all rows that move, and the impact as JSON: all files, or none.

    Args:
        out: Output folder.
        room: Folder for intermediate files, on the same file system.
        parts: Files of the rows that move, in the order of the table.
        plain: The impact as plain data.

    Returns:
        The files, by kind.

    Raises:
        CoercivityError: If a file cannot be written.
    """
    import polars as pl

    made = {CSV: room / CSV, PARQUET: room / PARQUET}
    write_csv(parts, made[CSV], MOVED_COLUMNS)
    with writing(made[PARQUET]):
        if parts:
            pl.scan_parquet(list(parts), glob=False).sink_parquet(
                made[PARQUET], maintain_order=True, row_group_size=GROUP_ROWS
            )
        else:
            pl.DataFrame(schema=moved_schema()).write_parquet(made[PARQUET])
    text = json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
    with held(out):
        write_set(out, {**made, JSON: text.encode()})
    return {"moved_csv": out / CSV, "moved_parquet": out / PARQUET, "impact": out / JSON}
