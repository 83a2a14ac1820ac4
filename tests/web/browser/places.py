"""Every screen with content: addresses to look at, and the steps before."""

from __future__ import annotations

import json
import time
import urllib.request
from typing import Any
from urllib.parse import urlencode

from coercivity.web.view import SCREENS
from tests.web.browser.kit import D1

DAY = "2026-11-24"
LONGEST_S = 120.0
OUTLOOK = {"a": "controls-back", "b": "no-controls", "from": "2025-03", "to": "2025-08", "on": DAY}
CLAUSE = {"clause": "a18-1c905", "scenario": "controls-back", "from": "2025-04", "to": "2025-08", "on": DAY}
PARTIES = ("Lockheed Martin Corporatoin", "Lockheed Martin Corporatoin", "Raytheon Co", "洛克希德马丁公司", "tbc", "")
DIFF = {"first": "2026-03-02", "second": "2026-11-12"}
VISIT = "Two engineers from Baotou will commission a sintering line in Rayong in January"
SEVERAL = "Strip caster, drawings of the copper wheel and two fitters to install it at the magnet plant in Rayong"
SAID = {
    "deal-licence": D1,
    "deal-open": {name: text for name, text in D1.items() if name != "composition"},
    "deal-paused": {**D1, "material": "holmium metal", "composition": "Ho 99.9 %", "on": "2026-11-12"},
    "deal-words": {"material": VISIT, "on": "2026-03-15"},
    "deal-several": {"material": SEVERAL, "on": "2026-03-15", "standing": "yes"},
    "deal-nothing": {"material": "blue widget", "on": "2026-03-15"},
    "deal-fault": {**D1, "on": "2025-02-30", "to": "Atlantis"},
}
MIX = {"file": "wind", "level": "0.85", "limit.stock_cap:magnet": "25", "apart": "magnet"}
# Screens as they open, then with something on them. A page of a fault is a page too.
PLACES: dict[str, str] = {
    **dict(SCREENS),
    "start-paused": "/?on=2026-03-02",
    **{name: f"/deal?{urlencode(query)}" for name, query in SAID.items()},
    "rules-paused": "/rules?on=2026-03-02",
    "rules-instrument": f"/rules/instrument/mofcom-2025-61?on={DAY}",
    "rules-clause": "/rules/clause/a18-1c905?on=2026-03-02",
    "rules-diff": f"/rules/diff?{urlencode(DIFF)}",
    "rules-calendar": "/rules/calendar?on=2026-03-02",
    "rules-abroad": "/rules?jurisdiction=US&on=2026-12-20",
    "rules-abroad-clause": "/rules/clause/d7052-made?on=2026-12-20",
    "rules-impact": "/rules/impact",
    "firm-ev-motor": "/firm?file=ev-motor",
    "firm-workbook": "/firm?file=alpenmotor",
    "mix": "/mix",
    "mix-brenner": "/mix?file=brenner",
    "mix-changed": f"/mix?{urlencode(MIX)}",
    "mix-fault": "/mix?file=wind&limit.budget=100&limit.lost_line_days=0",
    "clock-nordlicht": "/clock?file=nordlicht",
    "firm-fault": "/firm?file=nothing",
    "clock-fault": "/clock?file=nordlicht&needed=2026-11-30",
    "clock-air": "/clock?file=nordlicht&plant=Kiel&masses=600+1240+1520&other_return=0.10",
    "fund-example": "/fund?file=fund&budget=150&others=100+200",
    "fund-fault": "/fund?file=fund&budget=0",
    "strategy": "/strategy",
    "strategy-draws": "/strategy?file=strategy-draws",
    "supply-clause": f"/supply/clause?on={DAY}",
    "glossary": "/glossary",
    "glossary-found": "/glossary?q=licence",
    "no-page": "/nothing/here",
}
MADE = ("supply-made", "supply-clause-made", "brief-made", "batch-table", "batch-made", "parties-made")
FAULTY = (
    "deal-fault",
    "no-page",
    "firm-fault",
    "clock-fault",
    "mix-fault",
    "fund-fault",
)  # the browser itself complains of their status
NAMES = (*PLACES, *MADE)


def make(site: str) -> dict[str, str]:
    """Does the work that some screens show, and returns the path of each of `NAMES`.

    Args:
        site: Address of a server.
    """
    case = {"case": "magnet-jv", "on": DAY, "supply": "no"}
    table = _posted(site, "/batch/example", {})
    found = {
        "supply-made": _posted(site, "/supply", OUTLOOK),
        "supply-clause-made": _posted(site, "/supply/clause", CLAUSE),
        "brief-made": _posted(site, "/brief/start", case),
        "batch-table": table,
        "batch-made": _posted(site, table, {"do": "start", "on": DAY}),
        "parties-made": _posted(site, "/parties/screen", {"names": "\n".join(PARTIES), "on": DAY}),
    }
    for name in ("mix-brenner", "mix-changed"):  # computed once, so that no browser waits for it
        _opened(site, PLACES[name])
    begun = time.monotonic()
    while any(job["state"] in ("waiting", "running") for job in _jobs(site)):
        assert time.monotonic() - begun < LONGEST_S, "the work took too long"
        time.sleep(0.1)
    failed = [(job["kind"], job["faults"]) for job in _jobs(site) if job["state"] == "failed"]
    assert not failed, failed
    return PLACES | found


def _opened(site: str, path: str) -> None:
    with urllib.request.urlopen(site + path) as answer:
        answer.read()


def _jobs(site: str) -> list[dict[str, Any]]:
    with urllib.request.urlopen(f"{site}/api/jobs") as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found


def _posted(site: str, path: str, fields: dict[str, str]) -> str:
    """Sends a form and returns the path of the page that it leads to."""
    with urllib.request.urlopen(site + path, data=urlencode(fields).encode()) as answer:
        return str(answer.url).removeprefix(site)
