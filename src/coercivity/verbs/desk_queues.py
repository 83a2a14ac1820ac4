"""Queues of the licensing desk that are asked for, and since when they are under control in a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coercivity.base.days import Day
from coercivity.base.errors import Argument, CoercivityError, Faults, brief_value, nearest
from coercivity.base.months import first_of, month_of, parse_month
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.results.rows import RunTables
from coercivity.papers.market.desk.figures import Queues
from coercivity.papers.market.desk.report_data import Asked
from coercivity.papers.shared.names import GROUP_NAMES, Text
from coercivity.permission.buckets import load_buckets
from coercivity.permission.desk.cells import form_of
from coercivity.practice.desk import ANY, EVERYWHERE, FORMS
from coercivity.practice.desk_check import USERS
from coercivity.practice.records import load_records, load_reports
from coercivity.verbs.scenarios import NO_FILES, check_outlook


def destinations() -> tuple[str, ...]:
    """Returns the destinations that can be asked for: all, the groups of places, the countries of the queues."""
    places = {country for members in load_buckets().members.values() for country, _ in members}
    groups = [group.id for group in load_records().groups_of_places]
    return EVERYWHERE, *groups, *sorted(places)


def place_names(book: Rulebook) -> dict[str, Text]:
    """Returns the name of every destination and group of which a queue or a report speaks.

    Args:
        book: The rulebook, with the names of countries.
    """
    records, buckets = load_records(), load_buckets()
    known = {**book.catalogue.countries, **buckets.stands_for}
    codes = {*destinations(), *(report.destination for report in load_reports())}
    named = {code: known[code].as_dict() for code in sorted(codes & known.keys())}
    return named | {group.id: GROUP_NAMES[group.id] for group in records.groups_of_places if group.id in GROUP_NAMES}


def check_desk(
    scenario: str,
    first: str,
    last: str,
    known: str | None,
    queues: tuple[str, str, str],
    desk_without: Sequence[str] = (),
    files: Mapping[str, str] = NO_FILES,
) -> None:
    """Checks a question about the licensing desk of a packed or saved scenario before it is computed.

    Args:
        scenario: Id of a packed scenario, or name of a saved one.
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        known: Information cut-off.
        queues: Form, destination and user.
        desk_without: Elements of the licensing desk to switch off.
        files: Paths of the saved scenarios by name.

    Raises:
        CoercivityError: With every error in them.
    """
    faults = Faults()
    try:
        check_outlook([scenario], first, last, known, desk_without, files=files)
    except CoercivityError as error:
        faults.items += error.faults
    with faults.kept():
        queues_asked(*queues)
    faults.raise_if_any()


def queues_asked(form: str, destination: str, user: str) -> Asked:
    """Returns the queues asked for.

    Raises:
        CoercivityError: With every name that does not exist.
    """
    faults = Faults()
    for name, given, valid in (
        ("form", form, (ANY, *FORMS)),
        ("destination", destination, destinations()),
        ("user", user, (ANY, *USERS)),
    ):
        if given not in valid:
            what = f"{name} {brief_value(given)!r} of the licensing desk not found"
            faults.add(
                "DESK-NAME",
                what,
                where=Argument(name),
                nearest=nearest(given[:80], valid),
                next=f"one of: {', '.join(valid)}",
            )
    faults.raise_if_any()
    return {"form": form, "destination": destination, "user": user}


def control_of(book: Rulebook, months: list[str], tables: RunTables) -> dict[str, Day]:
    """Returns the first day on which goods of each form needed a licence in a run.

    Within its month it is the day on which the clause takes effect, if that is in the month.

    Args:
        book: The rulebook.
        months: Months of the tables.
        tables: The tables of the run.
    """
    found: dict[str, Day] = {}
    for row in tables["permissions"]:
        at = next((n for n, way in enumerate(row["way"]) if way != "free"), None)
        if at is None:
            continue
        form, month = form_of(row["good"]), parse_month(months[at])
        days = [day for clause in row["clauses"][at] if (day := _effective(book, clause)) and month_of(day) == month]
        day = min(days, default=first_of(month))
        found[form] = min(day, found.get(form, day))
    for queue in tables["desk"]:
        first = Queues(months, [queue]).first_month("new")
        if queue["form"] not in found and first is not None:
            found[queue["form"]] = first_of(first)
    return found


def _effective(book: Rulebook, clause: str) -> Day | None:
    held = book.provision(clause)
    return None if held is None else held[1].effective_from or held[0].effective
