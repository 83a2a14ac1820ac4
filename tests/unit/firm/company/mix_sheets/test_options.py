"""Every fault of an option of a mix, each once, and all of them at once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from coercivity.base.errors import Fault
from coercivity.firm.company.mix_sheets.options import check_mix_options
from coercivity.firm.company.mix_sheets.rows import MIX_KINDS
from tests.unit.firm.company.books import faults_of, yaml_of

HEAD = """
settings: {as_of: '2026-12-31', usd_per_eur: '1.1'}
index:
- {month: 2027-01, Dy: '200'}
- {month: 2027-02, Dy: '210'}
- {month: 2027-03, Dy: '220'}
grades:
- {grade: A, group: heavy, stock_cost_keur_per_t: '9', loss_keur_per_t: '60', usual_a: '100'}
- {grade: B, group: heavy, stock_cost_keur_per_t: '9', loss_keur_per_t: '60'}
monthly_use:
- {month: '1', A: '5', B: '5'}
- {month: '2', A: '5', B: '5'}
- {month: '3', A: '5', B: '5'}
options:
"""
FULL = {"fee_keur": "10", "months": "1", "cap_t": "2", "extra_keur_per_t": "3", "grades": "A"}
KINDS: Mapping[str, dict[str, str]] = {
    "second source": FULL,
    "air": FULL,
    "leaner grade": FULL | {"grades": "A B"},
    "recycling": FULL,
    "own processing": FULL | {"follows_second_source": "no"},
    "contract": FULL | {"take_share": "0.5", "follows_second_source": "yes"},
    "filing": {"fee_keur": "10"},
    "spot": {"months": "1", "cap_t": "2", "grades": "A", "feed": "China", "index": "Dy", "a": "0", "b": "1"},
}


def file_with(*options: Mapping[str, str]) -> str:
    rows = ("- {" + ", ".join(f"{key}: '{value}'" for key, value in row.items()) + "}" for row in options)
    return HEAD + "\n".join(rows)


def option(kind: str, **more: str) -> dict[str, str]:
    """Returns a complete row of a kind; a value of "" leaves its cell blank."""
    row = {"option": kind.replace(" ", "-"), "kind": kind} | KINDS[kind] | more
    return {key: value for key, value in row.items() if value}


def told(*options: Mapping[str, str]) -> list[Fault]:
    return list(faults_of(yaml_of(file_with(*options))))


def test_a_complete_row_of_every_kind_has_no_fault() -> None:
    assert set(KINDS) == MIX_KINDS
    assert check_mix_options.__module__ == "coercivity.firm.company.mix_sheets.options"
    with pytest.raises(AssertionError, match="the file has no fault"):
        told(*map(option, KINDS))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_blank_cell_that_the_kind_needs(kind: str) -> None:
    for column in KINDS[kind]:
        (fault,) = told(option(kind, **{column: ""}))
        assert fault.what == f"{column} is blank, but the kind {kind} needs it"


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        (option("air", months="3"), "months", "it can be used from month 4 on, after the last month, 3"),
        (option("air", cap_t="0"), "cap_t", "cap_t is 0, so that it changes nothing"),
        (option("air", grades="A A"), "grades", "a grade is there twice"),
        (option("air", grades="A D"), "grades", "there is no grade D"),
        (option("leaner grade", grades="A"), "grades",
         "a leaner grade names two grades: the one that is replaced, and the one that replaces it"),
        (option("air", take_share="0.5"), "take_share", "take_share is not used for the kind air"),
        (option("air", follows_second_source="yes"), "follows_second_source", "follows_second_source is not used for the kind air"),
        (option("second source", follows_second_source="no"), "follows_second_source", "a second source is always cut as scenarios say"),
        (option("air", lot="L1"), "lot", "lot is not used for the kind air"),
        (option("air", extra_keur_per_t="-3"), "extra_keur_per_t", "extra_keur_per_t: -3 is negative"),
        (option("air", fee_keur="-1"), "fee_keur", "fee_keur: -1 is negative"),
        (option("contract", take_share="1.5"), "take_share", "take_share: 1.5 is above 1; write a share such as 0.25, or 25 %"),
        (option("filing", months="2"), "months", "months is not used for filing ahead, which is done before the first month"),
        (option("filing", cap_t="2"), "cap_t", "cap_t is not used for filing ahead, which is done before the first month"),
        (option("filing", extra_keur_per_t="2"), "extra_keur_per_t",
         "extra_keur_per_t is not used for filing ahead, which is done before the first month"),
        (option("filing", take_share="0.5"), "take_share", "take_share is not used for the kind filing"),
        (option("filing", follows_second_source="no"), "follows_second_source",
         "follows_second_source is not used for the kind filing"),
        (option("filing", grades="A"), "grades", "filing ahead holds for all grades"),
        ({"option": "sooner", "kind": "file sooner", "days": "20", "cost_keur": "5", "cap_t": "2"}, "cap_t",
         "cap_t is not used for the kind file sooner"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_meant(row: Mapping[str, str], column: str, what: str) -> None:
    faults = told(row)
    assert what in [fault.what for fault in faults]
    (own,) = (fault for fault in faults if fault.what == what)
    assert own.where.startswith("options entry 1 (line ")
    assert own.where.endswith(f", {column}")
    assert own.next


def test_faults_of_several_options_are_told_at_once() -> None:
    faults = told(option("air", cap_t="0"), option("filing", grades="A"), option("recycling", months="7"))
    assert [fault.what for fault in faults] == [
        "cap_t is 0, so that it changes nothing",
        "filing ahead holds for all grades",
        "it can be used from month 8 on, after the last month, 3",
    ]
