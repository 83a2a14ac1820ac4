"""Robustness of file readers: rounds of corrupted files, then a file of 50 MB per reader with time and peak memory.

python -m benchmarks.fuzz_files --rounds 200
python -m benchmarks.fuzz_files --rounds 0 --megabytes 50
"""

from __future__ import annotations

import argparse
import queue
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

from tests.broken.mutate import VALID, changed, reads_or_refuses, valid_files

LONGEST = 5.0


def attack(name: str, first: int, rounds: int) -> None:
    """Reads changed files one by one and reports each before and after."""
    data = valid_files()[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        for number in range(first, first + rounds):
            print("begin", number, flush=True)
            path.write_bytes(changed(data, name, number))
            start = time.perf_counter()
            try:
                said = reads_or_refuses(path)
            except BaseException as error:
                said = f"CRASH {type(error).__name__}: {error}"
            print("end", number, f"{time.perf_counter() - start:.2f}", said.replace("\n", " "), flush=True)


def pump(pipe: IO[str], told: queue.Queue[str]) -> None:
    """Forwards lines."""
    for line in pipe:
        told.put(line)


def watch(name: str, rounds: int) -> list[str]:
    """Runs the attack in a process of its own and restarts it after every file that kills or stalls it."""
    bad, number = [], 0
    while number < rounds:
        child = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.fuzz_files", "--attack", name, str(number), str(rounds - number)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        told: queue.Queue[str] = queue.Queue()
        assert child.stdout is not None
        reader = threading.Thread(target=pump, args=(child.stdout, told))
        reader.start()
        busy = False
        while True:
            try:
                line = told.get(timeout=LONGEST if busy else 0.5)
            except queue.Empty:
                if busy and child.poll() is None:
                    bad.append(f"{name} {number}: no answer in {LONGEST} s")
                    child.kill()
                    break
                if child.poll() is not None:
                    if busy:
                        bad.append(f"{name} {number}: the process died with {child.returncode}")
                    break
                continue
            word, at, *rest = line.split(maxsplit=3)
            busy, number = word == "begin", int(at)
            if rest and (rest[1].startswith("CRASH") or float(rest[0]) > LONGEST):
                bad.append(f"{name} {number}: {' '.join(rest).strip()}")
        child.wait()
        reader.join()
        number += 1
    return bad


def write_large(kind: str, path: Path, megabytes: int) -> None:
    """Writes a table of about the given size."""
    import polars as pl
    import xlsxwriter  # type: ignore[import-untyped]

    def row(i: int) -> tuple[str, ...]:
        return (f"R{i:08d}", f"2026-{i % 12 + 1:02d}-{i % 28 + 1:02d}", "sintered magnet", f"Dy {i % 40 / 10} %, Nd+Pr 30 %", "850511",
                f"{i * 7919 % 100_000 / 100}", "kg", f"{i * 104_729 % 30_000 / 100}", "EUR", "CN", "DE", f"Firm {i * 31 % 5000} GmbH", "motors")  # fmt: skip

    names = [f"column_{letter}" for letter in "abcdefghijklm"]
    if kind == "csv":
        with path.open("w") as file:
            file.write(",".join(names) + "\n")
            i = 0
            while file.tell() < megabytes << 20:
                file.write("\n".join(",".join(row(i + k)).replace(" %, ", " % ") for k in range(1000)) + "\n")
                i += 1000
    elif kind == "xlsx":
        book = xlsxwriter.Workbook(path, {"constant_memory": True})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, names)
        for i in range(megabytes * 15_000):
            cells = row(i)
            sheet.write_row(i + 1, 0, [*cells[:5], float(cells[5]), cells[6], float(cells[7]), *cells[8:]])
        book.close()
    else:
        count = megabytes * 60_000
        base = pl.int_range(count, eager=True)
        data = pl.DataFrame({name: base * (k * 7919 + 1) % (10 ** (k % 7 + 2)) for k, name in enumerate(names)})
        if kind == "parquet":
            data.write_parquet(path)
        elif kind == "arrow":
            data.write_ipc(path)
        else:
            data.write_ipc_stream(path)


def measure(path: Path) -> None:
    """Reads a file in chunks, and prints time and peak memory of this process."""
    import resource

    from coercivity.files.table import open_table

    start = time.perf_counter()
    rows = sum(chunk.frame.height for chunk in open_table(path).chunks(100_000))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{path.name:14} {path.stat().st_size / 2**20:6.0f} MB {rows:10,} rows {seconds:6.1f} s {rows / seconds:12,.0f} rows/s {peak:6.0f} MB peak"
    )


def main() -> int:
    """Runs the rounds and the large files requested."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--megabytes", type=int, default=0)
    parser.add_argument("--attack", nargs=3)
    parser.add_argument("--measure", type=Path)
    asked = parser.parse_args()
    if asked.attack:
        attack(asked.attack[0], int(asked.attack[1]), int(asked.attack[2]))
        return 0
    if asked.measure:
        measure(asked.measure)
        return 0
    bad = []
    for name in VALID if asked.rounds else ():
        start = time.perf_counter()
        found = watch(name, asked.rounds)
        bad += found
        print(
            f"{name:14} {asked.rounds} rounds, {len(found)} bad, {time.perf_counter() - start:.0f} s",
            *found,
            sep="\n    ",
            flush=True,
        )
    if asked.megabytes:
        with tempfile.TemporaryDirectory() as folder:
            for kind in ("csv", "xlsx", "parquet", "arrow", "arrows"):
                path = Path(folder, f"large.{kind}")
                write_large(kind, path, asked.megabytes)
                subprocess.run([sys.executable, "-m", "benchmarks.fuzz_files", "--measure", str(path)], check=True)
                path.unlink()
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
