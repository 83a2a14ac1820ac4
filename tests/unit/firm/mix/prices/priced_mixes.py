"""Made-up mixes with contracts and spot purchases whose prices differ by month and scenario."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from coercivity.firm.mix.model import MixCase, MixOption, MixPrice
from tests.unit.firm.mix.random_mixes import MONTHS, NAMES, mixes, option

values = st.integers(20, 120).map(float)
paths = st.lists(values, min_size=MONTHS, max_size=MONTHS).map(tuple)


@st.composite
def prices(draw: st.DrawFn, *, bounded: bool = True) -> MixPrice:
    """Returns a price; with a floor and a cap above it, or without one of them."""
    floor = draw(st.none() | st.integers(20, 60).map(float)) if bounded else None
    cap = draw(st.none() | st.integers(60, 110).map(float)) if bounded else None
    a, b = draw(st.integers(0, 40).map(float)), draw(st.sampled_from([0.5, 1.0]))
    return MixPrice(draw(st.sampled_from(["Dy", "NdPr"])), a, b, floor, cap)


@st.composite
def priced_option(draw: st.DrawFn, name: str, *, spot: bool) -> MixOption:
    """Returns a contract or a spot purchase, from China or not."""
    from_china = draw(st.booleans())
    return MixOption(
        name,
        "spot" if spot else "contract",
        draw(st.integers(0, 60).map(float)),
        draw(st.integers(0, 2)),
        draw(st.integers(2, 12).map(lambda half: half / 2)),
        0.0,
        draw(st.sampled_from([NAMES, NAMES[:1], NAMES[1:]])),
        0.0 if spot else draw(st.integers(0, 10).map(lambda tenth: tenth / 10)),
        follows_second_source=not from_china and draw(st.booleans()),
        price=draw(prices(bounded=not spot)),
        from_china=from_china,
    )


@st.composite
def priced_mixes(draw: st.DrawFn) -> MixCase:
    """Returns a mix with an indexed contract, perhaps spot purchases, and an index of its own in each scenario."""
    case = draw(mixes())
    kept = case.options[:2]
    if draw(st.booleans()):  # what is paid for in any event, beside what can be cheaper
        kept = (*kept[:1], draw(option(draw(st.sampled_from(["recycling", "contract"])))))
    added = [draw(priced_option("indexed", spot=False))]
    if draw(st.booleans()):
        added.append(draw(priced_option("spot", spot=True)))
    same = draw(st.booleans())
    first = {name: draw(paths) for name in ("Dy", "NdPr")}
    scenarios = tuple(
        replace(each, index=first if same else {name: draw(paths) for name in first}) for each in case.scenarios
    )
    return replace(
        case,
        items=tuple(replace(item, usual=draw(prices(bounded=False))) for item in case.items),
        options=(*kept, *added),
        scenarios=scenarios,
        usd_per_eur=draw(st.sampled_from([1.0, 1.1])),
    )
