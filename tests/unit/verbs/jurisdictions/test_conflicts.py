"""Each of the sixteen conflicts of two laws: found, with its next question, and not found one fact away."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import coercivity
from coercivity.base.errors import Faults
from coercivity.law.engine.jurisdictions import reading_book
from coercivity.law.explain.conflicts import NAME, ConflictFound, read_conflicts
from coercivity.law.rules.jurisdictions.names import abroad_folder
from coercivity.law.rules.load import load_rulebook
from coercivity.verbs.jurisdictions.decide import DealAnswers

Facts = dict[str, object]
OXIDE: Facts = {"act": "goods", "form": "oxide", "elements": ["Dy"], "from": "CN", "to": "US"}
MAGNET: Facts = {
    "act": "goods",
    "form": "magnet",
    "magnet_type": ["NdFeB"],
    "elements": ["Nd", "Dy"],
    "from": "CN",
    "to": "DE",
}
ABROAD: Facts = {
    "act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Dy"], "from": "NL", "to": "PL",
    "chinese_input_value_share": "0.05", "exporter_nationality": "NL", "origin": "JP",
}  # fmt: skip
DEFENCE: Facts = {"us_defence_contract": "true"}
PUMP: Facts = {
    "placed_on_eu_market": "true", "holds_magnet": "true", "eu_magnet_product": "heat_pump",
    "defence_or_space_product": "false",
}  # fmt: skip


@dataclass(frozen=True)
class Met:
    """A deal that meets a conflict, and the change of one fact that ends it.

    Attributes:
        sure: Whether every clause and fact that it depends on is decided.
        clause: A clause that is named.
        asks: Words of the next question.
    """

    id: str
    facts: Facts
    ends: Facts
    clause: str
    asks: str
    sure: bool = True
    on: str = "2026-11-27"
    assume: str = ""
    standing: Facts = field(default_factory=dict)


CASES = [
    Met("C01", {**OXIDE, **DEFENCE, "military_user": "true"}, {"us_defence_contract": "false"}, "a46-1", "last Chinese input"),
    Met("C02", {**MAGNET, **DEFENCE, "certificate_pledge_given": "true"}, {"certificate_pledge_given": "false"},
        "dur-24-promise", "exact words of the certificate"),
    Met("C03", {**MAGNET, "promise_no_chinese_content": "true"}, {"promise_no_chinese_content": "false"}, "d834-15",
        "list of steps"),
    Met("C04", {**MAGNET, "eu_named_large_company": "true", "inquiry_in_china": "true"}, {"inquiry_in_china": "false"},
        "d834-13", "trader outside China", sure=False),
    Met("C05", {**MAGNET, **DEFENCE, "system_with_magnet": "true", "provenance_known": "some", "us_857_start": "started",
                "supplier_in_china_refuses": "true"}, {"provenance_known": "all_four_steps"}, "s857-tracking",
        "holds the name"),
    Met("C06", {**MAGNET, "foreign_official_visit": "true"}, {"foreign_official_visit": "false"}, "dur-38", "MOFCOM agreed"),
    Met("C07", {**ABROAD, "value_share_confidential": "true"}, {"value_share_confidential": "false"}, "a61-1-1",
        "in force today", sure=False),
    Met("C08", {**MAGNET, "licence_file_restricted": "true"}, {"licence_file_restricted": "false"}, "dur-16",
        "cleared each document"),
    Met("C09", {**MAGNET, "refuses_for_us_list": "true", "subject_to_ear": "true", "us_listed_owner_share": "0.55"},
        {"us_listed_owner_share": "0.49"}, "bis50", "in force again today", sure=False),
    Met("C10", {**ABROAD, "delivery_owed_abroad": "true"}, {"to": "CN"}, "a61-1-1", "0.1 %", sure=False),
    Met("C11", {**MAGNET, **PUMP, "data_from_chinese_maker": "true"}, {"eu_magnet_product": "other"}, "crma28-carrier",
        "separated from process", on="2028-06-01", assume="crma_28_act=in_force_2026"),
    Met("C12", {**MAGNET, "to": "JP", "buyer_has_defence_line": "true"}, {"to": "KR"}, "a1-ban", "lot numbers"),
    Met("C13", {**MAGNET, "records_in_china_asked": "true"}, {"records_in_china_asked": "false"}, "d834-13",
        "authority or a customer"),
    Met("C14", {**MAGNET, "nonavailability": "asked", "chinese_sources_named": "true"}, {"nonavailability": "none"},
        "d7052-nonavailability", "market data"),
    Met("C15", {"act": "goods", "form": "scrap", "elements": ["Nd", "Dy"], "from": "DE", "to": "CN"}, {"from": "CN"},
        "a18-1c905", "Estonia"),
    Met("C16", {**MAGNET, **DEFENCE}, {"us_defence_contract": "false"}, "d7052-flow", "Which document is true",
        standing={"military_use": "false", "military_user": "false"}),
]  # fmt: skip


def answered(case: Met, **changes: object) -> DealAnswers:
    """The answers of China, the United States and the European Union."""
    return coercivity.decide_jurisdictions(
        {**case.facts, **changes},
        jurisdiction="CN,US,EU",
        on=case.on,
        assume=case.assume or None,
        standing=case.standing,
    )


def met(found: DealAnswers, id: str) -> ConflictFound | None:
    """A conflict among those of a deal."""
    return next((one for one in found.conflicts if one.text.id == id), None)


def test_every_conflict_has_its_case() -> None:
    book = load_rulebook(abroad_folder())
    clauses = [p.id for b in (book, load_rulebook()) for i in b.instruments.values() for p in i.provisions]
    held = read_conflicts(abroad_folder().parent / NAME, reading_book(load_rulebook()), clauses, Faults())
    assert [one.text.id for one in held.conflicts] == [case.id for case in CASES] == [f"C{n:02}" for n in range(1, 17)]


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_a_conflict_is_found_with_its_clauses_and_its_next_question(case: Met) -> None:
    found = answered(case)
    one = met(found, case.id)
    assert one is not None
    assert one.sure is case.sure
    assert case.clause in one.clauses
    assert case.asks in one.text.ask.en
    told = " ".join(line.strip() for line in found.lines("en"))
    assert case.asks in told
    assert f" {case.id}: {one.text.title.en}" in told
    data = next(entry for entry in found.as_dict()["conflicts"] if entry["id"] == case.id)
    assert (data["sure"], data["ask"]["zh"]) == (case.sure, one.text.ask.as_dict()["zh"])
    sure = case.sure and one.text.kind == "clash"
    assert (data["both"].get("zh", ""), "cannot satisfy both on this route" in told) == (
        "该路线无法同时满足两法" if sure else "",
        any(met.sure and met.text.kind == "clash" for met in found.conflicts),
    )


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_it_ends_with_one_fact(case: Met) -> None:
    assert met(answered(case, **case.ends), case.id) is None


def test_a_deal_with_few_facts_has_no_conflict() -> None:
    """What nothing certain speaks for is not reported."""
    assert coercivity.decide_jurisdictions(MAGNET, jurisdiction="CN,US,EU", on="2026-11-27").conflicts == ()


def test_without_china_or_another_law_there_is_none() -> None:
    for jurisdiction in ("US", "CN", "US,EU"):
        facts = {**MAGNET, "promise_no_chinese_content": "true"}
        assert coercivity.decide_jurisdictions(facts, jurisdiction=jurisdiction, on="2026-11-27").conflicts == ()


def test_errors_of_the_file_are_reported_at_once(tmp_path: Path) -> None:
    path = Path(shutil.copy(abroad_folder().parent / NAME, tmp_path / NAME))
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("a46-1", "a46-11").replace("kind: friction", "kind: quarrel").replace("fact: to,", "fact: too,")
    )
    faults = Faults()
    clauses = [p.id for i in load_rulebook().instruments.values() for p in i.provisions]
    clauses += [p.id for i in load_rulebook(abroad_folder()).instruments.values() for p in i.provisions]
    read_conflicts(path, reading_book(load_rulebook()), clauses, faults)
    assert {fault.code for fault in faults.items} == {"PACK-REF", "VALUE", "FACT-UNKNOWN"}
