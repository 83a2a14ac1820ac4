"""Draws a chart as a file: `python -m coercivity.web.drawing svg|png FONTS...`, its specification on standard input."""

from __future__ import annotations

import sys

import vl_convert

VEGA_LITE = "6.1"
SCALE = 2.0  # pixels of a PNG for each of the chart


def main(form: str, fonts: list[str]) -> int:
    """Reads a Vega-Lite specification and writes the picture to standard output."""
    for folder in fonts:
        vl_convert.register_font_directory(folder)
    spec = sys.stdin.read()
    if form == "svg":
        sys.stdout.write(vl_convert.vegalite_to_svg(spec))
    else:
        sys.stdout.buffer.write(vl_convert.vegalite_to_png(spec, scale=SCALE))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
