"""Penalty articles as data: base, threshold, multiples, minimum and maximum fines, read strictly."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from coercivity.base.errors import Faults, nearest
from coercivity.base.exact import parse_exact
from coercivity.data.schema import DayText, FlagText, Plain, Strict, Words
from coercivity.law.consequences.applicability import Basis, Entry, Where, check_names
from coercivity.law.consequences.tables import check_ids, check_reference, read_table
from coercivity.law.rules.model import Confidence
from coercivity.law.rules.rulebook import Rulebook

FineBase = Literal["illegal_turnover", "illegal_income", "none"]
Actor = Literal[
    "exporter",
    "any_person",
    "service_provider",
    "domestic_importer_or_end_user",
    "expert",
    "producer",
    "producer_or_exporter",
]


def _amount(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str):
        raise ValueError("a number as text is expected")
    parse_exact(value)
    if Decimal(value) < 0:
        raise ValueError("a number of 0 or more is expected")
    return Decimal(value)


Amount = Annotated[Decimal, BeforeValidator(_amount)]
Span = Annotated[list[Amount], Field(min_length=2, max_length=2)]


class Fine(Strict):
    """How a fine is calculated.

    Attributes:
        base: The base of the fine.
        threshold_cny: The multiples apply from this figure, inclusive [CNY].
        times: Lowest and highest multiple of the whole base.
        otherwise_cny: Minimum and maximum below the threshold, or if there is no such base [CNY].
    """

    base: FineBase
    threshold_cny: Amount | None = None
    times: Span | None = None
    otherwise_cny: Span | None = None

    @model_validator(mode="after")
    def _whole(self) -> Fine:
        measured = self.base != "none"
        if measured != (self.times is not None) or measured != (self.threshold_cny is not None):
            raise ValueError("a base needs threshold_cny and times; base `none` takes neither")
        if not measured and self.otherwise_cny is None:
            raise ValueError("a fine without a base needs otherwise_cny")
        for span in (self.times, self.otherwise_cny):
            if span is not None and span[0] > span[1]:
                raise ValueError("the lower limit is above the upper limit")
        return self


class Penalty(Strict):
    """One penalty article.

    Attributes:
        provision: The corresponding provision of the rulebook, if any.
        act: Carrying out the transaction against the decision falls under the article.
        beside: Acts of others, or acts around a licence, fall under it.
        only_if: A condition the facts do not show.
        fine: The fine; absent if the article has none.
        aggravated: Sanctions in serious cases.
        collateral: Further consequences.
    """

    id: Plain
    instrument: Plain
    article: Plain
    provision: str = ""
    violation: Words
    actor: Actor
    act: list[Where] = []
    beside: list[Where] = []
    only_if: Words | None = None
    sanctions: list[Plain] = []
    confiscate_illegal_income: FlagText
    fine: Fine | None = None
    aggravated: list[Plain] = []
    collateral: list[Plain] = []
    note: str = ""
    in_force_from: DayText
    confidence: Confidence
    source_url: Plain

    @property
    def basis(self) -> list[Basis]:
        """The article as a legal basis."""
        return [Basis(instrument=self.instrument, article=self.article, provision=self.provision)]


class Tier(Strict):
    """One range of a sentence."""

    range: Words
    sentence: Words


class Consequence(Entry):
    """A consequence without an amount, or a crime."""

    text: Words
    points: list[Words] = []
    tiers: list[Tier] = []
    where: list[Where]


class PenaltyGap(Strict):
    """The text shown if no article in the rulebook fits."""

    text: Words


class Penalties(Strict):
    """The penalties table."""

    about: Words
    verified_through: DayText
    currency: Literal["CNY"]
    conventions: list[Words]
    unverified: Plain
    sanctions: dict[str, Words]
    groups: dict[str, list[Where]]
    penalties: list[Penalty]
    consequences: list[Consequence]
    criminal: list[Consequence]
    gap: PenaltyGap

    def penalty(self, penalty_id: str) -> Penalty:
        """Returns a penalty article by its id.

        Source: Export Control Law, Articles 33 to 38; Decree 792, Articles 39 to 44.
        """
        return next(penalty for penalty in self.penalties if penalty.id == penalty_id)


@lru_cache(maxsize=4)
def load_penalties(book: Rulebook, folder: Path | None = None) -> Penalties:
    """Returns the penalties table, with every name resolved against the rulebook.

    Args:
        book: The rulebook the table refers to.
        folder: Folder of the law pack; by default the built-in one.

    Raises:
        CoercivityError: With all faults of the file.

    Source: Export Control Law, Articles 33 to 44; Decree 792, Articles 39 to 46; Decree 331, Articles 43 to 46;
        Foreign Trade Law, Articles 72 to 77; Decree 785, Articles 21 to 26.
    """
    return read_table(Penalties, (folder or book.folder) / "penalties.yaml", book, _check)


def _check(book: Rulebook, table: Penalties, name: str, faults: Faults) -> None:
    check_names(book, table, table.groups, name=name, faults=faults)
    for penalty in table.penalties:
        where = f"{name}, {penalty.id}"
        check_reference(penalty.instrument, book.instruments, where=where, faults=faults)
        if penalty.provision and book.provision(penalty.provision) is None:
            faults.add("PACK-REF", f"{penalty.provision!r} not found", where=where)
        for word in (*penalty.sanctions, *penalty.aggravated, *penalty.collateral):
            if word not in table.sanctions:
                near = nearest(word, table.sanctions)
                faults.add("PACK-REF", f"sanction {word!r} not found under `sanctions`", where=where, nearest=near)
    ids = [penalty.id for penalty in table.penalties]
    check_ids([*ids, *(entry.id for entry in (*table.consequences, *table.criminal))], name=name, faults=faults)
