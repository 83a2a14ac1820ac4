"""Days by which a company must act: those ahead first, then those that have passed."""

from __future__ import annotations

from coercivity.papers.firm.stops.report_data import OwnDeadlineData, StopsReport
from coercivity.papers.firm.stops.wording import about_text, is_passed, why_text
from coercivity.papers.shared.paper.figures import percent_cell
from coercivity.papers.shared.paper.sections import PaperSection, Wording

_COUNTED = ("single_days", "leaves_days", "transit_days")
_COLUMNS = ("on", "deadline", "about", "serves_stop_on", "confidence_percent", *_COUNTED, "why")
_NUMBERS = ("confidence_percent", *_COUNTED)
_OWN_COLUMNS = ("stop_on", "needed_on", "confidence", "passed", *_COUNTED)


def deadlines_section(body: StopsReport, w: Wording) -> PaperSection:
    """Returns the section on deadlines; files have all of them in one table.

    Args:
        body: The result as plain data.
        w: The words.
    """
    ahead = [_row(entry, w) for entry in body["deadlines"] if not is_passed(entry)]
    passed = [_row(entry, w) for entry in body["deadlines"] if is_passed(entry)]
    every = [(*_row(entry, w), w("yes" if is_passed(entry) else "no")) for entry in body["deadlines"]]
    tables = (
        w.table("deadlines", _COLUMNS, ahead, numbers=_NUMBERS, name="deadlines_ahead", only="readers"),
        w.table("deadlines_passed", _COLUMNS, passed, numbers=_NUMBERS, only="readers"),
        w.table("deadlines", (*_COLUMNS, "passed"), every, numbers=_NUMBERS, only="files"),
    )
    return w.section("deadlines", tables=tables, notes=(w("deadlines_note"),) if every else ())


def _row(entry: OwnDeadlineData, w: Wording) -> tuple[str, ...]:
    why = entry["why"]
    same_day = why.get("file_on") == entry["on"]
    own = (*_OWN_COLUMNS, "file_on") if same_day else _OWN_COLUMNS
    notes = {key: text for key, text in why.items() if key not in own}
    of = dict(entry["of"])
    place = " ".join(filter(None, (of.pop("part", ""), of.pop("plant", ""))))
    return (
        entry["on"],
        w(f"{entry['kind']}_name", table="deadlines"),
        ("、" if w.lang == "zh" else ", ").join(filter(None, (place, about_text(of, w)))) or "–",
        why.get("stop_on") or why.get("needed_on") or "–",
        percent_cell(why.get("confidence"), 1).removesuffix(".0"),
        *(why.get(key, "–") for key in _COUNTED),
        why_text(notes, w) or "–",
    )
