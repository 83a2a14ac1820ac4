"""Report data for the tests of the printed report: with transactions only, with line stops, with a plan."""

from __future__ import annotations

import copy
import json
from functools import lru_cache
from typing import Literal

from coercivity.papers.brief.report_data import BriefBody
from coercivity.verbs.brief import brief
from coercivity.verbs.company import company_stops
from coercivity.verbs.mix import best_mix
from tests.places import ROOT

Shape = Literal["deals", "stops", "mix", "both"]
SHAPES: tuple[Shape, ...] = ("deals", "stops", "mix", "both")
ON = "2026-11-24"
MIX_ON = "2026-12-01"  # first day of the plan


@lru_cache(maxsize=2)
def _case(name: str) -> str:
    return brief(ROOT / "examples" / name, ON, supply=False).json.decode()


@lru_cache(maxsize=1)
def _stops() -> str:
    return json.dumps(company_stops(ROOT / "examples" / "firms" / "alpenmotor-law.yaml", on=ON).body)


@lru_cache(maxsize=1)
def _mix() -> str:
    found = best_mix(ROOT / "examples" / "firms" / "brenner-law.yaml", late=True, frontier=True, on=MIX_ON)
    return json.dumps(found.body)


def body_of(case: str, shape: Shape = "deals") -> BriefBody:
    """Returns the report data of an example on one date, with the parts of a company that a shape has."""
    body: BriefBody = json.loads(_case(case))
    body.pop("stops", None)
    body.pop("mix", None)
    if shape in ("stops", "both"):
        body["stops"] = json.loads(_stops())
    if shape in ("mix", "both"):
        body["mix"] = json.loads(_mix())
    return copy.deepcopy(body)
