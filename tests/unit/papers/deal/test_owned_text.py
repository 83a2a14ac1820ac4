"""A result says which of its facts are from the ownership file of its user."""

from __future__ import annotations

from pathlib import Path

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
SAID = {"said_by": "export desk", "said_on": "transaction date"}
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
