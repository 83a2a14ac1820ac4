"""What was observed of past months, as a run takes it: states that are estimated apart, in place of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from coercivity.base.canonical import round_sig
from coercivity.base.days import Day
from coercivity.base.json_types import Json
from coercivity.base.months import Month
from coercivity.base.sums import total
from coercivity.market.network.network import Good
from coercivity.market.network.supply import CHINA_BOUND, good
from coercivity.market.program.state import State

ALL_ABROAD = "XCN"
# A group of products that are counted together, and a region.
Place = tuple[str, str]
Masses = dict[Good, float]


@dataclass(frozen=True, slots=True)
class ObservedAsked:
    """The observations from which a run starts.

    Attributes:
        known: Day by which they were published; None for all.
        files: Files of the user with further rows.
        content: Hash of all rows; a process that reads others says so.
    """

    known: Day | None = None
    files: tuple[str, ...] = ()
    content: str = ""

    def plain(self) -> Json:
        """Returns it as plain data for keys: by content, not by the names of files."""
        return [self.known.isoformat() if self.known is not None else None, self.content]


@dataclass(frozen=True, slots=True)
class MonthObserved:
    """The estimated state after a month.

    Attributes:
        stock_t: Stock at the end, by group and region [t].
        transit_t: Under way at the end and cleared, by group, region of import and month of arrival [t].
        held_t: Held by customs in China at the end, by group and region of import [t].
        cleared_t: Exports from China that cleared customs, by group and region of import [t].
        quote: Observed quotes, by product and region; `XCN` is every region outside China [USD/kg].
    """

    stock_t: Mapping[Place, float]
    transit_t: Mapping[tuple[str, str, Month], float]
    held_t: Mapping[Place, float]
    cleared_t: Mapping[Place, float]
    quote: Mapping[Place, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class ObservedState:
    """The estimated states of past months.

    Attributes:
        groups: Products of each group.
        months: The states by month.
        lags: Months under way from China, by group and region.
        parts: Mass of each product of a group in a region, by which a group is split where a run has none of it [t].
    """

    groups: Mapping[str, tuple[str, ...]]
    months: Mapping[Month, MonthObserved]
    lags: Mapping[Place, int]
    parts: Mapping[Place, Mapping[Good, float]]

    @property
    def through(self) -> Month:
        """Last month with an estimated state."""
        return max(self.months)

    def after(self, month: Month, state: State, *, keeping: bool = True) -> State:
        """Returns the state after a month as estimated; that of a month without an estimate as it is.

        The products of a group keep their proportions. What is not estimated, such as the licensing desk, stays.

        Args:
            month: The month.
            state: The state of the run after it.
            keeping: Whether stocks are kept in the run.

        Source: equation 114 of docs/market.md.
        """
        seen = self.months.get(month)
        if seen is None:
            return state
        clearing, arriving = self._under_way(month, state, seen)
        return replace(
            state,
            stock_t=self._stocks(state, seen) if keeping else state.stock_t,
            clearing_t=clearing,
            arriving_t=arriving,
            quote=_quotes(state.quote, seen.quote),
        )

    def _stocks(self, state: State, seen: MonthObserved) -> Masses:
        found = dict(state.stock_t)
        for place, mass in sorted(seen.stock_t.items()):
            own = self._own(state.stock_t, place)
            found |= dict.fromkeys(own, 0.0)
            found |= self._split(own, place, mass, state)
        return {entry: mass for entry, mass in found.items() if mass}

    def _under_way(
        self, month: Month, state: State, seen: MonthObserved
    ) -> tuple[dict[tuple[str, str, Month], float], dict[tuple[Good, Month], float]]:
        """Returns what customs hold and what arrives: goods that customs hold are scaled in both."""
        clearing, arriving = dict(state.clearing_t), dict(state.arriving_t)
        for place, held_t in sorted(seen.held_t.items()):
            (group, region), lag = place, self.lags[place]
            held = {
                key: mass for key, mass in state.clearing_t.items() if key[0] in self.groups[group] and key[1] == region
            }
            whole = total(held.values())
            scale = held_t / whole if whole else 1.0
            clearing |= {key: round_sig(mass * scale) for key, mass in held.items()}
            whens = {when for entry, when in state.arriving_t if self._is_of(entry, place)}
            whens |= {when for *there, when in seen.transit_t if tuple(there) == place}
            for when in sorted(whens):
                own = self._own({entry: mass for (entry, then), mass in arriving.items() if then == when}, place)
                waits = _waiting(own, {name: held.get((name, region, when - lag), 0.0) for name in self.groups[group]})
                passed = {entry: max(mass - waits[entry], 0.0) for entry, mass in own.items()}
                due = self._split(passed, place, seen.transit_t.get((*place, when), 0.0), state)
                for entry in sorted(own.keys() | due.keys()):
                    arriving[entry, when] = round_sig(due.get(entry, 0.0) + waits.get(entry, 0.0) * scale)
        return (
            {key: mass for key, mass in clearing.items() if mass},
            {key: mass for key, mass in arriving.items() if mass},
        )

    def _split(self, own: Mapping[Good, float], place: Place, mass: float, state: State) -> Masses:
        """Returns a mass of a group in a region by its products, in the proportions of a run, or in the usual ones.

        Those of a network without any of these products are left out.
        """
        weights = {entry: held for entry, held in own.items() if held > 0.0}
        if not weights:
            weights = {e: held for e, held in self.parts.get(place, {}).items() if e in state.quote and held > 0.0}
        whole = total(weights.values())
        return {entry: round_sig(mass * held / whole) for entry, held in weights.items()} if whole else {}

    def _own(self, masses: Mapping[Good, float], place: Place) -> Masses:
        return {entry: mass for entry, mass in masses.items() if self._is_of(entry, place)}

    def _is_of(self, entry: Good, place: Place) -> bool:
        return entry.region == place[1] and entry.name in self.groups[place[0]] and entry.tag in OWNED


# Goods that a state holds have another tag.
OWNED = ("", "free", "bound")


def _waiting(own: Mapping[Good, float], held: Mapping[str, float]) -> Masses:
    """Returns the part of what arrives in a month that customs still hold, by product."""
    named = {name: total(mass for entry, mass in own.items() if entry.name == name) for name in held}
    return {
        entry: min(mass, held[entry.name] * mass / named[entry.name]) if named[entry.name] else 0.0
        for entry, mass in own.items()
    }


def _quotes(quote: Mapping[Good, float], seen: Mapping[Place, float]) -> Masses:
    """Returns quotes at the observed level: that of civil use, and others of the product there in proportion."""
    found = dict(quote)
    for (name, region), usd_per_kg in sorted(seen.items()):
        for entry in quote:
            here = entry.region == region or (region == ALL_ABROAD and entry.region != "CN")
            usual = quote.get(good(name, entry.region, CHINA_BOUND), 0.0)
            if entry.name == name and here and usual > 0.0:
                found[entry] = round_sig(quote[entry] * usd_per_kg / usual)
    return found
