"""Plain digits take a shorter way to the same reading as any other text."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coercivity.intake.cells import facts, reader
from coercivity.intake.cells.columns import Options
from coercivity.intake.cells.reader import cell_reader
from coercivity.law.rules.load import load_rulebook

BOOK = load_rulebook()
NUMBERS = [name for name in ("dy_mass_share", "energy_density") if name in BOOK.catalogue]
NEVER = re.compile(r"(?!)")


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("decimal", ["", ".", ","])
@given(st.from_regex(r"\d{1,13}([.,]\d{1,13})?", fullmatch=True) | st.text("0123456789.,% ٣", max_size=8))
@example("262.633")
@example("1.234")
@example("0.05")
@example("007")
def test_a_number_is_read_as_any_other_text(name: str, decimal: str, text: str) -> None:
    read = cell_reader(BOOK, name, Options(decimal=decimal))
    found = read(text)
    with patch.object(facts, "_DIGITS", NEVER), patch.object(reader, "_PLAIN", NEVER):
        assert read(text) == found
