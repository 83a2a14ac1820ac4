"""The base year of the model against reported figures, as lines for a terminal: prices, flows, balances."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from coercivity.base.words import Lang, say
from coercivity.market.base_year.rows import PriceCheck
from coercivity.papers.market.report_data import BaseYearData
from coercivity.papers.shared.terminal import columns_of, pieces
from coercivity.papers.shared.words import paper_words

WIDTH = 100
MOST_ROWS = 2
_WORDS = paper_words("market_base_year_text", "words")
_STANDS = paper_words("market_base_year_text", "stands")
_QUALITY = paper_words("market_base_year_text", "quality")
_PLACES = paper_words("market_base_year_text", "places")
_GOODS = paper_words("market_base_year_text", "goods")
_MEANINGS = paper_words("market_base_year_text", "meanings")
_PRICE_WIDTHS, _FLOW_WIDTHS = (18, 8, 8, 7, 11, 10), (60, 9, 9, 9, 6)
_BALANCE_WIDTHS = (10, 12, 10, 12, 10, 12, 20)


def base_year_lines(body: BaseYearData, lang: Lang = "en") -> tuple[str, ...]:
    """Returns the base year against reported figures as lines.

    Args:
        body: The result as plain data.
        lang: Language of the words.
    """
    head = f"{_say('head', lang)}   {body['scenario']}   {body['from']} .. {body['to']}   {body['hash'][:12]}"
    lines = [head, "", *_prices(body, lang), "", *_flows(body, lang), "", *_balance(body, lang), ""]
    return (*lines, *(line for text in _MEANINGS.values() for line in wrapped(say(text, lang), "")))


def _prices(body: BaseYearData, lang: Lang) -> Iterator[str]:
    yield _say("prices", lang)
    yield _cells(
        ("  " + _say("place", lang), *_heads(lang, "model", "quote", "ratio", "stands", "quality", "rows")),
        _PRICE_WIDTHS,
    )
    for good, rows in groupby(body["prices"], key=lambda row: str(row["good"])):
        held = list(rows)
        yield f"{good}  {say(_GOODS.get(good) or body['names']['goods'].get(good, {'en': good}), lang)}"
        for row in held:
            yield _cells(_price(row, body, lang), _PRICE_WIDTHS)
        yield from wrapped(f"{_say('cause', lang)}{_colon(lang)}{say(held[0]['cause'], lang)}", "    ")


def _price(row: PriceCheck, body: BaseYearData, lang: Lang) -> tuple[str, ...]:
    place = _PLACES.get(row["place"]) or body["names"]["regions"].get(row["place"], {"en": row["place"]})
    how = "untaxed" if " / (1 + " in row["how"] else "finished" if " / " in row["how"] else ""
    rows = _rows(row, lang) + (_say("detail", lang).format(_say(how, lang)) if how else "")
    return (
        "  " + say(place, lang),
        _number(row["model_usd_per_kg"]),
        _number(row["quote_usd_per_kg"]),
        f"{row['ratio']:.2f}",
        say(_STANDS[row["stands"]], lang),
        say(_QUALITY[row["quality"]], lang),
        rows,
    )


def _flows(body: BaseYearData, lang: Lang) -> Iterator[str]:
    yield _say("flows", lang)
    yield _cells(("", *_heads(lang, "model", "reported", "closed", "ratio", "quality")), _FLOW_WIDTHS)
    for row in body["flows"]:
        share = row["unit"] == "fraction"
        figures = (f"{m:.1%}" if share else f"{m:,.0f}" for m in (row["model"], row["reported"], row["closed"]))
        name = say(row["name"], lang)
        quality = say(_QUALITY[row["quality"]], lang)
        cells = (_say("of_exports", lang).format(name) if share else name, *figures, f"{row['ratio']:.2f}", quality)
        yield _cells(cells, _FLOW_WIDTHS)
        yield from wrapped(f"{_say('reported', lang)} = {row['how']}", "    ")
        yield from wrapped(f"{_say('cause', lang)}{_colon(lang)}{say(row['cause'], lang)}", "    ")


def _balance(body: BaseYearData, lang: Lang) -> Iterator[str]:
    yield _say("balance", lang)
    heads = _heads(lang, "item", "before", "of_use", "published", "after", "aside", "row")
    yield _cells(heads, _BALANCE_WIDTHS)
    for row in body["balance"]:
        share = row["residual_before_share"]
        cells = (
            row["item"],
            _tonnes(row["residual_before"]),
            "–" if share is None else f"{share:.1%}",
            _tonnes(row["residual_published"]),
            _tonnes(row["residual_after"]),
            _tonnes(row["aside_after"]),
            row["row"],
        )
        yield _cells(cells, _BALANCE_WIDTHS)


def _rows(row: PriceCheck, lang: Lang) -> str:
    """Returns the rows of a quote, only the first of many; conversion coefficients are in the JSON."""
    names = [name for name in row["rows"] if f"/ {name}" not in row["how"]]
    table = names[0].partition(":")[0]
    shown = ", ".join(name.removeprefix(f"{table}:") for name in names[:MOST_ROWS])
    more = _say("more", lang).format(count=len(names) - MOST_ROWS)
    return f"{table}:{shown}" if len(names) <= MOST_ROWS else f"{table}:{shown}, {more}"


def _number(usd_per_kg: float) -> str:
    return f"{usd_per_kg:,.1f}" if usd_per_kg >= 100 else f"{usd_per_kg:.2f}"


def _tonnes(mass_t: float | None) -> str:
    return "–" if mass_t is None else f"{round(mass_t) + 0:,d}"


def _heads(lang: Lang, *names: str) -> tuple[str, ...]:
    return tuple(_say(name, lang) for name in names)


def _colon(lang: Lang) -> str:
    return "：" if lang == "zh" else ": "


def _say(word: str, lang: Lang) -> str:
    return say(_WORDS[word], lang)


def _cells(cells: tuple[str, ...], widths: tuple[int, ...]) -> str:
    padded = (cell + " " * max(width - columns_of(cell), 1) for cell, width in zip(cells, widths, strict=False))
    return ("".join(padded) + "".join(cells[len(widths) :])).rstrip()


def wrapped(text: str, indent: str) -> Iterator[str]:
    """Yields a text in lines no wider than the terminal; a Chinese text may break after any character.

    Args:
        text: The text.
        indent: Indentation of each line.
    """
    line = indent
    for word in pieces(text):
        if columns_of(line + word.rstrip()) > WIDTH and line.strip():
            yield line.rstrip()
            line = indent
        line += word if line.strip() else word.lstrip()
    if line.strip():
        yield line.rstrip()
