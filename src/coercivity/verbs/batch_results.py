"""The results of a run, assembled from its parts: results, rejected rows, readings and summary."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from coercivity.base.errors import CoercivityError
from coercivity.base.version import ENGINE_VERSION
from coercivity.batches.plan import Plan
from coercivity.batches.request import TableAsked
from coercivity.batches.run import PartFiles, merged_readings
from coercivity.batches.stage.duplicates import distinct_hashes
from coercivity.batches.tally import About, Tally, merged
from coercivity.batches.write.folder import MAPPING, PARTS, OutFolder
from coercivity.batches.write.outputs import is_live, write_csv
from coercivity.data.vouch import vouch_shown
from coercivity.files.table import TableFile
from coercivity.files.write.whole import write_file, writing
from coercivity.intake.parties.lists.state import lists
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.batch.answers import RowAnswers
from coercivity.papers.batch.groups import groups_of
from coercivity.papers.batch.summary import summary_json, summary_lines
from coercivity.papers.batch.tables import Original, write_summary_xlsx, write_xlsx

Progress = Callable[[str, int, int], None]


@contextmanager
def reading_parts(folder: Path) -> Iterator[None]:
    """Turns errors in the parts of a run into a CoercivityError.

    Args:
        folder: Folder of the parts.

    Raises:
        CoercivityError: If a part is missing or damaged.
    """
    import polars as pl

    try:
        yield
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        what = f"a part of the run is missing or damaged: {type(error).__name__}"
        raise CoercivityError.of("PART", what, where=str(folder), next="run again without `--resume`") from error


def tally_of(parts: Sequence[PartFiles]) -> Tally:
    """Returns the counts of the whole run."""
    return merged(Tally.from_dict(json.loads(part.tally.read_bytes())) for part in parts)


def about_of(
    asked: TableAsked, table: TableFile, plan: Plan, book: Rulebook, input_hash: str, parts: Sequence[PartFiles]
) -> About:
    """Returns the origin of the counts of a run."""
    return About(
        source=asked.name,
        input_hash=input_hash,
        pack=book.version,
        pack_hash=book.content_hash,
        covered_from=book.covered_from.written(),
        engine=ENGINE_VERSION,
        distinct_cases=distinct_hashes(part.seals for part in parts),
        kinds=_kinds(parts),
        columns=dict(plan.columns.columns),
        unused=plan.columns.unused,
        reader_notes=table.notes,
        standing_by=", ".join(filter(None, (plan.standing.said_by, plan.standing.said_on))),
        vouches=tuple(vouch_shown(vouch) for vouch in book.vouches),
        lists=tuple(
            (state.list, f"{state.version}, as of {state.as_of_on or '?'}", state.completeness) for state in lists(book)
        ),
        error_examples=_examples(parts),
    )


def _kinds(parts: Sequence[PartFiles]) -> int:
    """Returns the number of distinct rulings, by content: the same for any number of workers."""
    import polars as pl

    names = ["outcome", "finding", "may_become", "rules", "missing"]
    found: set[tuple[Any, ...]] = set()
    for part in parts:
        found |= set(
            pl.read_parquet(part.answers, columns=names, glob=False, memory_map=False)
            .unique()
            .drop_nulls("outcome")
            .rows()
        )
    return len(found)


def _examples(parts: Sequence[PartFiles]) -> dict[str, str]:
    """Returns the first input error of each code."""
    import polars as pl

    found: dict[str, str] = {}
    for part in parts:
        frame = pl.read_parquet(part.answers, columns=["row", "input_error"], glob=False, memory_map=False).drop_nulls(
            "input_error"
        )
        for row, text in frame.iter_rows():
            found.setdefault(text.partition(":")[0], f"row {row}: {text}")
    return found


def write_results(
    folder: OutFolder,
    parts: Sequence[PartFiles],
    tally: Tally,
    about: About,
    *,
    mapping: bytes | None,
    book: Rulebook,
    table: TableFile,
    progress: Progress,
) -> dict[str, Path]:
    """Writes all results and moves them into place.

    Args:
        folder: The output folder.
        parts: The parts of the run, all finished.
        tally: Counts of the whole run.
        about: Origin of the results.
        mapping: Column mapping to write; None if it is already in place.
        book: The rulebook, for names of rules and for questions.
        table: The table, whose cells come back in the workbook.
        progress: Called with the number of files written and the total.

    Returns:
        The files, by kind.

    Raises:
        CoercivityError: If a part cannot be read, a file cannot be written, or an existing one is not from a run.
    """
    room, formats = folder.results, folder.formats
    with writing(room):
        room.mkdir(exist_ok=True)
    answers = [part.answers for part in parts]
    files = {"mapping": MAPPING}
    steps = len(formats) + 3
    groups = groups_of(answers, RowAnswers(book))
    for done, name in enumerate(formats):
        progress("results written", done, steps)
        if name == "csv":
            files["decisions"] = "decisions.csv"
            write_csv(answers, room / "decisions.csv")
        elif name == "xlsx":
            files["workbook"] = "decisions.xlsx"
            write_xlsx(
                answers, room / "decisions.xlsx", tally, about, book=book, original=original_of(table), groups=groups
            )
    files |= {"summary": "summary.txt", "summary_json": "summary.json"}
    text = "".join(f"{line}\n" for line in summary_lines(tally, about, book))
    write_file(room / "summary.txt", text.encode())
    write_file(room / "summary.json", summary_json(tally, about, [group.as_dict() for group in groups]))
    if "xlsx" not in formats:
        files["summary_xlsx"] = "summary.xlsx"
        write_summary_xlsx(room / "summary.xlsx", tally, about, book=book, groups=groups)
    files |= {"set_aside": "set-aside.csv", "readings": "readings.csv"}
    write_csv([part.aside for part in parts], room / "set-aside.csv")
    write_file(room / "readings.csv", _readings(parts))
    made: dict[str, bytes | Path] = {MAPPING: mapping} if mapping is not None else {}
    made |= {name: room / name for name in files.values() if name != MAPPING}
    if "parquet" in formats:
        files["parquet"] = PARTS
        made |= {f"{PARTS}/{path.name}": path for path in answers}
    folder.publish(made)
    progress("results written", steps, steps)
    return {what: folder.path / name for what, name in files.items()}


def original_of(table: TableFile) -> Original:
    """Returns the cells of a table as text, in the order of the table."""
    import polars as pl

    names = tuple(name for name in table.columns if name not in table.nested)

    def frames(rows: int) -> Iterator[pl.DataFrame]:
        for chunk in table.chunks(rows, columns=names):
            yield chunk.frame.select(pl.all().cast(pl.String, strict=False))

    return Original(names, frames)


def _readings(parts: Sequence[PartFiles]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["column", "text", "read_as", "rows"])
    for column, text, said, rows in merged_readings(parts):
        writer.writerow([_dead(column), _dead(text), _dead(said), rows])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _dead(text: str) -> str:
    return f"'{text}" if is_live(text) else text
