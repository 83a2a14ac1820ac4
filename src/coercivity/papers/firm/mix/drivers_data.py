"""Draws that the scenarios of a mix are, as plain data and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coercivity.base.months import month_text
from coercivity.base.sums import total
from coercivity.base.words import Lang
from coercivity.firm.mix.drivers.scenarios import DrawnCase
from coercivity.papers.firm.mix.late_sections import path_text
from coercivity.papers.firm.mix.report_data import MixDriversData, MixReport
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.paper.figures import listed, percent
from coercivity.papers.shared.paper.sections import PaperSection, Wording

# Draws shown in the table of scenarios; the data has all of them.
SHOWN_DRAWS = 10


def drivers_data(
    drawn: DrawnCase,
    months: int,
    made_with: Mapping[str, str],
    stale: Sequence[str],
    fed: Sequence[str],
    places: Mapping[str, Text],
) -> MixDriversData:
    """Returns the draws of a mix as plain data.

    Args:
        drawn: The draws.
        months: Number of months of the mix.
        made_with: Version of the law and of each data set that they were made with.
        stale: What of it is another one today.
        fed: Second sources that draws cut.
        places: Name of each country by language.
    """
    chance = {
        path: total(each.probability for each in drawn.scenarios if each.path == path) for path in drawn.drivers.paths
    }
    return {
        "read_from": drawn.drivers.named.rpartition("/")[2],
        "packed": drawn.drivers.packed,
        "paths": [
            {"path": path, "draws": len(draws), "chance": f"{chance[path]:.9g}"}
            for path, draws in drawn.drivers.paths.items()
        ],
        "chances_from": "table" if drawn.by_table else "equal",
        "first_month": month_text(drawn.first),
        "last_month": month_text(drawn.first + months - 1),
        "form": drawn.drivers.queues.form,
        "region": drawn.drivers.queues.region,
        "countries": list(drawn.drivers.queues.countries),
        "country_names": {code: places[code] for code in drawn.drivers.queues.countries if code in places},
        "made_with": dict(made_with),
        "stale": list(stale),
        "wait_months": drawn.practice.wait_months,
        "ahead_months": drawn.practice.ahead_months,
        "granted_share": f"{drawn.practice.granted_share:.9g}",
        "fed_from_china": list(fed),
        "priced": list(drawn.priced),
        "priced_by_sheet": list(drawn.by_sheet),
    }


def drivers_section(body: MixReport, w: Wording) -> PaperSection:
    """Returns which draws the scenarios are, what they drive and what they do not; empty for the user's table."""
    found = body["drivers"]
    return w.section("drivers", () if found is None else _sentences(found, body["draws"] or 0, w))


def _sentences(found: MixDriversData, draws: int, w: Wording) -> Iterator[str]:
    paths = [w("path_draws", path_text(each["path"], w), each["draws"]) for each in found["paths"]]
    source = found["read_from"] if found["read_from"] != "cache" else w("cache")
    yield w("drawn", draws, listed(paths, w.lang), source, found["first_month"], found["last_month"])
    yield w("made_with", made_text(found["made_with"], w))
    if found["stale"]:
        yield w("stale", listed([_name(each, w) for each in found["stale"]], w.lang))
    yield w(f"chances_{found['chances_from']}")
    granted = percent(found["granted_share"], w.lang, 1)
    goods, places = w(f"form_{found['form']}"), _places(found, w.lang)
    yield w("driven", goods, places, found["wait_months"], found["ahead_months"], granted)
    if found["fed_from_china"]:
        yield w("fed", listed(found["fed_from_china"], w.lang))
    if found["priced"]:
        yield w("priced", listed(found["priced"], w.lang), places)
    if found["priced_by_sheet"]:
        yield w("priced_by_sheet", listed(found["priced_by_sheet"], w.lang))
    yield w("not_driven_but_prices" if found["priced"] else "not_driven")


def _places(found: MixDriversData, lang: Lang) -> str:
    names = found["country_names"]
    return listed([names[code][lang] if code in names else code for code in found["countries"]], lang)


def made_text(made: Mapping[str, str], w: Wording) -> str:
    """Returns versions in one text."""
    return listed([_name(f"{name} {version}", w) for name, version in made.items()], w.lang)


def _name(text: str, w: Wording) -> str:
    name, _, version = text.partition(" ")
    return w("version", w(f"pack_{name}") if name in ("law", "practice", "world") else name, version)
