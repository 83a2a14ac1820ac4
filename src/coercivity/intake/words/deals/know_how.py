"""Know-how that the words describe without its name: settings, shared files, questions, figures of a process."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coercivity.intake.words.pieces import Piece, Row, live

_LINKED = frozenset(("", "の", "的", "炉の", "furnace", "process", "工艺", "工程"))
_OF = frozenset(
    ("of", "of the", "for", "for the", "der", "des", "für", "für die", "fur", "fur die", "of our", "for our")
)
_ON = frozenset(("on", "about", "uber", "über", "zu", "zum", "zur"))
_FEW, _NEAR = 3, 40  # words and characters from the papers to the process
_MACHINES = ("equipment", "equipment_part")
# Figures that are set in a process: degrees from 300 on, hours, pressures, speeds, grain sizes.
_FIGURES = (
    re.compile(r"(?<![\d.])(?:[3-9]\d\d|1[0-6]\d\d) ?(?:°|º)? ?(?:c\b|k\b|度|℃|grad)"),
    re.compile(r"\d ?(?:h\b|hrs?\b|hours?|min\b|minutes|std\b|stunden|小时|分钟|時間)"),
    re.compile(r"\d ?(?:mpa|bar)\b"),
    re.compile(r"\d ?rpm\b|\d ?(?:转|u/min)"),
    re.compile(r"\d ?(?:micron|µm|μm|um|微米)"),
    re.compile(r"\d ?ppm\b"),
)
_TOLD = 2  # kinds of figures


def settings(row: Row) -> list[Piece]:
    """Returns curves, profiles and schedules named with their process or machine: dehydrogenation schedule."""
    named = [*processes(row, weak=True), *_machines(row)]
    told = [piece for piece in _kind(row, "settings") if any(_belong(row.folded.flat, piece, p) for p in named)]
    steps = [p for p in live(row.pieces, "process") if p.of("shape") is None]
    weak = [p for p in live(row.pieces, "carrier", weak=True) if p.entry.cues.get("kind") != "product"]
    return [*told, *(p for p in weak if p not in told and _about(row, p, steps))]


def _about(row: Row, paper: Piece, steps: Sequence[Piece]) -> bool:
    """Returns whether papers are about a process: documents on sintering."""
    for process in steps:
        if paper.end <= process.start <= paper.end + _NEAR:
            between = row.folded.flat[paper.end : process.start].split()
            return len(between) <= _FEW and between[:1] != [] and between[0] in _ON
    return False


def shown(row: Row) -> bool:
    """Returns whether a process is shown to visitors, lies in a shared folder, is asked about, or told in figures."""
    process = processes(row)
    visit = live(row.pieces, "teach", weak=True) and live(row.pieces, "people")
    files = _kind(row, "container")
    if (visit and (process or live(row.pieces, "site"))) or (files and process):
        return True
    if files and _kind(row, "settings") and _machines(row):
        return True
    return _asked(row) or _figured(row)


def workable(row: Row) -> bool:
    """Returns whether the words name something that is worked on: a machine, a line, a plant."""
    return bool(_machines(row, *_MACHINES) or live(row.pieces, "site"))


def processes(row: Row, *, weak: bool = False) -> list[Piece]:
    """Returns the words for steps of a process that are not also shapes of goods, such as sintered."""
    return [p for p in live(row.pieces, "process", weak=weak) if p.of("shape") is None]


def brought_in(row: Row, persons: list[Piece], carriers: list[Piece]) -> bool:
    """Returns whether what is contributed to a company is know-how: a procedure as contribution in kind."""
    if not persons or any(p.entry.cues.get("kind") != "capital" for p in persons):
        return False
    told = [p for p in live(row.pieces, "carrier", weak=True) if p.entry.cues.get("kind") != "container"]
    return bool(carriers or (told and processes(row)))


def _asked(row: Row) -> bool:
    """Returns whether somebody asks or tells how a step of production is run."""
    asks = _kind(row, "asks")
    steps = [p for p in live(row.pieces, "process", weak=True) if p.of("process") is not None]
    plain = [p for p in steps if p.of("shape") is None]
    plain += [p for p in live(row.pieces, "carrier", weak=True) if "stage" in p.entry.cues]
    return bool(asks and (plain or _kind(row, "settings") or any(_in_clause(row, a, p) for a in asks for p in steps)))


def _in_clause(row: Row, one: Piece, other: Piece) -> bool:
    """Returns whether two words are in one clause: how hot you sinter, and not how hot is it, sintered or bonded."""
    first, last = sorted((one, other), key=lambda p: p.start)
    between = (p.role for p in row.pieces if first.end <= p.start and p.end <= last.start)
    return not any(role in ("comma", "break", "open", "close") for role in between)


def _figured(row: Row) -> bool:
    """Returns whether settings of a step are told, and nothing is named that could have them as its properties."""
    if live(row.pieces, "item", "other_item", "substance") or not live(row.pieces, "process", weak=True):
        return False
    return sum(1 for figure in _FIGURES if figure.search(row.folded.flat)) >= _TOLD


def _machines(row: Row, *forms: str) -> list[Piece]:
    return [p for p in live(row.pieces, "item") if p.states.get("form") in (forms or ("equipment",))]


def _kind(row: Row, kind: str) -> list[Piece]:
    return [p for p in live(row.pieces, "carrier", weak=True) if p.entry.cues.get("kind") == kind]


def _belong(flat: str, piece: Piece, other: Piece) -> bool:
    """Returns whether two pieces are one name: sintering schedule, profile of the furnace."""
    if other.end <= piece.start:
        return flat[other.end : piece.start].strip(" -") in _LINKED
    return flat[piece.end : other.start].strip() in _OF
