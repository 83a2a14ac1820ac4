"""An audit trail is complete: recomputed from its own text it is identical, and a changed word is noticed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.law.explain.proof import parse_assumption, proof, verify
from tests.support import BOOK, DY_MAGNET, SINTERING_RECIPE, on


def written(facts: str) -> dict[str, Any]:
    """The proof of a deal as it is read from a file."""
    body: dict[str, Any] = json.loads(json.dumps(proof(BOOK, on(facts, "2026-03-02"))))
    return body


@pytest.mark.parametrize(
    "facts",
    [
        f"{DY_MAGNET}, to: DE",
        "act: goods, form: magnet, magnet_type: [NdFeB], dy_mass_share: [0.01, 0.04], from: CN, to: DE, origin: CN",
        f"{DY_MAGNET}, to: DE, military_use: unknown, listed_owner_share: [0, 0.49]",
        SINTERING_RECIPE,
    ],
)
def test_facts_of_every_type_are_read_back_from_a_proof(facts: str) -> None:
    assert verify(BOOK, written(facts)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("form", "oxide"),
        ("to", "JP"),
        ("listed_owner_share", ["0", "0.5"]),
        ("security_risk", True),
        ("elements", ["Nd"]),
    ],
)
def test_a_fact_that_is_changed_is_noticed(name: str, value: object) -> None:
    body = written(f"{DY_MAGNET}, to: DE, listed_owner_share: [0, 0.49]")
    (entry,) = [entry for entry in body["facts"] if entry["fact"] == name]
    assert entry["value"] != value
    entry["value"] = value
    assert verify(BOOK, body)[0] == "the content does not match the stated hash"


def test_another_form_of_proof_is_a_fault() -> None:
    with pytest.raises(CoercivityError, match="PROOF-FORM"):
        verify(BOOK, {**written(f"{DY_MAGNET}, to: DE"), "schema": "coercivity/proof/0"})


def test_an_assumption_is_a_lapse_or_a_new_last_day() -> None:
    lapsed, longer = parse_assumption("lapsed"), parse_assumption("extended:2027-11-10")
    assert (lapsed.lapsed, lapsed.extended_through) == (True, None)
    assert (longer.lapsed, str(longer.extended_through)) == (False, "2027-11-10")
    for text in ("extended", "until:2027-11-10", "extended:soon", ""):
        with pytest.raises(ValueError, match=r"."):
            parse_assumption(text)
