"""What the law bars or leaves open is in no plan, no choice, no flip and no point of the frontier."""

from __future__ import annotations

import pytest

import coercivity
from coercivity.base.errors import CoercivityError
from coercivity.firm.company.model import Company
from coercivity.papers.firm.mix.report_data import MixReport
from tests.unit.firm.option_law.workbooks import BRENNER, GOODS, LISTED, UNLISTED, brenner, wind


def options_shown(body: MixReport) -> set[str]:
    """Returns every option that is in any plan of a result."""
    found = {name for plan in body["choices"] for name in plan["options"]}
    found |= {name for row in body["limits"] for name in row["options"]}
    found |= {name for row in body["frontier"] or () for name in row["plan"]["options"]}
    found |= {name for row in body["late"] or () for name in row["options"]}
    for row in body["flips"] or ():
        found |= {name for point in (row["below"], row["above"]) if point for name in point["options"] or ()}
        found |= {row["name"]} if row["kind"] in ("fee", "extra") else set()
    return found | set((body["nothing_known_best"] or body["best"])["options"])


def everything(company: Company) -> MixReport:
    """Returns a mix with all that may be asked."""
    return coercivity.best_mix(company, flips=True, late=True, frontier=True).body


def test_a_prohibited_second_source_changes_the_plan_and_is_shown_nowhere() -> None:
    free = everything(wind(plant=UNLISTED))
    assert free["best"]["options"] == ["second"]
    barred = everything(wind(plant=LISTED, option=GOODS))
    assert barred["best"]["options"] == []
    assert float(barred["best"]["mean_keur"]) > float(free["best"]["mean_keur"])
    assert options_shown(barred) == set()
    assert [(one["option"], one["outcome"], one["counted"]) for one in barred["law"]] == [
        ("second", "STOP", False),
        ("magnet", "", True),
    ]


def test_brenner_is_left_with_its_lawful_options() -> None:
    body = coercivity.best_mix(BRENNER, frontier=True, late=True).body
    assert body["best"]["options"] == ["air heavy", "lean", "filing"]
    assert options_shown(body).isdisjoint({"second", "recycling"})


def test_without_any_lawful_option_stock_alone_is_planned() -> None:
    body = coercivity.best_mix(wind(plant=LISTED, option=GOODS)).body
    assert (body["best"]["options"], body["best"]["stock_t"]) == ([], {"magnet": "60"})


def test_prohibited_stock_is_not_bought_and_its_cap_is_no_limit() -> None:
    company = wind(plant=LISTED, grade=GOODS)
    body = everything(company)
    assert body["best"]["stock_t"] == {"magnet": "0"}
    assert all(row["limit"] != "stock_cap:magnet" for row in body["limits"])
    assert all(row["kind"] != "stock_cap" for row in body["flips"] or ())
    with pytest.raises(CoercivityError, match="no limit 'stock_cap:magnet'"):
        coercivity.best_mix(company, steps={"stock_cap:magnet": 4})


def test_where_no_plan_is_left_the_message_says_what_the_law_took_out() -> None:
    company = brenner(("limit: lost_line_days, value: '960'", "limit: lost_line_days, value: '560'"))
    with pytest.raises(CoercivityError) as caught:
        coercivity.best_mix(company)
    told = [fault.what for fault in caught.value.faults]
    assert "options that the law prohibits or leaves open are in no plan: second, recycling" in told
    assert any(what.startswith("no plan keeps together") for what in told)


def test_licence_time_is_part_of_the_plan() -> None:
    """With a licence the second source is usable from month 4 on, so it saves less."""
    free = coercivity.best_mix(wind(plant=UNLISTED)).body
    licensed = coercivity.best_mix(wind(plant=UNLISTED, option=GOODS)).body
    assert licensed["law"][0]["months"] == 3
    assert float(licensed["best"]["mean_keur"]) > float(free["best"]["mean_keur"])


def test_stock_alone_leaves_the_options_out_of_the_law_too() -> None:
    body = coercivity.best_mix(wind(plant=LISTED, option=GOODS), stock_alone=True).body
    assert ([one["kind"] for one in body["law"]], body["law_asked"]) == (["stock"], False)


def test_numbers_do_not_change_where_the_law_is_not_asked() -> None:
    body = coercivity.best_mix(BRENNER.with_name("brenner.yaml")).body
    assert (body["best"]["options"], body["best"]["spent_keur"]) == (["lean", "recycling", "filing"], "700")
    assert body["law_asked"] is False
    assert [(one["asked"], one["counted"]) for one in body["law"]] == [(False, True)] * 5
