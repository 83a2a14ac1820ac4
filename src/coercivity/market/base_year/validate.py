"""The base year of the model against quoted prices and reported flows; nothing is fitted here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from coercivity.base.canonical import round_sig
from coercivity.base.errors import CoercivityError
from coercivity.base.months import parse_month
from coercivity.base.sums import total
from coercivity.market.base_year.benchmarks import BORDER, FLOWS, LISTED, PRICED, Benchmark, Causes, load_causes
from coercivity.market.base_year.rows import BalanceCheck, CheckTables, FlowCheck, Origin, PriceCheck
from coercivity.market.inputs.coefficients import ABROAD, CHINA, MAGNETS, SURPLUS
from coercivity.market.inputs.figures import Figures, Row
from coercivity.market.results.rows import ALL_ABROAD
from coercivity.market.results.tables import Tables
from coercivity.market.run.simulate import Simulation

YEAR = "2024"
FIRST, LAST = parse_month(f"{YEAR}-01"), parse_month(f"{YEAR}-12")
# Basis of a model price: its demand curve was fitted to this row; it is such a price plus costs, tax or
# freight; or it follows from the cost of a surplus product, so that the quote was not used.
CALIBRATED, DERIVED, TESTED = "calibrated", "derived", "tested"
HOME, FOB, SPOT, LIST = "home_net_vat", "border_fob", "abroad_spot", "list"
_TAX = "china_vat"
# The mean over the longest period counts; rows within that period are not counted again.
_FREQUENCIES = ("annual", "monthly_average", "quarterly_average", "spot")
_QUALITIES = ("measured", "reported", "estimated", "assumed")


class Quote(NamedTuple):
    """A figure to compare a price with.

    Attributes:
        how: Formula from the rows.
        rows: Rows by table and id.
    """

    usd_per_kg: float
    basis: str
    how: str
    rows: Mapping[str, Row]


class BaseCheck:
    """A run of the base year against reported figures.

    Attributes:
        figures: The rows used for the comparison, separate from those that the model is based on.
    """

    def __init__(self, simulation: Simulation, causes: Causes | None = None) -> None:
        """Selects the base year of a run.

        Args:
            simulation: A run from the beginning of the base year.
            causes: Reasons for the differences; by default those of the data set.

        Raises:
            CoercivityError: If a product or flow has no reason.
        """
        self.simulation = simulation
        self.causes = causes or load_causes()
        self.figures = Figures(simulation.world.figures.pack)
        self.done = [done for done in simulation.months if FIRST <= done.month <= LAST]
        if len(self.done) != LAST - FIRST + 1:
            what = f"the run covers {len(self.done)} months of {YEAR}"
            raise CoercivityError.of("SPAN", what, next=f"run {YEAR}-01 to {YEAR}-12")

    def prices(self) -> list[PriceCheck]:
        """Returns mean marginal price and mean quote of the year, by product and place, with rows and reason [USD/kg].

        Source: equation 49 of docs/market.md.
        """
        found = [self._compared(name, place, quote) for name in PRICED for place, quote in self._quotes(name)]
        for name, place, figure in LISTED:
            quote = Quote(self._figure(figure), LIST, figure, self._rows_of(figure))
            found.append(self._compared(name, place, quote))
        return found

    def _quotes(self, name: str) -> Iterator[tuple[str, Quote]]:
        """Yields quotes by place; without a quote in China, the border quote less the non-refundable tax."""
        home, fob, spots = (self._rows(name, basis) for basis in (HOME, FOB, SPOT))
        for basis, rows in ((HOME, home), (FOB, fob), (SPOT, spots)):
            if rows:
                off = 1.0 if basis == HOME else 1 + self.figures.assumption(_TAX)
                tax = self.figures.pack.assumption_rows[_TAX]
                how = "mean" if basis == HOME else f"mean / (1 + assumptions:{tax})"
                yield CHINA, Quote(_mean_of(rows) / off, basis, how, rows)
                break
        if fob:
            yield BORDER, Quote(_mean_of(fob), FOB, "mean", fob)
        places: dict[str, dict[str, Row]] = {}
        for key, row in spots.items():
            region = row["model_region"] if row["model_region"] in ABROAD else ALL_ABROAD
            places.setdefault(region, {})[key] = row
        for region, rows in sorted(places.items()):
            yield region, Quote(_mean_of(rows), SPOT, "mean", rows)

    def _rows(self, name: str, basis: str) -> dict[str, Row]:
        """Returns the quotes of the product itself, if there are any, over the longest periods."""
        form = "oxide" if name.startswith("ox_") else "metal"
        cells = {"model_good": name, "year": YEAR, "price_basis": basis, "form": form, "in_use": "1"}
        rows = [row for row in self.figures.rows("prices").values() if all(row[c] == cells[c] for c in cells)]
        own = [row for row in rows if row["element"] == name.partition("_")[2]] or rows
        longest = next((freq for freq in _FREQUENCIES if any(row["freq"] == freq for row in own)), "")
        kept = [row["id"] for row in own if row["freq"] == longest]
        return {f"prices:{key}": self.figures.row("prices", key) for key in kept}

    def _compared(self, name: str, place: str, quote: Quote) -> PriceCheck:
        months = self._months(name, place)
        model = _mean(months)
        return {
            "good": name,
            "place": place,
            "model_usd_per_kg": round_sig(model),
            "lowest_usd_per_kg": round_sig(min(months)),
            "highest_usd_per_kg": round_sig(max(months)),
            "quote_usd_per_kg": round_sig(quote.usd_per_kg),
            "ratio": round_sig(model / quote.usd_per_kg),
            "stands": stands(name, place),
            "basis": quote.basis,
            "how": quote.how,
            **_origin(quote.rows),
            "cause": self.causes.prices[name].as_dict(),
        }

    @cached_property
    def _margins(self) -> Mapping[tuple[str, str], list[float]]:
        rows = Tables(self.simulation, FIRST, LAST).prices()
        return {(row["good"], row["region"]): row["margin"] for row in rows}

    def _months(self, name: str, place: str) -> list[float]:
        """Returns the marginal price by month; at the border with charges but without freight; magnets as exported."""
        if name == "mag_NdFeB":
            sent = {grade: self.moved(("ship",), (grade,), (CHINA,), ABROAD) for grade in MAGNETS}
            each = {grade: self._months(grade, place) for grade in MAGNETS}
            whole = total(sent.values())
            return [total(sent[g] * each[g][n] for g in MAGNETS) / whole for n in range(len(self.done))]
        if place != BORDER:
            return self._margins[name, place]
        ships = [key for key in self.done[0].levies if key[:3] == ("ship", name, CHINA)]
        levies = [done.levies[ships[0]] if ships else 0.0 for done in self.done]
        return [margin + levy for margin, levy in zip(self._margins[name, CHINA], levies, strict=True)]

    def flows(self) -> list[FlowCheck]:
        """Returns flows of the model against reported figures and the balanced base year.

        Source: equation 49 of docs/market.md.
        """
        return [self._flow(asked) for asked in FLOWS]

    def _flow(self, asked: Benchmark) -> FlowCheck:
        model, base = self.moved(asked.kinds, asked.goods, *asked.ends), self._closed(asked, asked.ends[1])
        if asked.of:
            model /= self.moved(asked.kinds, asked.goods, asked.ends[0], asked.of)
            base /= self._closed(asked, asked.of)
        reported = self._figure(asked.reported)
        told = self.causes.flows[asked.id]
        return {
            "flow": asked.id,
            "name": told.name.as_dict(),
            "unit": "fraction" if asked.of else "t",
            "model": round_sig(model),
            "reported": round_sig(reported),
            "closed": round_sig(base),
            "ratio": round_sig(model / reported),
            "closed_ratio": round_sig(base / reported),
            "how": asked.reported,
            **_origin(self._rows_of(asked.reported)),
            "cause": told.cause.as_dict(),
        }

    def moved(
        self, kinds: tuple[str, ...], goods: tuple[str, ...], origins: tuple[str, ...], ends: tuple[str, ...]
    ) -> float:
        """Returns the output of some kinds of activity in the year [t].

        Args:
            kinds: Kinds of activity.
            goods: Products, with any tag.
            origins: Regions of origin.
            ends: Regions of delivery.
        """
        return total(
            mass
            for (kind, good, origin, end), mass in self._given.items()
            if kind in kinds and good in goods and origin in origins and end in ends
        )

    @cached_property
    def _given(self) -> Mapping[tuple[str, str, str, str], float]:
        found: dict[tuple[str, str, str, str], float] = {}
        for activity in self.simulation.network.activities:
            mass = total(done.activity_t.get(activity.name, 0.0) for done in self.done)
            for amount in activity.gives if mass else ():
                origin = activity.key[1] if activity.kind in ("ship", "haul") else amount.good.region
                key = (activity.kind, amount.good.name, origin, amount.good.region)
                found[key] = found.get(key, 0.0) + mass * amount.mass
        return found

    def _closed(self, asked: Benchmark, ends: tuple[str, ...]) -> float:
        return total(self._closed_of(kind, asked.goods, asked.ends[0], ends) for kind in asked.base)

    def _closed_of(self, kind: str, goods: tuple[str, ...], origins: tuple[str, ...], ends: tuple[str, ...]) -> float:
        sign = -1.0 if kind.startswith("-") else 1.0
        return sign * total(
            mass
            for (found, good, _, origin, end), mass in self.simulation.world.base.flows.items()
            if found == kind.lstrip("-") and good in goods and origin in origins and end in ends
        )

    def balance(self) -> list[BalanceCheck]:
        """Returns the surplus per element and class of magnet, before and after balancing [t]."""
        return [
            {
                "item": row["item"],
                "row": f"base_balance:{key}",
                "residual_before": _number(row["residual_before"]),
                "residual_before_share": _number(row["residual_before_share"]),
                "residual_published": _number(row["residual_published"]),
                "residual_after": _number(row["residual_after"]),
                "aside_after": _number(row["aside_after"]),
            }
            for key, row in self.figures.rows("base_balance").items()
        ]

    def all(self) -> CheckTables:
        """Returns every table by name."""
        return {"prices": self.prices(), "flows": self.flows(), "balance": self.balance()}

    def _rows_of(self, figure: str) -> dict[str, Row]:
        names = [part for part in figure.split() if ":" in part]
        return {name: self.figures.row(*name.split(":")) for name in names}

    def _figure(self, figure: str) -> float:
        """Returns the value of a sum of products of rows."""
        return total(self._product(part) for part in figure.split(" + "))

    def _product(self, text: str) -> float:
        above, _, below = text.partition(" / ")
        whole = 1.0
        for part in above.split(" x "):
            table, _, key = part.partition(":")
            whole *= self.figures.value(table, key) if key else float(part)
        return whole / self._product(below) if below else whole


def stands(name: str, place: str) -> str:
    """Returns the basis of a price ratio: calibrated, derived or tested.

    Args:
        name: The product.
        place: CN, border, or a place abroad.
    """
    element = name.removeprefix("ox_")
    if element in SURPLUS:
        return TESTED
    return CALIBRATED if name.startswith("ox_") and place == CHINA else DERIVED


def _origin(rows: Mapping[str, Row]) -> Origin:
    """Returns names and years of rows, and the lowest quality among them."""
    return {
        "rows": list(rows),
        "years": sorted({row["year"] for row in rows.values() if row["year"]}),
        "quality": max((row["quality"] for row in rows.values()), key=_QUALITIES.index),
    }


def _number(text: str) -> float | None:
    return round_sig(float(text)) if text else None


def _mean_of(rows: Mapping[str, Row]) -> float:
    return _mean([float(row["price_usd_per_kg"]) for row in rows.values()])


def _mean(values: list[float]) -> float:
    return total(values) / len(values)
