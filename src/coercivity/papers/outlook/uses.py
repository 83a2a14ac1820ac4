"""What became of demand besides supply to the usual design and shortage: used less and substituted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypedDict

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.market.results.rows import UseRow
from coercivity.papers.outlook.read import ScenarioRuns, between, scenarios
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.words import SUMMARY

UsePart = Literal["usual_t", "less_t", "substituted_t", "without_t"]
# The four parts of demand, in the order in which they are shown.
USE_PARTS: tuple[UsePart, ...] = ("usual_t", "less_t", "substituted_t", "without_t")


class UseSums(TypedDict):
    """Totals of several uses over a period, in units of devices [t]; `wanted_t` is the sum of the other four."""

    wanted_t: float
    usual_t: float
    less_t: float
    substituted_t: float
    without_t: float


def use_sums(rows: Iterable[UseRow]) -> UseSums:
    """Returns the totals of some uses over the period."""
    held = list(rows)
    return {
        "wanted_t": total(total(row["wanted_t"]) for row in held),
        "usual_t": total(total(row["usual_t"]) for row in held),
        "less_t": total(total(row["less_t"]) for row in held),
        "substituted_t": total(total(row["substituted_t"]) for row in held),
        "without_t": total(total(row["without_t"]) for row in held),
    }


def not_short(report: OutlookReport, lang: Lang = "en") -> tuple[str, str] | None:
    """Returns the totals of what was used less and of what was substituted, by scenario; None if there is no demand.

    Args:
        report: The report data.
        lang: Language.
    """
    held = [scenario for scenario in scenarios(report) if any(run.body["use"] for run in scenario.runs)]
    if not held:
        return None
    joint = "、" if lang == "zh" else ", "
    less, substituted = (
        joint.join(_span(scenario, part, lang) for scenario in held) for part in ("less_t", "substituted_t")
    )
    return say(SUMMARY["used_less"], lang).format(less), say(SUMMARY["substituted"], lang).format(substituted)


def _span(scenario: ScenarioRuns, part: Literal["less_t", "substituted_t"], lang: Lang) -> str:
    """Returns a total in all legal scenarios as an interval, with the letter of the scenario."""
    sums = [use_sums(run.body["use"])[part] for run in scenario.runs]
    return f"{scenario.letter} {between(min(sums), max(sums), lang)}"
