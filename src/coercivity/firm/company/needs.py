"""What a company's workbook still lacks for each answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from coercivity.base.errors import Fault
from coercivity.base.words import Lang
from coercivity.firm.company.mix_sheets.use import mix_months
from coercivity.firm.company.model import Company
from coercivity.firm.company.spec import setting_specs, sheet_specs
from coercivity.firm.company.write.about import check_phrase
from coercivity.workbooks.spec import folded

Answer = Literal["stops", "chances", "clock", "law", "mix"]
ANSWERS: tuple[Answer, ...] = ("stops", "chances", "clock", "law", "mix")
_SHEETS: Mapping[Answer, tuple[str, ...]] = {
    "stops": ("parts", "plants", "use", "stock"),
    "chances": ("delays",),
    "clock": (),
    "law": ("suppliers", "in_transit"),
    "mix": ("grades", "scenarios"),
}
_SETTINGS: Mapping[Answer, tuple[str, ...]] = {
    "stops": ("as_of", "until"),
    "chances": (),
    "clock": ("signed", "needed"),
    "law": (),
    "mix": (),
}


def lacking(company: Company, answer: Answer, lang: Lang = "en") -> list[str]:
    """Returns what is still to be filled in for an answer, in words; none if all is there."""
    specs = sheet_specs()
    found = [specs[key].names["zh" if lang == "zh" else "en"] for key in _SHEETS[answer] if not getattr(company, key)]
    sheet = specs["settings"].names["zh" if lang == "zh" else "en"]
    for name in _SETTINGS[answer]:
        if getattr(company.settings, name) is None:
            shown = setting_specs()[name].names["zh" if lang == "zh" else "en"]
            found.append(check_phrase("setting", lang, name=shown, sheet=sheet))
    if answer == "clock" and not company.stages and not destination_of(company):
        found.append(check_phrase("stages", lang, sheet=specs["stages"].names["zh" if lang == "zh" else "en"]))
    if answer == "mix":
        found += _for_the_mix(company, lang)
    if answer == "law":
        found += _for_the_law(company, lang)
    return found


def destination_of(company: Company, plant: str | None = None) -> str:
    """Returns the country that the goods go to: of the plant named, or of all plants if it is the same; else ""."""
    named = company.settings.plant if plant is None else plant
    countries = {each.country for each in company.plants if not named or folded(each.plant) == folded(named)}
    return countries.pop() if len(countries) == 1 else ""


def empty_sheets(company: Company, answer: Answer) -> list[Fault]:
    """Returns a fault for every sheet that an answer needs and that has no rows.

    Args:
        company: The company.
        answer: The answer.
    """
    names = {key: sheet_specs()[key].names["en"] for key in _SHEETS[answer] if not getattr(company, key)}
    do = "fill it in; `coercivity firm check FILE` lists what each answer needs"
    return [Fault("SHEET", f"the sheet {name} is empty", name, (), do) for name in names.values()]


def _for_the_law(company: Company, lang: Lang) -> list[str]:
    """Returns the countries and compositions without which the law is not asked about a lot."""
    specs, shown = sheet_specs(), "zh" if lang == "zh" else "en"
    waiting = [lot for lot in company.in_transit if lot.state == "waiting"]
    lots = {"suppliers": {lot.supplier for lot in waiting}, "plants": {lot.plant for lot in waiting}}
    homes = {
        "suppliers": {each.supplier for each in company.suppliers if each.country},
        "plants": {each.plant for each in company.plants if each.country},
    }
    found = []
    for key, names in lots.items():
        if lack := sorted(names - homes[key]):
            sheet = specs[key].names[shown]
            found.append(check_phrase("country", lang, names=", ".join(lack[:5]), sheet=sheet))
    said = {part.part for part in company.parts if part.shares or part.free_of}
    if lack := sorted({lot.part for lot in waiting} - said):
        sheet = specs["parts"].names[shown]
        found.append(check_phrase("composition", lang, names=", ".join(lack[:5]), sheet=sheet))
    return found


def _for_the_mix(company: Company, lang: Lang) -> list[str]:
    """Returns what a mix needs besides its own sheets: options, and use by month."""
    specs, shown = sheet_specs(), "zh" if lang == "zh" else "en"
    found = [] if company.mix_options else [specs["options"].names[shown]]
    if mix_months(company) is None:
        found.append(check_phrase("monthly_use", lang, sheet=specs["monthly_use"].names[shown]))
    return found
