"""The file compliance.yaml of a case folder: what it states, and every fault with its place."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from coercivity.base.errors import Faults
from coercivity.cases.arguments import PACKED
from coercivity.firm.compliance.model import Compliance
from coercivity.firm.compliance.read import COMPLIANCE_FILE, compliance_of
from tests.places import ROOT

DEALS = ("t01", "t02")


def read(folder: Path, text: str) -> tuple[Compliance | None, list[str]]:
    """What a file states, and its faults: place and what is wrong."""
    (folder / COMPLIANCE_FILE).write_text(text, encoding="utf-8")
    faults = Faults()
    found = compliance_of(folder, faults, DEALS, PACKED.book().catalogue.countries)
    return found, [f"{fault.where}: {fault.what}" for fault in faults.items]


def test_a_folder_without_the_file_states_nothing(tmp_path: Path) -> None:
    faults = Faults()
    assert compliance_of(tmp_path, faults, DEALS, {}) is None
    assert not faults.items


def test_each_figure_has_its_unit_and_its_source(tmp_path: Path) -> None:
    found, faults = read(tmp_path, "figures:\n- {name: margin, value: '1.5', unit: 1000 EUR/t, source: plan}\n")
    assert not faults
    assert found is not None
    assert (found.margin, found.units, found.sources) == (Fraction(3, 2), {"margin": "1000 EUR/t"}, {"margin": "plan"})
    assert found.hourly_cost is None


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = (
        "figures:\n"
        "- {name: margin, value: '1.5', unit: EUR/kg, source: plan}\n"
        "- {name: plant_needs, value: t01 t09, source: plan}\n"
        "- {name: margins, value: '2', unit: t, source: plan}\n"
        "second_vendors:\n"
        "- {vendor: A, country: CN, replaces: t01, source: offer}\n"
        "- {vendor: B, country: ZQ, replaces: t07, source: offer}\n"
    )
    _, faults = read(tmp_path, text)
    told = "\n".join(faults)
    for what in (
        "margin: the unit is 'EUR/kg', not '1000 EUR/t'",
        "transactions.csv has no row t09",
        "there is no setting 'margins'",
        "second vendor A: it delivers from China",
        "transactions.csv has no row t07",
        "second vendor B: there is no country ZQ",
    ):
        assert what in told
    assert len(faults) == 6


def test_a_figure_without_a_source_is_a_fault(tmp_path: Path) -> None:
    _, faults = read(tmp_path, "figures:\n- {name: margin, value: '1.5', unit: 1000 EUR/t}\n")
    assert any("source" in told for told in faults)


def test_the_joint_venture_states_all_figures_and_one_vendor() -> None:
    faults = Faults()
    deals = [f"t{number:02d}" for number in range(1, 23)]
    found = compliance_of(ROOT / "examples" / "magnet-jv", faults, deals, PACKED.book().catalogue.countries)
    assert not faults.items
    assert found is not None
    assert [vendor.country for vendor in found.vendors] == ["JP"]
    assert len(found.sources) == 7


def test_each_place_names_the_file(tmp_path: Path) -> None:
    """The company of a case has rows and entries too."""
    _, faults = read(tmp_path, "figures:\n- {name: margin, value: '', unit: 1000 EUR/t, source: plan}\n")
    assert [fault.split(" entry")[0] for fault in faults] == ["compliance.yaml, figures"]


def test_without_transactions_the_rest_is_still_checked(tmp_path: Path) -> None:
    text = "second_vendors:\n- {vendor: B, country: ZQ, replaces: t07, source: offer}\n"
    (tmp_path / COMPLIANCE_FILE).write_text(text, encoding="utf-8")
    faults = Faults()
    compliance_of(tmp_path, faults, None, PACKED.book().catalogue.countries)
    assert [fault.what for fault in faults.items] == ["second vendor B: there is no country ZQ"]
