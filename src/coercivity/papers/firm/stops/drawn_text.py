"""Text of line stops over draws, beside what the user's own rows of Delays say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coercivity.base.words import Lang, say
from coercivity.firm.line_stop.results import ANY
from coercivity.papers.firm.stops.drawn_data import ChanceData, DecisionData, PlantDrawnData, StopsDrawnReport
from coercivity.papers.shared.words import paper_words

LINES = paper_words("firm_drawn", "lines")
WORDS = paper_words("firm_drawn", "words")
FORMS = paper_words("firm_drawn", "forms")
CAUSES = paper_words("firm_drawn", "causes")
_EVERYWHERE, _LAPSED, _EXTENDED = "ALL", "lapsed", "extended:"
_INDENT, _DEEPER = "  ", "    "


def stops_drawn_lines(report: StopsDrawnReport, lang: Lang = "en") -> Iterator[str]:
    """Yields line stops over draws as lines of text.

    Args:
        report: The report data.
        lang: Language.
    """
    yield _said("title", lang, draws=report["draws"])
    yield from (_INDENT + text for text in drawn_notes(report, lang))
    if report["decisions"]:
        yield _said("days", lang)
    for decisions in _alike(report["decisions"]):
        yield _INDENT + _decision_line(decisions, lang)
    yield _said("plants", lang)
    for plant in report["plants"]:
        yield from _plant_lines(plant, report["until"], lang)
    yield _said("parts", lang)
    for part in report["parts"]:
        yield _INDENT + _said(
            "part",
            lang,
            plant=part["plant"],
            part=part["part"],
            **_chance(part["not_met"], lang),
            **_three(part["first_on"], lang),
        )
    yield from _paid_lines(report, lang)


def drawn_notes(report: StopsDrawnReport, lang: Lang) -> Iterator[str]:
    """Yields what the draws count and assume."""
    if report["used"] < report["draws"]:
        yield _said("used", lang, used=report["used"], draws=report["draws"], on=report["on"])
    yield _said("practice", lang, known=report["known"])
    kinds = {each["kind"] for each in report["decisions"]}
    yield _said("independent" if report["independent"] else "one", lang)
    if kinds:
        yield _said("refused", lang)
    if "renewal" in kinds:
        yield _said("renewal", lang)


def price_notes(report: StopsDrawnReport, lang: Lang) -> Iterator[str]:
    """Yields where the prices of the contracts come from; nothing without contracts."""
    if not report["paid"]:
        return
    if any(paid["kept_prices"] for paid in report["paid"]):
        names = "; ".join(f"{index} = {what}" for index, what in report["price_series"].items())
        yield _said("series", lang, series=names)
        yield _said("legal_apart", lang)
    elif report["price_series"]:
        yield _said("sheet", lang, command=report["price_command"])
    else:
        yield _said("no_index", lang)


def _said(word: str, lang: Lang, **values: object) -> str:
    return say(LINES[word], lang).format(**values)


def _plant_lines(plant: PlantDrawnData, until: str, lang: Lang) -> Iterator[str]:
    name = say(WORDS["any"], lang) if plant["plant"] == ANY else plant["plant"]
    own = plant["own_standing"]
    beside = _said("own", lang, chance=percent_text(own, lang)) if own is not None else _said("no_own", lang)
    yield _INDENT + _said("plant", lang, plant=name, until=until, **_chance(plant["standing"], lang))
    yield _DEEPER + beside
    yield _DEEPER + _said("first", lang, **_three(plant["first_on"], lang))
    if plant["mean_lost_days"] is not None:
        text = _said("lost", lang, mean=f"{plant['mean_lost_days']:.1f}", **_three(plant["lost_days"], lang))
        yield _DEEPER + text + _own_mean(plant["own_mean_lost_days"], lang)
    if plant["mean_loss_keur"] is not None:
        text = _said("loss", lang, mean=f"{plant['mean_loss_keur']:,.1f}", **_three(plant["loss_keur"], lang))
        yield _DEEPER + text + _own_mean(plant["own_mean_loss_keur"], lang)
    for cause in plant["causes"]:
        words = say(CAUSES[cause["cause"]], lang).format(of=cause["of"])
        yield _DEEPER + _said("cause", lang, share=percent_text(cause["share"], lang), part=cause["part"], cause=words)


def _own_mean(mean: float | None, lang: Lang) -> str:
    if mean is None:
        return ""
    joint = "；" if lang == "zh" else "; "
    return joint + _said("own_mean", lang, mean=f"{mean:,.1f}")


def _alike(decisions: list[DecisionData]) -> list[list[DecisionData]]:
    """Returns decisions, those together that differ in the destination alone."""
    found: dict[str, list[DecisionData]] = {}
    for decision in decisions:
        found.setdefault(str({**decision, "country": ""}), []).append(decision)
    return list(found.values())


def _decision_line(decisions: list[DecisionData], lang: Lang) -> str:
    decision = decisions[0]
    places = [say(WORDS["everywhere"], lang) if d["country"] == _EVERYWHERE else d["country"] for d in decisions]
    return _said(
        "grant" if decision["kind"] == "grant" else "renewed",
        lang,
        since=decision["since"],
        form=say(FORMS[decision["form"]], lang),
        country=("、" if lang == "zh" else ", ").join(places),
        refused=percent_text(decision["refused"]["chance"], lang),
        **_three(decision["days"], lang),
    )


def _paid_lines(report: StopsDrawnReport, lang: Lang) -> Iterator[str]:
    if not report["paid"]:
        return
    months = report["price_months"]
    yield _said("contracts", lang, first=months[0], last=months[-1])
    for paid in report["paid"]:
        levels = _three(paid["paid_usd"], lang)
        legal = legal_words(paid["legal"], lang) if paid["kept_prices"] else say(WORDS["sheet"], lang)
        mean = f"{paid['mean_usd']:,.0f}"
        yield _INDENT + _said("paid", lang, legal=legal, mean=mean, draws=paid["draws"], **levels)
    yield from (_INDENT + text for text in price_notes(report, lang))


def legal_words(legal: str, lang: Lang) -> str:
    """Returns the name of a legal scenario.

    Args:
        legal: As the runs of the market name it: lapsed, extended:DAY, or empty.
        lang: Language.
    """
    if legal.startswith(_EXTENDED):
        return say(WORDS["extended"], lang).format(legal.removeprefix(_EXTENDED))
    return say(WORDS[_LAPSED if legal == _LAPSED else "as_known"], lang)


def percent_text(share: float, lang: Lang) -> str:
    """Returns a share in per cent; in Chinese without a blank before the sign."""
    return f"{100 * share:.1f}%" if lang == "zh" else f"{100 * share:.1f} %"


def _chance(chance: ChanceData, lang: Lang) -> dict[str, str]:
    return {
        "chance": percent_text(chance["chance"], lang),
        "from_": percent_text(chance["low"], lang),
        "to": percent_text(chance["high"], lang),
    }


def _three(levels: Mapping[str, object], lang: Lang) -> dict[str, str]:
    """Returns the three percentiles as text."""
    texts = [_text(value) or say(WORDS["none"], lang) for value in levels.values()]
    return dict(zip(("low", "mid", "high"), texts, strict=True))


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if isinstance(value, float) else str(value)
