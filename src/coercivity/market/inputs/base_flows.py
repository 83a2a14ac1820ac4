"""The base year as the model reads it: closed flows of 2024 by kind, from the tables that `base_year` wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from coercivity.base.errors import CoercivityError, nearest
from coercivity.data.packs import Pack, open_pack
from coercivity.data.tables import Table

# kind, good, use, from region, to region
FlowKey = tuple[str, str, str, str, str]
TRADES = ("feed_trade", "oxide_trade", "metal_trade", "magnet_trade")


@dataclass(frozen=True)
class BaseFlows:
    """Flows of the base year and the balances they close.

    Attributes:
        flows: Mass of each flow, zeros included, by kind, good, use, from region and to region [t/yr].
        balance: Rows of `base_balance` by item: an element or a class of magnet.
    """

    flows: Mapping[FlowKey, float]
    balance: Mapping[str, Mapping[str, object]]

    def mine(self) -> dict[tuple[str, str], float]:
        """Returns the mine output by feed and region [t REO/yr]."""
        return self._made("mine")

    def separate(self) -> dict[tuple[str, str], float]:
        """Returns what is fed to separation by feed and region [t REO/yr]."""
        return self._made("separate")

    def oxides(self) -> dict[tuple[str, str], float]:
        """Returns the oxide that separation gives by oxide and region; what is later put aside is inside [t/yr]."""
        return self._made("oxide")

    def seg_aside(self) -> dict[tuple[str, str], float]:
        """Returns the oxides that stay in unseparated concentrate by oxide and region [t/yr]."""
        return self._made("seg_aside")

    def surplus(self) -> dict[tuple[str, str], float]:
        """Returns the oxides that nobody needs by oxide and region [t/yr]."""
        return self._made("surplus")

    def recycled(self) -> dict[tuple[str, str], float]:
        """Returns the oxide made of swarf by oxide and region [t/yr]."""
        return self._made("recycled")

    def unregistered(self) -> dict[tuple[str, str], float]:
        """Returns the supply that no table registers by oxide and region; assumed [t/yr]."""
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
        """Returns shipments by good, from region and to region [t/yr].

        Args:
            kind: feed_trade, oxide_trade, metal_trade or magnet_trade.

        Raises:
            CoercivityError: When the kind is another.
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
    """Returns the base year of a world pack.

    Raises:
        CoercivityError: When a table is missing or faulty.
    """
    rows = pack.table("base_balance").rows
    return BaseFlows(_flows(pack.table("base_flows")), {str(row["item"]): row for row in rows})


@lru_cache(maxsize=1)
def load_base() -> BaseFlows:
    """Returns the packed base year, read once.

    Raises:
        CoercivityError: When a table is missing or faulty.
    """
    return read_base(open_pack("world"))


def _flows(table: Table) -> dict[FlowKey, float]:
    names = ("kind", "good", "use", "from_region", "to_region")
    keys = zip(*(table.text(name) for name in names), strict=True)
    masses = (float(text) for text in table.text("value"))
    return {(key[0], key[1], key[2], key[3], key[4]): mass for key, mass in zip(keys, masses, strict=True)}
