"""What a report has on prices, read as numbers: the products of the case, in China and outside, month by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.papers.brief.report_data import BriefBody, Supply, TransactionData
from coercivity.papers.shared.names import Text

INSIDE, OUTSIDE = "CN", "XCN"
OXIDES = {"Dy": "ox_Dy", "Tb": "ox_Tb", "Y": "ox_Y", "Nd": "ox_NdPr", "Pr": "ox_NdPr", "Sm": "ox_Sm"}
MAGNETS = {"SmCo": "mag_SmCo"}
HEAVY = ("Dy", "Tb")
_MAGNET, _FINISHED = "magnet", "finished_good"


@dataclass(frozen=True, slots=True)
class PricePath:
    """Prices of a product in one run, by month [USD/kg]; None where there is none."""

    branch: str
    inside: tuple[float | None, ...]
    outside: tuple[float | None, ...]

    def gap(self, place: int) -> float | None:
        """Returns price outside minus price in China in a month [USD/kg]."""
        low, high = self.inside[place], self.outside[place]
        return None if low is None or high is None else high - low


@dataclass(frozen=True, slots=True)
class GoodPrices:
    """Prices of a product in all legal scenarios.

    Attributes:
        worst: Position of the month with the widest gap in any scenario, from the month of the report on.
        clause: The clause that causes most of that gap; empty if none does.
        share: Its share of what widens the gap.
    """

    good: str
    name: Text
    months: tuple[str, ...]
    paths: tuple[PricePath, ...]
    worst: int
    clause: str
    share: float


@dataclass(frozen=True, slots=True)
class ClauseEffect:
    """What a clause changes in the market: exports withheld [t] and net cost of all parties [USD]."""

    clause: str
    withheld_t: float
    cost_usd: float


def case_goods(body: BriefBody) -> tuple[str, ...]:
    """Returns the products of the transactions: magnets by content, oxides of the elements in metals and compounds."""
    found: dict[str, None] = {}
    for row in body["transactions"]:
        for good in _goods(row):
            found.setdefault(good)
    order = (*OXIDES.values(), "mag_high", "mag_none", "mag_SmCo")
    return tuple(good for good in dict.fromkeys(order) if good in found)


def _goods(row: TransactionData) -> Iterator[str]:
    facts: Mapping[str, object] = {entry["fact"]: entry["value"] for entry in row["proof"]["facts"]}
    form, held = facts.get("form"), facts.get("elements")
    elements = [str(one) for one in held] if isinstance(held, list | tuple) else []
    heavy = [OXIDES[element] for element in elements if element in HEAVY]
    if form in (_MAGNET, _FINISHED):
        kind = str(facts.get("magnet_type", ""))
        yield MAGNETS.get(kind, "mag_high" if heavy else "mag_none")
        yield from heavy
    elif elements:
        yield from (OXIDES[element] for element in elements if element in OXIDES)


def good_prices(body: BriefBody) -> list[GoodPrices]:
    """Returns the prices of the products of the case that the market part covers."""
    if "supply" not in body:
        return []
    supply = body["supply"]
    begin = body["on"][: len("YYYY-MM")]
    return [held for good in case_goods(body) if (held := _prices(supply, good, begin)) is not None]


def _prices(supply: Supply, good: str, begin: str) -> GoodPrices | None:
    """Returns the prices of a product; the widest gap is looked for from the month of the report on."""
    months = tuple(supply["months"])
    paths = tuple(
        PricePath(run["branch"], _series(run, good, INSIDE, months), _series(run, good, OUTSIDE, months))
        for run in supply["runs"]
    )
    ahead = [place for place, month in enumerate(months) if month >= begin]
    gaps = [(path.gap(place), -place) for path in paths for place in ahead]
    told = [(gap, place) for gap, place in gaps if gap is not None]
    if not told:
        return None
    worst = -max(told)[1]
    clause, share = _cause(supply, good, months[worst])
    name: Text = supply["names"]["goods"].get(good, {"en": good})
    return GoodPrices(good, name, months, paths, worst, clause, share)


def _series(run: Supply, good: str, region: str, months: Sequence[str]) -> tuple[float | None, ...]:
    for row in run["prices"]:
        if (row["good"], row["region"]) == (good, region):
            traded = row["market"]
            values = [None if text is None else float(text) for text in row["margin"]]
            return tuple(value if traded[place] else None for place, value in enumerate(values))
    return (None,) * len(months)


def _cause(supply: Supply, good: str, month: str) -> tuple[str, float]:
    """Returns the clause that widens the gap most in the first scenario that splits it, and its share."""
    for run in supply["runs"]:
        for row in run["gaps"]:
            if (row["good"], row["month"]) == (good, month):
                sums: dict[str, float] = {}
                for part in row["parts"]:
                    if part["clause"]:
                        sums[part["clause"]] = sums.get(part["clause"], 0.0) + float(part["usd_per_kg"])
                widening = total(float(part["usd_per_kg"]) for part in row["parts"] if float(part["usd_per_kg"]) > 0)
                if sums and widening > 0:
                    top = max(sorted(sums), key=lambda name: sums[name])
                    return (top, sums[top] / widening) if sums[top] > 0 else ("", 0.0)
    return "", 0.0


def clause_effects(body: BriefBody) -> list[ClauseEffect]:
    """Returns what the main clauses of the case change in the market."""
    if "supply" not in body:
        return []
    rows = body["supply"]["clause_prices"]
    return [ClauseEffect(row["clause"], float(row["tonnes_t"]), float(row["usd"])) for row in rows]


def branch_name(supply: Supply, name: str, lang: Lang) -> str:
    """Returns the name of a clause as the market part gives it."""
    names = supply["names"]["clauses"]
    parts = [
        say({"en": names[one]["short"], "zh": names[one]["short_zh"]}, lang) if "short" in names.get(one, {}) else one
        for one in name.split("+")
    ]
    return " + ".join(parts)
