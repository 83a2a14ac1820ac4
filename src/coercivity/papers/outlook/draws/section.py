"""The section of an outlook that says how sure its figures are: sentences, charts and tables as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coercivity.base.sums import total
from coercivity.base.words import Lang
from coercivity.ensemble.results.rows import DrawnFigure, DrawsReport
from coercivity.papers.outlook.breadth.section import TextTable
from coercivity.papers.outlook.draws.beside import draws_of, figures_by_key
from coercivity.papers.outlook.draws.causes import CauseShown, causes_shown, learn_rows
from coercivity.papers.outlook.draws.fans import FanPanel, panels
from coercivity.papers.outlook.draws.wording import (
    FEW_DRAWS,
    capital,
    event_name,
    figure_name,
    listed,
    range_text,
    run_letters,
    shared_months,
    signed_text,
    unit_text,
    value_text,
    word,
)
from coercivity.papers.outlook.read import num, percent
from coercivity.papers.outlook.report_data import OutlookReport


@dataclass(frozen=True, slots=True)
class DrawsSection:
    """What draws say, for the page and for the workbook.

    Attributes:
        sentences: What a reader should know first.
        figures: The figures with their ranges.
        panels: Fans by series.
        causes: What moves each figure.
        learn: What to learn next.
        notes: What is drawn and what is not, which months are shared, and which draws failed.
    """

    heading: str
    sentences: tuple[str, ...]
    figures: TextTable | None
    panels: tuple[FanPanel, ...]
    causes: tuple[CauseShown, ...]
    learn: TextTable | None
    chances: TextTable | None
    differences: TextTable | None
    rows: TextTable | None
    notes: tuple[str, ...]

    @property
    def tables(self) -> tuple[TextTable, ...]:
        """Every table that has rows, in the order of the page."""
        found = [self.figures, *(shown.table for shown in self.causes), self.learn, self.chances, self.differences]
        return tuple(held for held in (*found, self.rows) if held is not None)


def draws_section(report: OutlookReport, lang: Lang) -> DrawsSection | None:
    """Returns the section on draws, or None if the outlook has none.

    Args:
        report: The report data.
        lang: Language.
    """
    draws = draws_of(report)
    if draws is None:
        return None
    return DrawsSection(
        heading=word("headings", "draws", lang),
        sentences=tuple(_sentences(report, draws, lang)),
        figures=_figures(report, draws, lang),
        panels=panels(report, draws, lang),
        causes=causes_shown(report, draws, lang),
        learn=learn_rows(report, draws, lang),
        chances=_chances(report, draws, lang),
        differences=_differences(report, draws, lang),
        rows=_rows(draws, lang),
        notes=tuple(_notes(draws, lang)),
    )


def _sentences(report: OutlookReport, draws: DrawsReport, lang: Lang) -> Iterator[str]:
    """Yields what to know first: the first figure with its range, and what moves it; then what was drawn."""
    letters = run_letters(report)
    for rows in list(figures_by_key(draws).values())[:1]:
        told = [
            word("sentences", "figure_run", lang).format(
                letters.get(row["run"], row["run"]),
                range_text(row["quantiles"].get("10"), row["quantiles"].get("90"), row["unit"], lang),
            )
            for row in rows
        ]
        name, unit = figure_name(report, rows[0]["figure"], lang), unit_text(rows[0]["unit"], lang)
        form = word("sentences", "figure" if unit else "figure_plain", lang)
        yield form.format(capital(name), listed(told, lang), unit)
    if draws["draws"] < FEW_DRAWS:
        yield word("sentences", "few", lang).format(draws["draws"])
    for shown in causes_shown(report, draws, lang)[:1]:
        yield word("sentences", "first_cause", lang).format(
            capital(figure_name(report, shown.figure, lang)), shown.run, shown.sentence
        )
    if outside := _outside(report, draws, lang):
        yield word("sentences", "outside", lang).format(listed(outside, lang))
    drawn = round(total(draws["rows"]["drawn"].values()))
    yield word("sentences", "drawn", lang).format(draws["draws"], f"{drawn:,}", draws["first"], draws["last"])


def _outside(report: OutlookReport, draws: DrawsReport, lang: Lang) -> list[str]:
    """Returns the figures of which the run without draws lies outside the range of 80 % of the draws, with the runs."""
    letters, found = run_letters(report), []
    for key, rows in figures_by_key(draws).items():
        runs = [letters.get(row["run"], row["run"]) for row in rows if _lies_outside(row)]
        if runs:
            name = capital(figure_name(report, key, lang))
            found.append(word("forms", "with_id", lang).format(name, word("forms", "and", lang).join(runs)))
    return found


def _lies_outside(row: DrawnFigure) -> bool:
    usual, levels = row["usual"], row["quantiles"]
    return usual is not None and not levels.get("10", usual) <= usual <= levels.get("90", usual)


def _figures(report: OutlookReport, draws: DrawsReport, lang: Lang) -> TextTable | None:
    """Returns the figures with their ranges; how many draws have a value is told where not all of them do."""
    letters = run_letters(report)
    told = any(row["draws"] != draws["draws"] for row in draws["figures"])
    rows = []
    for row in draws["figures"]:
        unit, levels = unit_text(row["unit"], lang), row["quantiles"]
        name = capital(figure_name(report, row["figure"], lang))
        cells = (
            word("forms", "name_unit" if unit else "name", lang).format(name, unit),
            letters.get(row["run"], row["run"]),
            value_text(row["usual"], row["unit"], lang),
            value_text(levels.get("50"), row["unit"], lang),
            range_text(levels.get("10"), levels.get("90"), row["unit"], lang),
            _precision(row["half_width"], row["unit"], lang),
        )
        rows.append((*cells, f"{row['draws']:,}") if told else cells)
    columns = ("figure", "run", "usual", "median", "range", "precision", *(("draws",) if told else ()))
    return _table("figures", columns, rows, lang, numbers=len(columns) - 2)


def _precision(half_width: float, unit: str, lang: Lang) -> str:
    """Returns by how much the median may be off because there are only so many draws."""
    if unit.startswith("month"):
        return word("forms", "months", lang).format(num(half_width))
    return f"±{percent(half_width, lang) if unit in ('fraction', 'share') else num(half_width)}"


def _chances(report: OutlookReport, draws: DrawsReport, lang: Lang) -> TextTable | None:
    letters = run_letters(report)
    rows = tuple(
        (
            capital(event_name(report, row["event"], lang)),
            letters.get(row["run"], row["run"]),
            percent(row["chance"], lang),
            range_text(row["low"], row["high"], "fraction", lang),
            f"{row['draws']:,}",
        )
        for row in draws["chances"]
    )
    return _table("chances", ("event", "run", "chance", "interval", "draws"), rows, lang, numbers=3)


def _differences(report: OutlookReport, draws: DrawsReport, lang: Lang) -> TextTable | None:
    letters = run_letters(report)
    rows = []
    form = word("forms", "between", lang)
    for row in draws["differences"]:
        levels, unit = row["quantiles"], "months" if row["unit"].startswith("month") else row["unit"]
        spread = [signed_text(levels[level], unit) for level in ("10", "90") if level in levels]
        pair = (letters.get(row["run"], row["run"]), letters.get(row["less"], row["less"]))
        rows.append(
            (
                capital(figure_name(report, row["figure"], lang)),
                word("forms", "less", lang).format(*pair),
                unit_text("points" if unit in ("fraction", "share") else unit, lang) or "–",
                signed_text(row["mean"], unit),
                form.format(signed_text(row["low"], unit), signed_text(row["high"], unit)),
                form.format(*spread) if len(spread) == 2 else "–",
                percent(row["share_positive"], lang),
                f"{row['draws']:,}",
            )
        )
    columns = ("figure", "runs", "unit", "mean", "mean_interval", "range", "positive", "pairs")
    return _table("differences", columns, tuple(rows), lang, numbers=5)


def _rows(draws: DrawsReport, lang: Lang) -> TextTable | None:
    drawn, kept = draws["rows"]["drawn"], draws["rows"]["not_drawn"]
    by_group, by_reason = word("forms", "drawn_group", lang), word("forms", "not_drawn", lang)
    rows = [(by_group.format(word("groups", group, lang)), count) for group, count in drawn.items() if count]
    for reason, count in sorted(kept.items(), key=lambda item: (-item[1], item[0])):
        rows.append((by_reason.format(word("reasons", reason, lang)), count))
    told = tuple((capital(text), f"{count:,}") for text, count in rows)
    return _table("rows", ("rows", "count"), told, lang, numbers=1, folded=True)


def _notes(draws: DrawsReport, lang: Lang) -> Iterator[str]:
    shared = shared_months(draws["shared"], lang)
    yield word("notes", "shared", lang).format(shared) if shared else word("notes", "no_shared", lang)
    yield word("notes", "law", lang)
    if (given := draws.get("parameters")) is not None:
        key = "parameters" if given["known"] else "parameters_prior"
        keys = listed([name.partition(":")[2] for name in given["rows"]], lang)
        kind = word("notes", given["kind"], lang)
        yield word("notes", key, lang).format(len(given["rows"]), kind, given["hash"][:16], given["known"], keys)
    if draws["failed"]:
        told = listed(draws["failed"][:3], lang)
        yield word("notes", "failed", lang).format(len(draws["failed"]), told)
    yield word("notes", "design", lang).format(draws["design"][:24])


def _table(
    title: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str, ...]],
    lang: Lang,
    *,
    numbers: int,
    folded: bool = False,
) -> TextTable | None:
    """Returns a table whose last columns are numbers, or None if it has no rows."""
    if not rows:
        return None
    head = tuple(word("cols", column, lang) for column in columns)
    numeric = frozenset(range(len(head) - numbers, len(head)))
    return TextTable(word("titles", title, lang), head, tuple(rows), numeric, folded)
