"""Ownership as YAML or JSON: a graph, or a list of cases, each a graph with the question asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from coercivity.base.errors import CoercivityError, Faults
from coercivity.data.parties.ownership import OwnershipCase
from coercivity.data.schema import Plain, Strict, parse_as
from coercivity.data.textyaml import TextList, TextMap, line_of
from coercivity.intake.ownership.draft import Draft, RawStake, name_key

MOST_CASES = 5_000


def _or_none(value: object) -> object:
    """Returns None for a key without a value."""
    return None if value == "" else value


class _Listed(Strict):
    list_name: Plain = Field(alias="list")
    from_: str = Field(default="", alias="from")
    to: str = ""


class _Entity(Strict):
    listed: Annotated[list[_Listed] | None, BeforeValidator(_or_none)] = None
    type: str = ""
    names: list[Plain] = []
    country: str = ""
    note: str = ""


class _Edge(Strict):
    owner: str = "?"
    owned: Plain
    kind: str = "shares"
    share: str | list[str] = ""
    from_: str = Field(default="", alias="from")
    to: str = ""
    note: str = ""
    source: str = ""


class _Graph(Strict):
    id: str = ""
    title: str = ""
    note: str = ""
    on: str = ""
    known: str = ""
    target: str = ""
    entities: dict[str, _Entity | str] = {}
    edges: list[_Edge]
    expected: Any = None
    near_miss: str = ""


def read_graph(raw: object, name: str, sha256: str, faults: Faults) -> OwnershipCase | None:
    """Returns the graph of a file or of a case; None if its form is wrong. All faults are added.

    Args:
        raw: A mapping with `edges`, and perhaps `entities`, `target`, `on`, `id` and `title`.
        name: The file, for messages.
        sha256: Hash of the file.
        faults: Receives every fault.
    """
    form = parse_as(_Graph, raw, name=name, faults=faults)
    if form is None:
        return None
    draft = Draft(faults)
    for key, entity in form.entities.items():
        _read_entity(key, entity, draft, f"{name}:{line_of(raw, ('entities', key))}")
    for place, edge in enumerate(form.edges):
        _read_edge(edge, draft, f"{name}:{line_of(raw, ('edges', place))}")
    where = f"{name}:{line_of(raw, ('on',))}"
    on, _ = draft.days(form.on, "", where)
    graph = draft.graph(sha256)
    target = next((one for one in graph.entities if name_key(one) == name_key(form.target)), form.target)
    known, _ = draft.days(form.known, "", f"{name}:{line_of(raw, ('known',))}")
    return OwnershipCase(graph, form.id, target, on, known, form.title)


def _read_entity(key: str, entity: _Entity | str, draft: Draft, where: str) -> None:
    found = draft.declare(key, where)
    if isinstance(entity, str):
        if entity.strip():
            draft.fault("OWNERSHIP-FORM", f"{key[:60]!r} has text instead of `listed`", where, "write listed: []")
        return
    if entity.names:
        draft.names[found] = tuple(dict.fromkeys((found, *entity.names)))
    if entity.country:
        draft.countries[found] = entity.country.strip().upper()
    if entity.listed is not None:
        draft.listed(found, [(one.list_name, one.from_, one.to) for one in entity.listed], where)


def _read_edge(edge: _Edge, draft: Draft, where: str) -> None:
    share: str | tuple[str, str]
    if isinstance(edge.share, str):
        share = edge.share
    elif len(edge.share) == 2:
        share = (edge.share[0], edge.share[1])
    else:
        draft.fault("OWNERSHIP-SHARE", "expected a share, or its two limits", where, "write [0.45, 0.55]")
        return
    draft.stake(RawStake(edge.owner, edge.owned, share, edge.kind, edge.from_, edge.to, where=where))


def cases_in(raw: object) -> Mapping[str, object] | None:
    """Returns the raw cases of a file by id, in order; None if it holds a single graph.

    Raises:
        CoercivityError: If there are too many, or two have one id.
    """
    if not isinstance(raw, TextMap) or "cases" not in raw:
        return None
    cases = raw["cases"]
    if not isinstance(cases, TextList) or not all(isinstance(case, TextMap) for case in cases):
        raise CoercivityError.of("OWNERSHIP-FORM", "`cases` is not a list of graphs", next="see docs/ownership.md")
    if len(cases) > MOST_CASES:
        what = f"the file has {len(cases):,} cases; the limit is {MOST_CASES:,}"
        raise CoercivityError.of("OWNERSHIP-SIZE", what, next="split the file")
    found: dict[str, object] = {}
    faults = Faults()
    for number, case in enumerate(cases, 1):
        case_id = str(case.get("id") or number)
        if case_id in found:
            faults.add("OWNERSHIP-FORM", f"two cases have the id {case_id[:60]!r}", where=f"line {case.line}")
        found[case_id] = case
    faults.raise_if_any()
    return found
