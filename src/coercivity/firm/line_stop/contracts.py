"""What contracts cost by month: price by formula, floor and cap, take-or-pay, months that a missing licence excuses.

A month counts as excused if the licence of the contract is not in force on its first day. In a month that is not, the
company pays for the greater of what arrived under the contract and the share of the monthly quantity that is paid for
in any case; in an excused one, for what arrived.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.firm.company.model import NO_LICENCE, Company, Contract, Delay, LicenceHeld
from coercivity.firm.line_stop.results import ContractMonth, ContractTotal

Arrivals = Mapping[str, Day | None]  # by lot; None: never
_SHOWN_MONTHS = 3


@dataclass(frozen=True, slots=True)
class ContractCosts:
    """What all contracts cost.

    Attributes:
        months: Months by scenario, in the order of the contracts.
        totals: The same added up, by scenario.
        mean_paid_usd: Mean over the scenarios [USD]; None without contracts or scenarios.
    """

    months: Mapping[str, tuple[ContractMonth, ...]]
    totals: tuple[ContractTotal, ...]
    mean_paid_usd: Fraction | None


def contracts_of(company: Company, cases: Sequence[tuple[Delay, Arrivals]], *, on: Day, until: Day) -> ContractCosts:
    """Returns what the contracts cost in each scenario.

    Args:
        company: The company, without faults of `check_contracts`.
        cases: Each scenario with the day of arrival of each lot; their probabilities add up to one.
        on: Evening of the stock count; months that ended before it are left out.
        until: Last day looked at; months that begin after it are left out.

    Source: equation 100 of docs/market.md.
    """
    if not company.contracts or not cases:
        return ContractCosts({}, (), None)
    licences = {licence.licence: licence for licence in company.licences}
    months, totals, mean = {}, [], Fraction(0)
    for delay, arrivals in cases:
        rows = tuple(
            _month(company, contract, licences.get(contract.licence), month, delay, arrivals)
            for contract in company.contracts
            for month in months_of(contract, on, until)
        )
        months[delay.scenario] = rows
        found = _total(delay.scenario, rows)
        totals.append(found)
        mean += delay.probability * found.paid_usd
    return ContractCosts(months, tuple(totals), mean)


def check_contracts(company: Company, *, on: Day, until: Day, faults: Faults) -> None:
    """Adds what keeps a contract from being priced: a month without index, a licence that was filed on no day.

    Args:
        company: The company as read.
        on: Evening of the stock count.
        until: Last day looked at.
        faults: Receives every fault, with the row of the contract.
    """
    licences = {licence.licence: licence for licence in company.licences}
    for contract in company.contracts:
        values = company.index.get(contract.index, {})
        lacking = [_name(month) for month in months_of(contract, on, until) if _name(month) not in values]
        if lacking and values:
            what = f"contract {contract.contract}: the index {contract.index} has no value for {_shown(lacking)}"
            faults.add("CONTRACT", what, where=contract.where, next="add the months to the sheet Index")
        licence = licences.get(contract.licence)
        if licence and licence.state == "filed" and not (contract.filed or licence.filed):
            what = f"contract {contract.contract}: licence {licence.licence} is filed, but the day of filing is missing"
            faults.add("CONTRACT", what, where=contract.where, next="fill filed in Contracts or in Licences")


def months_of(contract: Contract, on: Day, until: Day) -> Iterator[Day]:
    """Yields the first days of the months of a contract, without months that ended by the count or begin too late."""
    month = max(contract.start, on).replace(day=1)
    last = min(contract.end, until)
    while month <= last:
        following = (month + timedelta(days=32)).replace(day=1)
        if following - timedelta(days=1) > on:
            yield month
        month = following


def in_force(licence: LicenceHeld | None, filed: Day | None, delay: Delay, on: Day) -> bool:
    """Returns whether a licence is in force on a day.

    Args:
        licence: The licence; None if there is none of that name.
        filed: Day on which it was filed, if the contract gives one.
        delay: The scenario.
        on: The day.
    """
    if licence is None:
        return False
    if licence.state == "filed":
        granted = _after(filed or licence.filed, delay.single_days)
        return granted is not None and granted <= on
    if licence.valid_until is None or on <= licence.valid_until:
        return True
    renewed = _after(licence.valid_until, delay.renewal_days) if licence.kind == "general" else None
    return renewed is not None and renewed <= on


def _month(
    company: Company, contract: Contract, licence: LicenceHeld | None, month: Day, delay: Delay, arrivals: Arrivals
) -> ContractMonth:
    formula = contract.a + contract.b * company.index[contract.index][_name(month)]
    price = formula if contract.floor is None else max(formula, contract.floor)
    price = price if contract.cap is None else min(price, contract.cap)
    taken = Fraction(0)
    for lot in company.in_transit:
        day = arrivals.get(lot.lot) if lot.contract == contract.contract else None
        if day is not None and _name(day) == _name(month):
            taken += lot.quantity_kg
    begins = max(month, contract.start)
    valid = contract.licence == NO_LICENCE or in_force(licence, contract.filed, delay, begins)
    paid = max(taken, contract.take_share * contract.volume_kg) if valid else taken
    return ContractMonth(
        contract=contract.contract,
        month=_name(month),
        formula_usd=formula,
        price_usd=price,
        taken_kg=taken,
        in_force=valid,
        paid_kg=paid,
        paid_usd=price * paid,
    )


def _total(scenario: str, rows: Sequence[ContractMonth]) -> ContractTotal:
    return ContractTotal(
        scenario=scenario,
        paid_usd=sum((row.paid_usd for row in rows), Fraction(0)),
        not_taken_usd=sum((row.price_usd * (row.paid_kg - row.taken_kg) for row in rows), Fraction(0)),
        excused_months=sum(not row.in_force for row in rows),
    )


def _after(day: Day | None, days: int | str) -> Day | None:
    """Returns the day a number of days later, or None for a refusal or an unknown day."""
    if day is None or not isinstance(days, int):
        return None
    return day + timedelta(days=days)


def _name(month: Day) -> str:
    return f"{month:%Y-%m}"


def _shown(months: Sequence[str]) -> str:
    shown = ", ".join(months[:_SHOWN_MONTHS])
    more = len(months) - _SHOWN_MONTHS
    return shown if more <= 0 else f"{shown} and {more} more"
