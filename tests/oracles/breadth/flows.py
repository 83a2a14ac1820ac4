"""What came into each good and element of a committed month and where it went, added up without the programme.

Nothing is read but the activities of the network and what was done, kept, served and collected.
"""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.market.inputs.coefficients import CHINA, ELEMENTS, HEAVY, Coefficients
from coercivity.market.network.network import Activity, Good
from coercivity.market.run.rolling import MonthDone
from coercivity.market.run.simulate import Simulation

CLOSES = 1e-9
ROUNDED = 1e-7
Flows = Mapping[tuple[str, ...], float]


def planned(simulation: Simulation, done: MonthDone) -> dict[tuple[str, ...], float]:
    """What each activity does in the first month of the plan, before it is rounded."""
    window = simulation.update.window
    return {a.name: float(done.plan.value[window.column("act", a.name, 0)]) for a in simulation.network.activities}


def kept_t(simulation: Simulation, done: MonthDone, entry: Good) -> float:
    window = simulation.update.window
    cols = window.lp.cols
    layers = range(len(window.layers(0)) + 1)
    return sum(float(done.plan.value[cols[key]]) for layer in layers if (key := ("stock", entry, layer, 0)) in cols)


def served_t(simulation: Simulation, done: MonthDone) -> dict[Good, float]:
    window = simulation.update.window
    return {
        d.service: sum(
            float(done.plan.value[window.column("step", d.use, d.region, k, 0)]) for k in range(len(d.steps))
        )
        for d in simulation.network.demands
    }


def at_once(done: MonthDone, activity: Activity) -> float:
    """The share of a shipment that customs do not hold beyond its month."""
    return done.delays.get(activity.name, (1.0,))[0]


def balances(simulation: Simulation, done: MonthDone, did: Flows) -> dict[Good, tuple[float, float]]:
    """By good: what came less what went, and what passed through [t]."""
    came: dict[Good, float] = {}
    went: dict[Good, float] = {}
    for entry, mass in done.before.stock_t.items():
        came[entry] = came.get(entry, 0.0) + mass
    for (entry, when), mass in done.before.arriving_t.items():
        if when == done.month:
            came[entry] = came.get(entry, 0.0) + mass
    for entry, mass in done.devices.collected_t.items():
        came[entry] = came.get(entry, 0.0) + mass
    for activity in simulation.network.activities:
        for given in activity.gives:
            if not given.lag:
                mass = given.mass * did[activity.name] * at_once(done, activity)
                came[given.good] = came.get(given.good, 0.0) + mass
        for taken in activity.takes:
            went[taken.good] = went.get(taken.good, 0.0) + taken.mass * did[activity.name]
    for entry, mass in served_t(simulation, done).items():
        went[entry] = went.get(entry, 0.0) + mass
    for store in simulation.network.stores:
        went[store.good] = went.get(store.good, 0.0) + kept_t(simulation, done, store.good)
    return {g: (came.get(g, 0.0) - went.get(g, 0.0), came.get(g, 0.0)) for g in simulation.network.goods}


def open_goods(found: Mapping[Good, tuple[float, float]], thrown: Mapping[Good, float]) -> dict[Good, float]:
    """Goods whose balance does not close to a billionth of what passed through all rows of that good's name.

    Args:
        found: Balances, and what passed through.
        thrown: Thrown away for want of a use; committed in nine digits.
    """
    through: dict[str, float] = {}
    for entry, (_, mass) in found.items():
        through[entry.name] = through.get(entry.name, 0.0) + mass
    left = {g: gap - thrown.get(g, 0.0) for g, (gap, _) in found.items()}
    room = {g: CLOSES * max(through[g.name], 1.0) + (ROUNDED * through[g.name] if g in thrown else 0.0) for g in found}
    return {g: gap for g, gap in left.items() if abs(gap) > room[g]}


# Elements: contents by good, from ore to use, and the losses that the tables name.


def contents(coefficients: Coefficients) -> dict[str, dict[str, float]]:
    """Tonnes of oxide of each element in a tonne of a good, from assays, stoichiometry and grades, by name of the good."""
    metal = {
        e: coefficients.oxide_per_metal(e, CHINA) * coefficients.figures.value("process_coefficients", "CO027")
        for e in ("Dy", "Tb", "Sm")
    }
    metal["NdPr"] = coefficients.figures.value("process_coefficients", "CO016")
    metal["Ce"] = coefficients.figures.value("process_coefficients", "CO002")
    found: dict[str, dict[str, float]] = {f"ox_{e}": {e: 1.0} for e in ELEMENTS}
    found |= {f"raw_{e}": {e: 1.0} for e in ELEMENTS}
    found |= {f"met_{e}": {e: share} for e, share in metal.items()}
    for ore, assay in coefficients.assay.items():
        found[ore] = dict(assay)
        whole = sum(assay[e] for e in HEAVY)
        if whole:
            found[f"seg:{ore.removeprefix('feed:')}"] = {e: assay[e] / whole for e in HEAVY}
    for grade, shares in coefficients.content.items():
        found[grade] = {e: share * metal[e] for e, share in shares.items()}
    for name, grade in (("none", "mag_none"), ("low", "mag_low"), ("high", "mag_high")):
        found[f"eol_{name}"] = dict(found[grade])
    # Alloyed magnets: SH 0.1, UH 0.5, EH 0.4 of Nd, Pr and Dy.
    parts = ((0.1, ("CO125", "CO126"), "CO127"), (0.5, ("CO133", "CO134"), "CO135"), (0.4, ("CO141", "CO142"), "CO143"))
    value = coefficients.figures.value
    found["eol_old"] = {
        "NdPr": sum(s * value("process_coefficients", row) for s, rows, _ in parts for row in rows) * metal["NdPr"],
        "Dy": sum(s * value("process_coefficients", row) for s, _, row in parts) * metal["Dy"],
    }
    return found


def holds(content: Mapping[str, Mapping[str, float]], entry: Good, element: str) -> float:
    """Content of a good; swarf is what falls at the plants of its region."""
    name = f"{entry.name}:{entry.region}" if entry.name.startswith("swarf_") else entry.name
    return content.get(name, {}).get(element, 0.0)


def element_t(content: Mapping[str, Mapping[str, float]], activity: Activity, element: str) -> tuple[float, float]:
    """Taken and given of an element by a unit of an activity [t oxide]; swarf and services hold what their maker says."""
    taken = sum(a.mass * holds(content, a.good, element) for a in activity.takes)
    given = sum(a.mass * holds(content, a.good, element) for a in activity.gives)
    return taken, given


def swarf_content(simulation: Simulation, content: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """What the swarf of a tonne of magnets holds: what its makers take and do not put into the magnet."""
    found: dict[str, dict[str, float]] = {}
    for activity in simulation.network.activities:
        for swarf in (a.good for a in activity.gives if a.good.name.startswith("swarf_")):
            held = found.setdefault(f"{swarf.name}:{swarf.region}", {})
            for element in ELEMENTS:
                taken, given = element_t(content, activity, element)
                held[element] = min(held.get(element, float("inf")), taken - given)
    return found


def all_contents(simulation: Simulation) -> dict[str, dict[str, float]]:
    """Contents of every good of a run, swarf included."""
    content = contents(simulation.world.coefficients)
    content |= {f"reserve:{a.key[3]}": content[a.key[0]] for a in simulation.network.activities if a.kind == "reserve"}
    return content | swarf_content(simulation, content)
