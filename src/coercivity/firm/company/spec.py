"""What the sheets of a company's workbook are called and what their columns hold, read from data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from coercivity.base.words import Lang
from coercivity.data.textyaml import TextMap, load_text

_BLANK = re.compile(r"[\s_\-]+")
_APART = frozenset(("readme", "notes", "plan", "说明", "备注", "最优组合"))


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column, or a single value of the sheet of settings.

    Attributes:
        key: Its name in the program.
        kind: What a cell holds.
        needed: Whether a blank cell is a fault.
        of: Words of a choice.
        of_zh: The same in Chinese.
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
    of_zh: tuple[str, ...] = ()

    @property
    def spellings(self) -> frozenset[str]:
        """Every spelling of its name, folded."""
        return frozenset(map(folded, (self.key, *self.names.values(), *self.also)))

    def words(self, lang: Lang) -> tuple[str, ...]:
        """Returns the words of a choice in a language."""
        return self.of_zh if lang == "zh" and self.of_zh else self.of


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A sheet.

    Attributes:
        keys: Columns that tell its rows apart.
        columns: Its columns by key, in the order of the template.
        wide: Kind of any other column: `number` under a name of the user's, `percent` under the symbol of an element;
            empty if there are none.
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

    def column(self, name: str) -> ColumnSpec | None:
        """Returns the column that a header means; None if it means none."""
        plain = folded(name)
        return next((column for column in self.columns.values() if plain in column.spellings), None)


def spec_of(name: str) -> SheetSpec | None:
    """Returns the sheet that a name means, in any spelling and either language; None if there is none."""
    plain = folded(name)
    return next((spec for spec in sheet_specs().values() if plain in spec.spellings), None)


def is_apart(name: str) -> bool:
    """Returns whether a sheet is for people and is not read, such as `Read me`, `Notes` and `Plan`."""
    return folded(name) in _APART


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


def unit_text(unit: str, lang: str) -> str:
    """Returns a unit as a workbook in a language writes it."""
    return _units().get(unit, unit) if lang == "zh" else unit


@lru_cache(maxsize=1)
def _units() -> Mapping[str, str]:
    return {str(unit): str(chinese) for unit, chinese in _words("units.yaml").items()}


@lru_cache(maxsize=1)
def quick_specs() -> Mapping[str, ColumnSpec]:
    """Returns the values with which a company can begin, by key; `also` holds an example of each."""
    return {key: _column(key, raw) for key, raw in _words("quick.yaml").items()}


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
        of_zh=tuple(raw.get("of_zh", ())),
    )
