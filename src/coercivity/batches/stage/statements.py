"""What the columns of a part state together: blanks, units, facts stated by two columns, and unlikely values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from coercivity.base.exact import SCALE, Interval
from coercivity.batches.stage.cells import ReadColumn
from coercivity.batches.stage.column import Column, Made, Said, combined, joined
from coercivity.batches.stage.facts import Stated
from coercivity.cases.gather import BY_DEAL
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.cells.quantities import KG, NO_MASS, mass_kg, unit_of
from coercivity.intake.composition.composition import LISTS_ALL
from coercivity.intake.goods.hs import OUTSIDE, hs_kinds
from coercivity.law.engine.derived_facts import MASS_SHARES, RARE_EARTHS, WITHOUT_RARE_EARTHS
from coercivity.law.rules.evaluator import CHINA

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coercivity.batches.stage.column import Codes

# If a table has one of these columns, a row that leaves it blank is open.
ANSWERING = ("material", "form", "from", "to")
# Columns that state facts in their own words; a column of the fact itself takes precedence.
SPEAKING = ("composition", "material", "use")
# Columns that describe the contents of an item; a name is not one of them.
CONTENT = ("composition", "elements")
MADE = frozenset({"finished_good", "assembly", "component"})


def unread_of(column: ReadColumn) -> list[bool]:
    """Returns whether each cell contains something that could not be read; a blank where an answer is due counts."""
    blank = column.role in ANSWERING
    return [
        bool(cell.unread) or (blank and not cell.facts and not cell.rest and cell.fault is None)
        for cell in column.cells
    ]


def entailed(read: Sequence[ReadColumn]) -> Iterator[Stated]:
    """Yields what follows from the words of a description, for rows in which no column states it."""
    for column in read:
        if any(cell.entailed for cell in column.cells):
            yield Stated(
                column.role, column.codes, [cell.entailed for cell in column.cells], [False] * len(column.cells)
            )


def rest_of(column: ReadColumn) -> list[bool]:
    """Returns whether each cell has words that were not understood beside facts that were."""
    return [bool(cell.rest) for cell in column.cells]


def facts_of_cells(column: ReadColumn) -> list[Mapping[str, FactValue | None]]:
    """Returns what each cell states; a composition that is blank or only claimed leaves the elements open.

    Whether that matters is for the rules: a ferrite magnet or a motor is decided without them.
    """
    if column.role != "composition":
        return [cell.facts for cell in column.cells]
    return [cell.facts or ({} if cell.unread or cell.fault else {"elements": None}) for cell in column.cells]


def with_remarks(stated: Sequence[Stated], read: Sequence[ReadColumn]) -> list[Stated]:
    """Adds the compositions in a column of remarks; one that the column of compositions leaves open counts instead."""
    notes = [column for column in read if column.role == "note" and any(cell.facts for cell in column.cells)]
    found = list(stated)
    for column in notes:
        own = Stated("composition", column.codes, [cell.facts for cell in column.cells], [False] * len(column.cells))
        found = [own, *(_filled(one, own) if one.role == "composition" else one for one in found)]
    return found


def _filled(stated: Stated, own: Stated) -> Stated:
    """Returns what a composition states, and nothing where it leaves the elements open and a remark states them."""
    codes, combinations = combined([Column(c.role, c.codes, tuple(range(len(c.facts)))) for c in (stated, own)])
    facts, unread = [], []
    for place, other in combinations:
        left_open = stated.facts[place].get("elements") is None and not (stated.unread and stated.unread[place])
        facts.append({} if left_open and own.facts[other] else stated.facts[place])
        unread.append(bool(stated.unread and stated.unread[place]))
    return Stated(stated.role, codes.astype("int64"), facts, unread)


def units(read: Sequence[ReadColumn]) -> Iterator[Stated]:
    """Yields the rows whose quantity cell has another unit than the unit column, as unread."""
    columns = {c.role: c for c in read if c.role in ("quantity", "unit")}
    if len(columns) < 2 or not any(cell.unit for cell in columns["quantity"].cells):
        return
    both = [Column(name, columns[name].codes, tuple(columns[name].cells)) for name in ("quantity", "unit")]
    codes, combinations = combined(both)
    conflict = [bool(mass_kg(both[0].values[q], both[1].values[u])[1]) for q, u in combinations]
    if any(conflict):
        yield Stated("unit", codes.astype("int64"), [{}] * len(combinations), conflict)


def tariff(read: Sequence[ReadColumn]) -> Iterator[Stated]:
    """Yields the rows with an HS code of arms, nuclear goods and the like, as unread, whatever the description says."""
    for column in read:
        if column.role == "hs":
            odd = [not OUTSIDE.isdisjoint(hs_kinds(str(cell.value or "")) or ()) for cell in column.cells]
            if any(odd):
                yield Stated("hs", column.codes, [{}] * len(odd), odd)


def tariff_notes(read: Sequence[ReadColumn], form: Column | None) -> tuple[Codes, list[str]] | None:
    """Returns a note for rows whose HS code does not match the form of the item; None if no row needs one."""
    column = next((column for column in read if column.role == "hs"), None)
    if column is None or form is None:
        return None
    codes, combinations = combined([Column("hs", column.codes, tuple(column.cells)), form])
    told = [_tariff_note(column.name, column.cells[code].value, form.values[value]) for code, value in combinations]
    return (codes, told) if any(told) else None


def _tariff_note(name: str, code: object, form: FactValue | None) -> str:
    kinds = hs_kinds(str(code or ""))
    if kinds is None or form is None or form in kinds:
        return ""
    return f"{name}: HS code {code} is for {' or '.join(sorted(kinds))}, but the item is described as {form}"


def unlikely(stated: Sequence[Stated]) -> Iterator[Stated]:
    """Yields magnets of a rare-earth-free family with rare earths, and machines mostly of Dy or Tb, as unread."""
    import numpy as np

    family, elements = _where(stated, "magnet_type", _without), _where(stated, "elements", _holds)
    odd = None if family is None or elements is None else family & elements
    made = _where(stated, "form", lambda form: form in MADE)
    for name in MASS_SHARES if made is not None else ():
        most = _where(stated, name, lambda share: isinstance(share, Interval) and share.low > SCALE // 2)
        if most is not None and made is not None:
            odd = made & most if odd is None else odd | (made & most)
    if odd is not None and odd.any():
        yield Stated("composition", odd.astype(np.int64), [{}, {}], [False, True])


def _where(stated: Sequence[Stated], name: str, test: Callable[[FactValue], bool]) -> NDArray[np.bool_] | None:
    """Returns the rows in which words state a fact that passes a test; None if no cell does."""
    import numpy as np

    for column in stated:
        if column.role not in SPEAKING:
            continue
        passes = [(value := facts.get(name)) is not None and test(value) for facts in column.facts]
        if any(passes):
            return np.take(np.array(passes), column.codes)
    return None


def _without(family: FactValue) -> bool:
    return isinstance(family, SetValue) and bool(family.has) and family.has <= WITHOUT_RARE_EARTHS


def _holds(elements: FactValue) -> bool:
    # Lanthanum is common in ferrites.
    return isinstance(elements, SetValue) and bool(elements.has & (RARE_EARTHS - {"La"}))


def without_content(stated: Sequence[Stated], standing: Mapping[str, Said], rows: int) -> Iterator[Stated]:
    """Yields rows without a composition; a declaration that compositions are complete does not cover their names."""
    import numpy as np

    answers = [standing.get(LISTS_ALL, (None, ""))[0], *(f.get(LISTS_ALL) for c in stated for f in c.facts)]
    if True not in answers:
        return
    telling = [c for c in stated if c.role in CONTENT]
    said = [Column(c.role, c.codes, tuple(f.get("elements") is not None for f in c.facts)) for c in telling]
    said = said or [Column("", np.zeros(rows, np.int64), (False,))]
    found = joined("composition", said, lambda *each: (any(each), ""))
    yield Stated("composition", found.codes, [{} if some else {LISTS_ALL: False} for some in found.values])


def by_route(stated: list[Stated], standing: Mapping[str, Said], rows: int) -> list[Stated]:
    """Infers the act if nothing states it: goods that leave China, or a re-export between two other countries."""
    import numpy as np

    def of(name: str) -> Column:
        for column in stated:
            if any(name in facts for facts in column.facts):
                return Column(name, column.codes, tuple(facts.get(name) for facts in column.facts))
        return Column(name, np.zeros(rows, np.int64), (standing.get(name, (None, ""))[0],))

    def act(said: object, start: object, end: object) -> Made:
        if said is not None:
            return said, BY_DEAL
        if start == CHINA:
            return "goods", BY_DEAL
        return ("reexport" if start is not None and end is not None and end != CHINA else None), BY_DEAL

    route = joined("act", [of("act"), of("from"), of("to")], act)
    others = [
        Stated(c.role, c.codes, [{n: v for n, v in facts.items() if n != "act"} for facts in c.facts], c.unread)
        for c in stated
    ]
    return [*others, Stated("act", route.codes, [{"act": v} if v is not None else {} for v in route.values])]


def masses(
    read: Sequence[ReadColumn], rows: int, *, unit: str = "", piece_mass_kg: Decimal | None = None
) -> NDArray[np.float64]:
    """Returns the mass of each row [kg]; NaN if quantity or unit do not give one.

    Args:
        read: The columns, read.
        rows: Number of rows.
        unit: Unit of the rows that do not state one.
        piece_mass_kg: Mass of one piece [kg], if given.
    """
    import numpy as np

    columns = {c.role: c for c in read if c.role in ("quantity", "unit")}
    if "quantity" not in columns:
        return np.full(rows, np.nan)
    quantity, name = columns["quantity"], unit_of(unit) if unit else ""
    assert quantity.numbers is not None
    standard = float(piece_mass_kg) if name == "piece" and piece_mass_kg is not None else _kg(name)
    massless = [bool(cell.unread) or cell.unit == NO_MASS for cell in quantity.cells]
    stated = np.array([np.nan if without else standard for without in massless])[quantity.codes]
    own = np.array([_kg(cell.unit) for cell in quantity.cells])[quantity.codes]
    if "unit" in columns:
        cells = columns["unit"].cells
        values = [float(cell.value) if isinstance(cell.value, Decimal) else np.nan for cell in cells]
        blank = np.array([not (cell.unit or cell.unread or cell.fault) for cell in cells])
        codes = columns["unit"].codes
        stated = np.where(blank[codes], stated, np.array(values)[codes])
    found: NDArray[np.float64] = quantity.numbers * np.where(np.isnan(own), stated, own)
    return found


def _kg(unit: str) -> float:
    return float(KG[unit]) if unit in KG else float("nan")
