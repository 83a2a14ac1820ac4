"""An assumption has an effect or is an error, and so is a request without a jurisdiction."""

from __future__ import annotations

from typing import Any

import pytest

import coercivity
from coercivity.base.errors import CoercivityError

FACTS: dict[str, object] = {"magnet_type": ["NdFeB"], "us_defence_contract": "true"}


def faults_of(jurisdiction: Any, assume: str | None = None) -> list[tuple[str, str]]:
    """Code and text of every error."""
    try:
        coercivity.decide_jurisdictions(FACTS, jurisdiction=jurisdiction, on="2027-03-01", assume=assume)
    except CoercivityError as error:
        return [(fault.code, fault.what) for fault in error.faults]
    return []


@pytest.mark.parametrize(
    ("jurisdiction", "assume", "code", "words"),
    [
        ("US", "us_defence_contract=lapsed", "INSTRUMENT", "not an instrument that was suspended"),
        ("US", "bis=lapsed", "INSTRUMENT", "not an instrument that was suspended"),
        ("EU", "nonsense", "ASSUME", "neither lapsed nor extended"),
        ("US", "62=lapsed", "ASSUME", "'62=lapsed' is about the law of CN, which is not asked"),
        ("CN,EU", "us-bis-affiliates=lapsed", "ASSUME", "is about the law of US, which is not asked"),
        ("EU", "us_widening_2027=repealed", "ASSUME", "'us_widening_2027' is about the law of US, which is not asked"),
    ],
)
def test_an_assumption_without_effect_is_an_error(jurisdiction: str, assume: str, code: str, words: str) -> None:
    """It was left out in silence."""
    ((found, what),) = faults_of(jurisdiction, assume)
    assert found == code
    assert words in what


@pytest.mark.parametrize(
    ("jurisdiction", "assume"),
    [("CN,US", "62=lapsed"), ("US", "us-bis-affiliates=lapsed"), ("EU", "lapsed"), ("EU", "crma_28_act=not_adopted")],
)
def test_an_assumption_about_a_law_that_is_asked_is_taken(jurisdiction: str, assume: str) -> None:
    assert faults_of(jurisdiction, assume) == []


@pytest.mark.parametrize("jurisdiction", [None, [], (), 0])
def test_no_jurisdiction_is_an_error_of_its_own(jurisdiction: object) -> None:
    assert faults_of(jurisdiction) == [("JURISDICTION", "no jurisdiction given")]
