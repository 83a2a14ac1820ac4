"""The result of an impact job as the page shows it: clauses, totals, exemptions, licences, and the deals that move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlencode

from coercivity.base.words import plain
from coercivity.verbs.fact_names import short_name_of
from coercivity.verbs.jurisdictions.request import facts_of_others, known_jurisdictions
from coercivity.verbs.jurisdictions.shown import CHINA, called_in, law_holding
from coercivity.verbs.rules import instruments, is_clause
from coercivity.verbs.serving.drafts.impact import (
    CELLS,
    ExemptionData,
    LicenceData,
    LicencesData,
    MoveData,
    MovedDealData,
    PeriodsData,
    ResultData,
    SumsData,
    result_of,
)
from coercivity.verbs.serving.jobs import Job
from coercivity.verbs.words import law_words
from coercivity.web.batch.found import deal_address
from coercivity.web.charts import OUTCOME_FILLS, Chart, sized
from coercivity.web.deal.draft import ASSUMED
from coercivity.web.deal.jurisdictions import OWN
from coercivity.web.fact_words import fact_label
from coercivity.web.rules.look import state_words
from coercivity.web.shown import outcome_text
from coercivity.web.view import Context, View

OUTCOMES = tuple(OUTCOME_FILLS)
REJECTED = "REJECTED"
SHOWN_MOVES, SHOWN_LICENCES, FEW, LONGEST_ADDRESS = 40, 100, 12, 7_500
CLOCKS = ("known", "assume")
DECLARED = ("standing", "said_by", "said_on")
BAR_PX = 34


def found_of(view: View, job: Job) -> Context:
    """Returns what the page shows of a finished job.

    Args:
        view: The address.
        job: The job.
    """
    told = result_of(job)
    moved = told["moved"]
    clauses = _changes(view, told["clauses"])
    cells: Sequence[Mapping[str, str]] = job.result.get(CELLS, ())
    return {
        "source": plain(told["source"]),
        "rows": told["rows"],
        "moved": _sums(view, moved),
        "has_mass": told["has_mass"],
        "has_value": told["has_value"],
        "rulebook_hash": told["rulebook_hash"],
        "draft_hash": told["draft_hash"],
        "drafts": [(plain(one["name"]), one["hash"]) for one in told["drafts"]],
        "clauses": clauses,
        "changed": len(told["clauses"]),
        "chart": outcomes_chart(view, told["before"], told["after"]),
        "moves": [_move(view, one) for one in told["moves"] if one["moved"]][:SHOWN_MOVES],
        "by_clause": [(_named(view, one["clause"]), _sums(view, one["sums"])) for one in told["by_clause"]],
        "exemptions": [_exemption(view, one) for one in told["exemptions"]],
        "licences": _licences(view, told["licences"]),
        "law": None if told["jurisdiction"] == CHINA else view.t(known_jurisdictions()[told["jurisdiction"]].as_dict()),
        "scenarios": [
            (short_name_of(one["name"], view.lang), f"{one['name']}={one['branches'][0]}") for one in told["scenarios"]
        ],
        "deals": [
            _deal(view, job, one, cells[at] if at < len(cells) else {}, told["jurisdiction"])
            for at, one in enumerate(told["deals"])
        ],
        "more_deals": max(moved["deals"] - len(told["deals"]), 0),
        "files": [(name, _size(path)) for name, path in sorted(job.files().items())],
        "job": job.id,
    }


def _size(path: Path) -> str:
    size = path.stat().st_size
    return f"{size:,} B" if size < 10_000 else f"{size / 1024:,.0f} KiB"


def _sums(view: View, sums: SumsData) -> Context:
    """A number of deals with their mass and value; what is not known is counted, never taken as zero."""
    mass = "" if sums["without_mass"] == sums["deals"] else f"{sums['mass_kg'] / 1000:,.3f}".rstrip("0").rstrip(".")
    values = [f"{amount:,.0f} {plain(name)}" for name, amount in sorted(sums["values"].items())]
    return {
        "deals": sums["deals"],
        "mass": mass,
        "without_mass": sums["without_mass"],
        "values": view.signs.semicolon.join(values),
        "without_value": sums["without_value"],
    }


def _named(view: View, clause: str) -> tuple[str, str]:
    """A clause: the end of its address, blank if it is new in the draft, and its name."""
    if not clause:
        return "", view.w("rules.impact_by_vouch")
    law = law_holding(clause)
    known = is_clause(clause, law)
    return (f"clause/{clause}" if known else ""), (called_in(law, clause, view.lang) if known else clause)


def _changes(view: View, clauses: Sequence[PeriodsData]) -> list[Context]:
    """The clauses whose status changes, those of an instrument with the same periods in one row."""
    found: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for one in clauses:
        before, after = _runs(view, one["before"]), _runs(view, one["after"])
        found.setdefault((one["instrument"], before, after), []).append(_named(view, one["clause"]))
    return [
        {"instrument": _instrument(view, name), "before": before, "after": after, "clauses": held}
        for (name, before, after), held in found.items()
    ]


def _instrument(view: View, name: str) -> tuple[str, str]:
    law = law_holding(name)
    known = name in instruments(law)
    return (f"instrument/{name}" if known else ""), (called_in(law, name, view.lang) if known else name)


def _runs(view: View, runs: Sequence[Sequence[str]]) -> str:
    """The periods of a clause in words, the first one only if it is the only one."""
    told = [view.w("rules.impact_run", state_words(view, status), day) for day, status in runs[1:]]
    if not told:
        return state_words(view, runs[0][1]) if runs else view.w("rules.impact_new")
    return view.signs.semicolon.join(told)


def _result(view: View, one: ResultData) -> Context:
    """A result: the chip, the finding, and the risk of refusal."""
    rejected = one["outcome"] == REJECTED
    return {
        "outcome": "" if rejected else one["outcome"],
        "finding": view.w("rules.impact_rejected") if rejected else view.t(law_words("findings", one["finding"])),
        "may_become": one["may_become"],
    }


def _move(view: View, one: MoveData) -> Context:
    return {
        "before": _result(view, one["before"]),
        "after": _result(view, one["after"]),
        "sums": _sums(view, one["sums"]),
    }


def _exemption(view: View, one: ExemptionData) -> Context:
    return {
        "named": _named(view, one["clause"]),
        "effect": view.t(law_words("effects", one["effect"])),
        "begins": one["begins"],
        "kept": _sums(view, one["kept"]),
        "may_keep": _sums(view, one["may_keep"]),
        "rest": _sums(view, one["rest"]),
        "moves": _sums(view, one["moves"]),
        "missing": [
            (view.signs.semicolon.join(fact_label(view, fact) for fact in by["missing"]), _sums(view, by["sums"]))
            for by in one["may_keep_by"]
        ],
    }


def _licences(view: View, told: LicencesData | None) -> Context | None:
    """The licences under which deals run, and what fits to no deal or no licence; None without a table of them."""
    if told is None:
        return None
    rows = [
        {
            "licence": plain(one["licence"]),
            "until": one["valid_until"],
            "remaining": "" if one["remaining_kg"] is None else f"{one['remaining_kg']:,.6g}",
            "deals": one["deals"]["deals"],
            "moved": one["moved"]["deals"],
            "changes": [
                *(view.w(f"rules.impact_licence_{change}") for change in one["changes"]),
                *(view.w(f"rules.impact_licence_{key}", f"{n:,}") for key, n in _outside(one) if n),
            ],
        }
        for one in told["licences"][:SHOWN_LICENCES]
    ]
    lacking = [f"{plain(name)} ({deals:,})" for name, deals in told["not_in_table"].items()]
    idle = [plain(name) for name in told["without_deal"]]
    lines = [
        view.w("rules.impact_licence_from", plain(told["source"])),
        *([view.w("rules.impact_licence_unknown", _few(view, lacking))] if lacking else []),
        *([view.w("rules.impact_licence_idle", _few(view, idle))] if idle else []),
        *([view.w("rules.impact_licence_none", f"{told['without_licence']:,}")] if told["without_licence"] else []),
    ]
    return {"rows": rows, "count": len(told["licences"]), "moved": told["moved"], "told": lines}


def _outside(one: LicenceData) -> list[tuple[str, int]]:
    """The deals that need the licence and leave after its last or before its first day."""
    return [("late", one["late"]["deals"]), ("early", one["early"]["deals"])]


def _few(view: View, names: Sequence[str]) -> str:
    more = f"{view.signs.comma}…" if len(names) > FEW else ""
    return view.signs.comma.join(names[:FEW]) + more


def _deal(view: View, job: Job, one: MovedDealData, cells: Mapping[str, str], code: str) -> Context:
    said = {name: cells[name] for name in DECLARED if cells.get(name)}
    own = {name: text for name, text in cells.items() if name not in DECLARED}
    clocks = {name: str(job.asked[name]) for name in CLOCKS if job.asked.get(name)}
    if code != CHINA:
        other = facts_of_others()
        said |= {f"{OWN}{name}": text for name, text in own.items() if name in other}
        own = {name: text for name, text in own.items() if name not in other}
        clocks = {ASSUMED if name == "assume" else name: text for name, text in clocks.items()}
        said["jurisdiction"] = code
    address = deal_address(view, own, one["on"])
    draft = f"{address}&{urlencode({**said, **clocks, 'draft': view.get('draft')})}" if address else ""
    return {
        "id": plain(one["id"]),
        "row": one["row"],
        "on": one["on"],
        "before": _result(view, one["before"]),
        "after": _result(view, one["after"]),
        "clauses": [_named(view, name) for name in one["clauses"]],
        "missing": [fact_label(view, name) for name in one["missing"]],
        "mass": "" if one["mass_kg"] is None else f"{one['mass_kg']:,.6g}",
        "value": "" if one["value"] is None else f"{one['value']:,.0f} {plain(one['currency'])}",
        "licence": plain(one["licence"]),
        "opens": draft if len(draft) <= LONGEST_ADDRESS else "",
    }


def outcomes_chart(view: View, before: Mapping[str, SumsData], after: Mapping[str, SumsData]) -> Chart:
    """Returns the chart of deals by outcome under the rulebook and under the draft, with its table.

    Args:
        view: The address.
        before: Deals by outcome under the rulebook.
        after: The same under the draft.
    """
    sides = {view.w("rules.impact_before"): before, view.w("rules.impact_after"): after}
    names = [*OUTCOMES, *((REJECTED,) if REJECTED in before or REJECTED in after else ())]
    words = {name: view.w("rules.impact_rejected") if name == REJECTED else outcome_text(view, name) for name in names}
    rows = [
        [side, *(f"{held[name]['deals'] if name in held else 0:,}" for name in names)] for side, held in sides.items()
    ]
    values = [
        {"side": side, "outcome": words[name], "rows": held[name]["deals"], "order": names.index(name)}
        for side, held in sides.items()
        for name in names
        if name in held
    ]
    fills = [*OUTCOME_FILLS.values(), "var(--line)"][: len(names)]
    scale = {"domain": [words[name] for name in names], "range": fills}
    number = {"tickMinStep": 1, "format": ",d"}
    encoding = {
        "y": {"field": "side", "type": "nominal", "sort": list(sides), "title": None, "axis": {"labelLimit": 200}},
        "x": {
            "field": "rows",
            "type": "quantitative",
            "aggregate": "sum",
            "title": view.w("rules.impact_deals"),
            "axis": number,
        },
        "color": {"field": "outcome", "type": "nominal", "scale": scale, "title": None, "legend": {"columns": 2}},
        "order": {"field": "order", "type": "quantitative"},
    }
    mark = {"type": "bar", "height": {"band": 0.72}}
    spec = sized(BAR_PX * len(sides), data={"values": values}, mark=mark, encoding=encoding)
    head = ["", *(words[name] for name in names)]
    title = view.w("rules.impact_chart")
    return Chart("outcomes", title, spec, head, rows, "", frozenset(range(1, len(head))))
