"""The fonts of pictures: from installed packages, never from the system, so that all computers agree."""

from __future__ import annotations

from pathlib import Path

from coercivity.papers.printed.fonts import font_files


def font_folders() -> tuple[Path, ...]:
    """Returns the folders of the fonts, in order.

    Raises:
        CoercivityError: If a package or a file of it is missing (PDF-FONT).
    """
    return tuple(sorted({path.parent for path in font_files()}))
