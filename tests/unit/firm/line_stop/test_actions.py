"""What actions do: the invented company Alpenmotor, and a line with one part and one lot by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.data.input import Content
from coercivity.firm.company.model import Company, CompanySettings, Delay, LicenceHeld, Lot, Option, Plant, Stock, Use
from coercivity.firm.company.sources import company_of
from coercivity.firm.line_stop.actions.checks import check_options
from coercivity.firm.line_stop.actions.effects import first_stop_mean
from coercivity.firm.line_stop.answer import company_answer
from coercivity.firm.line_stop.results import ActionEffect, LineStops, PlantChance
from coercivity.firm.line_stop.stops import line_stops
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "firms" / "alpenmotor.yaml"
ON = Day(2027, 1, 1)


def small(*options: Option, line_day_keur: int | None = 10) -> Company:
    """Use of 1 kg a day from 2 January 2027 on, 20 kg in stock, a lot of 100 kg by sea in 10 days after the grant.

    Stock lasts through 21 January. Filed on 1 January and granted after 11 or 31 days with equal chances, the lot
    arrives on the 22nd, just in time, or on 11 February, after 20 lost days.
    """
    return Company(
        settings=CompanySettings(as_of=ON, until=Day(2027, 3, 31), leaves_days_after_grant=0),
        plants=(Plant("X", "", "", None if line_day_keur is None else Fraction(line_day_keur)),),
        use=(Use("X", "P", Fraction(1), "day", "calendar"),),
        stock=(Stock("X", "P", Fraction(23), Fraction(3), None, ""),),
        licences=(LicenceHeld("F", "S", "single", "filed", (), ON, None),),
        in_transit=(Lot("A", "S", "P", "X", Fraction(100), "waiting", "F", ON, None, 10, None, "", "", None),),
        delays=(Delay("fast", Fraction(1, 2), 11, 0), Delay("slow", Fraction(1, 2), 31, 0)),
        options=options,
    )


def option(kind: str, cost: int | None = None, **given: object) -> Option:
    fields = {"plant": "", "part": "", "lot": "", "days": None, "quantity_kg": None} | given
    cost_keur = None if cost is None else Fraction(cost)
    return Option(option=f"{kind} {cost}", kind=kind, cost_keur=cost_keur, where="Options row 2", **fields)  # type: ignore[arg-type] # fields of an option


def effects(found: LineStops) -> dict[str, ActionEffect]:
    return {effect.action: effect for effect in found.actions}


def test_filing_ahead_and_an_earlier_renewal() -> None:
    """Alpenmotor: 66 % and 5,246.4 kEUR without an action; filing ahead is named first."""
    found = company_answer(company_of(EXAMPLE))
    told = effects(found)
    assert found.actions[0].action == "file_sooner"
    ahead, renewal = told["file_sooner"], told["renew_sooner"]
    assert (ahead.standing, ahead.mean_loss_keur, ahead.saves_keur) == (
        Fraction("0.5"), Fraction("3615.6"), Fraction("1630.8"),
    )  # fmt: skip
    assert (renewal.standing, renewal.mean_loss_keur, renewal.saves_keur) == (
        Fraction("0.6"), Fraction("4611"), Fraction("635.4"),
    )  # fmt: skip
    assert (ahead.what, renewal.what) == ({"days": "30"}, {"days": "30"})
    assert all(effect.cost_keur is None for effect in found.actions)
    saved = [effect.saves_keur for effect in found.actions]
    assert saved == sorted(saved, key=lambda each: -(each or 0))


def changed(company: Company, effect: ActionEffect) -> Company:
    """The workbook with an action written into its sheets, from what the action says of itself."""
    what, days = effect.what, int(effect.what.get("days", "0"))
    stock = company.stock
    match effect.action:
        case "file_sooner":
            sooner = [
                replace(row, single_days=row.single_days if row.single_days == "refused" else row.single_days - days)
                for row in company.delays
            ]
            return replace(company, delays=tuple(sooner))
        case "renew_sooner":
            renewed = [
                replace(
                    row,
                    renewal_days=row.renewal_days if row.renewal_days == "refused" else max(row.renewal_days - days, 0),
                )
                for row in company.delays
            ]
            return replace(company, delays=tuple(renewed))
        case "air_freight":
            lots = [replace(lot, transit_days=days) if lot.lot == what["lot"] else lot for lot in company.in_transit]
            return replace(company, in_transit=tuple(lots))
        case "more_stock":
            mass = Fraction(what["quantity_kg"])
        case _:
            row = next(row for row in stock if (row.plant, row.part) == (what["plant"], what["part"]))
            return replace(
                company,
                stock=tuple(replace(each, quarantine_kg=Fraction(0)) if each is row else each for each in stock),
            )
    rows = [
        replace(row, quantity_kg=row.quantity_kg + mass)
        if (row.plant, row.part) == (what["plant"], what["part"])
        else row
        for row in stock
    ]
    return replace(company, stock=tuple(rows))


@pytest.mark.parametrize("independent", [False, True])
def test_each_effect_is_that_of_the_workbook_with_the_action_in_it(independent: bool) -> None:
    """An action is counted for its plant alone where it changes no other; the whole company gives the same."""
    company = company_of(EXAMPLE)
    found = company_answer(company, independent=independent)
    assert len(found.actions) == 10
    for effect in found.actions:
        full = line_stops(changed(company, effect), independent=independent).chances[-1]
        assert (effect.standing, effect.mean_loss_keur) == (full.standing, full.mean_loss_keur), effect.action


def test_the_mean_price_of_contracts_is_the_same_where_grant_and_renewal_are_independent() -> None:
    """C1 and its lots depend on the renewal alone, C2 and its lots on the grant alone; the chances of each are the same."""
    found = company_answer(company_of(EXAMPLE), independent=True)
    assert len(found.contracts) == 20
    assert found.mean_paid_usd == Fraction("957453.44")


def test_a_file_is_filed_ahead_by_all_the_days_even_if_a_grant_takes_fewer() -> None:
    """Filed on 15 January and granted after 20 days, the lot of 10 days arrives on 14 February.

    Use of 1 kg a day from the 2nd, 20 kg usable: the 22nd is the first day lost. Filed 30 days sooner, the grant comes
    30 days sooner, on 5 January, and the lot arrives on the 15th, before the stock ends.
    """
    company = small()
    lot = replace(company.in_transit[0], filed=Day(2027, 1, 15))
    company = replace(company, in_transit=(lot,), delays=(Delay("only", Fraction(1), 20, 0),))
    found = company_answer(company)
    assert found.chances[-1].by_day[0][0] == Day(2027, 1, 22)
    ahead = effects(found)["file_sooner"]
    assert (ahead.standing, ahead.saves_keur) == (Fraction(0), found.chances[-1].mean_loss_keur)


def test_every_action_by_hand() -> None:
    """20 lost days in the slow scenario, so 10 days and 100 kEUR on average; the first stop is on 22 January or never.

    Filing 30 days ahead: granted at once or after a day, no lost day: saves all, and the first stop moves from the
    22nd of January to after the end, 1 April: half of 69 days. By air in 5 days instead of 10: 15 lost days. A month
    more, 365/12 = 30.4 kg: none is lost. Quarantine released, 3 kg: 17 lost days, the stop three days later.
    """
    found = company_answer(small())
    before = found.chances[-1]
    assert (before.standing, before.mean_loss_keur) == (Fraction(1, 2), Fraction(100))
    told = effects(found)
    assert set(told) == {"file_sooner", "air_freight", "more_stock", "release_quarantine"}
    expected = {
        "file_sooner": ("0", "100", "34.5"),
        "air_freight": ("0.5", "25", "0"),
        "more_stock": ("0", "100", "34.5"),
        "release_quarantine": ("0.5", "15", "1.5"),
    }
    for action, numbers in expected.items():
        effect = told[action]
        found_numbers = (effect.standing, effect.saves_keur, effect.days_gained)
        assert found_numbers == tuple(Fraction(number) for number in numbers), action
    assert told["more_stock"].what == {"plant": "X", "part": "P", "quantity_kg": "30.417"}
    assert told["air_freight"].what == {"lot": "A", "plant": "X", "part": "P", "days": "5", "transit": "assumed"}
    assert [effect.action for effect in found.actions] == [
        "file_sooner", "more_stock", "air_freight", "release_quarantine",
    ]  # fmt: skip


def test_costs_put_the_best_per_euro_first_and_those_without_a_cost_after_them() -> None:
    """By air saves 25 for 5 (5 a euro), stock 100 for 50 (2 a euro); filing ahead saves 100 and has no cost."""
    fly = option("air freight", 5, lot="A", days=5)
    store = option("more stock", 50, plant="X", part="P", quantity_kg=Fraction(40))
    found = company_answer(small(store, fly))
    assert [effect.action for effect in found.actions] == [
        "air_freight", "more_stock", "file_sooner", "release_quarantine",
    ]  # fmt: skip
    assert [effect.cost_keur for effect in found.actions] == [5, 50, None, None]
    assert found.actions[0].what["option"] == "air freight 5"


def test_an_option_that_costs_nothing_comes_first_and_one_without_effect_last() -> None:
    gratis = option("release quarantine", 0, plant="X", part="P", days=2)
    slow = option("air freight", 1, lot="A", days=30)
    found = company_answer(small(gratis, slow))
    assert [effect.action for effect in found.actions] == [
        "release_quarantine", "file_sooner", "more_stock", "air_freight",
    ]  # fmt: skip
    assert found.actions[0].what["released_on"] == "2027-01-03"
    assert found.actions[-1].saves_keur == 0


def test_without_the_cost_of_a_day_the_days_gained_decide() -> None:
    found = company_answer(small(line_day_keur=None))
    assert all(effect.saves_keur is None for effect in found.actions)
    assert [effect.action for effect in found.actions][-1] == "air_freight"


def test_without_delays_there_is_nothing_to_compare() -> None:
    assert company_answer(replace(small(), delays=())).actions == ()


def test_stock_that_serves_another_part_is_not_released_by_an_action() -> None:
    company = small()
    other = Stock("X", "P", Fraction(9), Fraction(9), Day(2027, 3, 1), "Q")
    told = effects(company_answer(replace(company, stock=(*company.stock, other))))["release_quarantine"]
    assert told.saves_keur == 15
    alone = replace(
        company, stock=(replace(company.stock[0], quarantine_kg=Fraction(0), quantity_kg=Fraction(20)), other)
    )
    assert "release_quarantine" not in effects(company_answer(alone))


def test_the_mean_first_stop_counts_the_day_after_the_last_where_nothing_is_lost() -> None:
    """A quarter on the 2nd, a half by the 6th, else after the 10th: (2 + 6 + 2 x 11) / 4 = 7.5."""
    rises = ((Day(2027, 1, 2), Fraction(1, 4)), (Day(2027, 1, 6), Fraction(1, 2)))
    chance = PlantChance("any", Fraction(1, 2), None, None, rises, {})
    assert first_stop_mean(chance, Day(2027, 1, 10)) - Day(2026, 12, 31).toordinal() == Fraction(15, 2)


@pytest.mark.parametrize(
    ("row", "what", "nearest"),
    [
        (option("air freight", lot="B"), "there is no lot B", ()),
        (option("air freight", plant="X", part="Q"), "no lot waits for part 'Q' at plant 'X'", ()),
        (option("air freight"), "plant or part is blank", ()),
        (option("more stock", plant="X"), "plant or part is blank", ()),
        (option("release quarantine", part="P"), "plant or part is blank", ()),
        (option("more stock", plant="X", part="Q"), "plant 'X' does not use part 'Q'", ()),
        (option("more stock", plant="X", part="P", quantity_kg=Fraction(0)), "the quantity is 0", ()),
        (option("release quarantine", plant="Y", part="P"), "no stock of part 'P' at plant 'Y' is in quarantine", ()),
    ],
)
def test_options_about_goods_that_are_not_there(row: Option, what: str, nearest: tuple[str, ...]) -> None:
    faults = Faults()
    check_options(small(row), faults)
    (fault,) = faults.items
    assert (fault.code, fault.where) == ("OPTION", "Options row 2")
    assert what in fault.what
    with pytest.raises(CoercivityError):
        company_answer(small(row))


def test_options_are_read_from_the_sheet() -> None:
    """A lot that is not there is told by the cell; a part that the plant does not use, with the faults of other sheets."""
    text = EXAMPLE.read_text(encoding="utf-8").replace("- {month: '2027-05', NdPr: '60', Dy: '190'}\n", "")
    rows = "options:\n- {option: hold, kind: more stock, plant: GRZ, part: M6}\n"
    with pytest.raises(CoercivityError) as caught:
        company_answer(company_of(Content.of("alpenmotor.yaml", text + rows)))
    assert [(fault.code, fault.where.split(" (")[0]) for fault in caught.value.faults] == [
        ("CONTRACT", "contracts entry 1"), ("CONTRACT", "contracts entry 2"), ("OPTION", "options entry 1"),
    ]  # fmt: skip
    lot = "- {option: fly, kind: air freight, lot: Q55}\n"
    with pytest.raises(CoercivityError) as caught:
        company_of(Content.of("alpenmotor.yaml", text + rows + lot))
    (fault,) = caught.value.faults
    assert (fault.where.split(" (")[0], "there is no lot Q55" in fault.what) == ("options entry 2", True)
