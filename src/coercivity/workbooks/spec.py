"""What the sheets of a form of workbook are called and what their columns hold, read from data of its owner."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from coercivity.base.words import Lang
from coercivity.data.textyaml import TextMap, load_text

_BLANK = re.compile(r"[\s_\-]+")
_APART = ("readme", "notes", "说明", "备注")


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
        wide: Kind of any other column: `number` or `share` under a name of the user's, `percent` under the symbol of
            an element; empty if there are none.
        otherwise: Key of the sheet that is meant where the header names none of these columns; empty if there is none.
    """

    key: str
    names: Mapping[str, str]
    also: tuple[str, ...]
    keys: tuple[str, ...]
    columns: Mapping[str, ColumnSpec]
    wide: str
    otherwise: str = ""

    @property
    def spellings(self) -> frozenset[str]:
        """Every spelling of its name, folded."""
        return frozenset(map(folded, (self.key, *self.names.values(), *self.also)))

    def column(self, name: str) -> ColumnSpec | None:
        """Returns the column that a header means; None if it means none."""
        plain = folded(name)
        return next((column for column in self.columns.values() if plain in column.spellings), None)


@dataclass(frozen=True, slots=True)
class BookForm:
    """A form of workbook.

    Attributes:
        describes: What such a workbook describes, as `a company`.
        template: Command that writes an empty one.
        docs: Page that tells about it.
        sheets: Sheets by key, in the order of the template.
        settings: Single values of the sheet of settings by key.
        units: Units in Chinese.
        apart: Sheets for people besides `Read me` and `Notes`, folded.
    """

    describes: str
    template: str
    docs: str
    sheets: Mapping[str, SheetSpec]
    settings: Mapping[str, ColumnSpec]
    units: Mapping[str, str]
    apart: frozenset[str]

    def spec_of(self, name: str) -> SheetSpec | None:
        """Returns the sheet that a name means, in any spelling and either language; None if there is none."""
        plain = folded(name)
        return next((spec for spec in self.sheets.values() if plain in spec.spellings), None)

    def is_apart(self, name: str) -> bool:
        """Returns whether a sheet is for people and is not read, such as `Read me` and `Notes`."""
        return folded(name) in _APART or folded(name) in self.apart

    def unit_text(self, unit: str, lang: Lang) -> str:
        """Returns a unit as a workbook in a language writes it."""
        return self.units.get(unit, unit) if lang == "zh" else unit


def load_form(package: str, *, describes: str, template: str, docs: str, apart: tuple[str, ...]) -> BookForm:
    """Returns a form from the folder `words` of a package: `sheets.yaml`, `settings.yaml` and `units.yaml`.

    Args:
        package: The package that owns the form.
        describes: What such a workbook describes, as `a company`.
        template: Command that writes an empty one.
        docs: Page that tells about it.
        apart: Names of sheets for people, such as results.
    """
    sheets = {}
    for key, raw in load_words(package, "sheets.yaml").items():
        columns = {name: column_of(name, each) for name, each in raw["columns"].items()}
        wide = raw.get("wide") or raw.get("elements") or ""
        also, keys = tuple(raw.get("also", ())), tuple(raw["keys"])
        sheets[key] = SheetSpec(key, raw["name"], also, keys, columns, wide, raw.get("otherwise", ""))
    settings = {key: column_of(key, raw) for key, raw in load_words(package, "settings.yaml").items()}
    units = {str(unit): str(chinese) for unit, chinese in load_words(package, "units.yaml").items()}
    return BookForm(describes, template, docs, sheets, settings, units, frozenset(map(folded, apart)))


def folded(name: str) -> str:
    """Returns a name without case, blanks, hyphens, underscores, and a unit in brackets."""
    plain = re.sub(r"[(\[（].*?[)\]）]", "", name)
    return _BLANK.sub("", plain or name).casefold()


def load_words(package: str, name: str) -> TextMap:
    """Returns a file of words of a package.

    Args:
        package: The package.
        name: The file in its folder `words`.
    """
    text = files(package).joinpath("words", name).read_text(encoding="utf-8")
    found = load_text(text, name=name)
    assert isinstance(found, TextMap)
    return found


def column_of(key: str, raw: TextMap) -> ColumnSpec:
    """Returns a column from its words.

    Args:
        key: Its name in the program.
        raw: Its words.
    """
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
