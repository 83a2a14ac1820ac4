"""Days of cover as part of a page: a table, and bars of days against the licence time, in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypedDict

from coercivity.base.templating import page_environment
from coercivity.base.words import Lang, say
from coercivity.papers.firm.report_data import (
    ElementData,
    ItemData,
    ReachData,
    ReachRow,
    SupplyRow,
    SurvivalReport,
)
from coercivity.papers.firm.words import LAYERS, LICENCES, PASSAGES, QUALITIES, SPEAKERS, chance_text
from coercivity.papers.shared import TEMPLATES
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.money import grouped, money
from coercivity.papers.shared.outcomes import outcome_letter, outcome_text
from coercivity.papers.shared.pages import page_words, worded
from coercivity.papers.shared.parts import span_words
from coercivity.papers.shared.words import Words, paper_words

TEMPLATE = "_survival.html.j2"
TOP, LANE, BAR = 30, 50, 13
_LONGEST = 365
_WIDE = ("wide", 1180, 150)
_NARROW = ("narrow", 356, 74)
_WORDS, _PICTURES = paper_words("firm_page", "words"), paper_words("firm_page", "pictures")
# One ink, lighter with each layer that is less certain: colours are reserved for results.
_INK = {"stock": "0.85", "afloat": "0.55", "permitted": "0.3", "if_open": "0.12"}


@dataclass(frozen=True, slots=True)
class LaneSegment:
    """The days that one layer of supply adds.

    Attributes:
        told: The same in words, for the tooltip.
    """

    x: float
    width: float
    ink: str
    told: str


@dataclass(frozen=True, slots=True)
class StockLane:
    """One part or one element.

    Attributes:
        whisker: The 10th, 50th and 90th percentile of the next licensed delivery; None without a licence procedure.
        beyond: Whether the bar continues past the picture.
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
    """What the template prints next to the report data: pictures, rows and words."""

    body: SurvivalReport
    pictures: list[Picture]
    rows: list[SupplyRow]
    layers: Words
    inks: dict[str, str]
    passages: Words
    speakers: Words
    licences: Words
    qualities: Words
    words: Callable[..., object]
    masses: Callable[[Mapping[str, str]], str]
    money: Callable[[float, str], str]
    assumed_years: list[int]


def survival_view(body: SurvivalReport, lang: Lang = "en") -> SurvivalView:
    """Returns what the template prints next to the report data: pictures and words.

    Args:
        body: The result of `survive` as plain data.
        lang: Language of the page.
    """
    return {
        "body": body,
        "pictures": [_picture(body, *size, lang) for size in (_WIDE, _NARROW)],
        "rows": list(_rows(body, lang)),
        "layers": LAYERS,
        "inks": _INK,
        "passages": PASSAGES,
        "speakers": SPEAKERS,
        "licences": LICENCES,
        "qualities": QUALITIES,
        "words": worded(_WORDS, lang),
        "masses": lambda held: _masses(held, lang),
        "money": lambda value, currency: money(value, currency, lang),
        "assumed_years": _assumed_years(body),
    }


def survival_html(body: SurvivalReport, lang: Lang = "en") -> str:
    """Returns the part of a page that shows the days of cover; it takes the style of the report.

    Args:
        body: The result of `survive` as plain data.
        lang: Language of the page.
    """
    env = page_environment(TEMPLATES)
    page_words(env, "firm_page", lang)
    env.filters.update(
        span=lambda entry: say(span_words(entry), lang), money=grouped, day=lambda day: day_text(day, lang)
    )
    env.globals.update(
        outcome=lambda word: outcome_text(word, lang),
        letter=lambda word: outcome_letter(word, lang),
    )
    return env.get_template(TEMPLATE).render(sv=survival_view(body, lang))


def _masses(held: Mapping[str, str], lang: Lang) -> str:
    told = (say(_WORDS["mass"], lang).format(name, grouped(mass)) for name, mass in held.items())
    return ("、" if lang == "zh" else ", ").join(told)


def _named(body: SurvivalReport) -> Iterator[tuple[str, str, ItemData | ElementData]]:
    """Yields parts, then elements, each with a short label and its id; a grade shared by two parts is not a label."""
    grades = [item["grade"] for item in body["items"]]
    for item in body["items"]:
        yield item["grade"] if grades.count(item["grade"]) == 1 and item["grade"] else item["id"], item["id"], item
    for entry in body["elements"]:
        yield entry["element"], entry["element"], entry


def _rows(body: SurvivalReport, lang: Lang) -> Iterator[SupplyRow]:
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
            "reaches": [_reach(r, lang) for r in entry["reaches"] if r["layer"] == "stock" or r["added_kg"] != "0"],
        }


def _reach(reach: ReachData, lang: Lang) -> ReachRow:
    chance = reach["chance_of_a_stop_before_the_next_licensed_delivery"]
    short = [mass for mass in reach["short_kg"].values() if mass is not None]
    return {
        "layer": reach["layer"],
        "days": reach["days"],
        "stop_on": reach["stop_on"],
        "gaps": [f"{gap:+d}" for gap in reach["gap_days"].values() if gap is not None],
        "short": [f"{float(mass):,.0f}" for mass in short] if any(mass != "0" for mass in short) else [],
        "chance": None if chance is None else chance_text(chance, lang),
    }


def _assumed_years(body: SurvivalReport) -> list[int]:
    drawn = [flow["clock"]["ends"]["drawn"] for flow in body["flows"]]
    return sorted({year for entry in drawn if entry is not None for year in entry.get("assumed_years", [])})


def _picture(body: SurvivalReport, key: str, width: int, gutter: int, lang: Lang) -> Picture:
    named = list(_named(body))
    reach = max((_far(entry) for _, _, entry in named), default=1)
    span = max(min(reach + 10, _LONGEST), 30)

    def x_of(days: int) -> float:
        return round(gutter + (width - gutter - 54) * min(days, span) / span, 1)

    lanes = tuple(
        _lane(label, entry, TOP + place * LANE, span, x_of, lang) for place, (label, _, entry) in enumerate(named)
    )
    step = next(step for step in (10, 30, 60, 90, 180) if (width - gutter) * step / span >= 44 or step == 180)
    ticks = tuple((x_of(day), str(day)) for day in range(0, span + 1, step))
    return Picture(key, width, TOP + LANE * len(named) + 6, gutter, ticks, lanes)


def _far(entry: ItemData | ElementData) -> int:
    """Returns the latest day in an entry."""
    days = [reach["days"] for reach in entry["reaches"]] + list(entry["next_licensed_delivery_days"].values())
    return max((day for day in days if day is not None), default=0)


def _lane(
    label: str, entry: ItemData | ElementData, y: float, span: int, x_of: Callable[[int], float], lang: Lang
) -> StockLane:
    segments, begun, last = [], 0, 0
    for reach in entry["reaches"]:
        end = span if reach["days"] is None else reach["days"]
        if end > begun:
            word = "segment_open" if reach["days"] is None else "segment"
            told = say(_PICTURES[word], lang).format(say(LAYERS[reach["layer"]], lang), end, reach["stop_on"])
            segments.append(LaneSegment(x_of(begun), round(x_of(end) - x_of(begun), 1), _INK[reach["layer"]], told))
            begun = last = end
    final = entry["reaches"][-1]["days"]
    days = [day for day in entry["next_licensed_delivery_days"].values() if day is not None]
    whisker = (x_of(days[0]), x_of(days[1]), x_of(days[2])) if len(days) == 3 else None
    told = say(_PICTURES["delivery"], lang).format(*days) if whisker else say(_PICTURES["no_clock"], lang)
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
