"""Saved scenarios and charts as files, for the pages of the screen `supply`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Response
from starlette.exceptions import HTTPException

from coercivity.verbs.outlook_report import num, percent, words
from coercivity.verbs.scenario_form.draft import Draft, draft_of
from coercivity.verbs.scenario_form.reach import Unreached, unreached
from coercivity.verbs.scenario_form.saved import files_of, scenario_text
from coercivity.verbs.serving.places import Places
from coercivity.web.chart_files.downloads import KINDS, chart_file, charts_in
from coercivity.web.charts import Chart
from coercivity.web.supply.found import Shown
from coercivity.web.supply.maps import flow_table
from coercivity.web.view import View, environment

NOT_FOUND = 404
CHAIN = "chain-"
_NAME = re.compile(r"[A-Za-z0-9_:.-]{1,80}")


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved scenario that a page compares.

    Attributes:
        id: Its name in an address.
        title: Its title.
        about: Its description; blank if it is the title.
        unreached: What it says of entries that no month of the run reaches.
        wholly: Whether no month of the run reaches any of its entries.
    """

    id: str
    title: str
    about: str
    unreached: list[str]
    wholly: bool


def saved_of(view: View, places: Places, names: Sequence[str], typed: Mapping[str, str]) -> list[Saved]:
    """Returns the saved scenarios among those compared.

    Args:
        view: Parsed page address.
        places: Folders of the server.
        names: Names of the scenarios.
        typed: First and last month as `from` and `to`.
    """
    found = []
    for name in files_of(places, names):
        draft = draft_of(scenario_text(places, name))
        title = view.t({"en": draft["title"] or draft["title_zh"], "zh": draft["title_zh"] or draft["title"]})
        about = view.t({"en": draft["about"] or draft["about_zh"], "zh": draft["about_zh"] or draft["about"]})
        out = unreached(draft, typed["from"], typed["to"])
        told = [unreached_text(view, each) for each in out]
        found.append(
            Saved(name, title, about if about != title else "", told, bool(out) and len(out) == _entries(draft))
        )
    return found


def _entries(draft: Draft) -> int:
    return len({tuple(name.split(".")[:-1]) for name, value in draft.items() if "." in name and value})


def unreached_text(view: View, entry: Unreached) -> str:
    """Returns what a page says of an entry that no month of the run reaches."""
    place, _, number = entry.entry.rpartition(".")
    name = view.w("own.entry", view.w(f"own.list_{place.rpartition('.')[2]}"), int(number) + 1)
    told = view.w("own.unreached", entry.first, entry.last)
    more = view.w("own.only_expected") if entry.known else ""
    return name + view.signs.colon + told + (" " if more and view.lang == "en" else "") + more


def chart_response(view: View, found: Mapping[str, object] | None, name: str, kind: str) -> Response:
    """Returns a chart of a page as a file.

    Args:
        view: Parsed page address.
        found: Values of the template; None if nothing was run.
        name: Name of the chart on the page.
        kind: csv, xlsx, svg or png.
    """
    if found is None or kind not in KINDS or not _NAME.fullmatch(name):
        raise HTTPException(NOT_FOUND, "Not Found")
    chart, svg = _chain(view, found, name) if name.startswith(CHAIN) else (None, "")
    chart = chart or next((each for each in charts_in(found) if each.id == name), None)
    if chart is None:
        raise HTTPException(NOT_FOUND, "Not Found")
    content = chart_file(chart, kind, _about(view, found), svg)
    told = {"content-disposition": f'attachment; filename="{re.sub(r"[^A-Za-z0-9_-]", "_", name)}.{kind}"'}
    return Response(content, media_type=KINDS[kind], headers=told)


def _about(view: View, found: Mapping[str, object]) -> tuple[str, ...]:
    picked = found.get("shown")
    if not isinstance(picked, Shown):
        return ()
    runs = [
        f"{run.key}{view.signs.colon}{view.t(run.body['title'])}{view.signs.comma}{run.body['hash'][:16]}"
        for run in picked.pair
    ]
    return (f"{picked.months[0]} – {picked.months[-1]}", *runs)


def _chain(view: View, found: Mapping[str, object], name: str) -> tuple[Chart | None, str]:
    """Returns the diagram from mine to use of a run: its flows as a table, and the picture of the page."""
    picked, chains = found.get("shown"), found.get("chains")
    if not isinstance(picked, Shown) or not isinstance(chains, list):
        return None, ""
    for each in chains:
        run = each["run"]
        if name == CHAIN + run.key:
            head, rows = flow_table(view, picked)
            title = f"{view.t(words.HEADINGS['sankey'])}{view.signs.comma}{picked.year}"
            svg = environment().get_template("_supply_chain.svg.j2").render(
                v=view, w=view.w, t=view.t, words=words, num=num, percent=percent, found=found, run=run,
                c=dict(each["pictures"])["wide"],
            )  # fmt: skip
            return Chart(name, title, {}, head, rows, "", frozenset(range(4, len(head)))), svg
    return None, ""
