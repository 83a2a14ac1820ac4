"""Whether a machine whose name other trades use too is meant for one of them: jet mill of a pharmaceutical works.

The list names such machines only for rare earths and magnets. Their kind stays open when the words name another use.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from coercivity.base.errors import brief_value
from coercivity.intake.goods.things import RARE_EARTHS
from coercivity.intake.words.pieces import Piece, Row

_SHARED = frozenset((
    "magnet_jet_mill", "magnet_hot_press", "magnet_cold_isostatic_press", "magnet_vacuum_sintering_furnace",
    "magnet_machining_machine", "grain_boundary_diffusion_equipment", "rare_earth_roasting_kiln",
    "rare_earth_ion_adsorption_equipment", "rare_earth_precipitation_reactor", "rare_earth_extraction_tank",
    "rare_earth_centrifugal_extractor", "rare_earth_resistance_furnace", "rare_earth_electrolytic_cell",
    "vacuum_induction_reduction_furnace", "vacuum_carbon_tube_furnace", "recycling_shaft_kiln",
))  # fmt: skip
KINDS = ("goods_kind", "machine_kind", "magnetising_field")
_TRADE = "trade"  # cue of a word that names another trade
_GERMAN_FOR = frozenset(("fur", "für", "zum", "zur", "f."))
_LEAST = 4  # letters of a word that may name what a machine is for


def of_another_trade(row: Row, head: Piece, pieces: Sequence[Piece]) -> str:
    """Returns why the kind of machine is not certain; blank if nothing names another trade or use.

    Args:
        row: The text.
        head: The machine.
        pieces: The pieces of the deal.
    """
    others = [p for p in pieces if not p.denied and p.start != head.start]
    if head.states.get("goods_kind") not in _SHARED or any(map(_is_magnetic, others)):
        return ""
    for before, piece in pairwise((head, *others)):
        trade = any(_TRADE in entry.cues.get("kind", "").split("+") for entry in piece.entries)
        if trade or _is_use(row, piece, before):
            return f"{brief_value(row.folded.raw(piece.start, piece.end))!r} may name another use of the machine"
    return ""


def _is_magnetic(piece: Piece) -> bool:
    """Returns whether a piece names a magnet, a rare earth, or a stage of their making."""
    for entry in piece.entries:
        states, cues = entry.states, entry.cues
        if "magnet_type" in states or "serves_stage" in states or cues.get("stage", "none") != "none":
            return True
        if states.get("form") in ("magnet", "magnet_powder") or RARE_EARTHS & set(cues.get("element", "").split("+")):
            return True
    return False


def _is_use(row: Row, piece: Piece, before: Piece) -> bool:
    """Returns whether a piece of the purpose names a thing or trade of its own; a name of a customer does not."""
    if not piece.purpose:
        return False
    if piece.role in ("other_item", "item", "substance", "partner"):
        return True
    text = row.folded.raw(piece.start, piece.end)
    if piece.role != "unknown" or not (not text.isascii() or (len(text) >= _LEAST and text.isalpha())):
        return False
    german = row.folded.flat[before.start : before.end] in _GERMAN_FOR
    return german or not text[0].isupper()
