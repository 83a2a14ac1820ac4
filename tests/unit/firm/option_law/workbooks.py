"""Two companies that say what their options bring: Brenner Windtechnik, and a small one with one grade."""

from __future__ import annotations

from coercivity.cases.arguments import PACKED
from coercivity.data.input import Content
from coercivity.firm.company.model import Company
from coercivity.firm.company.sources import company_of
from coercivity.firm.option_law.options_law import options_law
from coercivity.firm.option_law.results import OptionLaw
from tests.places import ROOT

BRENNER = ROOT / "examples" / "firms" / "brenner-law.yaml"
WIND = ROOT / "examples" / "firms" / "wind.yaml"
DECLARED = BRENNER.read_text(encoding="utf-8").partition("declarations:\n")[2]
LISTED, UNLISTED = "IHI Master Metal Co., Ltd.", "Beispiel Turbinen GmbH"


def brenner(*pairs: tuple[str, str]) -> Company:
    """Returns Brenner Windtechnik with parts of its text replaced; each part must stand in it."""
    text = BRENNER.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return company_of(Content.of("firm.yaml", text))


def wind(*, plant: str, option: str = "", grade: str | None = None) -> Company:
    """Returns the maker of wind turbines with a Chinese supplier and a plant in Japan of a given company name.

    Args:
        plant: Company name of the plant.
        option: More cells of the second source, such as `, part: M`.
        grade: More cells of the grade; by default its stock is stated where the option says what it brings.
    """
    if grade is None:
        grade = ", deals: 'none'" if option else ""
    text = WIND.read_text(encoding="utf-8")
    text = text.replace("sea_months: '0'", "sea_months: '0'\n  as_of: '2026-06-15'")
    text = text.replace("grades: magnet}", f"grades: magnet{option}}}").replace(
        "whole_tonnes: 'yes'}", f"whole_tonnes: 'yes'{grade}}}"
    )
    text += (
        "parts:\n- {part: M, grade: N42SH, other_rare_earths: 'none', NdPr: '29.5', Dy: '1.5', Tb: '0'}\n"
        f"plants:\n- {{plant: P, name: '{plant}', country: JP}}\n"
        "suppliers:\n- {supplier: S, name: 'Example Hetao Magnet Co., Ltd.', country: CN}\n"
        f"declarations:\n{DECLARED}"
    )
    return company_of(Content.of("firm.yaml", text))


GOODS = ", supplier: S, plant: P, part: M"


def law_of(company: Company) -> dict[str, OptionLaw]:
    """Returns what the law says of each option and of the stock of each grade, by name."""
    return {one.name: one for one in options_law(PACKED.book(), company)}
