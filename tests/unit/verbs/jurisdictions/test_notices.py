"""User-supplied notices and statements about the law of another jurisdiction: they count there, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import coercivity
from coercivity.base.errors import CoercivityError
from coercivity.data.input import Content
from coercivity.verbs.proofs import proof_verify

FREE = {
    "act": "goods",
    "form": "magnet",
    "magnet_type": ["NdFeB"],
    "elements": ["Nd", "Pr"],
    "from": "JP",
    "to": "US",
    "us_defence_contract": "false",
    "us_above_sat": "false",
    "subject_to_ear": "false",
}
DAY = "2026-11-20"
LOOKED = coercivity.vouch(
    through="2026-11-24",
    by="Export Control Desk",
    note="Federal Register and DFARS change notices to 24 November 2026",
    signed_on="2026-11-24",
    jurisdiction="US",
)
DELAY = Content.of(
    "delay.yaml",
    """
id: us-delay
jurisdiction: US
type: law
issuer: [US Congress]
number: invented delay
title_en: End of the widening [invented example]
published: '2026-11-01'
summary: {en: The clauses on the whole chain end after a day., zh: 全链条条款施行一日后终止。}
changes:
- instruments: [DFARS 252.225-7052]
  events:
  - {type: repeal, effective: '2027-01-02', scope: [d7052-smco-2027, d7052-ndfeb-2027, d7052-ndfeb-2027-other]}
""",
)


def outcomes(law: coercivity.Law, jurisdiction: str = "CN,US", on: str = DAY, **more: object) -> dict[str, str]:
    """Outcome by jurisdiction."""
    found = coercivity.decide_jurisdictions({**FREE, **more}, jurisdiction=jurisdiction, on=on, law=law)
    return {side.jurisdiction: side.outcome.value for side in found.sides}


def test_a_statement_counts_for_the_law_it_is_about() -> None:
    """Who looked for American notices lifts no Chinese result, and the other way round."""
    chinese = coercivity.vouch(through="2026-11-24", by="Export Control Desk", note="MOFCOM", signed_on="2026-11-24")
    bare = outcomes(coercivity.Law())
    assert bare["US"] == "UNKNOWN"
    american = outcomes(coercivity.Law(overlays=(LOOKED,)))
    assert american == {**bare, "US": "PROCEED"}
    assert outcomes(coercivity.Law(overlays=(chinese,)))["US"] == "UNKNOWN"


def test_a_notice_changes_the_law_it_is_about() -> None:
    """Chinese ore in a magnet melted in Japan is barred from 2027 as written, and not once the clauses are gone."""
    ore = {
        "us_defence_contract": "true",
        "us_above_sat": "true",
        "mined_in": ["CN"],
        "refined_in": ["CN"],
        "separated_in": ["CN"],
        "melted_in": ["JP"],
        "produced_in": ["JP"],
        "other_inputs_upstream_in": [],
        "end_item_made_in": "US",
        "bought_thing": "end_item",
        "cots": "false",
    }
    assume = "us_widening_2027=as_written"

    def found(law: coercivity.Law) -> coercivity.DealAnswers:
        return coercivity.decide_jurisdictions(
            {**FREE, **ore}, jurisdiction="CN,US", on="2027-02-01", assume=assume, law=law
        )

    bare, delayed = found(coercivity.Law()), found(coercivity.Law(overlays=(DELAY,)))
    assert "d7052-ndfeb-2027" in {ground.id for ground in bare.of("US").answer.grounds}
    assert "d7052-ndfeb-2027" not in {ground.id for ground in delayed.of("US").answer.grounds}
    assert json.dumps(bare.of("CN").as_dict()) == json.dumps(delayed.of("CN").as_dict())


@pytest.mark.parametrize("file", [LOOKED, DELAY], ids=["statement", "notice"])
def test_where_its_law_is_not_asked_it_is_refused(file: Content) -> None:
    law = coercivity.Law(overlays=(file,))
    with pytest.raises(CoercivityError) as alone:
        coercivity.decide(FREE, on=DAY, law=law)
    with pytest.raises(CoercivityError) as beside:
        outcomes(law, "CN,EU")
    for raised in (alone, beside):
        assert [fault.code for fault in raised.value.faults] == ["OVERLAY-JURISDICTION"]
        assert "US" in raised.value.faults[0].what


def test_a_jurisdiction_that_does_not_exist_is_refused() -> None:
    """In a notice as in a statement; nothing is left out silently."""
    wrong = Content.of("wrong.yaml", DELAY.content.decode().replace("jurisdiction: US", "jurisdiction: USA"))
    for call in (lambda law: coercivity.decide(FREE, on=DAY, law=law), outcomes):
        with pytest.raises(CoercivityError) as raised:
            call(coercivity.Law(overlays=(wrong,)))
        assert {fault.code for fault in raised.value.faults} == {"JURISDICTION"}
    with pytest.raises(CoercivityError) as asked:
        coercivity.vouch(
            through="2026-11-24", by="Export Control Desk", note="MOFCOM", signed_on="2026-11-24", jurisdiction="Usa"
        )
    assert asked.value.faults[0].nearest == ("US",)


def test_its_proof_names_it_and_is_verified_by_both_readers(tmp_path: Path) -> None:
    law = coercivity.Law(overlays=(LOOKED,))
    found = coercivity.decide_jurisdictions(FREE, jurisdiction="CN,US", on=DAY, law=law)
    proof = found.of("US").answer.proof
    assert [vouch["by"] for vouch in proof["vouches"]] == ["Export Control Desk"]
    assert "vouches" not in found.of("CN").answer.proof
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(found.as_dict()), encoding="utf-8")
    assert [one.stands for one in proof_verify(path, law)] == [True, True, True]
    assert [one.stands for one in proof_verify(path, restate=True)] == [True, True, True]
    assert sorted(one.code for one in proof_verify(path)) == ["", "", "PROOF-PACK"]
