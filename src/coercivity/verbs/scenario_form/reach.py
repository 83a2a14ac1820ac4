"""Entries of a scenario that no month of a run reaches."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.months import Month, month_text, parse_month
from coercivity.market.run.simulate import EARLIEST
from coercivity.verbs.scenario_form.draft import Draft, draft_of, numbers_of
from coercivity.verbs.scenario_form.fields import ENTRIES, FIRST, LAST, LISTS, field_name

SETTLES = parse_month("2024-10")  # every run begins then, or earlier
_BEGINS = (FIRST, "release_from", "start")


class Unreached(NamedTuple):
    """An entry of a scenario that no month of a run reaches.

    Attributes:
        entry: Name of the entry in the form.
        field: Field of its first month, or of its last one if the run begins later.
        first: First month of the run, YYYY-MM.
        last: Last month of the run, YYYY-MM.
        known: Whether it is known beforehand, so that prices may expect it.
    """

    entry: str
    field: str
    first: str
    last: str
    known: bool


def unreached(draft: Draft, first: str, last: str) -> list[Unreached]:
    """Returns the entries of a scenario that no month of a run reaches; none if a month of the run is not valid.

    Args:
        draft: The scenario as content of a form.
        first: First month of the report, YYYY-MM.
        last: Last month of the report, YYYY-MM.
    """
    begin, end = _month(first), _month(last)
    if begin is None or end is None:
        return []
    begin = max(min(begin, SETTLES), EARLIEST)
    found = []
    for form in ENTRIES:
        names = {each.name for each in form.fields}
        for number in numbers_of(draft, form.list):
            held = {name: _month(draft.get(field_name(form.list, number, name), "")) for name in names}
            starts = [month for name in _BEGINS if (month := held.get(name)) is not None]
            late = bool(starts) and min(starts) > end and (FIRST not in names or held.get(FIRST) is not None)
            ends = [held.get(LAST), *([held.get("release_to")] if held.get("release_from") is not None else [])]
            early = LAST in names and all(month is not None and month < begin for month in ends)
            if late or early:
                field = (FIRST if FIRST in names else "start") if late else LAST
                entry = form.list + LISTS + str(number)
                known = form.list != "shocks"
                found.append(
                    Unreached(entry, entry + LISTS + field, month_text(begin), month_text(end), known and late)
                )
    return found


def unreached_notices(names: Sequence[str], first: str, last: str) -> list[Fault]:
    """Returns a notice for each entry of a scenario file that no month of a run reaches.

    Args:
        names: Scenarios: paths of files; ids of built-in scenarios are passed over.
        first: First month of the report, YYYY-MM.
        last: Last month of the report, YYYY-MM.
    """
    found = []
    for name in names:
        if not name.endswith((".yaml", ".yml")):
            continue
        try:
            draft = draft_of(Path(name).read_text(encoding="utf-8"), Path(name).name)
        except (CoercivityError, OSError, ValueError):  # told, with every other error, when the scenario is run
            continue
        for each in unreached(draft, first, last):
            what = f"no month of the run reaches it (run: {each.first} to {each.last})"
            if each.known:
                what += "; stocks and decisions may still expect it"
            step = "give later months after --from and --to, or correct its months"
            if each.field.endswith(LISTS + LAST):
                step = "give earlier months after --from, or correct its months"
            found.append(Fault("SCENARIO-UNREACHED", what, where=f"{Path(name).name} {each.entry}", next=step))
    return found


def _month(text: str | None) -> Month | None:
    with suppress(ValueError):
        return parse_month((text or "").strip())
    return None
