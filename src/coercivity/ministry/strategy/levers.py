"""Levers as a user names them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coercivity.base.errors import Argument, Faults, brief_value, nearest
from coercivity.ministry.strategy.model import CLAIM, LEVERS, Lever, Levers

WHERE = Argument("levers")
_BETWEEN = re.compile("[,，、;；]")
_ALIKE = {
    "secure_ore": "ore",
    "own_processing": "processing",
    "recycle": "recycling",
    "contract": "contracts",
    "long_contract": "contracts",
    "long_contracts": "contracts",
    "stocks": "stock",
    "stockpile": "stock",
    "矿源": "ore",
    "自有加工": "processing",
    "回收": "recycling",
    "长期合同": "contracts",
    "备货": "stock",
}


def levers_of(names: str | Sequence[str] | None, faults: Faults) -> Levers:
    """Returns levers in their order; a name that is not known, one given twice, and no lever at all are faults.

    Args:
        names: Names of levers, or a text in which commas part them; None for ore, processing and recycling.
        faults: Receives the faults.
    """
    if names is None:
        return CLAIM
    given = _BETWEEN.split(names) if isinstance(names, str) else [str(name) for name in names]
    given = [name.strip() for name in given if name.strip()]
    found: list[Lever] = []
    for name in given:
        key = name.casefold().replace(" ", "_").replace("-", "_")
        key = _ALIKE.get(key, key)
        lever = next((each for each in LEVERS if each == key), None)
        if lever is None:
            what = f"there is no lever {brief_value(name)!r}; expected {', '.join(LEVERS)}"
            faults.add("STRATEGY-LEVER", what, where=WHERE, nearest=nearest(key, LEVERS), next="correct the name")
        elif lever in found:
            faults.add("STRATEGY-LEVER", f"the lever {lever} is given twice", where=WHERE, next="name it once")
        else:
            found.append(lever)
    if not given:
        what = f"no lever is given; expected one or more of {', '.join(LEVERS)}"
        faults.add("STRATEGY-LEVER", what, where=WHERE, next="name at least one, such as ore,processing,recycling")
    return tuple(lever for lever in LEVERS if lever in found)
