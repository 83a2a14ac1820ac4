"""A forecast as sections of sentences and tables, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.words import Lang
from coercivity.papers.backtest.wording import band_text, value_text
from coercivity.papers.forecast.report_data import FigureForecast, ForecastReport, SeriesForecast, StatedData
from coercivity.papers.forecast.wording import figure_text, path_text, period_text, wording
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.paper.figures import listed
from coercivity.papers.shared.paper.sections import PaperSection, PaperTable, Wording

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("exports", ("exports",)),
    ("prices", ("quote", "traded")),
    ("gaps", ("gap",)),
    ("licences", ("licences",)),
)
_SHORT = 12
_BANDS = ("50", "80", "95")
_NUMBERS = ("median",)


def forecast_title(body: ForecastReport, lang: Lang) -> str:
    """Returns the title."""
    return wording(lang)("title", day_text(body["known"], lang), body["first"], body["last"])


def forecast_sections(body: ForecastReport, lang: Lang = "en") -> tuple[PaperSection, ...]:
    """Returns the sections of the paper; those without content are left out.

    Args:
        body: The statement.
        lang: Language.
    """
    w = wording(lang)
    every = (
        w.section("summary", opening(body, w)),
        *(w.section(key, (), [_figures(body, key, whats, w)], [w(f"{key}_note")]) for key, whats in GROUPS),
        w.section("series", (), [_series(body, w)], [w("series_note")]),
        w.section("without", (), [_without(body, w)]),
        w.section("made", made(body, w)),
    )
    return tuple(section for section in every if section.sentences or section.tables)


def opening(body: ForecastReport, w: Wording) -> Iterator[str]:
    """Yields what a reader should know first.

    Args:
        body: The statement.
        w: Words.
    """
    yield w("known", day_text(body["known"], w.lang), body["observed"], body["first"], body["last"])
    if len(body["paths"]) > 1:
        yield w("paths", listed((path_text(path, w) for path in body["paths"]), w.lang))
    else:
        yield w("one_path")
    yield w("bands")


def made(body: ForecastReport, w: Wording) -> Iterator[str]:
    """Yields how the forecast was made, so that it can be made again and checked.

    Args:
        body: The statement.
        w: Words.
    """
    parameters = body["parameters"]
    yield w("law", body["law"]["version"], body["law"]["hash"][:_SHORT], day_text(body["known"], w.lang))
    key = "posterior" if parameters["kind"] == "posterior" else "prior"
    yield w(key, parameters["known"], parameters["hash"][:_SHORT])
    yield w("draws", body["draws"], body["scramble"], body["residuals"])
    yield w("engine", body["engine"]["version"], body["engine"]["code"][:_SHORT])
    yield w("packs", listed((w("pack", name, *_pack(each)) for name, each in body["packs"].items()), w.lang))
    if body["files"]:
        yield w("files", listed((w("pack", each["name"], "", each["hash"][:_SHORT]) for each in body["files"]), w.lang))
    yield w("hash", body["hash"])


def _pack(pack: object) -> Sequence[str]:
    assert isinstance(pack, dict)
    return str(pack["version"]), str(pack["hash"])[:_SHORT]


def _figures(body: ForecastReport, key: str, whats: tuple[str, ...], w: Wording) -> PaperTable:
    rows = [row for figure in body["figures"] if figure["what"] in whats for row in _of_figure(figure, body, w)]
    columns = ("figure", *_law(body), "period", "unit", *_NUMBERS, *_bands())
    return w.table(key, columns, rows, numbers=_NUMBERS)


def _law(body: ForecastReport) -> tuple[str, ...]:
    """Returns the column of the legal scenario, if there are several."""
    return ("path",) if len(body["paths"]) > 1 else ()


def _path(path: str, body: ForecastReport, w: Wording) -> tuple[str, ...]:
    return (path_text(path, w),) if len(body["paths"]) > 1 else ()


def _of_figure(figure: FigureForecast, body: ForecastReport, w: Wording) -> Iterator[tuple[str, ...]]:
    name = figure_text(figure, w)
    for path in body["paths"]:
        for each in figure["paths"][path]:
            unit = w("unit_files") if figure["what"] == "licences" else figure["unit"]
            told = (name, *_path(path, body, w), period_text(each, w), unit)
            yield *told, value_text(each["median"]), *_ends(each, w)


def _series(body: ForecastReport, w: Wording) -> PaperTable:
    rows = [row for series in body["series"] for row in _of_series(series, body, w)]
    columns = ("series", "basis", *_law(body), "period", "unit", "last_known", *_NUMBERS, *_bands())
    return w.table("series", columns, rows, numbers=("last_known", *_NUMBERS))


def _of_series(series: SeriesForecast, body: ForecastReport, w: Wording) -> Iterator[tuple[str, ...]]:
    last = "–" if series["last"] is None else value_text(series["last"]["value"])
    for path in body["paths"]:
        for each in series["paths"][path]:
            named = (series["name"], series["basis"], *_path(path, body, w), period_text(each, w))
            yield *named, series["unit"], last, value_text(each["median"]), *_ends(each, w)


def _without(body: ForecastReport, w: Wording) -> PaperTable:
    rows = [(each[1], each[5], each[6]) for each in body["without"]]
    return w.table("without", ("series", "basis", "unit"), rows)


def _bands() -> tuple[str, ...]:
    return tuple(f"band_{band}" for band in _BANDS)


def _ends(each: StatedData, w: Wording) -> tuple[str, ...]:
    return tuple(band_text(each["bands"][band], w) for band in _BANDS)
