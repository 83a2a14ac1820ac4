"""How a table is to be decided: everything that has a say in an answer, apart from the rows themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coercivity.base.canonical import sha256
from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.base.version import ENGINE_VERSION
from coercivity.batches.stage.column import Said
from coercivity.cases.gather import BY_DEAL, Standing, check_lists, searched
from coercivity.data.input import Input
from coercivity.data.values import SetValue
from coercivity.intake.cells.columns import BY_ROUTE, ColumnMap
from coercivity.intake.parties.screening import check_judgements
from coercivity.law.engine.derived_facts import conflicts
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of every row of a table.

    Attributes:
        columns: What each column stands for, which facts hold for all rows, how cells are read.
        standing: Answers that hold unless a row says otherwise.
        on: Day of the act of every row; None where each row gives its own.
        known: Day of knowledge of every row; None where a row gives its own, or the default holds.
        assume: Branches picked for planning, by instrument.
        pack: Folder of the law pack; None for the one that is part of the program.
        overlays: Instruments laid over it.
    """

    columns: ColumnMap
    standing: Standing = field(default_factory=Standing)
    on: Day | None = None
    known: Day | None = None
    assume: Mapping[str, Assumption] = field(default_factory=dict)
    pack: Path | None = None
    overlays: tuple[Input, ...] = ()

    def key(self, book: Rulebook) -> str:
        """Returns a hash over all that has a say in the answers, by which a resumed run knows that it is the same."""
        options, standing = self.columns.options, self.standing
        return sha256(
            {
                "engine": ENGINE_VERSION,
                "pack": [book.version, book.content_hash],
                "columns": dict(sorted(self.columns.columns.items())),
                "constants": dict(sorted(self.columns.constants.items())),
                "options": [options.dates, options.decimal, str(options.piece_mass_kg or ""), options.unit],
                "standing": [standing.said_by, dict(standing.facts), list(standing.lists), standing.version],
                "on": str(self.on or ""),
                "known": str(self.known or ""),
                "assume": {name: picked.text() for name, picked in sorted(self.assume.items())},
            }
        )


def standing_facts(book: Rulebook, plan: Plan, faults: Faults) -> dict[str, Said]:
    """Returns the facts that hold for all rows unless one says otherwise, with who said each.

    Args:
        book: The rulebook.
        plan: Its standing block, and the constants of its column map, which go before.
        faults: Takes every fault found, contradictions included.
    """
    check_lists(plan.standing, "the file", faults)
    check_judgements({**plan.standing.facts, **plan.columns.constants}, "the file", faults)
    found: dict[str, Said] = {}
    own = {name: raw for name, raw in plan.columns.constants.items() if raw != BY_ROUTE}
    for source, raw_facts, speaker in (
        ("standing", plan.standing.facts, f"standing: {plan.standing.said_by}"),
        ("constants", own, BY_DEAL),
    ):
        for name, raw in raw_facts.items():
            value = book.catalogue.parse(name, _listed(book, name, raw), where=source, faults=faults)
            if source == "standing" and name == "party_sets" and isinstance(value, SetValue):
                value = searched(book, value, plan.standing)
            found[name] = (value, speaker)
    conflicts({name: value for name, (value, _) in found.items() if value is not None}, where="the file", faults=faults)
    return found


def _listed(book: Rulebook, name: str, raw: object) -> object:
    """A constant of a column map is text; for a set it is a list with semicolons."""
    if isinstance(raw, str) and name in book.catalogue and book.catalogue[name].type == "set" and raw != "unknown":
        return [] if raw == "[]" else [part.strip() for part in raw.split(";")]
    return raw
