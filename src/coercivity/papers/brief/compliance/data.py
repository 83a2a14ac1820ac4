"""What compliance costs as report data, from the transactions of a report and what the case states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.firm.company.model import Delay
from coercivity.firm.compliance.cost import QUANTILES, Column, columns_of, refused_chance
from coercivity.firm.compliance.model import Compliance, Vendor
from coercivity.firm.compliance.transfers import KNOW_HOW, LICENCE, Result, Transfer, kind_of
from coercivity.firm.line_stop.actions.deadlines import single_days_within
from coercivity.papers.brief.compliance.report_data import (
    ColumnData,
    ComplianceData,
    DecisionData,
    FigureData,
    FilingsData,
    FineData,
    TransferData,
    VendorData,
)
from coercivity.papers.brief.paper.page_one.suspension import EXTENDED, LAPSED, two_ways
from coercivity.papers.brief.report_data import BriefBody, TransactionData
from coercivity.papers.shared.paper.figures import exact_text, optional_text

NOW = "now"
_FIGURES = ("hours_per_filing", "hourly_cost", "fee_per_filing", "output_per_month", "margin", "start_up_days")
_CHINESE, _PERSONS = "CN", "persons"


@dataclass(frozen=True, slots=True)
class ComplianceAsked:
    """What is known besides the transactions.

    Attributes:
        stated: What the case states of the cost of compliance.
        delays: Scenarios of the authority of its company; none without one.
    """

    stated: Compliance = field(default_factory=Compliance)
    delays: tuple[Delay, ...] = ()


def compliance_data(body: BriefBody, asked: ComplianceAsked) -> ComplianceData | None:
    """Returns what compliance costs; None for a case without a transfer of technology, services or people.

    Args:
        body: The report data so far.
        asked: What the case states, and its scenarios of delay.
    """
    kinds = [_kind(row) for row in body["transactions"]]
    if not any(kind in KNOW_HOW for kind in kinds):
        return None
    stated = asked.stated
    open_ones = any(two_ways(row) is not None for row in body["transactions"])
    scenarios = (LAPSED, EXTENDED) if open_ones else (NOW,)
    transfers = [_transfer(row, scenarios, body["on"]) for row in body["transactions"]]
    columns = columns_of(transfers, scenarios, stated, asked.delays, Day.fromisoformat(body["on"]))
    output, margin = stated.output_per_month, stated.margin
    return {
        "scenarios": list(scenarios),
        "transfers": [_transfer_data(one, stated) for one in transfers],
        "filings": _filings(transfers, scenarios),
        "columns": [_column(one) for one in columns],
        "decision": _decision(asked.delays),
        "fines": _fines(body["transactions"]),
        "figures": _figures(stated),
        "vendors": [_vendor(one) for one in stated.vendors],
        "missing": list(_missing(asked)),
        "plant_needs": list(stated.plant_needs),
        "month_keur": None if output is None or margin is None else exact_text(output * margin),
    }


def _figures(stated: Compliance) -> list[FigureData]:
    units, sources, chinese = stated.units, stated.sources, stated.sources_zh
    return [
        {"name": name, "value": text, "unit": units[name], "source": sources[name], "source_zh": chinese[name]}
        for name, text in stated.texts.items()
    ]


def _vendor(one: Vendor) -> VendorData:
    return {
        "vendor": one.vendor,
        "name_zh": one.name_zh,
        "country": one.country,
        "replaces": list(one.replaces),
        "cost_keur": optional_text(one.cost_keur),
        "months": one.months,
        "from_china": one.from_china,
        "source": one.source,
        "source_zh": one.source_zh,
    }


def _missing(asked: ComplianceAsked) -> Iterator[str]:
    stated = asked.stated
    yield from (name for name in _FIGURES if getattr(stated, name) is None)
    if not stated.plant_needs:
        yield "plant_needs"
    if not asked.delays:
        yield "delays"
    if not stated.vendors:
        yield "second_vendors"
    if any(vendor.cost_keur is None for vendor in stated.vendors):
        yield "cost_keur"
    if any(vendor.months is None for vendor in stated.vendors):
        yield "months"


def _fact(row: TransactionData, name: str) -> str:
    found = next((each["value"] for each in row["proof"]["facts"] if each["fact"] == name), "")
    return found if isinstance(found, str) else ""


def _kind(row: TransactionData) -> str:
    return kind_of(_fact(row, "act"), _fact(row, "form"))


def _transfer(row: TransactionData, scenarios: Iterable[str], on: str) -> Transfer:
    about, planned, held = row["about"], row["planned"], row.get("licences")
    licences = held["licences"] if held is not None else []
    filed = min((one["filed"] for one in licences if one["filed"] is not None), default=None)
    persons = about.get("quantity", "") if about.get("unit") == _PERSONS else ""
    day = planned["on"] if planned is not None else on
    return Transfer(
        id=row["id"],
        kind=kind_of(_fact(row, "act"), _fact(row, "form")),
        persons=int(persons) if persons.isdecimal() else None,
        by_chinese=_fact(row, "exporter_nationality") == _CHINESE,
        planned=Day.fromisoformat(planned["on"]) if planned is not None else None,
        filed=Day.fromisoformat(filed) if filed is not None else None,
        licensed=any(one["in_force"] and (one["valid_until"] or day) >= day for one in licences),
        results={scenario: _result(row, scenario) for scenario in scenarios},
    )


def _result(row: TransactionData, scenario: str) -> Result:
    """Returns the result in a scenario, with the strongest of the clauses that apply in it."""
    both = two_ways(row)
    if both is None:
        return Result(row["outcome"], next(iter(row["grounds"]), ""))
    branch = both.lapsed if scenario == LAPSED else both.extended
    bites = [name for name in row["grounds"] if name in branch["bites"]]
    return Result(branch["outcome"], next(iter(bites), ""))


def _transfer_data(one: Transfer, stated: Compliance) -> TransferData:
    results = one.results.items()
    return {
        "id": one.id,
        "kind": one.kind,
        "persons": one.persons,
        "people_help": one.helped_by_persons,
        "results": {name: {"outcome": each.outcome, "clause": each.clause} for name, each in results},
        "replaced": one.id in stated.replaced,
    }


def _filings(transfers: Sequence[Transfer], scenarios: Sequence[str]) -> list[FilingsData]:
    """Returns filings by the clause that each follows from first, so that they add up."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in transfers:
        for scenario in scenarios:
            result = one.results[scenario]
            if result.outcome == LICENCE and not one.licensed:
                found.setdefault(result.clause, {name: [] for name in scenarios})[scenario].append(one.id)
    return [{"clause": clause, "ids": ids} for clause, ids in found.items()]


def _column(one: Column) -> ColumnData:
    runs = one.runs
    return {
        "scenario": one.scenario,
        "with_vendor": one.with_vendor,
        "filings": list(one.filings),
        "held": list(one.held),
        "prohibited": list(one.prohibited),
        "undetermined": list(one.undetermined),
        "free": list(one.free),
        "hours": optional_text(one.hours),
        "money_keur": {name: optional_text(amount) for name, amount in one.money.items()},
        "sum_keur": exact_text(one.sum_keur),
        "runs": {
            "days": [None if day is None else day.isoformat() for day in runs.days],
            "waits_days": optional_text(runs.waits_days),
            "prohibited": list(runs.prohibited),
            "undetermined": list(runs.undetermined),
        },
    }


def _decision(delays: Sequence[Delay]) -> DecisionData | None:
    if not delays:
        return None
    days = [single_days_within(delays, share) for share in QUANTILES]
    return {"days": days, "refused_chance": exact_text(refused_chance(delays)), "cases": len(delays)}


def _fines(rows: Sequence[TransactionData]) -> list[FineData]:
    """Returns each article on a breach of what the transfers need, with the largest fine that could be computed."""
    found: dict[tuple[str, ...], FineData] = {}
    for row in rows:
        for place, entry in enumerate(row["exposure"]):
            if entry["role"] != "act" or "formula" not in entry:
                continue
            key = (entry["text"]["en"], *entry["basis"])
            one = found.setdefault(
                key, {"ids": [], "transfer": row["id"], "place": place, "low_cny": None, "high_cny": None}
            )
            one["ids"].append(row["id"])
            high = entry.get("high_cny")
            if high is not None and Fraction(high) > Fraction(one["high_cny"] or 0):
                one |= {"transfer": row["id"], "place": place, "low_cny": entry.get("low_cny"), "high_cny": high}
            break
    return list(found.values())
