"""`replay` and `rules diff`: the same deals on other dates, or under another rulebook."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypedDict

from coercivity.base.days import day_of
from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.arguments import KNOWN, ON, PACKED, Law, assumptions
from coercivity.cases.regimes import Moved, RegimeDiff, compare
from coercivity.cases.replay import Replayed
from coercivity.cases.replay import replay as replay_deals
from coercivity.cases.sources import NamedDeal, past_deals, read_deals
from coercivity.data.input import Input, bytes_in
from coercivity.files.write.whole import write_file
from coercivity.law.explain.reasons import reasons
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.deal.why import reason_text
from coercivity.papers.shared.names import Text
from coercivity.verbs.proofs import UNFORMED, named_proofs

__all__ = [
    "MOST_DAYS", "Moved", "RegimeDiff", "Replayed", "diff_plain", "open_because", "replay", "rules_diff",
    "write_replayed",
]  # fmt: skip

Progress = Callable[[int, int], None]
MOST_DAYS = 60
# A limit on results also limits the file: reporting the errors of a row takes longer than deciding a good one.
BYTES_A_DEAL = 512


def replay(
    path: Input,
    on: Sequence[str] = (),
    *,
    known: str | None = None,
    assume: str | None = None,
    standing: Input | None = None,
    law: Law = PACKED,
    progress: Progress | None = None,
    most: int | None = None,
) -> list[Replayed]:
    """Returns the deals of a file on every given date, or earlier results next to new ones.

    Args:
        path: Table of deals, YAML file of deals or cases, case folder, or JSON file of earlier results.
        on: Transaction dates. Default: the date of each deal.
        known: Information cut-off.
        assume: Planning assumption for suspensions. Default: that of the earlier result.
        standing: YAML file with compliance declarations for every row of a table.
        law: The rulebook to use.
        progress: Called with the number of deals done and the total.
        most: Largest number of results; None for no limit.

    Raises:
        CoercivityError: With every error in the arguments and files.

    Examples:
        >>> rows = coercivity.replay(EXAMPLES / "magnet-jv", ["2025-08-15", "2026-03-02"])
        >>> [(row.id, str(row.on), row.outcome.value) for row in rows][:2]
        [('t01', '2025-08-15', 'STOP'), ('t01', '2026-03-02', 'STOP')]
    """
    book, faults = law.book(), Faults()
    days = [day for text in on if (day := day_of(text, ON, faults)) is not None]
    if len(on) > MOST_DAYS:
        faults.add("REPLAY-DAYS", f"{len(on)} dates; the limit is {MOST_DAYS}", where=ON)
    known_day = day_of(known, KNOWN, faults)
    picked = assumptions(book, assume, faults) if assume is not None else None
    deals = _few_deals(book, path, standing, most, faults)
    _few_enough(len(deals) * max(1, len(on)), most, faults)
    if not days and any(entry.on is None for entry in deals):
        faults.add("DATE", "some deals have no date of their own", where=path.name, next="name dates with --on")
    faults.raise_if_any()
    return replay_deals(book, deals, days, known=known_day, assume=picked, progress=progress)


def write_replayed(out: Path, rows: Sequence[Replayed]) -> None:
    """Writes earlier and new results with their proofs to a JSON file."""
    write_file(out, (json.dumps([row.as_dict() for row in rows], ensure_ascii=False, indent=2) + "\n").encode())


def named_deals(book: Rulebook, path: Input, standing: Input | None, faults: Faults) -> list[NamedDeal]:
    """Returns the deals of a file, or of earlier results; errors are added, not raised.

    Args:
        book: The rulebook, for its facts and lists.
        path: Table of deals, YAML file of deals or cases, case folder, or JSON file of earlier results.
        standing: YAML file with compliance declarations for every row of a table.
        faults: Collects every error found.
    """
    try:
        if path.suffix.lower() == ".json":
            return past_deals(book, named_proofs(path))
        return read_deals(book, path, standing=standing)
    except CoercivityError as error:
        faults.items.extend(error.faults)
        return []
    except UNFORMED as error:
        faults.add("PROOF-FORM", f"malformed proof: {error!r}"[:200], where=path.name)
        return []


def _few_deals(
    book: Rulebook, path: Input, standing: Input | None, most: int | None, faults: Faults
) -> list[NamedDeal]:
    """Returns the deals of a file; a file too large for the allowed number of deals is not read."""
    past = path.suffix.lower() == ".json"
    size = bytes_in(path)
    if most is not None and not past and size > most * BYTES_A_DEAL:
        what = f"the file has {size:,} bytes; the limit is {most:,} deals in {most * BYTES_A_DEAL:,} bytes"
        faults.add("REPLAY-SIZE", what, where=path.name, next="send fewer deals, or use the command line")
        return []
    return named_deals(book, path, standing, faults)


def _few_enough(answers: int, most: int | None, faults: Faults) -> None:
    if most is not None and answers > most:
        what = f"{answers:,} results requested; the limit is {most:,}"
        faults.add("REPLAY-SIZE", what, next="send fewer deals or days, or use the command line")


def rules_diff(
    before: str,
    after: str,
    *,
    deals: Input | None = None,
    known: str | None = None,
    assume: str | None = None,
    standing: Input | None = None,
    law: Law = PACKED,
    most: int | None = None,
) -> RegimeDiff:
    """Compares two dates: clauses, then deals, then their mass and value.

    Args:
        before: First date, YYYY-MM-DD.
        after: Second date.
        deals: File of deals to check on both dates.
        known: Information cut-off for both. Default: for each, the earlier of the date and the last check.
        assume: Planning assumption for suspensions.
        standing: YAML file with compliance declarations for every row of a table.
        law: The rulebook to use.
        most: Largest number of results; None for no limit.

    Raises:
        CoercivityError: With every error in the arguments and files.
    """
    book, faults = law.book(), Faults()
    first, second = day_of(before, "first day", faults), day_of(after, "second day", faults)
    known_day = day_of(known, KNOWN, faults)
    picked = assumptions(book, assume, faults)
    entries = _few_deals(book, deals, standing, most, faults) if deals is not None else []
    _few_enough(len(entries) * 2, most, faults)
    faults.raise_if_any()
    assert first is not None
    assert second is not None
    return compare(book, first, second, entries, known=(known_day, known_day), assume=picked)


def open_because(row: Replayed) -> Text:
    """Returns the first reason why a result is undetermined; empty if it is not."""
    book = PACKED.book()
    return next((reason_text(book, reason) for reason in reasons(book, row.decision)), {})


class Answered(TypedDict):
    """A result on one of the two dates."""

    outcome: str
    finding: str


class MovedInstrument(TypedDict):
    """An instrument whose change affects a deal."""

    instrument: str
    before: str
    after: str


class MovedClause(MovedInstrument):
    """A clause with a different status on the second date."""

    provision: str
    ref: str


class MovedDeal(TypedDict):
    """A deal with a different result on the second date; mass [kg] and amounts are decimal text."""

    id: str
    before: Answered
    after: Answered
    may_become: str | None
    because: list[MovedInstrument]
    mass_kg: str | None
    value: list[str] | None


class DiffData(TypedDict):
    """The differences between two dates: clauses, deals, their mass [kg] and value by currency."""

    before: str
    after: str
    clauses: list[MovedClause]
    deals: list[MovedDeal]
    unmoved: int
    held_back: int
    mass_kg: str
    values: dict[str, str]
    unweighed: int


def diff_plain(found: RegimeDiff) -> DiffData:
    """Returns the differences between two dates as plain data for JSON."""
    return {
        "before": found.before.isoformat(),
        "after": found.after.isoformat(),
        "clauses": [
            {
                "instrument": entry.rule.instrument.id,
                "provision": entry.rule.id,
                "ref": entry.rule.provision.ref,
                "before": entry.before.status.value,
                "after": entry.after.status.value,
            }
            for entry in found.clauses
        ],
        "deals": [_moved_plain(row) for row in found.deals],
        "unmoved": found.unmoved,
        "held_back": found.held_back,
        "mass_kg": str(found.mass_kg),
        "values": {currency: str(amount) for currency, amount in found.values.items()},
        "unweighed": found.unweighed,
    }


def _moved_plain(row: Moved) -> MovedDeal:
    deal = row.deal
    return {
        "id": deal.id,
        "before": {"outcome": row.before.outcome.value, "finding": row.before.finding.word},
        "after": {"outcome": row.after.outcome.value, "finding": row.after.finding.word},
        "may_become": row.after.may_become.value if row.after.may_become else None,
        "because": [{"instrument": n, "before": was, "after": now} for n, was, now in row.because],
        "mass_kg": str(deal.mass_kg) if deal.mass_kg is not None else None,
        "value": [str(deal.value[0]), deal.value[1]] if deal.value is not None else None,
    }
