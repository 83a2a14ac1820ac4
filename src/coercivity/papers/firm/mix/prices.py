"""Prices by month of a mix in words: each option beside the usual price of the grades that it serves."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.papers.firm.mix.prices_data import MixPriceData, MixPricesData
from coercivity.papers.firm.mix.report_data import MixReport
from coercivity.papers.shared.paper.figures import figure, listed, percent
from coercivity.papers.shared.paper.sections import PaperSection, Wording

_USD = 2


def prices_section(body: MixReport, w: Wording) -> PaperSection:
    """Returns the prices by month of a mix; empty where no option has one."""
    found = body["prices"]
    if found is None:
        return w.section("prices", ())
    columns = ("option", "grade", "price_usd", "usual_usd", "over_mean_keur")
    rows = [
        (
            row["option"],
            row["grade"],
            _range(row["low_usd"], row["high_usd"], w),
            _range(row["usual_low_usd"], row["usual_high_usd"], w),
            figure(row["over_mean_keur"], _USD),
        )
        for row in found["rows"]
    ]
    table = w.table("prices", columns, rows, numbers=("over_mean_keur",))
    return w.section("prices", _sentences(found, w), [table])


def _range(low: str, high: str, w: Wording) -> str:
    ends = figure(low, _USD), figure(high, _USD)
    return ends[0] if ends[0] == ends[1] else w("from_to", *ends)


def _sentences(found: MixPricesData, w: Wording) -> Iterator[str]:
    yield w("over_usual", figure(found["usd_per_eur"], 4, trim=True))
    yield w("price_paths", found["paths"]) if found["paths"] > 1 else w("one_price_path")
    told = dict.fromkeys((row["option"], row["take_share"], row["from_china"]) for row in found["rows"])
    for option, share, from_china in told:
        if share != "0":
            yield w("take_or_pay_excused" if from_china else "take_or_pay", option, percent(share, w.lang))
    if names := _from_china(found["rows"]):
        yield w("let_out_only", listed(names, w.lang))


def _from_china(rows: list[MixPriceData]) -> list[str]:
    return list(dict.fromkeys(row["option"] for row in rows if row["from_china"]))
