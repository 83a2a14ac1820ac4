"""`batch --jurisdiction`: every row of a table under several laws, with the conflicts between them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.words import Lang, plain, say
from coercivity.batches.jurisdictions.part import SidesDecider, side_columns
from coercivity.batches.jurisdictions.run import SidesWork, decide_all_sides
from coercivity.batches.jurisdictions.tally import SidesTally, SidesTallyData
from coercivity.batches.plan import Plan
from coercivity.batches.request import TableAsked, Times, at_least_one, opened, plan_of
from coercivity.batches.stage.rows import Rows
from coercivity.batches.stage.staging import Stamp, name_of, readable, source_of
from coercivity.batches.write.outputs import write_csv
from coercivity.cases.arguments import PACKED, Clocks, Law
from coercivity.files.chunk import TableFile
from coercivity.files.write.lock import held
from coercivity.files.write.whole import writing
from coercivity.files.write.whole_set import write_set
from coercivity.law.engine.jurisdictions import Abroad
from coercivity.law.explain.conflicts import conflict_texts
from coercivity.law.rules.model import CHINA, GRAVITY, Outcome
from coercivity.papers.shared.outcomes import outcome_text
from coercivity.papers.shared.terminal import filled
from coercivity.papers.shared.words import paper_words
from coercivity.verbs import PART_ROWS
from coercivity.verbs.batch import said_of_row
from coercivity.verbs.batch_results import Progress
from coercivity.verbs.batch_workers import executor_of
from coercivity.verbs.impact_runs import room_of
from coercivity.verbs.jurisdictions.answer import DealAnswers
from coercivity.verbs.jurisdictions.decide import deal_in_jurisdictions
from coercivity.verbs.jurisdictions.request import Request, read_request

if TYPE_CHECKING:
    pass

CSV, PARQUET, JSON = "jurisdictions.csv", "jurisdictions.parquet", "jurisdictions.json"
_WORDS = paper_words("batch_jurisdictions", "words")
_ORDER = sorted(Outcome, key=GRAVITY.__getitem__, reverse=True)


class LawData(TypedDict):
    """A law that was asked: its rulebook, by version and hash."""

    law: str
    version: str
    hash: str


class TableData(TypedDict):
    """The result of a run as plain data."""

    source: str
    laws: list[LawData]
    counts: SidesTallyData
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class TableAnswers:
    r"""The results of a table under several laws.

    Attributes:
        source: Name of the table.
        request: The laws, with what is assumed.
        tally: The counts.
        unused: Columns that were not read.
        files: The files written, by kind.

    Examples:
        >>> _ = Path("t.csv").write_text("id,material,from,to,us_defence_contract\na,NdFeB magnets,CN,US,no\n")
        >>> found = coercivity.batch_jurisdictions("t.csv", "out", jurisdiction="CN,US", on="2025-08-15", workers=1)
        >>> found.tally.rows, list(found.tally.by_law), sorted(found.files)
        (1, ['CN', 'CN-foreign-rules', 'US'], ['csv', 'json', 'parquet'])
    """

    source: str
    request: Request
    tally: SidesTally
    unused: tuple[str, ...]
    files: Mapping[str, Path]

    def as_dict(self) -> TableData:
        """Returns the result as plain data for JSON."""
        laws: list[LawData] = [
            {"law": side.code, "version": side.book.version, "hash": side.book.content_hash}
            for side in self.request.sides
        ]
        files = {name: path.as_posix() for name, path in self.files.items()}
        return {"source": self.source, "laws": laws, "counts": self.tally.as_dict(), "files": files}

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the counts as lines of text."""
        tally = self.tally
        rows = (f"{count:,}" for count in (tally.rows, tally.input_errors, tally.not_deals))
        yield _said("rows", lang, plain(self.source), *rows)
        if self.unused:
            yield _said("unused", lang, ("、" if lang == "zh" else ", ").join(map(plain, self.unused)))
        yield from ("", _said("gravest", lang))
        yield f"  {self._counts(tally.outcomes, lang)}"
        for side in self.request.sides:
            name = _said("law", lang, side.code, say(side.name, lang))
            yield from (name, f"  {self._counts(tally.by_law[side.code], lang)}")
        names = sorted({*tally.sure, *tally.perhaps})
        yield from ("", _said("conflicts", lang)) if names else ()
        for name in names:
            title = say(conflict_texts()[name].title.as_dict(), lang)
            yield _said("conflict", lang, name, title, f"{tally.sure[name]:,}", f"{tally.perhaps[name]:,}")

    @staticmethod
    def _counts(counts: Mapping[str, int], lang: Lang) -> str:
        told = (
            f"{filled(outcome_text(one.value, lang), 8)}{counts[one.value]:,}"
            for one in _ORDER
            if counts.get(one.value)
        )
        return "  ".join(told) or "-"


def batch_jurisdictions(
    asked: TableAsked | Path | str,
    out: Path | str,
    *,
    jurisdiction: str | Sequence[str],
    on: str | None = None,
    known: str | None = None,
    assume: str | None = None,
    law: Law = PACKED,
    executor: Executor | None = None,
    workers: int | None = None,
    part_rows: int = PART_ROWS,
    progress: Progress = lambda label, done, total: None,
) -> TableAnswers:
    """Checks every row of a table under several laws: a result for each, the most restrictive, and the conflicts.

    The results of a row are those of the same deal on its own; what only other jurisdictions ask for is read from
    columns named as their facts are.

    Args:
        asked: Which table, and how to read it.
        out: Folder for `jurisdictions.csv`, `jurisdictions.parquet` and `jurisdictions.json`.
        jurisdiction: Codes, such as `CN,US,EU`. China beside others also answers for its rules on foreign measures.
        on: Transaction date for all rows. Default: the date in each row.
        known: Information cut-off for all rows.
        assume: Planning assumptions for suspensions, and scenarios such as `us_widening_2027=as_written`.
        law: The rulebook on China to use.
        executor: Executor for the parts. Default: the processors of this computer.
        workers: Number of parts at a time. Default: the number of processors.
        part_rows: Rows per part.
        progress: Called with the current step, the amount done and the total.

    Raises:
        CoercivityError: With every error in the arguments, header, column mapping and compliance declarations, before
            the first row is read; and if the table changes in the meantime, or a file cannot be written.

    Examples:
        >>> table = EXAMPLES / "jurisdictions" / "orders.csv"
        >>> found = coercivity.batch_jurisdictions(table, "out", jurisdiction="CN,US", on="2027-01-05", workers=1)
        >>> found.tally.sure["C01"]
        1
    """
    at_least_one({"workers": workers, "part-rows": part_rows})
    table_asked = asked if isinstance(asked, TableAsked) else TableAsked(Path(asked))
    folder = Path(out)
    _refuse(folder, table_asked)
    table = opened(table_asked)
    stamp = Stamp.of(table_asked.path)
    request, plan = _plan(table_asked, table, jurisdiction, on, known, assume, law)
    with room_of(folder) as room:
        source = source_of(
            table, stamp, tuple(plan.columns.columns), part_rows=part_rows, folder=room / "rows",
            progress=lambda done, total: progress("rows read", done, total),
        )  # fmt: skip
        parts = room / "parts"
        with writing(parts):
            parts.mkdir(parents=True)
        work = SidesWork(source, plan, tuple(side.code for side in request.sides), parts)
        with executor_of(executor, workers, source) as (chosen, count):
            tally = decide_all_sides(work, chosen, count, lambda done, total: progress("parts decided", done, total))
        source.check()
        found = TableAnswers(table_asked.name, request, tally, plan.columns.unused, _places(folder))
        _write(found, folder, room, work)
    return found


def row_in_jurisdictions(
    asked: TableAsked,
    row: int,
    *,
    jurisdiction: str | Sequence[str],
    on: str | None = None,
    known: str | None = None,
    assume: str | None = None,
    law: Law = PACKED,
) -> tuple[DealAnswers | None, list[str]]:
    """Returns the full results for one row of a table under several laws, and its corrections and errors.

    Args:
        asked: Which table, and how to read it.
        row: Number of the row, counted from 1.
        jurisdiction: Codes, such as `CN,US,EU`.
        on: Transaction date. Default: that of the row.
        known: Information cut-off. Default: that of the row.
        assume: Planning assumptions and scenarios.
        law: The rulebook on China to use.

    Raises:
        CoercivityError: As for `batch_jurisdictions`, and if the row does not exist.
    """
    at_least_one({"row": row})
    table = opened(asked)
    request, plan = _plan(asked, table, jurisdiction, on, known, assume, law)
    chunk = next(table.chunks(1, columns=tuple(plan.columns.columns), first=row), None)
    if chunk is None or not chunk.frame.height:
        what = f"row {row:,} not found"
        raise CoercivityError.of("BATCH-ROW", what, where=asked.name, next="rows are counted from 1")
    rows = Rows(readable(chunk.frame, plan.columns.columns), chunk.first, chunk.lines, chunk.broken, chunk.notes)
    decider = SidesDecider(plan, [side.code for side in request.sides])
    told = decider.decide(rows).frame.row(0, named=True)
    said = said_of_row(told["input_error"], told["not_a_deal"], told["notes"])
    if told["input_error"] or told["not_a_deal"]:
        return None, said
    deal, day, cut_off = decider.deal(rows)
    return deal_in_jurisdictions(request, deal, Clocks(day, cut_off, {}), str(told["id"] or row)), said


def _plan(
    asked: TableAsked,
    table: TableFile,
    jurisdiction: str | Sequence[str],
    on: str | None,
    known: str | None,
    assume: str | None,
    law: Law,
) -> tuple[Request, Plan]:
    faults = Faults()
    request = read_request(jurisdiction, assume, law, faults)
    if faults.items:
        Times(on, known, None).read(request.reading, faults)  # errors of the dates are told with those of the laws
    faults.raise_if_any()
    abroad = tuple(
        Abroad(code, () if code == CHINA else tuple(law.of(code).overlays), side.assume, request.scenarios)
        for side, code in ((side, side.book.jurisdiction) for side in request.sides if side.abroad)
    )
    times = Times(on, known, request.assume)
    plan, _, _ = plan_of(asked, table, request.china, times, abroad=abroad)
    return request, plan


def _refuse(out: Path, asked: TableAsked) -> None:
    faults = Faults()
    if out.exists() and not out.is_dir():
        faults.add("OUT", "it is a file, not a folder", where=out.as_posix(), next="give a folder after --out")
    if asked.path.resolve() in {path.resolve() for path in _places(out).values()}:
        what = "this input is in the output folder and would be overwritten"
        faults.add("OUT", what, where=asked.path.as_posix(), next="choose another --out folder")
    faults.raise_if_any()


def _places(out: Path) -> dict[str, Path]:
    return {"csv": out / CSV, "parquet": out / PARQUET, "json": out / JSON}


def _write(found: TableAnswers, out: Path, room: Path, work: SidesWork) -> None:
    import polars as pl

    columns = side_columns(work.labels)
    parts = [work.folder / name_of(part) for part in range(work.source.parts)]
    made: dict[str, Path] = {CSV: room / CSV, PARQUET: room / PARQUET}
    write_csv(parts, made[CSV], columns)
    with writing(made[PARQUET]):
        if parts:
            pl.scan_parquet(parts, glob=False).sink_parquet(made[PARQUET], maintain_order=True)
        else:
            pl.DataFrame(schema=dict.fromkeys(columns, pl.String())).write_parquet(made[PARQUET])
    text = json.dumps(found.as_dict(), ensure_ascii=False, indent=2) + "\n"
    with held(out):
        write_set(out, {**made, JSON: text.encode()})


def _said(word: str, lang: Lang, *values: object) -> str:
    return say(_WORDS[word], lang).format(*values)
