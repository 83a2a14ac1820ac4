"""The deal of a lot: goods, route and parties as the workbook gives them, and the cells that it leaves blank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from coercivity.base.errors import Faults
from coercivity.base.exact import SCALE
from coercivity.cases.gather import Standing
from coercivity.data.catalogue import MORE, NOT, FactCatalogue, raw_value
from coercivity.firm.company.grades import grade_of
from coercivity.firm.company.model import Company, Declaration, Lot, Part, Plant, Supplier
from coercivity.intake.cells.countries import CHINA, country_reader
from coercivity.intake.cells.stated import stated_value
from coercivity.intake.composition.composition import LISTS_ALL
from coercivity.intake.parties.screening import DIFFERENT_FROM
from coercivity.law.rules.rulebook import Rulebook

_SPEAKER = ("said_by", "said_on", "lists", "version")
_BOTH = frozenset(("ndpr", "prnd", "nd+pr", "pr+nd", "nd/pr", "pr/nd", "didymium", "镨钕"))
_SYMBOL = re.compile(r"[A-Z][a-z]?")
_SPLIT = re.compile(r"[,;，；、]+")
_NONE = frozenset(("", "none", "[]", "no", "无"))
_SHARES = {"Dy": "dy_mass_share", "Tb": "tb_mass_share"}
_BRACKETS = "[]"


@dataclass(frozen=True, slots=True)
class LotDeal:
    """What the workbook says of a lot.

    Attributes:
        facts: Raw values by fact name.
        missing: Cells of countries and goods that were not given.
        unnamed: Cells of company names that were not given.
        where: Place of the part, for messages.
    """

    facts: Mapping[str, object]
    missing: tuple[str, ...]
    unnamed: tuple[str, ...]
    where: str


def lot_deal(book: Rulebook, company: Company, lot: Lot, faults: Faults) -> LotDeal:
    """Returns the deal of a lot; a country that cannot be read is added to the faults.

    Args:
        book: The rulebook, for its facts.
        company: The company.
        lot: The lot.
        faults: Collects every error found.
    """
    supplier = next((one for one in company.suppliers if one.supplier == lot.supplier), Supplier(lot.supplier, "", ""))
    plant = next((one for one in company.plants if one.plant == lot.plant), Plant(lot.plant, "", "", None))
    part = next((one for one in company.parts if one.part == lot.part), Part(lot.part, "", "", "", None, None, {}))
    facts, missing = _route(book, supplier, plant, faults)
    goods, blank = goods_facts(book.catalogue, part)
    parties = {"exporter": supplier.name, "consignee": plant.name, "end_user": plant.name}
    unnamed = [f"Suppliers name of {supplier.supplier}"] if not supplier.name else []
    unnamed += [f"Plants name of {plant.plant}"] if not plant.name else []
    named = {fact: name for fact, name in parties.items() if name}
    return LotDeal({**facts, **goods, **named}, (*missing, *blank), tuple(unnamed), part.where or lot.where)


def _route(book: Rulebook, supplier: Supplier, plant: Plant, faults: Faults) -> tuple[dict[str, object], list[str]]:
    """Returns the countries and the act that follows from them, and the cells that are blank."""
    facts: dict[str, object] = {}
    missing = []
    ends = (("from", supplier.country, supplier.where, f"Suppliers country of {supplier.supplier}"),
            ("to", plant.country, plant.where, f"Plants country of {plant.plant}"))  # fmt: skip
    for fact, text, where, cell in ends:
        if not text.strip():
            missing.append(cell)
            continue
        read = country_reader(book.catalogue, fact)(text)
        if read.fault is not None:
            faults.add(read.fault.code, read.fault.what, where=where, nearest=read.fault.nearest,
                       next=read.fault.next)  # fmt: skip
        facts |= {name: raw_value(value) for name, value in read.facts.items()}
    if facts.get("from") == CHINA:
        facts["act"] = "goods"
    elif "from" in facts and facts.get("to", CHINA) != CHINA:
        facts["act"] = "reexport"
    return facts, missing


def goods_facts(catalogue: FactCatalogue, part: Part) -> tuple[dict[str, object], list[str]]:
    """Returns the facts of a part, and the cells without which it is not known what it is.

    A grade says which magnet it is, and never which elements are absent. An element is absent only where its share is
    stated as 0, where the shares add up to the whole, or where the company states that there are no other rare earths.
    """
    facts: dict[str, object] = {}
    missing = []
    kind = magnet_type_of(part.grade)
    if kind:
        facts["magnet_type"] = [kind]
    form = _form(part.form, magnet=bool(kind))
    if form:
        facts["form"] = form
    else:
        missing.append(f"Parts form of {part.part}")
    elements, by_element = _elements(catalogue, part)
    if elements is None:
        missing.append(f"Parts composition of {part.part}")
    else:
        facts["elements"] = elements
        if form == "magnet":
            facts |= {_SHARES[name]: text for name, text in by_element.items() if name in _SHARES}
            open_ = MORE in elements and kind == "NdFeB"
            said = {name.removeprefix(NOT) for name in elements}
            missing += [f"Parts {name} of {part.part}" for name in _SHARES if open_ and name not in said]
    return facts, missing


def magnet_type_of(grade: str) -> str:
    """Returns NdFeB or SmCo for a grade as the trade writes it; empty if it is none of a rare earth magnet."""
    found = grade_of(grade) if grade.strip() else None
    return "" if found is None or found.family == "none" else found.family


def _form(stated: str, *, magnet: bool) -> str:
    """Returns the form of a part; empty if it is not given, or at odds with its grade.

    Powder alone may be that of a metal, an alloy or an oxide.
    """
    if not magnet:
        return "" if stated == "powder" else stated
    return {"": "magnet", "magnet": "magnet", "powder": "magnet_powder"}.get(stated, "")


def _elements(catalogue: FactCatalogue, part: Part) -> tuple[list[str] | None, dict[str, str]]:
    """Returns the elements as a file writes them, None if no share is stated; and the exact shares as text."""
    has: dict[str, Fraction | None] = {}
    lacks: set[str] = set()
    strange = False
    for name, share in (*part.shares.items(), *((name, Fraction(0)) for name in sorted(part.free_of))):
        symbols = _symbols(catalogue, name)
        strange = strange or (bool(share) and not symbols and not _SYMBOL.fullmatch(name))
        for symbol in symbols:
            if share:
                has[symbol] = share if len(symbols) == 1 else None
            else:
                lacks.add(symbol)
    if not has and not lacks:
        return None, {}
    shares = {name: _exact(share) for name, share in has.items() if share is not None}
    by_element = {name: text for name, text in shares.items() if text} | {
        name: "0" for name in lacks if name not in has
    }
    whole = sum(part.shares.values(), Fraction(0)) == 1 or part.other_rare_earths == "none"
    if whole and not strange:
        return sorted(has), by_element
    return [*sorted(has), *(f"{NOT}{name}" for name in sorted(lacks - has.keys())), MORE], by_element


def _symbols(catalogue: FactCatalogue, name: str) -> tuple[str, ...]:
    """Returns the elements that the header of a column names; none if the law lists no such element."""
    if name.replace(" ", "").casefold() in _BOTH:
        return ("Nd", "Pr")
    found = stated_value(catalogue, "elements", [name])
    symbol = found[0] if isinstance(found, list) else name
    return (symbol,) if symbol in catalogue["elements"].values else ()


def _exact(share: Fraction) -> str:
    """Returns a share as a decimal number; empty if the rulebook cannot hold it exactly."""
    units = share * SCALE
    if units.denominator != 1:
        return ""
    return f"0.{units.numerator:09d}" if units < SCALE else "1"


def standing_of(book: Rulebook, company: Company, faults: Faults) -> Standing:
    """Returns the compliance declarations of a company; every one that cannot be read is added to the faults.

    A blank list of what was searched means that nothing was, so that less said never frees.

    Args:
        book: The rulebook, for its facts.
        company: The company.
        faults: Collects every error found.
    """
    said = {one.name.strip().casefold(): one.value.strip() for one in company.declarations if _is_speaker(one)}
    lists = tuple(_members(said.get("lists", "")))
    facts: dict[str, object] = {}
    for one in company.declarations:
        if _is_speaker(one):
            continue
        for name, value in _declared(book.catalogue, one, faults):
            facts[name] = value
    if not lists:
        facts.pop("party_sets", None)
    return Standing(said.get("said_by", ""), facts, lists, said.get("version", ""), said.get("said_on", ""))


def _is_speaker(one: Declaration) -> bool:
    return one.name.strip().casefold() in _SPEAKER


def _declared(catalogue: FactCatalogue, one: Declaration, faults: Faults) -> Iterator[tuple[str, object]]:
    """Yields the fact that a row declares; nothing if it is a fault."""
    names = catalogue.named(one.name.strip())
    name = names[0] if len(names) == 1 else one.name.strip()
    if name in (LISTS_ALL, DIFFERENT_FROM):
        what = f"{name} cannot be declared for all parts and lots"
        next_ = (
            "write none in the column other_rare_earths of each part of which it is true"
            if name == LISTS_ALL
            else "use a judgement file"
        )
        faults.add("CELL", what, where=one.where, next=next_)
        return
    spec = catalogue.get(name)
    raw: object = _members(one.value) if spec is not None and spec.type == "set" else one.value.strip()
    value = stated_value(catalogue, name, raw)
    before = len(faults.items)
    catalogue.parse(name, value, where=one.where, faults=faults)
    if len(faults.items) == before:
        yield name, value


def _members(text: str) -> list[str]:
    plain = text.strip().strip(_BRACKETS)
    if plain.strip().casefold() in _NONE:
        return []
    return [part.strip() for part in _SPLIT.split(plain) if part.strip()]
