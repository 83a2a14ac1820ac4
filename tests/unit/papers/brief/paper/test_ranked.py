"""The three actions of page one are those that move most, and what the plan reaches is told beside them."""

from __future__ import annotations

from coercivity.base.words import Lang
from coercivity.papers.brief.paper.page_one.ranked import plan_reach, top_actions
from coercivity.papers.brief.paper.paper import brief_paper
from coercivity.papers.brief.paper.wording import wording
from coercivity.papers.brief.report_data import BriefBody
from tests.unit.papers.brief.paper.bodies import body_of


def _reach(body: BriefBody, lang: Lang = "en") -> str:
    return " ".join(plan_reach(body["mix"], wording(lang)))


def _quiet(body: BriefBody) -> None:
    """Makes every part of the plan worth 1,000 and more, without effect on the chance of a stop."""
    for place, part in enumerate(body["mix"]["actions"]):
        part["saves_keur"] = str(1000 + place)
        part["stop_chance_without"] = body["mix"]["best"]["lost_chance"]


def _one_stop_action(body: BriefBody, saves_keur: str, cost_keur: str) -> None:
    """Leaves one action against a stop, which delays it by 14 days."""
    first = body["stops"]["actions"][0]
    first.update({"saves_keur": saves_keur, "cost_keur": cost_keur, "days_gained": "14"})
    body["stops"]["actions"] = [first]


def test_actions_of_the_plan_and_against_stops_are_in_one_order() -> None:
    found = top_actions(body_of("magnet-jv", "both"), 9)
    assert any(one.part for one in found)
    assert any(one.action for one in found)
    unpriced = [one.action is not None and one.action["cost_keur"] is None for one in found]
    assert unpriced == sorted(unpriced)
    worths = [one.worth_keur for one, without in zip(found, unpriced, strict=True) if not without]
    assert len(worths) > 1
    assert worths == sorted(worths, reverse=True)


def test_an_action_that_moves_the_stop_takes_the_place_of_one_that_does_not() -> None:
    """Parts of the plan are worth more, but move no stop: the action that does is the third."""
    body = body_of("magnet-jv", "both")
    _quiet(body)
    _one_stop_action(body, "90", "30")
    found = top_actions(body, 3)
    assert [one.part is not None for one in found] == [True, True, False]
    assert found[-1].worth_keur == 60
    effect = brief_paper(body, "en").first.actions[-1].effect
    assert "mean loss lower by EUR 90 k; first stop 14 days later on average; probability of a stop" in effect


def test_an_action_that_costs_more_than_it_saves_takes_no_place() -> None:
    body = body_of("magnet-jv", "both")
    _quiet(body)
    _one_stop_action(body, "90", "900")
    assert all(one.part is not None for one in top_actions(body, 3))


def test_where_no_part_lowers_the_chance_the_plan_that_does_is_told() -> None:
    body = body_of("magnet-jv", "both")
    body["mix"]["best"]["lost_chance"], body["mix"]["do_nothing"]["lost_chance"] = "0.25", "0.48"
    _quiet(body)
    told = _reach(body)
    assert told.startswith("No single part of the plan lowers the chance of a lost line-day")
    assert "from 48 % to 25 %" in told
    assert "由48%降至25%" in _reach(body, "zh")


def test_where_the_plan_does_not_lower_the_chance_either_the_mildest_stop_is_named() -> None:
    body = body_of("magnet-jv", "both")
    for plan in (body["mix"]["best"], body["mix"]["do_nothing"], *body["mix"]["choices"]):
        plan["lost_chance"] = "0.55"
    body["mix"]["scenarios"][0].update({"scenario": "short", "lost_line_days": "0.5"})
    told = _reach(body)
    assert "Whole plan: chance of a lost line-day stays 55 %" in told
    assert "even in the mildest scenario that stops a line (short) the plan still loses 0.5 line-days" in told


def test_a_dearer_choice_that_lowers_the_chance_is_named() -> None:
    body = body_of("magnet-jv", "both")
    for plan in (body["mix"]["best"], body["mix"]["do_nothing"], *body["mix"]["choices"]):
        plan["lost_chance"] = "0.55"
    body["mix"]["choices"][-1].update({"options": ["air"], "lost_chance": "0.3", "over_best_share": "0.2"})
    assert "The choice that lowers the chance most is air: 30 %, at 20 % above the best." in _reach(body)
