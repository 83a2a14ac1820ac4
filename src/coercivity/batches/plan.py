"""How a table is decided: everything that affects a result, apart from the rows themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coercivity.base.canonical import sha256
from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.base.version import ENGINE_VERSION
from coercivity.batches.stage.column import Said
from coercivity.cases.gather import BY_DEAL, Standing, check_standing, searched
from coercivity.cases.party_files import NO_PARTY_INPUTS, PartyInputs
from coercivity.data.catalogue import raw_value
from coercivity.data.input import Input
from coercivity.data.parties.files import NO_PARTY_FILES
from coercivity.data.values import SetValue
from coercivity.intake.cells.columns import BY_ROUTE, ColumnMap
from coercivity.intake.cells.stated import stated_facts, stated_value
from coercivity.intake.parties.screening import check_judgements
from coercivity.law.engine.derived_facts import conflicts
from coercivity.law.engine.jurisdictions import Abroad
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption


@dataclass(frozen=True, slots=True)
class Plan:
    """What applies to every row of a table.

    Attributes:
        columns: Meaning of each column, facts that hold for all rows, and how cells are read.
        standing: Compliance declarations that hold unless a row says otherwise.
        on: Transaction date of every row; None if each row gives its own.
        known: Information cut-off of every row; None if a row gives its own, or for the default.
        assume: Planning assumptions by instrument.
        pack: Folder of the rulebook; None for the built-in one.
        overlays: User-supplied notices added to it.
        parties: Files of the user for the screening of parties.
        parties_key: Key of what they held when the run began; a worker that reads something else stops.
        words: Name and content of the user's lexicon files.
        abroad: Other jurisdictions whose rules apply; the rows are then read with the facts of all jurisdictions.
    """

    columns: ColumnMap
    standing: Standing = field(default_factory=Standing)
    on: Day | None = None
    known: Day | None = None
    assume: Mapping[str, Assumption] = field(default_factory=dict)
    pack: Path | None = None
    overlays: tuple[Input, ...] = ()
    parties: PartyInputs = NO_PARTY_INPUTS
    parties_key: tuple[str, ...] = NO_PARTY_FILES.key
    words: tuple[tuple[str, str], ...] = ()
    abroad: tuple[Abroad, ...] = ()

    def key(self, book: Rulebook) -> str:
        """Returns a hash over everything that affects the results, by which a resumed run recognises itself."""
        options, standing = self.columns.options, self.standing
        return sha256(
            {
                **({"words": [list(file) for file in self.words]} if self.words else {}),
                **({"abroad": [_key_abroad(one) for one in self.abroad]} if self.abroad else {}),
                "engine": ENGINE_VERSION,
                "pack": [book.version, book.content_hash],
                "parties": list(book.party_files.key),
                "columns": dict(sorted(self.columns.columns.items())),
                "constants": dict(sorted(self.columns.constants.items())),
                "options": [options.dates, options.decimal, str(options.piece_mass_kg or ""), options.unit],
                "standing": [
                    standing.said_by,
                    standing.said_on,
                    dict(standing.facts),
                    list(standing.lists),
                    standing.version,
                ],
                "on": str(self.on or ""),
                "known": str(self.known or ""),
                "assume": {name: picked.text() for name, picked in sorted(self.assume.items())},
            }
        )


def _key_abroad(one: Abroad) -> list[object]:
    book = one.book()
    assume = {name: picked.text() for name, picked in sorted(one.assume.items())}
    scenarios = {name: raw_value(value) for name, value in sorted(one.scenarios.items())}
    return [one.jurisdiction, book.version, book.content_hash, assume, scenarios]


def standing_facts(book: Rulebook, plan: Plan, faults: Faults) -> dict[str, Said]:
    """Returns the facts that hold for all rows unless one says otherwise, with the source of each.

    Args:
        book: The rulebook.
        plan: Its compliance declarations, and the constants of its column mapping, which take precedence.
        faults: Collects every error found, contradictions included.
    """
    check_standing(plan.standing, "the file", faults)
    declared = stated_facts(book.catalogue, plan.standing.facts, where="standing", faults=faults).facts
    check_judgements({**declared, **plan.columns.constants}, "the file", faults)
    found: dict[str, Said] = {}
    own = {name: raw for name, raw in plan.columns.constants.items() if raw != BY_ROUTE}
    for source, raw_facts, speaker in (
        ("standing", declared, f"standing: {plan.standing.said_by}"),
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
    """Converts a constant of a column mapping from text; a set is a list with semicolons."""
    if isinstance(raw, str) and name in book.catalogue and book.catalogue[name].type == "set" and raw != "unknown":
        raw = [] if raw == "[]" else [part.strip() for part in raw.split(";")]
    return stated_value(book.catalogue, name, raw)
