"""Deals in sentences of their own: send 300 arcs. Also mail the coating procedure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coercivity.intake.words.deals.kinds import GOODS, Deal, deals_of
from coercivity.intake.words.pieces import Piece, Row, live

_ALSO = re.compile(
    r"\W*(?:(?:and|please|pls|could you|bitte|und|请|也请|麻烦) ?)*"
    r"(?:also|additionally|in addition|besides|moreover|plus|furthermore|ausserdem|zudem|zusätzlich|zusatzlich|"
    r"außerdem|ferner|auch|weiterhin|另外|另请|另|还请|同时|此外|并请|また|さらに|加えて)"
)
_FIGURE = re.compile(r"\d|[一二两三四五六七八九十百千万]")
_MOST = 3  # sentences that begin with also
_DEEDS = frozenset(("technology", "service", "assistance"))


def deals_in(row: Row) -> list[Deal]:
    """Returns the deals of a text; goods with a quantity and a deed that a sentence with also adds are two deals."""
    breaks = [at for at, p in enumerate(row.pieces) if p.role == "break" and _ALSO.match(row.folded.flat, p.end)]
    for at in breaks[:_MOST]:
        first, second = row.pieces[:at], row.pieces[at + 1 :]
        if _delivers(row, first) and (added := _added(row, second)):
            return [*(replace(deal, act="goods") for deal in _deals(row, first)), *added]
    return deals_of(row)


def _deals(row: Row, pieces: Sequence[Piece]) -> list[Deal]:
    return deals_of(replace(row, pieces=tuple(pieces)))


def _delivers(row: Row, pieces: Sequence[Piece]) -> bool:
    """Returns whether the words up to here order goods: a thing, a quantity, and no deed."""
    things = [p for p in live(pieces, *GOODS) if not p.purpose]
    if not things or not _FIGURE.search(row.folded.flat[: pieces[-1].end]):
        return False
    return all(not deal.act and deal.sure for deal in _deals(row, pieces))


def _added(row: Row, pieces: Sequence[Piece]) -> list[Deal]:
    """Returns the deeds of the sentence that follows; a procedure of a process is know-how there."""
    found = [deal for deal in _deals(row, pieces) if deal.sure and deal.act in _DEEDS]
    if found:
        return found
    steps = live(pieces, "process", weak=True)
    carriers = [
        p for p in live(pieces, "carrier", weak=True) if p.entry.cues.get("kind") not in ("product", "container")
    ]
    return [Deal("technology", tuple(pieces))] if steps and carriers else []
