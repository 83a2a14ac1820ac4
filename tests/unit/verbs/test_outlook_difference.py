"""What differs between two runs of the built-in market: a clause, the end of a suspension, and nothing."""

from __future__ import annotations

from functools import lru_cache

from coercivity.base.months import month_text, parse_month
from coercivity.cases.arguments import PACKED
from coercivity.market.results.figure_difference import counts
from coercivity.market.results.run_answer import run_answer
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.runs import RunAsked, runs_of, simulation_of
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import BEGIN, Simulation, capacities
from coercivity.papers.outlook.report_data import DifferenceData, OutlookReport
from coercivity.papers.outlook.report_text import WIDTH, summary
from coercivity.verbs.outlook import report_of, span

BOOK = PACKED.book()


@lru_cache(maxsize=2)
def run(names: tuple[str, ...], first: str, last: str) -> tuple[list[RunAsked], list[Simulation]]:
    """The runs of some scenarios over a period."""
    begin, end = span(first, last)
    asked = [one for name in names for one in runs_of(BOOK, read_scenario(name, capacities()), end)]
    return asked, [simulation_of(BOOK, one, min(begin, BEGIN), end) for one in asked]


def part(asked: list[RunAsked], runs: list[Simulation], first: str, last: str) -> OutlookReport:
    """The report over a part of the period that was run."""
    begin, end = span(first, last)
    pairs = zip(asked, runs, strict=True)
    answers = [run_answer(simulation, RunQuestion(one, begin, end)) for one, simulation in pairs]
    return report_of(BOOK, asked, answers, first, last)


def told(asked: list[RunAsked], runs: list[Simulation], first: str, last: str) -> list[DifferenceData]:
    """What differs over a part of the period that was run."""
    return part(asked, runs, first, last)["difference"]


def test_a_notice_that_is_lifted_is_the_cause() -> None:
    """Without 18/2025 heavy rare earths cost less outside China from April 2025, the month of the notice."""
    asked, runs = run(("controls-back", "without-18-2025"), "2025-03", "2025-04")
    (found,) = told(asked, runs, "2025-03", "2025-04")
    assert (found["a"], found["b"], found["verdict"], found["kind"]) == ("A", "B", "differs", ["law"])
    assert found["from_month"] == "2025-04"
    assert {one["instrument"] for one in found["clauses"]} == {"mofcom-gac-2025-18"}
    assert {one["run"] for one in found["clauses"]} == {"a"}
    first = found["figures"][0]
    assert first["a"] > first["b"]
    assert found["parts"][0]["clauses"][0].startswith("a18-1c9")
    assert "because only A is subject to 18/2025 from 2025-04; 18/2025 1C90" in found["sentence"]["en"]
    assert "自2025年4月起仅A适用2025年第18号公告；第18号公告（2025）1C90" in found["sentence"]["zh"]


def test_the_end_of_the_suspension_beside_18_2025_which_was_never_suspended() -> None:
    """The clauses that return in November 2026 touch flows; the price follows clauses that were never suspended."""
    asked, runs = run(("as-known",), "2026-09", "2026-12")
    (found,) = told(asked, runs, "2026-11", "2026-12")
    assert (found["a"], found["b"], found["from_month"], found["kind"]) == ("A1", "A2", "2026-11", ["law"])
    assert {"mofcom-2025-61", "mofcom-gac-2025-57"} <= {one["instrument"] for one in found["clauses"]}
    assert found["most_share"] < 0.2
    matters = any(counts(figure) for figure in found["figures"])
    assert found["verdict"] == ("differs" if matters else "immaterial")
    assert set(found["in_force"].values()) == {"2025-04-04"}
    assert "18/2025 drives the price gap in both and was never suspended" in found["sentence"]["en"]
    assert "2025年第18号公告，其自2025年4月4日起实施，从未暂停" in found["sentence"]["zh"]


def test_before_the_suspension_ends_the_legal_scenarios_are_the_same() -> None:
    asked, runs = run(("as-known",), "2026-09", "2026-12")
    (found,) = told(asked, runs, "2026-09", "2026-10")
    assert (found["kind"], found["clauses"]) == ([], [])
    assert found["verdict"] in ("later", "expected")  # prices may already allow for what follows
    assert "last to 2026-11-10 or longer, after this period" in found["sentence"]["en"]


def test_a_run_does_not_differ_from_itself() -> None:
    asked, runs = run(("controls-back", "without-18-2025"), "2025-03", "2025-04")
    (found,) = told([asked[0], asked[0]], [runs[0], runs[0]], "2025-03", "2025-04")
    assert (found["verdict"], found["figures"], found["most_share"]) == ("same", [], 0)


def test_the_sentence_comes_before_the_runs_in_the_summary() -> None:
    asked, runs = run(("controls-back", "without-18-2025"), "2025-03", "2025-04")
    report = part(asked, runs, "2025-03", "2025-04")
    assert report["months"] == [month_text(parse_month("2025-03") + n) for n in range(2)]
    lines = summary(report)
    place = next(n for n, line in enumerate(lines) if line.startswith("  A  "))
    said = " ".join(line.strip() for line in lines[1:place])
    assert said == report["difference"][0]["sentence"]["en"]
    assert all(len(line) <= WIDTH for line in lines)
