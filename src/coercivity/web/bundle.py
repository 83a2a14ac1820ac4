"""Writes the script of the charts to standard output: `python -m coercivity.web.bundle`."""

import sys

import vl_convert


def main() -> int:
    """Writes the copy of Vega-Lite in the installed wheel."""
    sys.stdout.write(vl_convert.javascript_bundle())  # type: ignore[call-arg] # its types require a snippet, which it does not need
    return 0


if __name__ == "__main__":
    sys.exit(main())
