"""A file of deals in any format: a table, a YAML file of deals or cases, or earlier results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import CoercivityError, Faults
from coercivity.cases.files import read_cases, read_standing
from coercivity.cases.gather import Standing
from coercivity.cases.lot_papers.folder import read_case_rows
from coercivity.cases.transactions import Transaction, read_transactions
from coercivity.data.input import Content, Input
from coercivity.data.textyaml import file_in, load_file
from coercivity.law.engine.decide import Deal
from coercivity.law.explain.proof import Stated, deal_of_proof, parse_assumption
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption

_KG = {"kg": Decimal(1), "t": Decimal(1000), "g": Decimal("0.001"), "tonne": Decimal(1000), "公斤": Decimal(1)}


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier result, with the dates and assumptions it was made for.

    Attributes:
        pack: Version of the rulebook it was made with.
        hash: Its decision hash, unchanged.
        proof: The proof as it was written.
    """

    on: Day
    known: Day
    assume: Mapping[str, Assumption]
    outcome: str
    finding: str
    hash: str
    pack: str
    proof: Stated


@dataclass(frozen=True, slots=True)
class NamedDeal:
    """A deal with the name its file gives it.

    Attributes:
        on: Transaction date, if the file gives it.
        known: Information cut-off, if the file gives it.
        mass_kg: Mass [kg], if quantity and unit give one.
        value: Value as an amount with its currency, if quantity and price give one.
        past: The earlier result, if the file contains results.
        licence: Number of the licence it is shipped under; empty if the file names none. No decision depends on it.
    """

    id: str
    title: str
    deal: Deal
    on: Day | None = None
    known: Day | None = None
    mass_kg: Decimal | None = None
    value: tuple[Decimal, str] | None = None
    past: Past | None = field(default=None, repr=False)
    licence: str = ""


def read_deals(book: Rulebook, path: Input, *, standing: Input | None = None) -> list[NamedDeal]:
    """Reads the deals of a table (.csv) or of a YAML file of deals or cases.

    Args:
        book: The rulebook, for its facts and lists.
        path: The file, or its uploaded content; a case folder stands for its table and compliance declarations.
        standing: File, or uploaded content, with compliance declarations for every row of a table.

    Raises:
        CoercivityError: With every error in the files.
    """
    if not isinstance(path, Content) and path.is_dir():
        return _of_folder(book, path, standing or file_in(path, "case.yaml"))
    if path.suffix.lower() == ".csv":
        return _of_table(book, path, standing)
    return [NamedDeal(c.id, c.title, c.deal, c.on, c.known, licence=c.licence) for c in read_cases(book, path)]


def _of_folder(book: Rulebook, folder: Path, standing: Input) -> list[NamedDeal]:
    return list(map(_named, read_case_rows(book, folder, standing=standing_of_file(standing)).rows))


def _of_table(book: Rulebook, path: Input, standing: Input | None) -> list[NamedDeal]:
    block = standing_of_file(standing) if standing is not None else None
    return list(map(_named, read_transactions(book, path, standing=block)))


def _named(row: Transaction) -> NamedDeal:
    about = row.about
    licence = about.get("licence", "")
    return NamedDeal(row.id, row.title, row.deal, row.on, None, _mass_kg(about), _value(about), licence=licence)


def standing_of_file(path: Input) -> Standing:
    """Reads the compliance declarations of a file.

    Args:
        path: A YAML file, or uploaded content, with a `standing` block.

    Raises:
        CoercivityError: With every error in the block.
    """
    faults = Faults()
    content = load_file(path)
    raw = content.get("standing") if isinstance(content, dict) else None
    if raw is None:
        raise CoercivityError.of(
            "CASE-FORM", "the file has no compliance declarations", where=path.name, next="add `standing:`"
        )
    found = read_standing(raw, path.name, faults, Standing())
    faults.raise_if_any()
    return found


def _mass_kg(about: Mapping[str, str]) -> Decimal | None:
    factor = _KG.get(about.get("unit", "").strip().lower())
    return None if factor is None or "quantity" not in about else Decimal(about["quantity"]) * factor


def _value(about: Mapping[str, str]) -> tuple[Decimal, str] | None:
    if "quantity" not in about or "price" not in about or "currency" not in about:
        return None
    return Decimal(about["quantity"]) * Decimal(about["price"]), about["currency"]


def past_deals(book: Rulebook, proofs: Sequence[tuple[str, Stated]]) -> list[NamedDeal]:
    """Returns the deals of earlier results, read from their proofs.

    Args:
        book: The rulebook to decide them with; its catalogue reads the facts.
        proofs: Name and proof of each.

    Raises:
        CoercivityError: With every fact that the catalogue no longer contains.
    """
    found, faults = [], Faults()
    for name, proof in proofs:
        past = Past(
            on=parse_day(proof["on"]),
            known=parse_day(proof["known"]),
            assume={instrument: parse_assumption(text) for instrument, text in proof["assume"].items()},
            outcome=proof["outcome"],
            finding=proof["finding"],
            hash=proof["hash"],
            pack=proof["pack"]["version"],
            proof=proof,
        )
        deal = deal_of_proof(book, proof, faults)
        found.append(NamedDeal(name, "", deal, past.on, past.known, past=past))
    faults.raise_if_any()
    return found
