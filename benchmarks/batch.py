"""Batches compared with other engines: rows in memory, messy files, a hundred million rows, Dask, ZEN, OpenFisca.

`python -m benchmarks.batch` runs the quick parts (a, b, d, e). `python -m benchmarks.batch c --rows 100000000` writes the
large file if it does not exist, runs it, kills it half way and resumes it. Name parts to run only those.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks._twelve import Drawn, cut, draw
from benchmarks.peers import by_hand
from benchmarks.peers._measure import DEALS, KEY, rates, repeated
from coercivity.batches.judge.part import PartDecider
from coercivity.batches.plan import Plan
from coercivity.batches.stage.rows import Rows
from coercivity.cases.files import packed_standing
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.cells.columns import ColumnMap
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs.batch import batch_frame

ROUNDS = 5
THINGS = (
    *(("magnet", "NdFeB", "Nd;Pr", "other"), ("magnet", "NdFeB", "Nd;Pr;Dy", "other")),
    *(
        ("magnet", "NdFeB", "Nd;Pr;Dy;Tb", "other"),
        ("magnet", "SmCo", "Sm", "other"),
        ("magnet", "ferrite", "[]", "other"),
    ),
    *(
        ("metal", None, "Dy", None),
        ("metal", None, "Nd;Pr", None),
        ("oxide", None, "Y", None),
        ("oxide", None, "La", None),
    ),
    *(("alloy", None, "Dy", None), ("magnet_powder", "NdFeB", "Nd;Pr;Dy", None), ("compound", None, "Ce", None)),
    *(("finished_good", "NdFeB", "Nd;Dy", "motor"), ("assembly", "NdFeB", "Nd;Dy", "rotor_or_stator")),
    ("compound", None, "Ho", None),
)
PLACES = [*"DE US JP KR FR IT ES PL CZ HU SK AT SE GB MX CA BR IN TH ID TR NL CH FI SG".split()]  # noqa: SIM905


def told(found: Sequence[float]) -> str:
    """Returns median, lowest and highest rate as text."""
    return f"{statistics.median(found):13,.0f} rows a second   ({min(found):,.0f} to {max(found):,.0f})"


def measured(work: Callable[[], object], rows: int, rounds: int = ROUNDS) -> list[float]:
    """Returns rows per second for every round except a warm-up round."""
    work()
    return rates(lambda _: work(), None, rows, rounds)


# (a) facts in memory to outcome and rule list


def facts_in_memory(rows: int, key: int = 1) -> pl.DataFrame:
    """Returns twelve random columns of facts as a current table would contain them: words, flags, dates."""
    draw_by = np.random.default_rng(key)

    def column(values: Sequence[Any]) -> pl.Series:
        return pl.Series(values).gather(draw_by.integers(0, len(values), rows))

    things = pl.DataFrame(THINGS, schema=["form", "magnet_type", "elements", "goods_kind"], orient="row")
    frame = things[draw_by.integers(0, len(THINGS), rows)].with_columns(
        column(["goods"] * 9 + ["reexport"]).alias("act"),
        column(["CN"] * 9 + ["DE", "JP"]).alias("from"),
        column(PLACES).alias("to"),
        column(["CN"] * 8 + ["AU", "VN"]).alias("origin"),
        column(["CN"] * 8 + ["JP", "DE"]).alias("exporter_nationality"),
        column([f"Motor Works {number:03}" for number in range(400)]).alias("end_user"),
        column([False] * 99 + [True]).alias("military_use"),
        pl.Series("on", np.datetime64("2025-01-01") + draw_by.integers(0, 730, rows)).cast(pl.Date),
    )
    return frame


def listed(frame: pl.DataFrame) -> pl.DataFrame:
    """Returns the same with every text column as an Enum."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(pl.col(n).cast(pl.Enum(frame[n].drop_nulls().unique(maintain_order=True))) for n in texts)


def part_a(rows: int) -> None:
    """Measures facts in memory to result and list of rules, with the whole rulebook."""
    standing = dict(packed_standing().facts)
    plain = facts_in_memory(rows)
    print(f"(a) facts in memory to outcome and rule list; whole pack, {rows:,} rows, twelve columns, two years of days")
    for name, frame in (("words of a list (Enum)", listed(plain)), ("texts (String)", plain)):

        def work(frame: pl.DataFrame = frame) -> object:
            return batch_frame(frame, standing=standing, said_by="the desk", said_on="transaction date", proofs=False)

        begun = time.perf_counter()
        found = work()
        first = rows / (time.perf_counter() - begun)
        assert isinstance(found, pl.DataFrame)
        kinds = found.select("outcome", "rules", "missing").unique().height
        print(f"    {name:26} {told(measured(work, rows))}   first time {first:,.0f}; {kinds} different answers")
    hashed = plain.head(rows // 8)
    print(
        f"    {'with a decision hash a row':26} "
        f"{told(measured(lambda: batch_frame(hashed, standing=standing, said_by='the desk', said_on='transaction date'), hashed.height, 3))}"
    )


# (d) the same twelve rules in other engines


class Twelve:
    """The twelve rules in coercivity, compiled once, with facts as columns."""

    def __init__(self, book: Rulebook, drawn: Sequence[Drawn]) -> None:
        names = sorted({name for entry in drawn for name in entry.deal.facts})
        columns: dict[str, list[Any]] = {n: [_cell(entry.deal.facts.get(n)) for entry in drawn] for n in names}
        self.frame = listed(pl.DataFrame({**columns, "on": [entry.on for entry in drawn]}))
        self.decider = PartDecider(book, Plan(ColumnMap({**{n: n for n in names}, "on": "on"})), proofs=False)

    def run(self, frame: pl.DataFrame | None = None, slices: int = 1 << 19) -> pl.DataFrame:
        """Returns result and list of rules of every row, on all cores."""
        from concurrent.futures import ThreadPoolExecutor

        frame = self.frame if frame is None else frame
        parts = [Rows(frame.slice(at, slices), at + 1, None, {}, {}) for at in range(0, frame.height, slices)]
        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            return pl.concat([found.frame for found in pool.map(self.decider.decide, parts)])


def _cell(value: FactValue | None) -> Any:
    if isinstance(value, SetValue):
        return ";".join(sorted(value.has)) or "[]"
    if value is None or isinstance(value, (bool, str)):
        return value
    return str(value.text()) if hasattr(value, "text") else value.isoformat()


def part_d(rows: int) -> None:
    """Measures twelve rules in four engines on the same deals."""
    book = cut(load_rulebook())
    drawn, _ = draw(book, KEY, DEALS)
    # Deals that contradict themselves are set aside by ours and decided by the others: none of them is measured.
    wrong = Twelve(book, drawn).run()["input_error"].is_not_null().to_list()
    drawn = [entry for entry, aside in zip(drawn, wrong, strict=True) if not aside]
    many = repeated(drawn, rows)
    print(
        f"(d) the same twelve rules on the same {len(drawn):,} deals, {rows:,} rows, facts in memory to outcome and rules"
    )
    hand = by_hand.prepare(drawn)
    ours = Twelve(book, drawn)
    apart = [a != b for a, b in zip(ours.run()["outcome"].to_list(), by_hand.outcomes(by_hand.run(hand)), strict=True)]
    print(f"    {sum(apart)} of {len(drawn):,} deals have another outcome than in the rules written by hand")
    state = ours.frame[np.resize(np.arange(len(drawn)), rows)]
    found = {"ours": measured(lambda: ours.run(state), rows)}
    found["Polars by hand"] = rates(by_hand.run, by_hand.prepare(many), rows, ROUNDS)
    try:
        from benchmarks.peers import openfisca_twelve

        found["OpenFisca-core"] = rates(openfisca_twelve.run, openfisca_twelve.prepare(many), rows, 3)
    except ImportError:
        print("    OpenFisca-core is not installed: pip install openfisca-core")
    try:
        from benchmarks.peers import zen_twelve

        some = repeated(drawn, 100_000)
        found["ZEN, evaluate"] = rates(zen_twelve.run, zen_twelve.prepare(some), len(some), 3)
        with zen_twelve.two_processes(some) as work:
            found["ZEN, two processes"] = measured(work, len(some), 3)
    except ImportError:
        print("    ZEN is not installed: pip install zen-engine")
    fastest = statistics.median(found["ours"])
    for name, each in found.items():
        print(f"    {name:26} {told(each)}   ours is {fastest / statistics.median(each):.1f} times that")


# (b), (c), (e) files


@contextmanager
def scratch(folder: Path | None) -> Iterator[Path]:
    """Yields a folder for files: the one named, or a temporary one."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def command(*words: str) -> list[str]:
    """Returns the command line of `batch`."""
    return [sys.executable, "-m", "coercivity", "batch", *words]


class Watched:
    """A process and its children: duration, and peak memory of all [MB]."""

    def __init__(self, words: Sequence[str]) -> None:
        self.begun = time.perf_counter()
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True)
        self.most_mb = 0.0

    def wait(self, until: Callable[[], bool] = lambda: False) -> bool:
        """Waits for the process to end or for a condition; returns whether the process ended."""
        while self.process.poll() is None:
            self.most_mb = max(self.most_mb, _memory_mb(self.process.pid))
            if until():
                return False
            time.sleep(0.1)
        return True

    @property
    def seconds(self) -> float:
        """Returns the time since the start."""
        return time.perf_counter() - self.begun

    def kill(self) -> None:
        """Kills the process and its children."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _memory_mb(session: int) -> float:
    """Returns the memory of a session's processes, without shared memory [MB]."""
    total = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getsid(int(entry.name)) == session:
                    for line in (entry / "smaps_rollup").read_text().splitlines():
                        total += int(line.split()[1]) if line.startswith("Pss:") else 0
            except (OSError, IndexError):
                continue
    return total / 1024


def digest(folder: Path) -> str:
    """Returns one hash over all files of a folder."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.update(path.relative_to(folder).as_posix().encode())
        with path.open("rb") as stream:
            while block := stream.read(1 << 24):
                found.update(block)
    return found.hexdigest()


def part_b(folder: Path, rows: int) -> None:
    """Measures messy rows from file to file."""
    from tests.journeys.j3_rows import write_all

    table = folder / "j3" / "rows.csv"
    if not table.is_file():
        write_all(folder / "j3", rows, 3, xlsx=False)
    run = Watched(command(str(table), "--out", str(folder / "b"), "--on-column", "date"))
    run.wait()
    rate = rows / run.seconds
    print(
        f"(b) {rows:,} dirty CSV rows, file to file: {run.seconds:.1f} s, {rate:,.0f} rows a second, {run.most_mb:,.0f} MB"
    )


def part_c(folder: Path, rows: int, *, twice: bool) -> None:
    """Runs a large Parquet file, kills the run half way and resumes it."""
    table = folder / "rows.parquet"
    if not table.is_file():
        subprocess.run([sys.executable, "-m", "benchmarks.rows", str(table), "--rows", str(rows)], check=True)
        write_standing(folder)
    words = command(str(table), "--out", str(folder / "c"), "--standing", str(folder / "standing.yaml"))
    parts = -(-rows // 200_000)
    shutil.rmtree(folder / "c", ignore_errors=True)
    first = Watched(words)
    done = folder / "c" / ".batch" / "parts"
    first.wait(lambda: sum(1 for _ in done.glob("part-*.parquet")) >= parts // 2)
    at_half = first.seconds
    first.kill()
    half = sum(1 for _ in done.glob("part-*.parquet"))
    second = Watched([*words, "--resume"])
    second.wait()
    most = max(first.most_mb, second.most_mb)
    print(
        f"(c) {rows:,} Parquet rows, twelve columns, 5 percent distinct cases: killed after {at_half:.0f} s "
        f"with {half} of {parts} parts done, taken up again {second.seconds:.0f} s, {at_half + second.seconds:.0f} s in all, "
        f"{rows / (at_half + second.seconds):,.0f} rows a second; most memory {most:,.0f} MB"
    )
    if twice:
        resumed = digest(folder / "c")
        shutil.rmtree(folder / "c")
        whole = Watched(words)
        whole.wait()
        same = digest(folder / "c") == resumed
        rate = rows / whole.seconds
        print(
            f"    in one go {whole.seconds:.0f} s, {rate:,.0f} rows a second, {whole.most_mb:,.0f} MB; "
            f"same bytes as the resumed run: {same}"
        )


def write_standing(folder: Path) -> None:
    """Writes the compliance declarations of the worked cases to a file."""
    from coercivity.law.rules.load import law_folder

    text = (law_folder() / "standing.yaml").read_text(encoding="utf-8").split("\n", 1)[1]
    (folder / "standing.yaml").write_text("standing:\n" + "".join(f"  {line}\n" for line in text.splitlines()))


def part_e(folder: Path, rows: int) -> None:
    """Runs two Dask workers, one killed half way, and checks that the output is the same."""
    table = folder / "e.parquet"
    subprocess.run(
        [sys.executable, "-m", "benchmarks.rows", str(table), "--rows", str(rows)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    write_standing(folder)
    words = [str(table), "--standing", str(folder / "standing.yaml"), "--part-rows", "50000"]
    subprocess.run(
        command(*words, "--out", str(folder / "alone"), "--workers", "1"), check=True, stdout=subprocess.DEVNULL
    )
    address, port = "127.0.0.1", 18786
    dask = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler",
        "--host",
        address,
        "--port",
        str(port),
        "--no-dashboard",
    ]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [subprocess.Popen(dask, **quiet)]
    work = [sys.executable, "-m", "distributed.cli.dask_worker", f"tcp://{address}:{port}", "--nthreads", "1"]
    work += ["--host", address, "--no-dashboard", "--no-nanny"]
    try:
        time.sleep(3)
        running += [subprocess.Popen(work, **quiet) for _ in range(2)]
        time.sleep(4)
        run = Watched(command(*words, "--out", str(folder / "dask"), "--scheduler", f"tcp://{address}:{port}"))
        parts, done = -(-rows // 50_000), folder / "dask" / ".batch" / "parts"
        ended = run.wait(lambda: sum(1 for _ in done.glob("part-*.parquet")) >= parts // 2)
        running[2].kill()
        run.wait()
        same = digest(folder / "dask") == digest(folder / "alone")
        print(
            f"(e) two Dask workers, {rows:,} rows, {parts} parts, one worker killed half way ({not ended}): "
            f"{run.seconds:.1f} s, exit {run.process.returncode}, same bytes as one process alone: {same}"
        )
    finally:
        for process in running:
            process.kill()
            process.wait()


def main() -> None:
    """Runs the parts named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["a", "b", "d", "e"], help="of a, b, c, d, e")
    parser.add_argument("--rows", type=int, help="rows, in place of the usual number of each part")
    parser.add_argument("--folder", type=Path, help="folder for files, kept afterwards")
    parser.add_argument("--twice", action="store_true", help="part c in one go as well, and the bytes compared")
    given = parser.parse_args()
    with scratch(given.folder) as folder:
        for part in given.parts:
            if part == "a":
                part_a(given.rows or 8_000_000)
            elif part == "b":
                part_b(folder, given.rows or 1_000_000)
            elif part == "c":
                part_c(folder, given.rows or 100_000_000, twice=given.twice)
            elif part == "d":
                part_d(given.rows or 8_000_000)
            else:
                part_e(folder, given.rows or 1_000_000)
    print(f"most memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
