"""A buyer of servo motors who asks by when the end-user certificate must be signed; the company is invented.

The numbers were worked out by full enumeration outside the program.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from coercivity.base.days import Day
from coercivity.firm.chain.model import ChainAnswer, ModeTimes
from tests.unit.firm.chain.chains import answer, company, days_of


@pytest.fixture(scope="module")
def found() -> ChainAnswer:
    return answer(company(), masses=(600, 1240, 1520))


def mode(found: ChainAnswer, name: str) -> ModeTimes:
    return next(each for each in found.modes if each.mode == name)


def ends(found: ChainAnswer, path: str, by: str) -> list[str]:
    days = next(each for each in found.paths if each.name == path and each.mode == by).days
    return [day.on.isoformat() for day in days]


def per_mille_of_percent(chance: Fraction | None) -> str:
    assert chance is not None
    return f"{float(chance * 100):.3f}"


def test_the_first_rows_by_sea_and_by_air(found: ChainAnswer) -> None:
    """Without the calendar the ministry would end on 2027-02-19: 45 working days after 2026-12-18 with no holiday."""
    assert ends(found, "first", "sea") == [
        "2026-12-11", "2026-12-18", "2027-02-26", "2027-03-03", "2027-03-05", "2027-04-10",
    ]  # fmt: skip
    assert ends(found, "first", "air")[-1] == "2027-03-10"


def test_every_date_of_2027_and_no_other_is_by_an_assumed_calendar(found: ChainAnswer) -> None:
    days = [day for path in found.paths for day in path.days]
    assert all(day.assumed == (day.on.year == 2027) for day in days)
    assert found.assumed_from == Day(2027, 1, 1)


def test_the_slowest_rows(found: ChainAnswer) -> None:
    assert ends(found, "slowest", "sea")[-1] == "2027-04-28"
    assert ends(found, "slowest", "air")[-1] == "2027-03-21"


def test_one_return_repeats_the_full_term(found: ChainAnswer) -> None:
    """Returned on the 30th working day, the make-up Sunday 2027-01-31; 8 working days of rework; 45 again."""
    by_sea = next(each for each in found.paths if each.name == "one_return" and each.mode == "sea").days
    told = [(day.what, day.on.isoformat()) for day in by_sea if day.stage == "ministry"]
    assert told == [("returned", "2027-01-31"), ("refiled", "2027-02-18"), ("ends", "2027-04-22")]
    assert ends(found, "one_return", "sea")[-1] == "2027-06-03"
    assert ends(found, "one_return", "air")[-1] == "2027-05-03"


def test_quantiles(found: ChainAnswer) -> None:
    told = {each.mode: [str(day) for day in each.quantiles.values()] for each in found.modes}
    assert told == {
        "sea": ["2027-04-10", "2027-04-18", "2027-06-13", "2027-08-02"],
        "air": ["2027-03-10", "2027-03-15", "2027-05-09", "2027-06-29"],
    }


def test_the_chance_of_arrival_by_the_day_needed(found: ChainAnswer) -> None:
    assert per_mille_of_percent(mode(found, "sea").by_needed) == "95.966"
    assert per_mille_of_percent(mode(found, "air").by_needed) == "98.438"


def test_the_latest_day_to_sign(found: ChainAnswer) -> None:
    """By air exactly 90 % is reached, and counts."""
    sea, air = mode(found, "sea").latest, mode(found, "air").latest
    assert [str(each.sign_on) for each in (*sea, *air)] == ["2027-01-24", "2026-12-09", "2027-03-06", "2027-01-11"]
    assert (sea[0].chance, sea[0].chance_after) == (Fraction("0.90225"), Fraction("0.885"))
    assert (air[0].chance, air[0].chance_after) == (Fraction("0.9"), Fraction("0.882"))


@pytest.mark.parametrize(("chance", "day"), [("0.10", "2027-03-15"), ("0.40", "2026-12-04")])
def test_another_chance_of_return(chance: str, day: str) -> None:
    """With 0.10 the chance is exactly 90 %; with 0.40 the last day is before the day of signing."""
    latest = mode(answer(company(), return_chance=chance), "sea").latest[0]
    assert str(latest.sign_on) == day
    if chance == "0.10":
        assert latest.chance == Fraction(9, 10)


def test_mean_time_at_the_ministry_and_three_rounds(found: ChainAnswer) -> None:
    """45 + 1/4 / (1 - 1/4) x (30 + 8) = 57.67 working days; 1/4 x 1/4 = 6.25 %."""
    assert found.ministry_mean_days == 45 + Fraction(38, 3)
    assert found.three_rounds == Fraction(1, 16)


@pytest.mark.parametrize(
    ("at", "kg", "lost", "none", "extra", "total"),
    [
        (0, 0, 10.401, "75.00", 0, 260_021),
        (1, 600, 6.651, "75.00", 4_800, 171_071),
        (2, 1240, 4.199, "93.15", 9_920, 114_894),
        (3, 1520, 3.995, "93.75", 12_160, 112_024),
    ],
)
def test_a_part_by_air(found: ChainAnswer, at: int, kg: int, lost: float, none: str, extra: int, total: int) -> None:
    """Within 0.1 %: rare paths run into 2028, which the worked numbers count Monday to Friday."""
    assert found.air is not None
    row = found.air.rows[at]
    assert row.by_air_kg == kg
    assert f"{float(row.chance_none * 100):.2f}" == none
    assert row.extra_usd == extra
    assert float(row.mean_lost_days) == pytest.approx(lost, rel=1e-3)
    assert float(row.total_usd) == pytest.approx(total, rel=1e-3)


def test_why_600_kg_do_not_change_the_chance(found: ChainAnswer) -> None:
    """The rest comes 31 or 38 days later; the first path on which air helps to the end lacks 17 days, 680 kg."""
    assert found.air is not None
    assert [gap for gap, _ in found.air.gaps] == [31, 38]
    assert found.air.first_step_kg == 680
    assert found.air.best_kg == 1520
    assert found.air.one_mode_source.startswith("https://")  # practice: the way of transport is fixed at filing


def test_a_general_licence(found: ChainAnswer) -> None:
    general = found.general
    assert general is not None
    assert general.practice is not None  # general licences were first reported on 2025-12-02
    assert (general.practice.first_reported, general.practice.years_by_law) == (Day(2025, 12, 2), "3")
    assert general.practice.source.startswith("https://")
    assert general.names_plant
    assert general.left_out == Fraction("0.92")
    assert (str(general.sure_until), str(general.never_from)) == ("2026-12-04", "2026-12-13")
    sea = general.modes[0]
    told = [str(day) for day in sea.quantiles.values()]
    assert told == ["2027-01-30", "2027-02-06", "2027-02-14", "2027-04-21"]
    assert sea.by_needed == Fraction("0.995")


def test_a_plant_that_the_licence_does_not_name_gains_nothing(found: ChainAnswer) -> None:
    graz = answer(company(), plant="Graz")
    assert graz.general is not None
    assert not graz.general.names_plant
    assert graz.general.left_out == 0
    assert not graz.general.modes
    assert graz.modes == found.modes


def test_a_simulation_agrees_and_is_the_same_again() -> None:
    first, second = (answer(company(), draws=200_000) for _ in range(2))
    assert first == second
    for each in first.modes:
        assert each.by_needed is not None
        assert each.draws_by_needed is not None
        assert abs(each.by_needed - each.draws_by_needed) < Fraction(5, 1000)
        for latest in each.latest:
            assert latest.chance is not None
            assert latest.draws_chance is not None
            assert abs(latest.chance - latest.draws_chance) < Fraction(5, 1000)


def test_the_calendar_counts_working_days_in_one_step() -> None:
    """2027-01-31 is a make-up Sunday between two Saturdays off; 2027-02-05 begins a break of eight days."""
    days = days_of(company())
    after = days.after(Day(2027, 1, 29).toordinal(), 1)
    assert Day.fromordinal(after) == Day(2027, 1, 31)
    assert Day.fromordinal(days.after(Day(2027, 2, 4).toordinal(), 1)) == Day(2027, 2, 15)
