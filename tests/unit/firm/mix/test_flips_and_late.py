"""What would change the choice, and what being in time is worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from coercivity.firm.mix.choose import best
from coercivity.firm.mix.model import MixCase, MixLimits
from coercivity.firm.mix.sensitivity import flips as flips_room
from coercivity.firm.mix.sensitivity.flips import Flip, FlipRow, flips
from coercivity.firm.mix.sensitivity.inputs import MixInput, mix_inputs
from coercivity.firm.mix.sensitivity.late import late
from tests.unit.firm.mix.brenner import brenner
from tests.unit.firm.mix.cuts.made_up import made_up
from tests.unit.firm.mix.wind import wind

ASKED = (
    ("filing_stops", ""),
    ("fee", "second"),
    ("fee", "filing"),
    ("stock_cap", "B"),
    ("limit", "budget"),
)


@pytest.fixture(scope="module")
def rows() -> dict[tuple[str, str], FlipRow]:
    """Returns the flips of Brenner Windtechnik that are looked at here; the others take time."""
    with pytest.MonkeyPatch.context() as patch:

        def some(case: MixCase, found: object) -> Iterable[MixInput]:
            return (one for one in mix_inputs(case, found) if (one.kind, one.name) in ASKED)  # type: ignore[arg-type] # as given

        patch.setattr(flips_room, "mix_inputs", some)
        return {(row.kind, row.name): row for row in flips(brenner())}


@pytest.mark.parametrize(
    ("kind", "name", "below", "above"),
    [
        ("filing_stops", "", (0.6308, "lean + recycling"), None),
        ("fee", "second", (265.8, "second + recycling + filing"), None),
        ("fee", "filing", None, (56.66, "lean + recycling")),
        ("stock_cap", "B", (10.51, "second + recycling"), None),
        ("limit", "budget", (682.0, "lean + recycling"), (717.7, "air + lean + recycling")),
    ],
)
def test_flips_of_brenner(
    rows: dict[tuple[str, str], FlipRow], kind: str, name: str, below: tuple[float, str] | None, above: tuple[float, str] | None
) -> None:  # fmt: skip
    row = rows[kind, name]
    for found, wanted in ((row.below, below), (row.above, above)):
        if wanted is None:
            assert found is None
        else:
            assert found is not None
            assert found.value == pytest.approx(wanted[0], rel=1e-3)
            assert " + ".join(found.options or ()) == wanted[1]


def test_a_flip_is_where_the_two_choices_cost_the_same(rows: dict[tuple[str, str], FlipRow]) -> None:
    """Filing ahead costs 40 and saves as much as the fee at its flip: the second best choice costs 38.8 more."""
    flip = rows["fee", "filing"].above
    assert flip is not None

    def filed(fee: float) -> MixCase:
        options = [replace(one, fee_keur=fee) if one.option == "filing" else one for one in brenner().options]
        return replace(brenner(), options=tuple(options))

    assert "filing" in best(filed(flip.value - 0.1)).plan.options
    assert "filing" not in best(filed(flip.value + 0.1)).plan.options


def whole_wind() -> MixCase:
    return replace(wind(), items=tuple(replace(item, whole_tonnes=True) for item in wind().items))


@pytest.fixture(scope="module")
def by_hand() -> dict[tuple[str, str], FlipRow]:
    return {(row.kind, row.name): row for row in flips(whole_wind())}


@pytest.mark.parametrize(
    ("kind", "name", "side", "value", "options", "tonnes"),
    [
        ("stops", "", "below", 8 / 9, ("second",), 30.0),
        ("loss", "magnet", "below", 20 / 0.15, ("second",), 30.0),
        ("stock_cost", "magnet", "above", 22.5, ("second",), 30.0),
        ("fee", "second", "above", 372.0, (), 60.0),
        ("stock_cap", "magnet", "below", 36.0, ("second",), 35.0),
    ],
)
def test_flips_by_hand(
    by_hand: dict[tuple[str, str], FlipRow], kind: str, name: str, side: str, value: float, options: tuple[str, ...], tonnes: float
) -> None:  # fmt: skip
    """The 31st to 36th tonne cost 20 each and save 0.15 x 150 = 22.5, so they stay while chance x loss is above 20.

    Stock alone costs 1,200, the second source 828 and its fee: they cost the same at a fee of 372.
    """
    flip: Flip | None = getattr(by_hand[kind, name], side)
    assert flip is not None
    assert flip.value == pytest.approx(value, rel=1e-3)
    assert (flip.options, flip.stock_t) == (options, {"magnet": tonnes})


def test_what_cannot_flip_the_choice_does_not(by_hand: dict[tuple[str, str], FlipRow]) -> None:
    """A dearer loss, a dearer tonne of the second source that is in the plan, and a higher cap keep 36 t and it."""
    assert by_hand["loss", "magnet"].above is None
    assert by_hand["stock_cap", "magnet"].above is None
    assert by_hand["extra", "second"].above is None


def test_a_limit_below_which_no_plan_is_left() -> None:
    """36 t and the second source keep every line running for 920; with less money they do not."""
    case = replace(whole_wind(), limits=MixLimits(budget_keur=1000.0, lost_line_days=0.0))
    row = next(row for row in flips(case) if (row.kind, row.name) == ("limit", "budget"))
    assert row.below is not None
    assert row.below.value == pytest.approx(920.0, rel=1e-3)
    assert row.below.options is None


@pytest.mark.parametrize("weight", [0.0, 0.5])
def test_an_input_at_its_own_value_gives_the_case(weight: float) -> None:
    case = brenner()
    for each in mix_inputs(case, best(case, weight)):
        moved = each.at(each.now)
        assert moved == case or each.kind in ("stops", "filing_stops")
        assert sum(one.probability for one in moved.scenarios) == pytest.approx(1.0)
        assert sum(one.probability for one in each.at(each.high).scenarios) == pytest.approx(1.0)


@pytest.mark.parametrize("seed", range(6))
def test_where_an_input_is_said_not_to_move_the_plan_the_full_search_agrees(seed: int) -> None:
    """Values at which the search is left out are searched here, with and without options that share items."""
    case = made_up(seed, shared=seed % 2 == 0, scenarios=6)
    found = best(case)
    looked = 0
    for each in mix_inputs(case, found):
        for part in (0.25, 0.9, 1.1, 2.0):
            value = min(each.high, each.now * part)
            if each.unmoved(value):
                looked += 1
                moved = best(each.at(value))
                assert moved.plan.options == found.plan.options, (each.kind, each.name, value)
                assert moved.objective_keur == pytest.approx(found.objective_keur, rel=1e-6)
    assert looked > 5


def test_being_in_time_is_worth_58_8_a_month_late_and_1217_2_three_months_late() -> None:
    found = late(brenner())
    assert [(row.days, row.months) for row in found] == [(0, 0), (30, 1), (90, 3)]
    assert [round(row.mean_keur, 1) for row in found] == [2160.8, 2219.6, 3378.0]
    assert [round(row.in_time_worth_keur, 1) for row in found] == [0.0, 58.8, 1217.2]


def test_being_in_time_is_worth_nothing_where_nothing_can_be_done() -> None:
    """Without options and without stock every month of the stop is lost, in time or not."""
    bare = replace(wind(cap_t=0.0), options=())
    assert [row.in_time_worth_keur for row in late(bare)] == [0.0, 0.0, 0.0]


def test_a_delay_as_long_as_the_months_is_refused() -> None:
    with pytest.raises(ValueError, match="as long as the 6 months"):
        late(wind(), days=(180,))
