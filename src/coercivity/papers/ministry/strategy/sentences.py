"""What a reader should know first: for each firm whether the claim holds, where it fails and why; and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from coercivity.papers.ministry.strategy.report_data import (
    StrategyClaimData,
    StrategyFeedData,
    StrategyFirmData,
    StrategyGroupData,
    StrategyPairedData,
    StrategyReport,
)
from coercivity.papers.ministry.strategy.wording import (
    group_text,
    joined,
    money,
    set_text,
    share_text,
    shown_groups,
    without_sign,
)
from coercivity.papers.shared.paper.figures import exact_text
from coercivity.papers.shared.paper.sections import Wording

# A share of the cost without levers up to which a gain is next to nothing.
NEXT_TO_NOTHING = Fraction(1, 100)


def opening(body: StrategyReport, w: Wording) -> Iterator[str]:
    """Yields the sentences of the summary."""
    lacking = body["firms"][0]["claim_lacks"]
    if lacking:
        yield w("not_tested", set_text(lacking, w))
        for firm in body["firms"]:
            yield _winner(firm, w)
    else:
        shown = shown_groups(body)
        yield from _overall(body, shown, w)
        for firm in body["firms"]:
            yield _claim(firm, shown, w)
        yield from _feed(body, w)
    for firm in body["firms"]:
        for paired in firm["paired"]:
            yield _sure(firm, paired, w)
    for firm in body["firms"]:
        idle = [lever for lever in body["levers"] if _is_idle(lever, firm)]
        if idle:
            yield w("idle", firm["firm"], joined((w(f"lever_{lever}") for lever in idle), w))


def _is_idle(lever: str, firm: StrategyFirmData) -> bool:
    """Returns whether a firm pays the same with a lever and without it in every scenario."""
    effects = (one for result in firm["results"] for one in result["effects"] if lever in one["levers"])
    return all(one["effect_kusd"] == "0" for one in effects)


def _winner(firm: StrategyFirmData, w: Wording) -> str:
    mean = firm["results"][-1]
    over = w("dearer", share_text(mean["margin_share"], w)) if mean["margin_share"] is not None else ""
    return w("winner", firm["firm"], set_text(mean["cheapest"], w), set_text(mean["next"], w), over)


def _overall(body: StrategyReport, shown: Sequence[StrategyGroupData], w: Wording) -> Iterator[str]:
    """Yields where the claim holds for all firms, for some and for none."""
    if len(body["firms"]) < 2:
        return
    held: dict[str, list[str]] = {"all": [], "some": [], "none": []}
    for group in shown:
        holds = [_of(firm["claim"], group)["holds"] for firm in body["firms"]]
        held["all" if all(holds) else "some" if any(holds) else "none"].append(group_text(group, w, mean="in_mean"))
    parts = [w(f"holds_{key}", joined(names, w)) for key, names in held.items() if names]
    yield w("overall", w("semicolon").join(parts))


def _of(claims: Sequence[StrategyClaimData], group: StrategyGroupData) -> StrategyClaimData:
    return next(one for one in claims if one["group"] == group)


def _claim(firm: StrategyFirmData, shown: Sequence[StrategyGroupData], w: Wording) -> str:
    """Returns the sentence of one firm: where the claim holds, where it fails and why."""
    claims = [_of(firm["claim"], group) for group in shown]
    held = [group_text(one["group"], w, mean="in_mean") for one in claims if one["holds"]]
    failed = [_failed(one, w) for one in claims if not one["holds"]]
    parts = [w("firm_holds", joined(held, w)) if held else w("firm_never")]
    if failed:
        parts.append(w("firm_fails", joined(failed, w)))
    return w("firm_claim", firm["firm"], w("semicolon").join(parts))


def _failed(one: StrategyClaimData, w: Wording) -> str:
    """Returns one scenario in which the claim fails: what is cheapest, and why the rest of the three is left out."""
    share = "" if one["more_share"] is None else w("by_share", share_text(one["more_share"], w))
    outlay = Fraction(one["more_fixed_kusd"]) + Fraction(one["more_ore_contract_kusd"])
    saved = Fraction(one["saved_kusd"])
    if not Fraction(one["more_kusd"]):
        why = w("why_same")
    elif saved > 0:
        why = w("why_saves", money(exact_text(outlay)), money(one["saved_kusd"]))
    else:
        why = w("why_nothing", money(exact_text(outlay)))
    name, cheapest, missing = group_text(one["group"], w, mean="in_mean"), set_text(one["cheapest"], w), one["missing"]
    return w("failed", name, cheapest, set_text(missing, w), money(one["more_kusd"]), share, why)


def _feed(body: StrategyReport, w: Wording) -> Iterator[str]:
    """Yields what ore and recycling gain without a place to process them, where metal is missing for every firm."""
    shown = shown_groups(body)
    for group in (one["group"] for one in body["firms"][0]["feed"]):
        rows = [row for firm in body["firms"] for row in firm["feed"] if row["group"] == group]
        if not group["scenario"] or group not in shown or len(rows) < len(body["firms"]):
            continue
        gains = [_gain(firm, row["feed_saves_share"], w) for firm, row in _by_firm(body, rows)]
        pairs = [_gain(firm, row["pair_saves_share"], w) for firm, row in _by_firm(body, rows)]
        little = all(Fraction(row["feed_saves_share"]) <= NEXT_TO_NOTHING for row in rows)
        fits = little and all(Fraction(row["pair_saves_share"]) > NEXT_TO_NOTHING for row in rows)
        key = "feed_little" if fits else "feed"
        yield w(key, group_text(group, w), w("apart").join(gains), w("apart").join(pairs))


def _by_firm(body: StrategyReport, rows: Sequence[StrategyFeedData]) -> Iterator[tuple[str, StrategyFeedData]]:
    return zip((firm["firm"] for firm in body["firms"]), rows, strict=True)


def _gain(firm: str, share: str, w: Wording) -> str:
    """Returns what one firm saves, or what it costs it more."""
    if Fraction(share) < 0:
        return w("costs_more", firm, share_text(without_sign(share), w))
    return w("saves", firm, share_text(share, w)) if Fraction(share) else w("saves_nothing", firm)


def _sure(firm: StrategyFirmData, paired: StrategyPairedData, w: Wording) -> str:
    """Returns whether the draws of a path tell the cheapest from the next."""
    second = min(paired["over"], key=lambda one: Fraction(one["mean_kusd"]))
    path = paired["path"] or w("no_path")
    names = firm["firm"], path, paired["draws"], set_text(paired["cheapest"], w), set_text(second["levers"], w)
    ends = money(second["low_kusd"]), money(second["high_kusd"])
    wins = next((one["draws"] for one in paired["wins"] if one["levers"] == paired["cheapest"]), 0)
    return w("draws_sure" if Fraction(second["low_kusd"]) > 0 else "draws_unsure", *names, *ends, wins)
