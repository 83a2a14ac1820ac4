"""Writes the script of the charts to standard output: `python -m coercivity.web.bundle`."""

import sys

import vl_convert


def main() -> int:
    """Writes Vega-Lite as the installed wheel holds it."""
    sys.stdout.write(vl_convert.javascript_bundle())  # type: ignore[call-arg] # its types ask for a snippet, which it does without
    return 0


if __name__ == "__main__":
    sys.exit(main())
