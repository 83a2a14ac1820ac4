"""What differs between two runs of the built-in market: a clause, the end of a suspension, and nothing."""

from __future__ import annotations

from functools import lru_cache

from coercivity.cases.arguments import PACKED
from coercivity.market.inputs.months import parse_month
from coercivity.market.results.figure_difference import counts
from coercivity.market.results.run_answer import run_answer
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.runs import RunAsked, runs_of, simulation_of
from coercivity.market.run.scenario import read_scenario
from coercivity.market.run.simulate import BEGIN, Simulation, capacities
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.verbs.outlook import report_of

BOOK = PACKED.book()


@lru_cache(maxsize=2)
def run(names: tuple[str, ...], last: str) -> tuple[list[RunAsked], list[Simulation]]:
    """The runs of some scenarios from the beginning of the model to a month."""
    end = parse_month(last)
    asked = [one for name in names for one in runs_of(BOOK, read_scenario(name, capacities()), end)]
    return asked, [simulation_of(BOOK, one, BEGIN, end) for one in asked]


def told(asked: list[RunAsked], made: list[Simulation], first: str, last: str) -> OutlookReport:
    """The report over a part of the period that was run."""
    questions = [RunQuestion(one, parse_month(first), parse_month(last)) for one in asked]
    answers = [run_answer(one, question) for one, question in zip(made, questions, strict=True)]
    return report_of(BOOK, asked, answers, first, last)


def test_a_notice_that_is_lifted_is_the_cause() -> None:
    """Without 18/2025 heavy rare earths cost less outside China from April 2025, the month of the notice."""
    asked, made = run(("controls-back", "without-18-2025"), "2025-04")
    (found,) = told(asked, made, "2025-03", "2025-04")["difference"]
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
    asked, made = run(("as-known",), "2026-12")
    (found,) = told(asked, made, "2026-11", "2026-12")["difference"]
    assert (found["a"], found["b"], found["from_month"], found["kind"]) == ("A1", "A2", "2026-11", ["law"])
    assert {"mofcom-2025-61", "mofcom-gac-2025-57"} <= {one["instrument"] for one in found["clauses"]}
    assert found["most_share"] < 0.2
    matters = any(counts(figure) for figure in found["figures"])
    assert found["verdict"] == ("differs" if matters else "immaterial")
    assert set(found["in_force"].values()) == {"2025-04-04"}
    assert "18/2025 drives the price gap in both and was never suspended" in found["sentence"]["en"]
    assert "2025年第18号公告，其自2025年4月4日起实施，从未暂停" in found["sentence"]["zh"]


def test_before_the_suspension_ends_the_legal_scenarios_are_the_same() -> None:
    asked, made = run(("as-known",), "2026-12")
    (found,) = told(asked, made, "2026-09", "2026-10")["difference"]
    assert (found["kind"], found["clauses"]) == ([], [])
    assert found["verdict"] in ("later", "expected")  # prices may already allow for what follows
    assert "last to 2026-11-10 or longer, after this period" in found["sentence"]["en"]


def test_a_run_does_not_differ_from_itself() -> None:
    asked, made = run(("controls-back", "without-18-2025"), "2025-04")
    (found,) = told([asked[0], asked[0]], [made[0], made[0]], "2025-03", "2025-04")["difference"]
    assert (found["verdict"], found["figures"], found["most_share"]) == ("same", [], 0)
