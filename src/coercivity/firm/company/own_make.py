"""Lots that a plant makes itself: no one ships them, so that no other means of transport brings them sooner."""

from __future__ import annotations

from coercivity.firm.company.model import Company, Lot


def made_at_plant(company: Company) -> frozenset[str]:
    """Returns the lots whose supplier is the plant that uses them: the same company name in the same country.

    Their days of transport are days of production. A blank name tells nothing, so that such a lot counts as shipped.

    Args:
        company: The company.
    """
    plants = {plant.plant: (_folded(plant.name), plant.country) for plant in company.plants if plant.name}
    makers = {one.supplier: (_folded(one.name), one.country) for one in company.suppliers if one.name}
    return frozenset(lot.lot for lot in company.in_transit if _same(plants.get(lot.plant), makers.get(lot.supplier)))


def is_shipped(company: Company, lot: Lot) -> bool:
    """Returns whether someone ships a lot to its plant.

    Args:
        company: The company.
        lot: One of its lots.
    """
    return lot.lot not in made_at_plant(company)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _same(plant: tuple[str, str] | None, maker: tuple[str, str] | None) -> bool:
    return plant is not None and plant == maker
