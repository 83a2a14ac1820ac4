"""Rows on the steps of a chain: every error at once, with the nearest names."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.files import read_cases
from coercivity.cases.steps.rows import read_steps
from coercivity.law.rules.load import load_rulebook

BOOK = load_rulebook()
SAID = {"by": "maker", "evidence": "declared", "on": "2026-03-01"}


def faults_of(*entries: object) -> list[tuple[str, str, str]]:
    """Place, code and nearest name of every error."""
    faults = Faults()
    read_steps(BOOK, list(entries), "steps", faults)
    return [(str(f.where), f.code, f.nearest[0] if f.nearest else "") for f in faults.items]


def test_every_error_of_every_row_is_reported_at_once() -> None:
    found = faults_of(
        {"step": "sintring", "country": "China", "share": "1.2", "evidence": "declard", "on": "2026-02-30", "by": "a"},
        {**SAID, "step": "sintered", "element": "Dy", "contry": "CN"},
        {"step": "mined", "element": "Dysprosium", "country": "XX"},
        "mined in China",
    )
    assert found == [
        ("steps, step 1, step", "STEP-FORM", "sintered"),
        ("steps, step 1, evidence", "STEP-FORM", "declared"),
        ("steps, step 1, on", "DATE", ""),
        ("steps, step 1, country", "STEP-FORM", "CN"),
        ("steps, step 1, share", "STEP-SHARE", ""),
        ("steps, step 2", "STEP-FORM", "country"),
        ("steps, step 2, element", "STEP-FORM", ""),
        ("steps, step 3, by", "STEP-FORM", ""),
        ("steps, step 3, evidence", "STEP-FORM", ""),
        ("steps, step 3, on", "STEP-FORM", ""),
        ("steps, step 3, element", "STEP-FORM", ""),
        ("steps, step 3, country", "STEP-FORM", ""),
        ("steps, step 4", "STEP-FORM", ""),
    ]


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ("0.5", "0.5", []),
        ("0.5", ["0.4", "0.6"], []),
        ("0.6", "0.5", ["STEP-SHARE"]),
        (["0.6", "1"], ["0.5", "1"], ["STEP-SHARE"]),
    ],
)
def test_the_shares_of_a_step_sum_to_one_at_most(first: object, second: object, codes: list[str]) -> None:
    found = faults_of(
        {**SAID, "step": "sintered", "country": "JP", "share": first},
        {**SAID, "step": "sintered", "country": "DE", "share": second},
    )
    assert [code for _, code, _ in found] == codes


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        ({"share": "0"}, ["STEP-CONFLICT"]),
        ({"share": ["0", "0.5"]}, ["STEP-CONFLICT"]),
        ({"share": ["0.5", "1"]}, []),
        ({"share": "0", "evidence": "inferred"}, []),
        ({"share": "0", "country": "CN"}, []),
    ],
)
def test_two_statements_of_which_only_one_can_be_true_contradict_each_other(
    other: dict[str, object], codes: list[str]
) -> None:
    first = {**SAID, "step": "alloy_melted", "country": "JP", "share": "1"}
    assert [code for _, code, _ in faults_of(first, {**first, "by": "auditor", **other})] == codes


def test_a_file_of_deals_takes_steps_and_reports_their_errors_with_its_own(tmp_path: Path) -> None:
    path = tmp_path / "deals.yaml"
    path.write_text(
        "deals:\n"
        "- id: a\n"
        "  facts: {act: goods, form: magnett, magnet_type: [NdFeB]}\n"
        "  steps:\n"
        "  - {step: metal, country: VN, technology: CN, by: maker, evidence: declard, on: '2026-03-01'}\n"
    )
    with pytest.raises(CoercivityError) as caught:
        read_cases(BOOK, path)
    assert [fault.code for fault in caught.value.faults] == ["FACT-VALUE", "STEP-FORM"]
    path.write_text(path.read_text().replace("magnett", "magnet").replace("declard", "declared"))
    (case,) = read_cases(BOOK, path)
    assert case.deal.facts["technology_origin"] == "CN"
    assert case.deal.said_by["technology_origin"] == "steps: maker (declared, 2026-03-01)"
    assert "melted_in" not in case.deal.facts
