"""The workbook from draws of the market, and its notes: unit, derivation, source rows and quality of each column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from coercivity.base.words import Lang, say
from coercivity.data.packs import open_pack
from coercivity.data.textyaml import TextMap
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.inputs.figures import Figures
from coercivity.ministry.strategy.model import Scenario, StrategyBook
from coercivity.ministry.strategy.spec import strategy_form
from coercivity.ministry.strategy_market.columns import ColumnName
from coercivity.ministry.strategy_market.drawn_rows import DrawnRow, drawn_rows, figures_used, means
from coercivity.ministry.strategy_market.firms import market_firms, rounded
from coercivity.ministry.strategy_market.metal import metal_mix
from coercivity.workbooks.spec import load_words
from coercivity.workbooks.writer import TextRow

SCENARIO_COLUMNS: tuple[ColumnName, ...] = (
    "cn_price", "cn_share", "row_price", "row_share", "ore_price", "spot_ore_share", "toll_price", "toll_share",
    "scrap_price", "own_share", "metal_yield",
)  # fmt: skip
_HEADS = ("sheet", "column", "unit", "derivation", "rows", "quality")
QUALITIES = ("measured", "reported", "estimated", "assumed")
_MOST_ROWS = 12
# Means over all rows of these columns are read for figures of firms besides those of the sheet.
_NEEDED_MEANS: Mapping[str, tuple[ColumnName, ...]] = {
    "loss": ("magnet_price", "swarf_price"),
    "resale_cut": ("ore_reo_price",),
    "own_cost": ("processing_cost",),
    "scrap_t": ("recycled_share",),
    "contract_share": ("outside_share",),
}
_PROBABILITY_PLACES = 8


@dataclass(frozen=True, slots=True)
class MarketBook:
    """A workbook of strategies from draws of the market.

    Attributes:
        book: The workbook.
        rows: The figures by legal path and draw, with those that only firms need.
        mean: Their means over all rows.
        used: Rows of the packs by column.
    """

    book: StrategyBook
    rows: Sequence[DrawnRow]
    mean: Mapping[ColumnName, float]
    used: Mapping[ColumnName, list[str]]


def market_book(sets: Sequence[DrawSet], year: int) -> MarketBook:
    """Returns the workbook of a year.

    Args:
        sets: The draws of each legal path, of the same design.
        year: The year.

    Raises:
        CoercivityError: If a draw lacks a price of the year.
    """
    rows = drawn_rows(sets, year)
    mean = means(rows)
    chance = Fraction(f"{1 / len(rows):.{_PROBABILITY_PLACES}f}")
    firms = market_firms(Coefficients(Figures(open_pack("world"))), mean)
    scenarios = tuple(_scenario(row, str(year), chance) for row in rows)
    return MarketBook(StrategyBook(scenarios, tuple(firms), year, "World"), rows, mean, figures_used(sets, year))


def _scenario(row: DrawnRow, year: str, chance: Fraction) -> Scenario:
    cells = {name: rounded(row.figures[name]) for name in SCENARIO_COLUMNS}
    return Scenario(
        scenario=year,
        path=row.path,
        draw=str(row.draw),
        probability=chance,
        cn_price=cells["cn_price"],
        cn_share=cells["cn_share"],
        row_price=cells["row_price"],
        row_share=cells["row_share"],
        ore_price=cells["ore_price"],
        spot_ore_share=cells["spot_ore_share"],
        toll_price=cells["toll_price"],
        toll_share=cells["toll_share"],
        scrap_price=cells["scrap_price"],
        own_share=cells["own_share"],
        metal_yield=cells["metal_yield"],
        stops="yes" if cells["cn_share"] < 1 else "no",
    )


def notes(found: MarketBook, made: Mapping[str, str], lang: Lang) -> list[TextRow]:
    """Returns the rows of the sheet *Notes*: how each column is derived.

    Args:
        found: The workbook.
        made: What it was made from, by the key of its name.
        lang: Language.
    """
    words, figures = note_words(), Figures(open_pack("world"))
    metal_mix(Coefficients(figures))
    names: Mapping[str, Mapping[str, str]] = words["names"]
    origin = say(names["made"], lang)
    rows = [_row((origin, say(names[name], lang), "", text, "", ""), lang) for name, text in made.items()]
    rows.append(_note("", say(names["metal"], lang), words["metal"], figures.taken, lang))
    for name, entry in words["scenarios"].items():
        taken = found.used[name] if name in SCENARIO_COLUMNS else []
        title = "yield" if name == "metal_yield" else name
        rows.append(_note(_sheet("scenarios", lang), title, entry, taken, lang, modelled=name in SCENARIO_COLUMNS))
    for name, entry in words["firms"].items():
        drawn = (row for column in _NEEDED_MEANS.get(name, ()) for row in found.used[column])
        rows.append(_note(_sheet("firms", lang), name, entry, {*entry["rows"], *drawn}, lang, modelled=True))
    return rows


def _sheet(key: str, lang: Lang) -> str:
    return say(strategy_form().sheets[key].names, lang)


def _note(
    sheet: str, name: str, entry: Mapping[str, str], taken: Iterable[str], lang: Lang, *, modelled: bool = False
) -> TextRow:
    words, worst = note_words(), _quality(taken)
    kinds = [*(["modelled"] if modelled else []), *([worst] if worst else [])]
    quality = ("、" if lang == "zh" else ", ").join(say(words["quality"][kind], lang) for kind in kinds)
    unit = say(words["units"][entry["unit"]], lang)
    return _row((sheet, name, unit, say(entry, lang), listed(taken), quality), lang)


def _row(cells: Sequence[str], lang: Lang) -> TextRow:
    heads = note_words()["heads"]
    return {say(heads[key], lang): text for key, text in zip(_HEADS, cells, strict=True)}


def listed(taken: Iterable[str]) -> str:
    """Returns rows of the packs as text: by table, with the number of rows instead of their ids where they are many."""
    tables: dict[str, list[str]] = {}
    for name in sorted(taken):
        table, _, key = name.partition(":")
        tables.setdefault(table, []).append(key)
    return "; ".join(
        f"{table} {' '.join(keys) if len(keys) <= _MOST_ROWS else f'({len(keys)})'}" for table, keys in tables.items()
    )


def _quality(taken: Iterable[str]) -> str:
    """Returns the poorest quality among rows; empty if there is none."""
    figures = Figures(open_pack("world"))
    found = [figures.row(*name.split(":", 1)).get("quality", "") for name in taken]
    return max((each for each in found if each in QUALITIES), key=QUALITIES.index, default="")


@lru_cache(maxsize=1)
def note_words() -> TextMap:
    """Returns the words of the notes."""
    return load_words(__package__, "notes.yaml")
