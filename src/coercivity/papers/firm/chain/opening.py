"""What a reader of a licence time should know first: by when to sign, and when the goods arrive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.words import say
from coercivity.papers.firm.chain.report_data import AirData, ChainReport, GeneralLicenceData, LatestData, ModeData
from coercivity.papers.firm.chain.wording import days_text, mode_text, named_day
from coercivity.papers.firm.words import HOLDERS
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.money import money
from coercivity.papers.shared.paper.figures import cell, figure, listed, percent
from coercivity.papers.shared.paper.sections import Wording

_MOST_GAPS = 3  # named one by one
_MIDDLE, _LOW, _HIGH = "50", "10", "90"
_UNSEEN = 1e-6  # a probability that no figure shows


def opening(body: ChainReport, w: Wording) -> Iterator[str]:
    """Yields the sentences of the summary.

    Args:
        body: The result as plain data.
        w: The words.
    """
    licence = body["general"]
    under = licence is not None and licence["names_plant"] and bool(licence["modes"])
    for mode in body["modes"]:
        yield from (latest_sentence(mode, latest, body, w) for latest in mode["latest"])
    yield from (_arrival(mode, body, w) for mode in body["modes"])
    if licence is not None:
        yield from general_sentences(licence, body, w)
        yield practice_sentence(licence, w)
        if under:
            yield from _latest_under(licence, body, w)
            yield from (_arrival(mode, body, w, under=True) for mode in licence["modes"])
    if body["air"] is not None:
        yield from air_sentences(body["air"], w)
    yield assumed_sentence(body, w)
    yield w("no_refusal")


def assumed_sentence(body: ChainReport, w: Wording) -> str:
    """Returns from which day on dates use an assumed calendar; empty if none does."""
    first = body["assumed_calendar_from"]
    return "" if first is None else w("assumed_from", day_text(first, w.lang))


def _latest_under(licence: GeneralLicenceData, body: ChainReport, w: Wording) -> Iterator[str]:
    """Yields by when to sign under the general licence, where that is another day than through the whole chain."""
    whole = {
        (mode["mode"], latest["confidence"], latest["sign_on"]) for mode in body["modes"] for latest in mode["latest"]
    }
    for mode in licence["modes"]:
        for latest in mode["latest"]:
            if (mode["mode"], latest["confidence"], latest["sign_on"]) not in whole:
                yield w("under_general", latest_sentence(mode, latest, body, w))


def latest_sentence(mode: ModeData, latest: LatestData, body: ChainReport, w: Wording) -> str:
    """Returns by when to sign for a confidence, with the probability on that day and a day later."""
    confidence, name = percent(latest["confidence"], w.lang), mode_text(mode["mode"], mode["kind"], w)
    needed = day_text(body["needed_on"] or "", w.lang) if body["needed_on"] else ""
    if latest["sign_on"] is None or latest["probability"] is None:
        return w("never_sure", confidence, name, needed)
    told = w("sign_by", day_text(latest["sign_on"], w.lang), confidence, name, needed)
    chances = w("on_that_day", percent(latest["probability"], w.lang))
    if latest["next_day_probability"] is not None:
        chances = w(
            "on_both_days", percent(latest["probability"], w.lang), percent(latest["next_day_probability"], w.lang)
        )
    passed = w("passed") if latest["sign_on"] < body["signed_on"] else ""
    return w("with_chances", told, chances) + passed


def _arrival(mode: ModeData, body: ChainReport, w: Wording, *, under: bool = False) -> str:
    """Returns when goods arrive that are signed for on the day, as a sentence."""
    quantiles = mode["quantiles_on"]
    days = [named_day(quantiles.get(level), w) for level in (_MIDDLE, _LOW, _HIGH)]
    name = mode_text(mode["mode"], mode["kind"], w)
    told = w("arrives_general" if under else "arrives", day_text(body["signed_on"], w.lang), name, *days)
    if mode["needed_probability"] is None or body["needed_on"] is None:
        return told
    needed = w("by_needed", day_text(body["needed_on"], w.lang), percent(mode["needed_probability"], w.lang))
    return told + needed


def general_sentences(licence: GeneralLicenceData, body: ChainReport, w: Wording) -> Iterator[str]:
    """Yields what a general licence does on the day of signing, and until when."""
    end, names = day_text(licence["valid_through"], w.lang), listed(licence["names"], w.lang)
    if not licence["names_plant"]:
        yield w("not_named", names, body["plant"] or w("no_plant"))
        return
    signed = day_text(body["signed_on"], w.lang)
    yield w("left_out", names, end, signed, percent(licence["left_out_probability"], w.lang))
    if licence["sure_until"] is not None:
        yield w("sure_until", day_text(licence["sure_until"], w.lang))
    if licence["never_from"] is not None:
        yield w("never_from", day_text(licence["never_from"], w.lang))


def practice_sentence(licence: GeneralLicenceData, w: Wording) -> str:
    """Returns what reports say of general licences, with their source; empty if there is none."""
    told = licence["practice"]
    if told is None:
        return ""
    conditions = listed((say(each, w.lang) for each in told["conditions"]), w.lang)
    names = (say(HOLDERS.get(name, {"en": name}), w.lang) for name in told["holders"])
    first, holders = day_text(told["first_reported"], w.lang), listed(names, w.lang)
    return w("general_practice", first, holders, told["years"], conditions, told["years_by_law"], told["source"])


def air_sentences(air: AirData, w: Wording) -> Iterator[str]:
    """Yields the mass by air that costs least, and from which mass the probability of no lost day changes."""
    best = next((row for row in air["rows"] if row["by_air_kg"] == air["best_kg"]), None)
    none = air["rows"][0] if air["rows"] else None
    kg = figure(air["best_kg"], 3, trim=True)
    if best is not None and none is not None and best is not none:
        totals = (money(float(row["freight_and_loss_usd"]), "USD", w.lang) for row in (best, none))
        yield w("best_air", kg, *totals, cell(best["mean_lost_days"], 2), cell(none["mean_lost_days"], 2))
    elif air["best_kg"] == "0":
        yield w("no_air_pays")
    else:
        yield w("best_air_only", kg)
    if none is not None and float(none["no_lost_day_probability"]) >= 1 - _UNSEEN:
        yield w("stock_lasts")
    elif air["first_step_kg"] is not None:
        step = figure(air["first_step_kg"], 3, trim=True)
        yield w("first_step", step, _gaps(air, w), *_smaller(air, w))
    elif air["gaps"]:
        yield w("no_step", _gaps(air, w))
    yield w("one_licence", air["one_mode_source"]) if air["one_mode_source"] else w("one_licence_unconfirmed")


def _gaps(air: AirData, w: Wording) -> str:
    """Returns the days between both parts: each of a few, else the least and the most."""
    days = sorted({gap["days"] for gap in air["gaps"]})
    if len(days) > _MOST_GAPS:
        return w("between", days[0], days[-1])
    return w("or").join(map(str, days))


def _smaller(air: AirData, w: Wording) -> Sequence[str]:
    """Returns an example of a mass that is too small, as part of the sentence; empty if there is none."""
    if air["use_kg_per_day"] is None or air["first_step_kg"] is None:
        return ("",)
    use, step = float(air["use_kg_per_day"]), float(air["first_step_kg"])
    small = [row["by_air_kg"] for row in air["rows"] if 0 < float(row["by_air_kg"]) < step]
    if not small or not use:
        return ("",)
    return (w("too_small", figure(small[-1], 3, trim=True), days_text(float(small[-1]) / use)),)
