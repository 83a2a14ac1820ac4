"""Names in deals: open questions, how they are answered, and the same result at every entry point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import pytest

from coercivity.base.days import parse_day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.batches.judge.part import PartDecider
from coercivity.batches.plan import Plan
from coercivity.batches.stage.rows import Rows
from coercivity.cases.files import packed_standing
from coercivity.cases.gather import Standing, gather
from coercivity.data.values import SetValue
from coercivity.intake.cells.columns import ColumnMap
from coercivity.law.engine.decide import Deal, Decision, decide
from coercivity.law.explain.proof import proof, verify
from coercivity.law.recheck.check import recheck
from coercivity.law.rules.load import law_folder
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs.decide import decide as decide_facts

ON = parse_day("2025-08-15")
# Nothing but the parties can hold this one back.
FREE = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Pr"], "from": "CN", "to": "DE"}
# On a list that bars whatever the goods, and on another one.
STOPPED, STOPPED_ID, SETS = (
    "IronMountain Solutions",
    "p-us-ironmountain-solutions",
    ["cl-2025-1", "cm-mfa-2024-05-22", "uel-2025-2"],
)
ALIKE = ("Iron Mountan Solutions", "IronMountain Solutions USA", "Solutions IronMountain", "IronMountain")
NOBODY = ("None", "NaN", "null", "N/A", "-", "TBD", "unknown", "\u3164", "\u200b\u00ad", "未知", "xxx")


def gathered(book: Rulebook, own: Mapping[str, Any], standing: Standing | None = None) -> Deal:
    """The deal that nothing but its parties can hold back."""
    faults = Faults()
    deal = gather(book, {**FREE, **own}, standing=standing or packed_standing(), where="test", faults=faults)
    faults.raise_if_any()
    return deal


def decided(book: Rulebook, **own: Any) -> Decision:
    """The decision on such a deal."""
    return decide(book, gathered(book, own), ON)


def test_an_unlisted_name_lets_it_go_and_a_listed_one_stops_it(book: Rulebook) -> None:
    """The two ends between which names that are alike lie."""
    assert decided(book, consignee="Nordfeld Antriebe GmbH").outcome.value == "PROCEED"
    assert decided(book, consignee=STOPPED).outcome.value == "STOP"


@pytest.mark.parametrize("fact", ["consignee", "end_user"])
@pytest.mark.parametrize("name", ALIKE)
def test_a_name_that_is_alike_opens_the_sets_of_that_party(book: Rulebook, fact: str, name: str) -> None:
    """It never stops by itself, and leaves all other sets as they were answered."""
    decision = decided(book, **{fact: name})
    sets = decision.deal.facts["party_sets"]
    assert isinstance(sets, SetValue)
    assert decision.outcome.value == "UNKNOWN"
    assert {one for one in book.party_sets if sets.holds(one) is None} == set(SETS)
    [question] = decision.deal.name_questions
    assert (question.fact, question.party_id, question.listed) == (fact, STOPPED_ID, STOPPED)
    assert question.reasons


def test_a_licence_stays_one(book: Rulebook) -> None:
    """What needs a licence anyway says that it may become a refusal."""
    decision = decided(book, consignee=ALIKE[0], elements=["Nd", "Dy"])
    assert (decision.outcome.value, decision.may_become and decision.may_become.value) == ("LICENCE", "STOP")


@pytest.mark.parametrize("sets", [[], ["..."]])
def test_what_a_deal_says_of_its_sets_closes_no_question(book: Rulebook, sets: list[str]) -> None:
    """Only the answer about that very name does."""
    assert decided(book, consignee=ALIKE[0], party_sets=sets).outcome.value == "UNKNOWN"


def test_a_judgement_of_the_deal_lets_it_go_and_stands_in_the_proof(book: Rulebook) -> None:
    """With both names; the second reader confirms it."""
    decision = decided(book, consignee=ALIKE[0], different_from=[STOPPED_ID])
    body = proof(book, decision)
    assert decision.outcome.value == "PROCEED"
    assert body["names"] == [
        {
            "fact": "consignee",
            "written": ALIKE[0],
            "reasons": ["letters_differ"],
            "listed": STOPPED,
            "party_id": STOPPED_ID,
            "party_sets": SETS,
            "answer": "different",
        }
    ]
    assert verify(book, body) == recheck(body, law_folder()) == []


def test_a_judgement_undoes_no_hit_and_no_other_question(book: Rulebook) -> None:
    """The same name is the same party, whatever is said."""
    assert decided(book, consignee=STOPPED, different_from=[STOPPED_ID]).outcome.value == "STOP"
    assert decided(book, consignee=ALIKE[0], different_from=["p-us-skydio-inc"]).outcome.value == "UNKNOWN"


def test_a_judgement_for_a_whole_file_is_refused(book: Rulebook) -> None:
    """It is about the names of one deal."""
    block = packed_standing()
    wide = Standing(
        block.said_by, {**block.facts, "different_from": [STOPPED_ID]}, block.lists, block.version, block.said_on
    )
    with pytest.raises(CoercivityError, match="NAME-JUDGED"):
        gathered(book, {"consignee": ALIKE[0]}, wide)


def test_an_open_question_stands_in_the_proof_and_cannot_be_closed_there(book: Rulebook) -> None:
    """A proof that shows the question and closes its sets does not stand."""
    body = proof(book, decided(book, consignee=ALIKE[0]))
    assert verify(book, body) == recheck(body, law_folder()) == []
    for entry in body["facts"]:
        if entry["fact"] == "party_sets":
            entry["value"] = []
    assert any("party_sets is not left open" in fault for fault in recheck(body, law_folder()))


@pytest.mark.parametrize("name", NOBODY)
def test_a_name_that_is_none_leaves_every_set_open(book: Rulebook, name: str) -> None:
    """A placeholder was never searched."""
    decision = decided(book, end_user=name, consignee="Nordfeld Antriebe GmbH")
    assert decision.outcome.value == "UNKNOWN"
    assert [question.reasons for question in decision.deal.name_questions] == [("no_name",)]


def test_a_name_of_two_scripts_leaves_every_set_open(book: Rulebook) -> None:
    """Even where nothing is alike; the letter is told."""
    decision = decided(book, consignee="Nordfеld Antriebe GmbH")
    assert decision.outcome.value == "UNKNOWN"
    assert decision.deal.name_questions[0].written == "Nordfеld Antriebe GmbH [е]"


def test_a_blank_name_is_a_fault_where_a_fact_is_stated(book: Rulebook) -> None:
    """A file, the command line and the interface say so at once."""
    with pytest.raises(CoercivityError, match="FACT-VALUE"):
        gathered(book, {"consignee": " "})


@pytest.mark.parametrize("name", ["Nordfeld Antriebe GmbH", STOPPED, "Siеmens", *ALIKE, *NOBODY])
@pytest.mark.parametrize("judged", [None, STOPPED_ID])
def test_a_table_gives_the_answer_and_the_hash_of_the_deal_by_itself(
    book: Rulebook, name: str, judged: str | None
) -> None:
    """Both names stand in the notes of the row."""
    cells = {"form": "magnet", "magnet_type": "NdFeB", "elements": "Nd;Pr", "from": "CN", "to": "DE", "act": "goods"}
    cells |= {"consignee": name, **({"different_from": judged} if judged else {})}
    plan = Plan(ColumnMap({role: role for role in cells}, {}), packed_standing(), ON, None, {}, law_folder(), ())
    rows = Rows(pl.DataFrame({role: [text] for role, text in cells.items()}), 1, None, {}, {})
    row = PartDecider(book, plan).decide(rows).frame.row(0, named=True)
    decision = decided(book, consignee=name, **({"different_from": [judged]} if judged else {}))
    assert (row["input_error"], row["outcome"]) == (None, decision.outcome.value)
    assert row["decision_hash"] == proof(book, decision)["hash"]
    for question in decision.deal.name_questions:
        assert question.listed in row["notes"]
        assert question.fact in row["notes"]
    assert ("names" in (row["open_because"] or "")) == (decision.outcome.value == "UNKNOWN")


def test_a_blank_cell_where_the_party_is_asked_for_is_not_answered_for_the_file(book: Rulebook) -> None:
    """The row is open, and says so."""
    cells = {"form": "magnet", "magnet_type": "NdFeB", "elements": "Nd;Pr", "from": "CN", "to": "DE", "act": "goods"}
    frame = pl.DataFrame({**{role: [text] * 2 for role, text in cells.items()}, "end_user": ["", "Nordfeld GmbH"]})
    plan = Plan(
        ColumnMap({role: role for role in frame.columns}, {}), packed_standing(), ON, None, {}, law_folder(), ()
    )
    found = PartDecider(book, plan).decide(Rows(frame, 1, None, {}, {})).frame
    assert found["outcome"].to_list() == ["UNKNOWN", "PROCEED"]
    assert "does not name a party" in found["notes"][0]


def test_the_command_line_and_the_interface_say_both_names() -> None:
    """The answer as plain data is what both of them show."""
    answer = decide_facts({**FREE, "consignee": ALIKE[0]}, on=ON.isoformat(), standing=packed_standing())
    [named] = answer.as_dict()["names"]
    assert (named["written"], named["listed"]) == (ALIKE[0], STOPPED)
