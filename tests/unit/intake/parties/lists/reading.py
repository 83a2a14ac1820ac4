"""Reads made-up lists for the tests: their entries, or what is wrong with them."""

from __future__ import annotations

from coercivity.base.errors import Fault, Faults
from coercivity.data.input import Content
from coercivity.data.parties.listed import ListEntry, NamedList
from coercivity.intake.parties.lists.read import read_lists

LEI, USCC = "529900T8BM49AURSDO55", "91350100M000100Y43"  # of no party of the tests; their check characters fit


def as_content(text: str | bytes, name: str = "parties.csv") -> Content:
    """Returns a file of this content."""
    return Content(name, text if isinstance(text, bytes) else text.encode())


def read_one(text: str | bytes, name: str = "parties.csv") -> NamedList:
    """Returns the list of a file without a fault."""
    faults = Faults()
    lists = read_lists([as_content(text, name)], faults)
    assert not faults.items, faults.items
    (found,) = lists
    return found


def entries_of(text: str | bytes, name: str = "parties.csv") -> tuple[ListEntry, ...]:
    """Returns the entries of a file without a fault."""
    return read_one(text, name).entries


def faults_of(text: str | bytes, name: str = "parties.csv") -> list[Fault]:
    """Returns the faults of a file, of which no entry is read then."""
    faults = Faults()
    assert read_lists([as_content(text, name)], faults) == ()
    assert faults.items
    return faults.items
