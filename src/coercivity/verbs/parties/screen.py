"""`screen`: who a name is, compared with the lists of the rulebook and the user's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from coercivity.base.days import Day, day_of
from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.words import say
from coercivity.cases.arguments import ON, PACKED, Law
from coercivity.intake.parties.judgements.held import Judgements
from coercivity.intake.parties.lists.state import lists as list_states
from coercivity.intake.parties.screener import screener
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs.parties.file import read_names
from coercivity.verbs.parties.names import NAME_FIELDS, NameRow, name_rows
from coercivity.verbs.parties.owners import with_owners
from coercivity.verbs.parties.pairs import pair_of, reason_keys
from coercivity.verbs.parties.rows import (
    Asked,
    Cluster,
    Finding,
    ListUsed,
    PartyResult,
    ScreenReport,
    ScreenRow,
    State,
)

__all__ = ["AT_ONCE", "NAME_FIELDS", "Progress", "ScreenReport", "screen", "screen_table"]

AT_ONCE = 2_000  # distinct parties between two calls of `progress`
Party = str | Mapping[str, str] | Asked
Progress = Callable[[int, int], None]
_ORDER: tuple[State, ...] = ("open", "changed", "judged")


def _silent(done: int, total: int) -> None:
    return


def screen(
    parties: Party | Sequence[Party],
    *,
    on: Day | str | None = None,
    law: Law = PACKED,
    progress: Progress = _silent,
) -> ScreenReport:
    """Compares parties with the lists of the rulebook and the user's own.

    Args:
        parties: One party or several: a name, or `name` with any of `id`, `role`, `address`, `country`, `owner`,
            `uscc`, `lei` and `duns`.
        on: Date for which the status of notices and entries is told; it changes no verdict.
        law: The rulebook with the user's lists, judgements and ownership.
        progress: Called with the distinct parties done and all.

    Returns:
        A row for each party in order; one that cannot be screened is a row with its error. After it a row for each
        owner that the ownership file states.

    Raises:
        CoercivityError: With every error in the date, the rulebook or the files of the user; or if there are too many
            parties or none.

    Examples:
        >>> report = coercivity.screen("Lokheed Martin Corp.")
        >>> report.verdict, report.rows[0].findings[0].entry.name
        ('possible', 'Lockheed Martin Corporation')
        >>> coercivity.screen([{"name": "Muster Magnettechnik GmbH", "country": "DE"}]).counts["none"]
        1
    """
    book, faults = law.book(), Faults()
    day = on if isinstance(on, Day) or on is None else day_of(on, ON, faults)
    faults.raise_if_any()
    asked = [parties] if isinstance(parties, (str, Mapping, Asked)) else list(parties)
    return _report(book, name_rows(asked, book), day, progress=progress)


def screen_table(
    input: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    on: Day | str | None = None,
    law: Law = PACKED,
    called: str = "",
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    progress: Progress = _silent,
) -> ScreenReport:
    r"""Compares every name in a file with the lists of the rulebook and the user's own.

    Args:
        input: CSV, XLSX, Parquet or Arrow table with one or more columns of names, or a text file with a name per line.
        columns: Role of each column, where its name does not tell: `name`, `exporter`, `consignee`, `end_user`,
            `intermediary`, `owner`, `id`, `address`, `country`, `uscc`, `lei`, `duns`.
        on: Date for which the status of notices and entries is told; it changes no verdict.
        law: The rulebook with the user's lists, judgements and ownership.
        called: Display name of the file, if it is not its own.
        sheet: Worksheet of an XLSX file.
        encoding: Encoding of a CSV or text file.
        delimiter: Delimiter of a CSV file.
        progress: Called with the distinct parties done and all.

    Raises:
        CoercivityError: With every error in the date, the rulebook or the files of the user; if the file cannot be
            read, no column of names is found, or there are too many rows.

    Examples:
        >>> _ = Path("suppliers.csv").write_text("no,supplier\n7,Lockheed Martin Corp.\n8,\n")
        >>> report = coercivity.screen_table("suppliers.csv")
        >>> [(row.id, row.verdict) for row in report.rows]
        [('7', 'match'), ('8', 'error')]
    """
    book, faults = law.book(), Faults()
    day = on if isinstance(on, Day) or on is None else day_of(on, ON, faults)
    read = None
    with faults.kept():
        read = read_names(
            Path(input), book, columns=columns, sheet=sheet, encoding=encoding, delimiter=delimiter, called=called
        )
    faults.raise_if_any()
    assert read is not None
    return _report(book, read.rows, day, source=read.source, notes=read.notes, progress=progress)


def _report(
    book: Rulebook,
    named: Sequence[NameRow],
    on: Day | None,
    *,
    source: str = "",
    notes: tuple[str, ...] = (),
    progress: Progress,
) -> ScreenReport:
    if not named:
        raise CoercivityError.of("SCREEN-EMPTY", "there is no name to screen", where=source, next="give at least one")
    named, told_of_owners = with_owners(named, book.party_files.ownership, on)
    found = _screened(book, [row.asked for row in named if row.fault is None], progress)
    reasons = book.words.get("name_reasons", {})
    rows = []
    for row in named:
        result = found.get(row.asked) if row.fault is None else None
        keys = () if result is None else reason_keys(result)
        reason = "; ".join(say(reasons.get(key, {"en": key.replace("_", " ")})) for key in keys)
        told = reason if row.fault is None else row.fault.what
        rows.append(ScreenRow(row.place, row.id, row.role, row.asked, result, row.fault, told))
    files = book.party_files
    return ScreenReport(
        tuple(rows),
        tuple(_lists_used(book)),
        clusters_of(rows),
        on=on,
        notices={} if on is None else _notices(book, rows, on),
        source=source,
        notes=(*notes, *told_of_owners),
        pack_hash=book.content_hash,
        judgements_sha256=files.judgements_sha256,
        judgements=files.judgements,
    )


def _screened(book: Rulebook, asked: Sequence[Asked], progress: Progress) -> dict[Asked, PartyResult]:
    """Returns the result of each distinct party."""
    distinct = list(dict.fromkeys(asked))
    search, judged = screener(book), Judgements(book.party_files.judgements)
    found = dict[Asked, PartyResult]()
    for first in range(0, len(distinct), AT_ONCE):
        part = distinct[first : first + AT_ONCE]
        found |= zip(part, map(judged.applied, search.screen_all(part)), strict=True)
        progress(len(found), len(distinct))
    return found


def clusters_of(rows: Sequence[ScreenRow]) -> tuple[Cluster, ...]:
    """Returns the pairs of all rows, each with the rows that ask about it, in the order in which to decide them."""
    held: dict[str, tuple[Asked, dict[tuple[str, ...], Finding]]] = {}
    places: dict[str, dict[int, None]] = {}
    for place, row in enumerate(rows):
        for one in row.findings:
            key = pair_of(row.asked, one)
            notice = (one.entry.list_id, one.entry.party_set, one.entry.digest)
            held.setdefault(key, (row.asked, {}))[1].setdefault(notice, one)
            places.setdefault(key, {})[place] = None
    found = {key: (asked, tuple(ones.values())) for key, (asked, ones) in held.items()}
    states = {key: _state(ones) for key, (_, ones) in found.items()}
    ranked = sorted(found, key=lambda key: (-len(places[key]), -found[key][1][0].points, min(places[key])))
    clusters = [
        Cluster(number, key, *found[key], tuple(places[key]), states[key]) for number, key in enumerate(ranked, 1)
    ]
    return tuple(sorted(clusters, key=lambda one: _ORDER.index(one.state)))  # a judgement moves no number


def _state(findings: Sequence[Finding]) -> State:
    """Returns whether a pair is to be decided: every notice that names the party counts."""
    if any(one.judged is None for one in findings):
        return "open"
    return "changed" if any(one.judged is not None and one.judged.changed for one in findings) else "judged"


def _notices(book: Rulebook, rows: Sequence[ScreenRow], on: Day) -> dict[str, str]:
    """Returns the status on a day of the notices that name a party found."""
    states = book.day(on, book.default_known(on), {}).sets
    found = {one.entry.party_set for row in rows for one in row.findings if one.entry.party_set}
    return {name: states[name].status.value if name in states else "unknown" for name in sorted(found)}


def _lists_used(book: Rulebook) -> Iterator[ListUsed]:
    """Yields the lists of the rulebook, then those of the user."""
    for held in list_states(book):
        yield ListUsed(
            held.list, held.version, held.as_of_on, held.completeness, book.parties_hash, held.entries, "law"
        )
    for own in book.party_files.lists:
        yield ListUsed(
            own.list_id, own.version, own.as_of_on, own.completeness, own.sha256, len(own.entries), own.effect
        )
