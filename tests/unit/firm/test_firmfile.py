"""`firm.yaml`: all errors at once, each with its line and the nearest names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.verbs.survive import has_firm, survive
from tests.places import ROOT

EXAMPLE = ROOT / "examples" / "ev-motor"
DAY = "2026-11-24"


def folder(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """The example with some texts of firm.yaml changed, each of them once."""
    copy = tmp_path / "case"
    shutil.copytree(EXAMPLE, copy)
    text = (copy / "firm.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (copy / "firm.yaml").write_text(text, encoding="utf-8")
    return copy


def faults(tmp_path: Path, *changes: tuple[str, str]) -> list[tuple[str, str, tuple[str, ...]]]:
    with pytest.raises(CoercivityError) as caught:
        survive(folder(tmp_path, *changes), DAY)
    return [(fault.code, fault.where, fault.nearest) for fault in caught.value.faults]


def line_of(text: str) -> int:
    lines = (EXAMPLE / "firm.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_all_faults_are_told_at_once_with_file_and_line(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        ("Dy: '0.0104'", "Dy: '1.04'"),
        ("amount: '98', unit: t", "amount: '-98', unit: tonnes"),
        ("grade: UH", "grade: UHH"),
        ("{Nd: '0.235', Pr: '0.075'}", "{Nd: '0.235', Pt: '0.075'}"),
        ("departed: '2026-10-20', arrives: '2026-12-07'", "departed: '2026-12-20', arrives: '2026-12-07'"),
        ("  country: CN\n  invented: 'true'\nflows:", "  invented: 'true'\nflows:"),
    )
    codes = [code for code, _, _ in found]
    assert sorted(codes) == ["AMOUNT", "DAYS-ORDER", "DAYS-ORDER", "ELEMENT", "GRADE", "KEY-MISSING", "SHARE", "UNIT"]
    where = {code: place for code, place, _ in found}
    assert where["SHARE"] == f"firm.yaml:{line_of('0.0104')}"
    assert where["UNIT"] == f"firm.yaml:{line_of('stock: {amount: ')}"
    near = {code: names for code, _, names in found}
    assert near["GRADE"][0] == "UH"
    assert "Pr" in near["ELEMENT"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("{Nd: '0.226', Pr: '0.072'", "{Nd: '0.926', Pr: '0.072'"), "SHARE"),
        (("unit: pieces, quality: measured", "unit: box, quality: measured"), "UNIT"),
        (("  piece_kg: '0.036'\n", ""), "UNIT"),
        (("  country: CN", "  country: China"), "COUNTRY"),
        (("item: magnet-sh", "item: magnet-hs"), "FIRM-REF"),
        (("deal: t01", "deal: t99"), "FIRM-REF"),
        (("flow: sh-s1, amount", "flow: sh-s9, amount"), "FIRM-REF"),
        (("currency: EUR", "currency: USD"), "CELL-CURRENCY"),
        (("currency: EUR", "currency: euro"), "CELL-CURRENCY"),
        (("every_days: '14'", "every_days: '0'"), "AMOUNT"),
        (("- id: uh-s1", "- id: sh-s1"), "FIRM-ID"),
        (("    valid_until: '2027-02-28'\n", ""), "KEY-MISSING"),
        (("filed: '2026-10-28'", "filed: '2026-12-28'"), "DAYS-ORDER"),
        (("arrives: '2026-12-07'", "arrives: '2026-11-20'"), "DAYS-ORDER"),
        (("quality: measured\n", "quality: certain\n"), "VALUE"),
        (("as_of:", "counted:"), "KEY-UNKNOWN"),
        (("  deal: t05\n", ""), "FIRM-FORM"),
        (("  deal: t05\n", "  deal: t05\n  facts: {act: goods}\n"), "FIRM-FORM"),
        (("afloat:\n", "afloat:\n- {id: sea-1, flow: sh-s1, amount: '1', unit: t, state: waiting}\n"), "FIRM-ID"),
        (("Dy: '0.0104'", "Xy: '0.0104'"), "ELEMENT"),
        (("Dy: '0.0104'", "Dy: 'little'"), "AMOUNT"),
        (("  grade: SH\n", "  grade: SHH\n"), "GRADE"),
        (("transit: {days: '48'", "transit: {days: '-1'"), "AMOUNT"),
        (("transit: {days: '48'", "transit: {days: '99999999999'"), "AMOUNT"),
        (("    filed: '2026-10-28'\n", ""), "KEY-MISSING"),
        (
            (
                "    balance: {amount: '15', unit: t, quality: reported, source: licence and customs declarations so far}\n",
                "",
            ),
            "KEY-MISSING",
        ),
        (("departed: '2026-10-20'", "departed: '2026-12-20'"), "DAYS-ORDER"),
        (
            ("departed: '2026-10-20', arrives: '2026-12-07'", "departed: '2026-11-25', arrives: '2026-12-07'"),
            "DAYS-ORDER",
        ),
        (("arrives: '2026-12-07'", "arrives: '2026-11-24'"), "DAYS-ORDER"),
        (("afloat:\n", "chances: {returned: '1.1', quality: assumed, source: x}\nafloat:\n"), "SHARE"),
        (("afloat:\n", "chances: {stopped: '1.1', quality: assumed, source: x}\nafloat:\n"), "SHARE"),
        (("afloat:\n", "chances: {most_returns: '10', quality: assumed, source: x}\nafloat:\n"), "AMOUNT"),
    ],
)
def test_each_kind_of_fault_has_its_code(tmp_path: Path, change: tuple[str, str], code: str) -> None:
    assert code in [found for found, _, _ in faults(tmp_path, change)]


@pytest.mark.parametrize(
    "change",
    [
        (
            "afloat:\n",
            "chances: {returned: '1', stopped: '0', most_returns: '9', quality: assumed, source: x}\nafloat:\n",
        ),
        ("transit: {days: '48'", "transit: {days: '0'"),
        ("every_days: '14'", "every_days: '1'"),
        ("filed: '2026-10-28'", "filed: '2026-11-24'"),
        ("departed: '2026-10-20'", "departed: '2026-11-24'"),
        ("arrives: '2026-12-07'", "arrives: '2026-11-25'"),
        ("{Nd: '0.226', Pr: '0.072', Dy: '0.0104', Tb: '0.0018'}", "{Nd: '0.9', Pr: '0.1'}"),
        ("  grade: N\n", ""),
    ],
)
def test_what_just_fits_is_no_fault(tmp_path: Path, change: tuple[str, str]) -> None:
    survive(folder(tmp_path, change), DAY)


def test_shares_of_one_part_too_many_blame_only_that_part(tmp_path: Path) -> None:
    """A share above one in one part does not hide a sum above one in another."""
    found = faults(tmp_path, ("Dy: '0.0104'", "Dy: '1.04'"), ("{Nd: '0.235'", "{Nd: '0.935'"))
    assert [code for code, _, _ in found] == ["SHARE", "SHARE"]


def test_a_count_after_the_day_or_too_old_is_refused(tmp_path: Path) -> None:
    for day in ("2026-11-23", "2028-01-01"):
        with pytest.raises(CoercivityError) as caught:
            survive(EXAMPLE, day)
        assert caught.value.code == "AS-OF"


def test_a_flow_may_state_its_own_facts(tmp_path: Path) -> None:
    """The same facts as the row give the same answer; a fact that does not exist is told with its line."""
    facts = (
        "facts: {act: goods, form: magnet, magnet_type: [NdFeB], elements: [Nd, Pr, Dy, Tb], from: CN, to: DE,"
        " origin: CN, exporter_nationality: CN}"
    )
    found = survive(folder(tmp_path, ("deal: t01", facts)), DAY).as_dict()
    assert found["flows"][0]["passage"] == "licensed"
    assert "deal" not in found["flows"][0]
    again = tmp_path / "again"
    again.mkdir()
    wrong = faults(again, ("deal: t01", facts.replace("origin", "orign")))
    assert [code for code, _, _ in wrong] == ["FACT-UNKNOWN"]
    assert wrong[0][1].startswith(f"firm.yaml:{line_of('deal: t01')}")


def test_a_folder_without_a_firm_says_so(tmp_path: Path) -> None:
    copy = folder(tmp_path)
    assert has_firm(copy)
    (copy / "firm.yaml").unlink()
    assert not has_firm(copy)
    with pytest.raises(CoercivityError) as caught:
        survive(copy, DAY)
    assert caught.value.code == "FILE-MISSING"
