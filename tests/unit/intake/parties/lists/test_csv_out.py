"""Lists as CSV: what is written is read again, and no cell is calculated."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.days import Day
from coercivity.data.parties.listed import EntryName, Identifier, ListEntry, NamedList, NameKind
from coercivity.intake.parties.lists.csv_out import csv_text
from coercivity.intake.parties.lists.entries import LONGEST_NAME, is_name
from tests.unit.intake.parties.lists.reading import LEI, USCC, entries_of

TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"), exclude_characters="()（）\ufeff"), max_size=40
)
NAME = TEXT.map(lambda text: " ".join(text.split())).filter(lambda text: is_name(text) and len(text) <= LONGEST_NAME)
PLAIN = TEXT.map(lambda text: " ".join(text.split())).filter(lambda text: is_name(text) and text[0] not in "'=+-@")
KINDS: tuple[NameKind, ...] = get_args(NameKind)
DAYS = st.dates(Day(1990, 1, 1), Day(2100, 1, 1))


@st.composite
def lists(draw: st.DrawFn) -> NamedList:
    """A list with every field of an entry."""
    texts = draw(st.lists(st.lists(NAME, min_size=1, max_size=5, unique=True), min_size=1, max_size=5))
    entries = []
    for n, names in enumerate(texts):
        kinds = draw(st.lists(st.sampled_from(KINDS), min_size=len(names) - 1, max_size=len(names) - 1))
        kinds = [KINDS[0], *sorted(kinds, key=KINDS.index)]
        listed_on, days = draw(st.tuples(st.none() | DAYS, DAYS))
        entries.append(
            ListEntry(
                f"e-{n}",
                "own",
                tuple(EntryName(text, kind) for text, kind in zip(names, kinds, strict=True)),
                person=draw(st.sampled_from((None, True, False))),
                countries=tuple(draw(st.lists(st.sampled_from(("CN", "US", "DE")), unique=True))),
                addresses=tuple(draw(st.lists(PLAIN, min_size=2, max_size=3, unique=True) | st.just([]))),
                identifiers=tuple(
                    draw(st.lists(st.sampled_from((Identifier("uscc", USCC), Identifier("lei", LEI))), max_size=1))
                ),
                listed_on=listed_on,
                delisted_on=draw(st.sampled_from((None, max(days, listed_on or days)))),
            )
        )
    return NamedList("own", tuple(entries))


@given(lists())
def test_what_is_written_as_csv_is_read_again(one: NamedList) -> None:
    """Names with separators, quotation marks, formulas and character references included."""
    text = csv_text([one])
    assert not any(cell[:1] in ("=", "+", "-", "@") for row in csv.reader(io.StringIO(text)) for cell in row)
    found = entries_of(text, "own.csv")
    assert list(found) == [replace(entry, source="own") for entry in one.entries]


@pytest.mark.parametrize(
    "name", ["=1+1", "'=1+1", "''@x1", "'Example", "-Example", "A; B", "A &amp; B", "A | B", "A &#59; B"]
)
def test_names_that_look_like_something_else(name: str) -> None:
    """Formulas, apostrophes, separators and references come back as they were."""
    one = NamedList("own", (ListEntry("e-1", "own", (EntryName(name),)),))
    assert entries_of(csv_text([one]))[0].name == name
