"""Checks whether a refactoring changed any output: records one checkout and compares another with it.

`python -m benchmarks.unchanged record CHECKOUT OUT` runs the program of a checkout in its own environment through stable
entry points: the command line and, for the screens, the server of `serve`. `OUT/raw` contains the output, the folders
next to it the same with program version, pack hashes, run times and absolute paths masked.
`compare BEFORE AFTER` prints the differences, item by item; with `--answers`, without wording. `mask-check OUT` changes
one clause id of each section before masking and prints whether exactly that is noticed. Without arguments it records its
own checkout twice.
"""

from __future__ import annotations

import argparse
import datetime as dt
import difflib
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from benchmarks import _unchanged_asked
from benchmarks._unchanged_answers import answers, has_answers
from benchmarks._unchanged_asked import CLAUSE, FILES, INSIDE, J3_ROWS, SECOND, commands, keep

ROOT = Path(__file__).resolve().parents[1]
RAW, ABOUT = "raw", "record.json"


class Recording:
    """A checkout running in a temporary folder.

    Attributes:
        raw: Folder for the output, by section.
        room: Folder in which the commands run.
    """

    def __init__(self, checkout: Path, raw: Path, room: Path) -> None:
        self.checkout, self.raw, self.room = checkout, raw, room
        self.python = checkout / ".venv/bin/python"
        kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        fixed = {"COLUMNS": "110", "LANG": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1", "HOME": str(room)}
        self.env = {**kept, **fixed, "PYTHONPATH": str(checkout / "src")}
        self.spent: dict[str, float] = {}

    def ready(self) -> None:
        """Copies the inputs into the folder and verifies that this checkout answers."""
        shutil.copytree(self.checkout / "examples", self.room / "examples")
        for name, text in FILES.items():
            (self.room / name).write_text(text, encoding="utf-8")
        for name in ("proofs", "batch", "market", "brief", "errors"):
            (self.room / "made" / name).mkdir(parents=True)
        rows = [str(ROOT / "tests/journeys/j3_rows.py"), "j3", "--rows", str(J3_ROWS), "--no-xlsx"]
        self.call([str(self.python), "-P", *rows], check=True)
        found = self.call([str(self.python), "-P", "-c", "import coercivity; print(coercivity.__file__)"], check=True)
        if not Path(found.stdout.decode().strip()).is_relative_to(self.checkout / "src"):
            raise SystemExit(f"{self.python} does not run {self.checkout / 'src'}")

    def call(self, words: list[str], *, check: bool = False) -> subprocess.CompletedProcess[bytes]:
        """Runs a program in the folder."""
        return subprocess.run(words, cwd=self.room, env=self.env, capture_output=True, check=check)

    def command(self, section: str, name: str, words: list[str]) -> dict[str, Any]:
        """Runs one command, stores its output and returns its exit code."""
        begun = time.perf_counter()
        done = self.call([str(self.checkout / ".venv/bin/coercivity"), *words])
        self._took(section, begun)
        keep(self.raw / section / name, done.stdout)
        return {"command": " ".join(words), "exit": done.returncode, "stderr": done.stderr.decode()}

    def inside(self, section: str) -> None:
        """Runs a section in one process of the checkout."""
        begun = time.perf_counter()
        done = self.call([str(self.python), "-P", _unchanged_asked.__file__, section, str(self.raw / section)])
        if done.returncode:
            raise SystemExit(f"{section}: {done.stderr.decode()[-2_000:]}")
        self._took(section, begun)

    def run(self) -> None:
        """Runs every section, two programs at a time."""
        self.ready()
        with ThreadPoolExecutor(2) as pool:
            others = [pool.submit(self.inside, section) for section in INSIDE]
            ends: dict[str, list[dict[str, Any]]] = {}
            for wave in (commands(), SECOND):
                asked = {s: [pool.submit(self.command, s, *one) for one in wave[s]] for s in sorted(wave)}
                for section, futures in asked.items():
                    ends.setdefault(section, []).extend(future.result() for future in futures)
            for other in others:
                other.result()
        for section, ended in ends.items():
            keep(self.raw / section / "ends.json", json.dumps(ended, ensure_ascii=False).encode())
        for path in sorted((self.room / "made").rglob("*")):
            if path.is_file():
                keep_as_text(self.raw / path.relative_to(self.room / "made"), path)

    def _took(self, section: str, begun: float) -> None:
        self.spent[section] = self.spent.get(section, 0.0) + time.perf_counter() - begun


def keep_as_text(path: Path, made: Path) -> None:
    """Stores a file written by the program: archives as their text, pages also as visible text."""
    if made.suffix == ".parquet":
        import polars

        frame = polars.read_parquet(made)
        keep(path.with_name(f"{path.name}.jsonl"), f"{frame.schema}\n{frame.write_ndjson()}".encode())
    elif made.suffix == ".xlsx":
        with zipfile.ZipFile(made) as book:
            for name in book.namelist():
                keep(path / name, book.read(name))
    else:
        keep(path, made.read_bytes())
        if made.suffix == ".html":
            keep(path.with_suffix(".html.txt"), seen(made.read_text(encoding="utf-8")).encode())


def seen(page: str) -> str:
    """Returns the texts of a page, one per line."""
    found: list[str] = []
    reader = HTMLParser()
    reader.handle_data = lambda data: found.append(" ".join(data.split()))
    reader.feed(page)
    return "\n".join(filter(None, found)) + "\n"


def masks(out: Path) -> list[tuple[re.Pattern[bytes], bytes]]:
    """Returns the patterns masked in a record, with their replacements.

    The engine's version and the hashes of packs are taken from the answers themselves, those of packs with an overlay
    or without a clause included; the places are those of the run, as is the day to which a page counts the age of the law.
    """
    raw, about = out / RAW, json.loads((out / ABOUT).read_text(encoding="utf-8"))
    packs: set[bytes] = set()
    for path in raw.rglob("*.json"):
        packs.update(*(found.groups() for found in _PACK.finditer(path.read_bytes())))
    packs.discard(None)  # of the two orders that the pattern knows, one is blank
    version = (raw / "proofs/version.txt").read_bytes().strip()
    plain = {"room": b"ROOM", "checkout": b"CHECKOUT"}
    found = [(re.compile(re.escape(about[place].encode())), mask) for place, mask in plain.items()]
    found.append((re.compile(rb"\d+ days before " + about["today"].encode()), b"AGE"))
    found.append((re.compile(rb"(?<![\d.])" + re.escape(version) + rb"(?![\d.])"), b"ENGINE"))
    for pack in sorted(packs):
        shorter = b"|".join(pack[:length] for length in (64, 16, 12))
        found.append((re.compile(rb"(?<![0-9a-f])(?:" + shorter + rb")(?![0-9a-f])"), b"PACK"))
    return [*found, *TIMES]


_PACK = re.compile(
    rb'"version":\s*"[^"]*",\s*"hash":\s*"([0-9a-f]{64})"|"hash":\s*"([0-9a-f]{64})",\s*"version":\s*"[^"]*"'
)
TIMES = [
    (re.compile(rb"\d[\d,.]* s, [\d,]+ rows (?:a|per) second"), b"PACE"),
    (re.compile(r"用时 ?[\d,.]+ ?秒，每秒 ?[\d,]+ ?行".encode()), b"PACE"),
]


def masked(content: bytes, found: list[tuple[re.Pattern[bytes], bytes]]) -> bytes:
    """Returns the content with everything masked that may differ between two checkouts."""
    for pattern, mask in found:
        content = pattern.sub(mask, content)
    return content


def record(checkout: Path, out: Path) -> int:
    """Records a checkout, unmasked and masked, and returns the exit code."""
    begun = time.perf_counter()
    if out.exists() and not (out / ABOUT).is_file():
        raise SystemExit(f"{out} holds something else than a record")
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as room:
        folder = str(Path(room).resolve())
        run = Recording(checkout.resolve(), (out / RAW).resolve(), Path(folder))
        run.run()
    about = {"checkout": str(run.checkout), "room": folder, "today": dt.datetime.now(dt.UTC).date().isoformat()}
    (out / ABOUT).write_text(json.dumps(about), encoding="utf-8")
    found = masks(out)
    for path in contents(out / RAW).values():
        keep(out / path.relative_to(out / RAW), masked(path.read_bytes(), found))
    print(f"{checkout}: recorded in {time.perf_counter() - begun:.0f} s", {k: round(v) for k, v in run.spent.items()})
    return 0


def contents(folder: Path) -> dict[str, Path]:
    """Returns the recorded files of a folder by name, without the raw ones and those about the run."""
    if not folder.is_dir():
        raise SystemExit(f"{folder}: no record")
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path for name, path in found.items() if not name.startswith(f"{RAW}/") and name != ABOUT}


def items(path: Path | None) -> list[bytes]:
    """Returns the units of comparison: entries of a JSON list, rows of a table, otherwise the whole file."""
    if path is None:
        return []
    content = path.read_bytes()
    if path.suffix in (".csv", ".jsonl"):
        return content.splitlines(keepends=True)
    if path.suffix == ".json" and content.startswith(b"["):
        return _ENTRY.split(content)
    return [content]


_ENTRY = re.compile(rb'(?m)(?<=,\n)(?=  [{\[])|(?<=}), (?={"command")')


def difference(name: str, before: bytes | None, after: bytes | None) -> list[str]:
    """Returns a unified diff of one item, with long lines broken at entries and elements."""
    sides = [(_BREAK.sub(r"\1\n", (side or b"").decode(errors="replace"))).splitlines() for side in (before, after)]
    return list(difflib.unified_diff(*sides, f"before {name}", f"after {name}", lineterm="", n=2))


_BREAK = re.compile(r"([,{\[>](?=[^\s]))")


def compare(before: Path, after: Path, most: int = 5, lines: int = 40, *, wording: bool = True) -> list[str]:
    """Prints compared and differing items by section, and the first differences; returns the names of differing items.

    Args:
        before: Folder of the first record.
        after: Folder of the second.
        most: Number of differences to print.
        lines: Number of lines to print of each.
        wording: Whether texts count; without them, only files of data are compared.
    """
    told: dict[str, list[int]] = {}
    unlike: list[str] = []
    shown: list[str] = []
    first, second = contents(before), contents(after)
    for name in sorted({*first, *second}):
        if not wording and not has_answers(name):
            continue
        count = told.setdefault(name.split("/")[0], [0, 0])
        sides = first.get(name), second.get(name)
        pair = [items(side) if wording else answers(name, side.read_bytes()) if side else [] for side in sides]
        count[0] += max(map(len, pair))
        for number, (old, new) in enumerate(itertools.zip_longest(*pair), 1):
            if old != new:
                count[1] += 1
                unlike.append(f"{name}#{number}")
                if len(unlike) <= most:
                    shown += difference(unlike[-1], old, new)[:lines]
    told["total"] = [sum(column) for column in zip(*told.values(), strict=True)]
    print(f"{'section':10}{'compared':>10}{'differ':>8}")
    for section, (compared, differ) in told.items():
        print(f"{section:10}{compared:10,}{differ:8,}")
    print("\n".join(shown))
    return unlike


def mask_check(out: Path) -> bool:
    """Changes one clause id of each section before masking, and returns whether exactly these changes are noticed."""
    found = masks(out)
    held = True
    for section in sorted({name.split("/")[0] for name in contents(out)}):
        raws = contents(out / RAW)
        path = next(
            (p for n, p in raws.items() if n.startswith(f"{section}/") and CLAUSE.encode() in p.read_bytes()), None
        )
        if path is None:
            print(f"{section}: no {CLAUSE} in it")
            continue
        with tempfile.TemporaryDirectory(dir=out.parent) as folder:
            changed = Path(folder) / "changed"
            shutil.copytree(out, changed, copy_function=os.link, ignore=shutil.ignore_patterns(RAW))
            name = path.relative_to(out / RAW)
            (changed / name).unlink()
            slipped = path.read_bytes().replace(CLAUSE.encode(), b"a18-1c906", 1)
            (changed / name).write_bytes(masked(slipped, found))
            unlike = compare(out, changed, most=2, lines=12)
        noticed = len(unlike) == 1 and unlike[0].startswith(f"{name.as_posix()}#")
        print(f"{section}: {'noticed, and nothing else' if noticed else 'NOT NOTICED'}: {', '.join(unlike[:3])}\n")
        held &= noticed
    return held


def main(words: list[str]) -> int:
    """Reads the command line; exit code 1 if something differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part")
    for part, names in {"record": ("checkout", "out"), "compare": ("before", "after"), "mask-check": ("out",)}.items():
        own = parts.add_parser(part)
        for name in names:
            own.add_argument(name, type=Path)
        if part == "compare":
            own.add_argument("--answers", action="store_true", help="leave out the wording")
    told = parser.parse_args(words)
    if told.part == "record":
        return record(told.checkout, told.out)
    if told.part:
        return int(
            bool(compare(told.before, told.after, wording=not told.answers))
            if told.part == "compare"
            else not mask_check(told.out)
        )
    with tempfile.TemporaryDirectory() as folder:
        once, again = Path(folder) / "once", Path(folder) / "again"
        record(ROOT, once)
        record(ROOT, again)
        return 1 if compare(once, again) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
