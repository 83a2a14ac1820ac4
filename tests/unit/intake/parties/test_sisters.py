"""A name with a slip is asked about once, not for every sister of the listed name."""

from __future__ import annotations

import pytest

from coercivity.data.parties.listed import EntryName, ListEntry, NamedList
from coercivity.intake.parties.results import Asked
from coercivity.intake.parties.screener import Screener

NAMES = (
    "Halvergate Systems Corporation",
    "Halvergate Systems Marine",
    "Halvergate Systems Aviation Laboratories",
    "海尔格特公司",
    "海尔格特航空系统公司",
)


def held(list_id: str, names: tuple[str, ...] = NAMES) -> NamedList:
    """A user's list of firms of one family."""
    entries = (ListEntry(f"e-{n}", list_id, (EntryName(name),)) for n, name in enumerate(names))
    return NamedList(list_id, tuple(entries), effect="ask")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Halvergate Systems Corp.", {"e-0"}),
        ("Halvegate Systems Corp.", {"e-0"}),
        ("Halvegate Systems Marine", {"e-0", "e-1"}),
        ("海尓格特公司", {"e-3"}),
    ],
)
def test_sisters_of_the_nearest_name_are_left_out(written: str, found: set[str]) -> None:
    """As if the name had been written without the slip; the shorter name of the head stays a question."""
    result = Screener([held("own")]).screen(Asked(written))
    assert {one.entry.entry_id for one in result.findings} == found


def test_a_list_settles_only_itself() -> None:
    """The sister on another list is still asked about: that list does not have the nearer name."""
    other = held("other", NAMES[1:3])
    result = Screener([held("own"), other]).screen(Asked("Halvegate Systems Corp."))
    assert {(one.entry.list_id, one.entry.entry_id) for one in result.findings} == {
        ("own", "e-0"),
        ("other", "e-0"),
        ("other", "e-1"),
    }
