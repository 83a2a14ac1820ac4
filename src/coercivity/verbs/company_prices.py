"""Prices of a company's contracts from kept draws of the market; they are read and never made here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from math import isnan
from pathlib import Path

from coercivity.base.canonical import sha256_of_text
from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.json_types import Json
from coercivity.base.months import Month, month_text, parse_month
from coercivity.cases.arguments import Law
from coercivity.ensemble.design import Design
from coercivity.ensemble.runs.folder import CODE, MANIFEST, SUFFIX, differences
from coercivity.ensemble.runs.keeping import KeptDraw, unpacked
from coercivity.ensemble.runs.manifest import file_names, manifest_of
from coercivity.ensemble.runs.task import DrawTask
from coercivity.files.kept.envelope import opened
from coercivity.files.kept.store import Store
from coercivity.firm.line_stop.drawn.paid import PricePaths
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.result_key import DRAWS, made_by, pack_hashes
from coercivity.market.run.runs import RunAsked, runs_of
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.verbs import AS_KNOWN

# Goods whose quotes an index of the sheet stands for: the oxide of the element.
GOODS: Mapping[str, str] = {
    name.casefold(): f"ox_{name}" for name in ("NdPr", "Dy", "Tb", "Sm", "Gd", "Y", "La", "Ce", "Eu")
}
OUTSIDE = "XCN"  # quotes outside China
_SAME = ("CN", "JP", "KR", "IN", "AU")
_REGIONS: Mapping[str, str] = {
    **{code: code for code in _SAME},
    **dict.fromkeys(("US", "MX", "CA"), "NAM"),
    **dict.fromkeys(("MM", "LA"), "MM-LA"),
    **dict.fromkeys(("VN", "MY", "TH", "ID", "PH", "SG", "KH"), "SEA"),
    **dict.fromkeys(("GB", "NO", "CH", "RS", "UA"), "EUR"),
}
_MOST_BYTES, _MOST_DRAW_BYTES = 2**20, 2**27
# The usual scenario cuts no capacity, so the market need not be built to check its file.
_CUT = frozenset[str]()
_TRIED = 8  # points without a draw after which no more are looked for

ReadDraw = Callable[[str], bytes | None]
Span = tuple[Month, Month]
Runs = Mapping[str, Sequence[str]]  # keys of the draws of each run, in order


@dataclass(frozen=True, slots=True)
class KeptPrices:
    """Prices of kept draws.

    Attributes:
        paths: Prices by legal scenario; empty if none are kept.
        series: Good and region of each index that the market has, such as ox_NdPr:EUR.
        command: The command that makes draws for these months.
        notices: Draws that could not be used.
    """

    paths: tuple[PricePaths, ...]
    series: Mapping[str, str]
    command: str
    notices: tuple[Fault, ...] = ()


def region_of(countries: Sequence[str], europe: frozenset[str]) -> str:
    """Returns the region of the market for some plants: that of the first one with a country, else outside China.

    Args:
        countries: ISO 3166 alpha-2 codes, empty where not given.
        europe: Members of the European Union.
    """
    for code in countries:
        if code:
            return "EUR" if code in europe else _REGIONS.get(code, "ROW")
    return OUTSIDE


def kept_prices(
    book: Rulebook,
    law: Law,
    months: Sequence[str],
    indices: Sequence[str],
    region: str,
    design: Design,
    *,
    store: Store | None = None,
    folder: Path | None = None,
) -> KeptPrices:
    """Returns the prices of the draws that are kept for the months of the contracts.

    Args:
        book: The rulebook.
        law: The same as it was asked for.
        months: Months of the contracts, in order, YYYY-MM.
        indices: Names of the indices of the contracts.
        region: Region of the market.
        design: Design of the draws; draws of other points are not used.
        store: Where results are kept.
        folder: Folder of draws, as after `--draws-folder` of an outlook; then the store is not looked at.

    Raises:
        CoercivityError: If the folder has draws of another rulebook, of other packs or another program, or not of
            these months.
    """
    series = {name: f"{GOODS[name.casefold()]}:{region}" for name in indices if name.casefold() in GOODS}
    place = f" --draws-folder {folder.name}" if folder is not None else ""
    command = f"coercivity outlook --from {months[0]} --to {months[-1]} --draws" if months else ""
    if not series:
        return KeptPrices((), series, command + place)
    span, notices = (parse_month(months[0]), parse_month(months[-1])), list[Fault]()
    if folder is None:
        runs, read = store_runs(book, span, design, store), store_reader(store)
    else:
        runs, read = folder_runs(book, law, folder, span, design, notices)
    found = [_paths(run, keys, series, months, read) for run, keys in runs.items()]
    count = design.points * len(runs_asked(book, span[1]))
    paths = tuple(each for each in found if each is not None)
    return KeptPrices(paths, series, f"{command} {count}{place}", tuple(notices))


def draw_keys(book: Rulebook, run: RunAsked, span: Span, design: Design) -> tuple[str, ...]:
    """Returns the key of each draw of a run, as `DrawTask.key`, of which the common parts are made once.

    Args:
        book: The rulebook.
        run: Scenario and legal scenario.
        span: First and last month of the outlook.
        design: The design.
    """
    return tuple(_keys(RunQuestion(run, *span).key(book), _common(), design))


def runs_asked(book: Rulebook, last: Month) -> list[RunAsked]:
    """Returns the runs of the outlook of the usual scenario: one for each legal scenario."""
    return runs_of(book, read_scenario(AS_KNOWN, _CUT, book, seen_through(book, last)), last)


def _common() -> dict[str, Json]:
    """Returns what the keys of all draws have in common."""
    return {"kind": "draw", "made_by": [*made_by(*DRAWS)], "packs": [*pack_hashes()]}


def _keys(run: str, common: Mapping[str, Json], design: Design) -> Iterator[str]:
    library = version("scipy")
    for point in range(design.points):
        place: list[Json] = [design.scramble, point, library]
        yield sha256_of_text(json.dumps({**common, "run": run, "place": place}, sort_keys=True))


def store_runs(book: Rulebook, months: Span, design: Design, store: Store | None) -> Runs:
    """Returns the keys of kept draws by run, of the first of the usual periods for which some are kept.

    Args:
        book: The rulebook.
        months: First and last month that are needed.
        design: Design of the draws.
        store: Where results are kept.
    """
    if store is None:
        return {}
    common = _common()
    for span in _spans(months):
        found = {
            run.id: tuple(_keys(RunQuestion(run, *span).key(book), common, design)) for run in runs_asked(book, span[1])
        }
        if any(store.get(key) is not None for keys in found.values() for key in keys[:_TRIED]):
            return found
    return {}


def _spans(months: Span) -> list[Span]:
    """Returns the months of the contracts, then periods from a January or the quarter before, to a December."""
    first, last = months
    begins = [first, first - first % 12, first - first % 12 - 12, first - 1, first - 2, first - 3]
    ends = [last, *(last - last % 12 + 11 + 12 * years for years in range(6))]
    return list(dict.fromkeys((begin, end) for begin in begins for end in ends if begin <= first))


def store_reader(store: Store | None) -> ReadDraw:
    """Returns what reads a draw of a store by its key."""
    return store.get if store is not None else lambda key: None


def _paths(
    run: str, keys: Sequence[str], series: Mapping[str, str], months: Sequence[str], read: ReadDraw
) -> PricePaths | None:
    """Returns the prices of one run by draw; None if no draw of it is kept."""
    values: dict[str, dict[int, tuple[float, ...]]] = {name: {} for name in series}
    for point, key in enumerate(keys):
        if point >= _TRIED and not any(values.values()):
            return None
        content = read(key)
        if content is None:
            continue
        kept = unpacked(content)
        for name, what in series.items():
            if path := _path(kept, what, months):
                values[name][point] = path
    legal = run.partition("/")[2]
    found = {name: by_point for name, by_point in values.items() if by_point}
    return PricePaths(legal, tuple(months), found) if found else None


def _path(kept: KeptDraw, what: str, months: Sequence[str]) -> tuple[float, ...]:
    """Returns the quotes of a good in some months; empty if a draw does not have them all."""
    if what not in kept.names["quote"] or not set(months) <= set(kept.months):
        return ()
    row = kept.values["quote"][kept.names["quote"].index(what)]
    found = tuple(float(row[kept.months.index(month)]) for month in months)
    return () if any(isnan(price) for price in found) else found  # not a number: no market in a month


def folder_runs(
    book: Rulebook, law: Law, folder: Path, months: Span, design: Design, notices: list[Fault]
) -> tuple[Runs, ReadDraw]:
    """Returns the keys of the draws of a folder by run, and what reads them.

    Args:
        book: The rulebook.
        law: The same as it was asked for.
        folder: The folder.
        months: First and last month that are needed.
        design: Design of the draws.
        notices: Receives draws that could not be used.

    Raises:
        CoercivityError: If the folder has draws of something else, or not of these months.
    """
    there = folder_manifest(folder)
    first, last = folder_months(there, folder)
    if not first <= months[0] <= months[1] <= last:
        span = f"{month_text(first)} to {month_text(last)}"
        what = f"the draws are of {span}, the contracts of {month_text(months[0])} to {month_text(months[1])}"
        raise CoercivityError.of(CODE, what, where=folder.as_posix(), next="run the outlook for the months of both")
    asked = runs_asked(book, last)
    tasks = [DrawTask(law, run, first, last, design.scramble, point) for run in asked for point in range(design.points)]
    unlike = differences(there, manifest_of(book, design, tasks[:: design.points]))
    if unlike:
        step = "run `coercivity outlook` again with this folder left empty, or choose another --draws-folder"
        raise CoercivityError([Fault(CODE, each, (folder / MANIFEST).as_posix(), next=step) for each in unlike])
    runs = {run.id: draw_keys(book, run, (first, last), design) for run in asked}
    names = file_names([key for keys in runs.values() for key in keys], tasks)

    def read(key: str) -> bytes | None:
        path = folder / f"{names[key]}{SUFFIX}"
        if not path.is_file() or path.stat().st_size > _MOST_DRAW_BYTES:
            return None
        found = opened(key, path.read_bytes())
        if found.content is None:
            step = "run the outlook again with this folder; it is solved again"
            notices.append(Fault(CODE, f"the draw was not used: {found.why}", path.as_posix(), next=step))
        return found.content

    return runs, read


def folder_manifest(folder: Path) -> dict[str, Json]:
    """Returns what a folder of draws says of itself.

    Raises:
        CoercivityError: If it has no manifest, or none that can be read.
    """
    path = folder / MANIFEST
    try:
        if path.is_file() and path.stat().st_size <= _MOST_BYTES:
            held = json.loads(path.read_bytes())
            if isinstance(held, dict):
                return held
        why = "it has no manifest of draws"
    except (OSError, ValueError, RecursionError):
        why = "its manifest cannot be read"
    step = "name the folder of `coercivity outlook --draws-folder`, or leave the option out"
    raise CoercivityError.of(CODE, why, where=folder.as_posix(), next=step)


def folder_months(there: Mapping[str, Json], folder: Path) -> tuple[Month, Month]:
    """Returns the first and the last month of the draws of a folder, from its manifest.

    Raises:
        CoercivityError: If the manifest names none.
    """
    months = there.get("months")
    try:
        if isinstance(months, dict):
            return parse_month(str(months.get("first"))), parse_month(str(months.get("last")))
    except ValueError:
        pass
    step = "name the folder of `coercivity outlook --draws-folder`"
    raise CoercivityError.of(CODE, "its manifest names no months", where=folder.as_posix(), next=step)
