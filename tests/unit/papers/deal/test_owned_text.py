"""A result says which of its facts are from the ownership file of its user."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coercivity.base.words import Lang
from coercivity.verbs.decide import decide
from coercivity.verbs.law import Law

FALSE = (
    "military_user military_use raises_military_strength wmd_use terrorist_use security_risk notice ai_military_rd"
    " drone_item under_end_user_promise listed_elsewhere to_be_separated"
)
STANDING = {
    **dict.fromkeys(FALSE.split(), "false"),
    **{"party_sets": [], "bars": [], "knowledge": "none", "chip_use": "none", "licence_change": "none"},
}
SAID: dict[str, Any] = {"said_by": "export desk", "said_on": "transaction date"}
NAME = "Muster Magnettechnik GmbH"
DEAL = {"act": "goods", "form": "magnet", "magnet_type": ["ferrite"], "elements": [], "from": "CN", "to": "DE"}


@pytest.mark.parametrize(("lang", "told"), [("en", "2 from the ownership file"), ("zh", "2项取自股权文件")])
def test_facts_of_the_ownership_file_are_not_ascribed_to_the_screening(tmp_path: Path, lang: Lang, told: str) -> None:
    path = tmp_path / "owners.csv"
    path.write_text(f"owner,owned,percent\nGeneral Dynamics,{NAME},60\n", encoding="utf-8")
    facts = {**DEAL, "consignee": NAME, "end_user": NAME}
    found = decide(facts, on="2025-10-20", standing=STANDING, **SAID, law=Law(ownership=path))
    assert found.outcome.value == "PROCEED"
    lines = [line.strip() for line in found.lines(lang)]
    assert told in lines
    assert not [line for line in lines if "screening of names" in line or "名单筛查" in line]


@pytest.mark.parametrize("stated", ["Example Founder", "General Dynamics"])
@pytest.mark.parametrize(("consignee", "end_user"), [(NAME, NAME), (NAME, "Beispiel GmbH"), ("Beispiel GmbH", NAME)])
def test_a_file_that_leaves_half_open_leaves_the_question_open(
    tmp_path: Path, stated: str, consignee: str, end_user: str
) -> None:
    """A file that states less than all owners must free no deal that waits for an answer without it."""
    path = tmp_path / "owners.csv"
    path.write_text(f"owner,owned,percent\n{stated},{NAME},30\n", encoding="utf-8")
    facts = {**DEAL, "consignee": consignee, "end_user": end_user}
    for law in (Law(), Law(ownership=path)):
        found = decide(facts, on="2025-10-20", standing=STANDING, **SAID, law=law)
        assert (found.outcome.value, found.question and found.question.fact) == ("UNKNOWN", "listed_owner_share")


def test_a_declared_share_gives_way_to_a_file_that_leaves_half_open(tmp_path: Path) -> None:
    path = tmp_path / "owners.csv"
    path.write_text(f"owner,owned,percent\nGeneral Dynamics,{NAME},30\n", encoding="utf-8")
    facts = {**DEAL, "consignee": NAME, "end_user": NAME}
    standing = {**STANDING, "listed_owner_share": "0"}
    found = decide(facts, on="2025-10-20", standing=standing, **SAID, law=Law(ownership=path))
    assert (found.outcome.value, found.question and found.question.fact) == ("UNKNOWN", "listed_owner_share")


@pytest.mark.parametrize(
    ("lang", "listed"),
    [("en", "General Dynamics [control list (export control)]"), ("zh", "General Dynamics [出口管制管控名单]")],
)
def test_a_stop_for_an_owner_names_list_share_and_chain(tmp_path: Path, lang: Lang, listed: str) -> None:
    path = tmp_path / "owners.csv"
    path.write_text(
        f"owner,owned,percent\nGeneral Dynamics,Example Holding,70\nExample Holding,{NAME},60\n", encoding="utf-8"
    )
    facts = {**DEAL, "act": "reexport", "magnet_type": ["SmCo"], "elements": ["Sm"], "from": "SG", "to": "AU"}
    facts |= {"exporter_nationality": "SG", "origin": "CN", "consignee": NAME, "end_user": NAME}
    found = decide(facts, on="2025-10-22", standing=STANDING, **SAID, law=Law(ownership=path))
    assert found.outcome.value == "STOP"
    [source] = [one["said_by"] for one in found.proof["facts"] if one["fact"] == "listed_owner_list"]
    chain = f"-- 70 % -> Example Holding; Example Holding -- 60 % -> {NAME}"
    assert source.endswith(f": General Dynamics [control_list] {chain}")
    told = " ".join(" ".join(found.lines(lang)).split())
    assert f"{listed} {chain}".replace(" ", "") in told.replace(" ", "")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_open_share_says_whose_share_to_state(tmp_path: Path, lang: Lang) -> None:
    path = tmp_path / "owners.csv"
    path.write_text(f"owner,owned,percent\nExample Founder,{NAME},30\n", encoding="utf-8")
    found = decide({**DEAL, "end_user": NAME}, on="2025-10-20", standing=STANDING, **SAID, law=Law(ownership=path))
    told = "".join("".join(found.lines(lang)).split())
    assert f"?--70%->{NAME}".replace(" ", "") in told


@pytest.mark.parametrize("fact", ["consignee", "end_user"])
@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "'FN Herstal' is on the control list (export control) (MOFCOM 20/2026, since 2026-04-24, in force)"),
        ("zh", "“FN Herstal”列于出口管制管控名单"),
    ],
)
def test_a_listing_that_does_not_reach_the_goods_is_told(fact: str, lang: Lang, told: str) -> None:
    facts = {**DEAL, "consignee": NAME, "end_user": NAME, fact: "FN Herstal", "listed_owner_share": "0"}
    found = decide(facts, on="2026-06-30", standing=STANDING, said_by="export desk", said_on="transaction date")
    assert found.outcome.value == "PROCEED"
    assert "".join(told.split()) in "".join("".join(found.lines(lang)).split())
    before = decide(
        facts, on="2026-03-30", standing=STANDING, said_by="export desk", said_on="transaction date"
    )  # not yet listed
    assert "列于" not in "".join(before.lines("zh"))
    barred = decide({**facts, "magnet_type": ["NdFeB"], "elements": ["Nd", "Dy"]}, on="2026-06-30", standing=STANDING)
    assert barred.outcome.value == "STOP"
    assert "列于" not in "".join(barred.lines("zh"))
