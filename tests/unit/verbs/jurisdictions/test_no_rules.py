"""A law of which the rulebook has no rule is no ground for PROCEED."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import coercivity
from coercivity.base.words import Lang
from coercivity.verbs.proofs import proof_verify


@pytest.mark.parametrize("code", ["JP", "IN"])
@pytest.mark.parametrize("facts", [{}, {"act": "goods", "form": "oxide", "elements": ["Dy"], "from": "JP", "to": "KR"}])
@pytest.mark.parametrize("on", ["2024-01-01", "2026-09-01", "2026-11-27"])
def test_a_law_without_rules_leaves_every_deal_open(
    code: str, facts: dict[str, object], on: str, tmp_path: Path
) -> None:
    """For Japan there is one statement, recalled, that nothing was found; its own export control was not read."""
    found = coercivity.decide_jurisdictions(facts, jurisdiction=code, on=on)
    assert found.outcome.value == "UNKNOWN"
    told = " ".join(line.strip() for line in found.lines("en"))
    assert "rules of this law not included" in told
    assert "this result says nothing about that law" in told
    assert "of that date" not in told
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(found.as_dict()), encoding="utf-8")
    assert [one.stands for one in proof_verify(path)] == [True]


@pytest.mark.parametrize(("lang", "words"), [("en", "the rules of this law as a whole"), ("zh", "该法域的全部规则")])
def test_what_is_to_be_checked_for_newer_notices_is_named_in_words(lang: Lang, words: str) -> None:
    """It was called `pack`."""
    found = coercivity.decide_jurisdictions(
        {"magnet_type": ["NdFeB"], "from": "JP"}, jurisdiction="VN", on="2026-11-27"
    )
    text = "".join(line.strip() if lang == "zh" else f" {line.strip()}" for line in found.lines(lang))
    assert words in text
    assert "pack" not in text
