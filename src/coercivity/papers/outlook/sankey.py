"""Geometry of the material flow chart, from mine to use: nodes by stage and region, ribbons by tonnes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.sums import total
from coercivity.market.results.rows import FlowRow
from coercivity.papers.outlook.words import COLUMNS_OF_CHAIN

NODE = 9
TOP, BOTTOM = 50, 8
PITCH = 13.0
_GOODS = {"feed": "mine", "ox": "separate", "met": "metal", "mag": "magnet"}
_LEAST_SHARE = 0.002
_RECYCLED = "+"

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ChainFlow:
    """A flow from one column of the chain to the next.

    Attributes:
        stage: The column that it leaves.
        from_region: Region, followed by a plus sign if the material is recycled.
        way: home, free, licence or another word.
    """

    stage: str
    from_region: str
    to_region: str
    way: str
    mass_t: float


@dataclass(frozen=True, slots=True)
class Chain:
    """The flows of one year.

    Attributes:
        nodes: Tonnes by column and region.
    """

    year: str
    nodes: Mapping[Place, float]
    flows: tuple[ChainFlow, ...]


@dataclass(frozen=True, slots=True)
class SankeyNode:
    """One region in one column."""

    x: float
    y: float
    height: float
    label_y: float
    stage: str
    region: str
    mass_t: float
    share: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One flow as a closed path."""

    path: str
    flow: ChainFlow
    to_stage: str


@dataclass(frozen=True, slots=True)
class Sankey:
    """A picture to draw, in units of one pixel."""

    width: int
    height: float
    columns: tuple[tuple[float, str, float], ...]
    nodes: tuple[SankeyNode, ...]
    ribbons: tuple[Ribbon, ...]


def chosen_year(flows: Iterable[FlowRow], months: Sequence[str]) -> str:
    """Returns the year with flows that has most months in the period; the later of equals."""
    years = {row["year"] for row in flows}
    return max(years, key=lambda year: (total(month.startswith(year) for month in months), year), default="")


def chain(flows: Sequence[FlowRow], year: str) -> Chain:
    """Returns nodes and flows of a year.

    The output of a region is a node. Shipments lead to the next column; output that is not shipped
    leads to the same region, if the region has the next stage.

    Args:
        flows: Flows as in the report data.
        year: The year.
    """
    rows = [row for row in flows if row["year"] == year and row["mass_t"] > 0]
    nodes: defaultdict[Place, float] = defaultdict(float)
    moved: defaultdict[tuple[str, str, str, str], float] = defaultdict(float)
    at_home: defaultdict[Place, float] = defaultdict(float)
    magnets_used = any(row["stage"] == "use" and stage_of(row["good"]) == "magnet" for row in rows)
    for row in rows:
        stage, goal = row["stage"], row["to_region"] or row["from_region"]
        source = row["from_region"] or goal
        if stage == "use" and magnets_used and stage_of(row["good"]) != "magnet":
            continue
        if stage in COLUMNS_OF_CHAIN:
            nodes[stage, goal] += row["mass_t"]
        elif stage == "recycle":
            nodes["mine", source + _RECYCLED] += row["mass_t"]
            way = "home" if source == goal else row["way"] or "free"
            moved["mine", source + _RECYCLED, goal, way] += row["mass_t"]
            continue
        leaves = {"feed": "mine", "ship": stage_of(row["good"])}.get(stage) or _before(stage)
        if not leaves or (stage == "mine" and source == goal):
            continue
        if source != goal:
            moved[leaves, source, goal, row["way"] or "free"] += row["mass_t"]
        elif stage == "feed":
            at_home["mine", source] += row["mass_t"]
    return Chain(year, dict(nodes), tuple(_flows(nodes, moved, at_home)))


def stage_of(good: str) -> str:
    """Returns the column that makes a product, by the prefix of its id; empty for other products."""
    head = good.replace(":", "_").partition("_")[0]
    return _GOODS.get(head, "")


def _before(stage: str) -> str:
    place = COLUMNS_OF_CHAIN.index(stage) if stage in COLUMNS_OF_CHAIN else 0
    return COLUMNS_OF_CHAIN[place - 1] if place else ""


def _after(stage: str) -> str:
    return COLUMNS_OF_CHAIN[COLUMNS_OF_CHAIN.index(stage) + 1]


def _flows(
    nodes: Mapping[Place, float],
    moved: Mapping[tuple[str, str, str, str], float],
    at_home: Mapping[Place, float],
) -> list[ChainFlow]:
    """Returns the flows between existing nodes, including those that stay in the region."""
    away: defaultdict[Place, float] = defaultdict(float)
    found = []
    for (stage, source, goal, way), mass in sorted(moved.items()):
        if stage not in COLUMNS_OF_CHAIN[:-1]:
            continue
        away[stage, source] += mass
        if (stage, source) in nodes and (_after(stage), goal) in nodes:
            found.append(ChainFlow(stage, source, goal, way, mass))
    told = bool(at_home)
    for (stage, region), mass in sorted(nodes.items()):
        if stage == COLUMNS_OF_CHAIN[-1] or region.endswith(_RECYCLED) or (_after(stage), region) not in nodes:
            continue
        stays = at_home.get((stage, region), 0.0) if stage == "mine" and told else mass - away[stage, region]
        if stays > _LEAST_SHARE * mass:
            found.append(ChainFlow(stage, region, region, "home", stays))
    return sorted(found, key=lambda f: (COLUMNS_OF_CHAIN.index(f.stage), f.from_region, f.to_region, f.way))


def sankey(found: Chain, *, width: int, room: int, high: int) -> Sankey:
    """Returns the geometry of a chain.

    Args:
        found: Nodes and flows.
        width: Width of the picture.
        room: Space for the names to the right of the last column.
        high: Height of a whole column.
    """
    stages = [stage for stage in COLUMNS_OF_CHAIN if any(place[0] == stage for place in found.nodes)]
    gap = (width - room - NODE - 2) / max(len(stages) - 1, 1)
    columns, nodes, deepest = [], [], 0.0
    for number, stage in enumerate(stages):
        x = round(1 + number * gap, 1)
        held = {region: mass for (column, region), mass in found.nodes.items() if column == stage}
        whole = total(held.values())
        columns.append((x, stage, whole))
        y = float(TOP)
        for region, mass in sorted(held.items(), key=lambda item: (-item[1], item[0])):
            height = max(high * mass / whole, 1.5)
            label_y = y + max(height, PITCH - 2) / 2 + 3.6
            nodes.append(
                SankeyNode(x, round(y, 1), round(height, 1), round(label_y, 1), stage, region, mass, mass / whole)
            )
            y += max(height + 3, PITCH)
        deepest = max(deepest, y)
    return Sankey(width, round(deepest + BOTTOM, 1), tuple(columns), tuple(nodes), _ribbons(found.flows, nodes))


def _ribbons(flows: Sequence[ChainFlow], nodes: Sequence[SankeyNode]) -> tuple[Ribbon, ...]:
    by_place = {(node.stage, node.region): node for node in nodes}
    order = {place: number for number, place in enumerate(by_place)}
    out: defaultdict[Place, float] = defaultdict(float)
    into: defaultdict[Place, float] = defaultdict(float)
    for flow in flows:
        out[flow.stage, flow.from_region] += flow.mass_t
        into[_after(flow.stage), flow.to_region] += flow.mass_t

    def ends(flow: ChainFlow) -> tuple[Place, Place]:
        return (flow.stage, flow.from_region), (_after(flow.stage), flow.to_region)

    starts: dict[int, tuple[float, float]] = {}
    goals: dict[int, tuple[float, float]] = {}
    for side, sums, found in ((0, out, starts), (1, into, goals)):
        used: defaultdict[Place, float] = defaultdict(float)
        for number in sorted(range(len(flows)), key=lambda n: (order[ends(flows[n])[1 - side]], flows[n].way)):
            place = ends(flows[number])[side]
            node = by_place[place]
            share = flows[number].mass_t / max(sums[place], node.mass_t if side == 0 else 0.0)
            found[number] = (node.y + node.height * used[place], node.height * share)
            used[place] += share
    made = []
    for number, flow in enumerate(flows):
        source, goal = (by_place[place] for place in ends(flow))
        made.append(Ribbon(_path(source.x + NODE, goal.x, starts[number], goals[number]), flow, goal.stage))
    return tuple(sorted(made, key=lambda ribbon: -ribbon.flow.mass_t))


def _path(left: float, right: float, start: tuple[float, float], goal: tuple[float, float]) -> str:
    """Returns a ribbon between two vertical edges, each given by its top and height."""
    mid = round((left + right) / 2, 1)
    (y1, h1), (y2, h2) = start, goal
    a, b, c, d = (round(v, 1) for v in (y1, y1 + max(h1, 0.6), y2, y2 + max(h2, 0.6)))
    return f"M{left} {a}C{mid} {a} {mid} {c} {right} {c}L{right} {d}C{mid} {d} {mid} {b} {left} {b}Z"
