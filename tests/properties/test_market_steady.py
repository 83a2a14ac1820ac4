"""A world that stands still: prices stay at those of the base year, stocks at normal cover, and nobody hoards."""

from __future__ import annotations

import pytest

from coercivity.market.network.network import Good
from coercivity.market.run.rolling import MonthDone
from tests.oracles.market_flat import (
    built_in_shortage,
    flat_world,
    less_supply,
    months_back,
    normal_t,
    steady_of,
    used_goods,
    without_share,
    yearly_drift,
)
from tests.oracles.market_parts import Parts

MONTHS, SETTLING = 36, 12  # the full ten years: python -m benchmarks.market_structure steady
DRIFT_A_YEAR, AWAY = 0.01, 0.05
WITHIN, LIMIT_MONTHS = 0.10, 24
# Mines run at their output of 2024, so an ore comes back only as far as separation can wait, and what hangs on it.
ORE_WITHIN = 0.16
# 25 t a month that nothing else takes: from double cover it is back a month or two later.
SLOW = Good("feed:SICHUAN", "SEA")


@pytest.fixture(scope="module", params=[False, True], ids=["swarf alone", "with old devices"])
def flat(request: pytest.FixtureRequest) -> tuple[Parts, list[MonthDone]]:
    """The still world; in a growing one more devices would leave use each year, so as many do as in 2024."""
    parts = flat_world(recycling=request.param)
    return parts, parts.months(MONTHS)


def test_margins_of_a_world_that_stands_still_do_not_drift(flat: tuple[Parts, list[MonthDone]]) -> None:
    """The margin of every good used in the base year changes by less than 1 % a year, once it is within its band."""
    parts, months = flat
    found = steady_of(parts.network, months[SETTLING:])
    assert len(found) > 100
    assert [s for s in found if s.drift > DRIFT_A_YEAR] == []


def test_margins_of_a_world_that_stands_still_stay_at_base_prices(flat: tuple[Parts, list[MonthDone]]) -> None:
    """A price that fell to nothing in the first month has no drift: it must also stay where it was."""
    parts, months = flat
    assert [s for s in steady_of(parts.network, months) if s.away > AWAY] == []


def test_stocks_of_a_world_that_stands_still_stay_at_normal_cover(flat: tuple[Parts, list[MonthDone]]) -> None:
    parts, months = flat
    back = months_back(parts.network, months, WITHIN)
    assert len(back) > 100
    assert {entry for entry, after in back.items() if after is None} == set()


def test_a_growing_world_is_seen_to_drift() -> None:
    """The test can fail: demand that grows by a fifth a year on fixed capacities moves prices beyond both limits."""
    parts = flat_world(drift=0.2)
    found = steady_of(parts.network, parts.months(18))
    assert max(s.drift for s in found) > DRIFT_A_YEAR
    assert max(s.away for s in found) > AWAY


def test_a_drift_is_what_lasts() -> None:
    """Four per cent a month, as in the first build, is 49 % a year; a wave within a year is none."""
    assert yearly_drift([100.0 * 0.96**n for n in range(36)]) == pytest.approx(0.4899, abs=1e-3)
    assert yearly_drift([100.0] * 36) == 0.0
    assert yearly_drift([100.0, 103.0] * 18) == 0.0


@pytest.mark.parametrize(("cover", "within"), [(0.5, ORE_WITHIN), (2.0, WITHIN)])
def test_stocks_come_back_to_normal_cover(cover: float, within: float) -> None:
    """From half cover every stock is within a sixth of normal after two years, from double within a tenth, and stays there."""
    parts = flat_world(cover=cover)
    months = parts.months(LIMIT_MONTHS + 2)
    back = months_back(parts.network, months, within)
    assert min(parts.state.stock_t[entry] / normal for entry, normal in normal_t(parts.network).items()) == (
        pytest.approx(cover)
    )
    late = {entry: after for entry, after in back.items() if after is None or after > LIMIT_MONTHS}
    assert set(late) <= {SLOW}


def test_a_stock_that_does_not_come_back_is_seen(flat: tuple[Parts, list[MonthDone]]) -> None:
    """The test can fail: against a normal cover of twice the size no stock is near."""
    from dataclasses import replace

    parts, months = flat
    doubled = replace(parts.network, stores=tuple(replace(s, cover=2 * s.cover) for s in parts.network.stores))
    back = months_back(doubled, months, WITHIN)
    assert sum(1 for after in back.values() if after is None) > len(back) / 2


# A shortage of one scarce input.


@pytest.mark.parametrize("element", ["Dy", "NdPr"])
def test_no_stock_rises_where_a_use_goes_without(element: str) -> None:
    """A twentieth less of an input that no use can spare, on thin stocks: they are used up, and none rises."""
    parts = flat_world(normal=0.1, cut=element, share=0.95, must_have=True)
    months = parts.months(12)
    assert without_share(months) > 0.01
    assert built_in_shortage(parts, months, element) == []


def test_a_stock_that_rises_in_a_shortage_is_seen() -> None:
    """The test can fail: where holders begin with half of what they want, stocks rise while uses go without."""
    parts = flat_world(cut="NdPr", share=0.5, cover=0.5, must_have=True)
    assert built_in_shortage(parts, parts.months(3), "NdPr")


def test_a_cut_takes_the_share_of_one_element_away() -> None:
    """Mines give as before, every separation gives less of that element and as much of the others."""
    whole = flat_world().network
    cut = less_supply(whole, "Dy", 0.95)
    changed = [(a, b) for a, b in zip(whole.activities, cut.activities, strict=True) if a != b]
    assert {a.kind for a, _ in changed} <= {"separate", "refine"}
    assert changed
    for a, b in changed:
        for ours, theirs in zip(a.gives, b.gives, strict=True):
            share = 0.95 if ours.good.name == "ox_Dy" else 1.0
            assert theirs.mass == pytest.approx(share * ours.mass)


def test_the_goods_watched_are_those_of_the_base_year(flat: tuple[Parts, list[MonthDone]]) -> None:
    """Ores, oxides, metals and magnets of every region that used them are among them."""
    parts, _ = flat
    watched = used_goods(parts.network)
    assert {Good("ox_Dy", "CN"), Good("ox_NdPr", "CN"), Good("met_NdPr", "CN"), Good("mag_high", "CN")} <= set(watched)
    assert {entry.region for entry in watched} >= {"CN", "JP", "KR", "NAM", "EUR", "IN", "SEA", "ROW"}
    assert {entry.name.split("_")[0].split(":")[0] for entry in watched} >= {"feed", "ox", "met", "mag"}
