"""What a case states of the cost of compliance; a figure that is not stated is None and is never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Vendor:
    """A second vendor outside China, which delivers in place of some transfers.

    Attributes:
        name_zh: Its name in Chinese; empty if not given.
        country: Where it delivers from.
        replaces: Transactions that fall away with it.
        cost_keur: What it costs more than the transfers that it replaces [1000 EUR].
        months: From the order to its last delivery [months].
        from_china: `none` if the case states that nothing of it comes from China or from Chinese persons; else it is
            not known, and the same clauses may apply to it.
        source: What cost and months follow; `source_zh` in Chinese, empty if not given.
    """

    vendor: str
    name_zh: str
    country: str
    replaces: tuple[str, ...]
    cost_keur: Fraction | None
    months: int | None
    from_china: str
    source: str
    source_zh: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Compliance:
    """What a case states of the cost of compliance.

    Attributes:
        hours_per_filing: Working hours for one application [hours].
        hourly_cost: Cost of one of them [EUR].
        fee_per_filing: Fees of one application, such as translation and notary [EUR].
        output_per_month: Planned output [t a month].
        margin: Margin on it [1000 EUR/t].
        start_up_days: From the last transfer that the plant needs to its first output [calendar days].
        plant_needs: Transactions without which the plant cannot run.
        vendors: Second vendors, who are all taken together.
        units: Unit of each figure that is stated, by its name.
        sources: Source of each figure that is stated, by its name; `sources_zh` in Chinese, empty if not given.
        texts: Each figure as it is stated, by its name.
    """

    hours_per_filing: Fraction | None = None
    hourly_cost: Fraction | None = None
    fee_per_filing: Fraction | None = None
    output_per_month: Fraction | None = None
    margin: Fraction | None = None
    start_up_days: int | None = None
    plant_needs: tuple[str, ...] = ()
    vendors: tuple[Vendor, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    sources_zh: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def replaced(self) -> frozenset[str]:
        """Transactions that fall away with the second vendors."""
        return frozenset(name for vendor in self.vendors for name in vendor.replaces)
