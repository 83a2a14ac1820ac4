"""The comparison of one run: its queues, every row of practice that speaks of them, and how many are met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coercivity.base.canonical import round_sig
from coercivity.base.days import ONE_DAY
from coercivity.base.months import first_of
from coercivity.market.results.rows import QueueRow
from coercivity.papers.market.desk.beside import Beside
from coercivity.papers.market.desk.figures import SERIES, TINY_FILES
from coercivity.papers.market.desk.practice_rows import practice_rows
from coercivity.papers.market.desk.report_data import (
    VERDICTS,
    Asked,
    CheckRow,
    Counts,
    DeskCheckBranch,
    InputRow,
    ShareRow,
)
from coercivity.papers.market.desk.reports import report_rows
from coercivity.papers.market.desk.spoken import SHARES_OF_FILED
from coercivity.practice.desk import ANY, EVERYWHERE, CustomsHold, DeskPractice, DeskRow, GeneralLicence, PracticeEvent

Groups = Mapping[str, frozenset[str]]


def compared_branch(beside: Beside, branch: str, asked: Asked) -> DeskCheckBranch:
    """Returns the comparison in one legal scenario, for the queues asked for.

    The figure beside a row of practice is that of all queues of which the row speaks, not only of those asked for.

    Args:
        beside: The licensing desk of the run with all that it is compared with.
        branch: The legal scenario.
        asked: The queues asked for.
    """
    groups = beside.practice.groups
    rows = [*report_rows(beside), *practice_rows(beside)]
    checks = [row for row in rows if speaks_of(row, asked, groups)]
    began = beside.began(asked["form"])
    return {
        "branch": branch,
        "control_from": "" if began is None else began.isoformat(),
        "queues": _queues(beside, asked),
        "shares": share_rows(beside, checks),
        "checks": checks,
        "counts": counts_of(checks),
        "counts_apart": counts_of(row for row in checks if not row["used_as_input"]),
    }


def _queues(beside: Beside, asked: Asked) -> list[QueueRow]:
    """Returns the queues asked for, in the months asked for."""
    queues = beside.queues.select(asked["form"], beside.countries(asked["destination"]), asked["user"])
    first, last = beside.first - queues.first, beside.last - queues.first + 1
    return [_cut(row, max(first, 0), last) for row in queues.rows]


def _cut(row: QueueRow, first: int, last: int) -> QueueRow:
    cut: QueueRow = {**row}
    for name in SERIES:
        cut[name] = row[name][first:last]
    cut["decision_days"] = row["decision_days"][first:last]
    cut["lead_months"] = row["lead_months"][first:last]
    return cut


def share_rows(beside: Beside, checks: Iterable[CheckRow]) -> list[ShareRow]:
    """Returns the shares granted, refused and pending by month, for each place of which a share is reported.

    Args:
        beside: The licensing desk of the run.
        checks: The rows compared.
    """
    places = {(row["destination"], row["form"], row["user"]) for row in checks if row["compared"] in SHARES_OF_FILED}
    found: list[ShareRow] = []
    for destination, form, user in sorted(places):
        queues = beside.reported_queues(form, beside.countries(destination), user)
        ends = [first_of(month + 1) - ONE_DAY for month in range(beside.first, beside.last + 1)]
        filed = [queues.to_date("new", end) or 0.0 for end in ends]
        columns = (
            [queues.to_date("granted", end) for end in ends],
            [queues.to_date("refused", end) for end in ends],
            [queues.level("pending", end) for end in ends],
        )
        granted, refused, pending = (
            [_share(value, whole) for value, whole in zip(column, filed, strict=True)] for column in columns
        )
        row: ShareRow = {
            "destination": destination,
            "form": form,
            "user": user,
            "granted": granted,
            "refused": refused,
            "pending": pending,
        }
        found.append(row)
    return found


def _share(value: float | None, whole: float) -> float | None:
    return round_sig(value / whole) if value is not None and whole > TINY_FILES else None


def speaks_of(row: CheckRow, asked: Asked, groups: Groups) -> bool:
    """Returns whether a row of practice speaks of queues asked for.

    Args:
        row: The row.
        asked: The queues.
        groups: Members of each group of places.
    """
    whole = EVERYWHERE in (asked["destination"], row["destination"])
    places = [{name, *groups.get(name, ())} for name in (asked["destination"], row["destination"])]
    form = ANY in (asked["form"], row["form"]) or asked["form"] == row["form"]
    user = ANY in (asked["user"], row["user"]) or asked["user"] == row["user"]
    return form and user and (whole or bool(places[0] & places[1]))


def counts_of(checks: Iterable[CheckRow]) -> Counts:
    """Returns the number of rows by verdict."""
    verdicts = [row["verdict"] for row in checks]
    met, near, missed, left = (verdicts.count(verdict) for verdict in VERDICTS)
    return {"met": met, "near": near, "missed": missed, "not_comparable": left}


def inputs_of(practice: DeskPractice) -> list[InputRow]:
    """Returns the rows of the licensing desk that rest on reports, with these."""
    named: list[tuple[str, DeskRow | PracticeEvent | GeneralLicence | CustomsHold]] = [
        *((row.parameter, row) for row in practice.rows),
        *((row.kind, row) for row in practice.events),
        *(("general_licence", row) for row in practice.general),
        *(("customs_hold", row) for row in practice.holds),
    ]
    return [{"row": row.id, "what": what, "reports": list(row.reports)} for what, row in named if row.reports]
