"""Listed names that a written one may be: what is left out early is what a comparison would leave out."""

from __future__ import annotations

from itertools import product

import pytest

from coercivity.intake.parties.likeness.parts import parts_of
from coercivity.intake.parties.likeness.reasons import Likeness
from coercivity.intake.parties.lookup import frequent
from coercivity.intake.parties.lookup.frequent import FrequentWords
from coercivity.intake.parties.lookup.names import NameIndex
from coercivity.intake.parties.lookup.words import WordIndex

HEADS = [
    a + b for a, b in product(("Zelk", "Quell", "Brand", "Vors", "Tarm"), ("owa", "omar", "ewin", "ister", "owar"))
]
TRADES = ("General Trading", "Trading", "Aerospace", "General Aerospace", "Aerosp. Trading", "T. Trading", "62")
LISTED = ["General Aerospace", *(f"{head} {trade}" for head, trade in product(HEADS, TRADES))]
WRITTEN = [
    *(f"{head} {trade}" for head in ("Zelkowa", "Zelkovar", "Tarmowin") for trade in (*TRADES, "Shipping", "")),
    *(
        "T. Zelkowa",
        "Z. Trading General",
        "Zelkowa Aerospace Trading Quellomar",
        "Xolk General Trading",
        "Aerospace General",
    ),
    *(
        "General Trading",
        "Zelkowa Technology Aerosp.",
        "Trading Zelkowa Zelkowar",
        "Brandowa 62 Trading 26",
        "Vors Ister",
    ),
]


def found(names: list[str]) -> list[list[Likeness]]:
    """What a new index of the listed names finds for each name."""
    index = NameIndex(LISTED)
    asked = [(name, parts_of(name)) for name in names]
    index.prepare(asked)
    return [list(index.like(name, parts)) for name, parts in asked]


def test_names_left_out_early_are_those_that_a_comparison_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words of their own on both sides, abbreviations, initials and numbers among them."""
    early = found(WRITTEN)
    assert sum(map(len, early)) > len(WRITTEN)
    monkeypatch.setattr(WordIndex, "_shares_too_little", lambda *_: False)
    assert found(WRITTEN) == early


def test_names_with_the_same_frequent_words_are_looked_through_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once for all written names, or one by one for each of them."""
    once = found(WRITTEN)
    read = FrequentWords._read
    seen = []

    def heavy(self: FrequentWords, ordered: tuple[int, ...]) -> object:
        seen.append(ordered)
        return read(self, ordered)._replace(most=2.0)

    monkeypatch.setattr(FrequentWords, "_read", heavy)
    assert found(WRITTEN) == once
    assert seen


def test_names_with_frequent_words_are_forgotten_and_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that many sets of such words fill no memory."""
    kept = found(WRITTEN)
    read = FrequentWords._read
    times: list[tuple[int, ...]] = []

    def counted(self: FrequentWords, ordered: tuple[int, ...]) -> object:
        times.append(ordered)
        return read(self, ordered)

    monkeypatch.setattr(FrequentWords, "_read", counted)
    monkeypatch.setattr(frequent, "_MOST_KEPT", 1)
    assert found([*WRITTEN, *WRITTEN]) == [*kept, *kept]
    assert len(times) > len(set(times))
