"""Examples next to the empty form, in words or as on an order."""

from __future__ import annotations

from coercivity.web.deal.asked import SAID_BY, SAID_ON, STANDING
from coercivity.web.view import View

_LOT = {"material": "sintered NdFeB block", "hs": "8505111000", "from": "China", "to": "Germany", STANDING: "yes"}
_DYSPROSIUM = "Dy 1.8 %, Tb 0 %, Nd+Pr 30 %"
# Examples next to the empty form; an item is written as on an order, in any language.
EXAMPLES: dict[str, dict[str, str]] = {
    "visit": {
        "material": "Two engineers from Baotou will commission a sintering line in Rayong",
        "on": "2026-03-15", STANDING: "yes",
    },
    "several": {
        "material": "Strip casting furnace for a magnet plant in Rayong, with drawings of the copper wheel, "
        "and two fitters to install it",
        "from": "China", "to": "Thailand", "on": "2026-03-15", STANDING: "yes",
    },
    "mail": {
        "material": "Dear colleagues,\nattached you find the sintering recipe for NdFeB magnets with the temperature "
        "curve, as agreed. Please load it into the furnace in Narva, Estonia.\nBest regards from Ganzhou",
        "on": "2026-03-15", STANDING: "yes",
    },
    "magnets": {**_LOT, "on": "2025-08-15", "composition": _DYSPROSIUM, "quantity": "1200 kg", "price": "62 USD"},
    "plain": {**_LOT, "on": "2025-08-15", "composition": "Nd+Pr 31.5 %, Dy 0 %, Tb 0 %"},
    "blank": {**_LOT, "on": "2025-08-15"},
    "recipe": {
        "on": "2026-11-12", "act": "technology", "from": "China", "to": "Estonia", STANDING: "yes",
        "f.form": "technology", "f.process_stage": "magnetic_material_manufacturing", "f.magnet_type": "NdFeB",
        "f.serves_stage": "magnetic_material_manufacturing", "f.activity_place": "EE", "f.exporter_nationality": "CN",
        "f.recipient_nationality": "EE", "f.public_domain": "false", "f.line_service": "[]",
        "f.technology_topic": "none", "f.catalogue_part": "none",
    },
    "abroad": {
        "on": "2026-11-12", "act": "reexport", "material": "motor", "from": "Germany", "to": "Mexico", STANDING: "yes",
        "f.chinese_input_value_share": "0.005",
    },
}  # fmt: skip


def examples_of(view: View) -> list[tuple[str, list[tuple[str, str]]]]:
    """Returns the name of each example and the address that shows it."""
    by = view.w("deal.example_by")
    return [
        (name, [*query.items(), (SAID_BY, by), (SAID_ON, query["on"]), ("lang", view.lang)])
        for name, query in EXAMPLES.items()
    ]
