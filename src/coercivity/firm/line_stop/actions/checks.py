"""Rows of the sheet Options that name nothing that can be done: every one is a fault, so that none is left out."""

from __future__ import annotations

from coercivity.base.errors import Faults, nearest
from coercivity.firm.company.model import Company, Lot, Option
from coercivity.firm.company.own_make import is_shipped, made_at_plant


def check_options(company: Company, faults: Faults) -> None:
    """Adds a fault for every option that does not say what it is about, or is about goods that are not there.

    Args:
        company: The company as read.
        faults: Receives every fault, with the row of the option.
    """
    for option in company.options:
        match option.kind:
            case "air freight" if option.lot:
                _lot_by_air(company, option, faults)
            case "file sooner" | "renew sooner":
                continue
            case _ if not (option.plant and option.part):
                what = f"option {option.option}: plant or part is blank"
                faults.add(
                    "OPTION", what, where=option.where, next="fill both cells; for air freight, the lot is enough"
                )
            case "air freight":
                _next_by_air(company, option, faults)
            case "more stock":
                _more_stock(company, option, faults)
            case "release quarantine":
                _quarantine(company, option, faults)


def _lot_by_air(company: Company, option: Option, faults: Faults) -> None:
    lot = next((lot for lot in company.in_transit if lot.lot == option.lot), None)
    if lot is None:
        close = nearest(option.lot, [lot.lot for lot in company.in_transit])
        what = f"option {option.option}: there is no lot {option.lot}"
        faults.add("OPTION", what, where=option.where, nearest=close, next="name a lot of the sheet In transit")
    elif not _waits(lot):
        what = f"option {option.option}: lot {option.lot} is cleared or has no days of transport"
        faults.add("OPTION", what, where=option.where, next="name a lot that waits and has transit_days")
    elif not is_shipped(company, lot):
        what = f"option {option.option}: plant {lot.plant} makes lot {option.lot} itself, so no one ships it"
        faults.add("OPTION", what, where=option.where, next="name a lot of another supplier, or delete the option")


def _next_by_air(company: Company, option: Option, faults: Faults) -> None:
    own = made_at_plant(company)
    lots = [lot for lot in company.in_transit if (lot.plant, lot.part) == (option.plant, option.part)]
    if not any(_waits(lot) and lot.lot not in own for lot in lots):
        what = f"option {option.option}: no lot waits for part {option.part!r} at plant {option.plant!r}"
        faults.add("OPTION", what, where=option.where, next="name the lot, or plant and part of one")


def _waits(lot: Lot) -> bool:
    return lot.state == "waiting" and lot.transit_days is not None


def _more_stock(company: Company, option: Option, faults: Faults) -> None:
    if not any((use.plant, use.part) == (option.plant, option.part) for use in company.use):
        what = f"option {option.option}: plant {option.plant!r} does not use part {option.part!r}"
        faults.add("OPTION", what, where=option.where, next="name a plant and a part of the sheet Use")
    elif option.quantity_kg == 0:
        what = f"option {option.option}: the quantity is 0"
        faults.add("OPTION", what, where=option.where, next="write the mass, or leave it blank for a month's use")


def _quarantine(company: Company, option: Option, faults: Faults) -> None:
    rows = [row for row in company.stock if (row.plant, row.part) == (option.plant, option.part) and not row.serves]
    if not any(row.quarantine_kg for row in rows):
        what = f"option {option.option}: no stock of part {option.part!r} at plant {option.plant!r} is in quarantine"
        faults.add("OPTION", what, where=option.where, next="name plant and part of a row of Stock with quarantine_kg")
