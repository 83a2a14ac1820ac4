"""The twelve rules as OpenFisca variables (OpenFisca-Core 46), vectorised over a population of deals.

Written as its documentation recommends: one entity, one variable per fact or rule, choices as `Enum`, sets as one
boolean variable for each member that a rule names, formulas over numpy arrays. OpenFisca calculates by period; here every
deal has its own date, so the date is an input of the deal. Two-valued: every fact must be given.

Run as `python -m benchmarks.peers.openfisca_twelve` with `pip install 'OpenFisca-Core>=46,<47'`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder  # type: ignore[import-untyped]
from openfisca_core.taxbenefitsystems import TaxBenefitSystem  # type: ignore[import-untyped]
from openfisca_core.variables import Variable  # type: ignore[import-untyped]

from benchmarks._twelve import Drawn
from benchmarks.peers.by_hand import ALLOYS, FLAGS, MAGNETIC, MAGNETS, OUTCOMES, RULES, SETS, TARGETS, WORDS
from coercivity.law.rules.load import load_rulebook

PERIOD = "2026"
DEAL = build_entity(key="deal", plural="deals", label="One act on one day", is_person=True)
CODES = dict(enumerate(ALLOYS, 902))
IN_APRIL = [f"a18-1c{number}" for number in CODES if number != 909]

Formula = Callable[[Any, str], Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """Deals as arrays by variable name, and the system that decides them."""

    system: Any
    inputs: dict[str, Any]
    count: int


def prepare(drawn: Sequence[Drawn]) -> Facts:
    """Returns the facts of the deals as arrays, choices encoded. Not timed."""
    system = _system()
    contexts = [entry.context for entry in drawn]
    inputs: dict[str, Any] = {"on": np.array([entry.on for entry in drawn], dtype="datetime64[D]")}
    for name in WORDS:
        choices = system.get_variable(_name(name)).possible_values
        places = {member.value: member.index for member in choices}
        indices = np.array([places[context[name]] for context in contexts], dtype=np.uint8)
        inputs[name] = EnumArray(indices, choices)
    for name in FLAGS:
        inputs[name] = np.array([context[name] for context in contexts], dtype=bool)
    inputs["energy_density"] = np.array([context["energy_density"] for context in contexts], dtype=np.float32)
    for fact, members in SETS.items():
        for member in members:
            inputs[member] = np.array([member in context[fact] for context in contexts], dtype=bool)
    return Facts(system, {_name(name): values for name, values in inputs.items()}, len(drawn))


def run(state: Facts) -> dict[str, Any]:
    """Returns arrays: `outcome`, as indices of `OUTCOMES`, and one boolean array per rule."""
    simulation = SimulationBuilder().build_default_simulation(state.system, state.count)
    for name, values in state.inputs.items():
        simulation.set_input(name, PERIOD, values)
    found = {name: simulation.calculate(_name(name), PERIOD) for name in RULES}
    return {"outcome": simulation.calculate("outcome", PERIOD), **found}


def outcomes(result: dict[str, Any]) -> list[str]:
    """Returns the outcome of each deal, in order."""
    return [OUTCOMES[place] for place in result["outcome"].tolist()]


def rules(result: dict[str, Any]) -> list[list[str]]:
    """Returns the matching rules of each deal, in the order of the rulebook."""
    hits = np.column_stack([result[name] for name in RULES]).tolist()
    return [[name for name, hit in zip(RULES, row, strict=True) if hit] for row in hits]


def _name(name: str) -> str:
    """Returns a fact name in a form valid for OpenFisca and Python."""
    return "fact_" + name.replace("-", "_")


def _system() -> TaxBenefitSystem:
    catalogue = load_rulebook().catalogue
    system = TaxBenefitSystem([DEAL])
    for name in WORDS:
        values = [*catalogue[name].values] or sorted(catalogue.countries)
        _add(system, _name(name), _choice(name, values), None)
    for name in (*FLAGS, *(member for members in SETS.values() for member in members)):
        _add(system, _name(name), bool, None)
    _add(system, _name("energy_density"), float, None)
    _add(system, _name("on"), np.datetime64, None)
    for name, formula in _formulas().items():
        _add(system, name, int if name == "outcome" else bool, formula)
    return system


def _choice(name: str, values: Sequence[str]) -> type[Enum]:
    return Enum(name, [(f"v_{value}", value) for value in values])


def _add(system: TaxBenefitSystem, name: str, kind: Any, formula: Formula | None) -> None:
    body: dict[str, Any] = {"entity": DEAL, "definition_period": DateUnit.ETERNITY, "label": name}
    if isinstance(kind, type) and issubclass(kind, Enum):
        body |= {"value_type": Enum, "possible_values": kind, "default_value": next(iter(kind))}
    elif kind is np.datetime64:
        body["value_type"] = date
    else:
        body["value_type"] = kind
    if formula is not None:
        body["formula"] = formula
    system.add_variable(type(name, (Variable,), body))


def _in(deal: Any, period: str, fact: str, *values: str) -> Any:
    """Returns whether a choice is one of the values; members are looked up once per call."""
    held = deal(_name(fact), period)
    members = [held.possible_values[f"v_{value}"] for value in values]
    found = held == members[0]
    for member in members[1:]:
        found |= held == member
    return found


def _from(deal: Any, period: str, year: int, month: int, day: int) -> Any:
    return deal(_name("on"), period) >= np.datetime64(f"{year}-{month:02}-{day:02}")


def _formulas() -> dict[str, Formula]:
    found: dict[str, Formula] = {
        "leaves": _leaves,
        "goods_leave": _goods_leave,
        "origin_abroad": _origin_abroad,
        "functional": _functional,
        "paused": _paused,
        "cell": _cell,
        "controlled": _controlled,
        "listed_in_april": _listed_in_april,
    }
    for number, element in CODES.items():
        found[f"item_{number}"] = _item(element)
        if number != 909:
            found[_name(f"a18-1c{number}")] = _april_rule(number)
    found |= {
        _name("a57-1c909"): _november_rule("item_909"),
        _name("a58-3a001"): _november_rule("cell"),
        _name("uel-2025-10-list"): _unreliable,
        _name("a11-list"): _control_list,
        _name("faq-5-functional"): lambda deal, period: (
            deal("functional", period) & deal("listed_in_april", period) & deal("goods_leave", period)
        ),
        "outcome": _outcome,
    }
    return found


def _item(element: str) -> Formula:
    def formula(deal: Any, period: str) -> Any:
        kinds = (
            _in(deal, period, "form", "metal", "oxide", "compound")
            | (_in(deal, period, "form", "mixture") & deal(_name("physical_blend"), period))
            | (_in(deal, period, "form", "alloy") & _in(deal, period, "alloy_system", *ALLOYS[element]))
            | (_in(deal, period, "form", "target") & _in(deal, period, "target_system", *TARGETS[element]))
        )
        if element in MAGNETS:
            kinds |= _in(deal, period, "form", *MAGNETIC) & deal(_name(MAGNETS[element]), period)
        if element == "Ho":
            functions = ("crystal", "magnetic_refrigeration", "magnetostrictive")
            kinds |= _in(deal, period, "form", *MAGNETIC)
            kinds |= _in(deal, period, "form", "functional_material") & _in(
                deal, period, "material_function", *functions
            )
        return deal(_name(element), period) & kinds

    return formula


def _april_rule(number: int) -> Formula:
    def formula(deal: Any, period: str) -> Any:
        begun = _from(deal, period, 2025, 4, 4)
        return (
            begun
            & deal(f"item_{number}", period)
            & deal("goods_leave", period)
            & np.logical_not(deal("functional", period))
        )

    return formula


def _november_rule(item: str) -> Formula:
    def formula(deal: Any, period: str) -> Any:
        return _from(deal, period, 2025, 11, 8) & deal(item, period) & deal("goods_leave", period)

    return formula


def _leaves(deal: Any, period: str) -> Any:
    acts = _in(deal, period, "act", "goods", "technology", "service", "assistance", "reexport")
    inside = _in(deal, period, "to", "CN")
    return acts & _in(deal, period, "from", "CN") & (np.logical_not(inside) | deal(_name("to_zone"), period))


def _goods_leave(deal: Any, period: str) -> Any:
    no_thing = _in(deal, period, "form", "technology", "none")
    return _in(deal, period, "act", "goods", "reexport") & np.logical_not(no_thing) & deal("leaves", period)


def _origin_abroad(deal: Any, period: str) -> Any:
    abroad = np.logical_not(_in(deal, period, "from", "CN") | _in(deal, period, "to", "CN"))
    chinese = _in(deal, period, "origin", "CN")
    return (
        (_in(deal, period, "act", "reexport") & chinese)
        | (_in(deal, period, "act", "goods") & abroad & chinese)
        | (_in(deal, period, "act", "technology") & abroad & _in(deal, period, "technology_origin", "CN"))
    )


def _functional(deal: Any, period: str) -> Any:
    forms = _in(deal, period, "form", "compound", "mixture", "functional_material", "other_material")
    catalyst = _in(deal, period, "goods_kind", "catalyst") & deal(_name("calcined"), period)
    return _from(deal, period, 2025, 9, 16) & forms & (catalyst | _in(deal, period, "goods_kind", "phosphor"))


def _paused(deal: Any, period: str) -> Any:
    return _from(deal, period, 2025, 11, 7) & np.logical_not(_from(deal, period, 2026, 11, 11))


def _cell(deal: Any, period: str) -> Any:
    dense = deal(_name("energy_density"), period) >= 300
    return _in(deal, period, "form", "other_material") & _in(deal, period, "goods_kind", "lithium_ion_cell") & dense


def _listed_in_april(deal: Any, period: str) -> Any:
    items = np.zeros(deal.count, dtype=bool)
    for number in CODES:
        if number != 909:
            items |= deal(f"item_{number}", period)
    return items & _from(deal, period, 2025, 4, 4)


def _controlled(deal: Any, period: str) -> Any:
    later = _from(deal, period, 2025, 11, 8) & (deal("item_909", period) | deal("cell", period))
    april = deal("listed_in_april", period) & np.logical_not(deal("functional", period))
    return april | (later & np.logical_not(deal("paused", period)))


def _unreliable(deal: Any, period: str) -> Any:
    chinese = _in(deal, period, "from", "CN")
    for fact in ("to", "exporter_nationality", "exporter_place"):
        chinese |= _in(deal, period, fact, "CN")
    return _from(deal, period, 2025, 10, 9) & deal(_name("uel-2025-10"), period) & chinese


def _control_list(deal: Any, period: str) -> Any:
    act = deal("leaves", period) | deal("origin_abroad", period)
    return _from(deal, period, 2026, 2, 24) & deal(_name("cl-2026-11"), period) & act & deal("controlled", period)


def _outcome(deal: Any, period: str) -> Any:
    stop = deal(_name("a11-list"), period) | deal(_name("uel-2025-10-list"), period)
    later = deal(_name("a57-1c909"), period) | deal(_name("a58-3a001"), period)
    licence = later & np.logical_not(deal("paused", period))
    for name in IN_APRIL:
        licence |= deal(_name(name), period)
    return np.select([stop, licence], [OUTCOMES.index("STOP"), OUTCOMES.index("LICENCE")], OUTCOMES.index("PROCEED"))


def main() -> None:
    """Compares with coercivity deal by deal, then measures."""
    from benchmarks.peers._measure import report

    report("OpenFisca-Core", prepare, run, outcomes, rules)


if __name__ == "__main__":
    main()
