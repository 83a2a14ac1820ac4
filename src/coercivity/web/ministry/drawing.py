"""Draws a chart as SVG: `python -m coercivity.web.ministry.drawing FONTS...`, its specification on standard input."""

from __future__ import annotations

import sys

import vl_convert


def main(fonts: list[str]) -> int:
    """Reads a Vega-Lite specification and writes the picture to standard output."""
    for folder in fonts:
        vl_convert.register_font_directory(folder)  # texts are measured with them
    sys.stdout.buffer.write(vl_convert.vegalite_to_svg(sys.stdin.buffer.read().decode()).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
