"""Charts as Vega-Lite, each with the table of the same numbers beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from coercivity.base.json_types import Json

Spec: TypeAlias = dict[str, Any]  # Vega-Lite, whose form is its own
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # a name; nothing is fetched from there
# Colours are those of the page, by name, so that light, dark and print need no second chart.
INK, SOFT, LINE = "var(--ink)", "var(--soft)", "var(--line)"
SERIES = ("var(--c1)", "var(--c2)", "var(--c3)", "var(--c4)", "var(--c5)", "var(--c6)", "var(--c7)", "var(--c8)")
OUTCOME_FILLS = {
    "PROCEED": "var(--p-fill)",
    "LICENCE": "var(--l-fill)",
    "STOP": "var(--s-fill)",
    "UNKNOWN": "var(--u-fill)",
}
HEAT = ("var(--h0)", "var(--h1)", "var(--h2)", "var(--h3)", "var(--h4)")
# The stack of the page: Vega measures text by it, so that no label is cut.
FONT = (
    "'Source Sans 3','Segoe UI',system-ui,-apple-system,'Helvetica Neue',Arial,"
    "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif"
)
CONFIG: dict[str, Json] = {
    "background": "transparent",
    "font": FONT,
    "view": {"stroke": "transparent"},
    "axis": {
        "labelColor": SOFT,
        "titleColor": SOFT,
        "domainColor": SOFT,
        "tickColor": SOFT,
        "gridColor": LINE,
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
    },
    "legend": {"labelColor": INK, "titleColor": SOFT, "labelFontSize": 11, "titleFontSize": 11, "orient": "bottom"},
    "header": {"labelColor": INK, "titleColor": SOFT},
    "title": {"color": INK, "fontSize": 12, "anchor": "start"},
    "text": {"color": INK, "fontSize": 11},
    "rule": {"color": INK},
    "range": {"category": list(SERIES)},
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart and the table of the same numbers.

    Attributes:
        id: Name on its page.
        title: What it shows.
        spec: Vega-Lite; data inside, never an address.
        head: Heads of the columns of the table.
        rows: Cells as text.
        about: How to read it; blank where the title says it all.
        numeric: Places of the columns that hold numbers.
    """

    id: str
    title: str
    spec: Spec
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    about: str = ""
    numeric: frozenset[int] = frozenset()

    @property
    def json(self) -> str:
        """The whole specification, safe inside a page."""
        whole = {"$schema": SCHEMA, "config": CONFIG, **self.spec}
        text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def sized(height: int, **parts: Any) -> Spec:
    """Returns a specification as wide as the page lets it be.

    Args:
        height: Height of the plot [px].
        **parts: All other parts.
    """
    return {"width": "container", "height": height, "autosize": {"type": "fit-x", "contains": "padding"}, **parts}
