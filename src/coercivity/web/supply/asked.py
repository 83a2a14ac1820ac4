"""The forms of the screen `supply` as requests of the API, so that both share jobs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import Fault, Faults
from coercivity.verbs import AS_KNOWN
from coercivity.verbs.draws_offered import draws_of
from coercivity.verbs.scenario_form.saved import files_of
from coercivity.verbs.scenarios import check_clause_price, check_outlook, months_around
from coercivity.verbs.serving.models import ClausePriceSent, OutlookSent, asked_of
from coercivity.verbs.serving.places import Places
from coercivity.web.view import View

NONE = "none"
MOST_SIGNS = 100
# Form field by place of a fault.
_FIELDS = {
    "from": "from",
    "to": "to",
    "known": "known",
    "scenario": "a",
    "general-licences": "general_licences",
    "draws": "draws",
}


@dataclass(frozen=True, slots=True)
class SupplyAsked:
    """A form about supply as typed.

    Attributes:
        typed: Form fields with their content.
        sent: Request of the API; empty if there are faults.
        faults: Faults of the form.
    """

    typed: dict[str, str]
    sent: dict[str, Any]
    faults: tuple[Fault, ...] = ()

    @property
    def invalid(self) -> frozenset[str]:
        """The fields at fault, as far as they are known."""
        found = {_FIELDS.get(fault.where, "clause" if fault.code == "CLAUSE-UNKNOWN" else "") for fault in self.faults}
        return frozenset(found - {""})


def outlook_asked(view: View, places: Places) -> SupplyAsked:
    """Returns the scenarios, months and information cut-off in an address."""
    typed = {
        "a": cut(view, "a", AS_KNOWN),
        "b": cut(view, "b", NONE),
        **months_asked(view),
        "known": cut(view, "known"),
        "draws": cut(view, "draws", NONE),
    }
    other = typed["b"] if typed["b"] not in (NONE, typed["a"]) else None
    known = typed["known"] or None
    faults, draws = Faults(), None
    with faults.kept():
        draws = draws_of(typed["draws"]) if typed["draws"] != NONE else None
    with faults.kept():
        names = [typed["a"], *([other] if other else [])]
        files = files_of(places, names)
        check_outlook(names, typed["from"], typed["to"], known, draws=draws, files=files)
    if faults.items:
        return SupplyAsked(typed, {}, tuple(faults.items))
    months = {"from": typed["from"], "to": typed["to"]}
    sent = OutlookSent.model_validate(
        {"scenario": typed["a"], "scenario_b": other, **months, "known": known, "draws": draws}
    )
    return SupplyAsked(typed, asked_of(sent))


def clause_asked(view: View, places: Places) -> SupplyAsked:
    """Returns the clause, scenario, months and draws in an address; without a clause there is no request yet."""
    typed = {"clause": cut(view, "clause"), "scenario": cut(view, "scenario", AS_KNOWN), **months_asked(view)}
    typed["general_licences"] = cut(view, "general_licences", "with")
    typed["draws"] = cut(view, "draws", NONE)
    if not typed["clause"]:
        return SupplyAsked(typed, {})
    faults, draws = Faults(), None
    with faults.kept():
        draws = draws_of(typed["draws"]) if typed["draws"] != NONE else None
    with faults.kept():
        check_clause_price(
            typed["clause"],
            typed["scenario"],
            typed["from"],
            typed["to"],
            typed["general_licences"],
            draws=draws,
            files=files_of(places, [typed["scenario"]]),
        )
    if faults.items:
        return SupplyAsked(typed, {}, tuple(faults.items))
    return SupplyAsked(typed, asked_of(ClausePriceSent.model_validate({**typed, "draws": draws})))


def months_asked(view: View) -> dict[str, str]:
    """Returns the first and last month in an address, by default those around its day."""
    try:
        day = parse_day(view.on)
    except ValueError:
        day = Day.fromisoformat(view.today)
    first, last = months_around(day)
    return {"from": cut(view, "from", first), "to": cut(view, "to", last)}


def cut(view: View, name: str, otherwise: str = "") -> str:
    """Returns a value of an address, no longer than a field."""
    return view.get(name, otherwise)[:MOST_SIGNS]
