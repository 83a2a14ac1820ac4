"""Made-up mixes for the tests: few items, options of every kind, stops at random."""

from __future__ import annotations

from hypothesis import strategies as st

from coercivity.firm.mix.model import MixCase, MixItem, MixLimits, MixOption, MixScenario, OptionKind

MONTHS = 4
NAMES = ("P", "Q")
KINDS: tuple[OptionKind, ...] = (
    "second_source",
    "air",
    "leaner_grade",
    "recycling",
    "filing",
    "own_processing",
    "contract",
)

tenths = st.integers(0, 10).map(lambda tenth: tenth / 10)


@st.composite
def items(draw: st.DrawFn) -> tuple[MixItem, ...]:
    """Returns two items."""
    return tuple(
        MixItem(
            name,
            "heavy",
            tuple(draw(st.lists(st.integers(0, 9).map(float), min_size=MONTHS, max_size=MONTHS))),
            draw(st.integers(5, 30).map(float)),
            draw(st.integers(40, 250).map(float)),
            draw(st.none() | st.integers(0, 20).map(float)),
            in_hand_t=draw(st.sampled_from([0.0, 0.0, 2.0, 5.5, 12.0])),
            stock_leaves=(leaves := draw(st.sampled_from([0, 0, 0, 1, 2, 5]))),
            stock_months=leaves and leaves + draw(st.integers(0, 2)),
        )
        for name in NAMES
    )


@st.composite
def options(draw: st.DrawFn) -> tuple[MixOption, ...]:
    """Returns up to four options, at most one of a kind."""
    kinds = draw(st.lists(st.sampled_from(KINDS), max_size=4, unique=True))
    return tuple(draw(option(kind)) for kind in kinds)


@st.composite
def option(draw: st.DrawFn, kind: OptionKind) -> MixOption:
    """Returns an option of a kind."""
    served = NAMES if kind == "leaner_grade" else draw(st.sampled_from([NAMES, NAMES[:1], NAMES[1:]]))
    return MixOption(
        kind,
        kind,
        draw(st.integers(0, 200).map(float)),
        draw(st.integers(0, 2)),
        draw(st.integers(2, 12).map(lambda half: half / 2)),
        draw(st.integers(0, 30).map(float)),
        () if kind == "filing" else served,
        draw(tenths) if kind == "contract" else 0.0,
        kind == "second_source",
        item_months=draw(st.dictionaries(st.sampled_from(NAMES), st.integers(0, 4), max_size=2)),
        item_last=draw(st.dictionaries(st.sampled_from(NAMES), st.integers(1, 4), max_size=2)),
    )


@st.composite
def scenario(draw: st.DrawFn, place: int, chance: float) -> MixScenario:
    """Returns a scenario; with filing ahead at least as much is let out."""
    shares, filed = {}, {}
    for name in NAMES:
        let_out = draw(st.lists(tenths, min_size=MONTHS, max_size=MONTHS))
        more = draw(st.lists(tenths, min_size=MONTHS, max_size=MONTHS))
        shares[name] = tuple(let_out)
        filed[name] = tuple(max(pair) for pair in zip(let_out, more, strict=True))
    return MixScenario(f"s{place}", chance, shares, filed, draw(tenths))


@st.composite
def mixes(draw: st.DrawFn) -> MixCase:
    """Returns a mix."""
    chances = draw(st.sampled_from([(1.0,), (0.75, 0.25), (0.5, 0.25, 0.25)]))
    limits = MixLimits(
        draw(st.none() | st.integers(0, 900).map(float)),
        draw(st.none() | st.integers(0, 40).map(float)),
        draw(st.none() | st.integers(0, 240).map(float)),
    )
    return MixCase(
        draw(items()),
        draw(options()),
        tuple(draw(scenario(place, chance)) for place, chance in enumerate(chances)),
        limits,
        MONTHS,
        draw(st.integers(0, 2)),
        draw(st.sampled_from([0.0, 0.01])),
        draw(st.sampled_from([0.0, 0.5])),
        draw(st.sampled_from([0.5, 0.8])),
    )
