"""Charts of a page as files: table as CSV and XLSX, picture as SVG and PNG."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore

from coercivity.base.errors import CoercivityError
from coercivity.verbs.chart_files import ChartTable, chart_csv, chart_workbook
from coercivity.verbs.children import finish
from coercivity.web.charts import CONFIG, SCHEMA, Chart

KINDS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}
WIDTH_PX, LIMIT_S, AT_ONCE = 760, 60, 2
_DATA = ("report", "shown", "job", "body", "branch")  # large, and without charts
_PAGES = "coercivity.web."
_DRAWING = BoundedSemaphore(AT_ONCE)
_VARIABLE = re.compile(r"var\((--[a-z0-9-]+)\)")
_SETTING = re.compile(r"(--[a-z0-9-]+): (#[0-9a-fA-F]{3,8})")
_DARK = re.compile(r"@media screen and \(prefers-color-scheme: dark\) \{(?:\n.*?\n\}|[^\n]*\})", re.DOTALL)
_SVG = re.compile(r"<svg\b[^>]*>")


def charts_in(held: object) -> Iterator[Chart]:
    """Yields the charts anywhere in the values of a template."""
    if isinstance(held, Chart):
        yield held
    elif isinstance(held, Mapping):
        for name, each in held.items():
            if name not in _DATA:
                yield from charts_in(each)
    elif isinstance(held, (list, tuple)):
        for each in held:
            yield from charts_in(each)
    elif is_dataclass(held) and type(held).__module__.startswith(_PAGES):
        for field in fields(held):
            yield from charts_in(getattr(held, field.name))


def chart_file(chart: Chart, kind: str, about: tuple[str, ...], svg: str = "") -> bytes:
    """Returns a chart as a file.

    Args:
        chart: The chart.
        kind: csv, xlsx, svg or png.
        about: What the workbook says above the table.
        svg: A picture as SVG, if the chart has no specification.

    Raises:
        CoercivityError: If the picture cannot be drawn.
    """
    if kind in ("csv", "xlsx"):
        table = ChartTable(chart.id, chart.title, about, chart.head, chart.rows, chart.numeric)
        return chart_csv(table) if kind == "csv" else chart_workbook(table)
    if svg:
        return _drawn({"svg": _alone(svg)}, kind)
    title: dict[str, object] = {"text": chart.title, "anchor": "start", "fontSize": 13}
    whole = {"$schema": SCHEMA, "config": {**CONFIG, "background": "#ffffff"}, **chart.spec}
    whole |= {"width": WIDTH_PX, "title": title, "padding": 10}
    return _drawn({"spec": json.loads(_coloured(json.dumps(whole, ensure_ascii=False)))}, kind)


def _drawn(held: Mapping[str, object], kind: str) -> bytes:
    with _DRAWING, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chart.json"
        path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
        try:
            code, made = finish("coercivity.web.chart_files.picture", str(path), kind, limit_s=LIMIT_S)
        except (OSError, subprocess.TimeoutExpired):
            code, made = 1, b""
    if code or not made:
        what = "the picture could not be drawn by the installed vl-convert package"
        raise CoercivityError.of("CHARTS", what, next="take the table as CSV or XLSX, or try again")
    return made


@lru_cache(maxsize=1)
def _colours() -> Mapping[str, str]:
    """Returns the colours of the light page by variable."""
    text = (Path(__file__).parents[1] / "static" / "site.css").read_text(encoding="utf-8")
    light = _DARK.sub("", text)
    return dict(_SETTING.findall(light))


def _coloured(text: str) -> str:
    """Returns a text with the colours of the light page in place of its variables."""
    colours = _colours()
    return _VARIABLE.sub(lambda found: colours.get(found[1], "#57616a"), text)


_STYLE = (
    "text { font-family: 'Source Sans 3','Noto Sans SC','Noto Sans CJK SC',sans-serif; "
    "font-size: 12px; fill: var(--ink); } "
    ".strong { font-weight: 650; } .node { fill: var(--ink); } "
    ".halo { paint-order: stroke; stroke: var(--sheet); stroke-width: 3px; stroke-linejoin: round; } "
    "path { fill-opacity: .45; stroke-width: .5; } .way-home { fill: var(--c8); stroke: var(--c8); } "
    ".way-free { fill: var(--c1); stroke: var(--c1); } "
    ".way-licence { fill: var(--c2); stroke: var(--c2); stroke-dasharray: 3 2; } "
    ".way-other { fill: var(--c4); stroke: var(--c4); stroke-dasharray: 1 2; }"
)


def _alone(svg: str) -> str:
    """Returns a picture of a page as a file of its own, with the style that the page gives it."""
    begin = _SVG.search(svg)
    assert begin is not None
    box = re.search(r'viewBox="0 0 (\S+) (\S+)"', begin[0])
    size = f'width="{box[1]}" height="{box[2]}"' if box is not None else ""
    head = begin[0].replace("<svg", f'<svg xmlns="http://www.w3.org/2000/svg" {size}', 1)
    sheet = '<rect width="100%" height="100%" fill="var(--sheet)"/>'
    whole = f"{head}<style>{_STYLE}</style>{sheet}{svg[begin.end() :].strip()}"
    return _coloured(whole)
