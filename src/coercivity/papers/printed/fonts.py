"""The fonts of what is printed: from installed packages, never from the system, so that all computers agree."""

from __future__ import annotations

import struct
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.errors import Faults

if TYPE_CHECKING:
    from typst import Fonts

FILES = {
    "fontpkg-source-sans-3": (
        "fontpkg_source_sans_3",
        ("files/SourceSans3[wght].ttf", "files/SourceSans3-Italic[wght].ttf"),
    ),
    "justmytype-intl-cjk": (
        "justmytype_intl_cjk",
        ("fonts/ofl/notosanssc/NotoSansSC[wght].ttf", "fonts/ofl/notosanskr/NotoSansKR[wght].ttf"),
    ),
}
_UNICODE_TABLES = (4, 12)  # formats of a table that maps characters to glyphs


def font_files() -> tuple[Path, ...]:
    """Returns the font files of Source Sans 3, Noto Sans SC and, for Korean names, Noto Sans KR.

    Raises:
        CoercivityError: If a package or a file of it is missing (PDF-FONT).
    """
    faults, found = Faults(), []
    for package, (module, names) in FILES.items():
        spec = find_spec(module)
        places = list(spec.submodule_search_locations or ()) if spec else []
        for name in names:
            path = next((Path(place, name) for place in places if Path(place, name).is_file()), None)
            if path is None:
                faults.add(
                    "PDF-FONT",
                    f"the font {name.rsplit('/', 1)[-1]} is not installed",
                    next=f"reinstall coercivity, or install the package {package}",
                )
            else:
                found.append(path)
    faults.raise_if_any()
    return tuple(found)


@lru_cache(maxsize=1)
def loaded_fonts() -> Fonts:
    """Returns the fonts as Typst takes them; neither those of the system nor those inside Typst."""
    from typst import Fonts

    folders = sorted({path.parent for path in font_files()})
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@lru_cache(maxsize=1)
def printable_characters() -> frozenset[int]:
    """Returns the characters that at least one font can print.

    Read from the table cmap of OpenType 1.9.1, formats 4 and 12.
    """
    return frozenset().union(*(_characters(path) for path in font_files()))


def _characters(path: Path) -> set[int]:
    with path.open("rb") as file:
        count = struct.unpack(">4xH6x", file.read(12))[0]
        directory = {tag: (start, size) for tag, start, size in struct.iter_unpack(">4s4xII", file.read(16 * count))}
        start, size = directory[b"cmap"]
        file.seek(start)
        table = file.read(size)
    found: set[int] = set()
    for place in range(struct.unpack_from(">2xH", table)[0]):
        at = struct.unpack_from(">4xI", table, 4 + 8 * place)[0]
        form = struct.unpack_from(">H", table, at)[0]
        if form in _UNICODE_TABLES:
            found.update(*_ranges(table, at, form))
    return found


def _ranges(table: bytes, at: int, form: int) -> list[range]:
    if form == _UNICODE_TABLES[1]:
        groups = struct.unpack_from(">I", table, at + 12)[0]
        spans = struct.iter_unpack(">II4x", table[at + 16 : at + 16 + 12 * groups])
        return [range(first, last + 1) for first, last in spans]
    double = struct.unpack_from(">H", table, at + 6)[0]
    lasts = struct.unpack_from(f">{double // 2}H", table, at + 14)
    firsts = struct.unpack_from(f">{double // 2}H", table, at + 16 + double)
    return [range(first, last + 1) for first, last in zip(firsts, lasts, strict=True) if last != 0xFFFF]
