"""What an officer who knows her deal would answer to the questions about it, for `benchmarks/questions.py`.

One ordinary deal for each kind: goods sold from China to a civil customer abroad, know-how sent there, work of
Chinese engineers on a plant there, and so on. Facts stated by the deal itself come first: an answer is never at odds with
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

UNKNOWN = "unknown"
MAGNETS = ("Nd", "Pr", "Dy", "Tb")
ABROAD = "TH"  # where an ordinary deal goes if it does not say so
RARE_EARTHS = {
    "SmCo": ["Sm"],
    "NdFeB": ["Nd", "Pr", "Dy"],
    "Ce_magnet": ["Ce", "Nd"],
    "SmFeN": ["Sm"],
}
# The kinds of deal, by transaction type.
KINDS = {
    "goods": "goods",
    "reexport": "goods",
    "transit": "goods",
    "technology": "technology",
    "publication": "technology",
    "service": "service",
    "assistance": "service",
    "support_service": "service",
    "foreign_check": "service",
}
OF_ANY: Mapping[str, Any] = {
    "from": "CN",
    "from_zone": "false",
    "to_zone": "false",
    "origin": "CN",
    "exporter_nationality": "CN",
    "technology_origin": "CN",
    "licence_held": "none",
    "licence_change": "none",
    "listed_owner_share": "0",
    "licence_sought": "single",
    "ordinary_licence_held": "true",
    "certificate_case": "none",
    "special_application": "none",
    "physical_blend": "false",
    "mounted_on_core": "false",
    "moulded": "false",
    "magnet_type": ["NdFeB"],
    "mineral_item": "other",
    "goods_kind": "other",
    "machine_kind": "other",
    "part_kind": "other",
    "alloy_system": "other",
    "target_system": "other",
    "material_function": "other",
    "technology_topic": "none",
    "catalogue_part": "none",
    "public_domain": "false",
    "basic_research": "false",
    "patent_filing": "false",
    "technology_passes": "true",
    "line_service": ["commissioning"],
    "serves_stage": "magnetic_material_manufacturing",
    "other_content": "false",
}
OF_KIND: Mapping[str, Mapping[str, Any]] = {
    "goods": {
        "act": "goods",
        "form": "magnet",
        "process_stage": "none",
        "serves_stage": "none",
        "exporter_place": "CN",
    },
    "technology": {
        "act": "technology",
        "form": "technology",
        "process_stage": "magnetic_material_manufacturing",
        "exporter_place": "CN",
    },
    "service": {"act": "service", "form": "none", "process_stage": "magnetic_material_manufacturing"},
}


def kind_of(facts: Mapping[str, Any], wanted: str = "") -> str:
    """Returns the kind of a deal: goods, technology or service.

    Args:
        facts: What the deal states.
        wanted: Its kind, if known; otherwise it follows from the transaction type or the form.
    """
    if facts.get("act") in KINDS:
        return KINDS[str(facts["act"])]
    if facts.get("form") == "technology":
        return "technology"
    if facts.get("form") == "none" or wanted in ("service", "people", "support", "check"):
        return "service"
    return "technology" if wanted in ("technology", "publication") else "goods"


def answer(catalogue: Mapping[str, Any], facts: Mapping[str, Any], fact: str, wanted: str = "") -> Any:
    """Returns the answer of the owner of a deal to the question about one fact.

    Args:
        catalogue: The facts.
        facts: What the deal states, and the answers so far.
        fact: The fact that is asked for.
        wanted: The kind of deal, if it is known.
    """
    kind = kind_of(facts, wanted)
    there = _there(facts)
    places = {
        "to": there,
        "recipient_nationality": there,
        "activity_place": there,
        "exporter_place": "CN" if kind != "service" else str(facts.get("from", there)),
    }
    if fact == "crosses_border":
        return "false" if facts.get("from") == facts.get("to") != "XX" else "true"
    if fact in ("from", "to") and facts.get("crosses_border") == "false":
        return str(facts.get("to" if fact == "from" else "from", there))
    if fact == "elements":
        return _elements(facts)
    if fact == "magnet_type" and isinstance(facts.get("elements"), list) and not {*facts["elements"]} & {*MAGNETS}:
        return []
    if fact == "serves_stage" and kind != "goods" and isinstance(facts.get("process_stage"), str):
        return facts["process_stage"]
    if fact == "from" and kind == "service":
        return there
    found = {**OF_ANY, **places, **OF_KIND[kind]}.get(fact)
    return found if found is not None else _plain(catalogue[fact])


def _there(facts: Mapping[str, Any]) -> str:
    for name in ("to", "activity_place", "recipient_nationality"):
        if facts.get(name) not in (None, UNKNOWN, "CN"):
            return str(facts[name])
    return ABROAD


def _elements(facts: Mapping[str, Any]) -> list[str]:
    stated = facts.get("elements")
    known = (
        [name for name in stated if name != "..." and not name.startswith("not ")] if isinstance(stated, list) else []
    )
    types = facts.get("magnet_type")
    usual = [name for one in (types if isinstance(types, list) else []) for name in RARE_EARTHS.get(str(one), [])]
    magnets = ["Nd", "Pr", "Dy"] if facts.get("form") in ("magnet", "magnet_powder", "assembly") and not usual else []
    return list(dict.fromkeys((*known, *usual, *(magnets if not known else []))))


def _plain(spec: Any) -> Any:
    """Returns the answer of an ordinary deal to a question that no table names: no, none, other, or a usual figure."""
    if spec.type == "flag":
        return "false"
    if spec.type == "set":
        return []
    if spec.type == "choice":
        return next((value for value in ("none", "other") if value in spec.values), next(iter(spec.values)))
    return spec.example if spec.type in ("number", "share", "country") else UNKNOWN
