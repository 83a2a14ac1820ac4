"""Figures of a comparison as text: what is reported, what the run gives, and the misfit."""

from __future__ import annotations

from collections.abc import Mapping

from coercivity.base.words import Lang, say
from coercivity.papers.market.desk.report_data import Asked, CheckRow, Compared, DeskCheckBranch
from coercivity.papers.market.desk.spoken import SHARES
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.words import paper_words
from coercivity.practice.desk import EVERYWHERE

WORDS = paper_words("desk_check", "words")
REASONS = paper_words("desk_check", "reasons")
VERDICTS = paper_words("desk_check", "verdicts")
FORM_NAMES = paper_words("desk_check", "forms")
USER_NAMES = paper_words("desk_check", "users")
_UNITS = paper_words("desk_check", "units")
_COMPARED = paper_words("desk_check", "compared")
_DAYS: frozenset[Compared] = frozenset(("decision_days", "first_grant_days", "hold_days"))
NONE = "–"
_REMARK = "remark"  # the name of the metrics that have none of their own
PERCENT, TENS = 100, 10


def word(key: str, lang: Lang) -> str:
    """Returns a word of the comparison."""
    return say(WORDS[key], lang)


def destination_text(destination: str, places: Mapping[str, Text], lang: Lang) -> str:
    """Returns the name of a destination or group of them; one code may stand for several countries."""
    if destination == EVERYWHERE:
        return word("all_places", lang)
    return say(places[destination], lang) if destination in places else destination


def asked_text(asked: Asked, places: Mapping[str, Text], lang: Lang) -> tuple[str, str, str]:
    """Returns form, destination and user of the queues asked for."""
    place = asked["destination"]
    told = word("everywhere", lang) if place == EVERYWHERE else destination_text(place, places, lang)
    return say(FORM_NAMES[asked["form"]], lang), told, say(USER_NAMES[asked["user"]], lang)


def compared_text(row: CheckRow, lang: Lang) -> str:
    """Returns what is compared, or what is reported if nothing is: for a remark its metric, which is in English."""
    if row["compared"]:
        return say(_COMPARED[row["compared"]], lang)
    remark = lang == "en" and row["name"].get("en") == _REMARK
    return row["metric"].replace("_", " ") if remark else say(row["name"], lang)


def amount(value: float, compared: Compared, lang: Lang) -> str:
    """Returns a figure in its unit: a percentage, days, months, or a number."""
    return _united(_number(value, compared), compared, lang)


def _number(value: float, compared: Compared) -> str:
    return f"{value * PERCENT:.0f}" if compared in SHARES else _round(value)


def _united(told: str, compared: Compared, lang: Lang) -> str:
    """Returns numbers with the unit after them."""
    if compared in SHARES:
        return percent_text(told, lang)
    unit = "days" if compared in _DAYS else "months" if compared == "life_months" else "count"
    return say(_UNITS[unit], lang).format(told)


def percent_text(told: str, lang: Lang) -> str:
    """Returns a number with a per cent sign; in Chinese without a blank before it."""
    return f"{told}%" if lang == "zh" else f"{told} %"


def _round(value: float) -> str:
    """Returns a count or a time: whole from ten on, with one decimal below."""
    decimal = f"{abs(value):.1f}"
    return f"{value:,.0f}" if abs(value) >= TENS or decimal.endswith(".0") else decimal


def reported_text(row: CheckRow, lang: Lang) -> str:
    """Returns what is reported, with what it covers as it is worded."""
    if row["unit"] == "flag":
        return word("present", lang)
    if row["reported"] is None:
        return row["reported_text"] if lang == "en" else NONE
    if not row["compared"]:
        return _as_reported(row, lang)
    low, high, compared = row["reported_low"], row["reported_high"], row["compared"]
    if low is None or high is None:
        key, end = ("up_to", high) if low is None else ("or_more", low)
        return NONE if end is None else word(key, lang).format(amount(end, compared, lang))
    ends = word("to", lang).format(_number(low, compared), _number(high, compared))
    if row["kind"] != "report":
        return word("spread", lang).format(amount(row["reported"], compared, lang), ends)
    same = _number(low, compared) == _number(high, compared)
    return amount(low, compared, lang) if same else _united(ends, compared, lang)


def _as_reported(row: CheckRow, lang: Lang) -> str:
    value = row["reported"]
    assert value is not None
    if row["unit"] in ("fraction", "mass_fraction"):
        return percent_text(f"{value * PERCENT:.3g}", lang)
    return say(_UNITS.get(row["unit"], {"en": "{}"}), lang).format(_round(value))


def model_text(row: CheckRow, lang: Lang) -> str:
    """Returns the figure of the run, with its spread."""
    if row["model"] is None:
        return NONE
    told = amount(row["model"], row["compared"], lang)
    low, high = row["model_low"], row["model_high"]
    if low is None or high is None or _round(low) == _round(high):
        return told
    ends = word("to", lang).format(_number(low, row["compared"]), _number(high, row["compared"]))
    return word("spread", lang).format(told, ends)


def misfit_text(row: CheckRow, lang: Lang) -> str:
    """Returns the misfit: a ratio, points of a share, files, or that the report covers the figure."""
    value = row["misfit"]
    if value is None:
        return NONE
    if row["within"]:
        return word("covered", lang)
    if row["misfit_is"] == "ratio":
        return word("times", lang).format(f"{value:.2f}")
    if row["compared"] in SHARES:
        return word("points", lang).format(_signed(value * PERCENT))
    return _signed(value)


def _signed(value: float) -> str:
    return f"{value:+.0f}".replace("-", "\u2212")


def inputs_line(branch: DeskCheckBranch, lang: Lang) -> str:
    """Returns how many of the rows compared are inputs of the licensing desk; empty if none is."""
    compared = [row for row in branch["checks"] if decided(row)]
    inputs = [row for row in compared if row["used_as_input"]]
    if not inputs:
        return ""
    if len(inputs) == len(compared):
        return word("inputs_all", lang).format(len(inputs))
    return word("inputs", lang).format(len(inputs), len(compared), **branch["counts_apart"])


def inputs_text(row: CheckRow, lang: Lang) -> str:
    """Returns the rows and equations of the licensing desk that rest on a row."""
    told = [_equation(name, lang) for name in row["used_as_input"]]
    return ("、" if lang == "zh" else ", ").join(told) or NONE


def _equation(name: str, lang: Lang) -> str:
    head, _, number = name.partition(" ")
    return word("equation", lang).format(number) if head == "equation" else name


def decided(row: CheckRow) -> bool:
    """Returns whether a row is compared."""
    return row["verdict"] != "not_comparable"


def files(value: float | None) -> str:
    """Returns a number of files, days or tonnes of a table."""
    return NONE if value is None else _round(value)
