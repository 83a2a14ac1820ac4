"""Cases of the benchmark of the market's breadth, each run in a process of its own, and their figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, cast

from benchmarks._breadth_case import Asked, Rows, Said
from coercivity.base.canonical import hash_files
from coercivity.base.sums import total
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.results.rows import ALL_ABROAD
from coercivity.market.run.scenarios.form import MECHANISMS
from coercivity.market.run.scenarios.scenario import packed_scenarios

HERE = Path(__file__).resolve().parents[1]
BASE, ASSUME = "as-known", "extended:2027-11-10"
FIRST, LAST = "2026-01", "2030-12"
ALL_OFF, ALL_ON = "all off", "all on"
PRIVATE = ("buyers", "importers", "exporters", "makers")
SUFFIXES = (".py", ".csv", ".yaml")

Period = tuple[str, str]


class Case(NamedTuple):
    """A run of the benchmark: a packed scenario with mechanisms switched off."""

    name: str
    scenario: str = BASE
    off: tuple[str, ...] = ()


def mechanism_cases() -> list[Case]:
    """Returns all mechanisms off, each alone on, and all on."""
    alone = [Case(name, off=tuple(other for other in MECHANISMS if other != name)) for name in MECHANISMS]
    return [Case(ALL_OFF, off=MECHANISMS), *alone, Case(ALL_ON)]


def source_hash() -> str:
    """Returns the hash of the program and its data, and of what a run is asked."""
    files = sorted(path for path in (HERE / "src").rglob("*") if path.suffix in SUFFIXES)
    files.append(HERE / "benchmarks" / "_breadth_case.py")
    return hash_files((path.relative_to(HERE).as_posix(), path.read_bytes()) for path in files)


def said_by(cases: Sequence[Case], last: str, processes: int, kept: Path | None) -> dict[str, Said]:
    """Returns what each case says; a scenario that is not packed, or that fails, says why in `missing`.

    Args:
        cases: The cases.
        last: Last month of each run.
        processes: Number of runs at the same time.
        kept: Folder in which answers are kept for the same program and data; None to keep none.
    """
    source = source_hash() if kept is not None else ""

    def one(case: Case) -> Said:
        if case.scenario not in packed_scenarios():
            return _missing("not there")
        asked: Asked = {"scenario": case.scenario, "off": list(case.off), "assume": ASSUME, "last": last}
        text = json.dumps(asked, sort_keys=True)
        file = kept / f"{hash_files([(source, text.encode())])[:24]}.json" if kept is not None else None
        if file is not None and file.exists():
            return cast(Said, json.loads(file.read_text(encoding="utf-8")))
        found = _run(text)
        if file is not None and "missing" not in found:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(found), encoding="utf-8")
        return found

    with ThreadPoolExecutor(processes) as pool:
        return dict(zip((case.name for case in cases), pool.map(one, cases), strict=True))


def _run(text: str) -> Said:
    env = {**os.environ, "COERCIVITY_CACHE": "off"}
    command = [sys.executable, "-m", "benchmarks._breadth_case", text]
    done = subprocess.run(command, cwd=HERE, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        return _missing(f"failed: {done.stderr.strip().splitlines()[-1][:300] if done.stderr.strip() else '?'}")
    return cast(Said, json.loads(done.stdout))


def _missing(why: str) -> Said:
    return {
        "months": [],
        "series": {},
        "base": {},
        "tables": {},
        "by_party_usd": {},
        "seconds": 0.0,
        "peak_mb": 0.0,
        "missing": why,
    }


# Figures.


def months_in(said: Said, period: Period) -> list[int]:
    """Returns the places of the months of a period."""
    return [n for n, month in enumerate(said["months"]) if period[0] <= month <= period[1]]


def mean(said: Said, name: str, period: Period) -> float:
    """Returns the mean of a monthly figure over a period; 0 if the run does not have it."""
    places, values = months_in(said, period), said["series"].get(name)
    return total(values[n] for n in places) / len(places) if values and places else 0.0


def summed(said: Said, name: str, period: Period) -> float:
    """Returns the sum of a monthly figure over a period; 0 if the run does not have it."""
    values = said["series"].get(name)
    return total(values[n] for n in months_in(said, period)) if values else 0.0


def row_sum(said: Said, row: Mapping[str, object], name: str, period: Period) -> float:
    """Returns the sum of a monthly figure of a row over a period; months without a figure count as zero."""
    values = cast(Sequence[float | None], row.get(name, ()))
    return total(values[n] or 0.0 for n in months_in(said, period) if n < len(values))


def table_of(said: Said, name: str) -> Rows:
    """Returns the rows of a table; none if the run does not have it."""
    return said["tables"].get(name, [])


def started(said: Said, last: str) -> dict[str, float]:
    """Returns the capacity of plants outside China that run by a month, by stage [t/yr]."""
    found: dict[str, float] = {}
    for row in table_of(said, "plants"):
        start = str(row.get("start") or "")
        if start and start <= last:
            stage = str(row["stage"])
            found[stage] = found.get(stage, 0.0) + cast(float, row["capacity_t"])
    return dict(sorted(found.items()))


def paid_by(said: Said, period: Period) -> dict[str, float]:
    """Returns what each payer of a policy pays over a period [USD]."""
    found: dict[str, float] = {}
    for row in table_of(said, "policies"):
        payer = str(row["payer"])
        found[payer] = found.get(payer, 0.0) + row_sum(said, row, "usd", period)
    return dict(sorted(found.items()))


def public_money(said: Said, period: Period) -> float:
    """Returns what governments pay for policies over a period [USD]."""
    return total(usd for payer, usd in paid_by(said, period).items() if payer not in PRIVATE)


def distance(said: Said, good: str, period: Period) -> float:
    """Returns the mean distance of the quote in China from the price of the base year, as a share of it."""
    base = said["base"].get(f"{good}:{CHINA}")
    values = said["series"].get(f"quote:{good}:{CHINA}")
    places = months_in(said, period)
    if not base or not values or not places:
        return 0.0
    return total(abs(values[n] / base - 1) for n in places) / len(places)


class Measure(NamedTuple):
    """How a figure is taken from a run, and the change that counts as none: a share, or an amount.

    Attributes:
        of: The figure, by run and period.
        share: Smallest change as a share of the figure without.
        amount: Smallest change in the unit of the figure.
        wanted: Smallest change as a share of what uses of magnets abroad wanted.
    """

    of: Callable[[Said, Period], float]
    share: float = 0.0
    amount: float = 0.0
    wanted: float = 0.0


def _quote(good: str, region: str) -> Measure:
    return Measure(lambda said, period: mean(said, f"quote:{good}:{region}", period), share=1e-3)


def _use(part: str) -> Measure:
    return Measure(lambda said, period: summed(said, f"{part}:magnets", period), wanted=1e-4)


MEASURES: dict[str, Measure] = {
    **{
        f"{name} {place}": _quote(good, region)
        for place, region in (("abroad", ALL_ABROAD), ("in China", CHINA))
        for name, good in (
            ("NdPr", "ox_NdPr"),
            ("Dy", "ox_Dy"),
            ("Tb", "ox_Tb"),
            ("mag_none", "mag_none"),
            ("mag_high", "mag_high"),
        )
    },
    "Dy distance from base in China": Measure(lambda said, period: distance(said, "ox_Dy", period), amount=1e-3),
    "Tb distance from base in China": Measure(lambda said, period: distance(said, "ox_Tb", period), amount=1e-3),
    "without": _use("without_t"),
    "thrift": _use("less_t"),
    "substituted": _use("substituted_t"),
    "started": Measure(lambda said, period: total(started(said, period[1]).values()), amount=1.0),
    "recycled share": Measure(lambda said, period: mean(said, "end_of_life_share", period), amount=1e-4),
    "public money": Measure(public_money, amount=1e3),
}


def least_change(measure: Measure, without: Said, period: Period) -> float:
    """Returns the smallest change of a figure that counts."""
    return max(
        measure.share * abs(measure.of(without, period)),
        measure.amount,
        measure.wanted * summed(without, "wanted_t:magnets", period),
    )


def uses_of(saids: Iterable[Said], part: str) -> list[str]:
    """Returns the uses and regions for which some run has a figure."""
    heads = (f"{part}:",)
    return sorted({key for said in saids for key in said["series"] if key.startswith(heads)})
