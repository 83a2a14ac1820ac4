"""The page that compares the licensing desk with reports: form, charts of shares with reports as points, table."""

from __future__ import annotations

from coercivity.base.errors import CoercivityError
from coercivity.base.json_types import Json
from coercivity.verbs import AS_KNOWN
from coercivity.verbs.desk_queues import check_desk
from coercivity.verbs.desk_report import (
    FORM_NAMES,
    FORMS,
    REASONS,
    USER_NAMES,
    USERS,
    VERDICTS,
    CheckRow,
    DeskCheckBranch,
    DeskCheckData,
    ShareRow,
    branch_text,
    compared_text,
    decided,
    destination_text,
    destinations,
    inputs_text,
    misfit_text,
    model_text,
    percent_text,
    place_names,
    place_text,
    reported_text,
    word,
)
from coercivity.verbs.scenario_form.saved import files_of
from coercivity.verbs.serving.models import DeskCheckSent, asked_of
from coercivity.verbs.serving.places import Places
from coercivity.web.charts import Chart, sized
from coercivity.web.supply.asked import SupplyAsked, cut, months_asked
from coercivity.web.supply.charts import SMALL_HIGH, month_axis
from coercivity.web.view import View

ANY, EVERYWHERE, NONE, PERCENT = "any", "ALL", "–", 100.0
FILLS = {"granted": "var(--c3)", "pending": "var(--c5)", "refused": "var(--c2)"}
_COMPARED = {"granted_share": "granted", "pending_share": "pending", "refused_share": "refused"}


def desk_asked(view: View, places: Places) -> SupplyAsked:
    """Returns the scenario, months and queues in an address; it is a request once a month is given.

    Args:
        view: Parsed page address.
        places: Folders of the server.
    """
    typed = {"scenario": cut(view, "scenario", AS_KNOWN), **months_asked(view), "form": cut(view, "form", ANY)}
    typed |= {"destination": cut(view, "destination", EVERYWHERE), "user": cut(view, "user", ANY)}
    if not (view.get("from") or view.get("to")):
        return SupplyAsked(typed, {})
    queues = (typed["form"], typed["destination"], typed["user"])
    try:
        files = files_of(places, [typed["scenario"]])
        check_desk(typed["scenario"], typed["from"], typed["to"], None, queues, files=files)
    except CoercivityError as error:
        return SupplyAsked(typed, {}, error.faults)
    return SupplyAsked(typed, asked_of(DeskCheckSent.model_validate(typed)))


def desk_choices(view: View) -> dict[str, list[tuple[str, str]]]:
    """Returns the forms, destinations and users that can be asked for."""
    named = place_names(view.law.book())
    told = {name: f"{name} {view.t(text)}" for name, text in named.items() if view.t(text) != name}
    places = [
        (name, view.w("desk.everywhere") if name == EVERYWHERE else told.get(name, name)) for name in destinations()
    ]
    forms = [(name, view.t(FORM_NAMES[name])) for name in (ANY, *FORMS)]
    users = [(name, view.t(USER_NAMES[name])) for name in (ANY, *USERS)]
    return {"forms": forms, "destinations": places, "users": users}


def desk_found(view: View, body: DeskCheckData) -> dict[str, object]:
    """Returns the template values for a comparison in the legal scenario of the address, or the first one.

    Args:
        view: Parsed page address.
        body: Result of the verb as plain data.
    """
    branches = body["branches"]
    branch = next((each for each in branches if each["branch"] == view.get("branch")), branches[0])
    return {
        "body": body,
        "branch": branch,
        "branch_names": [(each["branch"], view.t(branch_text(each["branch"]))) for each in branches],
        "charts": [_chart(view, body, branch, row, place) for place, row in enumerate(branch["shares"], 1)],
        "checks": _checks(view, branch, body),
        "left_out": _left_out(view, branch, body),
    }


def _chart(view: View, body: DeskCheckData, branch: DeskCheckBranch, row: ShareRow, place: int) -> Chart:
    """Returns shares by month as lines, reports as points on their dates."""
    months, places = body["months"], body["places"]
    layer: list[Json] = []
    columns = {"granted": row["granted"], "pending": row["pending"]}
    axis: Json = {"field": "y", "type": "quantitative", "axis": {"title": view.w("desk.share_axis"), "tickCount": 5}}
    for kind, values in columns.items():
        data: list[Json] = [
            {"m": f"{month}-28", "y": value * PERCENT}
            for month, value in zip(months, values, strict=True)
            if value is not None
        ]
        mark: Json = {"type": "line", "color": FILLS[kind], "strokeWidth": 2}
        layer.append({"data": {"values": data}, "mark": mark, "encoding": {"x": month_axis(), "y": axis}})
    for check in _of(branch, row):
        told = f"{check['row']} {check['reported_on']}: {reported_text(check, view.lang)}"
        point: Json = {"m": check["reported_on"], "y": (check["reported"] or 0.0) * PERCENT, "t": told}
        color = FILLS[_COMPARED[check["compared"]]]
        dot: Json = {"type": "point", "color": color, "filled": False, "size": 60, "strokeWidth": 2}
        encoding: Json = {"x": month_axis(), "y": axis, "tooltip": {"field": "t"}}
        layer.append({"data": {"values": [point]}, "mark": dot, "encoding": encoding})
    head = [word("month", view.lang), *(word(kind, view.lang) for kind in columns)]
    rows = [[month, *(_percent(values[at], view) for values in columns.values())] for at, month in enumerate(months)]
    title = place_text((row["destination"], row["form"], row["user"]), places, view.lang)
    return Chart(f"share-{place}", title, sized(SMALL_HIGH, layer=layer), head, rows, "", frozenset({1, 2}))


def _of(branch: DeskCheckBranch, row: ShareRow) -> list[CheckRow]:
    return [
        check
        for check in branch["checks"]
        if check["compared"] in _COMPARED and all(check[name] == row[name] for name in ("destination", "form", "user"))
    ]


def _percent(share: float | None, view: View) -> str:
    return NONE if share is None else percent_text(f"{share * PERCENT:.0f}", view.lang)


def _checks(view: View, branch: DeskCheckBranch, body: DeskCheckData) -> tuple[list[str], list[list[str]]]:
    """Returns the rows compared, with figure, misfit, result and the rows of the desk that rest on each."""
    names = ("row", "date", "place", "figure", "reported", "run", "misfit", "verdict", "sample", "input_of")
    rows = [
        [
            row["row"],
            row["reported_on"],
            destination_text(row["destination"], body["places"], view.lang),
            compared_text(row, view.lang),
            reported_text(row, view.lang),
            model_text(row, view.lang),
            misfit_text(row, view.lang),
            view.t(VERDICTS[row["verdict"]]),
            NONE if row["sample"] is None else str(row["sample"]),
            inputs_text(row, view.lang),
        ]
        for row in branch["checks"]
        if decided(row)
    ]
    return [word(name, view.lang) for name in names], rows


def _left_out(view: View, branch: DeskCheckBranch, body: DeskCheckData) -> tuple[list[str], list[list[str]]]:
    """Returns the rows that are not compared, with the reason."""
    names = ("row", "date", "place", "figure", "reported", "reason")
    rows = [
        [
            row["row"],
            row["reported_on"],
            destination_text(row["destination"], body["places"], view.lang),
            compared_text(row, view.lang),
            reported_text(row, view.lang),
            view.t(REASONS[row["reason"]]),
        ]
        for row in branch["checks"]
        if not decided(row)
    ]
    return [word(name, view.lang) for name in names], rows
