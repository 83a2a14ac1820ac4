"""A chart of a page as SVG: the same specification in the colours of a light page, drawn by a child process."""

from __future__ import annotations

import json
import re
import subprocess
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore

from coercivity.base.errors import CoercivityError
from coercivity.verbs.children import Child
from coercivity.verbs.pictures import font_folders
from coercivity.web.charts import CONFIG, SCHEMA, Chart

WIDTH_PX = 760
LIMIT_S = 60.0
_MOST_AT_ONCE = BoundedSemaphore(1)  # each takes 200 MB for a second
_VARIABLE = re.compile(r"var\((--[a-z0-9-]+)\)")
_VALUE = re.compile(r"(--[a-z0-9-]+):\s*(#[0-9a-f]{6})")


def chart_svg(chart: Chart) -> bytes:
    """Returns a chart as SVG on white; the same chart gives the same bytes.

    Args:
        chart: The chart.

    Raises:
        CoercivityError: If a font is missing, or the drawing program is missing or fails (CHARTS).
    """
    config = {**CONFIG, "background": "#ffffff"}
    title = {"text": chart.title, "anchor": "start"}
    whole = {"$schema": SCHEMA, "config": config, **chart.spec, "title": title, "width": WIDTH_PX, "padding": 12}
    whole.pop("autosize", None)
    spec = _VARIABLE.sub(lambda found: _light()[found[1]], json.dumps(whole, ensure_ascii=False, sort_keys=True))
    code, made = 1, b""
    with _MOST_AT_ONCE:
        try:
            code, made = _drawn(spec.encode())
        except (OSError, subprocess.TimeoutExpired):
            code = 1
    if code or not made:
        what = "the chart could not be drawn by the installed vl-convert package"
        raise CoercivityError.of("CHARTS", what, where=chart.id, next="take its table, or the SVG of the whole result")
    return made


def _drawn(spec: bytes) -> tuple[int, bytes]:
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    folders = map(str, font_folders())
    with Child("coercivity.web.ministry.drawing", *folders, stdin=pipe, stdout=pipe, stderr=quiet) as child:
        try:
            made, _ = child.communicate(spec, timeout=LIMIT_S)
        finally:
            child.kill()
    return child.returncode, made


@lru_cache(maxsize=1)
def _light() -> dict[str, str]:
    """Returns the colours of a light page by name, from the style sheet; the first value of each is that."""
    style = (Path(__file__).parent.parent / "static" / "site.css").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for name, value in _VALUE.findall(style):
        found.setdefault(name, value)
    return found
