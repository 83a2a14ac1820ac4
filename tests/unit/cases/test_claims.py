"""Claims about a deal next to its facts: labels, orders and declarations may contradict them."""

from __future__ import annotations

import pytest

from coercivity.base.errors import Faults
from coercivity.cases.claims import Claim, disagreements, read_claims
from coercivity.data.textyaml import load_text
from coercivity.data.values import SetValue
from tests.support import BOOK, DY_MAGNET, deal


def claims(text: str) -> tuple[tuple[Claim, ...], Faults]:
    faults = Faults()
    return read_claims(BOOK.catalogue, load_text(f"claims: {text}")["claims"], "case.yaml", faults), faults


def test_each_claim_keeps_who_makes_it() -> None:
    found, faults = claims("{order: {elements: [Nd, Pr], form: magnet}, label: {origin: JP}}")
    assert faults.items == []
    assert found == (
        Claim("order", "elements", SetValue(frozenset({"Nd", "Pr"}))),
        Claim("order", "form", "magnet"),
        Claim("label", "origin", "JP"),
    )


@pytest.mark.parametrize(
    ("text", "code", "what"),
    [
        ("[order]", "CASE-FORM", "claims must be a mapping of sources to facts"),
        ("{order: magnet}", "CASE-FORM", "claims of 'order' must be a mapping of facts to values"),
        ("{order: {form: magnett}}", "FACT-VALUE", "magnett"),
    ],
)
def test_what_is_no_claim_is_told(text: str, code: str, what: str) -> None:
    found, faults = claims(text)
    assert found == ()
    (fault,) = faults.items
    assert fault.code == code
    assert what in fault.what
    assert fault.where.startswith("case.yaml")


def test_one_faulty_claim_does_not_hide_the_others() -> None:
    found, faults = claims("{order: magnet, label: {form: magnet, origin: nowhere}}")
    assert found == (Claim("label", "form", "magnet"),)
    assert len(faults.items) == 2


def test_a_claim_disagrees_with_another_value_and_with_what_cannot_be_true_beside_it() -> None:
    judged = deal(f"{DY_MAGNET}, to: DE")
    agreed, _ = claims("{order: {form: magnet, elements: [Nd, Pr, Dy]}}")
    assert list(disagreements(judged, agreed)) == []
    other, _ = claims("{order: {elements: [Nd, Pr]}}")
    (found,) = disagreements(judged, other)
    assert found.claim == other[0]
    assert found.against == {"elements": SetValue(frozenset({"Nd", "Pr", "Dy"}))}
    measured, _ = claims("{label: {dy_mass_share: '0'}}")
    (found,) = disagreements(judged, measured)
    assert set(found.against) == {"elements"}
    traces, _ = claims("{label: {dy_mass_share: '0.02'}}")
    assert list(disagreements(judged, traces)) == []
