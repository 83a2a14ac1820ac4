"""What it costs to know the law late: by the company's own table, by draws of the market, and why the two differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from coercivity.papers.brief.paper.rounding import chance, keur, keur_range, number
from coercivity.papers.brief.paper.wording import listed, semi, stock_text
from coercivity.papers.brief.report_data import LateDrawn, WithheldData
from coercivity.papers.firm.mix.late_sections import cheaper_waits
from coercivity.papers.firm.mix.report_data import MixLateData, MixReport
from coercivity.papers.firm.mix.wording import options_text
from coercivity.papers.firm.mix.wording import wording as mix_wording
from coercivity.papers.shared.paper.sections import PaperTable, Wording


def late_sentences(mix: MixReport, drawn: LateDrawn | None, lacks: Sequence[str], w: Wording) -> Iterator[str]:
    """Yields what it costs to know the law late, why the two answers differ, and why one is zero.

    Args:
        mix: The best mix.
        drawn: The same by draws of the market; None if no draws lie beside the case.
        lacks: Why the draws beside the case do not fit it.
        w: The words.
    """
    late = mix["late"] or []
    if any(entry["days"] for entry in late):
        told = [_worths(late, mix["draws"], w)]
        if drawn is not None:
            told.append(_worths(drawn["late"], drawn["draws"], w))
        yield w("plan_late", semi(told, w.lang))
        yield from _waits(late, mix["draws"], w)
        if mix["draws"] is None and _is_same(late):
            yield w("late_zero_table")
    if drawn is not None:
        yield from _levels(mix, drawn, w)
        yield from _waits(drawn["late"], drawn["draws"], w)
        yield from _nothing_to_know(mix, drawn, w)
    if lacks:
        yield w("late_draws_lack", semi(lacks, w.lang))


def _worths(late: Sequence[MixLateData], draws: int | None, w: Wording) -> str:
    told = listed((_cost(entry, w) for entry in late if entry["days"]), w.lang)
    return w("late_by_table", told) if draws is None else w("late_by_draws", draws, told)


def _cost(entry: MixLateData, w: Wording) -> str:
    if not Fraction(entry["in_time_worth_keur"]):
        return w("late_nothing", entry["days"])
    return w("late_worth", entry["days"], _worth(entry, w))


def _worth(entry: MixLateData, w: Wording) -> str:
    return keur(entry["in_time_worth_keur"], w.lang)


def _waits(late: Sequence[MixLateData], draws: int | None, w: Wording) -> Iterator[str]:
    """Yields where beginning later is cheaper, which a company in time may do too: the worth there is then zero."""
    found = list(cheaper_waits(late))
    if found:
        days, less = max(found, key=lambda pair: Fraction(pair[1]))
        yield w("late_waits" if draws is None else "late_waits_drawn", days, keur(less, w.lang))


def _levels(mix: MixReport, drawn: LateDrawn, w: Wording) -> Iterator[str]:
    """Yields why the two answers differ, with the stops of both, and which one the plan rests on."""
    table, draws = drawn["withheld_by_table"], drawn["withheld"]
    yield w("late_levels", *_stops(table, w), drawn["draws"], *_stops(draws, w))
    costs = keur(drawn["mean_keur"], w.lang), keur(drawn["nothing_keur"], w.lang)
    if not drawn["options"] and not any(float(mass) > 0 for mass in drawn["stock_t"].values()):
        yield w("late_rests_nothing", costs[0])
        return
    same = drawn["options"] == mix["best"]["options"] and drawn["stock_t"] == mix["best"]["stock_t"]
    chosen = options_text(drawn["options"], mix_wording(w.lang))
    yield w("late_rests_same", *costs) if same else w("late_rests", chosen, stock_text(drawn["stock_t"], w), *costs)


def _stops(held: WithheldData, w: Wording) -> tuple[str, str, str]:
    return (
        chance(held["chance"], w.lang),
        number(round(float(held["mean_months"]), 2)),
        chance(held["worst_share"], w.lang),
    )


def _is_same(late: Sequence[MixLateData]) -> bool:
    """Returns whether the best plan costs the same at every delay."""
    return len({Fraction(entry["objective_keur"]) for entry in late}) == 1


def _nothing_to_know(mix: MixReport, drawn: LateDrawn, w: Wording) -> Iterator[str]:
    """Yields why knowing in time is worth nothing by the draws: no stop of theirs costs a line-day."""
    if any(Fraction(entry["in_time_worth_keur"]) for entry in drawn["late"]):
        return
    if Fraction(drawn["withheld"]["nothing_lost_chance"]):
        if _is_same(drawn["late"]):
            yield w("late_zero_same")
    elif not Fraction(drawn["withheld"]["chance"]):
        yield w("late_zero_no_stop", drawn["draws"])
    else:
        yield w("late_zero_stock", stock_text(mix["in_hand_t"], w), drawn["draws"])


def late_table(mix: MixReport, drawn: LateDrawn | None, w: Wording) -> PaperTable:
    """Returns what it costs to know the law late, by the company's own table and by draws, and on what each rests.

    Args:
        mix: The best mix.
        drawn: The same by draws of the market; None if no draws lie beside the case.
        w: The words.
    """
    other = ""
    if drawn is not None and drawn["options"] != mix["best"]["options"]:
        other = options_text(drawn["options"], mix_wording(w.lang))
    entries = [(entry, "") for entry in mix["late"] or () if entry["days"]]
    entries += [(entry, other) for entry in (drawn["late"] if drawn is not None else ()) if entry["days"]]
    rows = ((str(entry["days"]), _worth(entry, w), *_interval(entry, plan, w)) for entry, plan in entries)
    columns = ("days_late", "in_time", "interval", "rests_on")
    return w.table("late", columns, rows, numbers=("days_late", "in_time"))


def _interval(entry: MixLateData, other: str, w: Wording) -> tuple[str, str]:
    """Returns the interval of the mean, or where nothing says how sure the chances are, the range of the cases.

    With it goes what it rests on.
    """
    held = entry["range"]
    if held is None:
        return w("not_calculated"), "–"
    if held["low_keur"] is None or held["high_keur"] is None:
        ends = keur_range(held["case_low_keur"], held["case_high_keur"], w.lang)
        return ends, w("rests_on_table", held["cases"])
    ends = keur_range(held["low_keur"], held["high_keur"], w.lang)
    if held["rests_on"] == "draws":
        on = w("rests_on_draws_other", held["cases"], other) if other else w("rests_on_draws", held["cases"])
    else:
        on = w("rests_on_table_doubt", held["cases"])
    return ends, on
