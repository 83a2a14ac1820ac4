"""Goods that go month by month are decided again on each later day on which a rule changes; what goes once is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

import coercivity
from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.cases.arguments import PACKED
from coercivity.cases.gather import gather
from coercivity.firm.company.model import Delay
from coercivity.firm.option_law.case_deals import case_transactions
from coercivity.firm.option_law.lawful import lawful_case
from coercivity.firm.option_law.needs import goes_monthly
from coercivity.firm.option_law.options_law import options_law
from coercivity.firm.option_law.results import OptionDeal, OptionLaw
from coercivity.law.engine.decide import decide
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.status import Assumption
from tests.places import ROOT
from tests.unit.firm.mix.brenner import brenner as brenner_case
from tests.unit.firm.option_law.workbooks import brenner, law_of

BOOK = PACKED.book()
DYSPROSIUM = {"act": "goods", "form": "metal", "elements": ["Dy"], "from": "CN", "to": "EE"}


def deal(name: str, on: str, facts: dict[str, object]) -> OptionDeal:
    """Returns a transaction of dysprosium metal to Estonia with other facts, decided for its own date."""
    faults = Faults()
    given = gather(BOOK, {**DYSPROSIUM, **facts}, where=name, faults=faults)
    faults.raise_if_any()
    return OptionDeal(name, decide(BOOK, given, Day.fromisoformat(on)), given)


def second(
    one: OptionDeal,
    *,
    start: str,
    months: int = 0,
    known: str | None = None,
    assume: Mapping[str, Assumption] | None = None,
) -> OptionLaw:
    """Returns what the law says of a second source that needs one transaction, in a mix of 12 months."""
    company = brenner((", supplier: S2, plant: TOLL, part: Dy", f", deals: {one.deal}"))
    row = next(row for row in company.mix_options if row.option == "second")
    company = replace(company, mix_options=(replace(row, months=months),), grades=())
    seen = None if known is None else Day.fromisoformat(known)
    return options_law(BOOK, company, on=Day.fromisoformat(start), known=seen, assume=assume, decided={one.deal: one})[
        0
    ]


def of_case(name: str, on: str, known: str) -> OptionDeal:
    """Returns a transaction of the motor maker, with all that it declares, decided for another day."""
    faults = Faults()
    row = next(row for row in case_transactions(BOOK, ROOT / "examples" / "ev-motor", faults) if row.id == name)
    faults.raise_if_any()
    return OptionDeal(name, decide(BOOK, row.deal, Day.fromisoformat(on), known=Day.fromisoformat(known)), row.deal)


def test_a_transaction_before_the_rule_does_not_free_the_deliveries_after_it() -> None:
    """Announcement 18/2025 asks for a licence from 4 April 2025 on; one filed the day before is there in June."""
    one = of_case("t01", "2025-04-03", "2025-06-01")
    assert one.decision.outcome is Outcome.PROCEED
    law = second(one, start="2025-04-03", known="2025-06-01")
    assert (law.outcome, str(law.on), law.months) == (Outcome.LICENCE, "2025-07-03", 3)


def test_a_free_transaction_that_stays_free_waits_for_nothing() -> None:
    one = of_case("t05", "2025-04-03", "2025-06-01")
    law = second(one, start="2025-04-03", known="2025-06-01")
    assert (law.outcome, law.months, law.counted) == (Outcome.PROCEED, 0, True)


@pytest.mark.parametrize(
    ("facts", "monthly"),
    [
        ({"form": "metal"}, True),
        ({"form": "equipment", "elements": []}, False),
        ({"act": "technology", "form": "technology", "elements": []}, False),
        ({"act": "service", "form": "none", "elements": []}, False),
        ({"act": "reexport", "form": "magnet"}, True),
    ],
)
def test_goods_go_month_by_month_and_know_how_work_and_equipment_once(facts: dict[str, object], monthly: bool) -> None:
    assert goes_monthly(deal("t1", "2026-06-15", facts)) is monthly


def test_what_a_row_leaves_open_counts_as_goods() -> None:
    faults = Faults()
    given = gather(BOOK, {"from": "CN", "to": "EE"}, where="t1", faults=faults)
    assert goes_monthly(OptionDeal("t1", decide(BOOK, given, Day(2026, 6, 15)), given))


def test_an_option_ends_before_the_month_in_which_a_notice_lists_its_party() -> None:
    """Announcement 11/2026 lists the toll maker on 24 February 2026. Months run from the 15th: it falls in month 3."""
    company = replace(brenner(), grades=())
    law = options_law(BOOK, company, on=Day(2025, 12, 15), known=Day(2026, 6, 1))
    one = next(one for one in law if one.name == "second")
    assert one.months == 3
    assert one.not_counted == "prohibited"  # its licence is there in March, after the listing
    row = next(row for row in company.mix_options if row.option == "second")
    held = "licences:\n- {licence: G2, supplier: S2, kind: general, state: granted, names: TOLL, valid_until: '2026-12-31'}\n"
    company = brenner(("grades:\n", f"{held}grades:\n"))
    company = replace(company, mix_options=(replace(row, months=0),), grades=())
    one = options_law(BOOK, company, on=Day(2025, 12, 15), known=Day(2026, 6, 1))[0]
    assert (one.counted, one.months) == (True, 0)
    assert {name: (each.last, str(each.ends_on), each.clauses) for name, each in one.grades.items()} == {
        "B": (2, "2026-02-24", ("a11-list",)),
        "C": (2, "2026-02-24", ("a11-list",)),
    }
    case = lawful_case(brenner_case(), [one])
    assert next(option for option in case.options if option.option == "second").item_last == {"B": 2, "C": 2}


def test_an_option_that_ends_within_the_plan_says_so_in_both_languages() -> None:
    held = "licences:\n- {licence: G2, supplier: S2, kind: general, state: granted, names: TOLL, valid_until: '2026-12-31'}\n"
    company = brenner(("grades:\n", f"{held}grades:\n"), ("months: '3', cap_t: '4'", "months: '0', cap_t: '4'"))
    company = replace(company, limits=())
    answer = coercivity.best_mix(company, on="2025-12-15", known="2026-06-01")
    english, chinese = " ".join(" ".join(answer.lines()).split()), "".join(answer.lines("zh"))
    assert "second ends for B after month 2: from 2026-02-24 on a rule prohibits its goods" in english
    assert "“second”用于B至第2个月止" in chinese.replace(" ", "").replace("\n", "")


def test_stock_counts_from_the_longest_time_to_a_grant_and_the_sea() -> None:
    """150 days from 15 June 2026 and 3 to leave are 15 November: five months, and one by sea."""
    company = brenner()
    delays = (
        Delay("quick", Fraction(1, 2), 40, 0),
        Delay("slow", Fraction(1, 4), 150, 0),
        Delay("no", Fraction(1, 4), "refused", "refused"),
    )
    settings = replace(company.settings, leaves_days_after_grant=3)
    stock = law_of(replace(company, delays=delays, settings=settings))["B"]
    assert (stock.leaves, stock.arrives) == (5, 6)
    assert stock.licence is not None
    assert str(stock.licence.practice_by) == "2026-11-15"
    item = next(item for item in lawful_case(brenner_case(), [stock]).items if item.item == "B")
    assert (item.stock_leaves, item.stock_months) == (5, 6)


def test_stock_whose_licence_comes_after_the_last_month_is_in_no_plan() -> None:
    company = replace(brenner(), delays=(Delay("slow", Fraction(1), 400, 0),))
    stock = law_of(company)["B"]
    assert (stock.outcome, stock.not_counted) == (Outcome.LICENCE, "too late")
    assert law_of(company)["filing"].counted


def grades_of(cells: str, old: str = ", supplier: R1, plant: INN, part: M-B-recycled") -> OptionLaw:
    """Returns what the law says of the recycling option with other cells."""
    return law_of(brenner((f"grades: B{old}", cells)))["recycling"]


def test_a_source_of_several_grades_is_decided_on_the_part_of_each() -> None:
    """A contract with S1 for grades A and B that names the part of A alone needs a licence for B."""
    one = grades_of("grades: A B, supplier: S1, plant: INN, part: M-A")
    assert {name: each.outcome for name, each in one.grades.items()} == {"A": Outcome.PROCEED, "B": Outcome.LICENCE}
    assert {name: each.months for name, each in one.grades.items()} == {"A": 2, "B": 3}
    case = brenner_case()
    both = [replace(option, items=("A", "B")) if option.option == "recycling" else option for option in case.options]
    case = lawful_case(replace(case, options=tuple(both)), [one])
    option = next(option for option in case.options if option.option == "recycling")
    assert (option.items, option.months, option.item_months) == (("A", "B"), 2, {"B": 3})


def test_a_grade_without_a_part_frees_nothing_of_itself() -> None:
    company = brenner(
        ("grades: B, supplier: R1, plant: INN, part: M-B-recycled", "grades: A B, supplier: S1, plant: INN, part: M-A"),
        (", plant: INN, part: M-B}\n- {grade: C", ", plant: INN}\n- {grade: C"),
    )
    one = law_of(company)["recycling"]
    assert {name: each.not_counted for name, each in one.grades.items()} == {"A": "", "B": "undecided"}


@pytest.mark.parametrize(
    ("through", "last"), [("2027-02-20", 8), ("2027-02-14", 8), ("2027-02-13", 7), ("2027-12-31", None)]
)
def test_an_option_ends_with_an_extension_that_the_reader_assumes(through: str, last: int | None) -> None:
    """Announcement 21/2025 is suspended; if that is extended, its list bars the goods from the day after it on."""
    assume = {"mofcom-2025-21": Assumption(lapsed=False, extended_through=Day.fromisoformat(through))}
    given = of_case("t01", "2026-06-15", "2026-06-15").given
    listed = gather(BOOK, {"party_sets": ["cl-2025-21"]}, where="t01", faults=Faults()).facts
    given = replace(given, facts={**given.facts, "party_sets": listed["party_sets"]})
    one = OptionDeal("t01", decide(BOOK, given, Day(2026, 6, 15), assume=assume), given)
    law = second(one, start="2026-06-15", assume=assume)
    assert law.counted
    assert {each.last for each in law.grades.values()} == {last}
    bars = decide(BOOK, given, Day.fromisoformat(through) + timedelta(days=1), assume=assume)
    assert bars.outcome is Outcome.STOP
