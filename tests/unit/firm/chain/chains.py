"""Chains for the tests of the licence chain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from coercivity.base.days import Day
from coercivity.base.errors import Fault, Faults
from coercivity.cases.arguments import PACKED
from coercivity.firm.chain.answer import ChainAsked, chain_answer
from coercivity.firm.chain.build import build_chain
from coercivity.firm.chain.calendar import ChainCalendar, chain_calendar
from coercivity.firm.chain.model import Chain, ChainAnswer, PartByAir
from coercivity.firm.company.model import CalendarRow, Company, ReturnRow, StageRow
from coercivity.firm.company.sources import company_of
from tests.places import ROOT

NORDLICHT = ROOT / "examples" / "firms" / "nordlicht.yaml"
SIGNED, NEEDED = Day(2026, 12, 7), Day(2027, 8, 2)
PART = PartByAir(Day(2027, 5, 16), Fraction(40), Fraction(6000), Fraction(25_000), Fraction(8))
LEVELS = (Fraction(9, 10), Fraction(95, 100))


def company(path: Path = NORDLICHT) -> Company:
    return company_of(path)


def chain_of(given: Company, *, return_chance: str | None = None) -> Chain:
    faults = Faults()
    chance = None if return_chance is None else Fraction(return_chance)
    found = build_chain(given, faults, return_chance=chance)
    faults.raise_if_any()
    assert found is not None
    return found


def faults_of(given: Company) -> list[Fault]:
    faults = Faults()
    build_chain(given, faults)
    return faults.items


def days_of(given: Company, *around: Day) -> ChainCalendar:
    return chain_calendar(PACKED.book(), given.calendar, around or (SIGNED, NEEDED))


def answer(
    given: Company,
    *,
    return_chance: str | None = None,
    draws: int = 0,
    masses: Iterable[int] = (),
    plant: str = "Kiel",
    part: PartByAir = PART,
) -> ChainAnswer:
    chain = chain_of(given, return_chance=return_chance)
    kilograms = tuple(Fraction(mass) for mass in masses)
    asked = ChainAsked(SIGNED, NEEDED, LEVELS, plant, part, kilograms, draws)
    return chain_answer(chain, days_of(given), asked)


def small(
    stages: Sequence[tuple[str, str, Sequence[tuple[int, str]]]],
    returns: Sequence[tuple[str, int, bool, str, int, int]] = (),
    calendar: Sequence[CalendarRow] = (),
) -> Company:
    """Returns a company of stages (name, unit, days with chances) and returns (stage, round, later, chance, day, rework)."""
    rows = [
        StageRow(name, "working" if unit == "working" else "calendar", days, Fraction(chance), "", "", None, f"S{at}")
        for at, (name, unit, ways) in enumerate(stages, start=1)
        for days, chance in ways
    ]
    back = [
        ReturnRow(stage, number, later, Fraction(chance), day, rework, f"R{at}")
        for at, (stage, number, later, chance, day, rework) in enumerate(returns, start=1)
    ]
    return Company(stages=tuple(rows), returns=tuple(back), calendar=tuple(calendar))


def without_general(given: Company) -> Company:
    settings = replace(given.settings, general_licence_valid_through=None, general_licence_plant=())
    return replace(given, settings=settings)
