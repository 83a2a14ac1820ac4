"""What the law says of each option of Brenner Windtechnik, and what is then counted."""

from __future__ import annotations

import pytest

from coercivity.law.rules.model import Outcome
from tests.unit.firm.option_law.workbooks import BRENNER, brenner, law_of


@pytest.mark.parametrize(
    ("option", "outcome", "day", "counted"),
    [
        ("second", Outcome.STOP, "2026-09-15", False),
        ("air", Outcome.PROCEED, "2026-06-15", True),
        ("air heavy", Outcome.LICENCE, "2026-09-15", True),
        ("lean", Outcome.LICENCE, "2026-11-15", True),
        ("recycling", Outcome.UNKNOWN, "2026-08-15", False),
        ("filing", Outcome.LICENCE, "2026-06-15", True),
        ("A", Outcome.PROCEED, "2026-06-15", True),
        ("B", Outcome.LICENCE, "2026-06-15", True),
    ],
)
def test_each_option_at_its_date(option: str, outcome: Outcome, day: str, counted: bool) -> None:
    one = law_of(brenner())[option]
    assert (one.outcome, str(one.on), one.counted) == (outcome, day, counted)


def test_a_listed_party_stops_the_second_source_by_the_clause_that_lists_it() -> None:
    one = law_of(brenner())["second"]
    assert one.not_counted == "prohibited"
    assert one.clauses == ("a11-list",)
    assert "IHI Master Metal" in one.names[0]
    assert one.questions == ()


def test_without_the_listed_party_the_second_source_needs_a_licence() -> None:
    one = law_of(brenner(("IHI Master Metal Co., Ltd.", "Example Toll Makers K.K.")))["second"]
    assert (one.outcome, one.counted) == (Outcome.LICENCE, True)


def test_an_open_option_names_its_questions_and_the_cell_that_is_blank() -> None:
    one = law_of(brenner())["recycling"]
    assert one.not_counted == "undecided"
    assert set(one.questions) >= {"exporter_nationality", "recipient_nationality"}
    assert one.missing == ("Parts Tb of M-B-recycled",)


def test_a_party_without_a_name_is_not_counted() -> None:
    one = law_of(brenner(("name: 'Example Magnetlussing OÜ', ", "")))["recycling"]
    assert (one.not_counted, one.counted) == ("name not given", False)
    assert "Suppliers name of R1" in one.missing


@pytest.mark.parametrize("cell", ["supplier: S2", "plant: TOLL", "part: Dy}"])
def test_an_option_with_a_blank_cell_is_not_asked_about_and_not_counted(cell: str) -> None:
    name = cell.split(":", maxsplit=1)[0]
    old = f", {cell}" if not cell.endswith("}") else f", {cell[:-1]}}}"
    one = law_of(brenner((old, "}" if cell.endswith("}") else "")))["second"]
    assert (one.outcome, one.counted, one.missing) == (None, False, (f"Options {name} of second",))


def test_without_countries_and_declarations_the_law_is_not_asked_and_says_which_cells_it_needs() -> None:
    text = BRENNER.read_text(encoding="utf-8").partition("declarations:")[0]
    company = brenner((BRENNER.read_text(encoding="utf-8"), _without_countries(text)))
    one = law_of(company)["air"]
    assert (one.outcome, one.not_counted) == (None, "nothing said")
    assert one.missing == ("Suppliers country of S1", "Plants country of INN")


def test_a_listed_name_is_not_counted_even_where_the_law_is_not_asked() -> None:
    text = BRENNER.read_text(encoding="utf-8").partition("declarations:")[0]
    one = law_of(brenner((BRENNER.read_text(encoding="utf-8"), _without_countries(text))))["second"]
    assert (one.counted, one.not_counted) == (False, "name in doubt")


def _without_countries(text: str) -> str:
    for code in ("CN", "AT", "JP", "EE"):
        text = text.replace(f", country: {code}", "")
    return text
