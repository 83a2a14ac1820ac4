"""`coercivity rules`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from coercivity.base.days import parse_day
from coercivity.base.errors import Argument, CoercivityError
from coercivity.base.words import Lang, say
from coercivity.cli.options import (
    PACKED_LAW,
    PARTY_LAW,
    AsJson,
    DayGiven,
    LawOptions,
    MaybeDay,
    PartyLawOptions,
    Paths,
    resolve_day,
)
from coercivity.cli.out import fault_lines, put, put_json
from coercivity.cli.progress import progress_bar
from coercivity.cli.rule_sides import (
    Whose,
    put_calendar,
    put_check,
    put_coverage,
    put_list,
    put_show,
    put_status,
    until_text,
)
from coercivity.cli.show import columns, label

if TYPE_CHECKING:
    from coercivity.verbs.coverage import HeldRow


def list_(*, jurisdiction: Whose = None, by: LawOptions = PACKED_LAW, lang: Lang = "en", json_: AsJson = False) -> int:
    """Print every instrument with its number of clauses and the date it is verified to.

    Args:
        lang: Language of names and titles: en or zh.
    """
    if jurisdiction is not None:
        return put_list(jurisdiction, by, lang, json=json_)
    from coercivity.verbs.rules import rules_list
    from coercivity.verbs.words import rules_word

    rows = rules_list(by.law)
    if json_:
        put_json(rows)
        return 0
    for row in rows:
        effects = f"{row['with_effect']}/{row['provisions']}"
        checked = rules_word("verified", lang, row["verified_through"])
        name = row["name_zh"] if lang == "zh" else row["name_en"]
        title = (lang == "zh" and row["title_zh"]) or row["title_en"]
        put(columns((row["id"], 32), (name, 34), (checked, 22), (effects, 7), (title, 60)))
    return 0


def show_(
    name: str,
    *,
    jurisdiction: Whose = None,
    by: LawOptions = PACKED_LAW,
    lang: Lang = "en",
    json_: AsJson = False,
) -> int:
    """Print an instrument or one clause: dates, events, summary, conditions and our interpretation.

    Args:
        name: Id, alias or number of an instrument, or id of a clause.
        lang: Language of the summaries: en or zh.
    """
    if jurisdiction is not None:
        return put_show(name, jurisdiction, by, lang, json=json_)
    from coercivity.verbs.rules import rules_show
    from coercivity.verbs.words import rules_shown_lines, rules_word

    instrument, provisions, reading = rules_show(name, by.law)
    if json_:
        put_json([provision.model_dump(mode="json", exclude_none=True) for provision in provisions])
        return 0
    put(*rules_shown_lines(instrument, provisions, lang, by.law), "")
    if reading and lang != "en":
        put(rules_word("english_reading", lang), "")
    put(*reading.split("\n"))
    return 0


def status_(
    *,
    on: DayGiven,
    known: MaybeDay = None,
    assume: str | None = None,
    jurisdiction: Whose = None,
    by: LawOptions = PACKED_LAW,
    lang: Lang = "en",
    json_: AsJson = False,
) -> int:
    """Print the status of every clause on a date: in force, suspended or unconfirmed.

    Args:
        on: Transaction date, YYYY-MM-DD or today.
        known: Information cut-off: only notices published by this date count.
        assume: Planning assumption for suspensions, e.g. 62=lapsed,61=extended:2027-01-10.
        lang: Language of the output: en or zh.
    """
    if jurisdiction is not None:
        return put_status(jurisdiction, by, lang, (on, known, assume), json=json_)
    from coercivity.verbs.rules import rules_status
    from coercivity.verbs.words import name_of, rules_word, ways_text

    rows = rules_status(on, known, assume, by.law)
    if json_:
        put_json(rows)
        return 0
    put(rules_word("status_on", lang, on))
    for row in rows:
        until = until_text(row["status"], row["until"], lang)
        state = label("statuses", row["status"], lang)
        cells = (
            (row["provision"], 22),
            (state, 18),
            (until, 18),
            (name_of(row["instrument"], lang), 30),
        )
        put(f"{columns(*cells)} {label('effects', row['effect'], lang)}  {ways_text(row['branches'], lang)}".rstrip())
    return 0


def _kind_and_effect(kind: str, effect: str, told: str) -> str:
    """Returns the kind of a clause and its effect; an obligation once."""
    return told if kind == effect == "duty" else f"{kind.replace('_', ' ')}, {told}"


def calendar_(
    *,
    on: DayGiven,
    known: MaybeDay = None,
    to: str | None = None,
    ics: Path | None = None,
    jurisdiction: Whose = None,
    by: LawOptions = PACKED_LAW,
    lang: Lang = "en",
    json_: AsJson = False,
) -> int:
    """List upcoming dates: suspensions and terms that end, rules that take effect, dates named in policy statements.

    Args:
        on: Date after which an entry counts as upcoming, YYYY-MM-DD or today.
        known: Information cut-off: only notices published by this date count.
        to: Last date to list.
        ics: iCalendar file to write the dates to.
        lang: Language of the output: en or zh.
    """
    if jurisdiction is not None:
        return put_calendar(jurisdiction, by, lang, (on, known, to), ics, json=json_)
    from coercivity.verbs.messages import message
    from coercivity.verbs.rules import rules_calendar, write_calendar
    from coercivity.verbs.words import name_of, rules_word, step_words

    entries = rules_calendar(on, known, to, by.law)
    if ics is not None:
        write_calendar(ics, entries, by.law)
    if json_:
        put_json([{k: str(getattr(e, k)) for k in ("day", "kind", "instrument_id", "by", "note")} for e in entries])
        return 0
    for entry in entries:
        left = f"{(entry.day - parse_day(on)).days:4}"
        what = rules_word("by", lang, say(step_words(entry.kind), lang), name_of(entry.by, lang))
        name = columns((name_of(entry.instrument_id, lang), 36))
        put(f"{entry.day}  {rules_word('days_left', lang, left)}  {name} {what}")
    if not entries:
        put(rules_word("none", lang, on))
    if ics is not None:
        put(message(f"written: {ics.as_posix()}", lang))
    return 0


def coverage_(
    *,
    jurisdiction: Whose = None,
    by: LawOptions = PACKED_LAW,
    format: Literal["text", "markdown", "json"] = "text",
) -> int:
    """Print the clauses by question, how each was read, and which points are open.

    Args:
        format: text, markdown (the documentation page) or json.
    """
    if jurisdiction is not None:
        return put_coverage(jurisdiction, by, format)
    from coercivity.verbs.coverage import coverage, coverage_page

    if format == "markdown":
        put(*coverage_page(by.law).removesuffix("\n").split("\n"))
        return 0
    rows = coverage(by.law)
    if format == "json":
        put_json(rows)
        return 0
    wide = (11, 42, 4, 8, 8, 12, 34)
    head = ("question", "instrument", "read", "inferred", "recalled", "undetermined", "id")
    for row in (head, *map(_coverage_row, rows)):
        put(columns(*zip(row, wide, strict=True)).rstrip())
    return 0


def _coverage_row(row: HeldRow) -> tuple[object, ...]:
    counts = (row["read"], row["inferred"], row["recalled"], len(row["undetermined"]))
    return (row["question"].replace("_", "-"), row["instrument"], *counts, row["instrument_id"])


def parties_(
    *lists: str,
    format: Literal["text", "csv", "ftm", "json"] = "text",
    out: Path | None = None,
    by: PartyLawOptions = PARTY_LAW,
    lang: Lang = "en",
) -> int:
    """Print the entries of the restricted-party lists, or write them to a file.

    Args:
        lists: Names of lists, such as control_list. Default: all.
        format: text, csv, ftm (FollowTheMoney, JSON lines) or json.
        out: File to write; csv or ftm.
        lang: Language of the output: en or zh.
    """
    from coercivity.verbs.messages import message
    from coercivity.verbs.parties.lists import party_lists, write_party_lists

    found = party_lists(lists, by.law)
    if out is not None:
        if format not in ("csv", "ftm"):
            what = f"a file is written as csv or ftm, not as {format}"
            raise CoercivityError.of(
                "ARGUMENT", what, where=Argument("format"), next="add --format csv or --format ftm"
            )
        write_party_lists(out, found, format)
        put(message(f"written: {out.as_posix()}", lang))
    elif format == "json":
        put_json(found.rows)
    elif format != "text":
        put(*found.text(format).removesuffix("\n").split("\n"))
    else:
        for row in found.rows:
            days = f"{row['listed_on']}{' - ' if row['delisted_on'] else ''}{row['delisted_on']}"
            put(columns((row["list"], 24), (days, 24), (row["source"], 28), (row["name"], 60)).rstrip())
    return 0


def keep_(*, pack_archive: Path, pack: Path | None = None, overlay: Paths = None) -> int:
    """Archive a rulebook under its hash, so that audit trails made with it can be verified after the rules change.

    Args:
        pack_archive: Archive folder; created if it does not exist.
        pack: Folder of a rulebook. Default: the built-in rulebook.
        overlay: User-supplied notice (YAML) added to the rulebook and archived with it. Can be repeated.
    """
    from coercivity.verbs.pack_archive import keep_law

    put(f"kept: {keep_law(pack_archive, LawOptions(pack, overlay).law).as_posix()}")
    return 0


def check_(*, jurisdiction: Whose = None, by: LawOptions = PACKED_LAW) -> int:
    """Check gaps in time, references, lists and cases of the rulebook; exit code 1 when there is an error."""
    if jurisdiction is not None:
        return put_check(jurisdiction, by)
    from coercivity.verbs.rules import rules_check

    report = rules_check(progress_bar("rules check"), by.law)
    put(f"{report.provisions} clauses x {report.days} days = {report.statuses} statuses; {len(report.faults)} errors")
    for fault in report.faults:
        put(*fault_lines(fault))
    return 1 if report.faults else 0


def vouch_(
    *,
    through: DayGiven,
    by: str,
    note: str,
    signed_on: MaybeDay = None,
    jurisdiction: str = "CN",
    out: Path | None = None,
    law: LawOptions = PACKED_LAW,
    lang: Lang = "en",
) -> int:
    """Write a file that states who looked for newer notices, how far and where, and found none.

    Pass the file as --overlay: PROCEED is then given up to that day, and every result names the person. A suspension
    or a term that has run out stays unconfirmed until its own notice is entered.

    Args:
        through: Last day for which you looked, YYYY-MM-DD or today.
        by: Name of the person who looked.
        note: Sources looked at, such as the announcements on the website of MOFCOM.
        signed_on: Day of the statement. Default: today.
        jurisdiction: Whose notices you looked for, e.g. US; the statement counts for that law alone.
        out: File to write. Default: a file named after the statement, in the current folder.
        lang: Language of the output: en or zh.
    """
    from coercivity.verbs.law import Law
    from coercivity.verbs.messages import message
    from coercivity.verbs.vouch import vouch, vouch_about, vouch_sentence, vouches_of, write_vouch

    today = resolve_day("today")
    day = signed_on or today
    file = vouch(through=through, by=by, note=note, signed_on=day, today=today, jurisdiction=jurisdiction, law=law.law)
    written = write_vouch(out, file)
    put(*vouch_sentence(vouches_of(Law(law.pack, (file,)).of(jurisdiction)), lang), vouch_about(lang))
    put(message(f"written: {written.as_posix()}", lang))
    return 0
