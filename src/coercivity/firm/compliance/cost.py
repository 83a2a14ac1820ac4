"""Filings, time and money of the transfers of a case in a legal scenario, with or without a second vendor.

Days to a decision are those of the sheet Delays of the company, in which one authority decides all files alike. Money
tied up by waiting is planned output x margin for the mean days of waiting; every amount is rounded to 100 EUR before it
is added, so that the rows add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.base.sums import total
from coercivity.firm.company.model import Delay
from coercivity.firm.compliance.model import Compliance
from coercivity.firm.compliance.transfers import LICENCE, STOP, UNKNOWN, Transfer
from coercivity.firm.line_stop.actions.deadlines import single_days_within

DAYS_OF_MONTH = Fraction(365, 12)
QUANTILES = (Fraction(1, 10), Fraction(1, 2), Fraction(9, 10))
MONEY = ("staff", "fees", "waiting", "vendor")


@dataclass(frozen=True, slots=True)
class Runs:
    """When the plant can run.

    Attributes:
        days: Days on which it can run with a probability of 10, 50 and 90 %; None where the file is then refused.
            Empty if it cannot be said.
        waits_days: Mean days of waiting against the day on which it could run without any filing; None if not known.
        prohibited: Transfers that it needs and that are prohibited.
        undetermined: Transfers that it needs and that are undetermined.
    """

    days: tuple[Day | None, ...] = ()
    waits_days: Fraction | None = None
    prohibited: tuple[str, ...] = ()
    undetermined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One variant in one legal scenario.

    Attributes:
        scenario: The legal scenario.
        with_vendor: Whether the second vendors deliver.
        filings: Transfers that need a licence which is not in hand, each with an application of its own.
        held: Transfers that need a licence which is in hand for the planned day; nothing is left to file.
        prohibited: Transfers that are prohibited.
        undetermined: Transfers on which the law is not clear, or a fact is missing.
        free: Transfers that need no licence.
        hours: Working hours; None if not stated.
        money: Amounts by `MONEY`, rounded to 0.1 [1000 EUR]; None where a figure is not stated or nothing can run.
        sum_keur: Sum of the amounts that are there [1000 EUR].
        runs: When the plant can run.
    """

    scenario: str
    with_vendor: bool
    filings: tuple[str, ...]
    held: tuple[str, ...]
    prohibited: tuple[str, ...]
    undetermined: tuple[str, ...]
    free: tuple[str, ...]
    hours: Fraction | None
    money: Mapping[str, Fraction | None]
    sum_keur: Fraction
    runs: Runs


def columns_of(
    transfers: Sequence[Transfer], scenarios: Iterable[str], stated: Compliance, delays: Sequence[Delay], on: Day
) -> tuple[Column, ...]:
    """Returns each legal scenario without a second vendor and, if the case states one, with it.

    Args:
        transfers: The transfers of the case.
        scenarios: Legal scenarios, of which each transfer has a result.
        stated: What the case states.
        delays: Scenarios of the authority, from filing to grant.
        on: Day of the report, on which what is not filed yet is filed, and the vendors are ordered.
    """
    return tuple(
        _Variant(transfers, scenario, with_vendor, stated, delays, on).column()
        for scenario in scenarios
        for with_vendor in ((False, True) if stated.vendors else (False,))
    )


def refused_chance(delays: Iterable[Delay]) -> Fraction:
    """Returns the chance that a file is refused."""
    return Fraction(total(one.probability for one in delays if not isinstance(one.single_days, int)))


def _granted(delays: Iterable[Delay]) -> list[tuple[int, Fraction]]:
    return [(one.single_days, one.probability) for one in delays if isinstance(one.single_days, int)]


class _Variant:
    """One variant in one legal scenario, as it is counted."""

    def __init__(
        self,
        transfers: Sequence[Transfer],
        scenario: str,
        with_vendor: bool,
        stated: Compliance,
        delays: Sequence[Delay],
        on: Day,
    ) -> None:
        self.every = {one.id: one for one in transfers}
        self.scenario, self.with_vendor, self.stated, self.delays, self.on = scenario, with_vendor, stated, delays, on
        self.left = [one for one in transfers if not (with_vendor and one.id in stated.replaced)]

    def column(self) -> Column:
        """Returns the variant."""
        runs = self._runs()
        held = tuple(name for name in self._with(LICENCE) if self.every[name].licensed)
        filings = tuple(name for name in self._with(LICENCE) if name not in held)
        money = self._money(len(filings), runs)
        amounts = [amount for amount in money.values() if amount is not None]
        hours = self.stated.hours_per_filing
        return Column(
            scenario=self.scenario,
            with_vendor=self.with_vendor,
            filings=filings,
            held=held,
            prohibited=self._with(STOP),
            undetermined=self._with(UNKNOWN),
            free=self._with("PROCEED"),
            hours=None if hours is None else hours * len(filings),
            money=money,
            sum_keur=total(amounts) if amounts else Fraction(0),
            runs=runs,
        )

    def _with(self, outcome: str) -> tuple[str, ...]:
        return tuple(one.id for one in self.left if one.results[self.scenario].outcome == outcome)

    def _money(self, filings: int, runs: Runs) -> dict[str, Fraction | None]:
        stated = self.stated
        hours, rate, fee = stated.hours_per_filing, stated.hourly_cost, stated.fee_per_filing
        output, margin, waits = stated.output_per_month, stated.margin, runs.waits_days
        costs = [vendor.cost_keur for vendor in stated.vendors]
        known = [cost for cost in costs if cost is not None]
        vendor = (total(known) if len(known) == len(costs) else None) if self.with_vendor else Fraction(0)
        return {
            "staff": None if hours is None or rate is None else _tenth(filings * hours * rate / 1000),
            "fees": None if fee is None else _tenth(filings * fee / 1000),
            "waiting": None
            if output is None or margin is None or waits is None
            else _tenth(waits / DAYS_OF_MONTH * output * margin),
            "vendor": None if vendor is None else _tenth(vendor),
        }

    def _runs(self) -> Runs:
        needs = [self.every[name] for name in self.stated.plant_needs]
        kept = [one for one in needs if one in self.left]
        stopped = tuple(one.id for one in kept if one.results[self.scenario].outcome == STOP)
        unclear = tuple(one.id for one in kept if one.results[self.scenario].outcome == UNKNOWN)
        start_up, months = self.stated.start_up_days, [vendor.months for vendor in self.stated.vendors]
        lacks_months = self.with_vendor and any(month is None for month in months)
        if not needs or start_up is None or stopped or unclear or lacks_months:
            return Runs(prohibited=stopped, undetermined=unclear)
        waits = any(self._waits(one) for one in kept)
        if waits and not self.delays:
            return Runs()
        free = max(self._planned(one) for one in needs)
        chosen = [single_days_within(self.delays, share) if waits else 0 for share in QUANTILES]
        days = tuple(None if each is None else self._ready(needs, each) + timedelta(days=start_up) for each in chosen)
        granted = _granted(self.delays) if waits else [(0, Fraction(1))]
        if not granted:
            return Runs(days)
        late = [((self._ready(needs, each) - free).days * chance, chance) for each, chance in granted]
        return Runs(days, total(each for each, _ in late) / total(chance for _, chance in late))

    def _waits(self, transfer: Transfer) -> bool:
        return transfer.results[self.scenario].outcome == LICENCE and not transfer.licensed

    def _planned(self, transfer: Transfer) -> Day:
        return max(self.on, transfer.planned or self.on)

    def _ready(self, needs: Iterable[Transfer], decision_days: int) -> Day:
        """Returns the day on which the last transfer that the plant needs is made."""
        return max(self._made(one, decision_days) for one in needs)

    def _made(self, transfer: Transfer, decision_days: int) -> Day:
        if transfer not in self.left:
            return max(self._planned(transfer), *self._delivered(transfer.id))  # nothing is gained by an early delivery
        if not self._waits(transfer):
            return self._planned(transfer)
        decided = (transfer.filed or self.on) + timedelta(days=decision_days)
        return max(self._planned(transfer), decided)

    def _delivered(self, name: str) -> Iterator[Day]:
        for vendor in self.stated.vendors:
            if name in vendor.replaces and vendor.months is not None:
                yield _months_later(self.on, vendor.months)


def _months_later(day: Day, months: int) -> Day:
    """Returns the same day so many months later, or the last of that month."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    following = Day(year + month // 12, month % 12 + 1, 1)
    return min(Day(year, month, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def _tenth(amount: Fraction) -> Fraction:
    return Fraction((amount * 10 + Fraction(1, 2)).__floor__(), 10)
