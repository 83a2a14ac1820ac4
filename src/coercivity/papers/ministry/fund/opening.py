"""What a reader should know first: what to fund, for how much, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from coercivity.papers.ministry.fund.data import not_additional
from coercivity.papers.ministry.fund.report_data import FundReport
from coercivity.papers.ministry.fund.wording import (
    PER_DOLLAR,
    SHARE,
    funded_text,
    instrument_text,
    set_text,
)
from coercivity.papers.shared.paper.figures import exact_text, figure, percent
from coercivity.papers.shared.paper.sections import Wording

_ONE = 1  # decimals of money in a sentence


def opening(body: FundReport, w: Wording) -> Iterator[str]:
    """Yields the sentences of the summary.

    Args:
        body: The result as plain data.
        w: Words.
    """
    best, budget = body["sets"][0], _money(body["budget_musd"])
    if not best["projects"]:
        yield w("nothing", budget)
        return
    yield w("choose", funded_text(best["projects"], best["instruments"], w), budget)
    path, held = max(best["held_musd"].items(), key=lambda item: Fraction(item[1]))
    yield w("worth", _money(best["mean_musd"]), _money(best["cost_musd"]), _money(held), path)
    between = Fraction(best["interaction_musd"])
    if between:
        kind = "together_less" if between < 0 else "together_more"
        yield w(kind, _money(best["alone_musd"]), _money(exact_text(abs(between))))
    off = not_additional(body, best["projects"])
    if off:
        yield w("not_additional", _money(exact_text(off)))
    if len(body["sets"]) > 1 and (less := body["sets"][1]["less_share"]) is not None:
        yield w("next", set_text(body["sets"][1]["projects"], w), percent(less, w.lang, SHARE))
    top = body["ranking"][0]
    if top["per_dollar"] is not None:
        name = instrument_text(top["instrument"], w)
        yield w("dollar", top["project"], name, figure(top["per_dollar"], PER_DOLLAR))
    yield from _paths(body, w)
    yield from _technology(body, w)
    if body["technology_assumed"] != "given":
        yield w(f"assumed_{body['technology_assumed']}")


def _paths(body: FundReport, w: Wording) -> Iterator[str]:
    """Yields what would be best if a path were sure, and which set regrets least."""
    best = body["sets"][0]
    for row in body["by_path"]:
        if row["projects"] == best["projects"]:
            yield w("same_on", row["path"])
        else:
            yield w("other_on", row["path"], set_text(row["projects"], w), _money(best["regret_musd"][row["path"]]))
    least = body["least_regret"]
    if least["projects"] != best["projects"]:
        regret = _money(least["greatest_regret_musd"]), _money(best["greatest_regret_musd"])
        yield w("least_regret", set_text(least["projects"], w), *regret)


def _technology(body: FundReport, w: Wording) -> Iterator[str]:
    """Yields what a refusal of controlled technology changes."""
    best = body["sets"][0]
    for row in body["technology"]:
        if row["technology"] == body["technology_assumed"]:
            continue
        kind = "same_if" if row["projects"] == best["projects"] else "other_if"
        yield w(f"{kind}_{row['technology']}", set_text(row["projects"], w), _money(row["value_musd"]))


def _money(text: str) -> str:
    return figure(text, _ONE, trim=Fraction(text).denominator == 1)
