"""`coercivity rules`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from coercivity.base.days import Day, parse_day
from coercivity.base.words import Lang, say
from coercivity.cli.out import fault_lines, put, put_json
from coercivity.cli.progress import progress_bar
from coercivity.cli.show import OverlayPaths, columns, label, law_of, resolve_day
from coercivity.files.write.whole import write_file
from coercivity.law.rules.model import Event
from coercivity.verbs.pack_archive import keep_law
from coercivity.verbs.rules import calendar_file, rules_calendar, rules_check, rules_list, rules_show, rules_status

JsonFlag = Annotated[bool, Parameter(name="--json", negative=())]


def list_(*, pack: Path | None = None, overlay: OverlayPaths = None, json_: JsonFlag = False) -> int:
    """Print every instrument with its number of provisions and the day through which it was checked.

    Args:
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
        json_: Print JSON.
    """
    rows = rules_list(law_of(pack, overlay))
    if json_:
        put_json(rows)
        return 0
    for row in rows:
        effects = f"{row['with_effect']}/{row['provisions']}"
        checked = f"checked {row['verified_through']}"
        put(columns((row["id"], 32), (row["number"], 24), (checked, 18), (effects, 7), (row["title_en"], 60)))
    return 0


def show_(
    name: str,
    *,
    pack: Path | None = None,
    overlay: OverlayPaths = None,
    lang: Lang = "en",
    json_: JsonFlag = False,
) -> int:
    """Print an instrument or one provision: dates, events, gist, conditions, how we read it.

    Args:
        name: Id, alias or number of an instrument, or id of a provision.
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
        lang: Language of gists: en or zh.
        json_: Print JSON.
    """
    instrument, provisions, reading = rules_show(name, law_of(pack, overlay))
    if json_:
        put_json([provision.model_dump(mode="json", exclude_none=True) for provision in provisions])
        return 0
    put(f"{instrument.number}  {instrument.title_en}", instrument.title_zh or "(title in Chinese not read)")
    basis = f"({instrument.verified_basis}); confidence {instrument.confidence}"
    put(f"checked through {instrument.verified_through} {basis}")
    for event in instrument.events:
        scope = "" if event.scope == "all" else f"  scope {', '.join(event.scope) or 'text only'}"
        days = [f"{word} {day or '-'}" for word, day in _days(event)]
        put("  " + columns((event.type, 18), *((day, 22) for day in days), (f"by {event.by}{scope}", 80)))
    for p in provisions:
        put("", f"[{p.id}] {p.ref}  {p.kind}  {label('effects', p.effect, lang)}", f"    {say(p.gist.as_dict(), lang)}")
        for key in ("qualifies", "only_where", "ceiling", "remains", "track", "control_codes", "reading", "note"):
            value = getattr(p, key)
            if value:
                put(f"    {key}: {', '.join(value) if isinstance(value, list) else value}")
        put(*(f"    {url}" for url in p.source_urls))
    put("", *reading.split("\n"))
    return 0


def status_(
    *,
    on: str,
    known: str | None = None,
    assume: str | None = None,
    pack: Path | None = None,
    overlay: OverlayPaths = None,
    lang: Lang = "en",
    json_: JsonFlag = False,
) -> int:
    """Print what is in force, paused or unknown for two clocks.

    Args:
        on: Day of the act, YYYY-MM-DD or today.
        known: Day by which things count as published.
        assume: Branches picked for planning.
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
        lang: Language of the words: en or zh.
        json_: Print JSON.
    """
    day = resolve_day(on) or ""
    rows = rules_status(day, resolve_day(known), assume, law_of(pack, overlay))
    if json_:
        put_json(rows)
        return 0
    put(f"on {day}")
    for row in rows:
        until = f"until {row['until']}" if row["until"] else ""
        branches = "  ".join(f"{name}: {status}" for name, status in row["branches"].items())
        state = label("statuses", row["status"], lang)
        cells = ((row["provision"], 22), (state, 18), (until, 18), (row["effect"], 18), (row["instrument"], 30))
        put(f"{columns(*cells)} {branches}")
    return 0


def calendar_(
    *,
    on: str,
    known: str | None = None,
    to: str | None = None,
    ics: Path | None = None,
    pack: Path | None = None,
    overlay: OverlayPaths = None,
    json_: JsonFlag = False,
) -> int:
    """Print the days to watch after `on`: ends of pauses and terms, starts of effect, days named by statements.

    Args:
        on: Day after which an entry counts as coming, YYYY-MM-DD or today.
        known: Day by which things count as published.
        to: Last day of interest.
        ics: File that takes the same days as an iCalendar.
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
        json_: Print JSON.
    """
    day, law = resolve_day(on) or "", law_of(pack, overlay)
    entries = rules_calendar(day, resolve_day(known), to, law)
    if ics is not None:
        write_file(ics, calendar_file(entries, law))
    if json_:
        put_json([{k: str(getattr(e, k)) for k in ("day", "kind", "instrument_id", "by", "note")} for e in entries])
        return 0
    for entry in entries:
        left = (entry.day - parse_day(day)).days
        cells = columns((entry.kind, 14), (entry.instrument_id, 30))
        put(f"{entry.day}  in {left:4} days  {cells} by {entry.by}")
    if not entries:
        put(f"nothing dated after {day} was published by the last check")
    if ics is not None:
        put(f"written: {ics.as_posix()}")
    return 0


def keep_(*, pack_archive: Path, pack: Path | None = None, overlay: OverlayPaths = None) -> int:
    """Keep a law pack under its hash, so that proofs made with it can be verified when the rules have moved on.

    Args:
        pack_archive: Folder of the archive; it is made where there is none.
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack and kept with it. Repeat for more.
    """
    put(f"kept: {keep_law(pack_archive, law_of(pack, overlay)).as_posix()}")
    return 0


def check_(*, pack: Path | None = None, overlay: OverlayPaths = None) -> int:
    """Check coverage in time, references, lists and cases of the rules; exit code 1 on a fault.

    Args:
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
    """
    report = rules_check(progress_bar("rules check"), law_of(pack, overlay))
    put(
        f"{report.provisions} provisions x {report.days} days = {report.statuses} statuses; {len(report.faults)} faults"
    )
    for fault in report.faults:
        put(*fault_lines(fault))
    return 1 if report.faults else 0


def _days(event: Event) -> list[tuple[str, Day | None]]:
    return [("published", event.published), ("effective", event.effective), ("ends", event.ends)]
