"""Where the examples are."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def example_folder() -> Path:
    """Returns the folder of the example cases: inside the installed package, or next to `src` in a clone."""
    inside = Path(str(files("coercivity"))) / "examples"
    return inside if inside.is_dir() else Path(str(files("coercivity"))).parents[1] / "examples"
