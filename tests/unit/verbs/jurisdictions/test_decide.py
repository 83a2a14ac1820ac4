"""One deal under several jurisdictions: one answer for each, the most restrictive first; China as it is without them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import coercivity
from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import Law
from coercivity.law.rules.jurisdictions.names import abroad_folder
from coercivity.verbs.cases import case_files
from coercivity.verbs.jurisdictions.decide import file_in_jurisdictions, text_in_jurisdictions
from coercivity.verbs.proofs import proof_verify

MAGNET = {
    "act": "goods",
    "form": "magnet",
    "magnet_type": ["NdFeB"],
    "elements": ["Nd", "Dy"],
    "from": "CN",
    "to": "US",
}
DEFENCE = {
    "us_defence_contract": "true",
    "us_above_sat": "true",
    "bought_thing": "end_item",
    "cots": "false",
    "end_item_made_in": "US",
    "subject_to_ear": "false",
    "other_inputs_upstream_in": [],
    "melted_in": ["JP"],
    "produced_in": ["JP"],
    "mined_in": ["CN"],
    "refined_in": ["CN"],
    "separated_in": ["CN"],
}


def test_the_gravest_answer_is_on_top_and_each_has_its_own_ground_and_proof() -> None:
    """Chinese-melted magnets for a US defence contract: a licence here, a ban there."""
    facts = {**MAGNET, **DEFENCE, "melted_in": ["CN"]}
    found = coercivity.decide_jurisdictions(facts, jurisdiction="CN,US", on="2026-10-01")
    assert [(side.jurisdiction, side.outcome.value) for side in found.sides] == [
        ("US", "STOP"),
        ("CN-foreign-rules", "UNKNOWN"),
        ("CN", "LICENCE"),
    ]
    assert found.outcome.value == "STOP"
    assert {side.answer.grounds[0].id for side in found.sides} == {"d7052-made", "d834-13", "a18-1c905"}
    assert len({side.answer.proof["hash"] for side in found.sides}) == 3


@pytest.mark.parametrize("jurisdiction", ["CN", "CN,US,EU", "EU,CN"])
def test_the_answer_of_china_is_that_without_other_jurisdictions(jurisdiction: str) -> None:
    """With facts that only others ask for, and with compliance declarations; data and proof to the last byte."""
    standing = coercivity.Standing("the exporter", {"military_use": "false", "wmd_use": "false"}, said_on="2026-09-30")
    alone = coercivity.decide(MAGNET, on="2026-10-01", standing=standing)
    beside = coercivity.decide_jurisdictions(
        {**MAGNET, **DEFENCE}, jurisdiction=jurisdiction, on="2026-10-01", standing=standing
    )
    assert beside.of("CN").answer.as_dict() == alone.as_dict()
    assert list(beside.of("CN").answer.lines("en", explain=True)) == list(alone.lines("en", explain=True))


def test_every_proof_is_verified_by_both_readers(tmp_path: Path) -> None:
    """Each names its jurisdiction; that of Chinese export control names none, as ever."""
    found = coercivity.decide_jurisdictions({**MAGNET, **DEFENCE}, jurisdiction="CN,US,EU,VN,MY,JP,IN", on="2026-11-27")
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(found.as_dict()), encoding="utf-8")
    verified = proof_verify(path)
    assert len(verified) == 8
    assert all(one.stands for one in verified)
    changed = path.read_text(encoding="utf-8").replace('"jurisdiction": "US"', '"jurisdiction": "EU"')
    path.write_text(changed, encoding="utf-8")
    assert [one.stands for one in proof_verify(path)].count(False) == 1


def test_an_open_scenario_is_told_for_each_of_its_values() -> None:
    """The widening of 2027 as written bars the magnet; the others leave it to the scenario-free rest."""
    facts = {"magnet_type": ["NdFeB"], **DEFENCE}
    (us,) = coercivity.decide_jurisdictions(facts, jurisdiction="US", on="2027-03-01").sides
    assert [(way.picks["us_widening_2027"], way.outcome.value) for way in us.ways] == [
        ("as_written", "STOP"),
        ("repealed", "UNKNOWN"),
        ("deferred", "UNKNOWN"),
    ]
    (assumed,) = coercivity.decide_jurisdictions(
        facts, jurisdiction="US", on="2027-03-01", assume="us-widening-2027=as_written"
    ).sides
    assert (assumed.outcome.value, assumed.ways) == ("STOP", ())
    (fact,) = [one for one in assumed.answer.proof["facts"] if one["fact"] == "us_widening_2027"]
    assert fact["said_by"] == "assumption"


def test_an_obligation_leaves_the_deal_free_and_an_open_one_names_what_is_missing() -> None:
    """The subcontract clause of a covered contract; the risk assessment of a large company."""
    facts = {**DEFENCE, "magnet_type": ["NdFeB"]}
    found = coercivity.decide_jurisdictions(facts, jurisdiction="US,EU", on="2025-06-30")
    assert (found.of("US").outcome.value, found.of("US").obligations) == ("PROCEED", ("d7052-flow",))
    assert found.of("EU").outcome.value == "PROCEED"
    assert found.of("EU").open_obligations == {
        "crma24-assess": ["eu_named_large_company", "months_since_risk_assessment"],
        "crma24-board": ["eu_named_large_company", "crma_amend"],
    }
    told = " ".join(line.strip() for line in found.of("EU").lines("en"))
    assert "[crma24-assess]; missing: named large company (EU) [eu_named_large_company]" in told


@pytest.mark.parametrize(
    ("step", "on", "clause"),
    [
        ({"melted_in": ["HK"]}, "2025-06-30", "d7052-made-sar"),
        ({"produced_in": ["JP", "MO"]}, "2025-06-30", "d7052-made-sar"),
        ({"end_item_made_in": "HK"}, "2025-06-30", "d7052-made-sar"),
        ({"separated_in": ["HK"]}, "2027-03-01", "d7052-upstream-sar"),
        ({"other_inputs_upstream_in": ["MO"]}, "2027-03-01", "d7052-upstream-sar"),
    ],
)
def test_a_step_in_hong_kong_or_macao_is_open_under_the_clause(step: dict[str, object], on: str, clause: str) -> None:
    """The texts read do not say whether these count as China."""
    clean = {"mined_in": ["AU"], "refined_in": ["MY"], "separated_in": ["MY"], "us_widening_2027": "as_written"}
    facts = {**DEFENCE, "magnet_type": ["NdFeB"], **clean}

    def unclear(more: dict[str, object]) -> tuple[str, bool]:
        (us,) = coercivity.decide_jurisdictions({**facts, **more}, jurisdiction="US", on=on).sides
        return us.outcome.value, any(clause in line for line in us.lines("en"))

    assert unclear(step) == ("UNKNOWN", True)
    assert not unclear({})[1]
    assert coercivity.decide_jurisdictions(facts, jurisdiction="US", on="2025-06-30").outcome.value == "PROCEED"


def test_a_file_answers_for_each_deal() -> None:
    """A file of worked cases of the other side, each with its own date."""
    book = Law().book()
    (path,) = [
        path for path in case_files(Law(pack=abroad_folder()).book()) if path.parent.name == "us-ndaa-fy2023-857"
    ]
    found = file_in_jurisdictions(path, jurisdiction="US,CN")
    assert [one.id for one in found][:2] == ["os21", "os22"]
    assert found[1].of("US").obligations == ("s857-disclose",)
    assert found[0].of("CN").answer.book is book


def test_words_are_read_once_and_shared() -> None:
    """What the text says of the magnet reaches both laws; the answer of China is that of the text alone."""
    words, extra = (
        "sintered NdFeB magnets with 2 % Dy, Ningbo to Texas",
        {"us_defence_contract": "true", "melted_in": ["CN"]},
    )
    (found,) = text_in_jurisdictions(words, jurisdiction="CN,US", on="2026-10-01", facts=extra)
    alone = coercivity.decide(text=words, on="2026-10-01").answers[0]
    assert found.of("CN").answer.as_dict() == alone.as_dict()
    assert [ground.id for ground in found.of("US").answer.grounds] == ["d7052-made", "d7052-flow"]


def test_every_error_of_a_request_is_reported_at_once() -> None:
    """Jurisdictions, scenarios, facts and dates, each with the nearest names."""
    with pytest.raises(CoercivityError) as caught:
        coercivity.decide_jurisdictions(
            {"mined_in": ["Chinaa"], "us_defense_contract": "true", "covered_weight_share": "1.2"},
            jurisdiction="CN,USA,US,US",
            on="2027-02-30",
            assume="=as_written,us_widening_2027=as_writen,us_widning=x",
        )
    told = {(str(fault.where), fault.code, fault.nearest[:1]) for fault in caught.value.faults}
    assert told == {
        ("jurisdiction", "JURISDICTION", ("US",)),
        ("jurisdiction", "JURISDICTION", ()),
        ("assume", "SCENARIO", ()),
        ("assume: us_widening_2027", "FACT-VALUE", ("as_written",)),
        ("assume", "SCENARIO", ("us_widening_2027",)),
        ("on", "DATE", ()),
        ("facts: mined_in", "FACT-VALUE", ("CN",)),
        ("facts", "FACT-UNKNOWN", ("us_defence_contract",)),
        ("facts: covered_weight_share", "FACT-VALUE", ()),
    }


@pytest.mark.parametrize("assume", ["us_widening_2027", "us_widening_2027=", "US-widening-2027 = "])
def test_a_branch_without_a_name_is_refused_with_those_that_there_are(assume: str) -> None:
    with pytest.raises(CoercivityError) as caught:
        coercivity.decide_jurisdictions(MAGNET, jurisdiction="US", on="2027-02-01", assume=assume)
    assert [(fault.code, fault.next) for fault in caught.value.faults] == [
        ("SCENARIO", "one of: as_written, repealed, deferred")
    ]


def test_what_would_change_each_result_is_told_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    """`--flips` and `--windows`, for each law; that on China as without the option."""
    from coercivity.cli.app import main

    facts = [f"{name}={';'.join(v) if isinstance(v, list) else v}" for name, v in {**MAGNET, **DEFENCE}.items() if v]
    words = [part for fact in facts for part in ("--fact", fact)]
    deal = ["decide", "--on", "2027-01-05", "--flips", "--windows", *words, "--fact", "other_inputs_upstream_in=[]"]
    assert main([*deal, "--jurisdiction", "CN,US"]) == 30
    text = capsys.readouterr().out
    assert "STOP if scenario: US widening of 2027 is as_written (now: not given)" in text
    assert "2027-01-01 - 2029-12-31  UNKNOWN" in text
    assert main([*deal, "--jurisdiction", "CN,US", "--json"]) == 30
    sides = {one["jurisdiction"]: one for one in json.loads(capsys.readouterr().out)[0]["jurisdictions"]}
    own = {**MAGNET}
    pairs = [part for n, v in own.items() for part in ("--fact", f"{n}={';'.join(v) if isinstance(v, list) else v}")]
    main(["decide", "--on", "2027-01-05", "--flips", "--windows", "--json", *pairs])
    alone = json.loads(capsys.readouterr().out)[0]
    assert sides["CN"]["flips"] == alone["flips"]
    assert sides["CN"]["windows"] == alone["windows"]
    assert sides["US"]["windows"][-1]["outcome"] == "UNKNOWN"


def test_licence_papers_are_about_china_and_every_fault_is_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """The option, the jurisdiction and the date."""
    from coercivity.cli.app import main

    words = ["--jurisdiction", "CN,UX", "--on", "2027-01-35", "--papers", "--fact", "act=goods"]
    assert main(["decide", *words]) == 2
    wrong = capsys.readouterr().err
    assert "--papers cannot be combined with several jurisdictions" in wrong
    assert "jurisdiction 'UX' not found" in wrong
    assert "2027-01-35 does not exist" in wrong
