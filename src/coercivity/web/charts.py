"""Charts as Vega-Lite specifications, each with a table of the same data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from coercivity.base.json_types import Json

Spec: TypeAlias = dict[str, Any]  # a Vega-Lite specification
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # only a name; nothing is loaded from it
# Colours are variables of the page, so that light mode, dark mode and print share one chart.
INK, SOFT, LINE = "var(--ink)", "var(--soft)", "var(--line)"
SERIES = ("var(--c1)", "var(--c2)", "var(--c3)", "var(--c4)", "var(--c5)", "var(--c6)", "var(--c7)", "var(--c8)")
OUTCOME_FILLS = {
    "PROCEED": "var(--p-fill)",
    "LICENCE": "var(--l-fill)",
    "STOP": "var(--s-fill)",
    "UNKNOWN": "var(--u-fill)",
}
HEAT = ("var(--h0)", "var(--h1)", "var(--h2)", "var(--h3)", "var(--h4)")
# The fonts of the page: Vega measures text with them, so that no label is cut off.
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
    """A chart and a table of the same data.

    Attributes:
        id: Name on the page.
        title: Title.
        spec: Vega-Lite specification with its data, never with an address.
        head: Column headings of the table.
        rows: Cells of the table as text.
        about: How to read the chart; blank if the title is enough.
        numeric: Positions of the columns with numbers.
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
        """The whole specification, escaped for use inside a page."""
        whole = {"$schema": SCHEMA, "config": CONFIG, **self.spec}
        text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def sized(height: int, **parts: Any) -> Spec:
    """Returns a specification that takes the full width available on the page.

    Args:
        height: Height of the plot [px].
        **parts: Other parts of the specification.
    """
    return {"width": "container", "height": height, "autosize": {"type": "fit-x", "contains": "padding"}, **parts}
