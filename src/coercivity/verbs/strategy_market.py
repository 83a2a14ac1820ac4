"""`strategy market`: a workbook of firms and scenarios from draws of the market."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.canonical import sha256
from coercivity.base.errors import Argument, CoercivityError, Faults, brief_value
from coercivity.base.months import Month, month_text
from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.cases.arguments import PACKED, Law
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.law.rules.rulebook import Rulebook
from coercivity.ministry.strategy.model import StrategyBook
from coercivity.ministry.strategy.rows import strategy_rows
from coercivity.ministry.strategy_market.book import MarketBook, market_book, note_words, notes
from coercivity.verbs import AS_KNOWN
from coercivity.verbs.draws import DrawsAsked, draw_sets
from coercivity.verbs.draws_options import check_begin, check_draws, whole
from coercivity.verbs.kept import run_store
from coercivity.verbs.messages import message
from coercivity.verbs.outlook import span
from coercivity.workbooks.writer import TextRow

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from coercivity.market.run.runs import RunAsked

__all__ = ["StrategyMarket", "strategy_market", "write_strategy_market"]

SCENARIOS = (AS_KNOWN, "technology-only")
YEAR, DRAWS, FIRST = 2028, 16, "2026-01"
FILES: Mapping[str, Mapping[str, str]] = {
    "settings": {"en": "settings.csv", "zh": "settings.csv"},
    "scenarios": {"en": "scenarios.csv", "zh": "scenarios.csv"},
    "firms": {"en": "firms.csv", "zh": "firms.csv"},
    "notes": {"en": "notes.csv", "zh": "备注.csv"},
}
_HEADERS = {"metal_yield": "yield"}


@dataclass(frozen=True, slots=True)
class StrategyMarket:
    """A workbook of strategies from draws of the market.

    Attributes:
        found: The workbook, the figures by legal path and draw, and what was read.
        made: What it was made from: runs, draws, months and the hash of the draws.

    Examples:
        The market takes minutes, so the tests skip it.

        >>> made = coercivity.strategy_market(year=2028, draws=16)  # doctest: +SKIP
        >>> len(made.book.scenarios)  # doctest: +SKIP
        48
    """

    found: MarketBook
    made: Mapping[str, str]

    @property
    def book(self) -> StrategyBook:
        """The workbook."""
        return self.found.book

    def lines(self, lang: Lang = "en") -> Iterator[str]:
        """Yields the means of the scenarios by legal path as lines of text."""
        for path in dict.fromkeys(row.path for row in self.found.rows):
            rows = [row.figures for row in self.found.rows if row.path == path]
            mean = {name: total(row[name] for row in rows) / len(rows) for name in rows[0]}
            china, other = f"{mean['cn_price']:.1f} kUSD/t, {mean['cn_share']:.0%}", f"{mean['row_price']:.1f} kUSD/t"
            told = f"{path}, {len(rows)} draws: Chinese metal at {china} let through; other metal at {other}"
            yield message(f"{told}, {mean['row_share']:.0%} within reach", lang)


def strategy_market(
    *,
    year: int = YEAR,
    draws: int = DRAWS,
    scenarios: Sequence[str] = SCENARIOS,
    first: str = FIRST,
    last: str | None = None,
    scramble: int = 0,
    law: Law = PACKED,
    cache: bool = True,
    workers: int | None = None,
    executor: Executor | None = None,
    draws_folder: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> StrategyMarket:
    """Returns the workbook of a magnet maker, a car maker and a recycler, with a row a legal path and draw.

    Every price and share is computed from the draw, and every figure of the firms from the packs and the mean of the
    draws; the notes say how. Draws of the same question in the cache are used, others are solved and kept.

    Args:
        year: The year.
        draws: Draws of each legal path, a power of two.
        scenarios: Ids of packed scenarios or paths of files; each gives one legal path or more.
        first: First drawn month, YYYY-MM.
        last: Last month, YYYY-MM. Default: December of the year.
        scramble: Number of the design of the draws.
        law: The rulebook to use.
        cache: Whether draws are taken from the cache and kept there.
        workers: Draws at a time. Default: one per processor.
        executor: What runs the draws. Default: processes of this computer.
        draws_folder: Folder for the draws and a manifest, in place of the cache.
        progress: Called with (draws done, all).

    Raises:
        CoercivityError: With every error in the arguments or scenarios, or as the draws fail.

    Examples:
        The market takes minutes, so the tests skip it.

        >>> made = coercivity.strategy_market(year=2028, draws=16)  # doctest: +SKIP
        >>> made.book.firms[0].firm  # doctest: +SKIP
        'magnet maker'
    """
    draws, scramble = whole(draws), whole(scramble)
    workers = whole(workers) if workers is not None else None
    book = law.book()
    names = (scenarios,) if isinstance(scenarios, str) else tuple(scenarios)
    asked = _asked(book, names, year, draws, (first, last or f"{year}-12"), scramble, workers, draws_folder)
    store = run_store(on=cache)
    sets = draw_sets(
        book,
        law,
        asked,
        store=store,
        folder=draws_folder,
        executor=executor,
        at_once=workers,
        progress=progress,
    )
    keys = [task.key(book) for task in asked.tasks(book, law, None)]
    return made_from(sets, year, month_text(asked.first), month_text(asked.last), sha256(keys))


def made_from(sets: Sequence[DrawSet], year: int, first: str, last: str, hashed: str) -> StrategyMarket:
    """Returns the workbook of draws that are there.

    Args:
        sets: The draws of each legal path, of the same design.
        year: The year.
        first: First drawn month, YYYY-MM.
        last: Last month, YYYY-MM.
        hashed: Hash of the keys of the draws, and so of the law, the packs, the program and the figures drawn.

    Raises:
        CoercivityError: If a draw lacks a price of the year.
    """
    design, found = sets[0].design, market_book(sets, year)
    points = len({row.draw for row in found.rows})
    made = {
        "draws": f"{', '.join(each.run for each in sets)}; {points} x {first} - {last}; scramble {design.scramble}",
        "hash": hashed,
    }
    return StrategyMarket(found, made)


def _asked(
    book: Rulebook,
    names: Sequence[str],
    year: int,
    draws: int,
    months: tuple[str, str],
    scramble: int,
    workers: int | None,
    folder: Path | None,
) -> DrawsAsked:
    """Returns the draws asked for; reports every error in the arguments at once."""
    from coercivity.ensemble.design import Design, design_of
    from coercivity.market.run.runs import runs_of
    from coercivity.market.run.scenarios.check_law import seen_through
    from coercivity.market.run.scenarios.scenario import read_scenario
    from coercivity.market.run.simulate import capacities

    faults, spanned, design = Faults(), list[tuple[Month, Month]](), Design(1, 0)
    check_draws(draws, scramble, workers, folder, faults)
    with faults.kept():
        spanned.append(span(*months))
    if spanned:
        check_begin(draws, spanned[0][0], faults)
        if not spanned[0][0] <= 12 * year or 12 * year + 11 > spanned[0][1]:
            what = f"the draws from {months[0]} to {months[1]} do not have the whole year {year}"
            faults.add("STRATEGY-MARKET", what, where=Argument("year"), next="give another year, or other months")
    if not faults.items:
        with faults.kept():
            design = design_of(draws, 1, scramble)
    runs: list[RunAsked] = []
    for name in names:
        with faults.kept():
            end = spanned[0][1] if spanned else None
            read = read_scenario(name, capacities(), book, seen_through(book, end) if end is not None else None)
            if end is not None:
                runs += runs_of(book, read, end)
    twice = next((run.id for n, run in enumerate(runs) if run.id in {each.id for each in runs[:n]}), None)
    if twice is not None:
        what = f"the legal path {brief_value(twice)} is there twice"
        faults.add("STRATEGY-MARKET", what, where=Argument("scenario"), next="name each scenario once")
    if not names:
        what = "no scenario is given"
        faults.add("STRATEGY-MARKET", what, where=Argument("scenario"), next="give one, such as as-known")
    faults.raise_if_any()
    return DrawsAsked(runs, *spanned[0], design)


def write_strategy_market(
    folder: Path, made: StrategyMarket, lang: Lang = "en", *, made_on: str | None = None
) -> list[Path]:
    """Writes the workbook as a folder of CSV files with notes and a page that introduces it; returns their paths.

    Args:
        folder: The folder; it is made where it does not exist.
        made: The workbook.
        lang: Language of the notes.
        made_on: Day to note, YYYY-MM-DD; None for none.

    Raises:
        CoercivityError: If a file cannot be written.
    """
    tongue: Lang = "zh" if lang == "zh" else "en"
    rows: dict[str, list[TextRow]] = {**strategy_rows(made.book)}
    stated = {**made.made, **({"made_on": made_on} if made_on else {})}
    rows["notes"] = notes(made.found, stated, tongue)
    files = {FILES[key][tongue]: _csv(each) for key, each in rows.items()}
    name = folder.name if folder.is_absolute() else folder.as_posix()
    files["README.md"] = _readme(made, stated, tongue, name).encode()
    if folder.exists() and not folder.is_dir():
        step = "give a folder after --out"
        raise CoercivityError.of("OUT", "it is a file, not a folder", where=folder.as_posix(), next=step)
    with held(folder):
        return list(write_set(folder, files))


def _csv(rows: Sequence[TextRow]) -> bytes:
    heads = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_HEADERS.get(name, name) for name in heads])
    writer.writerows([row.get(name, "") for name in heads] for row in rows)
    return out.getvalue().encode()


def _readme(made: StrategyMarket, stated: Mapping[str, str], lang: Lang, folder: str) -> str:
    words, texts = note_words()["names"], note_words()["readme"]
    rows = made.found.rows
    facts = {
        "year": str(made.book.year),
        "draws": str(len({row.draw for row in rows})),
        "paths": str(len({row.path for row in rows})),
    }
    title, lead, limits = (say(texts[key], lang).format(**facts) for key in ("title", "lead", "limits"))
    command = f"coercivity strategy {folder} --levers ore,processing,recycling,contracts,stock"
    told = "\n".join(f"- {say(words[key], lang)}: {text}" for key, text in stated.items())
    return f"# {title}\n\n{lead}\n\n```\n{command}\n```\n\n{limits}\n\n{told}\n"
