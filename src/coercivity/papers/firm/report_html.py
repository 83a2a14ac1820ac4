"""How long a firm goes on, as part of a page: a table and bars of days against the licence clock, in two languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict

from coercivity.base.templating import page_environment
from coercivity.papers.firm.report_data import (
    ElementData,
    ItemData,
    ReachData,
    ReachRow,
    SupplyRow,
    SurvivalReport,
)
from coercivity.papers.firm.words import LAYERS, PASSAGES, SPEAKERS
from coercivity.papers.shared import TEMPLATES
from coercivity.papers.shared.words import Words

TEMPLATE = "_survival.html.j2"
TOP, LANE, BAR = 30, 50, 13
_LONGEST = 365
_WIDE = ("wide", 1180, 150)
_NARROW = ("narrow", 356, 74)
# Ink of one colour, lighter with each layer that is less sure: outcomes keep their own colours for themselves.
_INK = {"stock": "0.85", "afloat": "0.55", "permitted": "0.3", "if_open": "0.12"}


@dataclass(frozen=True, slots=True)
class LaneSegment:
    """The days that one layer of supply adds.

    Attributes:
        told: The same in words, for readers of the picture's text.
    """

    x: float
    width: float
    ink: str
    told: str


@dataclass(frozen=True, slots=True)
class StockLane:
    """One part or one element.

    Attributes:
        whisker: Where the next licensed delivery lies: 10, 50 and 90 per cent of the draws; none without a clock.
        beyond: The bar goes on past the picture.
    """

    y: float
    label: str
    segments: tuple[LaneSegment, ...]
    end: str
    end_x: float
    whisker: tuple[float, float, float] | None
    whisker_told: str
    beyond: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars of days, in units of one pixel."""

    key: str
    width: int
    height: int
    gutter: int
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[StockLane, ...]


class SurvivalView(TypedDict):
    """What the template prints beside the answer itself: pictures, rows and words."""

    body: SurvivalReport
    pictures: list[Picture]
    rows: list[SupplyRow]
    layers: Words
    inks: dict[str, str]
    passages: Words
    speakers: Words
    assumed_years: list[int]


def survival_view(body: SurvivalReport) -> SurvivalView:
    """Returns what the template prints beside the answer itself: pictures and words.

    Args:
        body: The answer of `survive` as plain data.
    """
    return {
        "body": body,
        "pictures": [_picture(body, *size) for size in (_WIDE, _NARROW)],
        "rows": list(_rows(body)),
        "layers": LAYERS,
        "inks": _INK,
        "passages": PASSAGES,
        "speakers": SPEAKERS,
        "assumed_years": _assumed_years(body),
    }


def survival_html(body: SurvivalReport) -> str:
    """Returns the part of a page that tells how long a firm goes on; it takes the look of a brief.

    Args:
        body: The answer of `survive` as plain data.
    """
    return page_environment(TEMPLATES).get_template(TEMPLATE).render(sv=survival_view(body))


def _named(body: SurvivalReport) -> Iterator[tuple[str, str, ItemData | ElementData]]:
    """Yields parts and then elements, each with a short label and its id; a grade of two parts is no label."""
    grades = [item["grade"] for item in body["items"]]
    for item in body["items"]:
        yield item["grade"] if grades.count(item["grade"]) == 1 and item["grade"] else item["id"], item["id"], item
    for entry in body["elements"]:
        yield entry["element"], entry["element"], entry


def _rows(body: SurvivalReport) -> Iterator[SupplyRow]:
    for label, name, entry in _named(body):
        yield {
            "label": label,
            "id": name,
            "name": entry["name"] if "name" in entry else None,  # noqa: SIM401 # typed by the branch
            "part": "name" in entry,
            "first": entry.get("first_item") if "element" in entry else None,
            "waiting_kg": entry["waiting_kg"] if "name" in entry else "0",
            "stock_kg": entry["stock_kg"]["value"] if "name" in entry else entry["stock_kg"],
            "held": entry["content"]["stock_kg"] if "name" in entry else entry["stock_kg_by_item"],
            "use": entry["use_kg_per_use_day"],
            "delivery": [day for day in entry["next_licensed_delivery_days"].values() if day is not None],
            "reaches": [_reach(r) for r in entry["reaches"] if r["layer"] == "stock" or r["added_kg"] != "0"],
        }


def _reach(reach: ReachData) -> ReachRow:
    chance = reach["chance_of_a_stop_before_the_next_licensed_delivery"]
    short = [mass for mass in reach["short_kg"].values() if mass is not None]
    return {
        "layer": reach["layer"],
        "days": reach["days"],
        "stop_on": reach["stop_on"],
        "gaps": [f"{gap:+d}" for gap in reach["gap_days"].values() if gap is not None],
        "short": [f"{float(mass):,.0f}" for mass in short] if any(mass != "0" for mass in short) else [],
        "chance": None if chance is None else f"{float(chance):.0%}",
    }


def _assumed_years(body: SurvivalReport) -> list[int]:
    drawn = [flow["clock"]["ends"]["drawn"] for flow in body["flows"]]
    return sorted({year for entry in drawn if entry is not None for year in entry.get("assumed_years", [])})


def _picture(body: SurvivalReport, key: str, width: int, gutter: int) -> Picture:
    named = list(_named(body))
    reach = max((_far(entry) for _, _, entry in named), default=1)
    span = max(min(reach + 10, _LONGEST), 30)

    def x_of(days: int) -> float:
        return round(gutter + (width - gutter - 54) * min(days, span) / span, 1)

    lanes = tuple(_lane(label, entry, TOP + place * LANE, span, x_of) for place, (label, _, entry) in enumerate(named))
    step = next(step for step in (10, 30, 60, 90, 180) if (width - gutter) * step / span >= 44 or step == 180)
    ticks = tuple((x_of(day), str(day)) for day in range(0, span + 1, step))
    return Picture(key, width, TOP + LANE * len(named) + 6, gutter, ticks, lanes)


def _far(entry: ItemData | ElementData) -> int:
    """The farthest day of an entry that has a figure."""
    days = [reach["days"] for reach in entry["reaches"]] + list(entry["next_licensed_delivery_days"].values())
    return max((day for day in days if day is not None), default=0)


def _lane(label: str, entry: ItemData | ElementData, y: float, span: int, x_of: Callable[[int], float]) -> StockLane:
    segments, begun, last = [], 0, 0
    for reach in entry["reaches"]:
        end = span if reach["days"] is None else reach["days"]
        if end > begun:
            words = LAYERS[reach["layer"]]["en"]
            told = f"{words}: {'no stop' if reach['days'] is None else f'{end} days, stops ' + str(reach['stop_on'])}"
            segments.append(LaneSegment(x_of(begun), round(x_of(end) - x_of(begun), 1), _INK[reach["layer"]], told))
            begun = last = end
    final = entry["reaches"][-1]["days"]
    clock = [day for day in entry["next_licensed_delivery_days"].values() if day is not None]
    whisker = (x_of(clock[0]), x_of(clock[1]), x_of(clock[2])) if len(clock) == 3 else None
    told = f"next newly licensed delivery: {_of(clock)} days" if whisker else "no clock runs"
    beyond = final is None or final > span
    return StockLane(
        y=y,
        label=label,
        segments=tuple(segments),
        end=f"{span}+" if beyond else str(final),
        end_x=x_of(last) + 4,
        whisker=whisker,
        whisker_told=told,
        beyond=beyond,
    )


def _of(days: Sequence[int]) -> str:
    return ", ".join(f"{level} per cent {day}" for level, day in zip((10, 50, 90), days, strict=True))
