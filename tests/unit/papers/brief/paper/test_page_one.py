"""Page one alone says when, how much, what to do and by when, whatever parts a report has."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from coercivity.base.words import Lang
from coercivity.papers.brief.paper.page_one.licences import own_sentences
from coercivity.papers.brief.paper.paper import brief_paper
from coercivity.papers.brief.paper.wording import ids_text, wording
from coercivity.papers.shared.paper.document import PageOne
from tests.unit.papers.brief.paper.bodies import SHAPES, Shape, body_of

CASES = ("magnet-jv", "smco-defence")


def _page(case: str, shape: Shape, lang: Lang = "en") -> PageOne:
    return brief_paper(body_of(case, shape), lang).first


def _texts(page: PageOne) -> Iterator[str]:
    yield page.headline
    for figure in page.figures:
        yield from (figure.label, figure.value, figure.note)
    for line in page.actions:
        yield from (line.what, line.by, line.cost, line.effect)
    for block in page.blocks:
        yield from (block.heading, *block.sentences)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", CASES)
def test_it_has_figures_three_actions_and_what_follows(case: str, shape: Shape) -> None:
    page = _page(case, shape)
    assert 2 <= len(page.figures) <= 4
    assert len(page.actions) == 3
    assert len(page.blocks) == (5 if len(body_of(case, shape).get("mix", {}).get("actions", ())) > 3 else 4)
    assert all(block.sentences for block in page.blocks)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", CASES)
def test_no_cell_is_blank(case: str, shape: Shape, lang: Lang) -> None:
    assert all(text.strip() for text in _texts(_page(case, shape, lang)))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("case", CASES)
def test_no_sentence_is_said_twice(case: str, shape: Shape, lang: Lang) -> None:
    page = _page(case, shape, lang)
    said = [page.headline, *(line.what for line in page.actions), *(s for b in page.blocks for s in b.sentences)]
    assert len(said) == len(set(said))
    for line in page.actions:
        assert not any(line.what in sentence for block in page.blocks for sentence in block.sentences)


def test_with_line_stops_it_says_when_and_how_likely() -> None:
    page = _page("magnet-jv", "stops")
    assert page.figures[0].value == "2027-02-14"
    assert "stops on 2027-02-14" in page.headline
    assert page.figures[1].value == "100 %"
    assert page.figures[2].value == "EUR 11.3 M"


def test_with_a_plan_it_says_what_it_costs_before_and_after() -> None:
    body = body_of("magnet-jv", "both")
    page = brief_paper(body, "en").first
    assert page.figures[3].value == "EUR 2.96 M"
    assert page.figures[3].note.startswith("With the plan; EUR 4.95 M if nothing is done.")
    assert "from EUR 4.95 M to EUR 2.96 M" in page.headline


def test_the_actions_of_a_plan_come_with_the_largest_saving_first() -> None:
    body = body_of("magnet-jv", "both")
    saved = sorted((float(entry["saves_keur"]) for entry in body["mix"]["actions"]), reverse=True)
    page = brief_paper(body, "en").first
    assert page.actions[0].what.startswith("Build a stock of 30 t of B")
    assert saved[0] == pytest.approx(700.8, abs=0.1)
    assert all(re.search(r"\d{4}-\d{2}-\d{2}", line.by) for line in page.actions)


def test_without_a_company_the_figures_are_of_the_transactions() -> None:
    page = _page("smco-defence", "deals")
    assert [figure.value for figure in page.figures[:3]] == ["0 of 22", "45 working days", "prohibited"]
    assert page.figures[3].value == "EUR 319 k + USD 909 k"


def test_every_prohibited_transaction_is_named() -> None:
    body = body_of("smco-defence")
    page = brief_paper(body, "en").first
    told = " ".join(page.blocks[0].sentences)
    for row in body["transactions"]:
        assert (row["id"] in told) == (row["outcome"] == "STOP" or row["id"] == "t02")  # t02 may become prohibited


def test_an_action_whose_day_has_passed_says_to_do_it_now() -> None:
    page = _page("magnet-jv", "stops")
    assert page.actions[0].by.startswith("do it now; it was due by 2026-10-19")


def test_an_action_without_a_day_is_to_arrive_before_the_stop() -> None:
    body = body_of("magnet-jv", "stops")
    stops = body["stops"]
    stops["deadlines"] = []
    days = {one["licensed_stop_on"] for one in stops["parts"]}
    told = {line.by for line in brief_paper(body, "en").first.actions}
    assert told <= {f"to arrive before the line stop on {day}" for day in days}


def test_an_action_without_a_day_or_a_stop_says_that_it_is_not_known() -> None:
    body = body_of("magnet-jv", "stops")
    body["stops"]["deadlines"], body["stops"]["parts"] = [], []
    page = brief_paper(body, "en").first
    assert {line.by for line in page.actions} == {"not known"}


def test_a_plan_without_dates_begins_with_the_stock_count() -> None:
    body = body_of("magnet-jv", "both")
    body["mix"]["law"], body["stops"]["actions"] = [], []
    page = brief_paper(body, "en").first
    assert {line.by for line in page.actions} == {"start now; the plan began with the stock count of 2026-11-20"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_of_hundreds_of_transactions_the_first_are_named(lang: Lang) -> None:
    body = body_of("ev-motor")
    rows = body["transactions"]
    body["transactions"] = [{**rows[place % len(rows)], "id": f"x{place:04d}"} for place in range(300)]
    texts = list(_texts(brief_paper(body, lang).first))
    assert max(map(len, texts)) < 300


def test_a_few_transactions_are_all_named() -> None:
    ids = [f"t{place:02d}" for place in range(1, 25, 2)]
    assert ids_text(ids, "en") == ", ".join(ids)
    assert ids_text([*ids, "t27"], "en") == "t01, t03, t05, 10 more"
    assert ids_text([*ids, "t27"], "zh") == "t01、t03、t05、另有10项"


def test_a_stock_that_needs_a_licence_says_so() -> None:
    body = body_of("magnet-jv", "both")
    for entry in body["mix"]["law"]:
        entry["asked"], entry["outcome"] = True, "LICENCE"
    page = brief_paper(body, "en").first
    stocks = [line.what for line in page.actions if line.what.startswith("Build a stock")]
    assert stocks
    assert all(what.endswith("(needs an export licence)") for what in stocks)


def test_a_part_of_the_plan_about_which_the_law_was_not_asked_says_so() -> None:
    body = body_of("magnet-jv", "both")
    for entry in body["mix"]["law"]:
        entry["asked"] = False
    body["stops"]["actions"] = []
    told = [line.what for line in brief_paper(body, "en").first.actions]
    assert all(what.endswith("(law not checked)") for what in told)


def test_an_action_that_makes_things_worse_is_not_called_a_saving() -> None:
    body = body_of("magnet-jv", "both")
    body["mix"]["actions"], body["stops"]["actions"] = body["mix"]["actions"][:1], []
    body["mix"]["actions"][0]["saves_keur"] = "-352"
    line = brief_paper(body, "en").first.actions[0]
    assert line.effect.startswith("mean cost higher by EUR 352 k")


def test_a_stop_action_that_adds_loss_says_so() -> None:
    body = body_of("magnet-jv", "stops")
    for entry in body["stops"]["actions"]:
        entry["saves_keur"] = "-352"
    page = brief_paper(body, "en").first
    assert page.actions[0].effect.startswith("mean loss higher by EUR 352 k")


def test_a_stop_in_every_scenario_does_not_wait_for_licences() -> None:
    body = body_of("magnet-jv", "stops")
    first = min((plant["stop_on"], plant["plant"]) for plant in body["stops"]["plants"] if plant["stop_on"])
    for entry in body["stops"]["chances"]:
        entry["by_day"] = [{"on": first[0], "probability": "1"}]
    assert "even if all licences come" in brief_paper(body, "en").first.headline
    for entry in body["stops"]["chances"]:
        entry["by_day"] = [{"on": first[0], "probability": "0.5"}]
    assert "without further licences" in brief_paper(body, "en").first.headline


def test_a_part_that_leaves_without_a_licence_is_not_late_to_file_for() -> None:
    body = body_of("magnet-jv", "stops")
    place = next((one["of"]["part"], one["of"]["plant"]) for one in body["stops"]["deadlines"] if one["kind"] == "file")
    lots = [lot for lot in body["stops"]["law"] if (lot["part"], lot["plant"]) == place]
    assert lots
    for lot in lots:
        lot["licence"] = "none"
    before = " ".join(own_sentences(body_of("magnet-jv", "stops")["stops"], body["on"], wording("en")))
    after = " ".join(own_sentences(body["stops"], body["on"], wording("en")))
    assert before != after


def test_an_action_outside_the_plan_is_said_not_to_be_in_its_cost() -> None:
    body = body_of("magnet-jv", "both")
    first = body["stops"]["actions"][1]
    first["what"]["option"], first["cost_keur"], first["saves_keur"] = "more of M3", "1500", "9000"
    told = [sentence for block in brief_paper(body, "en").first.blocks for sentence in block.sentences]
    assert "Not in the plan or its cost: more of M3." in told


def test_the_same_lost_days_in_every_scenario_are_told_once() -> None:
    body = body_of("magnet-jv", "stops")
    for scenario in body["stops"]["scenarios"]:
        for plant in scenario["plants"]:
            plant["lost_days"] = 70
    paper = brief_paper(body, "en")
    assert " 70 lost days a plant in " in paper.first.figures[1].note
    tables = [table for section in paper.sections for table in section.tables if table.id == "chances"]
    assert {row[3] for row in tables[0].rows} == {"70"}


def test_the_chance_of_a_stop_and_that_of_a_lost_line_day_have_two_words_in_chinese() -> None:
    page = _page("magnet-jv", "both", "zh")
    told = " ".join(line.effect for line in page.actions)
    assert "停供致停线概率" in told
    assert page.figures[1].label == "停线概率"


def test_nothing_is_worth_learning_that_is_worth_nothing() -> None:
    body = body_of("magnet-jv", "both")
    for entry in body["mix"]["knowing"] or ():
        entry["worth_keur"] = "0"
    plan = next(section for section in brief_paper(body, "en").sections if section.id == "plan")
    assert not any(sentence.startswith("Most worth learning") for sentence in plan.sentences)
