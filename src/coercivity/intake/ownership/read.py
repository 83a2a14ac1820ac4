"""Reads who owns whom: a table, FollowTheMoney JSON lines, or YAML or JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from coercivity.base.errors import CoercivityError, Fault, Faults
from coercivity.data.input import Input, bytes_in, place_of, read_text
from coercivity.data.parties.ownership import OwnershipCase, OwnershipGraph
from coercivity.data.textyaml import load_text
from coercivity.intake.ownership.assess import no_entity
from coercivity.intake.ownership.check import check_graph
from coercivity.intake.ownership.csv_file import read_table
from coercivity.intake.ownership.ftm_file import read_ftm
from coercivity.intake.ownership.yaml_file import cases_in, read_graph
from coercivity.intake.parties.lists.content import list_content

MOST_BYTES = 32 * 2**20
_TABLES, _LINES, _TREES = (".csv", ".tsv", ".txt"), (".jsonl", ".ndjson", ".ijson", ".ftm"), (".yaml", ".yml", ".json")
_EMPTY = OwnershipGraph((), {}, {}, {})


@dataclass(frozen=True, slots=True)
class CaseRead:
    """One case of a file: its graph with the question, or the faults for which it could not be read."""

    case_id: str
    case: OwnershipCase | None
    faults: tuple[Fault, ...] = ()


def read_ownership(source: Input, faults: Faults) -> OwnershipGraph:
    """Returns the graph of a file; all faults are added.

    Args:
        source: CSV in UTF-8, UTF-16 or GB18030, FollowTheMoney JSON lines (`.jsonl`, `.ndjson`, `.ftm`, or `.json` with
            an entity in each line), or YAML or JSON of one graph.
        faults: Receives every fault.
    """
    return read_case(source, faults).graph


def read_case(source: Input, faults: Faults) -> OwnershipCase:
    """Returns the graph of a file, with the target and the day if it states them; all faults are added."""
    own = Faults()
    with own.kept():
        found = _read_one(source, own)
    faults.items += own.items
    return found if not own.items else OwnershipCase(_EMPTY)


def read_cases(source: Input) -> Iterator[CaseRead] | None:
    """Returns the cases of a file one by one, each with its own faults; None if the file holds a single graph.

    Raises:
        CoercivityError: If the file is no file of graphs at all.
    """
    if _suffix(source) not in _TREES:
        return None
    text = _text(source)
    if _is_ftm(text):
        return None
    cases = cases_in(load_text(text, name=place_of(source), blanks=True))
    return None if cases is None else (_case(case_id, raw, source, text) for case_id, raw in cases.items())


def _case(case_id: str, raw: object, source: Input, text: str) -> CaseRead:
    faults = Faults()
    name = place_of(source)
    case = read_graph(raw, name, _hash(text), faults)
    if case is not None:
        _check(case, f"case {case_id}", faults)
    return CaseRead(case_id, None if faults.items else case, tuple(faults.items))


def _read_one(source: Input, faults: Faults) -> OwnershipCase:
    suffix, name = _suffix(source), place_of(source)
    text = _text(source)
    if suffix not in (*_TABLES, *_LINES, *_TREES):
        what = f"{suffix or 'a file without an ending'} is not a form of ownership file"
        raise CoercivityError.of("OWNERSHIP-FORM", what, where=name, next="write .csv, .jsonl, .yaml or .json")
    case: OwnershipCase | None
    if suffix in _TABLES:
        case = OwnershipCase(read_table(text, name, _hash(text), faults))
    elif suffix in _LINES or _is_ftm(text):
        case = OwnershipCase(read_ftm(text, name, _hash(text), faults))
    else:
        raw = load_text(text, name=name, blanks=True)
        if cases_in(raw) is not None:
            what = "the file holds several cases; one graph is expected here"
            raise CoercivityError.of("OWNERSHIP-FORM", what, where=name, next="name a file of one graph")
        case = read_graph(raw, name, _hash(text), faults)
    if case is None:
        return OwnershipCase(_EMPTY)
    _check(case, name, faults)
    return case


def _check(case: OwnershipCase, where: str, faults: Faults) -> None:
    check_graph(case.graph, where, faults)
    if not faults.items and case.target and case.target not in case.graph.entities:
        faults.items += no_entity(case.graph, case.target, f"{where}, target").faults


def _text(source: Input) -> str:
    """Returns the text of a file: a table in any encoding of a list, every other form in UTF-8."""
    if _suffix(source) in _TABLES and 0 < bytes_in(source) <= MOST_BYTES:
        content = list_content(source)
        if not content.is_workbook:
            return content.text
    return read_text(source, most_bytes=MOST_BYTES)


def _suffix(source: Input) -> str:
    return PurePath(place_of(source)).suffix.casefold()


def _is_ftm(text: str) -> bool:
    """Returns whether each line is an entity, judged by the first one."""
    head = text.lstrip().split("\n", 1)[0].rstrip()
    return head.startswith("{") and head.endswith("}") and '"schema"' in head


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
