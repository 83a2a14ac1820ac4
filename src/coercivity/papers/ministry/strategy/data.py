"""Who wins with what as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from coercivity.ministry.strategy.answer import FirmFound, GroupFound, StrategyFound
from coercivity.ministry.strategy.claim import ClaimGroup, FeedGroup
from coercivity.ministry.strategy.factorial import Cell, Group
from coercivity.ministry.strategy.model import Levers
from coercivity.ministry.strategy.paired import Interval, PairedFound
from coercivity.papers.ministry.iamc import WORLD
from coercivity.papers.ministry.strategy.report_data import (
    StrategyClaimData,
    StrategyEffectData,
    StrategyFeedData,
    StrategyFirmData,
    StrategyGroupData,
    StrategyIntervalData,
    StrategyPairedData,
    StrategyReport,
    StrategyResultData,
    StrategySetData,
)
from coercivity.papers.shared.paper.figures import exact_text, optional_text

# Year of the IAMC table where the workbook leaves it blank; the paper says so.
ASSUMED_YEAR = 2027


def strategy_data(found: StrategyFound) -> StrategyReport:
    """Returns the result as plain data: text, whole numbers, flags, lists and mappings.

    Args:
        found: The result.
    """
    book = found.book
    return {
        "year": ASSUMED_YEAR if book.year is None else book.year,
        "year_assumed": book.year is None,
        "region": book.region or WORLD,
        "levers": list(found.levers),
        "open_price_kusd": exact_text(book.open_price),
        "firms": [_firm(firm) for firm in found.firms],
        "hash": "",
    }


def _firm(found: FirmFound) -> StrategyFirmData:
    return {
        "firm": found.firm.firm,
        "results": [_result(one, found.cells) for one in found.groups],
        "claim_lacks": list(found.claim.lacking),
        "claim": [_claim(one) for one in found.claim.groups],
        "feed": [_feed(one) for one in found.claim.feed],
        "paired": [_paired(one) for one in found.paired],
    }


def _group(group: Group) -> StrategyGroupData:
    return {
        "kind": group.kind,
        "scenario": group.scenario,
        "path": group.path,
        "probability": exact_text(group.probability),
        "rows": len(group.rows),
    }


def _result(found: GroupFound, cells: tuple[Cell, ...]) -> StrategyResultData:
    return {
        "group": _group(found.group),
        "cheapest": list(found.cheapest.on),
        "next": list(found.next.on),
        "margin_kusd": exact_text(found.margin),
        "margin_share": optional_text(found.margin_share),
        "sets": [_set(cell, found.group) for cell in cells],
        "effects": [_effect(some, value) for some, value in found.effects.items()],
    }


def _set(cell: Cell, group: Group) -> StrategySetData:
    return {
        "on": list(cell.on),
        "cost_kusd": exact_text(group.mean(cell.costs)),
        "lost_t": exact_text(group.mean(cell.lost_t)),
        "parts_kusd": {part: exact_text(group.mean(values)) for part, values in cell.parts.items()},
    }


def _effect(levers: Levers, value: Fraction) -> StrategyEffectData:
    return {"levers": list(levers), "effect_kusd": exact_text(value)}


def _claim(one: ClaimGroup) -> StrategyClaimData:
    return {
        "group": _group(one.group),
        "holds": one.holds,
        "cheapest": list(one.cheapest),
        "missing": list(one.missing),
        "more_kusd": exact_text(one.more),
        "more_share": optional_text(one.more_share),
        "more_fixed_kusd": exact_text(one.more_fixed),
        "more_ore_contract_kusd": exact_text(one.more_ore),
        "saved_kusd": exact_text(one.saved),
    }


def _feed(one: FeedGroup) -> StrategyFeedData:
    return {
        "group": _group(one.group),
        "feed_saves_kusd": exact_text(one.feed_saves),
        "feed_saves_share": exact_text(one.feed_saves / one.none_cost),
        "pair_saves_kusd": exact_text(one.pair_saves),
        "pair_saves_share": exact_text(one.pair_saves / one.none_cost),
    }


def _paired(one: PairedFound) -> StrategyPairedData:
    return {
        "path": one.path,
        "draws": one.draws,
        "cheapest": list(one.cheapest),
        "over": _intervals(one.over),
        "effects": _intervals(one.effects),
        "wins": [{"levers": list(levers), "draws": draws} for levers, draws in one.wins.items()],
    }


def _intervals(found: Mapping[Levers, Interval]) -> list[StrategyIntervalData]:
    return [
        {
            "levers": list(levers),
            "mean_kusd": exact_text(one.mean),
            "low_kusd": exact_text(Fraction(repr(one.low))),
            "high_kusd": exact_text(Fraction(repr(one.high))),
        }
        for levers, one in found.items()
    ]
