"""Counts what screening finds of a set of names, by kind of variant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks._name_sets import Case
from coercivity.intake.parties.results import PartyResult, Verdict

COLUMNS = ("names", "found", "as match", "missed", "over-confirmed", "another", "possible for none", "match for none")


class Scores:
    """Counts by kind, and the cases that are wrong.

    found: match or possible, and the right entry is among the findings. missed: it is not. over-confirmed: the right
    entry is a match although the name only deserves a question. another: an entry that is not among the right ones is
    a match. possible for none, match for none: a name of nobody listed is asked about, or confirmed.
    """

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {}
        self.wrong: list[tuple[str, Case, str]] = []

    def add(self, case: Case, result: PartyResult) -> None:
        """Counts one case."""
        count = self.counts.setdefault(case.kind, Counter())
        count["names"] += 1
        count[case.expected] += 1
        for kind in wrongs(case, result):
            count[kind] += 1
            if kind not in {"found", "as match"}:
                self.wrong.append((kind, case, told(result)))

    def total(self) -> Counter[str]:
        """Returns the counts over all kinds."""
        found = Counter[str]()
        for count in self.counts.values():
            found.update(count)
        return found

    def table(self) -> list[str]:
        """Returns the table by kind, as lines."""
        width = max(map(len, self.counts)) + 2
        lines = [
            f"{'kind of variant':{width}}{'names':>7}{'found':>7}{'share':>8}"
            + "".join(f"{word:>{len(word) + 2}}" for word in COLUMNS[2:])
        ]
        for kind, count in sorted(self.counts.items()):
            listed = count["names"] - count["none"]
            share = f"{count['found'] / listed:.1%}" if listed else "-"
            cells = "".join(f"{count[word]:{len(word) + 2}}" for word in COLUMNS[2:])
            lines.append(f"{kind:{width}}{count['names']:7}{count['found']:7}{share:>8}{cells}")
        return lines

    def summary(self) -> str:
        """Returns the totals as a sentence."""
        total = self.total()
        listed, none = total["names"] - total["none"], total["none"]
        return (
            f"found {total['found']:,} of {listed:,} ({total['found'] / max(listed, 1):.2%}); "
            f"over-confirmed {total['over-confirmed']:,} of {total['possible']:,} that deserve a question "
            f"({total['over-confirmed'] / max(total['possible'], 1):.2%}); another party confirmed {total['another']:,}; "
            f"names of nobody listed {none:,}: possible {total['possible for none']:,} "
            f"({total['possible for none'] / max(none, 1):.2%}), match {total['match for none']:,}"
        )


def wrongs(case: Case, result: PartyResult) -> Iterator[str]:
    """Yields what is to be counted of one case."""
    verdicts: dict[str, Verdict] = {}
    for one in result.findings:
        if verdicts.get(one.entry.entry_id) != "match":
            verdicts[one.entry.entry_id] = one.verdict
    if case.expected == "none":
        if result.verdict != "none":
            yield f"{result.verdict} for none"
        return
    right = {party: verdicts[party] for party in sorted(case.parties) if verdicts.get(party, "none") != "none"}
    yield "found" if right else "missed"
    if "match" in right.values():
        yield "as match"
        if case.expected == "possible":
            yield "over-confirmed"
    if any(verdict == "match" and party not in case.parties for party, verdict in verdicts.items()):
        yield "another"


def told(result: PartyResult) -> str:
    """Returns a result as text."""
    found = [
        f"{one.verdict} {one.listed!r} ({', '.join(each.kind for each in one.features)})" for one in result.findings[:2]
    ]
    return "; ".join(found) or result.verdict


def score(cases: Sequence[Case], results: Sequence[PartyResult]) -> Scores:
    """Returns the scores of results."""
    found = Scores()
    for case, result in zip(cases, results, strict=True):
        found.add(case, result)
    return found
