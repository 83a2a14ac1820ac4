"""The section on supply and prices: only what touches the products of the case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.words import say
from coercivity.papers.brief.paper.figures.prices import price_figure
from coercivity.papers.brief.paper.market import (
    GoodPrices,
    PricePath,
    branch_name,
    clause_effects,
    good_prices,
)
from coercivity.papers.brief.paper.rounding import amount, number, number_range, share
from coercivity.papers.brief.paper.wording import listed, semi
from coercivity.papers.brief.report_data import BriefBody
from coercivity.papers.shared.days import month_text
from coercivity.papers.shared.paper.sections import PaperSection, PaperTable, Wording

_LEAST_CHANGE = 0.005
_LEAST_TONNES, _LEAST_USD = 1.0, 1e6


def supply_section(body: BriefBody, w: Wording) -> PaperSection:
    """Returns the section on supply and prices; without sentences where the report has no market part.

    Args:
        body: The report data.
        w: The words.
    """
    goods = good_prices(body)
    if "supply" not in body:
        return w.section("supply", [w("no_supply")])
    if not goods:
        return w.section("supply", [w("no_goods")])
    tables = (_prices(body, goods, w), _clauses(body, w))
    made = w.section("supply", _sentences(body, goods, w), tables, [w("supply_note")])
    figure = price_figure(goods, w)
    return PaperSection(made.id, made.heading, made.sentences, made.tables, made.notes, (figure,))


def _sentences(body: BriefBody, goods: Sequence[GoodPrices], w: Wording) -> Iterator[str]:
    widest = max(goods, key=_ratio)
    month = month_text(widest.months[widest.worst], w.lang)
    inside, outside = _ends(widest, w)
    yield w("widest", say(widest.name, w.lang), month, outside, inside)
    if widest.clause:
        clause = branch_name(body["supply"], widest.clause, w.lang)
        yield w("carried", clause, share(f"{widest.share:.4f}", w.lang))
    lapsed = [path for path in widest.paths if path.branch.startswith("lapsed")]
    extended = [path for path in widest.paths if path.branch.startswith("extended")]
    if lapsed and extended:
        yield from _difference(goods, w)


def _difference(goods: Sequence[GoodPrices], w: Wording) -> Iterator[str]:
    """Yields how far the price outside differs between the scenarios of a suspension, or why it does not."""
    told, same = [], []
    for good in goods:
        ways = {path.branch.partition(":")[0]: path for path in good.paths}
        change, place = _widest_change(ways["lapsed"], ways["extended"])
        if abs(change) < _LEAST_CHANGE:
            same.append(say(good.name, w.lang))
        else:
            word = "price_higher" if change > 0 else "price_lower"
            month = month_text(good.months[place], w.lang)
            told.append(w(word, say(good.name, w.lang), share(f"{abs(change):.4f}", w.lang), month))
    if told:
        yield w("price_changes", semi(told, w.lang))
    if same:
        yield w("price_same", listed(same, w.lang))


def _widest_change(lapsed: PricePath, extended: PricePath) -> tuple[float, int]:
    """Returns the largest relative difference of the price outside, and its month."""
    found = [(0.0, 0)]
    for place, (one, other) in enumerate(zip(lapsed.outside, extended.outside, strict=True)):
        if one is not None and other:
            found.append((one / other - 1, place))
    return max(found, key=lambda pair: (abs(pair[0]), -pair[1]))


def _ratio(good: GoodPrices) -> float:
    found = [
        high / low
        for path in good.paths
        if (low := path.inside[good.worst]) and (high := path.outside[good.worst]) is not None
    ]
    return max(found, default=0.0)


def _ends(good: GoodPrices, w: Wording) -> tuple[str, str]:
    inside = [path.inside[good.worst] for path in good.paths]
    outside = [path.outside[good.worst] for path in good.paths]
    return _span(inside, w), _span(outside, w)


def _span(values: Sequence[float | None], w: Wording) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return "–"
    return number_range(min(known), max(known), w.lang)


def _prices(body: BriefBody, goods: Sequence[GoodPrices], w: Wording) -> PaperTable:
    rows = (
        (
            say(good.name, w.lang),
            good.months[good.worst],
            *_ends(good, w),
            _span([path.gap(good.worst) for path in good.paths], w),
            w("cause", branch_name(body["supply"], good.clause, w.lang), share(f"{good.share:.4f}", w.lang))
            if good.clause
            else w("no_clause"),
        )
        for good in goods
    )
    numbers = ("inside", "outside", "gap")
    return w.table("prices", ("good", "month", *numbers, "main_clause"), rows, numbers=numbers)


def _clauses(body: BriefBody, w: Wording) -> PaperTable:
    rows = (
        (
            branch_name(body["supply"], entry.clause, w.lang),
            number(entry.withheld_t),
            amount(entry.cost_usd, "USD", w.lang),
        )
        for entry in clause_effects(body)
        if abs(entry.withheld_t) >= _LEAST_TONNES or abs(entry.cost_usd) >= _LEAST_USD
    )
    numbers = ("withheld_t", "net_cost")
    return w.table("clause_costs", ("clause", *numbers), rows, numbers=numbers)
