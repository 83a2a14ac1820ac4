"""What the sheets of a company's workbook are called and what their columns hold, read from data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from coercivity.data.textyaml import TextMap, load_text

_BLANK = re.compile(r"[\s_\-]+")


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column, or a single value of the sheet of settings.

    Attributes:
        key: Its name in the program.
        kind: What a cell holds.
        needed: Whether a blank cell is a fault.
        of: Words of a choice.
        unit: Unit beside its name.
        names: Name in English and Chinese.
        also: Other spellings.
    """

    key: str
    kind: str
    needed: bool
    of: tuple[str, ...]
    unit: str
    names: Mapping[str, str]
    also: tuple[str, ...]

    @property
    def spellings(self) -> frozenset[str]:
        """Every spelling of its name, folded."""
        return frozenset(map(folded, (self.key, *self.names.values(), *self.also)))


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A sheet.

    Attributes:
        keys: Columns that tell its rows apart.
        columns: Its columns by key, in the order of the template.
        wide: Kind of any other column, whose header is a name of the user's; empty if there are none.
    """

    key: str
    names: Mapping[str, str]
    also: tuple[str, ...]
    keys: tuple[str, ...]
    columns: Mapping[str, ColumnSpec]
    wide: str

    @property
    def spellings(self) -> frozenset[str]:
        """Every spelling of its name, folded."""
        return frozenset(map(folded, (self.key, *self.names.values(), *self.also)))


def folded(name: str) -> str:
    """Returns a name without case, blanks, hyphens, underscores, and a unit in brackets."""
    plain = re.sub(r"[(\[（].*?[)\]）]", "", name)
    return _BLANK.sub("", plain or name).casefold()


@lru_cache(maxsize=1)
def sheet_specs() -> Mapping[str, SheetSpec]:
    """Returns the sheets by key, in the order of the template."""
    found = {}
    for key, raw in _words("sheets.yaml").items():
        columns = {name: _column(name, each) for name, each in raw["columns"].items()}
        wide = raw.get("wide") or raw.get("elements") or ""
        found[key] = SheetSpec(key, raw["name"], tuple(raw.get("also", ())), tuple(raw["keys"]), columns, wide)
    return found


@lru_cache(maxsize=1)
def setting_specs() -> Mapping[str, ColumnSpec]:
    """Returns the single values of the sheet of settings by key."""
    return {key: _column(key, raw) for key, raw in _words("settings.yaml").items()}


def _words(name: str) -> TextMap:
    text = files(__package__).joinpath("words", name).read_text(encoding="utf-8")
    found = load_text(text, name=name)
    assert isinstance(found, TextMap)
    return found


def _column(key: str, raw: TextMap) -> ColumnSpec:
    return ColumnSpec(
        key=key,
        kind=raw["kind"],
        needed=raw.get("needed") == "true",
        of=tuple(raw.get("of", ())),
        unit=raw.get("unit", ""),
        names={"en": raw["en"], "zh": raw["zh"]},
        also=tuple(raw.get("also", ())),
    )
