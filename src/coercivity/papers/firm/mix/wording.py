"""How a mix is put into words: options, stock, limits and inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coercivity.base.words import Lang
from coercivity.papers.firm.mix.report_data import MixActionData, MixReport
from coercivity.papers.shared.paper.figures import figure, listed
from coercivity.papers.shared.paper.sections import Wording

TABLES = ("headings", "titles", "columns", "words")
KEUR, TONNES, DAYS, SHADOW, PER_KEUR = 1, 3, 1, 4, 2
_CAP = "stock_cap:"
_VALUE_DIGITS = 4


def wording(lang: Lang) -> Wording:
    """Returns the words of a mix in one language."""
    return Wording.of("firm_mix", TABLES, lang)


def options_text(options: Sequence[str], w: Wording) -> str:
    """Returns options in one text: `lean + recycling`."""
    return " + ".join(options) or w("no_option")


def masses_text(masses_t: Mapping[str, str], w: Wording, places: int = TONNES) -> str:
    """Returns the masses above zero in one text: `B 24.297 t, C 6.532 t`."""
    unit = "吨" if w.lang == "zh" else " t"
    told = [
        f"{item} {figure(mass, places, trim=places == TONNES)}{unit}" for item, mass in masses_t.items() if mass != "0"
    ]
    return listed(told, w.lang) or w("no_stock")


def masses_cell(masses_t: Mapping[str, str], places: int, lang: Lang) -> str:
    """Returns all masses for a column that names the unit: `A 0.000, B 24.297`."""
    return listed((f"{item} {figure(mass, places)}" for item, mass in masses_t.items()), lang)


def limit_text(limit: str, w: Wording) -> str:
    """Returns the name of a limit, with its unit."""
    return w("stock_cap", limit.removeprefix(_CAP)) if limit.startswith(_CAP) else w(limit)


def value_text(text: str) -> str:
    """Returns a value of an input: four digits, or its own if it has fewer."""
    whole = text.partition(".")[0].lstrip("-").lstrip("0")
    return figure(text, max(_VALUE_DIGITS - len(whole), 0), trim=True)


def part_name(part: MixActionData, w: Wording) -> str:
    """Returns the name of a part of the plan: an option, or the stock of a grade."""
    return w("stock_of", part["name"]) if part["kind"] == "stock" else part["name"]


def part_text(part: MixActionData, w: Wording) -> str:
    """Returns a part of the plan with what it saves for what it costs: `filing (0.97)`."""
    return w("part", part_name(part, w), figure(part["saves_per_keur"] or "0", PER_KEUR))


def stated_bases(body: MixReport, w: Wording) -> list[str]:
    """Returns the bases of prices that the workbook states, each with its grades and options."""
    stated = [one for one in body["price_bases"] if one["basis"]]
    return [w("basis", one["basis"], listed(one["names"], w.lang)) for one in stated]


def without_basis(body: MixReport) -> list[str]:
    """Returns the grades and options for whose prices the workbook states no basis."""
    return [name for one in body["price_bases"] if not one["basis"] for name in one["names"]]
