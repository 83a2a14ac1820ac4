"""Commit messages are held to the rules of CONTRIBUTING.md."""

from __future__ import annotations

import pytest

from tools.subject import faults

BODY = "\n\nA body says why.\n"


@pytest.mark.parametrize("subject", ["Report faults by field name", "Embed the fonts", "Bring packs up to date"])
def test_a_good_message(subject: str) -> None:
    """An instruction with a reason."""
    assert faults(subject + BODY) == []


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ("Added a rule" + BODY, "instruction"),
        ("Fixing a rule" + BODY, "instruction"),
        ("add a rule" + BODY, "capital"),
        ("Add a rule." + BODY, "full stop"),
        ("Add " + "a" * 70 + BODY, "74 characters"),
        ("Add a rule", "body"),
        ("Add a rule\nat once\n", "body"),
        ("", "capital"),
    ],
)
def test_what_is_to_be_changed(message: str, fault: str) -> None:
    """Each fault is named."""
    assert any(fault in line for line in faults(message))
