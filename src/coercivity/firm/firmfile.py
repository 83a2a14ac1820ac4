"""`firm.yaml`: parts, stock, goods in transit, suppliers and their licences, as the company gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

from coercivity.base.errors import CoercivityError, Faults
from coercivity.data.catalogue import Country
from coercivity.data.schema import DayText, FlagText, Plain, Strict, Words, parse_as
from coercivity.data.textyaml import TextMap, file_in, load_file
from coercivity.firm.amounts import mass_kg, parse_amount
from coercivity.firm.firmcheck import check_firm
from coercivity.firm.usedays import UseBasis

FIRM_FILE = "firm.yaml"
Quality = Literal["measured", "reported", "estimated", "assumed"]


class Sourced(Strict):
    """A number of the company with its quality and source."""

    quality: Quality
    source: Plain


class Amount(Sourced):
    """An amount with its unit: kg, t, g or pieces."""

    amount: Plain
    unit: Plain


class MaterialUse(Amount):
    """Consumption per working day, month or year."""

    per: Literal["day", "month", "year"]


class Worth(Sourced):
    """Cost of one unit of lost consumption."""

    amount: Plain
    currency: Plain
    per: Plain


class ItemContent(Sourced):
    """Mass shares of the elements."""

    shares: dict[str, Plain]


class Item(Strict):
    """A part or a material that the company consumes.

    Attributes:
        grade: Grade of a magnet; blank for metal and oxide.
        piece_kg: Weight of one piece [kg].
        safety: Safety stock.
        worth: Loss per unit of lost consumption.
    """

    id: Plain
    name: Words
    grade: str = ""
    content: ItemContent
    piece_kg: str = ""
    use: MaterialUse
    stock: Amount
    safety: Amount | None = None
    worth: Worth


class Supplier(Strict):
    """A supplier with its country."""

    id: Plain
    name: Words
    role: Words
    country: Plain
    invented: FlagText = False


class Transit(Sourced):
    """Transit days, from export clearance to the company."""

    days: Plain


class Licence(Sourced):
    """Status of a licence.

    Attributes:
        balance: Remaining quantity of a single licence.
        valid_until: Last day on which goods may be exported under it.
        filed: Filing date of a pending application, also for a following licence.
    """

    state: Literal["granted", "filed", "none"]
    kind: Literal["single", "general"]
    balance: Amount | None = None
    valid_until: DayText | None = None
    filed: DayText | None = None


class Flow(Strict):
    """Lots of goods from one supplier.

    Attributes:
        deal: Transaction of the case that describes the goods; otherwise `facts` do.
        every_days: Days between two lots.
        next_leaves: Day on which the next lot is ready for shipment.
    """

    id: Plain
    item: Plain
    supplier: Plain
    deal: str = ""
    facts: dict[str, object] = {}
    lot: Amount
    every_days: Plain
    next_leaves: DayText
    transit: Transit
    licence: Licence


class Afloat(Amount):
    """Goods in transit.

    Attributes:
        state: cleared for export; licensed, but not cleared yet; waiting for a licence.
        departed: Day of departure, past or planned.
    """

    id: Plain
    flow: Plain
    state: Literal["cleared", "licensed", "waiting"]
    departed: DayText
    arrives: DayText


class ChanceText(Sourced):
    """The company's own probabilities of returned applications and interruptions, instead of ours."""

    returned: Plain
    most_returns: Plain
    stopped: Plain


class Firm(Strict):
    """The content of `firm.yaml`.

    Attributes:
        as_of: Day of the stock count, at its end.
        days: Whether consumption is on every day, or Monday to Friday.
        closed: Days without consumption.
    """

    id: Plain
    as_of: DayText
    invented: FlagText = False
    note: Words | None = None
    days: UseBasis
    closed: list[DayText] = []
    items: list[Item]
    suppliers: list[Supplier]
    flows: list[Flow]
    afloat: list[Afloat] = []
    chances: ChanceText | None = None

    def item(self, name: str) -> Item:
        """Returns an item by its id."""
        return next(item for item in self.items if item.id == name)

    def flow(self, name: str) -> Flow:
        """Returns a flow by its id."""
        return next(flow for flow in self.flows if flow.id == name)


@dataclass(frozen=True, slots=True)
class FirmFile:
    """A company file as read.

    Attributes:
        raw: The file as text with its lines, for messages about single entries.
    """

    firm: Firm
    raw: TextMap


def read_firm(folder: Path, *, elements: Mapping[str, object], countries: Mapping[str, Country]) -> FirmFile:
    """Returns the company of a case folder.

    Args:
        folder: Folder with `firm.yaml`.
        elements: Known elements.
        countries: Known country codes.

    Raises:
        CoercivityError: With every error in the file: line, nearest names, next step.
    """
    raw = load_file(file_in(folder, FIRM_FILE))
    if not isinstance(raw, TextMap):
        raise CoercivityError.of(
            "FIRM-FORM", "not a mapping of keys and values", where=f"{FIRM_FILE}:1", next="see docs/survive.md"
        )
    faults = Faults()
    firm = parse_as(Firm, raw, name=FIRM_FILE, faults=faults)
    check_firm(raw, FIRM_FILE, elements=elements, countries=countries, faults=faults)
    faults.raise_if_any()
    assert firm is not None
    return FirmFile(firm, raw)


def kg_of(amount: Amount, item: Item) -> Fraction:
    """Returns an amount of an item as a mass [kg]."""
    piece = parse_amount(item.piece_kg) if item.piece_kg else None
    return mass_kg(parse_amount(amount.amount), amount.unit, piece)
