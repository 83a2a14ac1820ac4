"""`coercivity rules`."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.days import parse_day
from coercivity.base.words import Lang, say
from coercivity.cli.options import PACKED_LAW, AsJson, DayGiven, LawOptions, MaybeDay, Paths
from coercivity.cli.out import fault_lines, put, put_json
from coercivity.cli.progress import progress_bar
from coercivity.cli.show import columns, label


def list_(*, by: LawOptions = PACKED_LAW, json_: AsJson = False) -> int:
    """Print every instrument with its number of clauses and the date it is verified to."""
    from coercivity.verbs.rules import rules_list

    rows = rules_list(by.law)
    if json_:
        put_json(rows)
        return 0
    for row in rows:
        effects = f"{row['with_effect']}/{row['provisions']}"
        checked = f"verified to {row['verified_through']}"
        put(columns((row["id"], 32), (row["name_en"], 34), (checked, 22), (effects, 7), (row["title_en"], 60)))
    return 0


def show_(
    name: str,
    *,
    by: LawOptions = PACKED_LAW,
    lang: Lang = "en",
    json_: AsJson = False,
) -> int:
    """Print an instrument or one clause: dates, events, summary, conditions and our interpretation.

    Args:
        name: Id, alias or number of an instrument, or id of a clause.
        lang: Language of the summaries: en or zh.
    """
    from coercivity.verbs.rules import rules_show
    from coercivity.verbs.words import clause_ref, name_of, short_name

    instrument, provisions, reading = rules_show(name, by.law)
    if json_:
        put_json([provision.model_dump(mode="json", exclude_none=True) for provision in provisions])
        return 0
    put(f"{short_name(instrument, 'en')}  {instrument.title_en}")
    put(f"{short_name(instrument, 'zh')}  {instrument.title_zh or '(Chinese title not available)'}")
    told = instrument.verified_basis_zh if lang == "zh" else ""
    basis = f"({told or instrument.verified_basis}); confidence {instrument.confidence}"
    put(f"verified to {instrument.verified_through} {basis}")
    for event in instrument.events:
        scope = "" if event.scope == "all" else f"  scope {', '.join(event.scope) or 'text only'}"
        days = [f"{word} {getattr(event, word) or '-'}" for word in ("published", "effective", "ends")]
        put(
            "  " + columns((event.type, 18), *((day, 22) for day in days), (f"by {name_of(event.by, lang)}{scope}", 80))
        )
    for p in provisions:
        put(
            "",
            f"[{p.id}] {clause_ref(p, lang)}  {p.kind}  {label('effects', p.effect, lang)}",
            f"    {say(p.gist.as_dict(), lang)}",
        )
        for key in ("qualifies", "only_where", "ceiling", "remains", "track", "control_codes", "reading", "note"):
            value = (lang == "zh" and getattr(p, f"{key}_zh", None)) or getattr(p, key)
            if value:
                put(f"    {key}: {', '.join(value) if isinstance(value, list) else value}")
        put(*(f"    {url}" for url in p.source_urls))
    put("", *reading.split("\n"))
    return 0


def status_(
    *,
    on: DayGiven,
    known: MaybeDay = None,
    assume: str | None = None,
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
    from coercivity.verbs.messages import message
    from coercivity.verbs.rules import rules_status
    from coercivity.verbs.words import name_of

    rows = rules_status(on, known, assume, by.law)
    if json_:
        put_json(rows)
        return 0
    put(message(f"on {on}", lang))
    for row in rows:
        until = message(f"until {row['until']}", lang) if row["until"] else ""
        branches = "  ".join(f"{name}: {status}" for name, status in row["branches"].items())
        state = label("statuses", row["status"], lang)
        cells = (
            (row["provision"], 22),
            (state, 18),
            (until, 18),
            (name_of(row["instrument"], lang), 30),
        )
        put(f"{columns(*cells)} {label('effects', row['effect'], lang)}  {branches}".rstrip())
    return 0


def calendar_(
    *,
    on: DayGiven,
    known: MaybeDay = None,
    to: str | None = None,
    ics: Path | None = None,
    by: LawOptions = PACKED_LAW,
    json_: AsJson = False,
) -> int:
    """List upcoming dates: suspensions and terms that end, rules that take effect, dates named in policy statements.

    Args:
        on: Date after which an entry counts as upcoming, YYYY-MM-DD or today.
        known: Information cut-off: only notices published by this date count.
        to: Last date to list.
        ics: iCalendar file to write the dates to.
    """
    from coercivity.verbs.rules import rules_calendar, write_calendar
    from coercivity.verbs.words import name_of, step_words

    entries = rules_calendar(on, known, to, by.law)
    if ics is not None:
        write_calendar(ics, entries, by.law)
    if json_:
        put_json([{k: str(getattr(e, k)) for k in ("day", "kind", "instrument_id", "by", "note")} for e in entries])
        return 0
    for entry in entries:
        left = (entry.day - parse_day(on)).days
        cells = columns((say(step_words(entry.kind), "en"), 48), (name_of(entry.instrument_id, "en"), 34))
        put(f"{entry.day}  in {left:4} days  {cells} by {name_of(entry.by, 'en')}")
    if not entries:
        put(f"no notice published by our last check sets a date after {on}")
    if ics is not None:
        put(f"written: {ics.as_posix()}")
    return 0


def keep_(*, pack_archive: Path, pack: Path | None = None, overlay: Paths = None) -> int:
    """Archive a rulebook under its hash, so that audit trails made with it can be verified after the rules change.

    Args:
        pack_archive: Archive folder; created if it does not exist.
        pack: Folder of a rulebook. Default: the built-in rulebook.
        overlay: Custom notice (YAML) added to the rulebook and archived with it. Can be repeated.
    """
    from coercivity.verbs.pack_archive import keep_law

    put(f"kept: {keep_law(pack_archive, LawOptions(pack, overlay).law).as_posix()}")
    return 0


def check_(*, by: LawOptions = PACKED_LAW) -> int:
    """Check gaps in time, references, lists and cases of the rulebook; exit code 1 when there is an error."""
    from coercivity.verbs.rules import rules_check

    report = rules_check(progress_bar("rules check"), by.law)
    put(f"{report.provisions} clauses x {report.days} days = {report.statuses} statuses; {len(report.faults)} errors")
    for fault in report.faults:
        put(*fault_lines(fault))
    return 1 if report.faults else 0
