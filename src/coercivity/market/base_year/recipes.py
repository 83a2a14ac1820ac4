"""Yields of feed and requirements of magnets per tonne: the coefficients of the base year.

They are those of `market.inputs.coefficients`, so that the flows balance with the coefficients of the model.
`published_recipes` is the version behind `base_year_residuals`, kept to show the differences. La, Ce, Nd and Pr come
from the light circuit; the others stay together as `seg` and are separated in China only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from coercivity.base.errors import CoercivityError
from coercivity.base.sums import total
from coercivity.data.cells import Cell
from coercivity.data.tables import Table
from coercivity.market.inputs.coefficients import CHINA, Coefficients
from coercivity.market.inputs.coefficients import HEAVY as HEAVY_ELEMENTS
from coercivity.market.inputs.coefficients import LIGHT as LIGHT_ELEMENTS

LIGHT = tuple(f"ox_{element}" for element in LIGHT_ELEMENTS)
HEAVY = tuple(f"ox_{element}" for element in HEAVY_ELEMENTS)
OXIDES = (*LIGHT, *HEAVY)
METALS = {"met_NdPr": "ox_NdPr", "met_Dy": "ox_Dy", "met_Tb": "ox_Tb", "met_Sm": "ox_Sm", "met_LaCe": "ox_Ce"}

_SIDES = {True: "China", False: "ex-China"}
_DIFFUSED = "{} grade (grain-boundary diffusion)"
_ALLOYED = "{} grade (conventional alloying)"
# Grades of a class: alloyed throughout, and with heavy metal diffused in (packs/world/NOTES.md, section 1).
_GRADES = {"mag_low": (("H",), ("SH",)), "mag_high": (("SH", "UH"), ("UH", "EH"))}
# Not in a table: the shares behind the rows grade_content and the use of Sm in base_year_residuals.
_DIFFUSED_SHARE = 0.8
_SMCO5_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class GradeContent:
    """Metal in a finished magnet [kg per kg].

    Attributes:
        alloyed: Share in the blank, lost with the material ground off.
        diffused: Share added after the blank has its shape.
    """

    alloyed: float
    diffused: float = 0.0


@dataclass(frozen=True)
class Recipes:
    """Coefficients of the base year.

    Attributes:
        fractions: Oxide content of a feed, by feed and oxide [t per t REO].
        recoveries: Recovered share of an oxide, by oxide and whether it is in China.
        contents: Metal in a finished magnet, by magnet and metal.
        stoichiometry: Oxide per metal, by metal [t per t].
        oxide_needs: Oxide required for a metal, by metal and whether it is in China [t per t].
        blank_yields: Finished magnet per blank, by whether it is SmCo and whether it is in China.
        alloy_yield: Blank from alloy.
        swarf_recovery: Oxide recovered from swarf.
    """

    fractions: Mapping[tuple[str, str], float]
    recoveries: Mapping[tuple[str, bool], float]
    contents: Mapping[tuple[str, str], GradeContent]
    stoichiometry: Mapping[str, float]
    oxide_needs: Mapping[tuple[str, bool], float]
    blank_yields: Mapping[tuple[bool, bool], float]
    alloy_yield: float
    swarf_recovery: float

    def oxide_from_feed(self, feed: str, oxide: str, region: str) -> float:
        """Returns the oxide yield of a tonne of feed [t per t REO].

        Outside China the heavy oxides are those in the unseparated `seg` that a circuit could recover.
        """
        return self.fractions.get((feed, oxide), 0.0) * self.recoveries[oxide, region == CHINA]

    def oxide_for_metal(self, metal: str, region: str) -> float:
        """Returns the oxide required for a tonne of metal [t per t]."""
        return self.oxide_needs[metal, region == CHINA]

    def metal_for_magnet(self, magnet: str, metal: str, region: str) -> float:
        """Returns the metal required for a tonne of finished magnet, including losses [t per t]."""
        content = self.contents.get((magnet, metal), GradeContent(0.0))
        finished = self.blank_yields[magnet == "mag_SmCo", region == CHINA]
        return (content.alloyed / finished + content.diffused) / self.alloy_yield

    def swarf_from_magnet(self, magnet: str, metal: str, region: str) -> float:
        """Returns the oxide contained in the losses of a tonne of finished magnet [t per t]."""
        content = self.contents.get((magnet, metal), GradeContent(0.0))
        lost = self.metal_for_magnet(magnet, metal, region) - content.alloyed - content.diffused
        return lost * self.stoichiometry[metal]

    def metals_of(self, magnet: str) -> tuple[str, ...]:
        """Returns the metals in a magnet."""
        return tuple(metal for metal in METALS if (magnet, metal) in self.contents)

    def oxide_for_magnet(self, magnet: str, oxide: str, region: str) -> float:
        """Returns the oxide required for a tonne of finished magnet, with metal from the same region [t per t]."""
        return total(
            self.metal_for_magnet(magnet, metal, region) * self.oxide_for_metal(metal, region)
            for metal, source in METALS.items()
            if source == oxide
        )


def model_recipes(coefficients: Coefficients, tables: Mapping[str, Table]) -> Recipes:
    """Returns the coefficients of the model: grinding loses every element of a magnet in proportion.

    Args:
        coefficients: Coefficients of the model.
        tables: Tables of the market data set.

    Raises:
        CoercivityError: If a coefficient is missing.

    Source: equations 4 to 6 of docs/market.md.
    """
    book = _Book(tables["process_coefficients"])
    held = {"NdPr": "met_NdPr", "Dy": "met_Dy", "Tb": "met_Tb", "Sm": "met_Sm", "Ce": "met_LaCe"}
    shares = (
        (grade, held[element], share) for grade, of in coefficients.content.items() for element, share in of.items()
    )
    regions = {True: CHINA, False: ""}
    return Recipes(
        {(feed, f"ox_{element}"): share for feed, of in coefficients.assay.items() for element, share in of.items()},
        {(oxide, home): coefficients.recovery(oxide[3:], at) for oxide in OXIDES for home, at in regions.items()},
        {(grade, metal): GradeContent(share) for grade, metal, share in shares},
        {metal: _stoichiometry(book, metal) for metal in METALS},
        {(m, home): coefficients.oxide_per_metal(e, at) for e, m in held.items() for home, at in regions.items()},
        _blanks(book),
        book.take("NdFeB", "mass_yield"),
        book.take("NdFeB swarf", "REO_recovery"),
    )


def published_recipes(coefficients: Coefficients, tables: Mapping[str, Table]) -> Recipes:
    """Returns the coefficients behind `base_year_residuals`.

    They differ in four points: contents are not rounded, diffused Dy and Tb are added after grinding, SmCo is a mix of
    1:5 and 2:17, and Ce and Sm are reduced to metal without loss.

    Args:
        coefficients: Coefficients of the model.
        tables: Tables of the market data set.

    Raises:
        CoercivityError: If a coefficient is missing.

    Source: equations 4 to 6 of docs/market.md; docs/base-year.md.
    """
    ours = model_recipes(coefficients, tables)
    whole = {(metal, home): ours.stoichiometry[metal] for metal in ("met_Sm", "met_LaCe") for home in _SIDES}
    contents = dict(_contents(_Book(tables["process_coefficients"])))
    return replace(ours, contents=contents, oxide_needs={**ours.oxide_needs, **whole})


class _Book:
    def __init__(self, table: Table) -> None:
        self._rows: dict[tuple[Cell, ...], float] = {}
        for row in table.rows:
            if row["in_use"]:
                self._rows[row["item"], row["parameter"], row["region"]] = number(row["value"])

    def take(self, item: str, parameter: str, region: str = "all") -> float:
        found = self._rows.get((item, parameter, region))
        if found is None:
            what = f"no active row for {parameter} of {item} in {region}"
            raise CoercivityError.of("BASE-YEAR", what, where="world/process_coefficients.csv")
        return found


def number(cell: Cell) -> float:
    """Returns the number in a cell.

    Raises:
        CoercivityError: If it is not a number.
    """
    if isinstance(cell, (int, float)):
        return float(cell)
    raise CoercivityError.of("BASE-YEAR", f"{cell!r} is not a number")


def _stoichiometry(book: _Book, metal: str) -> float:
    item = {"met_NdPr": "NdPr (75:25 oxide)", "met_LaCe": "Ce"}.get(metal, metal.removeprefix("met_"))
    return book.take(item, "oxide_per_metal_theoretical")


def _blanks(book: _Book) -> dict[tuple[bool, bool], float]:
    smco = book.take("SmCo blank to finished", "finished_per_blank")
    ndfeb = {(False, home): book.take("sintered NdFeB", "finished_per_blank", side) for home, side in _SIDES.items()}
    return ndfeb | {(True, True): smco, (True, False): smco}


def _contents(book: _Book) -> Iterator[tuple[tuple[str, str], GradeContent]]:
    def in_grade(item: str, *elements: str) -> float:
        return total(book.take(item, element) for element in elements)

    plain = _ALLOYED.format("N")
    yield ("mag_none", "met_NdPr"), GradeContent(in_grade(plain, "Nd", "Pr"))
    cerium = "Ce-NdFeB (30 pct of TRE as Ce)"
    yield ("mag_Ce", "met_NdPr"), GradeContent(in_grade(cerium, "Nd", "Pr"))
    yield ("mag_Ce", "met_LaCe"), GradeContent(in_grade(cerium, "Ce"))
    for magnet, (alloyed, diffused) in _GRADES.items():
        for metal, elements in (("met_NdPr", ("Nd", "Pr")), ("met_Dy", ("Dy",)), ("met_Tb", ("Tb",))):
            first = total(in_grade(_ALLOYED.format(grade), *elements) for grade in alloyed) / len(alloyed)
            second = total(in_grade(_DIFFUSED.format(grade), *elements) for grade in diffused) / len(diffused)
            first, second = first * (1 - _DIFFUSED_SHARE), second * _DIFFUSED_SHARE
            whole = metal == "met_NdPr"
            yield (magnet, metal), GradeContent(first + second) if whole else GradeContent(first, second)
    sm = _SMCO5_SHARE * book.take("SmCo 1:5", "Sm") + (1 - _SMCO5_SHARE) * book.take("SmCo 2:17", "Sm")
    yield ("mag_SmCo", "met_Sm"), GradeContent(sm)
