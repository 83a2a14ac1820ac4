"""`composition_lists_every_rare_earth` for a whole file: the same for rows, single deals and facts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.batches.judge.part import PartDecider
from coercivity.batches.plan import Plan
from coercivity.batches.stage.rows import Rows
from coercivity.cases.files import packed_standing
from coercivity.cases.gather import BY_DEAL, Standing, gather
from coercivity.data.values import SetValue
from coercivity.intake.cells.columns import ColumnMap
from coercivity.law.explain.proof import verify
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs.deal import deal_file, decide_cells
from coercivity.verbs.decide import decide, decide_file

SIGNED = "composition_lists_every_rare_earth"
DAY = "2025-06-20"
PLAIN = packed_standing()
WITH_ANSWER = replace(PLAIN, facts={**PLAIN.facts, SIGNED: "true"})
SPEAKER = f"standing: {PLAIN.said_by}"
COMPOSITIONS = [
    "Nd 30 %", "Nd 22 %, Pr 7 %,", "Nd 30 %, Dy 1.5 %", "Nd+Pr 31.5 %, Dy 0 %, Tb 0 %", "NdFeB", "Nd, Pr",
    "Nd 30 %, Fe bal.", "Nd 30 %, Dy n.d.", "Nd 30 %, no Dy", "Sr 8.5 %, Fe 60 %",
]  # fmt: skip


def row(book: Rulebook, cells: dict[str, str], standing: Standing, **constants: str) -> dict[str, Any]:
    columns = ColumnMap({name: name for name in cells}, {"act": "goods", **constants})
    frame = pl.DataFrame({name: [text] for name, text in cells.items()})
    decider = PartDecider(book, Plan(columns, standing, Day.fromisoformat(DAY)))
    return decider.decide(Rows(frame, 1, None, {}, {})).frame.row(0, named=True)


def cells_of(composition: str) -> dict[str, str]:
    return {"material": "NdFeB magnets", "composition": composition, "from": "CN", "to": "DE"}


@pytest.mark.parametrize("standing", [PLAIN, WITH_ANSWER])
@pytest.mark.parametrize("composition", COMPOSITIONS)
def test_a_row_a_spoken_deal_and_its_file_agree_to_the_hash(
    book: Rulebook, tmp_path: Path, composition: str, standing: Standing
) -> None:
    batch = row(book, cells_of(composition), standing)
    spoken = decide_cells(cells_of(composition), on=DAY, standing=standing)
    assert (batch["outcome"], batch["decision_hash"]) == (spoken.answer.outcome, spoken.answer.proof["hash"])
    assert verify(book, spoken.answer.proof) == []
    file = tmp_path / "deal.yaml"
    file.write_text(deal_file(spoken, DAY, standing=standing), encoding="utf-8")
    assert decide_file(file)[0].proof == spoken.answer.proof


def test_a_deal_of_facts_is_closed_as_a_row_is(book: Rulebook) -> None:
    facts = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "from": "CN", "to": "DE"}
    asked = decide({**facts, "elements": ["Nd", "..."]}, on=DAY, standing=PLAIN)
    lifted = decide({**facts, "elements": ["Nd", "..."]}, on=DAY, standing=WITH_ANSWER)
    assert (asked.outcome, lifted.outcome) == ("UNKNOWN", "PROCEED")
    told = {entry["fact"]: entry for entry in lifted.proof["facts"]}
    assert told["elements"] == {"fact": "elements", "value": ["Nd"], "said_by": f"deal; {SPEAKER}"}
    held = decide({**facts, "elements": ["Nd", "..."], SIGNED: "false"}, on=DAY, standing=WITH_ANSWER)
    assert held.outcome == "UNKNOWN"


def test_whoever_answers_is_named_beside_the_elements_and_nowhere_else() -> None:
    def speakers(composition: str) -> Any:
        proof = decide_cells(cells_of(composition), on=DAY, standing=WITH_ANSWER).answer.proof
        return next(entry["said_by"] for entry in proof["facts"] if entry["fact"] == "elements")

    assert speakers("Nd 30 %") == f"deal; {SPEAKER}"
    assert speakers("Nd 30 %, Fe bal.") == BY_DEAL
    assert speakers("Nd 22 %, Pr 7 %,") == BY_DEAL


@pytest.mark.parametrize("composition", ["Nd 22 %, Pr 7 %,", "Nd 30 %, Fe 69 %, B 1", "Nd 30 %, others 1 %", "NdFeB"])
def test_no_column_and_no_constant_closes_what_is_no_list(book: Rulebook, composition: str) -> None:
    assert row(book, {**cells_of(composition), SIGNED: "yes"}, PLAIN)["outcome"] == "UNKNOWN"
    assert row(book, cells_of(composition), PLAIN, **{SIGNED: "true"})["outcome"] == "UNKNOWN"
    assert row(book, cells_of(composition), WITH_ANSWER)["outcome"] == "UNKNOWN"


@pytest.mark.parametrize("composition", ["Nd 22 %, Pr 7 %,", "NdFeB", ""])
def test_a_fact_of_the_deal_closes_no_cut_and_no_name_either(composition: str) -> None:
    found = decide_cells(cells_of(composition), facts={SIGNED: "true"}, on=DAY, standing=PLAIN)
    assert found.answer.outcome == "UNKNOWN"
    assert decide_cells(cells_of("Nd 30 %"), facts={SIGNED: "true"}, on=DAY, standing=PLAIN).answer.outcome == "PROCEED"


def test_a_name_without_a_composition_is_not_closed(book: Rulebook) -> None:
    name = {"material": "NdFeB magnets", "from": "CN", "to": "DE"}
    for cells in (name, {**name, "composition": ""}, {**name, SIGNED: "yes"}):
        assert row(book, cells, WITH_ANSWER)["outcome"] == "UNKNOWN"
    assert row(book, {**cells_of("Nd 30 %"), SIGNED: "yes"}, PLAIN)["outcome"] == "PROCEED"


def test_a_cut_composition_opens_what_the_name_of_a_chemical_would_close(book: Rulebook) -> None:
    cells = {"material": "neodymium oxide", "from": "DE", "to": "MX"}
    day = replace(Plan(ColumnMap({}), PLAIN), on=Day(2025, 12, 5))

    def outcome(composition: str) -> Any:
        named = {**cells, "composition": composition}
        plan = replace(day, columns=ColumnMap({name: name for name in named}, {"act": "reexport"}))
        frame = pl.DataFrame({name: [text] for name, text in named.items()})
        return PartDecider(book, plan).decide(Rows(frame, 1, None, {}, {})).frame["outcome"][0]

    assert outcome("Nd2O3 99.5 %") == outcome("Nd 85 %") == "PROCEED"
    assert outcome("Nd2O3 95 %,") == outcome("Nd2O3 95 %, Dy") == outcome("Nd2O3 95 %, others") == "UNKNOWN"


def test_a_list_of_elements_at_the_length_of_a_field_is_open(book: Rulebook) -> None:
    def outcome(elements: str) -> Any:
        return row(book, {"material": "NdFeB magnets", "elements": elements, "from": "CN", "to": "DE"}, WITH_ANSWER)

    assert outcome("Nd; Pr")["outcome"] == "PROCEED"
    assert outcome("Nd;" + " " * 25 + "Pr")["outcome"] == "UNKNOWN"  # 30 characters
    assert outcome("Nd; Pr;")["outcome"] == "UNKNOWN"


def test_an_open_list_that_names_no_rare_earth_is_not_closed(book: Rulebook) -> None:
    faults = Faults()
    deal = gather(book, {"elements": ["..."]}, standing=WITH_ANSWER, where="facts", faults=faults)
    assert not faults.items
    assert deal.facts["elements"] == SetValue(frozenset(), complete=False)
    assert deal.said_by["elements"] == "deal"
