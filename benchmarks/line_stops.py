"""How long line stops take: scenarios and draws of a large company, beside a count day by day in the same process.

The company is made by rule: every part at every plant has stock, two lots that wait for a file, and one under a general
licence. The count day by day is written otherwise than the program, and both must agree.
"""

from __future__ import annotations

import argparse
import sys
import time
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.firm.company.model import Company, Delay, LicenceHeld, Lot, Part, Plant, Stock, Use, UseCalendar
from coercivity.firm.line_stop.days import Period
from coercivity.firm.line_stop.drawn.stops import DrawsPart, decisions_of, stops_in
from coercivity.firm.line_stop.scenarios import arrivals
from coercivity.firm.line_stop.stops import line_stops
from coercivity.firm.line_stop.supply import StopCase, stop_case

ON, FILED = Day(2026, 11, 20), Day(2026, 11, 10)
SINGLE = (50, 75, 120, 50, 75, 120, 75, 120, 150, 90)
RENEWAL = (0, 0, 0, 30, 30, 45, 90, 90, 60, 10)
DRAWS, SPREAD = 256, 97
AIM_SCENARIOS_S, AIM_DRAWS_S = 10.0, 10.0


def company(plants: int, parts: int) -> Company:
    """Returns a company with every part at every plant."""
    sites, kinds = [f"P{n:03d}" for n in range(plants)], [f"M{n:02d}" for n in range(parts)]
    rows = [(site, kind, 3 + (7 * i + 5 * j) % 17) for i, site in enumerate(sites) for j, kind in enumerate(kinds)]
    probability = Fraction(1, len(SINGLE))
    return Company(
        parts=tuple(Part(kind, "", "", "magnet", None, None, {"NdPr": Fraction(3, 10)}) for kind in kinds),
        plants=tuple(Plant(site, "", "", Fraction(50)) for site in sites),
        use=tuple(Use(site, kind, Fraction(use), "day", _calendar(use)) for site, kind, use in rows),
        stock=tuple(Stock(site, kind, Fraction(use * 70), Fraction(0), None, "") for site, kind, use in rows),
        licences=(
            LicenceHeld("F", "S", "single", "filed", (), FILED, None),
            LicenceHeld("G", "S", "general", "granted", tuple(sites), None, Day(2027, 1, 31)),
        ),
        in_transit=tuple(lot for site, kind, use in rows for lot in _lots(site, kind, use)),
        delays=tuple(
            Delay(f"d{n}", probability, days, later)
            for n, (days, later) in enumerate(zip(SINGLE, RENEWAL, strict=True))
        ),
    )


def _calendar(use: int) -> UseCalendar:
    return "working" if use % 3 == 0 else "calendar"


def _lots(site: str, kind: str, use: int) -> list[Lot]:
    def lot(number: int, licence: str, leaves: Day | None, days: int) -> Lot:
        name, filed = f"{site}-{kind}-{number}", FILED if licence == "F" else None
        mass = Fraction(use * days)
        return Lot(name, "S", kind, site, mass, "waiting", licence, filed, leaves, 36, None, "", "", None)

    return [lot(1, "F", None, 60), lot(2, "F", Day(2027, 4, 1), 200), lot(3, "G", Day(2027, 2, 10), 90)]


def day_by_day(case: StopCase, delay: Delay) -> dict[str, tuple[Day | None, int]]:
    """Returns the first lost day and the number of lost days of each plant, each day of each part in turn."""
    arrives, lost = arrivals(case, delay), dict[str, set[int]]()
    stocks = {(row.plant, row.part): row.quantity_kg for row in case.company.stock}
    begin, end = case.period.on.toordinal() + 1, case.period.until.toordinal()
    coming: dict[tuple[str, str], dict[int, Fraction]] = {}
    for lot in case.company.in_transit:
        arrival = arrives[lot.lot]
        if arrival is not None:
            due = coming.setdefault((lot.plant, lot.part), {})
            due[arrival.toordinal()] = due.get(arrival.toordinal(), Fraction(0)) + lot.quantity_kg
    for row in case.company.use:
        held, due, use = int(stocks[row.plant, row.part]), coming.get((row.plant, row.part), {}), int(row.quantity_kg)
        for day in range(begin, end + 1):
            held += int(due.get(day, 0))
            if row.calendar == "working" and day % 7 in (6, 0):  # the ordinal 1 is a Monday
                continue
            if held < use:
                lost.setdefault(row.plant, set()).add(day)
            else:
                held -= use
    return {
        plant: (Day.fromordinal(min(lost[plant])), len(lost[plant])) if plant in lost else (None, 0)
        for plant in case.plants
    }


def main() -> int:
    """Prints the times; the exit code is 1 where one misses its aim or the two counts differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plants", type=int, default=100)
    parser.add_argument("--parts", type=int, default=50)
    parser.add_argument("--years", type=int, default=2)
    chosen = parser.parse_args()
    made = company(chosen.plants, chosen.parts)
    until = Day(ON.year + chosen.years, ON.month, ON.day)
    case = stop_case(made, Period(ON, until))

    begun = time.process_time()
    found = line_stops(made, on=ON, until=until)
    whole_s = time.process_time() - begun
    begun = time.process_time()
    counted = {delay.scenario: day_by_day(case, delay) for delay in made.delays}
    plain_s = time.process_time() - begun
    unlike = [row for row in found.scenarios if (row.first_on, row.lost_days) != counted[row.scenario][row.plant]]

    decisions = decisions_of(case)
    days = {
        name: tuple(20 + (37 * n) % SPREAD if name[0] == "grant" else n % 5 * 20 for n in range(DRAWS))
        for name in set(decisions.values())
    }
    begun = time.process_time()
    stops = stops_in(DrawsPart(case, decisions, days, DRAWS))
    draws_s = time.process_time() - begun
    size = f"{chosen.plants} plants x {chosen.parts} parts x {chosen.years} years"
    print(f"{size}, 10 scenarios, all answers   {whole_s:7.2f} s  aim {AIM_SCENARIOS_S} s")
    print(f"the same scenarios counted day by day     {plain_s:7.2f} s, {plain_s / whole_s:.1f} x")
    print(f"{len(stops)} draws of it                            {draws_s:7.2f} s  aim {AIM_DRAWS_S} s")
    print(f"plants that the two counts find unlike    {len(unlike)}")
    return 1 if unlike or whole_s > AIM_SCENARIOS_S or draws_s > AIM_DRAWS_S else 0


if __name__ == "__main__":
    sys.exit(main())
