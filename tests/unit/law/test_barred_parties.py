"""Firms under an order of the Anti-Foreign Sanctions Law are never let go, whichever list they have left."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from coercivity.base.days import parse_day
from coercivity.base.errors import Faults
from coercivity.cases.files import packed_standing
from coercivity.cases.gather import gather
from coercivity.law.engine.decide import Decision, decide
from coercivity.law.explain.proof import proof
from coercivity.law.recheck.check import recheck
from tests.support import BOOK

ON = parse_day("2026-09-01")
with (Path(__file__).parent / "barred_parties.csv").open(encoding="utf-8", newline="") as stream:
    BARRED = list(csv.DictReader(stream))

GOODS = {
    "act": "goods",
    "form": "magnet",
    "magnet_type": ["ferrite"],
    "elements": [],
    "from": "CN",
    "exporter_nationality": "CN",
    "exporter_place": "CN",
}
KNOW_HOW = {
    "act": "technology",
    "form": "technology",
    "public_domain": "false",
    "process_stage": "none",
    "technology_topic": "other",
    "catalogue_part": "none",
    "from": "CN",
    "exporter_nationality": "CN",
    "exporter_place": "CN",
}
SERVICE = {
    "act": "service",
    "form": "none",
    "process_stage": "none",
    "serves_stage": "none",
    "technology_passes": "false",
    "exporter_nationality": "CN",
}
# Foreign firms on no list, some of them with a name that begins like a listed one.
FREE = ("Nordfeld Antriebe GmbH", "Boeing Employees Choir", "Hudson Valley Cider Works", "Raytown Bakery")


def decided(country: str, facts: dict[str, Any], **names: str) -> Decision:
    """The decision with every compliance declaration given, among them that nobody was found on a list."""
    places: dict[str, Any] = {"to": country}
    if facts["act"] == "service":
        places = {"from": country, "to": country, "exporter_place": country, "activity_place": country}
    if facts["act"] != "goods":
        places["recipient_nationality"] = country
    faults = Faults()
    deal = gather(BOOK, {**facts, **places, **names}, standing=packed_standing(), where="test", faults=faults)
    faults.raise_if_any()
    return decide(BOOK, deal, ON)


@pytest.mark.parametrize("facts", [GOODS, KNOW_HOW, SERVICE], ids=["goods", "know_how", "service"])
@pytest.mark.parametrize("party", BARRED, ids=[party["name_en"] for party in BARRED])
def test_a_barred_firm_is_never_let_go(party: dict[str, str], facts: dict[str, Any]) -> None:
    """As consignee or end user, under its English or its Chinese name."""
    for role in ("consignee", "end_user"):
        for name in (party["name_en"], party["name_zh"]):
            assert decided(party["country"], facts, **{role: name}).outcome.value != "PROCEED", (role, name)


@pytest.mark.parametrize("facts", [GOODS, KNOW_HOW, SERVICE], ids=["goods", "know_how", "service"])
@pytest.mark.parametrize("name", FREE)
def test_a_firm_on_no_list_can_be_let_go(name: str, facts: dict[str, Any]) -> None:
    """The same deals with somebody else."""
    assert decided("US", facts, consignee=name, end_user=name).outcome.value == "PROCEED"


def test_most_of_them_are_stopped() -> None:
    """Only the two institutions whose dealings are restricted, not barred, stay open."""
    found = {party["name_en"]: decided(party["country"], GOODS, consignee=party["name_en"]) for party in BARRED}
    left = {name for name, decision in found.items() if decision.outcome.value != "STOP"}
    assert left == {"Hudson Institute", "Reagan Library"}
    assert {found[name].outcome.value for name in left} == {"UNKNOWN"}


def test_a_listing_that_ended_does_not_free_a_firm_under_an_order() -> None:
    """Exovera left two lists and is still under MFA Order 12/2024; the second reader says the same."""
    decision = decided("US", GOODS, consignee="Exovera")
    body = proof(BOOK, decision)
    assert decision.outcome.value == "STOP"
    assert recheck(body, BOOK.folder) == []
