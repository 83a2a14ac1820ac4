"""What contracts cost over draws: quantities by the delays of a draw, prices by the market of the same draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from coercivity.base.canonical import round_sig
from coercivity.base.days import Day
from coercivity.base.sums import total
from coercivity.firm.company.model import Company, Contract
from coercivity.firm.line_stop.contracts import contracts_of, months_of
from coercivity.firm.line_stop.drawn.results import PaidDrawn, PriceDrawn
from coercivity.firm.line_stop.drawn.shares import levels_of
from coercivity.firm.line_stop.drawn.stops import Decision, DrawStops, delay_of, desk_place
from coercivity.firm.line_stop.results import ContractMonth
from coercivity.firm.line_stop.supply import StopCase


@dataclass(frozen=True, slots=True)
class PricePaths:
    """Prices of one legal scenario by draw.

    Attributes:
        legal: Legal scenario; empty if there is only one.
        months: The months, YYYY-MM.
        values: By index and number of the draw: a price for each month [USD/kg].
    """

    legal: str
    months: tuple[str, ...]
    values: Mapping[str, Mapping[int, tuple[float, ...]]]

    def index(self, company: Company, point: int) -> dict[str, Mapping[str, Fraction]] | None:
        """Returns the index values of a draw; those of the sheet for an index that the market does not have.

        None if the draw has no price of an index that others have.
        """
        found = dict(company.index)
        for name, by_point in self.values.items():
            if point not in by_point:
                return None
            found[name] = {
                **company.index.get(name, {}),
                **{month: Fraction(price) for month, price in zip(self.months, by_point[point], strict=True)},
            }
        return found


def contract_months(company: Company, on: Day, until: Day) -> tuple[str, ...]:
    """Returns the months of all contracts, in order."""
    return tuple(sorted({f"{month:%Y-%m}" for each in company.contracts for month in months_of(each, on, until)}))


def contract_decisions(case: StopCase) -> dict[str, Decision]:
    """Returns the decision on which the licence of each contract depends, by contract.

    The form and the destination are those of the first lot under the contract.

    Args:
        case: The company, ready to be computed.
    """
    company, found = case.company, dict[str, Decision]()
    licences = {row.licence: row for row in company.licences}
    for contract in company.contracts:
        lots = [lot for lot in company.in_transit if lot.contract == contract.contract]
        place = desk_place(case, lots[0].part, lots[0].plant) if lots else desk_place(case, "", "")
        licence = licences.get(contract.licence)
        if licence is None:
            continue
        filed = contract.filed or licence.filed
        if licence.state == "filed" and filed is not None:
            found[contract.contract] = ("grant", filed, *place)
        elif licence.kind == "general" and licence.valid_until is not None:
            found[contract.contract] = ("renewal", licence.valid_until, *place)
    return found


def paid_drawn(
    case: StopCase,
    points: Sequence[int],
    stops: Sequence[DrawStops],
    days: Mapping[Decision, Sequence[int]],
    paths: PricePaths | None,
) -> PaidDrawn | None:
    """Returns what the contracts cost over the draws; None without contracts, or if no draw has a price.

    Args:
        case: The company, ready to be computed.
        points: Numbers of the draws that count.
        stops: These draws.
        days: Days of each decision, of these draws.
        paths: Prices by draw; None for those of the sheet Index.
    """
    company, decisions = case.company, contract_decisions(case)
    if not company.contracts:
        return None
    paid, prices = list[float](), dict[tuple[str, str], list[float]]()
    for at, point in enumerate(points):
        index = company.index if paths is None else paths.index(company, point)
        if index is None:
            continue
        priced, months = replace(company, index=index), list[ContractMonth]()
        for contract in company.contracts:
            decision = decisions.get(contract.contract)
            late = days[decision][at] if decision is not None else 0
            months += _months(case, priced, contract, late, stops[at])
        paid.append(float(sum((month.paid_usd for month in months), Fraction(0))))
        for month in months:
            prices.setdefault((month.contract, month.month), []).append(float(month.price_usd))
    if not paid:
        return None
    return PaidDrawn(
        legal=paths.legal if paths is not None else "",
        kept=paths is not None,
        draws=len(paid),
        paid_usd=_rounded(levels_of(paid)),
        mean_usd=round_sig(total(paid) / len(paid)),
        prices=tuple(PriceDrawn(*name, _rounded(levels_of(each))) for name, each in prices.items()),
    )


def _months(
    case: StopCase, company: Company, contract: Contract, late: int, stop: DrawStops
) -> tuple[ContractMonth, ...]:
    one = replace(company, contracts=(contract,))
    delay = delay_of(late)
    period = case.period
    return contracts_of(one, [(delay, stop.arrives)], on=period.on, until=period.until).months[delay.scenario]


def _rounded(levels: Mapping[int, float]) -> dict[int, float]:
    return {level: round_sig(value) for level, value in levels.items()}
