"""The names of a proof screened again, so that a changed name with fitting hashes is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coercivity.base.errors import brief_value
from coercivity.base.version import ENGINE_VERSION
from coercivity.intake.parties.screening import Screening
from coercivity.law.engine.screened import lists_of_user
from coercivity.law.rules.rulebook import Rulebook

Entry = Mapping[str, Any]


def differing_names(book: Rulebook, proof: Mapping[str, Any]) -> Iterator[str]:
    """Yields the names of a proof for which screening finds something else than the proof says.

    Names are screened again by the program version that made the proof, with the same lists: those of the user must be
    given. Judgements are left out: they are compared by the readers of the proof.

    Args:
        book: The rulebook of the proof, with the files of its user.
        proof: The proof.
    """
    screened = proof.get("screened")
    if screened is None or proof.get("engine") != ENGINE_VERSION or proof["lists"].get("packed") != book.parties_hash:
        return
    if [one for one in screened["lists"] if one["effect"] != "law"] != list(lists_of_user(book.party_files)):
        return
    screening = Screening(book)
    screening.prepare(one["written"] for one in screened["names"])
    for name in screened["names"]:
        found = screening.shown(name["fact"], name["written"])
        assert found is not None
        if found["folded"] != name["folded"] or _of(found["entries"]) != _of(name["entries"]):
            yield f"name {brief_value(name['written'])}: screened again, it gives other entries or another reading"


def _of(entries: Sequence[Entry]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Returns what entries say without judgements."""
    told = ((one["list"], one["entry"], one["screened"], tuple(one.get("party_sets", ()))) for one in entries)
    return sorted(told)
