"""Projects, plants and closures outside China: what is decided and why, what starts, which capacity closes."""

from __future__ import annotations

from coercivity.base.words import Lang, say
from coercivity.market.results.mechanisms.rows import ClosureRow
from coercivity.market.results.rows import PlantRow
from coercivity.papers.outlook.breadth.section import Section, chosen, joined, table, told_by_run, word
from coercivity.papers.outlook.names import Names
from coercivity.papers.outlook.read import ReadRun, num, percent
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.words import STAGES, named
from coercivity.papers.shared.words import paper_words

MOST = 40
UNDECIDED = "none"
_PROJECTS = (
    "plant", "region", "stage", "decision", "run", "decided", "start", "clauses", "capacity", "work_speed", "margin_kg",
    "charge_kg",
)  # fmt: skip
_CLOSURES = ("capacity_name", "state", "run", "closed", "standing")
_LEAST_T = 1e-6
# What waits for a price comes first, then what a price or public money decided.
_ORDER = {name: n for n, name in enumerate(("price", "public_money", UNDECIDED, "scenario", "tabulated"))}


def section(report: OutlookReport, lang: Lang, runs: tuple[str, ...] = ()) -> Section:
    """Returns the section on projects and closures.

    Args:
        report: The report data.
        lang: Language.
        runs: Letters of the runs; all by default.
    """
    held = chosen(report, runs)
    heading, about = word("headings", "industry", lang), word("about", "industry", lang)
    closures = [(run, row) for run in held for row in run.body["closures"] if is_closed(row)]
    plants = [(run, row) for run in held for row in run.body["plants"]]
    plants.sort(key=lambda pair: (_ORDER.get(pair[1]["decision"], len(_ORDER)), pair[1]["plant_id"], pair[0].place))
    tables = []
    if plants:
        cells = [_plant(report, run, row, lang) for run, row in plants]
        tables.append(table("projects", _PROJECTS, cells, lang, numbers=4, folded=True, most=MOST))
    if closures:
        cells = [_closure(report, run, row, lang) for run, row in closures]
        tables.append(table("closures", _CLOSURES, cells, lang, numbers=2, most=MOST))
    sentences = ((run.key, _sentence(report, run, lang)) for run in held)
    return Section(
        "industry",
        heading,
        told_by_run(sentences, lang, several=len(held) > 1),
        about,
        tables=tuple(tables),
        absent="" if closures else word("none", "industry", lang),
    )


def is_closed(row: ClosureRow) -> bool:
    """Returns whether a part of a capacity is closed in the last month."""
    return bool(row["closed_t"]) and row["closed_t"][-1] > _LEAST_T


def started(run: ReadRun, last: str) -> int:
    """Returns how many plants start by a month."""
    return sum(1 for row in run.body["plants"] if row["start"] and row["start"] <= last)


def closed(run: ReadRun) -> int:
    """Returns how many capacities are closed at least in part in the last month."""
    return sum(1 for row in run.body["closures"] if is_closed(row))


def undecided(run: ReadRun) -> int:
    """Returns how many plants are not decided."""
    return sum(1 for row in run.body["plants"] if row["decision"] == UNDECIDED)


def _sentence(report: OutlookReport, run: ReadRun, lang: Lang) -> str:
    plants, last = run.body["plants"], report["months"][-1]
    if not plants:
        return ""
    delayed = sum(1 for row in plants if row["delay_months"])
    form = word("sentences", "industry", lang)
    return form.format(started(run, last), len(plants), last, delayed, undecided(run), closed(run))


def _plant(report: OutlookReport, run: ReadRun, row: PlantRow, lang: Lang) -> tuple[str, ...]:
    clauses = joined((say(named(report, "clauses", clause), lang) for clause in row["clauses"]), lang)
    return (
        say(named(report, "plants", row["plant_id"]), lang),
        say(named(report, "regions", row["region"]), lang),
        say(STAGES.get(row["stage"], {"en": row["stage"]}), lang),
        word("decisions", row["decision"], lang),
        run.key,
        row["decided"] or "–",
        row["start"] or "–",
        clauses or "–",
        num(row["capacity_t"]),
        percent(row["work_speed"], lang),
        num(row["margin_usd_per_kg"]),
        num(row["charge_usd_per_kg"]),
    )


def _closure(report: OutlookReport, run: ReadRun, row: ClosureRow, lang: Lang) -> tuple[str, ...]:
    return (
        capacity_text(report, row["capacity"], lang),
        word("states", row["state"][-1], lang),
        run.key,
        num(row["closed_t"][-1]),
        num(row["standing_t"][-1] - row["closed_t"][-1]),
    )


def capacity_text(report: OutlookReport, name: str, lang: Lang) -> str:
    """Returns the name of a capacity, such as magnet, Europe."""
    stage, _, region = name.partition(":")
    told = say(paper_words("outlook_difference", "stages").get(stage, {"en": stage.replace("_", " ")}), lang)
    return joined((told, Names(report, lang).region(region)), lang) if region else told
