"""A draft about the law of another jurisdiction; the notice and the deals are invented."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

import coercivity
from coercivity.base.errors import CoercivityError
from coercivity.data.input import Content
from tests.unit.batches.impact.drafts import MAGNETS

DAY = "2027-01-05"
WRITTEN = "us_widening_2027=as_written"
END = Content.of(
    "end.yaml",
    """
id: us-end
jurisdiction: US
type: law
issuer: [US Congress]
number: invented end
title_en: End of the widening [invented example]
published: '2026-11-01'
summary: {en: The clauses on the whole chain end after a day., zh: 全链条条款施行一日后终止。}
changes:
- instruments: [DFARS 252.225-7052]
  events:
  - {type: repeal, effective: '2027-01-02', scope: [d7052-smco-2027, d7052-ndfeb-2027, d7052-ndfeb-2027-other]}
""",
)
SETS = {
    "magnet_type", "elements", "mined_in", "refined_in", "separated_in", "melted_in", "produced_in",
    "other_inputs_upstream_in",
}  # fmt: skip
DEALS = """\
id,act,form,magnet_type,elements,from,to,us_defence_contract,us_above_sat,mined_in,refined_in,separated_in,melted_in,produced_in,other_inputs_upstream_in,end_item_made_in,subject_to_ear,quantity,unit
ore,goods,magnet,NdFeB,Nd;Pr,JP,US,true,true,CN,CN,CN,JP,JP,[],US,false,100,kg
civil,goods,magnet,NdFeB,Nd;Pr,JP,US,false,false,AU,MY,MY,JP,JP,[],US,false,200,kg
chinese,goods,magnet,NdFeB,Nd;Pr;Dy,CN,US,true,true,CN,CN,CN,CN,CN,[],US,false,300,kg
unsaid,goods,magnet,NdFeB,Nd;Pr,JP,US,,,AU,,,JP,JP,,US,,50,kg
samarium,goods,magnet,SmCo,Sm,JP,US,true,true,AU,AU,CN,JP,JP,[],US,false,75,kg
"""


def deals(folder: Path, text: str = DEALS) -> Path:
    path = folder / "deals.csv"
    path.write_text(text, encoding="utf-8")
    return path


def _members(text: str) -> list[str]:
    return [] if text == "[]" else text.split(";")


def answers(law: coercivity.Law, assume: str | None) -> dict[str, str]:
    """Outcome under American law by deal, each deal decided on its own."""
    found = {}
    for row in csv.DictReader(io.StringIO(DEALS)):
        said = {name: text for name, text in row.items() if text and name not in ("id", "quantity", "unit")}
        facts = {name: _members(text) if name in SETS else text for name, text in said.items()}
        one = coercivity.decide_jurisdictions(facts, jurisdiction="CN,US", on=DAY, assume=assume, law=law)
        found[row["id"]] = one.of("US").outcome.value
    return found


@pytest.mark.parametrize("assume", [None, WRITTEN, "us_widening_2027=repealed", "us-bis-affiliates=lapsed"])
def test_every_row_has_the_two_answers_that_the_deal_alone_has(tmp_path: Path, assume: str | None) -> None:
    before = answers(coercivity.Law(), assume)
    after = answers(coercivity.Law(overlays=(END,)), assume)
    found = coercivity.rules_impact([END], deals(tmp_path), on=DAY, assume=assume, workers=1)
    counts = [{name: sums.deals for name, sums in side.items()} for side in (found.before, found.after)]
    assert counts == [{name: list(one.values()).count(name) for name in one.values()} for one in (before, after)]
    moved = {one.id: (one.before.outcome, one.after.outcome) for one in found.deals}
    assert {name: pair for name, pair in moved.items() if pair[0] != pair[1]} == {
        name: (before[name], after[name]) for name in before if before[name] != after[name]
    }


def test_what_the_draft_moves_where_the_widening_holds(tmp_path: Path) -> None:
    found = coercivity.rules_impact([END], deals(tmp_path), on=DAY, assume=WRITTEN, workers=1)
    assert found.jurisdiction == "US"
    assert [(one.id, one.before.outcome, one.after.outcome, one.clauses) for one in found.deals] == [
        ("ore", "STOP", "UNKNOWN", ("d7052-ndfeb-2027",)),
        ("samarium", "STOP", "UNKNOWN", ("d7052-smco-2027",)),
    ]
    assert found.moved.mass_t == pytest.approx(0.175)


def test_what_is_left_open_is_named_with_what_may_come_of_it(tmp_path: Path) -> None:
    found = coercivity.rules_impact([END], deals(tmp_path), on=DAY, workers=1)
    assert found.scenarios["us_widening_2027"] == ("as_written", "repealed", "deferred")
    planned = coercivity.rules_impact([END], deals(tmp_path), on=DAY, assume=WRITTEN, workers=1)
    assert set(found.scenarios) - set(planned.scenarios) == {"us_widening_2027"}


def test_a_file_of_deals_moves_as_its_table_does(tmp_path: Path) -> None:
    path = tmp_path / "deals.yaml"
    path.write_text(
        """
deals:
- id: ore
  facts: {act: goods, form: magnet, magnet_type: [NdFeB], elements: [Nd, Pr], from: JP, to: US,
    us_defence_contract: 'true', us_above_sat: 'true', mined_in: [CN], refined_in: [CN], separated_in: [CN],
    melted_in: [JP], produced_in: [JP], other_inputs_upstream_in: [], end_item_made_in: US, subject_to_ear: 'false'}
""",
        encoding="utf-8",
    )
    found = coercivity.rules_impact([END], path, on=DAY, assume=WRITTEN)
    assert [(one.id, one.before.outcome, one.after.outcome) for one in found.deals] == [("ore", "STOP", "UNKNOWN")]


def test_one_law_at_a_time(tmp_path: Path) -> None:
    with pytest.raises(CoercivityError) as error:
        coercivity.rules_impact([END, MAGNETS], deals(tmp_path), on=DAY, workers=1)
    assert [fault.code for fault in error.value.faults] == ["OVERLAY-JURISDICTION"]
    assert "US and CN" in error.value.faults[0].what


def test_a_jurisdiction_that_does_not_exist(tmp_path: Path) -> None:
    other = Content("end.yaml", END.content.replace(b"jurisdiction: US", b"jurisdiction: UK"))
    with pytest.raises(CoercivityError) as error:
        coercivity.rules_impact([other], deals(tmp_path), on=DAY, workers=1)
    assert [fault.code for fault in error.value.faults] == ["JURISDICTION"]


def test_a_scenario_that_it_cannot_have(tmp_path: Path) -> None:
    with pytest.raises(CoercivityError) as error:
        coercivity.rules_impact([END], deals(tmp_path), on=DAY, assume="us_widening_2027=gone", workers=1)
    assert [fault.code for fault in error.value.faults] == ["FACT-VALUE"]
    assert "us_widening_2027" in error.value.faults[0].next


def test_a_scenario_without_a_branch_and_a_wrong_date_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(CoercivityError) as error:
        coercivity.rules_impact([END], deals(tmp_path), on="2027-13-05", assume="us_widening_2027=", workers=1)
    assert {fault.code for fault in error.value.faults} == {"SCENARIO", "DATE"}


def test_a_draft_about_chinese_law_says_so(tmp_path: Path) -> None:
    found = coercivity.rules_impact([MAGNETS], deals(tmp_path), on=DAY, workers=1)
    assert (found.jurisdiction, dict(found.scenarios)) == ("CN", {})
