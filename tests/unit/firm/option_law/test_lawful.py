"""The case without what the law takes out of it."""

from __future__ import annotations

from dataclasses import replace

from coercivity.firm.mix.model import MixCase
from coercivity.firm.option_law.lawful import lawful_case
from coercivity.firm.option_law.results import OptionLaw
from tests.unit.firm.mix.brenner import brenner


def names(case: MixCase) -> list[str]:
    """Returns the options of a case."""
    return [option.option for option in case.options]


def test_without_results_nothing_changes() -> None:
    assert lawful_case(brenner(), ()) == brenner()


def test_an_option_that_was_not_asked_about_stays_as_it_is() -> None:
    assert lawful_case(brenner(), [OptionLaw("air", "option")]) == brenner()


def test_an_option_that_is_not_counted_is_left_out_and_no_other() -> None:
    found = lawful_case(brenner(), [OptionLaw("air", "option", not_counted="prohibited")])
    assert names(found) == [name for name in names(brenner()) if name != "air"]


def test_months_become_longer_and_never_shorter() -> None:
    entered = {option.option: option.months for option in brenner().options}
    said = [OptionLaw("air", "option", months=3), OptionLaw("lean", "option", months=1)]
    found = {option.option: option.months for option in lawful_case(brenner(), said).options}
    assert found == entered | {"air": 3}


def test_stock_of_a_grade_is_barred_by_its_own_name_only() -> None:
    """An option may have the name of a grade."""
    said = [OptionLaw("B", "stock", not_counted="undecided"), OptionLaw("C", "option", not_counted="prohibited")]
    found = {item.item: item for item in lawful_case(brenner(), said).items}
    before = {item.item: item for item in brenner().items}
    assert found["B"] == replace(before["B"], stock_cap_t=0.0, stock_barred=True)
    assert (found["A"], found["C"]) == (before["A"], before["C"])
