"""Line stops of a small made-up company, made by hand so that every part of the paper has something to show."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.firm.company.model import (
    ClauseOn,
    Company,
    CompanySettings,
    Delay,
    Lot,
    Part,
    Plant,
    Stock,
    Use,
)
from coercivity.firm.line_stop.results import (
    ActionEffect,
    ContractMonth,
    ContractTotal,
    GroupDates,
    LineStops,
    LotLaw,
    OwnDeadline,
    PartDates,
    PlantChance,
    PlantDates,
    ScenarioPlant,
)

F = Fraction
ON, UNTIL = Day(2027, 1, 4), Day(2027, 3, 31)
FIRST, LATER = Day(2027, 2, 1), Day(2027, 3, 1)


def company() -> Company:
    """A company with two plants, two parts, two clauses and two scenarios."""
    return Company(
        settings=CompanySettings(firm="Testwerk", as_of=ON, until=UNTIL, leaves_days_after_grant=5),
        parts=(
            Part("P1", "N48H", "", "magnet", None, None, {"NdPr": F(3, 10)}),
            Part("P2", "", "", "magnet", None, None, {"Dy": F(1, 100)}),
        ),
        plants=(Plant("A", "", "", F(90)), Plant("B", "", "", None)),
        use=(
            Use("A", "P1", F(10), "day", "calendar"),
            Use("B", "P2", F(5, 2), "day", "calendar"),
        ),
        stock=(Stock("B", "P2", F(100), F(40), None, ""),),
        in_transit=(
            Lot("L1", "S1", "P1", "A", F(500), "waiting", "none", None, None, 30, None, "", "", None),
            Lot("L2", "S1", "P2", "B", F(300), "waiting", "F1", ON, None, 30, None, "", "", None),
        ),
        clauses=(ClauseOn("K1", "heavy rare earths", ("Dy",)), ClauseOn("K2", "all magnets", ("NdPr", "Dy"))),
        delays=(Delay("s1", F(3, 4), 30, 0), Delay("s2", F(1, 4), "refused", "refused")),
    )


def stops(**changes: object) -> LineStops:
    """Line stops of the company.

    Args:
        changes: Fields to replace.
    """
    made = LineStops(
        company=company(),
        on=ON,
        until=UNTIL,
        independent=False,
        parts=_parts(),
        plants=(
            PlantDates("A", None, "", {"K1": (None, ""), "K2": (LATER, "P1")}, {"S1": (LATER, "P1")}),
            PlantDates("B", FIRST, "P2", {"K1": (FIRST, "P2"), "K2": (FIRST, "P2")}, {"S1": (FIRST, "P2")}),
        ),
        elements=(GroupDates("Dy", F(3, 5), FIRST, FIRST, ("B", "P2"), FIRST),),
        grades=(GroupDates("N48H", F(600), None, LATER, ("A", "P1"), None),),
        scenarios=(
            ScenarioPlant("s1", "A", None, 0, None, "", "", ""),
            ScenarioPlant("s1", "B", FIRST, 7, Day(2027, 2, 8), "P2", "grant", "F1"),
            ScenarioPlant("s2", "A", None, 0, None, "", "", ""),
            ScenarioPlant("s2", "B", FIRST, 59, None, "P2", "refused", "F1"),
        ),
        chances=(
            PlantChance("A", F(0), F(0), F(0), (), {}),
            PlantChance("B", F(1), F(20), None, ((FIRST, F(1)),), _causes()),
            PlantChance("any", F(1), None, F(12345, 10), ((FIRST, F(1)),), _causes()),
        ),
        part_chances={("A", "P1"): F(0), ("B", "P2"): F(1)},
        actions=_actions(),
        months={"s1": (_month("yes"),), "s2": (_month(""),)},
        contracts=(
            ContractTotal("s1", F(44000), F(4000), 0),
            ContractTotal("s2", F(40000), F(0), 1),
        ),
        mean_paid_usd=F(43000),
        law=(
            LotLaw("L1", "LICENCE", ("clause-1",), LATER, False, (), (), "licence needed", LATER),
            LotLaw("L2", "not asked", (), None, True, ("Suppliers country of S1",), ()),
        ),
        deadlines=_deadlines(),
        dates_until=Day(2027, 12, 31),
    )
    return replace(made, **changes)  # type: ignore[arg-type] # fields by name


def _parts() -> tuple[PartDates, ...]:
    return (
        PartDates(
            plant="A",
            part="P1",
            grade="N48H",
            use_kg=F(10),
            usable_kg=F(600),
            layers={"stock": LATER, "cleared": LATER, "licensed": None},
            clauses={"K1": None, "K2": LATER},
            suppliers={"S1": LATER},
            waiting_kg=F(0),
        ),
        PartDates(
            plant="B",
            part="P2",
            grade="",
            use_kg=F(5, 2),
            usable_kg=F(60),
            layers={"stock": FIRST, "cleared": FIRST, "licensed": FIRST},
            clauses={"K1": FIRST, "K2": FIRST},
            suppliers={"S1": FIRST},
            waiting_kg=F(300),
        ),
    )


def _causes() -> dict[tuple[str, str, str], Fraction]:
    return {("P2", "refused", "F1"): F(1, 4), ("P2", "grant", "F1"): F(3, 4)}


def _actions() -> tuple[ActionEffect, ...]:
    return (
        ActionEffect("file_sooner", {"days": "30"}, F(1, 4), F(300), F(9345, 10), F(45, 2), None),
        ActionEffect("air_freight", {"days": "5", "lot": "L2"}, F(1), F(1000), F(2345, 10), F(0), F(12)),
    )


def _month(in_force: str) -> ContractMonth:
    taken = F(400)
    paid = F(440) if in_force else taken
    return ContractMonth("C1", "2027-02", F(2005, 20), F(100), taken, bool(in_force), paid, paid * 100)


def _deadlines() -> tuple[OwnDeadline, ...]:
    of = {"plant": "B", "part": "P2"}
    counted = {"single_days": "30", "leaves_days": "5", "transit_days": "30"}
    return (
        OwnDeadline(
            "file", Day(2026, 11, 28), of, {"stop_on": "2027-02-01", "confidence": "9/10", "passed": "yes"} | counted
        ),
        OwnDeadline(
            "order_air", Day(2027, 1, 10), of, {"stop_on": "2027-02-01", "confidence": "9/10", "transit": "assumed"}
        ),
        OwnDeadline("licence_ends", Day(2027, 2, 28), {"licence": "G1", "supplier": "S1"}, {"licence_kind": "general"}),
        OwnDeadline("sign", Day(2027, 1, 6), {"plant": "A", "warehouse": "W9"}, {"needed_on": "2027-03-01"}),
    )
