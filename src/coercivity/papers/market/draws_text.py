"""The cost of a clause over draws as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.papers.market.report_data import ClausePriceData, DrawnPrice, PriceDraws, PriceRange
from coercivity.papers.outlook.breadth.section import TextTable
from coercivity.papers.outlook.names import party
from coercivity.papers.outlook.read import percent
from coercivity.papers.shared.days import month_text
from coercivity.papers.shared.money import money
from coercivity.papers.shared.words import paper_words

# Below so many draws, the outer quantiles lie between the most extreme draws.
ENOUGH = 32
MOST_PARTIES, MOST_QUOTES = 8, 8
LEAST_USD = 5e3
_HEAD = ("figure", "mean", "interval", "spread", "usual", "loss")
_WORDS = paper_words("market_clause_text", "words")
_GENERAL = {"with": "", "without": "draws_single", "worth": "draws_worth"}
_NAMED = {
    "whole_usd": "draws_whole",
    "held_back_t:oxides_and_metals": "draws_raw",
    "held_back_t:magnets": "draws_magnets",
    "without_t": "draws_shortage",
}


def drawn_lines(branch: str, body: ClausePriceData, lang: Lang) -> Iterator[str]:
    """Yields the figures over draws in one legal scenario; nothing if there are no draws.

    Args:
        branch: The legal scenario.
        body: The cost of the clause as plain data.
        lang: Language of the words.
    """
    draws = body["draws"]
    prices = [price for price in draws["prices"] if price["branch"] == branch] if draws is not None else []
    if draws is None or not prices:
        return
    yield _w("draws", lang).format(draws["draws"], month_text(draws["first"], lang), month_text(draws["last"], lang))
    for price in prices:
        head = _GENERAL[price["general_licences"]] if body["general_licences"] == "both" else ""
        if head:
            yield f"  {_w(head, lang)}"
        yield from (f"  {line}" for line in _ranges(price, draws, body, lang))


def drawn_notes(draws: PriceDraws, lang: Lang) -> Iterator[str]:
    """Yields what to know of the draws: shared months, rows that are drawn, failures.

    Args:
        draws: What the draws say.
        lang: Language of the words.
    """
    months = [month_text(month, lang) for month in draws["shared"]]
    rows = [total(draws["rows"][side].values()) for side in ("drawn", "not_drawn")]
    yield _w("draws_shared", lang).format(*months, *rows)
    if draws["draws"] < ENOUGH:
        yield _w("draws_few", lang).format(ENOUGH)
    if draws["failed"]:
        yield _w("draws_failed", lang).format(len(draws["failed"]))


@dataclass(frozen=True, slots=True)
class DrawnTables:
    """What draws say of the cost of a clause in one legal scenario, for a page.

    Attributes:
        tables: The figures with their ranges: one table, or one each with and without general licences and of their
            worth.
        notes: What to know of the draws.
    """

    tables: tuple[TextTable, ...]
    notes: tuple[str, ...]


def drawn_tables(branch: str, body: ClausePriceData, lang: Lang) -> DrawnTables | None:
    """Returns all that is said of draws in one legal scenario, for a page; None if there are none.

    Args:
        branch: The legal scenario.
        body: The cost of the clause as plain data.
        lang: Language of the words.
    """
    draws = body["draws"]
    if draws is None:
        return None
    prices = [price for price in draws["prices"] if price["branch"] == branch]
    return DrawnTables(tuple(_table(price, draws, body, lang) for price in prices), tuple(drawn_notes(draws, lang)))


def _table(price: DrawnPrice, draws: PriceDraws, body: ClausePriceData, lang: Lang) -> TextTable:
    title = _w("draws_title", lang).format(
        draws["draws"], month_text(draws["first"], lang), month_text(draws["last"], lang)
    )
    head = _GENERAL[price["general_licences"]] if body["general_licences"] == "both" else ""
    if head:
        title = _w("draws_title_of", lang).format(title, _w(head, lang).rstrip(":："))
    between, rows = _w("draws_between", lang), []
    for row in shown_ranges(price):
        told = _Told.of(row, lang)
        name = range_name(row["figure"], body, lang)
        shown = name if row["draws"] == draws["draws"] else _w("draws_pairs", lang).format(name, row["draws"])
        rows.append((shown, told.mean, between.format(*told.ends), between.format(*told.spread), told.usual, told.loss))
    columns = tuple(_w(f"draws_head_{name}", lang) for name in _HEAD)
    return TextTable(title, columns, tuple(rows), frozenset(range(1, len(columns))))


def range_name(figure: str, body: ClausePriceData, lang: Lang) -> str:
    """Returns the name of a figure.

    Args:
        figure: Its key.
        body: The cost of the clause as plain data.
        lang: Language of the name.
    """
    if figure in _NAMED:
        return _w(_NAMED[figure], lang)
    kind, _, rest = figure.partition(":")
    if kind == "kept_usd":
        return party(rest, body["names"], lang)
    good, _, region = rest.partition(":")
    word = "draws_quote_cn" if region == "CN" else "draws_quote_xcn"
    return _w(word, lang).format(say(body["names"]["goods"].get(good, {"en": good, "zh": good}), lang))


def shown_ranges(price: DrawnPrice) -> list[PriceRange]:
    """Returns the figures to show: totals, quotes that the clause moves, and the parties with most at stake.

    Args:
        price: The figures in one legal scenario.
    """
    by_kind: dict[str, list[PriceRange]] = {}
    for row in price["ranges"]:
        by_kind.setdefault(row["figure"].partition(":")[0], []).append(row)
    first = [*by_kind.get("whole_usd", []), *by_kind.get("held_back_t", []), *by_kind.get("without_t", [])]
    quotes = [row for row in by_kind.get("quote", []) if _moves(row)][:MOST_QUOTES]
    parties = sorted(by_kind.get("kept_usd", []), key=lambda row: (-abs(row["mean"]), row["figure"]))
    return [*first, *quotes, *(row for row in parties[:MOST_PARTIES] if abs(row["mean"]) >= LEAST_USD)]


def _moves(row: PriceRange) -> bool:
    """Returns whether the mean of a quote is not zero, beyond the interval of the draws."""
    return row["low"] > 0 or row["high"] < 0


def _ranges(price: DrawnPrice, draws: PriceDraws, body: ClausePriceData, lang: Lang) -> Iterator[str]:
    for row in shown_ranges(price):
        told = _Told.of(row, lang)
        name = range_name(row["figure"], body, lang)
        line = _w("draws_figure", lang).format(name, told.mean, *told.ends, *told.spread, told.usual)
        if row["unit"] == "USD":
            line = _w("draws_costs", lang).format(line, told.loss)
        yield line if row["draws"] == draws["draws"] else _w("draws_pairs", lang).format(line, row["draws"])


@dataclass(frozen=True, slots=True)
class _Told:
    """The range of a figure as text: of money also how often it is a loss, else a dash."""

    mean: str
    ends: tuple[str, str]
    spread: tuple[str, str]
    usual: str
    loss: str

    @classmethod
    def of(cls, row: PriceRange, lang: Lang) -> _Told:
        """Returns the range of a figure as text."""
        unit, quantiles = row["unit"], row["quantiles"]
        mean, low, high, first, last = (
            _shown(value, unit, lang)
            for value in (row["mean"], row["low"], row["high"], quantiles["5"], quantiles["95"])
        )
        usual = _shown(row["usual"], unit, lang) if row["usual"] is not None else _w("draws_none", lang)
        loss = percent(row["share_negative"], lang) if unit == "USD" else "–"
        return cls(mean, (low, high), (first, last), usual, loss)


def _shown(value: float, unit: str, lang: Lang) -> str:
    """Returns a signed figure with its unit."""
    sign = "-" if value < 0 else "+" if value > 0 else ""
    if unit == "USD":
        amount = money(abs(value), "USD", lang) if lang == "zh" else f"{abs(value) / 1e6:,.2f} M USD"
        return f"{sign}{amount}"
    if unit == "t":
        return _w("draws_t", lang).format(f"{sign}{abs(value):,.1f}")
    return _w("draws_price", lang).format(f"{sign}{abs(value):,.4g}")


def _w(word: str, lang: Lang) -> str:
    return say(_WORDS[word], lang)
