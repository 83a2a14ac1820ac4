"""Licences under which deals move: needed or not, enough or not, late, stopped; and what does not fit between tables."""

from __future__ import annotations

from pathlib import Path

import pytest

import coercivity
from coercivity.batches.impact.kinds import Kind
from coercivity.batches.impact.licences import LicenceRow, LicenceTable, read_licences
from coercivity.batches.impact.model import Result
from coercivity.batches.impact.run import Found
from coercivity.batches.impact.splits import licences_of
from coercivity.batches.impact.sums import Cell, Key, Ledger
from tests.unit.batches.impact.drafts import EXAMPLES, HEAD, MAGNETS, ND, impact, table

LICENCES = (EXAMPLES / "impact" / "licences.csv").read_text(encoding="utf-8")


def _licences(folder: Path, text: str = LICENCES, name: str = "licences.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> coercivity.Impact:
    folder = tmp_path_factory.mktemp("licences")
    return impact(MAGNETS, table(folder), licences=_licences(folder))


def test_a_licence_is_needed_only_with_the_draft_and_not_enough(found: coercivity.Impact) -> None:
    assert found.licences is not None
    (one,) = found.licences.moved
    assert (one.licence, one.valid_until, one.remaining_kg) == ("L-1", "2026-12-05", 1000)
    assert (one.deals.deals, one.deals.mass_kg) == (3, 1500)  # a, b and c
    assert (one.moved.deals, one.moved.mass_kg) == (2, 1200)  # b and c; a keeps its result by its early contract
    assert (one.needed_before.deals, one.needed_after.mass_kg) == (0, 1200)
    assert (one.enough_before, one.enough_after) == (True, False)
    assert one.late.deals == 2  # on 6 December, one day after its last day
    assert one.changes == ("not_enough", "newly_used")


def test_what_does_not_fit_between_the_tables_is_told(found: coercivity.Impact) -> None:
    assert found.licences is not None
    assert [one.licence for one in found.licences.licences] == ["L-1", "L-2", "L-4"]
    assert found.licences.not_in_table == {"L-3": 1}
    assert found.licences.without_deal == ("L-9",)
    assert found.licences.without_licence == 1  # f; h is rejected


def test_an_unknown_mass_does_not_count_as_enough(tmp_path: Path) -> None:
    rows = f"e,2026-12-06,NdFeB magnets,{ND},,kg,,,CN,DE,2026-11-01,none,L-1\n"
    found = impact(MAGNETS, table(tmp_path, rows), licences=_licences(tmp_path))
    assert found.licences is not None
    (one,) = found.licences.licences
    assert (one.enough_before, one.enough_after) == (True, None)
    assert one.changes == ("newly_used",)


def test_a_licence_that_an_exemption_makes_needless(tmp_path: Path) -> None:
    text = MAGNETS.read_text(encoding="utf-8")
    first, second = (text.index(f"- id: magnets-2027-{number}") for number in (1, 2))
    draft = tmp_path / "only-exempt.yaml"
    looked = "vouch: {through: '2026-12-31', by: Desk A, signed_on: '2026-12-31', note: website of MOFCOM}\n"
    draft.write_text(
        looked + (text[:first] + text[second:]).replace("[magnets-2027-1]", "[a18-1c905]"), encoding="utf-8"
    )
    rows = 'x,2026-12-05,NdFeB magnets,"Nd 29 %, Dy 2 %, no Tb, Fe bal.",10,kg,1,EUR,CN,DE,2026-09-01,none,L-2\n'
    found = impact(draft, table(tmp_path, rows), licences=_licences(tmp_path))
    assert found.licences is not None
    (one,) = found.licences.licences
    assert (one.needed_before.deals, one.needed_after.deals, one.changes) == (1, 0, ("not_needed",))


def test_a_licence_column_of_another_name(tmp_path: Path) -> None:
    head = HEAD.replace("licence_held,licence", "licence_held,permit")
    deals = table(tmp_path, head=head)
    found = impact(MAGNETS, deals, licences=_licences(tmp_path), licence_column="permit")
    assert found.licences is not None
    assert [deal.licence for deal in found.deals] == ["L-1", "L-1", "L-3"]
    with pytest.raises(coercivity.CoercivityError, match="LICENCE-COLUMN"):
        impact(MAGNETS, deals, licences=_licences(tmp_path))


def test_a_table_of_licences_is_read_in_the_words_of_the_trade(tmp_path: Path) -> None:
    text = "许可证号,有效期至,剩余数量,单位\nX-1,2027年3月31日,1.5,吨\nX-2,,\n,,,\n"
    (one, other) = read_licences(_licences(tmp_path, text))
    assert (one.licence, str(one.valid_until), one.remaining_kg) == ("X-1", "2027-03-31", 1500)
    assert (other.valid_until, other.remaining_kg) == (None, None)


def test_every_fault_of_a_table_of_licences_is_told_at_once(tmp_path: Path) -> None:
    text = (
        "licence,valid_until,remaining,unit\nA,2026-13-01,5,kg\n,2026-12-01,5,kg\nB,,5,pcs\nC,,x,kg\nD,,1,kg\nD,,2,kg\n"
    )
    with pytest.raises(coercivity.CoercivityError) as error:
        read_licences(_licences(tmp_path, text))
    codes = [fault.code for fault in error.value.faults]
    assert codes == ["DATE", "LICENCE-ROW", "LICENCE-MASS", "CELL-NUMBER", "LICENCE-TWICE"]
    with pytest.raises(coercivity.CoercivityError, match="LICENCE-COLUMN"):
        read_licences(_licences(tmp_path, "number,until\n1,2\n"))


def test_two_units_for_one_mass_are_refused(tmp_path: Path) -> None:
    with pytest.raises(coercivity.CoercivityError, match="LICENCE-MASS: the column is in kg, but the unit is 't'"):
        read_licences(_licences(tmp_path, "licence,remaining_kg,unit\nL-1,1000,t\n"))
    (one,) = read_licences(_licences(tmp_path, "licence,remaining_kg,unit\nL-1,1000,KG\n"))
    assert one.remaining_kg == 1000


@pytest.mark.parametrize(
    ("column", "nearest"),
    [
        ("valid_untill", "valid_until"),
        ("remaning_kg", "remaining"),
        ("remaining_t", "remaining"),
        ("剩余数量(kg)", "remaining"),
    ],
)
def test_a_misspelt_column_is_not_passed_over(tmp_path: Path, column: str, nearest: str) -> None:
    with pytest.raises(coercivity.CoercivityError, match="LICENCE-COLUMN") as error:
        read_licences(_licences(tmp_path, f"licence,{column},supplier,valid_from\nL-1,5,a,2026-01-01\n"))
    (fault,) = error.value.faults
    assert fault.nearest == (nearest,)


def test_of_two_columns_of_one_role_none_is_passed_over(tmp_path: Path) -> None:
    with pytest.raises(coercivity.CoercivityError, match="'expiry' and 'valid_until' say the same"):
        read_licences(_licences(tmp_path, "licence,valid_until,expiry\nL-1,2027-01-01,2026-12-01\n"))
    deals = table(tmp_path, head=HEAD.replace("contract_on,licence_held,licence", "许可证号,licence_held,licence"))
    with pytest.raises(coercivity.CoercivityError, match="are both columns of licences"):
        impact(MAGNETS, deals, licences=_licences(tmp_path))


def test_the_work_grows_with_the_licences_and_not_with_their_square() -> None:
    """Each cell of the sums is looked at for its own licence only."""
    looked = 0

    class Counted(dict[Key, list[Cell]]):
        def items(self):  # type: ignore[no-untyped-def]
            nonlocal looked
            looked += len(self)
            return super().items()

    kind = Kind(Result("UNKNOWN", "", ""), Result("LICENCE", "", ""))
    names = [f"L-{number}" for number in range(50)]
    found = Found(ledger=Ledger(50, Counted({Key(kind, "", name): [Cell(1, 2.0, 0, 0.0)] for name in names})))
    told = licences_of(found, LicenceTable("licences.csv", tuple(LicenceRow(name, None, 1.0) for name in names)))
    assert [one.moved.mass_kg for one in told.licences] == [2.0] * 50
    assert looked <= 100
