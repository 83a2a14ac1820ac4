"""Projects that public money can decide: plants outside China that are decided by expected price."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from coercivity.base.sums import total
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.industry.money import investments
from coercivity.market.run.industry.plants import (
    COMMITTED,
    MINE,
    STATUS_MONTH,
    UNDECIDED,
    YEAR,
    Plant,
    plants,
)
from coercivity.market.run.industry.projects import Terms, terms_of

CONTROLLED_FROM = 2  # recorded dependence from which technology, services and staff need a licence
# What the capacity of a stage is counted in.
ELEMENT: Mapping[str, str] = {
    "mine": "NdPr",
    "sep_light": "NdPr",
    "sep_heavy": "Dy",
    "metal": "NdPr",
    "magnet": "NdPr",
    "magnet_smco": "Sm",
    "recycling": "NdPr",
}
MOST_SLIP_YEARS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project of the pipeline.

    Attributes:
        id: Id of its main plant in the table of plants.
        parts: Its plants that are decided together, the main one first.
        investment_musd: Investment of each part [MUSD].
        status: Status in the table: committed, planned or study.
    """

    id: str
    name: str
    owner: str
    region: str
    stage: str
    parts: tuple[Plant, ...]
    investment_musd: tuple[float, ...]
    status: str

    @property
    def main(self) -> Plant:
        """The plant in whose unit its capacity is counted."""
        return self.parts[0]

    @property
    def capacity_t(self) -> float:
        """Nameplate capacity of the main plant [t/yr]."""
        return self.main.capacity_t * YEAR

    @property
    def element(self) -> str:
        """What that capacity is counted in."""
        return ELEMENT[self.stage]

    @property
    def controlled(self) -> bool:
        """Whether it needs technology, services or staff under control."""
        return any(part.dependence >= CONTROLLED_FROM for part in self.parts)


def candidates(figures: Figures, decided: Collection[str]) -> list[Candidate]:
    """Returns the projects that the market decides by expected price.

    A project that mines and separates counts as one, as its owners decide on it as one.

    Args:
        figures: The rows of the market data set.
        decided: Ids of the plants that a run decides.

    Source: tables `plants` and `projects` of the market data set.
    """
    rows, money = figures.rows("plants"), investments(figures)
    entries = [
        entry
        for entry in plants(figures, studied=True)[0]
        if entry.status in UNDECIDED and entry.id in decided and money.get(entry.id, 0.0) > 0
    ]
    mining = {entry.project for entry in entries if entry.stage == MINE and entry.project}
    groups: dict[str, list[Plant]] = {}
    for entry in entries:
        groups.setdefault(f"project:{entry.project}" if entry.project in mining else entry.id, []).append(entry)
    found = []
    for group in groups.values():
        parts = sorted(group, key=lambda part: (part.stage == MINE, part.id))
        main = parts[0]
        name, owner = rows[main.id]["name"], rows[main.id]["owner"]
        each = tuple(money[part.id] for part in parts)
        found.append(Candidate(main.id, name, owner, main.region, main.stage, tuple(parts), each, main.status))
    return sorted(found, key=lambda one: one.id)


def work_months(one: Candidate, terms: Terms) -> float:
    """Returns the months from decision to start; of a committed project, those left until its stated start [months].

    Args:
        one: The project.
        terms: How owners decide and build.
    """
    each = []
    for part in one.parts:
        usual = terms.lead[part.stage]
        each.append(min(usual, max(part.start - STATUS_MONTH, 1)) if part.status == COMMITTED else usual)
    return max(each)


def slips(figures: Figures) -> dict[int, Fraction]:
    """Returns the chance of each number of years by which plants outside China began later than first stated.

    Those later than three years count as three.

    Args:
        figures: The rows of the market data set.

    Source: table `projects` of the market data set: `start_original`, `start_latest`, `actual_start`.
    """
    counts = dict.fromkeys(range(MOST_SLIP_YEARS + 1), 0)
    for row in figures.rows("projects").values():
        first, last = row["start_original"][:4], (row["actual_start"] or row["start_latest"])[:4]
        if row["model_region"] != "CN" and first.isdigit() and last.isdigit():
            counts[min(max(int(last) - int(first), 0), MOST_SLIP_YEARS)] += 1
    whole = total(counts.values())
    return {years: Fraction(count, whole) for years, count in counts.items()} if whole else {0: Fraction(1)}


def usual_terms(figures: Figures) -> Terms:
    """Returns how owners decide and build, without draws."""
    return terms_of(figures)


def investment_of(one: Candidate) -> float:
    """Returns the investment of a whole project [MUSD]."""
    return total(one.investment_musd)
