"""`calibrate`: what observations known by a day leave of the prior ranges of eight parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from coercivity.base.canonical import canonical_json, sha256
from coercivity.base.days import Day, needed_day
from coercivity.base.errors import Argument, CoercivityError, Fault, Faults
from coercivity.base.months import Month, month_text, parse_month
from coercivity.base.words import Lang
from coercivity.calibration.counted import asked_rows
from coercivity.calibration.fits import CutFit, fit_at
from coercivity.calibration.parameters import MOST_SIMULATIONS, load_prior, prior_design
from coercivity.cases.arguments import KNOWN, PACKED, Law
from coercivity.ensemble.design import Design
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.files.kept.store import Store
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.runs import RunAsked, runs_of
from coercivity.market.run.scenarios.check_law import seen_through
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import capacities
from coercivity.observations.rows import Observation, load_observations
from coercivity.papers.calibration.data import calibration_data
from coercivity.papers.calibration.files import calibration_csv, calibration_page, calibration_svg, calibration_text
from coercivity.papers.calibration.report_data import CalibrationReport
from coercivity.papers.calibration.sections import calibration_sections
from coercivity.papers.shared.tables.frames import Frames, section_frames
from coercivity.papers.shared.tables.tabled import Tabled
from coercivity.verbs import AS_KNOWN
from coercivity.verbs.draws import DrawsAsked, draw_sets
from coercivity.verbs.draws_options import check_draws, whole
from coercivity.verbs.kept import run_store
from coercivity.verbs.outlook_data import packs_of

__all__ = ["SIMULATIONS", "CalibrationResult", "calibrate", "write_calibration"]

# Fixed before any fit; see docs/calibration.md.
SIMULATIONS = 256
SIMULATED = (parse_month("2024-10"), parse_month("2025-09"))
CODE, ROWS, DRAWS = "CALIBRATE", "CALIBRATE-ROWS", "draws"
_WHERE, _OBSERVATIONS = Argument("simulations"), Argument("observations")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class CalibrationResult(Tabled):
    """Posteriors of the parameters, one for each cut-off.

    Attributes:
        fits: The fits.
        body: The report as plain data: text, whole numbers, lists and mappings.
        notices: What went wrong with the cache, and cut-offs after the last observation.

    Examples:
        The simulations take minutes, so the tests skip it.

        >>> found = coercivity.calibrate(known=["2025-04-30"])  # doctest: +SKIP
        >>> found.body["fits"][0]["file"]  # doctest: +SKIP
        'posterior-2025-04-30.yaml'
    """

    fits: tuple[CutFit, ...]
    body: CalibrationReport
    notices: tuple[Fault, ...] = ()

    def as_dict(self) -> CalibrationReport:
        """Returns the report as plain data for JSON."""
        return self.body

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the report as lines of text."""
        return calibration_text(self.body, lang)

    def page(self, lang: Lang = "en", *, sister: str = "") -> str:
        """Returns the report as a page that prints whole and needs no script."""
        return calibration_page(self.body, lang, sister=sister)

    def posteriors(self) -> dict[str, bytes]:
        """Returns the posterior of each cut-off as a file, by its name."""
        return {f"posterior-{each.known.isoformat()}.yaml": each.parameters.text().encode() for each in self.fits}

    def _frames(self) -> Frames:
        return section_frames(calibration_sections(self.body, "en"))

    def _headline(self) -> str:
        return next(self.lines())


@dataclass(frozen=True, slots=True)
class Asked:
    """A calibration that was checked.

    Attributes:
        book: The rulebook.
        law: The same as it was asked for.
        run: Scenario and legal scenario of the simulations.
        cuts: The cut-offs, in order.
        simulations: How many simulations.
        months: First and last simulated month.
        rows: Observed rows that were known by each cut-off: a later row of a user's file replaces none before.
    """

    book: Rulebook
    law: Law
    run: RunAsked
    cuts: tuple[Day, ...]
    simulations: int
    months: tuple[Month, Month]
    rows: tuple[tuple[Observation, ...], ...]

    @property
    def draws(self) -> DrawsAsked:
        """The simulations; all cut-offs share them, so they know what was known on the first one."""
        first, last = self.months
        return DrawsAsked(
            [self.run], first, last, Design(self.simulations), self.cuts[0], parameters=prior_design(MOST_SIMULATIONS)
        )


def calibrate(
    *,
    known: str | Sequence[str] = (),
    simulations: int = SIMULATIONS,
    observations: Sequence[Path] = (),
    workers: int | None = None,
    executor: Executor | None = None,
    out: Path | None = None,
    law: Law = PACKED,
    cache: bool = True,
    progress: Progress | None = None,
) -> CalibrationResult:
    """Returns what observations leave of the prior ranges of eight parameters, for one or more cut-offs.

    Quantities move six of them; prices move the other two and nothing else. All cut-offs share the simulations. What
    was simulated is kept: after an interruption only the missing ones are run.

    Args:
        known: Cut-offs: observations count that were published by then. Default: the day of the last observation.
        simulations: Simulations of the market, at most 300; fewer than 90 fit a coarser surface.
        observations: Files with further observations.
        workers: Simulations at a time. Default: one per processor.
        executor: What runs them. Default: processes of this computer.
        out: Folder for the simulations, in its folder `draws`; the cache keeps them by default.
        law: The rulebook to use.
        cache: Whether months and simulations are taken from the cache and kept there.
        progress: Called with (simulations done, all).

    Raises:
        CoercivityError: With every error in the arguments and files; if no observation counts at a cut-off, or more
            than one simulation in twenty has no feasible plan.

    Source: docs/calibration.md.

    Examples:
        The simulations take minutes, so the tests skip it.

        >>> found = coercivity.calibrate(known=["2025-04-30"])  # doctest: +SKIP
        >>> found.body["fits"][0]["effective"]  # doctest: +SKIP
        '1250'
    """
    store, notices = run_store(on=cache), list[Fault]()
    cuts = (known,) if isinstance(known, str) else tuple(known)
    workers = whole(workers) if workers is not None else None
    asked = _asked(cuts, whole(simulations), tuple(observations), workers, out, law, notices)
    folder = out / DRAWS if out is not None else None
    found = result_of(asked, simulated(asked, store, workers, executor, folder, progress, notices), store)
    return CalibrationResult(found.fits, found.body, tuple(dict.fromkeys((*found.notices, *notices))))


def simulated(
    asked: Asked,
    store: Store | None,
    workers: int | None = None,
    executor: Executor | None = None,
    folder: Path | None = None,
    progress: Progress | None = None,
    notices: list[Fault] | None = None,
) -> DrawSet:
    """Returns the simulations of a calibration, those kept earlier among them.

    Args:
        asked: The calibration.
        store: Where months are kept, and simulations unless a folder is named.
        workers: Simulations at a time.
        executor: What runs them.
        folder: Folder for the simulations.
        progress: Called with (simulations done, all).
        notices: Receives what is said of simulations that could not be used.

    Raises:
        CoercivityError: As `draw_sets`.
    """
    return draw_sets(
        asked.book,
        asked.law,
        asked.draws,
        store=store,
        folder=folder,
        executor=executor,
        at_once=workers,
        progress=progress,
        notices=notices,
    )[0]


def result_of(asked: Asked, draws: DrawSet, store: Store | None = None) -> CalibrationResult:
    """Returns the posteriors that follow from simulations.

    Args:
        asked: The calibration.
        draws: Its simulations.
        store: Its cache, for notices.
    """
    prior = load_prior()
    fits = tuple(fit_at(rows, cut, draws, prior) for rows, cut in zip(asked.rows, asked.cuts, strict=True))
    packs = {name: {part: str(value) for part, value in pack.items()} for name, pack in packs_of(asked.book).items()}
    first, last = asked.months
    body = calibration_data(fits, draws, asked.simulations, (month_text(first), month_text(last)), packs)
    body["hash"] = sha256(body)
    return CalibrationResult(fits, body, tuple(store.notices) if store is not None else ())


def _asked(
    cuts: Sequence[str],
    simulations: int,
    files: Sequence[Path],
    workers: int | None,
    out: Path | None,
    law: Law,
    notices: list[Fault],
) -> Asked:
    """Returns what to simulate and to fit, and reports every error at once."""
    faults, days, rows = Faults(), list[Day](), tuple[Observation, ...]()
    book = law.book()
    check_draws(1, 0, workers, out / DRAWS if out is not None else None, faults)
    if out is not None and out.exists() and not out.is_dir():
        faults.add("OUT", "it is a file, not a folder", where=out.as_posix(), next="give a folder after --out")
    _check_simulations(simulations, faults)
    for text in cuts:
        with faults.kept():
            days.append(needed_day(text, KNOWN))
    for day in sorted({day for day in days if days.count(day) > 1}):
        faults.add(CODE, f"{day.isoformat()} is given twice", where=KNOWN, next="give each cut-off once")
    with faults.kept():
        rows = load_observations(None, files)
    if rows:
        latest = max(row.known_on for row in rows)
        days = days if cuts else [latest]
        for day in sorted(set(days)):
            _check_day(day, rows, faults, notices)
    with faults.kept():
        load_prior()
    faults.raise_if_any()
    known, scenario = sorted(days), read_scenario(AS_KNOWN, capacities(), book, seen_through(book, SIMULATED[1], None))
    run = runs_of(book, scenario, SIMULATED[1], known[0])[0]
    ours = tuple(load_observations(day, files) for day in known)
    return Asked(book, law, run, tuple(known), simulations, SIMULATED, ours)


def _check_simulations(simulations: object, faults: Faults) -> None:
    if not isinstance(simulations, int) or isinstance(simulations, bool) or not 1 < simulations <= MOST_SIMULATIONS:
        what = f"expected 2 to {MOST_SIMULATIONS} simulations, found {str(simulations)[:60]}"
        faults.add(CODE, what, where=_WHERE, next="omit it, or give 256")


def _check_day(day: Day, rows: Sequence[Observation], faults: Faults, notices: list[Fault]) -> None:
    """Adds a fault if no row counts by a day, and a notice if it is after the last row."""
    first, latest = min(row.known_on for row in rows), max(row.known_on for row in rows)
    if not asked_rows(rows, day)[0]:
        what = f"no observation counts by {day.isoformat()}: the first one was known on {first.isoformat()}"
        faults.add(ROWS, what, where=KNOWN, next="give a later day")
    elif day > latest:
        what = f"{day.isoformat()} is after the last observation, which was known on {latest.isoformat()}"
        notices.append(Fault(ROWS, what, KNOWN, next="nothing to do; or add newer ones with --observations"))


def write_calibration(folder: Path, found: CalibrationResult, lang: Lang = "en") -> list[Path]:
    """Writes posteriors, pages in both languages, text, tables as CSV, pictures and JSON; returns their paths.

    Args:
        folder: The folder; it is made where it does not exist.
        found: The result.
        lang: Language of the text, the pictures and of words in cells of CSV files.

    Raises:
        CoercivityError: If a file cannot be written.
    """
    files = {
        **found.posteriors(),
        "calibration.json": canonical_json(found.body) + b"\n",
        "calibration.html": found.page("en", sister="calibration.zh.html").encode(),
        "calibration.zh.html": found.page("zh", sister="calibration.html").encode(),
        "calibration.txt": "".join(f"{line}\n" for line in found.lines(lang)).encode(),
        **calibration_svg(found.body, lang),
        **calibration_csv(found.body, lang),
    }
    if folder.exists() and not folder.is_dir():
        step = "give a folder after --out"
        raise CoercivityError.of("OUT", "it is a file, not a folder", where=folder.as_posix(), next=step)
    with held(folder):
        return list(write_set(folder, files))
