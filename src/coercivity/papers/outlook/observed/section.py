"""The section on the observed months from which an outlook starts: sentences, charts, tables; one summary sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.observations.state.report import BelievedRow, ObservedReport, SeriesRow
from coercivity.papers.outlook.breadth.section import TextTable, joined
from coercivity.papers.outlook.observed.chart import ObservedChart, observed_chart
from coercivity.papers.outlook.read import num, runs_of
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.words import INSIDE, OUTSIDE, named
from coercivity.papers.shared.words import paper_words

MAGNETS = "magnets"
_LISTED = 3


@dataclass(frozen=True, slots=True)
class ObservedFigure:
    """A chart with its table.

    Attributes:
        title: What it shows.
        told: The last month in words.
    """

    title: str
    told: str
    chart: ObservedChart
    table: TextTable


@dataclass(frozen=True, slots=True)
class ObservedSection:
    """The section.

    Attributes:
        sentences: What a reader should know first.
        about: How the estimate is made.
        exports: Charts of exports, with what they show.
        stocks: Charts of stocks, with what they show.
        tables: State at the end of the last observed month, wedges, rows, sources.
    """

    heading: str
    sentences: tuple[str, ...]
    about: str
    exports: tuple[ObservedFigure, ...]
    exports_told: str
    stocks: tuple[ObservedFigure, ...]
    stocks_told: str
    tables: tuple[TextTable, ...]


def observed_section(report: OutlookReport, lang: Lang) -> ObservedSection | None:
    """Returns the section; None if the outlook does not start from what was observed.

    Args:
        report: The report data.
        lang: Language.
    """
    held = report.get("observed")
    if held is None:
        return None
    texts = _Texts(report, held, lang)
    return ObservedSection(
        word("headings", "observed", lang),
        tuple(texts.sentences()),
        word("captions", "about", lang),
        tuple(texts.figures("shipped", (OUTSIDE,))),
        word("captions", "exports", lang),
        tuple(texts.figures("stock", (OUTSIDE, INSIDE))),
        word("captions", "stocks", lang),
        tuple(each for each in texts.tables() if each.rows),
    )


def observed_summary(report: OutlookReport, lang: Lang) -> str:
    """Returns the sentence that says from which month an outlook starts; empty if it starts from no observation.

    Args:
        report: The report data.
        lang: Language.
    """
    held = report.get("observed")
    if held is None:
        return ""
    return word("sentences", "summary", lang).format(held["months"][-1], len(held["rows"]))


def word(table: str, key: str, lang: Lang) -> str:
    """Returns a text of the section."""
    return say(paper_words("outlook_observed", table)[key], lang)


class _Texts:
    def __init__(self, report: OutlookReport, held: ObservedReport, lang: Lang) -> None:
        self._report, self._held, self._lang = report, held, lang

    def _w(self, table: str, key: str, *values: object) -> str:
        return word(table, key, self._lang).format(*values)

    def _region(self, region: str) -> str:
        return say(named(self._report, "regions", region), self._lang)

    def _group(self, group: str) -> str:
        own = paper_words("outlook_observed", "groups").get(group)
        return say(own or named(self._report, "goods", group), self._lang)

    def sentences(self) -> Iterator[str]:
        """Yields what a reader should know first."""
        held, lang = self._held, self._lang
        months = held["months"]
        yield self._w("sentences", "starts", months[0], months[-1], len(held["rows"]), held["starts"])
        if held["known"]:
            yield self._w("sentences", "known", held["known"])
        if held["files"]:
            yield self._w("sentences", "files", joined(held["files"], lang))
        unseen = [month for month in months if month not in held["observed"]]
        if unseen:
            yield self._w("sentences", "unseen", joined(unseen, lang))
        row = self._row("stock", MAGNETS, OUTSIDE)
        if row is not None:
            ends = (num(row[key][-1]) for key in ("estimate", "low", "high", "own"))
            yield self._w("sentences", "stock", months[-1], *ends)
        yield from self._wedges_told()
        if held["quotes"]:
            goods = {quote["good"] for quote in held["quotes"]}
            yield self._w("sentences", "quotes", len(goods), len(held["quote_rows"]))
        yield self._w("sentences", "desk")

    def _wedges_told(self) -> Iterator[str]:
        told: dict[tuple[str, str, str], list[str]] = {}
        for run in runs_of(self._report):
            for row in self._held.get("runs", {}).get(run.body["id"], []):
                if (row["group"], row["to_region"]) == (MAGNETS, OUTSIDE):
                    sums = (total(row["own_t"]), total(row["estimated_t"]), total(row["observation_t"]))
                    own, seen, wedge = map(num, sums)
                    told.setdefault((own, seen, wedge), []).append(run.key)
        for sums_told, keys in told.items():
            yield self._w("sentences", "wedge", joined(keys, self._lang), *sums_told)

    def figures(self, what: str, regions: Sequence[str]) -> Iterator[ObservedFigure]:
        """Yields the charts of a kind: of magnets by region, of other groups for the given ones."""
        for row in self._held["series"]:
            if row["what"] != what or (row["group"] != MAGNETS and row["region"] not in regions):
                continue
            group, region = self._group(row["group"]), self._region(row["region"])
            title = self._w("titles", what, group, region)
            last = (num(row[key][-1]) for key in ("estimate", "low", "high", "own"))
            told = self._w("forms", "told", title, self._held["months"][-1], *last)
            yield ObservedFigure(title, told, observed_chart(row, self._held["months"]), self._months(title, row))

    def _months(self, title: str, row: SeriesRow) -> TextTable:
        columns: list[tuple[str, Sequence[float | None]]] = [
            ("estimate", row["estimate"]),
            ("low", row["low"]),
            ("high", row["high"]),
            ("own", row["own"]),
        ]
        if row["what"] == "shipped":
            columns.insert(0, ("observed", row["observed"]))
        head = ("month", *(name for name, _ in columns))
        values = (each for _, each in columns)
        cells = ((month, *map(num, each)) for month, *each in zip(self._held["months"], *values, strict=True))
        return self._table(title, head, cells, len(columns), folded=True)

    def tables(self) -> Iterator[TextTable]:
        """Yields the tables."""
        yield self._state()
        yield self._wedges()
        yield self._rows()
        sources = ((r["source"], str(r["rows"]), num(r["share"]), num(r["off"])) for r in self._held["sources"])
        yield self._table(
            word("titles", "sources", self._lang), ("source", "rows", "share", "off"), sources, 3, folded=True
        )
        left_out = ((row["id"], word("why", row["why"], self._lang)) for row in self._held["left_out"])
        yield self._table(word("titles", "left_out", self._lang), ("id", "why"), left_out, 0, folded=True)
        quotes = (
            (
                say(named(self._report, "goods", quote["good"]), self._lang),
                self._region(quote["region"]),
                quote["month"],
                num(quote["usd_per_kg"]),
            )
            for quote in self._held["quotes"]
        )
        title = word("titles", "quotes", self._lang)
        yield self._table(title, ("product", "region", "month", "usd"), quotes, 1, folded=True)

    def _state(self) -> TextTable:
        title = self._w("titles", "state", self._held["months"][-1])
        rows = []
        for row in self._held["series"]:
            if row["what"] == "stock":
                group, region = row["group"], row["region"]
                other = (self._row(what, group, region) for what in ("transit", "held"))
                rows.append(
                    (
                        self._group(group),
                        self._region(region),
                        num(row["estimate"][-1]),
                        self._w("forms", "range", num(row["low"][-1]), num(row["high"][-1])),
                        num(row["own"][-1]),
                        *(num(each["estimate"][-1]) if each is not None else "–" for each in other),
                    )
                )
        return self._table(title, ("product", "region", "stock", "range", "stock_own", "transit", "held"), rows, 5)

    def _wedges(self) -> TextTable:
        rows = [
            (self._group(row["group"]), run.key, month, *map(num, each))
            for run in runs_of(self._report)
            for row in self._held.get("runs", {}).get(run.body["id"], [])
            if row["to_region"] == OUTSIDE
            for month, *each in zip(row["months"], row["own_t"], row["estimated_t"], row["observation_t"], strict=True)
        ]
        columns = ("product", "run", "month", "market", "estimate", "wedge")
        return self._table(word("titles", "wedges", self._lang), columns, rows, 3, folded=True)

    def _rows(self) -> TextTable:
        rows = (
            (
                row["id"],
                row["source"],
                self._what(row),
                row["first"] if row["first"] == row["last"] else self._w("forms", "between", row["first"], row["last"]),
                row["published"],
                num(row["value_t"]),
                num(row["estimate_t"]),
                num(row["off"]),
                num(row["share"]),
            )
            for row in self._held["rows"]
        )
        columns = ("id", "source", "what", "period", "published", "observed", "estimate", "off", "share")
        return self._table(word("titles", "rows", self._lang), columns, rows, 4, folded=True)

    def _what(self, row: BelievedRow) -> str:
        region = self._region(row["region"])
        if row["country"]:
            country = paper_words("outlook_observed", "countries").get(row["country"])
            form = "country" if country is not None else "a_country"
            region = self._w("forms", form, say(country, self._lang) if country is not None else "", region)
        return self._w("titles", "shipped", joined(map(self._group, row["groups"]), self._lang), region)

    def _row(self, what: str, group: str, region: str) -> SeriesRow | None:
        rows = (
            row for row in self._held["series"] if (row["what"], row["group"], row["region"]) == (what, group, region)
        )
        return next(rows, None)

    def _table(
        self, title: str, columns: Sequence[str], rows: Iterator[tuple[str, ...]] | Sequence[tuple[str, ...]],
        numbers: int, *, folded: bool = False,
    ) -> TextTable:  # fmt: skip
        head = tuple(word("cols", column, self._lang) for column in columns)
        return TextTable(title, head, tuple(rows), frozenset(range(len(head) - numbers, len(head))), folded)
