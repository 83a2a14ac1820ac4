"""Draws a chart: `python -m coercivity.web.chart_files.picture FILE KIND` writes SVG or PNG to standard output.

The file is JSON: a Vega-Lite specification as `spec`, or a picture as `svg`. It runs as a process of its own, which
frees the memory of the drawing, and loads nothing from any address.
"""

import json
import sys
from pathlib import Path

import vl_convert

SCALE = 2.0  # pixels of a PNG for each pixel of the page


def main() -> int:
    """Draws the chart of the file in the arguments."""
    path, kind = sys.argv[1:3]
    held = json.loads(Path(path).read_text(encoding="utf-8"))
    svg = held["svg"] if "svg" in held else vl_convert.vegalite_to_svg(held["spec"], allowed_base_urls=[])
    content = svg.encode() if kind == "svg" else vl_convert.svg_to_png(svg, scale=SCALE)
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
