"""What a reader should know first: which of the two frees more, what the clauses cost, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from coercivity.base.sums import total
from coercivity.ministry.bottleneck.runs import IMPORTED, MATERIALS, TECHNOLOGY
from coercivity.papers.ministry.bottleneck.plant_tables import held
from coercivity.papers.ministry.bottleneck.report_data import BottleneckReport, VerdictData
from coercivity.papers.ministry.bottleneck.wording import (
    MONTHS,
    MUSD,
    TONNES,
    interval_text,
    musd,
    signed,
    stage_text,
    through_text,
)
from coercivity.papers.shared.paper.figures import exact_text, figure, listed, percent
from coercivity.papers.shared.paper.sections import Wording


def opening(body: BottleneckReport, w: Wording) -> Iterator[str]:
    """Yields the sentences of the summary."""
    yield headline(body, w)
    for verdict in body["verdicts"]:
        yield _detail(verdict, w)
    yield _imports(body, w)
    yield _delays(body, w)
    without = [
        w("plant_at", plant["name"], stage_text(plant["stage"], w)) for plant, _ in held(body) if not plant["modelled"]
    ]
    if without:
        yield w("not_modelled", listed(without, w.lang))
    if body["draws"]:
        yield w("drawn", body["draws"])
    else:
        yield w("once")


def headline(body: BottleneckReport, w: Wording) -> str:
    """Returns the answer as one sentence: what holds for every stage and year, or that it depends on them."""
    winners = {verdict["winner"] for verdict in body["verdicts"]}
    kind = winners.pop() if len(winners) == 1 else "mixed"
    return w(f"headline_{kind}", w("semicolon").join(_part(verdict, w) for verdict in body["verdicts"]))


def _part(verdict: VerdictData, w: Wording) -> str:
    place = stage_text(verdict["stage"], w), through_text(verdict["through"], w)
    if verdict["winner"] == "neither":
        return w("part_neither", *place, w(f"reason_{verdict['reason']}"))
    technology, materials = (signed(verdict[key]["mean"], TONNES) for key in ("technology_t", "materials_t"))
    return w(f"part_{verdict['winner']}", *place, technology, materials)


def _detail(verdict: VerdictData, w: Wording) -> str:
    """Returns the numbers of one stage through one month."""
    share = verdict["between_share"]
    return w(
        "detail",
        stage_text(verdict["stage"], w),
        through_text(verdict["through"], w),
        figure(verdict["base_t"], TONNES),
        interval_text(verdict["technology_t"], TONNES, w),
        interval_text(verdict["materials_t"], TONNES, w),
        interval_text(verdict["between_t"], TONNES, w),
        "" if share is None else w("of_base", percent(share, w.lang, 1)),
    )


def _imports(body: BottleneckReport, w: Wording) -> str:
    """Returns what more magnets come from China in the whole period, if one of the two is free."""
    sums = []
    for run in (TECHNOLOGY, MATERIALS):
        rows = [row["more_t"] for row in body["output"] if (row["stage"], row["run"]) == (IMPORTED, run)]
        mean = total(Fraction(row["mean"]) for row in rows if row is not None)
        sums.append(signed(exact_text(mean), TONNES))
    return w("imports", *sums)


def _delays(body: BottleneckReport, w: Wording) -> str:
    """Returns how many plants the clauses of technology delay, by how much, and what that is worth."""
    costs = [cost for _, cost in held(body)]
    if not costs:
        return w("no_delay")
    months = sorted((cost["delay_months"]["mean"] for cost in costs), key=Fraction)
    least, most = (figure(end, MONTHS, trim=True) for end in (months[0], months[-1]))
    money = figure(musd(body["cost_usd"]), MUSD)
    if len(costs) == 1:
        return w("delay_one", least, money)
    if least == most:
        return w("delays_alike", len(costs), least, money)
    return w("delays", len(costs), least, most, money)
