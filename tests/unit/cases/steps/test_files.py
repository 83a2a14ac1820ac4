"""Files in which a step, or the law that is asked, would be lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError, Fault
from coercivity.cases.files import read_cases
from coercivity.law.rules.load import load_rulebook
from coercivity.verbs.jurisdictions.decide import steps_of

ROW = "{step: alloy_melted, country: CN, share: 1, by: maker, evidence: declared, on: 2026-03-01}"


def fault_of(path: Path, text: str) -> Fault:
    """The only fault of a file of deals."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        read_cases(load_rulebook(), path)
    (fault,) = caught.value.faults
    return fault


@pytest.mark.parametrize("text", [f"step:\n- {ROW}\nsteps:\n- {ROW}\n", f"Steps:\n- {ROW}\nsteps:\n- {ROW}\n"])
def test_a_list_under_another_name_is_not_left_out(tmp_path: Path, text: str) -> None:
    path = tmp_path / "steps.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        steps_of(path)
    assert [(fault.code, fault.nearest) for fault in caught.value.faults] == [("KEY-UNKNOWN", ("steps",))]


@pytest.mark.parametrize("text", ["[]\n", "steps: []\n", "chain: []\n"])
def test_a_file_without_a_step_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "steps.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        steps_of(path)
    assert caught.value.faults[-1].code == "STEP-FORM"


@pytest.mark.parametrize("key", ["step", "Steps", "stepps", "setps"])
def test_a_misspelt_list_of_steps_in_a_deal_is_an_error(tmp_path: Path, key: str) -> None:
    fault = fault_of(tmp_path / "deals.yaml", f"deals:\n- id: a\n  facts: {{act: goods}}\n  {key}: [{ROW}]\n")
    assert (fault.code, fault.nearest) == ("KEY-UNKNOWN", ("steps",))


@pytest.mark.parametrize("key", ["jurisdiction", "jurisdictions", "Jurisdiction"])
@pytest.mark.parametrize("text", ["{0}: US\ndeals:\n- id: a\n", "deals:\n- id: a\n  {0}: US\n"])
def test_a_file_does_not_choose_the_law(tmp_path: Path, key: str, text: str) -> None:
    """It would be answered under Chinese law alone."""
    fault = fault_of(tmp_path / "deals.yaml", text.format(key) + "  facts: {act: goods}\n")
    assert (fault.code, fault.next) == ("KEY-UNKNOWN", "name the jurisdictions with --jurisdiction")
