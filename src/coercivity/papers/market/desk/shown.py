"""Figures of a comparison as text: what is reported, what the run gives, and the misfit."""

from __future__ import annotations

from coercivity.base.words import Lang, say
from coercivity.papers.market.desk.report_data import CheckRow, Compared
from coercivity.papers.market.desk.spoken import SHARES
from coercivity.papers.outlook.read import num
from coercivity.papers.shared.words import paper_words

WORDS = paper_words("desk_check", "words")
_UNITS = paper_words("desk_check", "units")
_COMPARED = paper_words("desk_check", "compared")
_DAYS: frozenset[Compared] = frozenset(("decision_days", "first_grant_days", "hold_days"))
NONE = "–"
PERCENT, TENS = 100, 10


def word(key: str, lang: Lang) -> str:
    """Returns a word of the comparison."""
    return say(WORDS[key], lang)


def compared_text(row: CheckRow, lang: Lang) -> str:
    """Returns what is compared, or the name of what is reported if nothing is."""
    return say(_COMPARED[row["compared"]], lang) if row["compared"] else say(row["name"], lang)


def amount(value: float, compared: Compared, lang: Lang) -> str:
    """Returns a figure in its unit: a percentage, days, months, or a number."""
    if compared in SHARES:
        return f"{value * PERCENT:.0f} %"
    unit = "days" if compared in _DAYS else "months" if compared == "life_months" else "count"
    return say(_UNITS[unit], lang).format(_round(value))


def _round(value: float) -> str:
    """Returns a count or a time: whole from ten on, with one decimal below."""
    return f"{value:,.0f}" if abs(value) >= TENS or value == round(value) else f"{value:.1f}"


def reported_text(row: CheckRow, lang: Lang) -> str:
    """Returns what is reported, with what it covers by its own words."""
    if row["unit"] == "flag":
        return word("present", lang)
    if row["reported"] is None:
        return row["reported_text"] if lang == "en" else NONE
    if not row["compared"]:
        return _as_reported(row, lang)
    low, high = row["reported_low"], row["reported_high"]
    if low is None and high is None:
        return NONE
    if low is None or high is None:
        key, end = ("up_to", high) if low is None else ("or_more", low)
        return word(key, lang).format(amount(end or 0.0, row["compared"], lang))
    if row["kind"] != "report":
        ends = word("to", lang).format(*(amount(end, row["compared"], lang) for end in (low, high)))
        return word("spread", lang).format(amount(row["reported"], row["compared"], lang), ends)
    ends_told = [amount(end, row["compared"], lang) for end in (low, high)]
    return ends_told[0] if ends_told[0] == ends_told[1] else word("to", lang).format(*ends_told)


def _as_reported(row: CheckRow, lang: Lang) -> str:
    value = row["reported"]
    assert value is not None
    if row["unit"] in ("fraction", "mass_fraction"):
        return f"{value * PERCENT:.3g} %"
    return say(_UNITS.get(row["unit"], {"en": "{}"}), lang).format(_round(value))


def model_text(row: CheckRow, lang: Lang) -> str:
    """Returns the figure of the run, with its spread."""
    if row["model"] is None:
        return NONE
    told = amount(row["model"], row["compared"], lang)
    low, high = row["model_low"], row["model_high"]
    if low is None or high is None or _round(low) == _round(high):
        return told
    return word("spread", lang).format(told, word("to", lang).format(_round(low), _round(high)))


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


def decided(row: CheckRow) -> bool:
    """Returns whether a row is compared."""
    return row["verdict"] != "not_comparable"


def files(value: float | None) -> str:
    """Returns a number of files, days or tonnes of a table."""
    return NONE if value is None else num(round(value, 1)) if abs(value) < TENS else f"{value:,.0f}"
