"""The base year as model input: balanced flows of 2024 by kind, from the tables that `base_year` writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, nearest
from coercivity.data.packs import Pack, open_pack
from coercivity.data.tables import Table

# kind, good, use, from region, to region
FlowKey = tuple[str, str, str, str, str]
TRADES = ("feed_trade", "oxide_trade", "metal_trade", "magnet_trade")


@dataclass(frozen=True)
class BaseFlows:
    """Flows of the base year and their balances.

    Attributes:
        flows: Mass of each flow, including zeros, by kind, product, use, origin and destination [t/yr].
        balance: Rows of `base_balance` by item: an element or a class of magnet.
    """

    flows: Mapping[FlowKey, float]
    balance: Mapping[str, Mapping[str, object]]

    def mine(self) -> dict[tuple[str, str], float]:
        """Returns the mine output by feed and region [t REO/yr]."""
        return self._made("mine")

    def separate(self) -> dict[tuple[str, str], float]:
        """Returns the input of separation by feed and region [t REO/yr]."""
        return self._made("separate")

    def oxides(self) -> dict[tuple[str, str], float]:
        """Returns the output of separation by oxide and region, including oxides not used later [t/yr]."""
        return self._made("oxide")

    def seg_aside(self) -> dict[tuple[str, str], float]:
        """Returns the oxides that stay in unseparated concentrate by oxide and region [t/yr]."""
        return self._made("seg_aside")

    def surplus(self) -> dict[tuple[str, str], float]:
        """Returns surplus oxides by oxide and region [t/yr]."""
        return self._made("surplus")

    def recycled(self) -> dict[tuple[str, str], float]:
        """Returns the oxide recovered from swarf by oxide and region [t/yr]."""
        return self._made("recycled")

    def unregistered(self) -> dict[tuple[str, str], float]:
        """Returns the unregistered supply by oxide and region; assumed [t/yr]."""
        return self._made("unregistered")

    def metal(self) -> dict[tuple[str, str], float]:
        """Returns the metal made by metal and region [t/yr]."""
        return self._made("metal")

    def magnets(self) -> dict[tuple[str, str], float]:
        """Returns the finished magnets made by class and region [t/yr]."""
        return self._made("magnet")

    def use(self) -> dict[tuple[str, str, str], float]:
        """Returns the magnets used by use, class and region [t/yr]."""
        return {(k[2], k[1], k[4]): mass for k, mass in self.flows.items() if k[0] == "use" and mass > 0.0}

    def nonmagnet(self) -> dict[tuple[str, str], float]:
        """Returns the oxide used outside magnets by oxide and region [t/yr]."""
        return self._made("nonmagnet")

    def trade(self, kind: str) -> dict[tuple[str, str, str], float]:
        """Returns shipments by product, origin and destination [t/yr].

        Args:
            kind: feed_trade, oxide_trade, metal_trade or magnet_trade.

        Raises:
            CoercivityError: If the kind is not one of these.
        """
        if kind not in TRADES:
            what = f"{kind!r} is not a kind of shipment"
            raise CoercivityError.of(
                "BASE-YEAR", what, nearest=nearest(kind, TRADES), next="one of: " + ", ".join(TRADES)
            )
        return {(k[1], k[3], k[4]): mass for k, mass in self.flows.items() if k[0] == kind and mass > 0.0}

    def _made(self, kind: str) -> dict[tuple[str, str], float]:
        return {(k[1], k[3]): mass for k, mass in self.flows.items() if k[0] == kind and mass > 0.0}


def read_base(pack: Pack) -> BaseFlows:
    """Returns the base year of a market data set.

    Raises:
        CoercivityError: If a table is missing or has errors.
    """
    rows = pack.table("base_balance").rows
    return BaseFlows(_flows(pack.table("base_flows")), {str(row["item"]): row for row in rows})


def load_base(known: Day | None = None) -> BaseFlows:
    """Returns the built-in base year, read once.

    A cut does not balance it again: its figures are of 2024, so that all or none of them are known.

    Args:
        known: Information cut-off; None for all rows.

    Raises:
        CoercivityError: If a table is missing or has errors.
    """
    return _load_base(known)


@lru_cache(maxsize=4)
def _load_base(known: Day | None) -> BaseFlows:
    return read_base(open_pack("world", known))


def _flows(table: Table) -> dict[FlowKey, float]:
    names = ("kind", "good", "use", "from_region", "to_region")
    keys = zip(*(table.text(name) for name in names), strict=True)
    masses = (float(text) for text in table.text("value"))
    return {(key[0], key[1], key[2], key[3], key[4]): mass for key, mass in zip(keys, masses, strict=True)}
