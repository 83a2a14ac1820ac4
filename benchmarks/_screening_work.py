"""The work that `benchmarks/screening_speed.py` measures, each part in a process of its own."""

from __future__ import annotations

import json
import time
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coercivity.intake.parties.screener import Screener

NAMES, ENTRIES, LONG, ROWS = 20_000, 10_000, 28_700, 50_000
_HELD: list[Screener] = []


def distinct_names(count: int) -> list[str]:
    """Returns so many distinct names: nine in ten of firms on no list, one of ten a variant of a listed name."""
    from benchmarks._long_lists import long_list
    from benchmarks._name_variants import of_firm
    from benchmarks._unlisted import unlisted

    others = [f"{name}" for name in unlisted(count)]
    near = [
        one.written for n, entry in enumerate(long_list(ENTRIES).entries[::40]) for one in list(of_firm(entry.name))[:8]
    ]
    mixed = list(dict.fromkeys([*near[: count // 10], *others]))[:count]
    assert len(mixed) == count, len(mixed)
    return sorted(mixed, key=hash_of)


def hash_of(name: str) -> str:
    """Returns a key by which names are mixed, the same in every run."""
    return sha256(name.encode()).hexdigest()


def prepare(entries: int) -> None:
    """Builds the screener of a process."""
    from benchmarks._long_lists import long_list
    from coercivity.intake.parties.builtin import builtin_lists
    from coercivity.intake.parties.results import Asked
    from coercivity.intake.parties.screener import Screener
    from coercivity.law.rules.load import load_rulebook

    screener = Screener((*builtin_lists(load_rulebook()), long_list(entries)))
    screener.screen_all(
        [Asked(name) for name in ("Aldamar Trading", "中兴华贸易有限公司", "Локхид", "ロッキード", "Adem Boris")]
    )
    _HELD[:] = [screener]


def work(names: list[str]) -> tuple[float, int]:
    """Returns the processor time of screening names [s], and how many are asked about."""
    from coercivity.intake.parties.results import Asked

    begun = time.process_time()
    found = _HELD[0].screen_all([Asked(name) for name in names])
    return time.process_time() - begun, sum(one.verdict != "none" for one in found)


def extracted(names: list[str]) -> float:
    """Returns the processor time of `process.extract` on names [s]."""
    from rapidfuzz import fuzz, process, utils

    from benchmarks._long_lists import long_list

    listed = [utils.default_process(name.text) for entry in long_list(ENTRIES).entries for name in entry.names]
    begun = time.process_time()
    for name in names:
        process.extract(utils.default_process(name), listed, scorer=fuzz.WRatio, limit=5, score_cutoff=85)
    return time.process_time() - begun


def child_one() -> None:
    """Times names one by one."""
    from benchmarks._long_lists import long_list
    from coercivity.intake.parties.builtin import builtin_lists
    from coercivity.intake.parties.results import Asked
    from coercivity.intake.parties.screener import Screener
    from coercivity.law.rules.load import load_rulebook

    lists = (*builtin_lists(load_rulebook()), long_list(ENTRIES))
    names = distinct_names(NAMES)[: 2_000 + 1]
    begun = time.process_time()
    screener = Screener(lists)
    screener.screen(Asked("Quenstone Aerospace LLC"))
    first = time.process_time() - begun
    _HELD[:] = [screener]
    each, clock = [], []
    for name in names:
        begun, at = time.process_time(), time.perf_counter()
        screener.screen(Asked(name))
        each.append(time.process_time() - begun)
        clock.append(time.perf_counter() - at)
    print(json.dumps({"first": first, "each": each[1:], "clock": clock[1:]}))


def child_list(path: Path) -> None:
    """Reads and indexes a file, and prints time and memory."""
    import resource

    from coercivity.base.errors import Faults
    from coercivity.intake.parties.builtin import builtin_lists
    from coercivity.intake.parties.lists.read import read_lists
    from coercivity.intake.parties.results import Asked
    from coercivity.intake.parties.screener import Screener
    from coercivity.law.rules.load import load_rulebook

    def peak() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    builtin = builtin_lists(load_rulebook())
    Screener(builtin).screen(Asked("Quenstone Aerospace LLC"))
    before, faults, times = peak(), Faults(), [time.process_time()]
    lists = read_lists((path,), faults)
    faults.raise_if_any()
    times.append(time.process_time())
    screener = Screener((*builtin, *lists))
    times.append(time.process_time())
    screener.screen(Asked("Aldamar Trading"))
    times.append(time.process_time())
    read, index, first = (b - a for a, b in pairwise(times))
    assert sum(len(one.entries) for one in lists) == LONG
    print(
        json.dumps(
            {
                "read": read,
                "index": index,
                "first": first,
                "peak": peak(),
                "growth": peak() - before,
                "bytes": path.stat().st_size,
            }
        )
    )


def child_batch(path: Path) -> None:
    """Times batches and prints rows a second.

    Args:
        path: Distinct names, as a JSON list.
    """
    import polars as pl

    from benchmarks.batch import facts_in_memory
    from coercivity.batches.judge.part import PartDecider
    from coercivity.batches.plan import Plan
    from coercivity.batches.stage.rows import Rows
    from coercivity.cases.files import packed_standing
    from coercivity.intake.cells.columns import ColumnMap
    from coercivity.law.rules.load import load_rulebook

    frame = facts_in_memory(ROWS)
    names = json.loads(path.read_text(encoding="utf-8"))
    frames = {
        "without names": frame.drop("end_user"),
        "400 names": frame,
        "20,000 names": frame.with_columns(pl.Series("end_user", [names[n % NAMES] for n in range(ROWS)])),
    }
    found: dict[str, float] = {}
    for kind, one in frames.items():
        decider = PartDecider(
            load_rulebook(), Plan(ColumnMap({name: name for name in one.columns}), packed_standing()), proofs=False
        )
        decider.decide(Rows(one.head(2_000), 1, None, {}, {}))
        begun = time.process_time()
        decider.decide(Rows(one, 1, None, {}, {}))
        found[kind] = ROWS / (time.process_time() - begun)
    print(json.dumps(found))
