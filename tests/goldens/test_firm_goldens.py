"""Output of `clock` in English and Chinese, and the results of the motor maker's deals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coercivity.base.words import Lang
from coercivity.cli.commands.firm import clock
from coercivity.law.explain.reasons import grounds
from coercivity.verbs.replay import replay
from tests.places import ROOT
from tests.support import BOOK

EXAMPLES = ROOT / "examples"
DEALS = """
standing: worked_cases
deals:
- id: licence
  title: Magnets with dysprosium
  facts: {act: goods, form: magnet, magnet_type: [NdFeB], elements: [Nd, Dy], from: CN, to: DE, origin: CN}
- id: stop
  title: The same for a missile maker
  facts: {act: goods, form: magnet, magnet_type: [NdFeB], elements: [Nd, Dy], from: CN, to: US, military_use: true}
- id: free
  title: Magnets with neodymium only
  facts: {act: goods, form: magnet, magnet_type: [NdFeB], elements: [Nd], from: CN, to: DE, origin: CN}
"""


def test_outcomes_of_the_motor_maker(golden: Callable[[str, str], None]) -> None:
    """Every row on four days: outcome, what a licence may become, finding, and the clauses that bite or might."""
    lines = []
    for row in replay(EXAMPLES / "ev-motor", ["2025-10-20", "2026-03-02", "2026-11-10", "2026-11-24"]):
        decision = row.decision
        risk = "?" if decision.may_become else " "
        clauses = ", ".join(rule.id for rule in grounds(BOOK, decision)[:6])
        lines.append(f"{row.id:4} {row.on} {row.outcome.value:8}{risk} {decision.finding.word:18} {clauses}".rstrip())
    golden("example-ev-motor.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_clocks_of_three_deals(
    lang: Lang, tmp_path: Path, golden: Callable[[str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """One clock that runs, one that is barred, one that is not needed."""
    deals = tmp_path / "deals.yaml"
    deals.write_text(DEALS, encoding="utf-8")
    assert clock(deals, on="2026-03-02", percentile=lang == "en", lang=lang) == 0
    golden(f"clock.{lang}.txt", capsys.readouterr().out)
