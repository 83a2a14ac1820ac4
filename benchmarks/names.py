"""Measures name screening: which names lead to a question, and the result of a plain deal with such a name, by kind.

`python -m benchmarks.names` tries variants of every listed name and a thousand ordinary names.
`python -m benchmarks.names NAMES.csv --more PARTIES.csv` reads names from a table with the columns `query`, `expected`
(match, possible or none), `party_id` (several with `;`) and `kind_of_variant`, and adds listed parties from another
table. The deal is a magnet without heavy rare earths, so that only its parties can prevent PROCEED; all lists count as
screened. A list that the rulebook does not contain counts as a prohibition of everything.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks._names import ordinary, writings
from coercivity.base.days import Day, parse_day
from coercivity.base.errors import Faults
from coercivity.cases.files import packed_standing
from coercivity.cases.gather import gather
from coercivity.data.values import SetValue
from coercivity.intake.parties.index import ListedParty, PartyIndex
from coercivity.intake.parties.screen import NameScreening, look
from coercivity.law.engine.decide import Deal, decide
from coercivity.law.rules.load import law_folder, load_rulebook

FACTS = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Pr"], "from": "CN", "to": "DE"}
NO_NAME = "Nordfeld Antriebe GmbH"


class Tried(NamedTuple):
    """A name to be screened.

    Attributes:
        kind: Kind of change.
        name: The name.
        parties: Listed parties that it may refer to; empty for an ordinary name.
    """

    kind: str
    name: str
    parties: frozenset[str]


class Bench:
    """Listed parties, and the results of their lists on a date."""

    def __init__(self, tables: Iterable[Path], on: Day) -> None:
        self._book, self._on = load_rulebook(), on
        rows = [row for path in tables for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())]
        fields = tuple(ListedParty.__dataclass_fields__)
        self.index = PartyIndex(ListedParty(*(row[field] for field in fields)) for row in rows)
        self._known: dict[tuple[frozenset[str], frozenset[str]], str] = {}

    def outcome(self, has: frozenset[str], doubt: frozenset[str]) -> str:
        """Returns the result of the plain deal with parties on some lists, and possibly on others."""
        if has - set(self._book.party_sets):
            return "STOP"
        if (has, doubt) not in self._known:
            self._known[has, doubt] = self._decided(has, doubt)
        if self._known[has, doubt] == "PROCEED" and doubt - set(self._book.party_sets):
            return "UNKNOWN"
        return self._known[has, doubt]

    def _decided(self, has: frozenset[str], doubt: frozenset[str]) -> str:
        faults = Faults()
        deal = gather(self._book, FACTS, standing=packed_standing(), where="names", faults=faults)
        faults.raise_if_any()
        lacks = frozenset(self._book.party_sets) - has - doubt
        sets = SetValue(has, frozenset() if not doubt else lacks, complete=not doubt)
        return decide(self._book, Deal({**deal.facts, "party_sets": sets}, {}, deal.lists), self._on).outcome.value

    def of_name(self, found: NameScreening) -> str:
        """Returns the result of the plain deal after screening a party name."""
        doubt = {party.party_set for question in found.questions for party in question.parties}
        doubt |= set(self._book.party_sets) if found.unread else set()
        return self.outcome(frozenset(hit.party_set for hit in found.hits), frozenset(doubt))

    def of_party(self, party_id: str) -> str:
        """Returns the result of the plain deal with a listed party under its listed name."""
        return self.outcome(frozenset(party.party_set for party in self.index.by_party.get(party_id, ())), frozenset())


def of_table(path: Path) -> Iterator[Tried]:
    """Yields the names of a table."""
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        wanted = frozenset(filter(None, row["party_id"].split(";"))) if row["expected"] != "none" else frozenset[str]()
        yield Tried(row["kind_of_variant"], row["query"], wanted)


def of_lists(index: PartyIndex) -> Iterator[Tried]:
    """Yields variants of the listed names, and ordinary names."""
    for party_id, entries in index.by_party.items():
        for name in dict.fromkeys(entry.name_en for entry in entries if entry.name_en.isascii() and entry.name_en):
            yield from (Tried(kind, other, frozenset({party_id})) for kind, other in writings(name))
    yield from (Tried("ordinary", name, frozenset()) for name in ordinary())


def main() -> int:
    """Prints the counts by kind; exit code 1 if a name passes although its listed party would not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="?", type=Path)
    parser.add_argument("--more", type=Path, action="append", default=[])
    parser.add_argument("--on", default="2025-08-15")
    parser.add_argument("--show", type=int, default=0, help="wrong names to print")
    asked = parser.parse_args()
    bench = Bench([law_folder() / "parties.csv", *asked.more], parse_day(asked.on))
    tried = list(of_table(asked.names) if asked.names else of_lists(bench.index))
    plain = bench.of_name(look(NO_NAME, bench.index))
    start = time.perf_counter()
    screened = [look(one.name, bench.index) for one in tried]
    each_us = (time.perf_counter() - start) / len(tried) * 1e6
    counts: dict[str, Counter[str]] = {}
    wrong: list[str] = []
    for one, found in zip(tried, screened, strict=True):
        count = counts.setdefault(one.kind, Counter())
        count["names"] += 1
        count["hit"] += bool(found.hits)
        count["held"] += bool(found.hits or found.questions or found.unread)
        outcome = bench.of_name(found)
        stopped = {party for party in one.parties if bench.of_party(party) != "PROCEED"}
        count["would not go"] += bool(stopped)
        if stopped and stopped == one.parties and outcome == "PROCEED":
            count["PROCEED"] += 1
            wrong.append(f"{one.kind}: {one.name!r} goes through, {sorted(stopped)} would not")
        if not one.parties and (found.hits or found.questions or found.unread):
            count["held for nothing"] += 1
    head = ("names", "hit", "held", "would not go", "PROCEED", "held for nothing")
    print(f"{'kind':24}" + "".join(f"{word:>18}" for word in head))
    for kind, count in sorted(counts.items()):
        print(f"{kind:24}" + "".join(f"{count[word]:18}" for word in head))
    total = Counter[str]()
    for count in counts.values():
        total.update(count)
    listed = sum(bool(one.parties) for one in tried)
    held = total["held"] - total["held for nothing"]
    print(
        f"held {held} of {listed} writings ({held / max(listed, 1):.1%}), {total['PROCEED']} of them PROCEED wrongly;"
    )
    nothing = len(tried) - listed
    print(
        f"asked about {total['held for nothing']} of {nothing} names of others ({total['held for nothing'] / max(nothing, 1):.1%});"
    )
    print(
        f"{len(bench.index.names)} listed names, {each_us:.0f} us a name; the plain deal with an unlisted name: {plain}"
    )
    print("\n".join(wrong[: asked.show]))
    return 1 if total["PROCEED"] or plain != "PROCEED" else 0


if __name__ == "__main__":
    sys.exit(main())
