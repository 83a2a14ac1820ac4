"""`coercivity rules --jurisdiction`: the rulebooks of several jurisdictions, one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from cyclopts import Parameter

from coercivity.base.days import ONE_DAY, parse_day
from coercivity.base.errors import Argument, CoercivityError
from coercivity.base.words import Lang, say
from coercivity.cli.options import LawOptions
from coercivity.cli.out import fault_lines, put, put_json
from coercivity.cli.progress import progress_bar
from coercivity.cli.show import columns, label, said

if TYPE_CHECKING:
    from coercivity.verbs.jurisdictions.rules import LawSide


class DiffAsked(NamedTuple):
    """What is asked of a comparison besides the dates; deals are compared for China alone."""

    lang: Lang
    known: str | None
    assume: str | None
    deals_only: Mapping[str, object]


Whose = Annotated[str | None, Parameter(help="Whose law, e.g. CN,US,EU. Default: China.")]


def sides_of(jurisdiction: str, by: LawOptions, assume: str | None = None) -> list[LawSide]:
    """Returns the rulebooks of some jurisdictions."""
    from coercivity.verbs.jurisdictions.rules import law_sides

    return law_sides(jurisdiction, by.law, assume)


def put_list(jurisdiction: str, by: LawOptions, lang: Lang, *, json: bool) -> int:
    """Prints the instruments of some jurisdictions with the grade of their sources and their scenarios."""
    from coercivity.verbs.jurisdictions.rules import grade_text, list_in
    from coercivity.verbs.words import rules_word

    found = [(side, list_in(side)) for side in sides_of(jurisdiction, by)]
    if json:
        return _json([row for _, rows in found for row in rows])
    for side, rows in found:
        put(side.head(lang))
        for row in rows:
            effects = f"{row['with_effect']}/{row['provisions']}"
            checked = rules_word("verified", lang, row["verified_through"])
            name = row["name_zh"] if lang == "zh" else row["name_en"]
            title = (lang == "zh" and row["title_zh"]) or row["title_en"]
            source = [(grade_text(row["grade"], lang), 26)] if side.abroad else []
            cells = ((row["id"], 32), (name, 34), (checked, 22), (effects, 7), *source, (title, 60))
            put(f"  {columns(*cells)}".rstrip())
            if row["scenarios"]:
                put(f"      {_open(row['scenarios'], lang)}")
    return 0


def put_show(name: str, jurisdiction: str, by: LawOptions, lang: Lang, *, json: bool) -> int:
    """Prints an instrument or a clause, with its jurisdiction, the grade of the source and the scenarios."""
    from coercivity.verbs.jurisdictions.rules import abroad_lines, show_in
    from coercivity.verbs.words import rules_shown_lines, rules_word

    found = show_in(sides_of(jurisdiction, by), name)
    if json:
        return _json(
            [
                {"jurisdiction": side.code, **one.model_dump(mode="json", exclude_none=True)}
                for side, _, provisions, _ in found
                for one in provisions
            ]
        )
    for side, instrument, provisions, reading in found:
        put(side.head(lang), *rules_shown_lines(instrument, provisions, lang, side.law), "")
        more = list(abroad_lines(side, instrument, provisions, lang))
        put(*more, *([""] if more else []))
        if reading and lang != "en":
            put(rules_word("english_reading", lang), "")
        put(*reading.split("\n"))
    return 0


def put_status(
    jurisdiction: str, by: LawOptions, lang: Lang, days: tuple[str, str | None, str | None], *, json: bool
) -> int:
    """Prints the status of every clause of some jurisdictions on a date; `days`: date, cut-off and assumption."""
    from coercivity.verbs.jurisdictions.rules import name_in, status_in
    from coercivity.verbs.words import rules_word, ways_text

    on, known, assume = days
    found = [(side, status_in(side, on, known)) for side in sides_of(jurisdiction, by, assume)]
    if json:
        return _json([row for _, rows in found for row in rows])
    put(rules_word("status_on", lang, on))
    for side, rows in found:
        put(side.head(lang))
        for row in rows:
            state, until = label("statuses", row["status"], lang), until_text(row["status"], row["until"], lang)
            cells = ((row["provision"], 22), (state, 18), (until, 18), (name_in(side, row["instrument"], lang), 30))
            told = [ways_text(row["branches"], lang), _open(row["scenarios"], lang)]
            effect = label("effects", row["effect"], lang)
            put(f"  {columns(*cells)} {'  '.join([effect, *filter(None, told)])}".rstrip())
    return 0


def put_calendar(
    jurisdiction: str,
    by: LawOptions,
    lang: Lang,
    days: tuple[str, str | None, str | None],
    ics: Path | None,
    *,
    json: bool,
) -> int:
    """Prints the upcoming dates of some jurisdictions; `days`: date, cut-off and last date."""
    from coercivity.verbs.jurisdictions.rules import name_in, upcoming_in, upcoming_rows, write_calendar_of
    from coercivity.verbs.words import rules_word, step_words

    on, known, to = days
    found = [(side, upcoming_in(side, on, known, to)) for side in sides_of(jurisdiction, by)]
    if ics is not None:
        write_calendar_of(ics, found)
    if json:
        return _json([row for side, entries in found for row in upcoming_rows(side, entries)])
    for side, entries in found:
        put(side.head(lang))
        for entry in entries:
            left = f"{(entry.day - parse_day(on)).days:4}"
            what = rules_word("by", lang, say(step_words(entry.kind), lang), name_in(side, entry.by, lang))
            name = columns((name_in(side, entry.instrument_id, lang), 36))
            clauses = f"  {' '.join(entry.scope)}" if entry.scope and side.abroad else ""
            put(f"  {entry.day}  {rules_word('days_left', lang, left)}  {name} {what}{clauses}")
        if not entries:
            put(f"  {rules_word('none', lang, on)}")
    if ics is not None:
        put(said(f"written: {ics.as_posix()}", lang))
    return 0


def put_coverage(jurisdiction: str, by: LawOptions, format: Literal["text", "markdown", "json"]) -> int:
    """Prints the clauses of some jurisdictions, how each was read, and which are open."""
    from coercivity.verbs.jurisdictions.coverage import coverage_in, coverage_page_of

    sides = sides_of(jurisdiction, by)
    if format == "markdown":
        put(*coverage_page_of(sides).removesuffix("\n").split("\n"))
        return 0
    rows = [row for side in sides for row in coverage_in(side)]
    if format == "json":
        return _json(rows)
    wide = (16, 42, 26, 4, 8, 8, 8, 12, 34)
    head = ("jurisdiction", "instrument", "source", "read", "inferred", "recalled", "reported", "undetermined", "id")
    put(columns(*zip(head, wide, strict=True)).rstrip())
    for row in rows:
        counts = (row["read"], row["inferred"], row["recalled"], row["reported"], len(row["undetermined"]))
        cells = (row["jurisdiction"], row["instrument"], row["grade"].replace("_", " "), *counts, row["instrument_id"])
        put(columns(*zip(cells, wide, strict=True)).rstrip())
    return 0


def put_diff(before: str, after: str, jurisdiction: str, by: LawOptions, asked: DiffAsked, *, json: bool) -> int:
    """Prints the clauses of some jurisdictions whose status differs between two dates."""
    from coercivity.verbs.jurisdictions.rules import diff_in
    from coercivity.verbs.replay import diff_plain
    from coercivity.verbs.words import clause_title

    lang, known, assume, _ = asked
    _no_deals(asked)
    sides = sides_of(jurisdiction, by, assume)
    found = [(side, diff_in(side, before, after, known)) for side in sides]
    if json:
        return _json([{"jurisdiction": side.code, **diff_plain(one)} for side, one in found])
    for rank, (side, one) in enumerate(found):
        if not rank:
            put(said(f"{one.before} compared with {one.after}", lang))
        put(side.head(lang))
        for entry in one.clauses:
            states = [(state.status.value, str(state.until or "")) for state in (entry.before, entry.after)]
            told = (
                f"{label('statuses', word, lang)} {until_text(word, until, lang)}".rstrip() for word, until in states
            )
            name = clause_title(entry.rule.instrument, entry.rule.provision, lang)
            put(f"  {columns((entry.rule.id, 22), (name, 48))} {' -> '.join(told)}")
        if not one.clauses:
            put(f"  {said('no clause differs', lang)}")
    return 0


def put_check(jurisdiction: str, by: LawOptions) -> int:
    """Prints the errors of the rulebooks of some jurisdictions; 1 if there is one."""
    from coercivity.verbs.rules import rules_check

    wrong = False
    for side in sides_of(jurisdiction, by):
        report = rules_check(progress_bar("rules check"), side.law)
        told = f"{report.provisions} clauses x {report.days} days = {report.statuses} statuses"
        put(f"{side.head('en')}: {told}; {len(report.faults)} errors")
        for fault in report.faults:
            put(*fault_lines(fault))
        wrong = wrong or bool(report.faults)
    return 1 if wrong else 0


def _no_deals(asked: DiffAsked) -> None:
    """Raises CoercivityError for options about deals: `routes` compares deals under several laws."""
    given = [name for name, value in asked.deals_only.items() if value]
    if given:
        raise CoercivityError.of(
            "ARGUMENT",
            f"{' and '.join(given)} cannot be combined with several jurisdictions",
            where=Argument("jurisdiction"),
            next="compare the deals with `coercivity routes`, or ask for China alone",
        )


def _json(rows: Sequence[Mapping[str, object]]) -> int:
    put_json(rows)
    return 0


def _open(scenarios: Sequence[str], lang: Lang) -> str:
    """Returns on which scenarios something depends; blank for none."""
    from coercivity.verbs.words import rules_word

    return rules_word("open_scenarios", lang, rules_word("joint", lang).join(scenarios)) if scenarios else ""


def until_text(status: str, until: str, lang: Lang) -> str:
    """Returns the last day of a suspension, or the first day that is unconfirmed after it; blank without a date."""
    from coercivity.verbs.messages import message

    if not until:
        return ""
    return message(f"from {parse_day(until) + ONE_DAY}" if status == "unknown" else f"to {until}", lang)
