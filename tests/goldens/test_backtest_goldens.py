"""The page of a small made-up backtest reads as recorded, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coercivity.base.words import Lang
from coercivity.papers.backtest.files import backtest_lines
from tests.unit.calibration.backtest.made_backtest import made_body


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_made_up_backtest_reads_as_recorded(lang: Lang, golden: Callable[[str, str], None]) -> None:
    golden(f"backtest-made.{lang}.txt", "\n".join(backtest_lines(made_body(), lang)) + "\n")
