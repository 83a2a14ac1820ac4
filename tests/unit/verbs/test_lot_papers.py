"""Deals with documents of their lots: refused, held open, or answered with what the documents show."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import coercivity
from coercivity.base.errors import CoercivityError
from coercivity.cases.lot_papers.folder import PAPERS_FILE
from coercivity.law.explain.conflicts import conflict_texts

FACTS: dict[str, object] = {
    "act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Dy"], "from": "CN", "to": "DE",
}  # fmt: skip
ON = "2025-08-15"
CIVIL = {"id": "EUC-1", "lot": "L-1", "kind": "end_user_certificate", "end_use": "civil"}
ALSO_CIVIL = {"id": "C-1", "lot": "L-1", "kind": "contract", "end_use": "民用"}
MILITARY = {"id": "US-1", "lot": "L-1", "kind": "us_contract", "end_use": "defence"}
VAGUE = {"id": "INV-1", "lot": "L-1", "kind": "invoice", "end_use": "traction motors"}
DIFFER = "papers_differ_in_end_use"
EXAMPLE = Path("examples/magnet-jv")


def refused(call: object, *args: object, **named: object) -> set[str]:
    """The codes of the faults of a call."""
    assert callable(call)
    with pytest.raises(CoercivityError) as caught:
        call(*args, **named)
    return {fault.code for fault in caught.value.faults}


def test_a_deal_on_a_lot_with_two_end_uses_is_not_answered_in_any_way() -> None:
    papers = [CIVIL, MILITARY]
    assert refused(coercivity.decide, FACTS, on=ON, papers=papers) == {"LOT-END-USE"}
    assert refused(coercivity.decide, text="NdFeB magnets with 2 % Dy", on=ON, papers=papers) == {"LOT-END-USE"}
    asked = {"jurisdiction": "CN,US", "on": ON, "papers": papers}
    assert refused(coercivity.decide_jurisdictions, FACTS, **asked) == {"LOT-END-USE"}


def test_papers_that_agree_change_no_answer_and_no_hash() -> None:
    plain = coercivity.decide(FACTS, on=ON)
    found = coercivity.decide(FACTS, on=ON, papers=[CIVIL, ALSO_CIVIL])
    assert found.proof == plain.proof
    assert found.outcome == plain.outcome
    assert "papers" not in plain.as_dict()


def test_uses_that_cannot_be_compared_hold_the_result_open_with_a_question() -> None:
    for papers in ([CIVIL, VAGUE], [CIVIL, {**ALSO_CIVIL, "end_use": ""}]):
        found = coercivity.decide(FACTS, on=ON, papers=papers)
        assert found.outcome.value == "UNKNOWN"
        assert found.proof["unread"] == [DIFFER]
        (told,) = found.as_dict()["papers"]
        assert told["holds"]
        assert told["ask"]["en"] in " ".join(line.strip() for line in found.lines("en"))


def test_an_answer_of_the_deal_settles_words_but_no_blank() -> None:
    said = {**FACTS, DIFFER: "false"}
    assert coercivity.decide(said, on=ON, papers=[CIVIL, VAGUE]).outcome.value == "LICENCE"
    blank = {**ALSO_CIVIL, "end_use": ""}
    assert coercivity.decide(said, on=ON, papers=[CIVIL, blank]).outcome.value == "UNKNOWN"
    several = coercivity.decide_jurisdictions(said, jurisdiction="CN,US", on=ON, papers=[CIVIL, VAGUE])
    assert several.of("CN").outcome.value == "LICENCE"
    assert refused(coercivity.decide, {**FACTS, DIFFER: "maybe"}, on=ON, papers=[CIVIL, VAGUE]) == {"FACT-VALUE"}


@pytest.mark.parametrize(
    ("stated", "papers", "codes"),
    [
        ("true", [CIVIL, ALSO_CIVIL], {"FACT-CONFLICT"}),
        ("false", [CIVIL, MILITARY], {"FACT-CONFLICT", "LOT-END-USE"}),
    ],
)
def test_a_stated_fact_that_the_papers_contradict_is_an_error(
    stated: str, papers: list[dict[str, object]], codes: set[str]
) -> None:
    facts = {**FACTS, DIFFER: stated}
    assert refused(coercivity.decide, facts, on=ON, papers=papers) == codes
    assert refused(coercivity.decide_jurisdictions, facts, jurisdiction="CN,US", on=ON, papers=papers) == codes


def test_the_fact_of_the_conflict_follows_from_the_papers() -> None:
    found = coercivity.decide_jurisdictions(FACTS, jurisdiction="CN,US", on=ON, papers=[CIVIL, ALSO_CIVIL])
    decision = found.of("US").answer.decision
    assert decision is not None
    assert decision.deal.facts[DIFFER] is False
    assert decision.deal.said_by[DIFFER] == "papers: EUC-1, C-1"


def test_a_deal_that_states_another_kind_of_use_than_its_papers_is_told() -> None:
    found = coercivity.decide(FACTS, on=ON, standing={"military_use": "true"}, papers=[CIVIL])
    assert [one["kind"] for one in found.as_dict()["papers"]] == ["end_use_of_deal"]


def deals_file(path: Path, *, first: str, second: str, top: str = "") -> Path:
    """A file with two deals, each with one document of lot L-1."""
    facts = "{act: goods, form: magnet, magnet_type: [NdFeB], elements: [Nd, Dy], from: CN, to: DE}"
    deals = "".join(
        f"- id: d{n}\n  on: {ON}\n  facts: {facts}\n  papers: [{{lot: L-1, kind: contract, end_use: {use}}}]\n"
        for n, use in enumerate((first, second), 1)
    )
    path.write_text(f"{top}deals:\n{deals}", encoding="utf-8")
    return path


def test_papers_of_two_deals_of_a_file_on_one_lot_are_compared(tmp_path: Path) -> None:
    path = deals_file(tmp_path / "deals.yaml", first="civil", second="军用")
    assert refused(coercivity.decide_file, path) == {"LOT-END-USE"}
    path = deals_file(tmp_path / "deals.yaml", first="civil", second="民用")
    assert [one.outcome.value for one in coercivity.decide_file(path)] == ["LICENCE", "LICENCE"]


def test_papers_of_the_whole_file_are_compared_with_those_of_a_deal(tmp_path: Path) -> None:
    top = "papers: [{id: EUC-1, lot: l1, kind: end_user_certificate, end_use: military}]\n"
    path = deals_file(tmp_path / "deals.yaml", first="civil", second="民用", top=top)
    assert refused(coercivity.decide_file, path) == {"LOT-END-USE"}


def test_papers_of_a_deal_that_the_file_does_not_have_are_an_error(tmp_path: Path) -> None:
    top = "papers: [{lot: L-9, kind: contract, end_use: civil, deal: d3}]\n"
    path = deals_file(tmp_path / "deals.yaml", first="civil", second="民用", top=top)
    assert refused(coercivity.decide_file, path) == {"PAPER-FORM"}


def test_a_table_of_a_case_serves_a_single_deal_too() -> None:
    """The deal that a row names belongs to the case; all documents given beside a deal are about it."""
    papers = [{**CIVIL, "deal": "t01"}, {**VAGUE, "deal": "t02"}]
    assert coercivity.decide(FACTS, on=ON, papers=papers).outcome.value == "UNKNOWN"


def test_a_civil_document_beside_a_us_defence_contract_is_told() -> None:
    facts = {**FACTS, "us_defence_contract": "true"}
    found = coercivity.decide_jurisdictions(facts, jurisdiction="CN,US", on=ON, papers=[CIVIL])
    assert [one["kind"] for one in found.as_dict()["papers"]] == ["end_use_of_deal"]


def case_folder(folder: Path, *rows: str) -> Path:
    """A case folder with documents."""
    shutil.copytree(EXAMPLE, folder)
    table = "\n".join(("id,lot,kind,end_use,deal", *rows, ""))
    (folder / PAPERS_FILE).write_text(table, encoding="utf-8")
    return folder


def test_no_report_is_written_for_a_case_with_two_end_uses_of_one_lot(tmp_path: Path) -> None:
    folder = case_folder(tmp_path / "case", "EUC-1,L-1,end_user_certificate,civil,", "US-1,L-1,us_contract,军用,")
    out = tmp_path / "out"
    assert refused(coercivity.brief, folder, ON, out=out, supply=False, cache=False) == {"LOT-END-USE"}
    assert not out.exists() or not list(out.iterdir())


def test_every_error_of_a_table_of_papers_is_reported_with_those_of_the_case(tmp_path: Path) -> None:
    folder = case_folder(tmp_path / "case", "EUC-1,L-1,certifikate,civil,", "US-1,,us_contract,civil,no-such")
    text = (folder / "transactions.csv").read_text(encoding="utf-8")
    (folder / "transactions.csv").write_text(text.replace(",goods,", ",good,", 1), encoding="utf-8")
    codes = refused(coercivity.brief, folder, ON, supply=False, cache=False)
    assert codes == {"PAPER-FORM", "FACT-VALUE"}


def test_papers_of_a_transaction_that_does_not_exist_are_an_error(tmp_path: Path) -> None:
    folder = case_folder(tmp_path / "case", "EUC-1,L-1,contract,civil,no-such")
    assert refused(coercivity.brief, folder, ON, supply=False, cache=False) == {"PAPER-FORM"}


def test_nothing_that_the_program_says_of_papers_tells_which_to_change() -> None:
    """A fault names both and asks; no text of it says to correct, align or reword a document."""
    with pytest.raises(CoercivityError) as caught:
        coercivity.decide(FACTS, on=ON, papers=[CIVIL, MILITARY])
    advice = re.compile(r"\b(correct|change|align|reword|adapt|adjust|amend)\b", re.I)
    assert not advice.search(caught.value.text())
    assert not advice.search(conflict_texts()["C16"].ask.en)
