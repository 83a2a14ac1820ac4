"""What differs between each two runs of an outlook, and the sentences that its papers begin with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.words import Lang, say
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.results.difference import Side, difference
from coercivity.market.run.scenarios.scenario import Scenario
from coercivity.papers.outlook.difference.sentence import DifferenceTold
from coercivity.papers.outlook.read import ReadRun, runs_of, scenarios
from coercivity.papers.outlook.report_data import DifferenceData, OutlookReport
from coercivity.papers.shared.names import IN_BOTH


def differences(book: Rulebook, report: OutlookReport, asked: Sequence[Scenario]) -> list[DifferenceData]:
    """Returns what differs between each two runs of an outlook: two scenarios first, then legal scenarios of one.

    Args:
        book: The rulebook.
        report: The report data with its runs.
        asked: The scenario of each run.
    """
    instruments = {rule.id: rule.instrument.id for rule in book.rules}
    found: list[DifferenceData] = []
    for a, b in _pairs(report):
        sides = [Side(asked[run.place], run.body["assume"], run.body) for run in (a, b)]
        what = difference(sides[0], sides[1], report["months"], instruments)
        told = DifferenceTold(book, report, a, b, what)
        sentence = {lang: told.sentence(lang) for lang in IN_BOTH}
        ids = {"a": a.key, "b": b.key, "run_a": a.body["id"], "run_b": b.body["id"]}
        found.append({**what, **ids, "in_force": told.in_force, "sentence": sentence})  # type: ignore[typeddict-item] # all are text
    return found


def _pairs(report: OutlookReport) -> Iterator[tuple[ReadRun, ReadRun]]:
    """Yields each two runs: the first of both scenarios, those of one scenario, then all others."""
    groups, runs = scenarios(report), runs_of(report)
    heads = [group.runs[0] for group in groups]
    first = [(heads[0], heads[1])] if len(heads) > 1 else []
    inside = [(a, b) for group in groups for a in group.runs for b in group.runs if a.place < b.place]
    rest = [(a, b) for a in runs for b in runs if a.place < b.place]
    done: set[tuple[str, str]] = set()
    for a, b in (*first, *inside, *rest):
        if (a.key, b.key) not in done:
            done.add((a.key, b.key))
            yield a, b


def shown_differences(report: OutlookReport, lang: Lang) -> list[str]:
    """Returns the sentences that a summary begins with: of the two scenarios, and of the legal scenarios of each."""
    alone = len(scenarios(report)) == 1
    held = report.get("difference", [])
    kept = [one for place, one in enumerate(held) if (place == 0 and not alone) or one["a"][0] == one["b"][0]]
    return [say(one["sentence"], lang) for one in kept]


def sentence_of(report: OutlookReport, left: str, right: str, lang: Lang) -> str:
    """Returns the sentence on two runs by their letters; empty if the report data have none."""
    pair = {left, right}
    return next(
        (say(one["sentence"], lang) for one in report.get("difference", []) if {one["a"], one["b"]} == pair), ""
    )
