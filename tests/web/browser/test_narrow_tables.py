"""On a narrow screen each cell of a table says of which column it is, also below a cell that spans several rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.places import ROOT
from tests.web.browser.kit import NARROW, Watched, until

pytestmark = pytest.mark.long
EXAMPLES = ROOT / "examples"
KEYS = """[...document.querySelectorAll('[aria-labelledby=exemptions] tbody tr')].map(
    row => [...row.cells].map(cell => cell.dataset.k))"""
SPANNED = ["Clause", "What changes", "Deals", "Mass [t]", "Value"]


def test_the_rows_of_an_exemption_are_told_under_their_columns(look: Callable[..., Watched]) -> None:
    page = look(viewport=NARROW).open("/rules/impact", lang="en")
    page.set_input_files("#f-draft-file", EXAMPLES / "overlays" / "magnets-2027.yaml")
    page.set_input_files("#f-table-file", EXAMPLES / "impact" / "deals.csv")
    page.click("#impact-form button.main")
    until(page, "document.querySelector('[aria-labelledby=exemptions] table.stacked') !== null")
    rows = page.evaluate(KEYS)
    assert len(rows) == 8
    for number, keys in enumerate(rows):
        assert keys == (SPANNED if number % 4 == 0 else SPANNED[1:])
